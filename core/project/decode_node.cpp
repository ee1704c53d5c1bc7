#include "core/project/decode_parts.h"
#include "core/project/vlan_text.h"
#include "core/project/words.h"

namespace hw::project {
namespace {

// ---- interfaces ---------------------------------------------------------------------------------

/// An address needs its length: a forgotten "/24" would be a /32 to ip(8), which nobody means here.
std::optional<Ipv4Prefix> parseAddress(std::string_view text) {
  const bool whole = text.find('/') != std::string_view::npos && text.find('.') != std::string_view::npos;
  return whole ? Ipv4Prefix::parse(text) : std::nullopt;
}

void readAddresses(ValueReader& reader, const YamlValue& value, InterfaceSpec& out) {
  const Wanted all{{"a list of addresses", "地址的列表"}, "[192.0.2.10/24]"};
  const Wanted one{{"an IPv4 address with its prefix length", "带前缀长度的 IPv4 地址"}, "192.0.2.10/24"};
  for (const YamlValue& item : reader.list(value, all)) {
    Ipv4Prefix address;
    if (reader.parsed(item, one, parseAddress, address)) out.addresses.push_back(address);
  }
}

void readAddressesSix(ValueReader& reader, const YamlValue& value, InterfaceSpec& out) {
  const Wanted all{{"a list of IPv6 addresses", "IPv6 地址的列表"}, "[2001:db8::10/64]"};
  const Wanted one{{"an IPv6 address with its prefix length", "带前缀长度的 IPv6 地址"}, "2001:db8::10/64"};
  out.six.emplace();
  for (const YamlValue& item : reader.list(value, all)) {
    Ipv6Prefix address;
    if (reader.parsed(item, one, parseAddressSix, address)) out.six->push_back(address);
  }
}

constexpr Wanted kWantedVlan{{"a VLAN from 1 to 4094 (the tag has 12 bits; 0 and 4095 are reserved)",
                              "1 到 4094 的 VLAN（标签只有 12 位，0 和 4095 保留）"},
                             "10"};
void readTrunk(ValueReader& reader, const YamlValue& value, VlanSpec& out) {
  const Wanted all{{"a list of VLANs", "VLAN 的列表"}, "[10, 20-29]"};
  for (const YamlValue& item : reader.list(value, all)) {
    VlanRange range;
    if (reader.parsed(item, kWantedVlan, parseVlans, range)) out.trunk.push_back(range);
  }
}

void readVlanByMac(ValueReader& reader, const YamlValue& value, VlanSpec& out) {
  const Wanted wanted{{"a map from MAC address to VLAN", "从 MAC 地址到 VLAN 的映射"}, "{02:00:00:00:00:aa: 10}"};
  for (const auto& member : reader.members(value, wanted)) {
    VlanOfMac one;
    const bool key = reader.parsed(member.key, kWantedMac, MacAddress::parse, one.mac);
    if (reader.parsed(member.value, kWantedVlan, parseVlan, one.id) && key) out.byMac.push_back(one);
  }
}

void readVlanBySubnet(ValueReader& reader, const YamlValue& value, VlanSpec& out) {
  const Wanted wanted{{"a map from subnet to VLAN", "从子网到 VLAN 的映射"}, "{192.0.2.0/24: 10}"};
  const Wanted subnet{{"a subnet with its prefix length", "带前缀长度的子网"}, "192.0.2.0/24"};
  for (const auto& member : reader.members(value, wanted)) {
    VlanOfSubnet one;
    const bool key = reader.parsed(member.key, subnet, parseAddress, one.subnet);
    if (reader.parsed(member.value, kWantedVlan, parseVlan, one.id) && key) out.bySubnet.push_back(one);
  }
}

constexpr KeyReader<VlanSpec> kVlanKeys[] = {
    {"access", [](ValueReader& r, const YamlValue& v, VlanSpec& out) { r.parsed(v, kWantedVlan, parseVlan, out.access); }},
    {"trunk", readTrunk},
    {"native", [](ValueReader& r, const YamlValue& v, VlanSpec& out) { r.parsed(v, kWantedVlan, parseVlan, out.native); }},
    {"by_mac", readVlanByMac},
    {"by_subnet", readVlanBySubnet},
};
static_assert(readsAllOf(Section::Vlan, kVlanKeys));

constexpr KeyReader<InterfaceSpec> kInterfaceKeys[] = {
    {"mac",
     [](ValueReader& r, const YamlValue& v, InterfaceSpec& out) {
       r.parsed(v, kWantedMac, MacAddress::parse, out.mac);
     }},
    {"addresses", readAddresses},
    {"ipv6", readAddressesSix},
    {"mtu",
     [](ValueReader& r, const YamlValue& v, InterfaceSpec& out) {
       const Wanted wanted{{"an MTU from 68 to 65535", "68 到 65535 的 MTU"}, "1500"};
       r.parsed(v, wanted, parseIntWithin<68, 65535>, out.mtu);
     }},
    {"down", [](ValueReader& r, const YamlValue& v, InterfaceSpec& out) { r.flag(v, out.down); }},
    {"vlan",
     [](ValueReader& r, const YamlValue& v, InterfaceSpec& out) {
       readSection(r, v, Section::Vlan, kVlanKeys, out.vlan.emplace());
     }},
};
static_assert(readsAllOf(Section::Interface, kInterfaceKeys));

void readInterfaces(ValueReader& reader, const YamlValue& value, Node& out) {
  const Wanted wanted{{"a map of interfaces", "接口的映射"}, "{eth0: {addresses: [192.0.2.10/24]}}"};
  const auto members = reader.members(value, wanted);
  out.interfaces.reserve(members.size());
  for (const auto& member : members) {
    InterfaceSpec& interface = out.interfaces.emplace_back();
    interface.name = member.name();
    readSection(reader, member.value, Section::Interface, kInterfaceKeys, interface);
  }
}

// ---- bridge, routes, neighbours -----------------------------------------------------------------

constexpr KeyReader<BridgeSpec> kBridgeKeys[] = {
    {"ageing_time",
     [](ValueReader& r, const YamlValue& v, BridgeSpec& out) {
       r.parsed(v, kWantedDuration, parseDuration, out.ageingTime);
     }},
    {"stp", [](ValueReader& r, const YamlValue& v, BridgeSpec& out) { r.flag(v, out.stp.emplace()); }},
    {"priority",
     [](ValueReader& r, const YamlValue& v, BridgeSpec& out) {
       const auto parse = [](std::string_view text) -> std::optional<int> {
         const auto number = parseInteger(text, 0, 65535);
         return number ? std::optional(static_cast<int>(*number)) : std::nullopt;
       };
       r.parsed(v, {{"a priority from 0 to 65535", "0 到 65535 的优先级"}, "4096"}, parse, out.priority);
     }},
};
static_assert(readsAllOf(Section::Bridge, kBridgeKeys));

void readRoutes(ValueReader& reader, const YamlValue& value, Node& out) {
  const Wanted all{{"a list of routes", "路由的列表"}, "- default via 192.0.2.1"};
  const Wanted one{{"a route", "路由"}, "default via 192.0.2.1"};
  const auto items = reader.list(value, all);
  out.routes.reserve(items.size());
  for (const YamlValue& item : items) {
    const auto text = reader.scalar(item, one);
    if (!text) continue;
    auto route = parseRoute(*text);
    if (route) {
      out.routes.push_back(std::move(*route));
      continue;
    }
    const RouteSpecError& error = route.error();
    reader.report({.id = error.found.empty() ? ProblemId::RouteTooShort : ProblemId::BadRoute,
                   .place = item.placeAt(error.at),
                   .found = inQuotes(error.found),
                   .right = error.right,
                   .of = error.wanted});
  }
}

void readRoutesSix(ValueReader& reader, const YamlValue& value, Node& out) {
  const Wanted all{{"a list of IPv6 routes", "IPv6 路由的列表"}, "- default via 2001:db8::1"};
  const Wanted one{{"an IPv6 route", "IPv6 路由"}, "default via 2001:db8::1"};
  for (const YamlValue& item : reader.list(value, all)) {
    RouteSpecSix route;
    if (reader.parsed(item, one, parseRouteSix, route)) out.routesSix.push_back(std::move(route));
  }
}

constexpr KeyReader<NeighbourSpec> kNeighbourKeys[] = {
    {"address",
     [](ValueReader& r, const YamlValue& v, NeighbourSpec& out) {
       r.parsed(v, {{"an IPv4 address", "IPv4 地址"}, "192.0.2.1"}, Ipv4Address::parse, out.address);
     }},
    {"mac",
     [](ValueReader& r, const YamlValue& v, NeighbourSpec& out) {
       r.parsed(v, kWantedMac, MacAddress::parse, out.mac);
     }},
    {"device",
     [](ValueReader& r, const YamlValue& v, NeighbourSpec& out) {
       r.text(v, {{"the name of an interface", "接口的名称"}, "eth0"}, out.device);
     }},
};
static_assert(readsAllOf(Section::Neighbour, kNeighbourKeys));

void readNeighbours(ValueReader& reader, const YamlValue& value, Node& out) {
  const Wanted wanted{{"a list of neighbours", "邻居的列表"},
                      "- {address: 192.0.2.1, mac: 02:00:00:00:00:aa, device: eth0}"};
  for (const YamlValue& item : reader.list(value, wanted)) {
    readSection(reader, item, Section::Neighbour, kNeighbourKeys, out.neighbours.emplace_back());
  }
}

// ---- the node -----------------------------------------------------------------------------------

void readKind(ValueReader& reader, const YamlValue& value, Node& out) {
  const Wanted wanted{{"a kind of node", "节点类型"}, "host"};
  if (const auto index = readWord(reader, value, wanted, kNodeKinds)) {
    out.kind = static_cast<NodeKind>(*index);
  }
}

void readSysctl(ValueReader& reader, const YamlValue& value, Node& out) {
  const Wanted all{{"a map of sysctl settings", "sysctl 设置的映射"}, "{net.ipv4.ip_forward: 1}"};
  const Wanted one{{"the value of a sysctl", "sysctl 的值"}, "1"};
  for (const auto& member : reader.members(value, all)) {
    reader.text(member.value, one, out.sysctl[std::string(member.name())]);
  }
}

void readStart(ValueReader& reader, const YamlValue& value, Node& out) {
  const Wanted all{{"a list of command lines", "命令行的列表"}, "- ping -c 1 192.0.2.1"};
  const Wanted one{{"a command line", "命令行"}, "ping -c 1 192.0.2.1"};
  for (const YamlValue& item : reader.list(value, all)) {
    reader.text(item, one, out.start.emplace_back());
  }
}

constexpr KeyReader<Node> kNodeKeys[] = {
    {"kind", readKind},
    {"label", [](ValueReader& r, const YamlValue& v, Node& out) { readText(r, v, out.label); }},
    {"position", [](ValueReader& r, const YamlValue& v, Node& out) { readPosition(r, v, out.position); }},
    {"interfaces", readInterfaces},
    {"bridge",
     [](ValueReader& r, const YamlValue& v, Node& out) {
       readSection(r, v, Section::Bridge, kBridgeKeys, out.bridge);
     }},
    {"tap_distance", [](ValueReader& r, const YamlValue& v, Node& out) { r.parsed(v, kWantedMetres, parseMetres, out.tapMetres); }},
    {"routes", readRoutes},
    {"ipv6_routes", readRoutesSix},
    {"neighbours", readNeighbours},
    {"sysctl", readSysctl},
    {"start", readStart},
};
static_assert(readsAllOf(Section::Node, kNodeKeys));

}  // namespace

void readNode(ValueReader& reader, const YamlValue& value, Node& out) {
  readSection(reader, value, Section::Node, kNodeKeys, out);
}

}  // namespace hw::project
