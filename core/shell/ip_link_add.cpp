// ip link add|del, ip tuntap: virtual interfaces come and go. Read first: ip-link(8), ip-tuntap(8).
#include <fmt/format.h>

#include <algorithm>

#include "core/shell/bridge_commands.h"
#include "core/shell/ip_command.h"
#include "core/shell/ip_tunnel.h"
#include "core/shell/ip_veth.h"
#include "core/shell/namespaces.h"
#include "core/shell/rewiring.h"
#include "core/shell/options.h"

namespace hw::shell {
namespace {

constexpr std::uint64_t kLastVlan = 4094;

std::string optionOf(const WantedLink& wanted, const char* name) {
  const auto at = wanted.options.find(name);
  return at == wanted.options.end() ? std::string() : at->second;
}

Failure makeVlan(const DeviceConfig& config, const WantedLink& wanted, InterfaceConfig& made) {
  const auto parent = config.interfaceNamed(wanted.parent);
  if (wanted.parent.empty()) return kernelError("link not specified.");
  if (!parent) return noDevice(wanted.parent);
  const std::string word = optionOf(wanted, "id"), protocol = optionOf(wanted, "protocol");
  const auto id = parseNumber(word);
  if (word.empty()) return kernelError("VLAN properties not specified.");
  if (!id || *id > 4095) return badArgument(word, "id is invalid");
  if (*id > kLastVlan) return kernelError("Invalid VLAN id.");
  if (!protocol.empty() && protocol != "802.1Q" && protocol != "802.1q" && protocol != "802.1ad" && protocol != "802.1AD")
    return badArgument(protocol, "protocol is invalid");
  VlanConfig vlan;
  vlan.parent = *parent;
  vlan.id = static_cast<std::uint16_t>(*id);
  vlan.type = protocol == "802.1ad" || protocol == "802.1AD" ? std::uint16_t{0x88A8} : std::uint16_t{0x8100};
  for (const InterfaceConfig& one : config.interfaces)
    if (one.kind == InterfaceKind::Vlan && one.vlan == vlan) return kernelSays("File exists");
  made.kind = InterfaceKind::Vlan;
  made.vlan = vlan;
  made.mac = config.at(*parent).mac;
  made.mtu = config.at(*parent).mtu;
  return std::nullopt;
}

Failure makeVxlan(const DeviceConfig& config, const WantedLink& wanted, InterfaceConfig& made) {
  constexpr std::uint64_t kLastVni = 0xFFFFFF;
  vxlan::Config tunnel;
  const std::string id = optionOf(wanted, "id").empty() ? optionOf(wanted, "vni") : optionOf(wanted, "id");
  const auto vni = parseNumber(id);
  if (id.empty()) return ipError("vxlan: missing virtual network identifier", 255);
  if (!vni || *vni > kLastVni) return badArgument(id, "invalid id");
  tunnel.vni = static_cast<std::uint32_t>(*vni);
  for (const auto& [name, value] : wanted.options) {
    if (name == "local" || name == "remote" || name == "group") {
      const auto address = Ipv4Address::parse(value);
      if (!address || (name == "group") != address->isMulticast()) return badArgument(value, "invalid " + name + " address");
      if (name == "local") tunnel.local = *address;
      else tunnel.remotes.push_back(*address), tunnel.ownRemote = true;
    } else if (name == "dev") {
      const auto lower = config.interfaceNamed(value);
      if (!lower) return noDevice(value);
      tunnel.lower = *lower;
    } else if (name == "ttl" || name == "dstport") {
      const auto number = parseNumber(value);
      if (!number || *number > (name == "ttl" ? 255u : 65535u)) return badArgument(value, "invalid " + name);
      if (name == "ttl") tunnel.ttl = static_cast<std::uint8_t>(*number);
      else tunnel.port = static_cast<std::uint16_t>(*number);
    } else if (name == "nolearning") {
      tunnel.learning = false;
    } else if (name != "id" && name != "vni" && name != "learning") {
      return ipError(fmt::format("vxlan: unknown command \"{}\"?", name), 255);
    }
  }
  const bool grouped = std::any_of(tunnel.remotes.begin(), tunnel.remotes.end(), [](Ipv4Address a) { return a.isMulticast(); });
  if (grouped && !tunnel.lower.valid())
    return ipError("vxlan: 'group' requires 'dev' to be specified", 255);
  for (const InterfaceConfig& one : config.interfaces)
    if (one.vxlan && one.vxlan->vni == tunnel.vni && one.vxlan->port == tunnel.port)
      return kernelError("A VXLAN device with the specified VNI already exists.");
  made.kind = InterfaceKind::Vxlan;
  made.mtu = tunnel.lower.valid() ? config.at(tunnel.lower).mtu - vxlan::kOverhead : 1500;
  made.vxlan = std::move(tunnel);
  return std::nullopt;
}

Failure makeKind(const DeviceConfig& config, const WantedLink& wanted, InterfaceConfig& made) {
  if (wanted.type == "vlan") return makeVlan(config, wanted, made);
  if (wanted.type == "vxlan") return makeVxlan(config, wanted, made);
  if (const auto mode = tunnelMode(wanted.type)) return makeTunnel(config, *mode, wanted.options, made);
  if (wanted.type == "bridge") {
    made.kind = InterfaceKind::Bridge;
    made.bridge.emplace();
    for (const auto& [name, value] : wanted.options)
      if (Failure failure = setBridgeOption(made, name, value)) return failure;
    return std::nullopt;
  }
  return kernelError("Unknown device type.");
}

/// Takes the place of a removed interface of that name, or a new one.
CommandResult added(DeviceConfig config, InterfaceConfig made) {
  const auto former = std::find_if(config.interfaces.begin(), config.interfaces.end(), [&](const InterfaceConfig& one) {
    return one.kind == InterfaceKind::Removed && one.name == made.name;
  });
  made.medium = Medium::Veth;
  made.knobs = config.knobs.fresh;
  // An interface speaks IPv6 from the start where that is the default, or where it is made for nothing else.
  const bool sit = made.tunnel && made.tunnel->mode == tunnel::Mode::Sit;
  if (sit && !config.six) config.six.emplace();
  if (sit || (config.six && config.six->fresh)) made.six.emplace();
  if (former != config.interfaces.end()) *former = std::move(made);
  else config.interfaces.push_back(std::move(made));
  return configure(std::move(config));
}

}  // namespace

/// `ip link add NAME netns SPACE type ...`: the same in that namespace.
static CommandResult addElsewhere(const IpCall& call, const std::string& space) {
  const auto where = namespaceNamed(call.call.world, call.call.device, space);
  if (!where) return badArgument(space, "Invalid \"netns\" value");
  Words words{"ip", "link"};
  for (std::size_t i = 0; i < call.words.size(); ++i)
    if (call.words[i] == "netns") ++i;
    else words.push_back(call.words[i]);
  return runIn(call.call, *where, std::move(words));
}

CommandResult addLink(const IpCall& call) {
  WantedLink wanted;
  if (Failure failure = readWanted(call, wanted)) return *failure;
  if (wanted.type == "veth") return addVeth(call.call, wanted);
  if (!wanted.space.empty()) return addElsewhere(call, wanted.space);
  const DeviceConfig& config = call.call.config();
  if (Failure failure = nameProblem(config, wanted.name)) return *failure;
  InterfaceConfig made;
  made.name = wanted.name;
  made.up = wanted.up;
  made.mac = madeUpMac(config, wanted.name);
  if (Failure failure = makeKind(config, wanted, made)) return *failure;
  if (wanted.mac) made.mac = *wanted.mac;
  if (wanted.mtu) made.mtu = *wanted.mtu;
  return added(config, std::move(made));
}

CommandResult removeLink(const IpCall& call) {
  const std::size_t at = call.words.size() > 2 && call.words[1] == "dev" ? 2 : 1;
  if (call.words.size() <= at) return ipError("Not enough information: \"dev\" argument is required.", 255);
  DeviceConfig config = call.call.config();
  const auto port = config.interfaceNamed(call.words[at]);
  if (!port) return noDevice(call.words[at]);
  if (isVeth(call.call.world, {call.call.device, *port})) return removeVeth(call.call, *port);
  const InterfaceKind kind = config.at(*port).kind;
  if (kind == InterfaceKind::Ethernet || kind == InterfaceKind::Loopback) return kernelSays("Operation not supported");
  takeOut(config, *port);
  return configure(std::move(config));
}

/// ip tuntap add [dev] NAME mode tun|tap
CommandResult ipTuntap(const IpCall& call) {
  const std::string verb = call.words.empty() ? "" : call.words[0];
  std::string name, mode;
  for (std::size_t i = 1; i < call.words.size(); ++i) {
    if (call.words[i] == "mode" && i + 1 < call.words.size()) mode = call.words[++i];
    else if (call.words[i] == "dev" && i + 1 < call.words.size()) name = call.words[++i];
    else if (name.empty()) name = call.words[i];
    else return garbage("name", call.words[i]);
  }
  if (verb != "add" && !startsAs(verb, "delete"))
    return CommandResult::failure(255, "Usage: ip tuntap { add | del } [ dev | name ] NAME mode { tun | tap }\n");
  if (mode != "tun" && mode != "tap") return ipError("You failed to specify a tunnel mode", 255);
  if (verb != "add") {
    IpCall remove = call;
    remove.words = {"del", name};
    return removeLink(remove);
  }
  const DeviceConfig& config = call.call.config();
  if (Failure failure = nameProblem(config, name)) return *failure;
  InterfaceConfig made;
  made.name = name;
  made.up = false;
  made.kind = mode == "tun" ? InterfaceKind::Tun : InterfaceKind::Tap;
  if (mode == "tap") made.mac = madeUpMac(config, name);
  return added(config, std::move(made));
}

}  // namespace hw::shell
