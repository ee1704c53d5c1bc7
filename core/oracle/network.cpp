#include "core/oracle/network.h"

#include <algorithm>

#include <fmt/format.h>

namespace hw::oracle {
namespace {

/// 02:00:00:NN:00:PP: node number in the file, interface number.
MacAddress defaultMac(std::size_t node, std::size_t interface) {
  return {0x020000000000u | static_cast<std::uint64_t>(node + 1) << 16 | interface};
}

class Builder {
 public:
  explicit Builder(const Scenario& scenario) : m_scenario(scenario) {}

  Expected<World, ScenarioError> run() {
    for (const Node& node : m_scenario.nodes) {
      m_devices.push_back(makeDeviceConfig(node.name));
      setForwarding(m_devices.back().knobs, node.type == Node::Type::Router);
      m_devices.back().knobs.multipath.seed = 1;  // as the recorder sets it
    }
    for (const auto& [a, b] : m_scenario.links) addLink(a, b);
    for (std::size_t i = 0; i < m_devices.size(); ++i) addBridges(i);
    for (std::size_t i = 0; i < m_devices.size() && !m_error; ++i) setInterfaces(i);
    if (m_error) return unexpected(*m_error);
    return makeWorld(std::move(m_devices), std::move(m_links), 1);
  }

 private:
  void addLink(const std::string& a, const std::string& b) {
    LinkConfig link;
    link.ends = {addEnd(a), addEnd(b)};
    link.medium = Medium::Veth;
    link.latency = microseconds(1);
    m_links.push_back(link);
  }

  LinkEnd addEnd(const std::string& end) {
    const std::size_t colon = end.find(':');
    const std::string node = end.substr(0, colon);
    const auto at = std::find_if(m_devices.begin(), m_devices.end(), [&](const DeviceConfig& d) { return d.name == node; });
    const auto device = static_cast<std::size_t>(at - m_devices.begin());
    InterfaceConfig interface;
    interface.name = end.substr(colon + 1);
    interface.medium = Medium::Veth;
    interface.mac = defaultMac(device, at->interfaces.size());
    at->interfaces.push_back(std::move(interface));
    return {DeviceId{static_cast<std::uint32_t>(device)},
            InterfaceId{static_cast<std::uint32_t>(at->interfaces.size() - 1)}};
  }

  void addBridges(std::size_t device) {
    const auto& bridges = m_scenario.nodes[device].bridges;
    for (std::size_t j = 0; j < bridges.size(); ++j) addBridge(device, bridges[j], j);
  }

  void addBridge(std::size_t device, const BridgeDevice& bridge, std::size_t number) {
    DeviceConfig& config = m_devices[device];
    InterfaceConfig interface;
    interface.name = bridge.name;
    interface.kind = InterfaceKind::Bridge;
    interface.medium = Medium::Veth;
    interface.mac = bridge.mac.value_or(defaultMac(device, 0xD0 + number));
    interface.bridge = bridge::Config{bridge.ageing, {}};
    const InterfaceId self{static_cast<std::uint32_t>(config.interfaces.size())};
    for (const std::string& name : bridge.ports) {
      const auto port = config.interfaceNamed(name);
      if (!port) {
        m_error = ScenarioError{ScenarioError::Kind::Unreadable, "nodes." + config.name, "no interface " + name};
        return;
      }
      config.interfaces[port->value].master = self;
      interface.bridge->ports.push_back(*port);
    }
    config.interfaces.push_back(std::move(interface));
  }

  void setInterfaces(std::size_t device) {
    DeviceConfig& config = m_devices[device];
    for (const auto& [name, wanted] : m_scenario.nodes[device].interfaces) {
      const auto port = config.interfaceNamed(name);
      if (!port) {
        m_error = ScenarioError{ScenarioError::Kind::Unreadable, "nodes." + config.name + ".ifaces." + name,
                                "no link ends there"};
        return;
      }
      InterfaceConfig& interface = config.interfaces[port->value];
      if (wanted.mac) interface.mac = *wanted.mac;
      if (wanted.mtu) interface.mtu = *wanted.mtu;
      interface.up = !wanted.down;
      interface.addresses.insert(interface.addresses.end(), wanted.addresses.begin(), wanted.addresses.end());
    }
    // A bridge takes the least MTU of its ports.
    for (InterfaceConfig& interface : config.interfaces)
      if (interface.bridge)
        for (const InterfaceId port : interface.bridge->ports)
          interface.mtu = std::min(interface.mtu, config.at(port).mtu);
  }

  const Scenario& m_scenario;
  std::vector<DeviceConfig> m_devices;
  std::vector<LinkConfig> m_links;
  std::optional<ScenarioError> m_error;
};

}  // namespace

Expected<World, ScenarioError> buildNetwork(const Scenario& scenario) { return Builder(scenario).run(); }

}  // namespace hw::oracle
