// Tells a frame: its layers from the outside in, as JSON, from the tree of the dissector.
#pragma once

#include <nlohmann/json.hpp>

#include "core/dissect/packet_tree.h"
#include "core/oracle/names.h"

namespace hw::oracle {

using Json = nlohmann::ordered_json;

/// The layers of a frame with names for random values. `unfinished`: the frame went over lo, where
/// Linux leaves the checksums of UDP to a card that does not exist.
Json tellLayers(const dissect::PacketTree& tree, Names& names, bool unfinished);
/// One readable line about layers.
std::string summary(const Json& layers);

}  // namespace hw::oracle
