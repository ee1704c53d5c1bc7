// Network namespaces: devices within a machine, reached with `ip netns` and `ip -n`.
#pragma once

#include "core/shell/ip_command.h"

namespace hw::shell {

/// The machine that a namespace belongs to; a machine is its own.
DeviceId machineOf(const World& world, DeviceId device);
/// A namespace of the machine that `device` is or belongs to.
std::optional<DeviceId> namespaceNamed(const World& world, DeviceId device, std::string_view name);
/// The namespaces of a machine, by name.
std::vector<DeviceId> namespacesOf(const World& world, DeviceId machine);

/// ip netns
CommandResult ipNetns(const IpCall& call);
CommandResult noNamespace(std::string_view name);
/// What a command does when it runs in another device.
CommandResult runIn(const Call& call, DeviceId where, Words words);

}  // namespace hw::shell
