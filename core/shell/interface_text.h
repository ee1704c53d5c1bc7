// Interfaces as ip(8) and bridge(8) print them.
#pragma once

#include "core/sim/world.h"

namespace hw::shell {

/// "<BROADCAST,MULTICAST,UP,LOWER_UP>"
std::string flagsText(const Device& device, InterfaceId port);
/// "UP", "DOWN" or "UNKNOWN"
std::string_view stateText(const Device& device, InterfaceId port);
/// "eth0@if2" for one end of a veth pair whose other end is elsewhere, else the name.
std::string fullName(const World& world, DeviceId device, InterfaceId port);
/// The number that the kernel gives an interface: lo is 1.
inline std::uint32_t indexOf(InterfaceId port) { return port.value + 1; }

}  // namespace hw::shell
