// Interfaces as ip(8) and bridge(8) print them.
#pragma once

#include <optional>
#include <string>

#include "core/sim/world.h"

namespace hw::shell {

/// "<BROADCAST,MULTICAST,UP,LOWER_UP>"
std::string flagsText(const World& world, LinkEnd end);
/// "UP", "DOWN", "LOWERLAYERDOWN" or "UNKNOWN"
std::string_view stateText(const World& world, LinkEnd end);
/// The other end of a veth pair's interface, if it is one.
std::optional<LinkEnd> vethPeer(const World& world, LinkEnd end);
/// " link-netns blue", if the other end is in another namespace of the machine.
std::string peerSpaceText(const World& world, LinkEnd end);
/// "eth0@eth1" for one end of a veth pair, "eth0@if2" if the other end is elsewhere, else the name.
std::string fullName(const World& world, DeviceId device, InterfaceId port);
/// The number that the kernel gives an interface: lo is 1.
inline std::uint32_t indexOf(InterfaceId port) { return port.value + 1; }

}  // namespace hw::shell
