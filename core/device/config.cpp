#include "core/device/config.h"

namespace hw {

std::optional<InterfaceId> DeviceConfig::interfaceNamed(std::string_view wanted) const {
  for (std::uint32_t i = 0; i < interfaces.size(); ++i)
    if (interfaces[i].name == wanted && interfaces[i].kind != InterfaceKind::Removed) return InterfaceId{i};
  return std::nullopt;
}

InterfaceConfig remainsOf(const InterfaceConfig& interface) {
  InterfaceConfig gone;
  gone.name = interface.name;
  gone.kind = InterfaceKind::Removed;
  gone.up = false;
  return gone;
}

void takeOut(DeviceConfig& config, InterfaceId port) {
  for (std::uint32_t i = 0; i < config.interfaces.size(); ++i) {
    InterfaceConfig& one = config.interfaces[i];
    if (one.master == port) one.master = InterfaceId{};
    if (one.bridge) {
      std::erase(one.bridge->ports, port);
      std::erase_if(one.bridge->vlans.ports, [port](const bridge::PortVlans& said) { return said.port == port; });
    }
    if (one.vxlan && one.vxlan->lower == port) one.vxlan->lower = InterfaceId{};
    if (one.tunnel && one.tunnel->lower == port) one.tunnel->lower = InterfaceId{};
    const bool onTop = one.vlan && one.vlan->parent == port;
    if (i != port.value && !onTop) continue;
    one = remainsOf(one);
    std::erase_if(config.routes, [i](const route::Route& r) { return r.port.value == i; });
    std::erase_if(config.neighbours, [i](const StaticNeighbour& n) { return n.port.value == i; });
    if (onTop) takeOut(config, InterfaceId{i});
  }
}

DeviceConfig makeDeviceConfig(std::string name) {
  DeviceConfig config;
  config.name = std::move(name);
  InterfaceConfig lo;
  lo.name = "lo";
  lo.kind = InterfaceKind::Loopback;
  lo.mtu = 65536;
  lo.medium = Medium::Veth;
  lo.addresses = {{Ipv4Address::of(127, 0, 0, 1), 8}};
  config.interfaces.push_back(std::move(lo));
  return config;
}

void setForwarding(Knobs& knobs, bool on) {
  knobs.forwarding = on;
  knobs.all.acceptRedirects = !on;
}

}  // namespace hw
