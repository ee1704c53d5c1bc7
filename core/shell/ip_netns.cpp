// ip netns. Read first: ip-netns(8).
#include <fmt/format.h>

#include <algorithm>

#include "core/shell/interface_text.h"
#include "core/shell/namespaces.h"
#include "core/shell/rewiring.h"

namespace hw::shell {
namespace {

constexpr std::size_t kMaxNamespaces = 256;  // of one machine
constexpr std::size_t kMaxName = 200;

constexpr std::string_view kUsage =
    "Usage: ip netns list\n"
    "       ip netns add NAME\n"
    "       ip netns delete NAME\n"
    "       ip netns identify\n"
    "       ip netns exec NAME COMMAND ...\n";

CommandResult list(const Call& call) {
  const DeviceId machine = machineOf(call.world, call.device);
  std::string text;
  for (const DeviceId one : namespacesOf(call.world, machine)) {
    const NamespaceConfig& space = *call.world.device(one).config().space;
    text += space.name;
    // A number is what one stack calls another: here those of the machine.
    if (space.number != 0 && call.device == machine) text += fmt::format(" (id: {})", space.number - 1);
    text += "\n";
  }
  return CommandResult::text(std::move(text));
}

bool isNamespaceName(std::string_view name) {
  return name != "." && name != ".." && name.size() <= kMaxName && name.find_first_of("/:") == name.npos;
}

/// A stack as it begins: lo is down, forwarding as in the machine (net.core.devconf_inherit_init_net = 0).
DeviceConfig freshNamespace(const DeviceConfig& machine, DeviceId id, const std::string& name) {
  DeviceConfig config = makeDeviceConfig(machine.name + "/" + name);
  config.space = NamespaceConfig{id, name, 0};
  config.interfaces[0].up = false;
  config.interfaces[0].addresses.clear();
  config.knobs.forwarding = machine.knobs.forwarding;
  config.knobs.all = machine.knobs.all;
  config.knobs.fresh = machine.knobs.fresh;
  return config;
}

/// Its id is that of a namespace of this name that was there before, for what is told of the past, or the next one.
CommandResult add(const Call& call, const std::string& name) {
  const DeviceId machine = machineOf(call.world, call.device);
  if (!isNamespaceName(name)) return ipError(fmt::format("Invalid netns name \"{}\"", name), 255);
  if (namespaceNamed(call.world, machine, name))
    return ipError(fmt::format("Cannot create namespace file \"/run/netns/{}\": File exists", name));
  if (call.config().hub || namespacesOf(call.world, machine).size() >= kMaxNamespaces)
    return ipError(fmt::format("Failed to create a new network namespace \"{}\": No space left on device", name));
  DeviceConfig config = freshNamespace(call.world.device(machine).config(), machine, name);
  DeviceId id{static_cast<std::uint32_t>(call.world.devices.size())};
  for (std::uint32_t i = 0; i < call.world.devices.size(); ++i) {
    const DeviceConfig& former = call.world.device(DeviceId{i}).config();
    if (call.world.isPresent(DeviceId{i}) || !former.space || former.space->machine != machine || former.space->name != name) continue;
    id = DeviceId{i};
    for (std::size_t j = 1; j < former.interfaces.size(); ++j) config.interfaces.push_back(remainsOf(former.interfaces[j]));
  }
  CommandResult result;
  result.changes.emplace_back(AddDevice{id, Cow<DeviceConfig>(std::move(config))});
  return result;
}

/// What is a cable's end goes back to the machine; veth pairs go as a whole, everything else with the namespace.
CommandResult remove(const Call& call, const std::string& name) {
  const auto space = namespaceNamed(call.world, call.device, name);
  if (!space) return ipError(fmt::format("Cannot remove namespace file \"/run/netns/{}\": No such file or directory", name));
  const DeviceId machine = machineOf(call.world, *space);
  Rewiring rewiring(call.world);
  for (std::uint32_t i = 1; i < call.world.device(*space).config().interfaces.size(); ++i) {
    const LinkEnd end{*space, InterfaceId{i}};
    const InterfaceConfig interface = rewiring.at(*space).at(end.port);
    if (interface.kind != InterfaceKind::Ethernet) continue;
    if (interface.medium == Medium::Veth) {
      rewiring.remove(end);
      continue;
    }
    const bool taken = rewiring.at(machine).interfaceNamed(interface.name).has_value();
    if (taken) rewiring.at(*space).interfaces[i].name = fmt::format("dev{}", indexOf(end.port));
    rewiring.move(end, machine);
  }
  CommandResult result;
  result.changes = rewiring.inputs();
  result.changes.emplace_back(RemoveDevice{*space});
  return result;
}

CommandResult exec(const Call& call, const Words& words) {
  if (words.size() < 2) return ipError("No netns name specified");
  if (words.size() < 3) return ipError("No command specified");
  const auto space = namespaceNamed(call.world, call.device, words[1]);
  if (!space) return noNamespace(words[1]);
  if (!findCommand(words[2])) return ipError(fmt::format("exec of \"{}\" failed: No such file or directory", words[2]));
  return runIn(call, *space, Words(words.begin() + 2, words.end()));
}

}  // namespace

DeviceId machineOf(const World& world, DeviceId device) {
  const auto& space = world.device(device).config().space;
  return space ? space->machine : device;
}

std::vector<DeviceId> namespacesOf(const World& world, DeviceId machine) {
  std::vector<DeviceId> all;
  for (std::uint32_t i = 0; i < world.devices.size(); ++i) {
    const auto& space = world.device(DeviceId{i}).config().space;
    if (space && space->machine == machine && world.isPresent(DeviceId{i})) all.push_back(DeviceId{i});
  }
  const auto nameOf = [&](DeviceId id) -> const std::string& { return world.device(id).config().space->name; };
  std::sort(all.begin(), all.end(), [&](DeviceId a, DeviceId b) { return nameOf(a) < nameOf(b); });
  return all;
}

std::optional<DeviceId> namespaceNamed(const World& world, DeviceId device, std::string_view name) {
  for (const DeviceId one : namespacesOf(world, machineOf(world, device)))
    if (world.device(one).config().space->name == name) return one;
  return std::nullopt;
}

CommandResult noNamespace(std::string_view name) {
  return ipError(fmt::format("Cannot open network namespace \"{}\": No such file or directory", name), 255);
}

CommandResult runIn(const Call& call, DeviceId where, Words words) {
  CommandResult result = runCommand({call.world, where, words, call.input, call.now});
  if (!result.device.valid()) result.device = where;
  return result;
}

CommandResult ipNetns(const IpCall& call) {
  if (meansShow(call.words)) return list(call.call);
  const std::string& verb = call.words[0];
  if (verb == "exec") return exec(call.call, call.words);
  const bool adds = startsAs(verb, "add");
  if (adds || startsAs(verb, "delete")) {
    if (call.words.size() < 2) return ipError("No netns name specified");
    return adds ? add(call.call, call.words[1]) : remove(call.call, call.words[1]);
  }
  if (verb == "identify") {
    const auto& space = call.call.config().space;
    return CommandResult::text(space ? space->name + "\n" : "\n");
  }
  if (verb == "help") return CommandResult::failure(255, std::string(kUsage));
  return ipError(fmt::format("Command \"{}\" is unknown, try \"ip netns help\".", verb), 255);
}

}  // namespace hw::shell
