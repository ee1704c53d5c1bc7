// A packet as people read it: layers of named fields, each with the bytes it stands in. Plain
// values for the inspector, the display filter, the hex view and the exporters.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "core/base/bytes.h"
#include "core/wire/schema.h"

namespace hw::dissect {

/// The bytes [pos, pos + size) of a layer's data source.
struct Span {
  std::uint32_t pos = 0;
  std::uint32_t size = 0;
  bool operator==(const Span&) const = default;
};

struct TreeField {
  /// Key, label and meaning; points into a table of the program. A heading has an empty key.
  const Field* about = nullptr;
  std::string show;  ///< the value as PDML's `show` attribute writes it
  Text word;         ///< what people call this value, if it has a name: {"request", "请求"}
  Span where;
  bool hidden = false;     ///< only for filters: repeats a field that is shown
  bool generated = false;  ///< computed, not read from the bytes
  std::vector<TreeField> fields;

  std::string_view name() const { return about->key; }
  /// "Opcode: request (1)", without the value if there is none.
  std::string text(Language language) const;
};

struct Layer {
  static constexpr std::uint8_t kTop = 255;
  const SchemaInfo* protocol = nullptr;  ///< key, title and standard
  Span where;
  std::uint8_t source = 0;     ///< index into PacketTree::sources
  std::uint8_t within = kTop;  ///< the layer that quotes this one (ICMP errors), as an index
  std::vector<TreeField> fields;

  std::string_view name() const { return protocol->key; }
};

/// Bytes that layers point into: the frame itself, then datagrams put together from fragments.
struct DataSource {
  Text name;
  Bytes bytes;
};

struct PacketTree {
  std::vector<Layer> layers;
  std::vector<DataSource> sources;
  bool malformed = false;  ///< the bytes contradict themselves or end too early
  bool cutShort = false;   ///< the capture kept fewer bytes than were sent
};

/// The first field of that name in the layers in order, depth first; null if there is none.
const TreeField* findField(const PacketTree& tree, std::string_view name);

}  // namespace hw::dissect
