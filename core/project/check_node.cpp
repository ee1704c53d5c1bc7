#include <algorithm>
#include <set>

#include "core/device/sysctl.h"
#include "core/project/check_parts.h"
#include "core/project/suggest.h"
#include "core/project/words.h"

namespace hw::project {
namespace {

/// A subnet that a node reaches without a gateway, and through which interface.
struct OnLink {
  Ipv4Prefix prefix;
  std::string_view device;
};

class NodeChecker {
 public:
  NodeChecker(const Node& node, const std::vector<InterfaceSpec>& interfaces, FindingList& out)
      : m_node(node), m_interfaces(interfaces), m_path(nodePath(node)), m_out(out) {
    m_names.insert(kLoopbackName);
    for (const InterfaceSpec& interface : interfaces) m_names.insert(interface.name);
    for (const InterfaceSpec& interface : node.interfaces) {
      for (const Ipv4Prefix& address : interface.addresses) {
        m_connected.push_back({address, interface.name});
        m_own.insert(address.address);
      }
    }
  }

  void all() {
    checkKind();
    for (const InterfaceSpec& interface : m_node.interfaces) checkAddresses(interface);
    checkRoutes();
    checkRoutesSix();
    checkNeighbours();
    if (!m_node.sysctl.empty() && !repeatsBits(m_node.kind)) checkSysctl();
  }

 private:
  // ---- keys that belong to other kinds ----------------------------------------------------------
  void notForThisKind(bool present, std::string_view key, const std::string& path) {
    if (!present) return;
    m_out.add({.id = ProblemId::KeyOfOtherKind,
               .found = std::string(key),
               .of = nodeKindNoun(m_node.kind)},
              path + "/" + std::string(key), true);
  }

  void checkVlans() {
    constexpr Text kAccess{"an access port", "接入端口"};
    for (const InterfaceSpec& interface : m_node.interfaces) {
      if (!interface.vlan) continue;
      const std::string path = interfacePath(m_node, interface.name);
      notForThisKind(m_node.kind != NodeKind::Switch, "vlan", path);
      const bool access = interface.vlan->access.has_value();
      for (const auto& [present, key] : {std::pair(!interface.vlan->trunk.empty(), "trunk"), {interface.vlan->native.has_value(), "native"}})
        if (access && present)
          m_out.add({.id = ProblemId::KeyOfOtherKind, .found = key, .of = kAccess}, path + "/vlan/" + key, true);
    }
  }

  void checkKind() {
    const bool isSwitch = m_node.kind == NodeKind::Switch;
    checkVlans();
    notForThisKind(!isSwitch && m_node.bridge != BridgeSpec{}, "bridge", m_path);
    notForThisKind(m_node.kind != NodeKind::Bus && m_node.tapMetres.has_value(), "tap_distance", m_path);
    if (!repeatsBits(m_node.kind)) return;
    notForThisKind(!m_node.routes.empty(), "routes", m_path);
    notForThisKind(!m_node.neighbours.empty(), "neighbours", m_path);
    notForThisKind(!m_node.sysctl.empty(), "sysctl", m_path);
    notForThisKind(!m_node.start.empty(), "start", m_path);
    for (const InterfaceSpec& interface : m_node.interfaces) {
      const std::string path = interfacePath(m_node, interface.name);
      notForThisKind(interface.mac.has_value(), "mac", path);
      notForThisKind(!interface.addresses.empty(), "addresses", path);
      notForThisKind(interface.mtu.has_value(), "mtu", path);
    }
  }

  // ---- addresses --------------------------------------------------------------------------------
  void checkAddresses(const InterfaceSpec& interface) {
    const std::string path = interfacePath(m_node, interface.name);
    const bool port = m_node.kind == NodeKind::Switch && interface.name != kBridgeName &&
                      interface.name != kLoopbackName;
    if (port && !interface.addresses.empty()) {
      m_out.add({.id = ProblemId::AddressOnPort,
                 .found = inQuotes(interface.name),
                 .right = std::string(kBridgeName)},
                path + "/addresses");
    }
    std::set<Ipv4Prefix> seen;
    for (std::size_t i = 0; i < interface.addresses.size(); ++i) {
      const Ipv4Prefix& address = interface.addresses[i];
      const std::string its = path + "/addresses/" + std::to_string(i);
      checkAddress(address, its);
      if (!seen.insert(address).second) {
        m_out.add({.id = ProblemId::AddressTwice, .found = address.text()}, its);
      }
    }
  }

