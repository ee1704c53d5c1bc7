// What holds for the tree of any bytes.
#pragma once

#include <string>

#include "core/dissect/packet_tree.h"

namespace hw::dissect {

/// The first field that lies outside the bytes of its data source, "" if there is none.
inline std::string fieldOutside(const std::vector<TreeField>& fields, std::uint32_t sourceSize) {
  for (const TreeField& field : fields) {
    // The list of fragments speaks of the reassembled datagram, from within the last fragment.
    if (field.name() == "ip.fragments" || field.name() == "ipv6.fragments") continue;
    if (field.where.pos > sourceSize || field.where.size > sourceSize - field.where.pos)
      return std::string(field.name()) + " at " + std::to_string(field.where.pos) + "+" +
             std::to_string(field.where.size) + " of " + std::to_string(sourceSize);
    if (std::string below = fieldOutside(field.fields, sourceSize); !below.empty()) return below;
  }
  return {};
}

/// "" or what is wrong.
inline std::string flaw(const PacketTree& tree) {
  if (tree.sources.empty()) return "no data source";
  for (const Layer& layer : tree.layers) {
    if (layer.source >= tree.sources.size()) return "a layer without its bytes";
    if (layer.within != Layer::kTop && layer.within >= tree.layers.size())
      return "quoted by nobody";
    if (std::string bad = fieldOutside(layer.fields, tree.sources[layer.source].bytes.size());
        !bad.empty())
      return bad;
  }
  return {};
}

}  // namespace hw::dissect
