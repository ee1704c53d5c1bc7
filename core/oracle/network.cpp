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
      m_devices.back().knobs.tcp.control = tcp::Control::Reno;  // a namespace may not choose CUBIC
    }
    for (const auto& [a, b] : m_scenario.links) addLink(a, b);
    for (std::size_t i = 0; i < m_devices.size(); ++i) addDevices(i);
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

  void addDevices(std::size_t node) {
    const auto& devices = m_scenario.nodes[node].devices;
    for (std::size_t j = 0; j < devices.size() && !m_error; ++j) addDevice(node, devices[j], j);
  }

  std::optional<InterfaceId> interfaceOf(const DeviceConfig& config, const std::string& name) {
    const auto port = config.interfaceNamed(name);
    if (!port) m_error = ScenarioError{ScenarioError::Kind::Unreadable, "nodes." + config.name, "no interface " + name};
    return port;
  }

  void addDevice(std::size_t node, const VirtualDevice& device, std::size_t number) {
    DeviceConfig& config = m_devices[node];
    InterfaceConfig interface;
    interface.name = device.name;
    interface.medium = Medium::Veth;
    interface.mac = device.mac.value_or(defaultMac(node, 0xD0 + number));
    if (device.mtu) interface.mtu = *device.mtu;
    const InterfaceId self{static_cast<std::uint32_t>(config.interfaces.size())};
    switch (device.kind) {
      case VirtualDevice::Kind::Bridge: makeBridge(config, device, self, interface); break;
      case VirtualDevice::Kind::Vlan: makeVlan(config, device, interface); break;
      case VirtualDevice::Kind::Tun: interface.kind = InterfaceKind::Tun; break;
      case VirtualDevice::Kind::Tap: interface.kind = InterfaceKind::Tap; break;
      case VirtualDevice::Kind::Vxlan: makeVxlan(config, device, interface); break;
    }
    config.interfaces.push_back(std::move(interface));
  }

  void makeVlan(const DeviceConfig& config, const VirtualDevice& device, InterfaceConfig& interface) {
    const auto parent = interfaceOf(config, device.parent);
    if (!parent) return;
    interface.kind = InterfaceKind::Vlan;
    interface.vlan = VlanConfig{*parent, static_cast<std::uint16_t>(device.id), 0x8100};
  }

  void makeVxlan(const DeviceConfig& config, const VirtualDevice& device, InterfaceConfig& interface) {
    interface.kind = InterfaceKind::Vxlan;
    vxlan::Config& tunnel = interface.vxlan.emplace();
    tunnel.vni = device.id;
    tunnel.local = device.local.value_or(Ipv4Address{});
    if (device.remote) tunnel.remotes.push_back(*device.remote), tunnel.ownRemote = true;
    tunnel.ttl = device.ttl;
    tunnel.port = device.destinationPort;
    tunnel.learning = device.learning;
    if (device.parent.empty()) return;
    const auto lower = interfaceOf(config, device.parent);
    if (!lower) return;
    tunnel.lower = *lower;
    if (!device.mtu) interface.mtu = config.at(*lower).mtu - vxlan::kOverhead;
  }

  void makeBridge(DeviceConfig& config, const VirtualDevice& device, InterfaceId self, InterfaceConfig& interface) {
    interface.kind = InterfaceKind::Bridge;
    interface.bridge = bridge::Config{device.ageing, {}, {}, {device.snooping, false}};
    stp::Config& tree = interface.stp.emplace();
    tree.enabled = device.stp;
    tree.forwardDelay = device.forwardDelay.value_or(tree.forwardDelay);
    tree.helloTime = device.helloTime.value_or(tree.helloTime);
    tree.maxAge = device.maxAge.value_or(tree.maxAge);
    tree.priority = device.priority.value_or(tree.priority);
    for (const std::string& name : device.ports) {
      const auto port = interfaceOf(config, name);
      if (!port) return;
      config.interfaces[port->value].master = self;
      interface.bridge->ports.push_back(*port);
    }
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
    if (m_scenario.six && m_scenario.nodes[device].type != Node::Type::Bridge) speakSix(device);
    // A bridge takes the least MTU of its ports.
    for (InterfaceConfig& interface : config.interfaces)
      if (interface.bridge)
        for (const InterfaceId port : interface.bridge->ports)
          interface.mtu = std::min(interface.mtu, config.at(port).mtu);
  }

  void speakSix(std::size_t device) {
    DeviceConfig& config = m_devices[device];
    config.six.emplace();
    for (std::uint32_t i = 1; i < config.interfaces.size(); ++i) enableSix(config, InterfaceId{i});
    config.six->fresh = true;
    config.six->forwarding = m_scenario.nodes[device].type == Node::Type::Router;
    for (const auto& [name, wanted] : m_scenario.nodes[device].interfaces)
      for (const Ipv6Prefix& one : wanted.addressesSix)
        config.interfaces[config.interfaceNamed(name)->value].six->addresses.push_back({one, true});
  }

  const Scenario& m_scenario;
  std::vector<DeviceConfig> m_devices;
  std::vector<LinkConfig> m_links;
  std::optional<ScenarioError> m_error;
};

}  // namespace

Expected<World, ScenarioError> buildNetwork(const Scenario& scenario) { return Builder(scenario).run(); }

}  // namespace hw::oracle