  void checkAddress(const Ipv4Prefix& prefix, const std::string& path) {
    const Ipv4Address address = prefix.address;
    constexpr std::uint32_t kThisNetwork = 0;  // 0.0.0.0/8 (RFC 1122 3.2.1.3)
    if (address.value >> 24 == kThisNetwork || address.isMulticast() || address.isLimitedBroadcast()) {
      m_out.add({.id = ProblemId::AddressUnusable, .found = prefix.text(), .right = "192.0.2.10/24"}, path);
      return;
    }
    if (prefix.length >= 31) return;  // RFC 3021: no address of the subnet itself
    const bool network = address == prefix.network();
    if (!network && address != prefix.broadcast()) return;
    m_out.add({.id = ProblemId::AddressOfSubnet,
               .found = prefix.text(),
               .right = Ipv4Prefix{{prefix.network().value + 1}, prefix.length}.text(),
               .of = network ? Text{"the network address", "网络地址"}
                             : Text{"the broadcast address", "广播地址"}},
              path);
  }

  // ---- routes -----------------------------------------------------------------------------------
  bool hasInterface(std::string_view name) const { return m_names.contains(name); }
  bool isOwn(Ipv4Address address) const { return m_own.contains(address) || address.isLoopback(); }

  void unknownInterface(const std::string& name, const std::string& path) {
    std::vector<std::string_view> known;
    for (const InterfaceSpec& interface : m_interfaces) known.push_back(interface.name);
    m_out.add({.id = ProblemId::UnknownInterface,
               .found = inQuotes(name),
               .right = known.size() > kMaxListed ? std::string(nearest(name, known)) : listed(known)},
              path);
  }

  void checkRoutes() {
    std::vector<OnLink> reached = m_connected;
    std::set<std::tuple<std::uint32_t, Ipv4Prefix, std::uint32_t>> seen;
    for (std::size_t i = 0; i < m_node.routes.size() && !m_out.full(); ++i) {
      const RouteSpec& route = m_node.routes[i];
      const std::string path = m_path + "/routes/" + std::to_string(i);
      if (!seen.emplace(route.table, route.prefix, route.metric).second) {
        m_out.add({.id = ProblemId::RouteTwice, .found = inQuotes(prefixWord(route.prefix))}, path);
      }
      checkWhatComesLater(route, path);
      if (!route.device.empty() && !hasInterface(route.device)) unknownInterface(route.device, path);
      else checkWay(route, path, reached);
      if (route.src && !isOwn(*route.src)) sourceNotOwn(*route.src, path);
      if (!route.via && !route.device.empty()) reached.push_back({route.prefix, route.device});
    }
  }

  void checkRoutesSix() {
    for (std::size_t i = 0; i < m_node.routesSix.size() && !m_out.full(); ++i) {
      const RouteSpecSix& route = m_node.routesSix[i];
      const std::string path = m_path + "/ipv6_routes/" + std::to_string(i);
      if (!route.device.empty() && !hasInterface(route.device)) unknownInterface(route.device, path);
    }
  }

  void checkWhatComesLater(const RouteSpec& route, const std::string& path) {
    if (route.mtu) {
      m_out.add({.id = ProblemId::ComesLater, .found = "mtu", .of = {"the option of a route", "路由选项"}}, path);
    }
  }

  static std::string prefixWord(const Ipv4Prefix& prefix) {
    return prefix == Ipv4Prefix{} ? "default" : prefix.text();
  }

  /// A gateway must be reached without another gateway (fib_check_nh: a route of link scope).
  void checkWay(const RouteSpec& route, const std::string& path, const std::vector<OnLink>& reached) {
    if (!route.via || (route.onlink && !route.device.empty())) return;
    if (isOwn(*route.via)) {
      m_out.add({.id = ProblemId::GatewayIsOwn, .found = route.via->text()}, path);
      return;
    }
    std::string subnets;
    for (const OnLink& one : reached) {
      if (!route.device.empty() && one.device != route.device) continue;
      if (one.prefix.contains(*route.via)) return;
      addSubnet(subnets, one.prefix);
    }
    m_out.add({.id = ProblemId::GatewayNotOnLink, .found = route.via->text(), .right = subnets}, path);
  }

