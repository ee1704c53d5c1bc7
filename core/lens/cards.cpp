#include "core/lens/cards.h"

#include <fmt/format.h>

#include <algorithm>

#include "core/explain/explain.h"
#include "core/proto/ipv4/ipv4_wire.h"
#include "core/proto/netfilter/ruleset_text.h"
#include "core/sim/process_id.h"

namespace hw::lens {
namespace {

bool isSwitch(const DeviceConfig& config) {
  for (const InterfaceConfig& one : config.interfaces)
    if (one.kind == InterfaceKind::Bridge) return true;
  return false;
}

std::string rateText(std::uint64_t rate) {
  if (rate == 0) return "unlimited";
  if (rate % 1'000'000'000 == 0) return fmt::format("{} Gbit/s", rate / 1'000'000'000);
  if (rate % 1'000'000 == 0) return fmt::format("{} Mbit/s", rate / 1'000'000);
  if (rate % 1'000 == 0) return fmt::format("{} kbit/s", rate / 1'000);
  return fmt::format("{} bit/s", rate);
}

std::string endName(const World& world, const LinkEnd& end) {
  const DeviceConfig& config = world.device(end.device).config();
  return config.name + ":" + config.at(end.port).name;
}

PortCard portCard(const Device& device, InterfaceId id) {
  const InterfaceConfig& interface = device.config().at(id);
  PortCard card{id, interface.name, hasLinkHeader(interface) ? interface.mac.text() : "-", {}, interface.mtu, interface.up,
                device.state().carrier[id.value]};
  for (const Ipv4Prefix& one : interface.addresses) card.addresses.push_back(one.text());
  return card;
}

std::string nameOf(const Device& device, InterfaceId id) {
  return id.valid() ? device.config().at(id).name : "";
}

TableCard arpTable(const Device& device) {
  TableCard table{"arp",
                  {"ARP cache", "ARP 高速缓存"},
                  {{"IP address", "IP 地址"}, {"MAC address", "MAC 地址"}, {"Interface", "接口"}, {"State", "状态"}},
                  {}};
  for (const arp::Entry& one : device.state().arp.entries)
    table.rows.push_back({nameOf(device, one.port) + " " + one.address.text(),
                          {one.address.text(), one.valid() ? one.mac.text() : "-", nameOf(device, one.port),
                           std::string(arp::name(one.state))},
                          one.by});
  return table;
}

TableCard forwardingTable(const Device& device) {
  TableCard table{"fdb",
                  {"Forwarding table", "转发表"},
                  {{"MAC address", "MAC 地址"}, {"Port", "端口"}},
                  {}};
  const auto filters = [&](const BridgeState& one) { return device.config().at(one.bridge).bridge->vlans.filtering; };
  const bool vlans = std::any_of(device.state().bridges.begin(), device.state().bridges.end(), filters);
  if (vlans) table.columns.push_back({"VLAN", "VLAN 号"});
  for (const BridgeState& bridge : device.state().bridges)
    for (const bridge::Entry& one : bridge.table.entries) {
      std::vector<std::string> cells{one.mac.text(), nameOf(device, one.port)};
      if (vlans) cells.push_back(one.vlan == 0 ? "-" : std::to_string(one.vlan));
      table.rows.push_back({fmt::format("{} {}", one.mac.text(), one.vlan), std::move(cells), one.by});
    }
  return table;
}

/// Which VLANs the ports of a switch take part in, in the words of teachers: access, trunk, native.
void addVlanRows(TableCard& table, const Device& device, InterfaceId bridge) {
  const bridge::Config& config = *device.config().at(bridge).bridge;
  std::vector<InterfaceId> ports = config.ports;
  ports.push_back(bridge);
  for (const InterfaceId port : ports) {
    const bridge::PortVlans vlans = config.vlans.of(port);
    std::string untagged, tagged;
    for (const bridge::VlanMember& one : vlans.members) {
      std::string& list = one.untagged ? untagged : tagged;
      list += (list.empty() ? "" : ", ") + std::to_string(one.id);
    }
    const std::string in = vlans.pvid == 0 ? "-" : std::to_string(vlans.pvid);
    table.rows.push_back({nameOf(device, port), {nameOf(device, port), in, untagged.empty() ? "-" : untagged, tagged.empty() ? "-" : tagged}, {}});
  }
}

TableCard vlanTable(const Device& device) {
  TableCard table{"vlan",
                  {"VLANs of the ports", "端口的 VLAN"},
                  {{"Port", "端口"}, {"Untagged frames in", "无标签帧归入"}, {"Leaves untagged", "不带标签送出"}, {"Leaves tagged", "带标签送出"}},
                  {}};
  for (const BridgeState& one : device.state().bridges)
    if (device.config().at(one.bridge).bridge->vlans.filtering) addVlanRows(table, device, one.bridge);
  return table;
}

/// What the ports of a bridge are in its spanning tree.
TableCard treeTable(const Device& device) {
  TableCard table{"tree",
                  {"Spanning tree", "生成树"},
                  {{"Port", "端口"}, {"Role", "角色"}, {"State", "状态"}, {"Cost", "开销"}},
                  {}};
  for (const BridgeState& bridge : device.state().bridges)
    for (const stp::Port& one : bridge.tree.ports)
      table.rows.push_back({nameOf(device, one.port),
                            {nameOf(device, one.port), std::string(stp::name(bridge.tree.roleOf(one))), std::string(stp::name(one.state)),
                             std::to_string(one.cost)},
                            {}});
  return table;
}

/// Who wants which group, as a bridge has heard it.
TableCard groupTable(const Device& device) {
  TableCard table{"group", {"Multicast groups", "组播组"}, {{"Group", "组"}, {"Port", "端口"}}, {}};
  for (const BridgeState& bridge : device.state().bridges)
    for (const bridge::GroupPort& one : bridge.groups.groups)
      table.rows.push_back({fmt::format("{} {} {}", one.group.text(), one.vlan, one.port.value),
                            {one.group.text(), nameOf(device, one.port)},
                            one.by});
  return table;
}

/// The tables of the bridges in a device; none if it has none.
std::vector<TableCard> bridgeTables(const Device& device) {
  std::vector<TableCard> tables;
  if (!device.state().bridges.empty()) tables.push_back(forwardingTable(device));
  if (TableCard vlans = vlanTable(device); !vlans.rows.empty()) tables.push_back(std::move(vlans));
  for (TableCard one : {treeTable(device), groupTable(device)})
    if (!one.rows.empty()) tables.push_back(std::move(one));
  return tables;
}

std::string wayOf(const Device& device, const route::Route& route) {
  switch (route.type) {
    case route::Type::Blackhole: return "blackhole";
    case route::Type::Unreachable: return "unreachable";
    case route::Type::Prohibit: return "prohibit";
    case route::Type::Throw: return "throw";
    case route::Type::Unicast:
    case route::Type::Local:
    case route::Type::Broadcast: return nameOf(device, route.port);
  }
  return {};
}

TableCard routeTable(const Device& device) {
  TableCard table{"route",
                  {"Routing table", "路由表"},
                  {{"Destination", "目的网络"}, {"Next hop", "下一跳"}, {"Interface", "接口"}, {"Metric", "度量"}},
                  {}};
  for (const route::Route& one : device.plan().fib.routes()) {
    if (one.table == route::kTableLocal) continue;
    const std::string to = one.prefix.length == 0 ? "default" : one.prefix.text();
    const std::string via = one.via ? one.via->text() : "-";
    table.rows.push_back({to + " " + via + " " + wayOf(device, one),
                          {to, via, wayOf(device, one), std::to_string(one.metric)},
                          one.by});
  }
  return table;
}

std::string endpointText(const socket::Endpoint& end) {
  return fmt::format("{}:{}", end.address.isAny() ? "*" : end.address.text(), end.port);
}

/// The rules of the packet filter in the order in which they are asked, each with what it has counted.
TableCard filterTable(const Device& device) {
  TableCard table{"filter",
                  {"Packet filter", "数据包过滤器"},
                  {{"Chain", "链"}, {"Rule", "规则"}, {"Packets", "数据包数"}},
                  {}};
  for (const netfilter::Table& one : device.config().filter.tables)
    for (const netfilter::Chain& chain : one.chains) {
      const std::string name = one.name + " " + chain.name;
      const auto keyOf = [&](std::uint32_t handle) { return fmt::format("{}/{}", one.handle, handle); };
      if (chain.base) table.rows.push_back({keyOf(chain.handle), {name, netfilter::text(*chain.base), ""}, {}});
      for (const netfilter::FilterRule& rule : chain.rules) {
        const netfilter::Counted* counted = device.state().filter.find({one.handle, rule.handle});
        const bool counts = counted && counted->packets > 0;
        table.rows.push_back({keyOf(rule.handle), {name, netfilter::text(rule, counted), counts ? std::to_string(counted->packets) : ""}, {}});
      }
    }
  return table;
}

std::string tupleText(const netfilter::Tuple& tuple) {
  const auto end = [&](Ipv4Address address, std::uint16_t port) {
    return port == 0 ? address.text() : fmt::format("{}:{}", address.text(), port);
  };
  const bool icmp = tuple.protocol == ipv4::kIcmp;
  return end(tuple.source, tuple.sourcePort) + " > " + end(tuple.destination, icmp ? std::uint16_t{0} : tuple.destinationPort);
}

TableCard connectionTable(const Device& device) {
  TableCard table{"connection",
                  {"Connections", "连接"},
                  {{"Protocol", "协议"}, {"Beginning", "发起方向"}, {"Its answers", "应答方向"}, {"State", "状态"}},
                  {}};
  for (const netfilter::Connection& one : device.state().filter.connections.all) {
    const std::string_view protocol = netfilter::wordOf(netfilter::protocolWords(), one.original.protocol);
    const bool assured = one.has(netfilter::kAssured), answered = one.has(netfilter::kSeenReply);
    table.rows.push_back({std::to_string(one.id),
                          {protocol.empty() ? std::to_string(one.original.protocol) : std::string(protocol), tupleText(one.original),
                           tupleText(one.reply), assured ? "ASSURED" : answered ? "" : "UNREPLIED"},
                          one.by});
  }
  return table;
}

TableCard socketTable(const Device& device) {
  TableCard table{"socket",
                  {"Sockets", "套接字"},
                  {{"Kind", "类型"}, {"Local", "本地"}, {"Peer", "对端"}, {"Waiting", "待读"}},
                  {}};
  constexpr std::string_view kinds[] = {"UDP", "TCP", "ping", "packet", "raw", "TUN/TAP", "ping"};
  static_assert(std::size(kinds) == static_cast<std::size_t>(socket::Kind::PingSix) + 1);
  for (const Socket& one : device.state().sockets)
    table.rows.push_back({std::to_string(one.id.value),
                          {std::string(kinds[static_cast<std::size_t>(one.kind)]), endpointText(one.local),
                           one.peer ? endpointText(*one.peer) : "*", std::to_string(one.received.size())},
                          {}});
  return table;
}

TableCard processTable(const World& world, DeviceId id) {
  TableCard table{"process", {"Programs", "程序"}, {{"PID", "PID"}, {"Program", "程序"}}, {}};
  for (const process::Process& one : world.device(id).state().processes)
    table.rows.push_back({std::to_string(one.id.value),
                          {std::to_string(pidOf(world, {id, one.id})), std::string(process::name(one.program))},
                          {}});
  return table;
}

}  // namespace

DeviceKind kindOf(const DeviceConfig& config) {
  if (config.hub) {
    constexpr DeviceKind kJoints[] = {DeviceKind::Hub, DeviceKind::Repeater, DeviceKind::Bus};
    return kJoints[static_cast<std::size_t>(config.joint)];
  }
  if (config.knobs.forwarding) return DeviceKind::Router;
  return isSwitch(config) ? DeviceKind::Switch : DeviceKind::Host;
}

const Text& kindText(const NodeCard& card) {
  static constexpr Text kSpace{"Network namespace", "网络命名空间"};
  static constexpr Text kKinds[] = {{"Host", "主机"}, {"Router", "路由器"}, {"Switch", "交换机"}, {"Hub", "集线器"}, {"Repeater", "中继器"}, {"Bus", "总线"}};
  return card.machine.valid() ? kSpace : kKinds[static_cast<std::size_t>(card.kind)];
}

std::vector<NodeCard> nodeCards(const World& world) {
  std::vector<NodeCard> cards;
  for (std::uint32_t i = 0; i < world.devices.size(); ++i) {
    const Device& device = *world.devices[i];
    NodeCard card;
    card.id = DeviceId{i};
    card.name = device.config().name;
    card.kind = kindOf(device.config());
    card.present = world.isPresent(card.id);
    if (const auto& space = device.config().space) card.machine = space->machine, card.space = space->name;
    for (std::uint32_t j = 1; j < device.config().interfaces.size(); ++j)
      if (device.config().interfaces[j].kind != InterfaceKind::Removed)
        card.ports.push_back(portCard(device, InterfaceId{j}));
    cards.push_back(std::move(card));
  }
  return cards;
}

std::vector<LinkCard> linkCards(const World& world) {
  std::vector<LinkCard> cards;
  for (std::uint32_t i = 0; i < world.links.size(); ++i) {
    const LinkConfig& link = world.links[i].config;
    cards.push_back({LinkId{i}, link.ends[0], link.ends[1], endName(world, link.ends[0]),
                     endName(world, link.ends[1]), link.up,
                     rateText(link.rate) + ", " + explain::durationText(link.latency, Language::English), link.plugged});
  }
  return cards;
}

std::vector<TableCard> tablesOf(const World& world, DeviceId id) {
  const Device& device = world.device(id);
  switch (kindOf(device.config())) {
    case DeviceKind::Hub:
    case DeviceKind::Repeater:
    case DeviceKind::Bus: return {};
    case DeviceKind::Switch: return bridgeTables(device);
    case DeviceKind::Host:
    case DeviceKind::Router: break;
  }
  std::vector<TableCard> tables{arpTable(device), routeTable(device)};
  // Most devices filter nothing: the tables are there once there is something to see.
  if (!device.config().filter.tables.empty()) tables.push_back(filterTable(device));
  if (device.plan().filter.tracks || !device.state().filter.connections.all.empty()) tables.push_back(connectionTable(device));
  for (TableCard& one : bridgeTables(device)) tables.push_back(std::move(one));
  tables.push_back(socketTable(device));
  tables.push_back(processTable(world, id));
  return tables;
}

}  // namespace hw::lens
