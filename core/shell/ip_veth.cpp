// ip link add ... type veth, ip link set ... netns. Read first: veth(4), ip-link(8).
#include <fmt/format.h>

#include "core/shell/ip_veth.h"
#include "core/shell/namespaces.h"
#include "core/shell/rewiring.h"

namespace hw::shell {
namespace {

/// Where a name leads from a device: one of the machine's namespaces, or with the number of the first program the machine itself.
std::optional<DeviceId> spaceOf(const Call& call, const std::string& name) {
  if (const auto space = namespaceNamed(call.world, call.device, name)) return space;
  return name == "1" ? std::optional(machineOf(call.world, call.device)) : std::nullopt;
}

/// veth0, veth1 ...: the first that is free (the kernel's dev_alloc_name).
std::string freeName(const DeviceConfig& config) {
  for (int i = 0;; ++i)
    if (std::string name = fmt::format("veth{}", i); !config.interfaceNamed(name)) return name;
}

struct Pair {
  const Call& call;
  Rewiring rewiring{call.world};
  Failure failure;

  /// One of both, in the device where it is wanted.
  std::optional<LinkEnd> make(const WantedLink& wanted) {
    const auto device = wanted.space.empty() ? std::optional(call.device) : spaceOf(call, wanted.space);
    if (!device) return fail(badArgument(wanted.space, "Invalid \"netns\" value"));
    const DeviceConfig& config = rewiring.at(*device);
    InterfaceConfig made;
    made.name = wanted.name.empty() ? freeName(config) : wanted.name;
    if (Failure problem = nameProblem(config, made.name)) return fail(std::move(*problem));
    made.medium = Medium::Veth;
    made.up = wanted.up;
    made.mac = wanted.mac.value_or(madeUpMac(config, made.name));
    made.mtu = wanted.mtu.value_or(made.mtu);
    return rewiring.place(*device, std::move(made));
  }
  std::nullopt_t fail(CommandResult why) {
    failure = std::move(why);
    return std::nullopt;
  }
};

}  // namespace

/// The kernel makes the peer first.
CommandResult addVeth(const Call& call, const WantedLink& wanted) {
  const WantedLink peer = wanted.peer ? *wanted.peer : WantedLink{};
  if (peer.up) return kernelSays("Transport endpoint is not connected");
  Pair pair{call, Rewiring(call.world), std::nullopt};
  if (!wanted.name.empty() && wanted.name == peer.name && wanted.space == peer.space) return kernelSays("File exists");
  const auto other = pair.make(peer);
  const auto end = other ? pair.make(wanted) : std::nullopt;
  if (!end) return *pair.failure;
  pair.rewiring.join(*end, *other);
  CommandResult result;
  result.changes = pair.rewiring.inputs();
  return result;
}

CommandResult moveLink(const Call& call, const DeviceConfig& changed, InterfaceId port, const Destination& wanted) {
  const auto to = spaceOf(call, wanted.space);
  if (!to) return badArgument(wanted.space, "Invalid \"netns\" value");
  if (*to == call.device) return configure(changed);
  const InterfaceConfig& interface = changed.at(port);
  const bool moves = interface.kind == InterfaceKind::Ethernet || isForPrograms(interface.kind);
  if (interface.kind == InterfaceKind::Loopback || interface.kind == InterfaceKind::Bridge)
    return kernelError("The interface netns is immutable.");
  if (!moves) return kernelError("An interface on top of another cannot move without it here.");
  const DeviceConfig& there = call.world.device(*to).config();
  if (there.interfaceNamed(interface.name)) return kernelError("An interface with the same name exists in the target netns.");
  if (there.interfaces.size() >= kMaxInterfaces) return kernelSays("No space left on device");
  Rewiring rewiring(call.world);
  rewiring.at(call.device) = changed;
  const LinkEnd end = rewiring.move({call.device, port}, *to);
  rewiring.at(*to).interfaces[end.port.value].up = wanted.up;
  CommandResult result;
  result.changes = rewiring.inputs();
  return result;
}

CommandResult removeVeth(const Call& call, InterfaceId port) {
  Rewiring rewiring(call.world);
  rewiring.remove({call.device, port});
  CommandResult result;
  result.changes = rewiring.inputs();
  return result;
}

}  // namespace hw::shell
