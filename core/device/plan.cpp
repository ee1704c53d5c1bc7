#include "core/device/plan.h"

#include <algorithm>

namespace hw {
namespace {

using route::Route;

Route kernelRoute(Ipv4Prefix prefix, route::Type type, InterfaceId port, Ipv4Address source) {
  Route r;
  r.prefix = {prefix.network(), prefix.length};
  r.type = type;
  r.port = port;
  r.protocol = route::Protocol::Kernel;
  r.table = type == route::Type::Unicast ? route::kTableMain : route::kTableLocal;
  r.scope = type == route::Type::Local ? route::Scope::Host : route::Scope::Link;
  r.source = source;
  return r;
}

/// The earlier address of the same subnet, if there is one: an address is then secondary.
const Ipv4Prefix* primaryOf(const InterfaceConfig& interface, const Ipv4Prefix& address) {
  for (const Ipv4Prefix& one : interface.addresses) {
    if (&one == &address) return nullptr;
    if (one.length == address.length && one.contains(address.address)) return &one;
  }
  return nullptr;
}

/// What Linux adds for an address (fib_add_ifaddr).
void addRoutesOf(std::vector<Route>& routes, Ipv4Prefix address, InterfaceId port) {
  routes.push_back(kernelRoute({address.address, 32}, route::Type::Local, port, address.address));
  if (address.address.isLoopback()) {
    routes.push_back(kernelRoute(address, route::Type::Local, port, address.address));
    routes.push_back(kernelRoute({address.broadcast(), 32}, route::Type::Broadcast, port, address.address));
    return;
  }
  if (address.length >= 31) {
    if (address.length == 31)
      routes.push_back(kernelRoute(address, route::Type::Unicast, port, address.address));
    return;
  }
  routes.push_back(kernelRoute(address, route::Type::Unicast, port, address.address));
  routes.push_back(kernelRoute({address.broadcast(), 32}, route::Type::Broadcast, port, address.address));
}

ReceivePath pathOf(const DeviceConfig& config, const InterfaceConfig& interface) {
  if (!interface.up) return ReceivePath::Down;
  if (config.hub) return ReceivePath::Repeat;
  return interface.master.valid() ? ReceivePath::BridgePort : ReceivePath::Stack;
}

/// A route stands while its interface is up and, if it has a gateway, that is on the link.
bool usable(const DeviceConfig& config, const Route& route) {
  const auto isUp = [&](const route::NextHop& hop) { return config.at(hop.port).up; };
  if (!route.nextHops.empty()) return std::any_of(route.nextHops.begin(), route.nextHops.end(), isUp);
  return !route.port.valid() || config.at(route.port).up;
}

/// Up and with a carrier: that of the parent for a VLAN sub-interface.
bool isRunning(const DeviceConfig& config, const std::vector<bool>& carrier, std::uint32_t port) {
  constexpr int kMaxDepth = 8;
  for (int depth = 0; depth < kMaxDepth; ++depth) {
    const InterfaceConfig& interface = config.interfaces[port];
    if (!interface.up || (port < carrier.size() && !carrier[port])) return false;
    if (!interface.vlan) return true;
    port = interface.vlan->parent.value;
  }
  return false;
}

/// The routes of IPv6: those of the addresses and of the links, and the configured ones.
void addRoutesSix(const DeviceConfig& config, std::vector<ipv6::Route>& routes) {
  const auto own = [&routes](Ipv6Prefix prefix, InterfaceId port) {
    routes.push_back({{prefix.network(), prefix.length}, ipv6::RouteType::Unicast, {}, port, ipv6::kOwnMetric, ipv6::RouteProtocol::Kernel, {}});
  };
  for (std::uint32_t i = 1; i < config.interfaces.size(); ++i) {
    const InterfaceConfig& interface = config.interfaces[i];
    if (!interface.up || !interface.six) continue;
    own({linkLocalOf(config, InterfaceId{i}), 64}, InterfaceId{i});
    for (const Ipv6Own& one : interface.six->addresses) own(one.prefix, InterfaceId{i});
  }
  for (const ipv6::Route& route : config.six->routes)
    if (!route.port.valid() || config.at(route.port).up) routes.push_back(route);
  ipv6::order(routes);
  // Two addresses of one prefix make one route.
  const auto same = [](const ipv6::Route& a, const ipv6::Route& b) { return a == b; };
  routes.erase(std::unique(routes.begin(), routes.end(), same), routes.end());
}

bool interfaceIsUp(const void* config, InterfaceId port) {
  return static_cast<const DeviceConfig*>(config)->at(port).up;
}

}  // namespace

bool Plan::isOwn(Ipv4Address address) const {
  const auto at = std::lower_bound(own.begin(), own.end(), address,
                                   [](const OwnAddress& o, Ipv4Address a) { return o.address < a; });
  return (at != own.end() && at->address == address) || address.isLoopback();
}

Plan makePlan(const DeviceConfig& config, const std::vector<bool>& carrier) {
  Plan plan;
  std::vector<Route> routes;
  for (std::uint32_t i = 0; i < config.interfaces.size(); ++i) {
    const InterfaceConfig& interface = config.interfaces[i];
    plan.interfaces.push_back({pathOf(config, interface), isRunning(config, carrier, i), interface.master,
                               interface.kind == InterfaceKind::Ethernet || interface.kind == InterfaceKind::Loopback});
    if (interface.up && interface.vxlan) plan.tunnels.push_back(InterfaceId{i});
    if (interface.up && interface.tunnel) plan.ipTunnels.push_back(InterfaceId{i});
    if (interface.up && interface.vlan)
      plan.vlans.push_back({interface.vlan->parent, interface.vlan->id, interface.vlan->type, InterfaceId{i}});
    if (!interface.up) continue;
    plan.listens = plan.listens || (i != 0 && interface.six);
    for (const Ipv4Prefix& address : interface.addresses) {
      // A secondary address is local, no more; its packets leave with the primary one.
      if (const Ipv4Prefix* primary = primaryOf(interface, address))
        routes.push_back(kernelRoute({address.address, 32}, route::Type::Local, InterfaceId{i}, primary->address));
      else addRoutesOf(routes, address, InterfaceId{i});
      plan.own.push_back({address.address, InterfaceId{i}});
      plan.listens = plan.listens || i != 0;
    }
  }
  for (const Route& route : config.routes)
    if (usable(config, route)) routes.push_back(route);
  plan.fib = route::Fib(std::move(routes), config.rules, config.knobs.multipath, interfaceIsUp, &config);
  if (config.six) addRoutesSix(config, plan.routesSix);
  plan.filter = netfilter::makePlan(config.filter);
  std::sort(plan.own.begin(), plan.own.end(),
            [](const OwnAddress& a, const OwnAddress& b) { return a.address < b.address; });
  return plan;
}

}  // namespace hw
