// Names for addresses, as /etc/hosts would give them: every device knows every device's name.
#pragma once

#include "core/shell/command.h"

namespace hw::shell {

/// The address of a word: an address, "localhost", or the first address of the device of that name.
std::optional<Ipv4Address> addressOfHost(const World& world, std::string_view word);
/// The same in IPv6: an address without a zone, "localhost", or the first configured address of a device.
std::optional<Ipv6Address> addressOfHostSix(const World& world, std::string_view word);
/// The name of the device that has the address, empty if none has.
std::string hostOfAddress(const World& world, Ipv4Address address);

}  // namespace hw::shell