  static void addSubnet(std::string& subnets, const Ipv4Prefix& prefix) {
    if (subnets.size() > kMaxQuoted) return;
    if (!subnets.empty()) subnets += ", ";
    subnets += Ipv4Prefix{prefix.network(), prefix.length}.text();
  }

  void sourceNotOwn(Ipv4Address source, const std::string& path) {
    std::string own;
    for (const OnLink& one : m_connected) {
      if (own.size() > kMaxQuoted) break;
      own.append(own.empty() ? "" : ", ").append(one.prefix.address.text());
    }
    m_out.add({.id = ProblemId::SourceNotOwn, .found = source.text(), .right = own}, path);
  }

  // ---- neighbours -------------------------------------------------------------------------------
  void checkNeighbours() {
    std::set<std::pair<std::string_view, Ipv4Address>> seen;
    for (std::size_t i = 0; i < m_node.neighbours.size() && !m_out.full(); ++i) {
      const NeighbourSpec& neighbour = m_node.neighbours[i];
      const std::string path = m_path + "/neighbours/" + std::to_string(i);
      if (!hasInterface(neighbour.device)) {
        unknownInterface(neighbour.device, path + "/device");
        continue;
      }
      if (!seen.emplace(neighbour.device, neighbour.address).second) {
        m_out.add({.id = ProblemId::NeighbourTwice, .found = neighbour.address.text()}, path + "/address");
      }
      checkNeighbourSubnet(neighbour, path + "/address");
    }
  }

  void checkNeighbourSubnet(const NeighbourSpec& neighbour, const std::string& path) {
    std::string subnets;
    for (const OnLink& one : m_connected) {
      if (one.device != neighbour.device) continue;
      if (one.prefix.contains(neighbour.address)) return;
      addSubnet(subnets, one.prefix);
    }
    m_out.add({.id = ProblemId::NeighbourNotOnLink, .found = neighbour.address.text(), .right = subnets}, path);
  }

  // ---- sysctl -----------------------------------------------------------------------------------
  /// A device with the interfaces of the node, at most so many: their names are part of sysctls'.
  DeviceConfig withInterfaces(std::size_t most) const {
    DeviceConfig config = makeDeviceConfig(m_node.name);
    for (std::size_t i = 0; i < std::min(most, m_interfaces.size()); ++i) {
      config.interfaces.emplace_back().name = m_interfaces[i].name;
    }
    return config;
  }

  void checkSysctl() {
    DeviceConfig config = withInterfaces(SIZE_MAX);
    for (const auto& [name, value] : m_node.sysctl) {
      const auto wrong = writeSysctl(config, name, value);
      if (wrong) sysctlProblem(*wrong, name, value);
    }
  }

  void sysctlProblem(SysctlProblem wrong, const std::string& name, const std::string& value) {
    const std::string path = m_path + "/sysctl/" + name;
    const DeviceConfig config = withInterfaces(m_out.takesErrors() ? kMaxListed : 0);
    if (wrong == SysctlProblem::Unknown) {
      const auto names = sysctlNames(config);
      const std::string_view near = nearest(name, {names.begin(), names.end()});
      m_out.add({.id = ProblemId::UnknownSysctl, .found = inQuotes(name), .right = std::string(near)}, path, true);
    } else if (wrong == SysctlProblem::Invalid) {
      m_out.add({.id = ProblemId::BadValue,
                 .found = inQuotes(value),
                 .right = readSysctl(config, name).value_or(""),
                 .of = {"a value of this sysctl", "此 sysctl 的有效值"}},
                path);
    } else {
      m_out.add({.id = ProblemId::NotSimulatedYet, .of = {"this sysctl with this value", "此 sysctl 的这个值"}}, path);
    }
  }

  static constexpr std::size_t kMaxListed = 8;
  const Node& m_node;
  const std::vector<InterfaceSpec>& m_interfaces;
  const std::string m_path;
  std::set<std::string_view> m_names;  ///< of all interfaces, lo too
  std::set<Ipv4Address> m_own;
  std::vector<OnLink> m_connected;
  FindingList& m_out;
};

}  // namespace

void checkNode(const Node& node, const std::vector<InterfaceSpec>& interfaces, FindingList& out) {
  NodeChecker(node, interfaces, out).all();
}

}  // namespace hw::project
