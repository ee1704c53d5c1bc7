// Read first: bridge(8) of iproute2 6.1.
#include <fmt/format.h>

#include <algorithm>

#include "core/shell/bridge_commands.h"
#include "core/shell/families.h"
#include "core/shell/interface_text.h"
#include "core/shell/ip_command.h"
#include "core/shell/options.h"

namespace hw::shell {
namespace {

struct Selection {
  InterfaceId bridge;
  InterfaceId port;
};

Expected<Selection, CommandResult> select(const Call& call, std::size_t first) {
  Selection selection;
  for (std::size_t i = first; i < call.words.size(); ++i) {
    const std::string& word = call.words[i];
    const bool keyword = word == "dev" || word == "brport" || word == "br" || word == "bridge";
    if (keyword && i + 1 == call.words.size())
      return unexpected(incomplete());
    const std::string& name = keyword ? call.words[++i] : word;
    const auto port = call.config().interfaceNamed(name);
    if (!port) return unexpected(ipError(fmt::format("Cannot find {} device \"{}\"", word[0] == 'b' ? "bridge" : "", name), 255));
    (word == "br" || word == "bridge" ? selection.bridge : selection.port) = *port;
  }
  return selection;
}

/// "MAC dev p1 master br0 permanent"
std::string line(const Call& call, const Selection& selection, MacAddress mac, InterfaceId port, InterfaceId bridge,
                 bool permanent, std::uint16_t vlan = 0) {
  const DeviceConfig& config = call.config();
  if ((selection.bridge.valid() && selection.bridge != bridge) || (selection.port.valid() && selection.port != port))
    return {};
  const std::string device = selection.port.valid() ? std::string() : fmt::format("dev {} ", config.at(port).name);
  const std::string of = vlan == 0 ? std::string() : fmt::format("vlan {} ", vlan);
  return fmt::format("{} {}{}master {} {}\n", mac.text(), device, of, config.at(bridge).name, permanent ? "permanent" : "");
}

/// What a VXLAN interface knows, in the form that Linux gives "self" entries: what came last is shown first.
std::string tunnelLines(const Call& call, const Selection& selection) {
  const Device& device = call.self();
  std::string text;
  for (const VxlanState& one : device.state().vxlans) {
    const vxlan::Config& tunnel = *device.config().at(one.port).vxlan;
    if (selection.bridge.valid() || (selection.port.valid() && selection.port != one.port)) continue;
    const std::string name = selection.port.valid() ? std::string() : fmt::format("dev {} ", device.config().at(one.port).name);
    const std::string via = tunnel.lower.valid() ? fmt::format("via {} ", device.config().at(tunnel.lower).name) : std::string();
    for (const vxlan::Entry& entry : one.table.entries)
      text += fmt::format("{} {}dst {} self \n", entry.mac.text(), name, entry.remote.text());
    for (const vxlan::FixedEntry& entry : tunnel.fixed)
      text += fmt::format("{} {}dst {} self permanent\n", entry.mac.text(), name, entry.remote.text());
    for (const Ipv4Address& remote : tunnel.remotes) {
      const bool own = tunnel.ownRemote && &remote == tunnel.remotes.data();
      text += fmt::format("{} {}dst {} {}self permanent\n", MacAddress{}.text(), name, remote.text(), own ? via : std::string());
    }
  }
  return text;
}

CommandResult showTable(const Call& call, const Selection& selection) {
  const Device& device = call.self();
  std::string text = tunnelLines(call, selection);
  for (const BridgeState& one : device.state().bridges) {
    const InterfaceConfig& bridge = device.config().at(one.bridge);
    const auto& ports = bridge.bridge->ports;
    for (const InterfaceId port : ports) {
      for (const bridge::Entry& entry : one.table.entries)
        if (entry.port == port) text += line(call, selection, entry.mac, port, one.bridge, false, entry.vlan);
      text += line(call, selection, device.config().at(port).mac, port, one.bridge, true);
    }
    text += line(call, selection, bridge.mac, one.bridge, one.bridge, true);
  }
  return CommandResult::text(std::move(text));
}

/// bridge(8) looks up the far end's number among the device's own interfaces: "p2@p3", or "p2" if it is the port's own.
std::string portName(const Call& call, InterfaceId port) {
  const InterfaceConfig& interface = call.config().at(port);
  const Plug* plug = call.world.plugAt(call.device, port);
  if (interface.medium != Medium::Veth || interface.kind != InterfaceKind::Ethernet || !plug)
    return fullName(call.world, call.device, port);
  const InterfaceId other = call.world.links[plug->link.value].config.ends[1 - plug->end].port;
  if (other == port) return interface.name;
  const auto& all = call.config().interfaces;
  const bool known = other.value < all.size() && all[other.value].kind != InterfaceKind::Removed;
  return interface.name + "@" + (known ? all[other.value].name : fmt::format("if{}", indexOf(other)));
}

CommandResult showLinks(const Call& call, const Selection& selection) {
  const Device& device = call.self();
  std::string text;
  for (std::uint32_t i = 0; i < device.config().interfaces.size(); ++i) {
    const InterfaceConfig& port = device.config().interfaces[i];
    if (!port.master.valid() || (selection.port.valid() && selection.port.value != i)) continue;
    const auto& bridges = device.state().bridges;
    const auto bridge = std::find_if(bridges.begin(), bridges.end(), [&](const BridgeState& b) { return b.bridge == port.master; });
    const bool runs = device.plan().interfaces[i].running && device.config().at(port.master).up;
    const stp::Port* known = bridge == bridges.end() ? nullptr : bridge->tree.find(InterfaceId{i});
    const stp::PortState state = !runs ? stp::PortState::Disabled
                                 : bridge == bridges.end() ? stp::PortState::Forwarding
                                                           : bridge->tree.stateOf(InterfaceId{i});
    text += fmt::format("{}: {}: {} mtu {} master {} state {} priority {} cost {} \n", indexOf(InterfaceId{i}),
                        portName(call, InterfaceId{i}), flagsText(call.world, {call.device, InterfaceId{i}}), port.mtu,
                        device.config().at(port.master).name, stp::name(state), known ? known->id >> 10 : 32,
                        known ? known->cost : pathCost(port));
  }
  return CommandResult::text(std::move(text));
}

/// bridge link set dev PORT cost N priority N
CommandResult changeLink(const Call& call) {
  DeviceConfig config = call.config();
  InterfaceId port;
  std::optional<std::uint64_t> cost, priority;
  for (std::size_t i = 2; i + 1 < call.words.size(); i += 2) {
    const std::string& word = call.words[i];
    if (word == "dev") port = config.interfaceNamed(call.words[i + 1]).value_or(InterfaceId{});
    else if (word == "cost") cost = parseNumber(call.words[i + 1]);
    else if (word == "priority") priority = parseNumber(call.words[i + 1]);
    else return ipError(fmt::format("\"{}\" is not understood here", word), 255);
  }
  if (!port.valid() || !config.at(port).master.valid()) return ipError("Device is a required argument.", 255);
  if ((cost && (*cost == 0 || *cost > 65535)) || (priority && *priority > 63)) return kernelSays("Numerical result out of range");
  InterfaceConfig& bridge = config.interfaces[config.at(port).master.value];
  stp::Config& tree = bridge.stp ? *bridge.stp : bridge.stp.emplace();
  auto at = std::find_if(tree.ports.begin(), tree.ports.end(), [&](const stp::PortConfig& one) { return one.port == port; });
  if (at == tree.ports.end())
    at = tree.ports.insert(at, {port, pathCost(config.at(port)), 32});
  if (cost) at->cost = static_cast<std::uint32_t>(*cost);
  if (priority) at->priority = static_cast<std::uint8_t>(*priority);
  return configure(std::move(config));
}

/// bridge fdb add|append|del MAC dev VXLAN dst ADDRESS: where a tunnel endpoint sends.
CommandResult changeFdb(const Call& call) {
  const std::string& verb = call.words[1];
  std::optional<MacAddress> mac;
  std::optional<Ipv4Address> remote;
  InterfaceId port;
  for (std::size_t i = 2; i < call.words.size(); ++i) {
    const std::string& word = call.words[i];
    const bool more = i + 1 < call.words.size();
    if (word == "dev" && more) {
      const auto found = call.config().interfaceNamed(call.words[++i]);
      if (!found) return ipError(fmt::format("Cannot find device \"{}\"", call.words[i]), 255);
      port = *found;
    } else if (word == "dst" && more) {
      remote = Ipv4Address::parse(call.words[++i]);
      if (!remote) return ipError(fmt::format("Invalid dst address \"{}\"", call.words[i]), 255);
    } else if (const auto address = MacAddress::parse(word)) {
      mac = address;
    } else if (word != "self" && word != "permanent" && word != "static") {
      return ipError(fmt::format("\"{}\" is not understood here", word), 255);
    }
  }
  if (!mac || !port.valid()) return ipError("Device and address are required arguments.", 255);
  DeviceConfig config = call.config();
  InterfaceConfig& interface = config.interfaces[port.value];
  if (!interface.vxlan || !remote) return kernelSays("Operation not supported");
  vxlan::Config& tunnel = *interface.vxlan;
  const vxlan::FixedEntry entry{*mac, *remote};
  const std::size_t before = tunnel.remotes.size() + tunnel.fixed.size();
  if (verb == "del") {
    if (mac->isZero()) {
      tunnel.ownRemote = tunnel.ownRemote && tunnel.remotes.front() != *remote;
      std::erase(tunnel.remotes, *remote);
    } else {
      std::erase(tunnel.fixed, entry);
    }
    if (tunnel.remotes.size() + tunnel.fixed.size() == before) return kernelSays("No such file or directory");
  } else if (mac->isZero()) {
    if (std::find(tunnel.remotes.begin(), tunnel.remotes.end(), *remote) != tunnel.remotes.end())
      return kernelSays("File exists");
    tunnel.remotes.push_back(*remote);
  } else {
    const auto same = [&](const vxlan::FixedEntry& one) { return one.mac == *mac; };
    if (std::any_of(tunnel.fixed.begin(), tunnel.fixed.end(), same)) return kernelSays("File exists");
    tunnel.fixed.push_back(entry);
  }
  return configure(std::move(config));
}

CommandResult flushFdb(const Call& call, const Selection& selection) {
  const InterfaceId bridge = selection.bridge.valid() ? selection.bridge : selection.port;
  if (!bridge.valid()) return ipError("Device is a required argument", 255);
  if (!call.config().at(bridge).bridge) return kernelSays("Operation not supported");
  return CommandResult::change(FlushBridge{bridge});
}

/// Groups that are known at ports, the newest first; ports as they are flooded, the last one first.
CommandResult showGroups(const Call& call) {
  const DeviceConfig& config = call.config();
  std::string text;
  for (const BridgeState& one : call.self().state().bridges) {
    std::vector<std::pair<Ipv4Address, std::uint16_t>> seen;
    for (const bridge::GroupPort& member : one.groups.groups)
      if (std::pair key{member.group, member.vlan}; std::find(seen.begin(), seen.end(), key) == seen.end()) seen.insert(seen.begin(), key);
    const auto& ports = config.at(one.bridge).bridge->ports;
    for (const auto& [group, vlan] : seen)
      for (auto port = ports.rbegin(); port != ports.rend(); ++port)
        if (one.groups.has(group, vlan, *port, call.world.now))
          text += fmt::format("dev {} port {} grp {} temp{}\n", config.at(one.bridge).name, config.at(*port).name, group.text(),
                              vlan == 0 ? std::string() : fmt::format(" vid {}", vlan));
  }
  return CommandResult::text(std::move(text));
}

constexpr std::string_view kBridgeUsage =
    "Usage: bridge OBJECT { COMMAND | help }\n"
    "where  OBJECT := { link | fdb | mdb | vlan }\n"
    "       bridge fdb { show [ br BRDEV ] [ dev DEV ] | flush dev BRDEV }\n"
    "       bridge fdb { add | append | del } LLADDR dev VXLAN dst ADDRESS\n"
    "       bridge link [ show [ dev DEV ] ] | bridge link set dev PORT [ cost COST ] [ priority PRIO ]\n"
    "       bridge vlan { add | del } dev DEV vid VLAN_ID [ pvid ] [ untagged ] [ self ]\n"
    "       bridge vlan [ show ] [ dev DEV ]\n";

}  // namespace

CommandResult bridgeTool(const Call& call) {
  Words words;
  for (std::size_t i = 1; i < call.words.size(); ++i)
    if (i > 1 || call.words[i].empty() || call.words[i][0] != '-') words.push_back(call.words[i]);
  if (words.empty() || words[0] == "help") return CommandResult::failure(255, std::string(kBridgeUsage));
  const bool table = startsAs(words[0], "fdb"), links = startsAs(words[0], "link");
  if (startsAs(words[0], "vlan")) return bridgeVlan({call.world, call.device, words, call.input});
  if (startsAs(words[0], "mdb") && meansShow(Words(words.begin() + 1, words.end()))) return showGroups(call);
  if (!table && !links)
    return ipError(fmt::format("Object \"{}\" is unknown, try \"bridge help\".", words[0]), 255);
  const Call inner{call.world, call.device, words, call.input};
  const Words rest(words.begin() + 1, words.end());
  const bool flushes = table && !rest.empty() && startsAs(rest[0], "flush");
  const bool changes = table && !rest.empty() && (rest[0] == "add" || rest[0] == "append" || rest[0] == "del");
  if (changes) return changeFdb(inner);
  if (links && !rest.empty() && rest[0] == "set") return changeLink(inner);
  if (!meansShow(rest) && !flushes)
    return ipError(fmt::format("Command \"{}\" is unknown, try \"bridge {} help\".", rest[0], table ? "fdb" : "link"), 255);
  const auto selection = select(inner, 2);
  if (!selection) return selection.error();
  if (flushes) return flushFdb(inner, *selection);
  return table ? showTable(inner, *selection) : showLinks(inner, *selection);
}

}  // namespace hw::shell
