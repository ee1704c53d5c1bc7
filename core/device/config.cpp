#include "core/device/config.h"

#include <algorithm>

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
    disableSix(config, InterfaceId{i});
    std::erase_if(config.routes, [i](const route::Route& r) { return r.port.value == i; });
    std::erase_if(config.neighbours, [i](const StaticNeighbour& n) { return n.port.value == i; });
    if (onTop) takeOut(config, InterfaceId{i});
  }
}

namespace {

/// Not of a block that is kept for something else (Linux __ipv6_isatap_ifid).
bool isGlobal(Ipv4Address address) {
  const std::uint32_t first = address.value >> 24, two = address.value >> 16;
  // This network, private use (RFC 1918), loopback, link-local, groups and all.
  if (first == 0 || first == 10 || first == 127 || first >= 224 || two >> 4 == (172u << 8 | 16) >> 4 || two == (192u << 8 | 168)) return false;
  if (two == (169u << 8 | 254)) return false;
  // Documentation, 6to4 relays, benchmarks (RFC 6890).
  constexpr Ipv4Prefix kOthers[] = {{{0xC000'0200}, 24}, {{0xC058'6300}, 24}, {{0xC612'0000}, 15}};
  return std::none_of(std::begin(kOthers), std::end(kOthers), [address](const Ipv4Prefix& block) { return block.contains(address); });
}

}  // namespace

void enableSix(DeviceConfig& config, InterfaceId port) {
  if (!config.six) config.six.emplace();
  InterfaceConfig& interface = config.interfaces[port.value];
  if (!interface.six && interface.kind != InterfaceKind::Loopback) interface.six.emplace();
}

void disableSix(DeviceConfig& config, InterfaceId port) {
  config.interfaces[port.value].six.reset();
  if (!config.six) return;
  std::erase_if(config.six->routes, [port](const ipv6::Route& r) { return r.port == port; });
  std::erase_if(config.six->neighbours, [port](const StaticNeighbour6& n) { return n.port == port; });
}

Ipv6Address linkLocalOf(const DeviceConfig& config, InterfaceId port) {
  const InterfaceConfig& interface = config.at(port);
  if (!interface.tunnel || interface.kind == InterfaceKind::Gretap) return Ipv6Address::linkLocalOf(interface.mac);
  const Ipv4Address local = interface.tunnel->local;
  if (interface.tunnel->mode == tunnel::Mode::Sit) return {0xFE80'0000'0000'0000u, local.value};
  // GRE takes the form of RFC 5214 6.1: the first byte says whether the IPv4 address is a global one.
  constexpr std::uint64_t kGlobal = 0x0200'5EFE, kOther = 0x0000'5EFE;
  return {0xFE80'0000'0000'0000u, (isGlobal(local) ? kGlobal : kOther) << 32 | local.value};
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
