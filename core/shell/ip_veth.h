// Interfaces whose other end is another interface, and interfaces that change their namespace.
#pragma once

#include "core/shell/link_wanted.h"

namespace hw::shell {

/// ip link add [NAME] type veth [peer ...]
CommandResult addVeth(const Call& call, const WantedLink& wanted);
/// ip link del of one end: the other goes too.
CommandResult removeVeth(const Call& call, InterfaceId port);
struct Destination {
  std::string space;
  bool up = false;  ///< the interface is to be up there
};
/// ip link set ... netns SPACE; `changed` is the device with what the other words of the command set.
CommandResult moveLink(const Call& call, const DeviceConfig& changed, InterfaceId port, const Destination& wanted);

}  // namespace hw::shell
