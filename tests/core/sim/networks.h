// Small networks for tests, built without a project file.
#pragma once

#include "core/sim/timeline.h"

namespace hw::test {

inline Ipv4Prefix prefix(const char* text) { return *Ipv4Prefix::parse(text); }
inline Ipv4Address address(const char* text) { return *Ipv4Address::parse(text); }
inline MacAddress mac(const char* text) { return *MacAddress::parse(text); }

/// A network under construction: devices by name, interfaces as "h1:eth0".
class Builder {
 public:
  Builder& host(const char* name) { return add(name, false, false); }
  Builder& router(const char* name) { return add(name, true, false); }
  Builder& hub(const char* name) { return add(name, false, true); }
  Builder& bridge(const char* name, Duration ageing = seconds(300)) {
    add(name, false, false);
    InterfaceConfig br;
    br.name = "br0";
    br.kind = InterfaceKind::Bridge;
    br.medium = Medium::Veth;
    br.mac = {0x020000000000u | (m_devices.size() << 24) | 0xD0};
    br.bridge = bridge::Config{ageing, {}, {}, {}};
    m_devices.back().interfaces.push_back(br);
    return *this;
  }
  Builder& address(const char* end, const char* text) {
    interface(end).addresses.push_back(prefix(text));
    return *this;
  }
  /// Makes sure that an interface exists.
  Builder& plug(const char* at) {
    end(at);
    return *this;
  }
  Builder& mac(const char* end, const char* text) {
    interface(end).mac = *MacAddress::parse(text);
    return *this;
  }
  Builder& mtu(const char* end, std::uint32_t mtu) {
    interface(end).mtu = mtu;
    return *this;
  }
  Builder& route(const char* device, const char* to, const char* via) {
    DeviceConfig& d = named(device);
    route::Route r;
    r.prefix = prefix(to);
    r.via = test::address(via);
    for (std::uint32_t i = 0; i < d.interfaces.size(); ++i)
      for (const Ipv4Prefix& one : d.interfaces[i].addresses)
        if (one.contains(*r.via)) r.port = InterfaceId{i};
    d.routes.push_back(r);
    return *this;
  }
  Builder& link(const char* a, const char* b, LinkConfig config = {}) {
    config.ends = {end(a), end(b)};
    m_links.push_back(config);
    for (const char* one : {a, b}) {
      enslave(one);
      if (config.medium == Medium::Ppp) interface(one).medium = Medium::Ppp;
    }
    return *this;
  }
  World world(std::uint64_t seed = 1) const { return makeWorld(m_devices, m_links, seed); }
  DeviceConfig& named(std::string_view name) {
    for (DeviceConfig& d : m_devices)
      if (d.name == name) return d;
    HW_CHECK(false && "no such device");
    return m_devices.front();
  }

 private:
  Builder& add(const char* name, bool forwarding, bool hub) {
    DeviceConfig config = makeDeviceConfig(name);
    setForwarding(config.knobs, forwarding);
    config.hub = hub;
    m_devices.push_back(std::move(config));
    return *this;
  }
  InterfaceConfig& interface(std::string_view text) {
    const LinkEnd at = end(text);
    return m_devices[at.device.value].interfaces[at.port.value];
  }
  LinkEnd end(std::string_view text) {
    const std::size_t colon = text.find(':');
    DeviceConfig& d = named(text.substr(0, colon));
    const auto device = static_cast<std::uint32_t>(&d - m_devices.data());
    const std::string_view name = text.substr(colon + 1);
    if (const auto known = d.interfaceNamed(name)) return {DeviceId{device}, *known};
    InterfaceConfig i;
    i.name = std::string(name);
    i.mac = {0x020000000000u | std::uint64_t{device + 1} << 16 | d.interfaces.size()};
    d.interfaces.push_back(i);
    return {DeviceId{device}, InterfaceId{static_cast<std::uint32_t>(d.interfaces.size() - 1)}};
  }
  void enslave(std::string_view text) {
    const LinkEnd at = end(text);
    DeviceConfig& d = m_devices[at.device.value];
    const auto br = d.interfaceNamed("br0");
    if (!br) return;
    d.interfaces[at.port.value].master = *br;
    d.interfaces[br->value].bridge->ports.push_back(at.port);
  }

  std::vector<DeviceConfig> m_devices;
  std::vector<LinkConfig> m_links;
};

/// h1 - r1 - h2 with addresses 10.0.1.10, 10.0.1.1 | 10.0.2.1, 10.0.2.10.
inline Builder routedPair() {
  Builder b;
  b.host("h1").router("r1").host("h2");
  b.link("h1:eth0", "r1:eth0").link("r1:eth1", "h2:eth0");
  b.address("h1:eth0", "10.0.1.10/24").address("r1:eth0", "10.0.1.1/24");
  b.address("r1:eth1", "10.0.2.1/24").address("h2:eth0", "10.0.2.10/24");
  b.route("h1", "default", "10.0.1.1").route("h2", "default", "10.0.2.1");
  return b;
}

inline process::Ping ping(const char* to, std::uint64_t count = 1) {
  process::Ping p;
  p.options.target = to;
  p.options.address = address(to);
  p.options.count = count;
  return p;
}

inline void start(Timeline& t, const char* device, process::Program program) {
  t.input(DeviceCommand{*t.world().deviceNamed(device), StartProcess{std::move(program)}});
}

/// All that programs of a device printed.
inline std::string printed(const Timeline& t, const char* device) {
  std::string all;
  for (const ConsoleEntry& one : t.console())
    if (one.device == t.world().deviceNamed(device))
      if (const auto* record = std::get_if<process::Record>(&one.what)) all += process::text(*record);
  return all;
}

}  // namespace hw::test
