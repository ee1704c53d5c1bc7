#include "core/project/adopt.h"

#include <algorithm>

#include "core/device/sysctl.h"

namespace hw::project {
namespace {

InterfaceSpec& specOf(Node& node, const std::string& name) {
  for (InterfaceSpec& one : node.interfaces)
    if (one.name == name) return one;
  InterfaceSpec fresh;
  fresh.name = name;
  return node.interfaces.emplace_back(std::move(fresh));
}

void adoptInterface(Node& node, const InterfaceConfig& before, const InterfaceConfig& after) {
  if (before == after) return;
  if (before.mac != after.mac) specOf(node, after.name).mac = after.mac;
  if (before.mtu != after.mtu) specOf(node, after.name).mtu = static_cast<int>(after.mtu);
  if (before.up != after.up) specOf(node, after.name).down = !after.up;
  if (before.addresses == after.addresses) return;
  InterfaceSpec& spec = specOf(node, after.name);
  spec.addresses = after.addresses;
  if (after.kind != InterfaceKind::Loopback) return;
  const Ipv4Prefix own{Ipv4Address::of(127, 0, 0, 1), 8};
  std::erase(spec.addresses, own);
}

RouteType typeOf(route::Type type) {
  switch (type) {
    case route::Type::Blackhole: return RouteType::Blackhole;
    case route::Type::Unreachable: return RouteType::Unreachable;
    case route::Type::Prohibit: return RouteType::Prohibit;
    case route::Type::Throw: return RouteType::Throw;
    case route::Type::Unicast:
    case route::Type::Local:
    case route::Type::Broadcast: break;
  }
  return RouteType::Unicast;
}

RouteSpec specOf(const route::Route& route, const DeviceConfig& config) {
  RouteSpec spec;
  spec.prefix = route.prefix;
  spec.type = typeOf(route.type);
  spec.via = route.via;
  if (route.port.valid()) spec.device = config.at(route.port).name;
  spec.src = route.source;
  spec.metric = route.metric;
  spec.table = route.table;
  return spec;
}

/// A specification may leave out the interface that its gateway implies.
bool means(const RouteSpec& spec, const RouteSpec& route) {
  return spec.prefix == route.prefix && spec.type == route.type && spec.via == route.via &&
         spec.metric == route.metric && spec.table == route.table &&
         (spec.device.empty() || spec.device == route.device);
}

void adoptRoutes(Node& node, const DeviceConfig& before, const DeviceConfig& after) {
  const auto has = [](const DeviceConfig& config, const route::Route& one) {
    return std::find(config.routes.begin(), config.routes.end(), one) != config.routes.end();
  };
  for (const route::Route& one : before.routes)
    if (!has(after, one))
      std::erase_if(node.routes, [spec = specOf(one, before)](const RouteSpec& old) { return means(old, spec); });
  for (const route::Route& one : after.routes)
    if (!has(before, one)) node.routes.push_back(specOf(one, after));
}

/// Of a knob's several names the one to write down.
bool isPlain(std::string_view name) {
  return !name.ends_with(".forwarding") &&
         (!name.starts_with("net.ipv4.neigh.") || name.starts_with("net.ipv4.neigh.default."));
}

}  // namespace

Node adopted(Node node, const DeviceConfig& before, const DeviceConfig& after) {
  for (std::size_t i = 0; i < std::min(before.interfaces.size(), after.interfaces.size()); ++i)
    adoptInterface(node, before.interfaces[i], after.interfaces[i]);
  adoptRoutes(node, before, after);
  for (const std::string& name : sysctlNames(after))
    if (const auto value = readSysctl(after, name); isPlain(name) && value && value != readSysctl(before, name))
      node.sysctl[name] = *value;
  return node;
}

std::set<std::string> ownInterfaces(const Document& document, const Node& node) {
  std::set<std::string> names{std::string(kLoopbackName)};
  if (node.kind == NodeKind::Switch) names.insert(std::string(kBridgeName));
  for (const InterfaceSpec& one : node.interfaces) names.insert(one.name);
  for (const LinkSpec& link : document.links)
    for (const LinkEnd& end : {link.a, link.b})
      if (end.node == node.name) names.insert(end.interface);
  return names;
}

bool hasKeysFor(const DeviceConfig& before, const DeviceConfig& after, const std::set<std::string>& own) {
  if (before.interfaces.size() != after.interfaces.size()) return false;
  for (std::size_t i = 0; i < before.interfaces.size(); ++i)
    if (!(before.interfaces[i] == after.interfaces[i]) && !own.contains(after.interfaces[i].name)) return false;
  for (const route::Route& one : after.routes)
    if (one.port.valid() && !own.contains(after.at(one.port).name) &&
        std::find(before.routes.begin(), before.routes.end(), one) == before.routes.end())
      return false;
  DeviceConfig said = before;
  said.knobs = after.knobs;
  said.neighbours = after.neighbours;
  const auto several = [](const route::Route& one) { return !one.nextHops.empty(); };
  if (std::none_of(after.routes.begin(), after.routes.end(), several) &&
      std::none_of(before.routes.begin(), before.routes.end(), several))
    said.routes = after.routes;
  for (std::size_t i = 0; i < said.interfaces.size(); ++i) {
    InterfaceConfig& one = said.interfaces[i];
    const InterfaceConfig& now = after.interfaces[i];
    one.mac = now.mac, one.mtu = now.mtu, one.up = now.up, one.addresses = now.addresses, one.knobs = now.knobs;
  }
  return said == after;
}

Node adopted(Node node, const DeviceConfig& config, const EditNeighbour& edit) {
  const std::string device = edit.port.valid() ? config.at(edit.port).name : std::string();
  const bool flush = edit.what == EditNeighbour::What::Flush;
  std::erase_if(node.neighbours, [&](const NeighbourSpec& one) {
    return !flush && one.device == device && one.address == edit.address;
  });
  if (edit.what == EditNeighbour::What::Set && edit.nud == arp::Nud::Permanent)
    node.neighbours.push_back({edit.address, edit.mac, device});
  return node;
}

}  // namespace hw::project
