// Networks that speak IPv6, and crafted datagrams for them.
#pragma once

#include "core/proto/icmp6/icmp6.h"
#include "core/proto/ipv6/ipv6.h"
#include "core/proto/nd/nd_wire.h"
#include "tests/core/sim/frames.h"
#include "tests/core/sim/lab.h"

namespace hw::test {

inline Ipv6Address six(const char* text) { return *Ipv6Address::parse(text); }

inline const MacAddress kAllNodesMac = Ipv6Address::allNodes().groupMac();

/// An IPv6 datagram in a frame; `payloadLength` is right.
inline Raw sixFrame(MacAddress to, MacAddress from, ipv6::Header header, const Raw& inside) {
  header.payloadLength = static_cast<std::uint16_t>(inside.size());
  return ethernetFrame(to, from, ethernet::kIpv6, encoded(header) + inside);
}

inline ipv6::Header sixHeader(const char* from, const char* to, std::uint8_t next, std::uint8_t hopLimit = 64) {
  ipv6::Header header;
  header.source = six(from);
  header.destination = six(to);
  header.nextHeader = next;
  header.hopLimit = hopLimit;
  return header;
}

/// An ICMPv6 message with its checksum.
inline Raw icmp6Message(const char* from, const char* to, icmp6::Header header, const Raw& body) {
  Raw message = encoded(header) + body;
  icmp6::seal(message, six(from), six(to));
  return message;
}

/// A solicitation or advertisement with a link-layer address.
inline Raw neighbourMessage(const char* from, const char* to, nd::Message message, nd::Option option, MacAddress mac) {
  Raw bytes = encoded(message);
  bytes.push_back(option);
  bytes.push_back(1);
  bytes.resize(bytes.size() + 6);
  storeBig<6>(bytes.data() + bytes.size() - 6, mac.value);
  icmp6::seal(bytes, six(from), six(to));
  return bytes;
}

inline process::Ping pingSix(const char* to, std::uint64_t count = 1, std::uint32_t size = 56) {
  process::Ping program;
  program.options.target = to;
  program.options.six = six(to);
  program.options.count = count;
  program.options.size = size;
  program.options.ttl = 0;
  return program;
}

/// h1 - hub - r1 - h2: 2001:db8:1::/64 and 2001:db8:2::/64 with the router's addresses at ::ff. Behind the hub a host can fall
/// silent without anybody's cable losing its carrier.
struct SixLab : Lab {
  explicit SixLab(bool check = false)
      : Lab(R"(
          host h1 eth0 192.0.2.1/24
          hub x
          router r1 eth0 192.0.2.254/24 eth1 198.51.100.254/24
          host h2 eth0 198.51.100.1/24
          link h1:eth0 x:1
          link x:2 r1:eth0
          link r1:eth1 h2:eth0)") {
    speak("h1", {"2001:db8:1::1/64"}, "2001:db8:1::ff", check);
    speak("r1", {"2001:db8:1::ff/64", "2001:db8:2::ff/64"}, nullptr, check);
    speak("h2", {"2001:db8:2::2/64"}, "2001:db8:2::ff", check);
    if (!check) run("3s");  // addresses of the link are checked
  }

  void speak(const char* name, const std::vector<const char*>& prefixes, const char* gateway, bool check) {
    DeviceConfig device = config(name);
    for (std::size_t i = 0; i < prefixes.size(); ++i) {
      enableSix(device, InterfaceId{static_cast<std::uint32_t>(i + 1)});
      device.interfaces[i + 1].six->addresses.push_back({*Ipv6Prefix::parse(prefixes[i]), check});
    }
    device.six->forwarding = name[0] == 'r';
    if (gateway) {
      ipv6::Route route;
      route.via = six(gateway);
      route.port = InterfaceId{1};
      device.six->routes.push_back(route);
    }
    reconfigure(name, device);
  }
  void route(const char* name, ipv6::Route route) {
    DeviceConfig device = config(name);
    device.six->routes.push_back(route);
    reconfigure(name, device);
  }
  const nd::Entry* neighbourSix(std::string_view at, const char* address) const {
    const LinkEnd where = end(at);
    return world.device(where.device).state().six->neighbours.find(where.port, six(address));
  }
  nd::Nud nud(std::string_view at, const char* address) const {
    const nd::Entry* entry = neighbourSix(at, address);
    return entry ? entry->state : nd::Nud::Failed;
  }
  int pings(const char* from, process::Ping program, const char* time = "8s") {
    const ProcessId id = start(from, std::move(program));
    run(time);
    return exitCode(from, id).value_or(-1);
  }
  /// A datagram from h1 (or in its name) that comes in at r1.
  void hearAtRouter(const ipv6::Header& header, const Raw& inside) {
    inject("r1:eth0", sixFrame(macOf("r1:eth0"), macOf("h1:eth0"), header, inside));
    run("1ms");
  }
  void hearAtHost(const ipv6::Header& header, const Raw& inside, MacAddress to = {}) {
    inject("h1:eth0", sixFrame(to.isZero() ? macOf("h1:eth0") : to, macOf("r1:eth0"), header, inside));
    run("1ms");
  }
};

}  // namespace hw::test
