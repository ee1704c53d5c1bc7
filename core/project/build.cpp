#include "core/project/build.h"

#include <algorithm>
#include <map>

#include "core/device/sysctl.h"
#include "core/project/build_parts.h"
#include "core/project/check.h"
#include "core/project/complete.h"

namespace hw::project {
namespace {

hw::Medium mediumOf(Medium medium) {
  switch (medium) {
    case Medium::Ethernet: return hw::Medium::Ethernet;
    case Medium::Veth: return hw::Medium::Veth;
    case Medium::Ppp: return hw::Medium::Ppp;
    case Medium::Bus: break;
  }
  return hw::Medium::Ethernet;
}

Joint jointOf(NodeKind kind) {
  return kind == NodeKind::Bus ? Joint::Bus : kind == NodeKind::Repeater ? Joint::Repeater : Joint::Hub;
}

/// Coax is what reaches a bus, whatever the link calls itself.
bool isCoax(const LinkSpec& spec, const NodeKinds& kinds) {
  return spec.medium == Medium::Bus || (spec.medium == Medium::Ethernet && (kinds[0] == NodeKind::Bus || kinds[1] == NodeKind::Bus));
}

constexpr std::uint32_t kCoaxReach = 185;         // 10BASE2, IEEE 802.3 10.7.2.1
constexpr std::uint32_t kTwistedPairReach = 100;  // 10BASE-T and later, IEEE 802.3 14.4.1
constexpr std::uint64_t kCoaxRate = 10'000'000;

/// What a signal can do on a link: when stations take turns, and how far it can be read.
void shareOut(LinkConfig& link, const LinkSpec& spec, const NodeKinds& kinds) {
  const bool coax = isCoax(spec, kinds);
  if (!coax && spec.medium != Medium::Ethernet) return;
  if (coax && link.rate == 0) link.rate = kCoaxRate;
  const bool byDefault = coax || (link.rate > 0 && (repeatsBits(kinds[0]) || repeatsBits(kinds[1])));
  link.halfDuplex = spec.duplex ? *spec.duplex == Duplex::Half : byDefault;
  if (coax || spec.metres) link.reach = coax ? kCoaxReach : kTwistedPairReach;
  link.metres = static_cast<std::uint32_t>(spec.metres.value_or(0));
  if (spec.metres && spec.latency == LinkSpec{}.latency) link.latency = nanoseconds(*spec.metres * kNanosecondsPerMetre);
}

void configure(InterfaceConfig& config, const InterfaceSpec& spec) {
  config.name = spec.name;
  if (spec.mac) config.mac = *spec.mac;
  if (spec.mtu) config.mtu = static_cast<std::uint32_t>(*spec.mtu);
  config.up = !spec.down;
  config.addresses.insert(config.addresses.end(), spec.addresses.begin(), spec.addresses.end());
}

/// What the bridge knows of a port; ports of which nothing is said are in VLAN 1.
bridge::PortVlans vlansOf(InterfaceId port, const VlanSpec& spec) {
  bridge::PortVlans vlans;
  vlans.port = port;
  const auto number = [](int id) { return static_cast<std::uint16_t>(id); };
  for (const VlanRange& range : spec.trunk)
    for (int id = range.first; id <= range.last; ++id) vlans.add({number(id), false});
  for (const VlanOfMac& one : spec.byMac) {
    vlans.byMac.push_back({one.mac, number(one.id)});
    vlans.add({number(one.id), true});
  }
  for (const VlanOfSubnet& one : spec.bySubnet) {
    vlans.bySubnet.push_back({one.subnet, number(one.id)});
    vlans.add({number(one.id), true});
  }
  if (const auto untagged = spec.access ? spec.access : spec.native) {
    vlans.pvid = number(*untagged);
    vlans.add({vlans.pvid, true});
  }
  return vlans;
}

void giveVlans(DeviceConfig& device, const std::vector<InterfaceSpec>& interfaces) {
  bridge::Vlans& vlans = device.interfaces[device.interfaceNamed(kBridgeName)->value].bridge->vlans;
  for (const InterfaceSpec& one : interfaces) {
    const auto port = device.interfaceNamed(one.name);
    if (!one.vlan || !port) continue;
    vlans.filtering = true;
    vlans.ports.push_back(vlansOf(*port, *one.vlan));
  }
}

/// Makes br0 the bridge of all others but lo.
void makeBridge(DeviceConfig& device, const BridgeSpec& spec) {
  const InterfaceId id = *device.interfaceNamed(kBridgeName);
  InterfaceConfig& bridge = device.interfaces[id.value];
  bridge.kind = InterfaceKind::Bridge;
  bridge.medium = hw::Medium::Veth;
  bridge.bridge.emplace();
  if (spec.ageingTime) bridge.bridge->ageingTime = *spec.ageingTime;
  stp::Config& tree = bridge.stp.emplace();
  tree.enabled = spec.stp.value_or(false);
  if (spec.priority) tree.priority = static_cast<std::uint16_t>(*spec.priority);
  for (std::uint32_t port = 1; port < device.interfaces.size(); ++port) {
    if (port == id.value) continue;
    device.interfaces[port].master = id;
    bridge.bridge->ports.push_back({port});
  }
}

/// The interface through which a gateway is reached: that of the longest prefix which holds it,
/// addresses before the routes of link scope that came earlier.
InterfaceId portTowards(const DeviceConfig& device, Ipv4Address gateway) {
  InterfaceId best;
  int longest = -1;
  const auto consider = [&](const Ipv4Prefix& prefix, InterfaceId port) {
    if (prefix.length <= longest || !prefix.contains(gateway)) return;
    longest = prefix.length;
    best = port;
  };
  for (std::uint32_t i = 0; i < device.interfaces.size(); ++i) {
    for (const Ipv4Prefix& address : device.interfaces[i].addresses) consider(address, {i});
  }
  for (const route::Route& route : device.routes) {
    if (!route.via && route.port.valid()) consider(route.prefix, route.port);
  }
  return best;
}

route::Type typeOf(RouteType type) {
  switch (type) {
    case RouteType::Blackhole: return route::Type::Blackhole;
    case RouteType::Unreachable: return route::Type::Unreachable;
    case RouteType::Prohibit: return route::Type::Prohibit;
    case RouteType::Throw: return route::Type::Throw;
    case RouteType::Unicast: break;
  }
  return route::Type::Unicast;
}

route::Route routeOf(const RouteSpec& spec, const DeviceConfig& device) {
  route::Route route;
  route.prefix = spec.prefix;
  route.type = typeOf(spec.type);
  route.via = spec.via;
  route.metric = spec.metric;
  route.table = spec.table;
  route.source = spec.src;
  if (!spec.device.empty()) route.port = *device.interfaceNamed(spec.device);
  else if (spec.via) route.port = portTowards(device, *spec.via);
  // fib_create_info: a route without gateway leads to the link itself.
  if (spec.type == RouteType::Unicast && !spec.via) route.scope = route::Scope::Link;
  return route;
}

/// IPv6 of a device: on where the document says so, forwarding in a router.
void speakSix(DeviceConfig& device, const Node& node) {
  for (const InterfaceSpec& spec : node.interfaces) {
    const auto port = device.interfaceNamed(spec.name);
    if (!spec.six || !port) continue;
    enableSix(device, *port);
    InterfaceConfig& interface = device.interfaces[port->value];
    if (!interface.six) continue;
    for (const Ipv6Prefix& one : *spec.six) interface.six->addresses.push_back({one, true});
  }
  if (!device.six) return;
  device.six->forwarding = node.kind == NodeKind::Router;
  for (const RouteSpecSix& spec : node.routesSix) {
    ipv6::Route route;
    route.prefix = spec.prefix;
    if (spec.type == RouteType::Blackhole) route.type = ipv6::RouteType::Blackhole;
    if (spec.type == RouteType::Unreachable) route.type = ipv6::RouteType::Unreachable;
    if (spec.type == RouteType::Prohibit) route.type = ipv6::RouteType::Prohibit;
    route.via = spec.via;
    route.metric = spec.metric;
    if (const auto port = device.interfaceNamed(spec.device)) route.port = *port;
    for (std::uint32_t i = 1; i < device.interfaces.size() && spec.via && !route.port.valid(); ++i)
      if (const auto& six = device.interfaces[i].six)
        for (const Ipv6Own& own : six->addresses)
          if (own.prefix.contains(*spec.via)) route.port = InterfaceId{i};
    // A route whose interface is not there leads nowhere: check() says so.
    if (route.port.valid() || route.refuses()) device.six->routes.push_back(route);
  }
}

/// What one frame of a queue that is limited in packets counts: the largest of standard Ethernet.
constexpr std::int64_t kPacketBytes = 1514;

std::uint32_t queueBytes(const QueueLimit& queue) {
  const std::int64_t size = queue.unit == QueueLimit::Unit::Packets ? kPacketBytes : 1;
  std::int64_t bytes = 0;
  if (__builtin_mul_overflow(queue.count, size, &bytes)) bytes = UINT32_MAX;
  return static_cast<std::uint32_t>(std::min<std::int64_t>(bytes, UINT32_MAX));
}

}  // namespace

Media mediaOf(const Document& document) {
  Media media;
  for (const LinkSpec& link : document.links) {
    const Cable cable{link.medium, speedOf(static_cast<std::uint64_t>(link.bitsPerSecond.value_or(0)))};
    media[{link.a.node, link.a.interface}] = cable;
    media[{link.b.node, link.b.interface}] = cable;
  }
  return media;
}

DeviceConfig deviceOf(const Node& node, const Media& media) {
  DeviceConfig device = makeDeviceConfig(node.name);
  device.hub = repeatsBits(node.kind);
  if (device.hub) device.joint = jointOf(node.kind);
  if (node.kind == NodeKind::Bus) device.tapMetres = static_cast<std::uint32_t>(node.tapMetres.value_or(kTapMetres));
  setForwarding(device.knobs, node.kind == NodeKind::Router);
  for (const InterfaceSpec& spec : node.interfaces) {
    if (spec.name == kLoopbackName) {
      configure(device.interfaces[0], spec);
      continue;
    }
    configure(device.interfaces.emplace_back(), spec);
    const auto cable = media.find({node.name, spec.name});
    if (cable == media.end()) continue;
    device.interfaces.back().medium = mediumOf(cable->second.medium);
    device.interfaces.back().speed = cable->second.speed;
  }
  if (node.kind == NodeKind::Switch) {
    makeBridge(device, node.bridge);
    giveVlans(device, node.interfaces);
  }
  speakSix(device, node);
  for (const RouteSpec& spec : node.routes) device.routes.push_back(routeOf(spec, device));
  for (const NeighbourSpec& spec : node.neighbours) {
    device.neighbours.push_back({*device.interfaceNamed(spec.device), spec.address, spec.mac});
  }
  // What is not built yet stays at its default: check() warns of it.
  for (const auto& [name, value] : node.sysctl) static_cast<void>(writeSysctl(device, name, value));
  return device;
}

LinkConfig linkOf(const LinkSpec& spec, const std::array<hw::LinkEnd, 2>& ends, const NodeKinds& kinds) {
  LinkConfig link;
  link.ends = ends;
  link.medium = mediumOf(spec.medium);
  link.latency = spec.latency;
  link.rate = static_cast<std::uint64_t>(spec.bitsPerSecond.value_or(0));
  link.lossPpm = spec.lossPpm;
  if (spec.queue) link.queueBytes = queueBytes(*spec.queue);
  link.up = !spec.down;
  shareOut(link, spec, kinds);
  return link;
}

namespace {

std::vector<Problem> errorsOf(const Document& document) {
  std::vector<Problem> errors;
  for (Finding& finding : check(document)) {
    if (severityOf(finding.problem) == Severity::Error) errors.push_back(std::move(finding.problem));
  }
  return errors;
}

}  // namespace

Expected<World, ProjectError> buildWorld(const Document& document) {
  if (auto errors = errorsOf(document); !errors.empty()) {
    return hw::unexpected(ProjectError{document.title.en, std::move(errors)});
  }
  const Document whole = complete(document);
  const Media media = mediaOf(whole);
  std::vector<DeviceConfig> devices;
  std::map<std::string_view, DeviceId> ids;
  for (const Node& node : whole.nodes) {
    ids.emplace(node.name, DeviceId{static_cast<std::uint32_t>(devices.size())});
    devices.push_back(deviceOf(node, media));
  }
  std::vector<LinkConfig> links;
  const auto endOf = [&](const LinkEnd& end) {
    const DeviceId device = ids.at(end.node);
    return hw::LinkEnd{device, *devices[device.value].interfaceNamed(end.interface)};
  };
  const auto kindOf = [&](const LinkEnd& end) { return whole.nodes[ids.at(end.node).value].kind; };
  for (const LinkSpec& spec : whole.links)
    links.push_back(linkOf(spec, {endOf(spec.a), endOf(spec.b)}, {kindOf(spec.a), kindOf(spec.b)}));
  return makeWorld(std::move(devices), std::move(links), whole.seed);
}

}  // namespace hw::project
