// A packet tree as indented text for a terminal.
#pragma once

#include "core/dissect/packet_tree.h"

namespace hw::dissect {

/// One line a layer and one a shown field, the fields indented by two spaces a level. Values longer
/// than `kMaxValue` characters are cut.
std::string toText(const PacketTree& tree, Language language);

inline constexpr std::size_t kMaxValue = 72;

}  // namespace hw::dissect
