// Which VLANs a port takes part in, in a line as people write it: "access 10", "trunk 10,20-29 native 1".
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "core/project/document.h"

namespace hw::project {

/// A VLAN's number, 1 to 4094: the tag has 12 bits, 0 and 4095 are reserved (IEEE 802.1Q 9.6).
std::optional<int> parseVlan(std::string_view text);
/// "10" or "20-29"
std::optional<VlanRange> parseVlans(std::string_view text);
std::string vlansText(const VlanRange& range);

/// Access, trunk and native of a port; what is told by address is not in the line. parseVlanLine(vlanLine(s)) is s without it.
std::string vlanLine(const VlanSpec& spec);
/// An empty line is a port without any. Nothing if the text is no such line.
std::optional<VlanSpec> parseVlanLine(std::string_view text);

}  // namespace hw::project
