// A filter for packets in Wireshark's names: `icmp.type == 8 && ip.dst == 198.51.100.10`, `arp`.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "core/base/expected.h"
#include "core/dissect/packet_tree.h"
#include "core/lesson/problem.h"

namespace hw::lesson {

struct FilterNode {
  enum class Kind : std::uint8_t { Has, Equal, NotEqual, Less, LessEqual, Greater, GreaterEqual, Not, And, Or };
  Kind kind = Kind::Has;
  std::string name{};   ///< field or protocol
  std::string value{};  ///< that the field is compared with
  std::vector<std::uint32_t> parts{};
};

struct PacketFilter {
  std::vector<FilterNode> nodes;  ///< the last one is the whole
  /// Whether a packet is meant: a comparison holds if any field of that name does. O(nodes * fields).
  bool matches(const dissect::PacketTree& packet) const;
};

/// The filter of a text, or what is wrong: place.column is the byte from 0.
Expected<PacketFilter, Problem> parseFilter(std::string_view text);

/// Whether packets have such a field or protocol; if not, the nearest name or an empty text.
bool isFieldOrProtocol(std::string_view name);
std::string nearestField(std::string_view name);

}  // namespace hw::lesson
