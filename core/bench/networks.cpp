#include "core/bench/networks.h"

namespace hw::bench {
namespace {

constexpr std::uint16_t kPort = 9000;
constexpr std::uint32_t kPayload = 512;

struct Network {
  std::vector<DeviceConfig> devices;
  std::vector<LinkConfig> links;
  std::vector<Input> inputs;

  std::uint32_t add(std::string name, bool forwarding) {
    DeviceConfig config = makeDeviceConfig(std::move(name));
    setForwarding(config.knobs, forwarding);
    devices.push_back(std::move(config));
    return static_cast<std::uint32_t>(devices.size() - 1);
  }
  LinkEnd port(std::uint32_t device) {
    auto& interfaces = devices[device].interfaces;
    InterfaceConfig one;
    one.name = "eth" + std::to_string(interfaces.size() - 1);
    one.mac = {0x020000000000u | std::uint64_t{device} << 16 | interfaces.size()};
    interfaces.push_back(std::move(one));
    return {DeviceId{device}, InterfaceId{static_cast<std::uint32_t>(interfaces.size() - 1)}};
  }
  LinkEnd port(std::uint32_t device, Ipv4Prefix address) {
    const LinkEnd end = port(device);
    devices[device].interfaces.back().addresses.push_back(address);
    return end;
  }
  void link(LinkEnd a, LinkEnd b) {
    LinkConfig config;
    config.ends = {a, b};
    config.rate = 1'000'000'000;
    links.push_back(config);
  }
  void route(std::uint32_t device, Ipv4Prefix to, Ipv4Address via, InterfaceId out) {
    route::Route r;
    r.prefix = to;
    r.via = via;
    r.port = out;
    devices[device].routes.push_back(r);
  }
  std::uint32_t addSwitch(std::string name) {
    const std::uint32_t device = add(std::move(name), false);
    InterfaceConfig br;
    br.name = "br0";
    br.kind = InterfaceKind::Bridge;
    br.mac = {0x02FF00000000u | device};
    br.bridge = hw::bridge::Config{};
    devices[device].interfaces.push_back(std::move(br));
    return device;
  }
  LinkEnd switchPort(std::uint32_t device) {
    const LinkEnd end = port(device);
    devices[device].interfaces.back().master = InterfaceId{1};
    devices[device].interfaces[1].bridge->ports.push_back(end.port);
    return end;
  }
  void serve(std::uint32_t device) {
    process::UdpServe program;
    program.options.port = kPort;
    program.options.quiet = true;
    inputs.push_back(DeviceCommand{DeviceId{device}, StartProcess{program}});
  }
  void send(std::uint32_t device, Ipv4Address to, std::uint64_t count, Duration gap) {
    process::UdpSend program;
    program.options.target = to;
    program.options.port = kPort;
    program.options.sourcePort = kPort + 1;
    program.options.sizes = {kPayload};
    program.options.count = count;
    program.options.gap = gap;
    program.options.quiet = true;
    inputs.push_back(DeviceCommand{DeviceId{device}, StartProcess{program}});
  }
  Workload workload() { return {makeWorld(devices, links, 1), inputs}; }
};

Ipv4Prefix at(unsigned a, unsigned b, unsigned c, unsigned d, std::uint8_t length = 24) {
  return {Ipv4Address::of(a, b, c, d), length};
}

}  // namespace

Workload chain(std::uint64_t packets) {
  constexpr unsigned kRouters = 10;
  Network n;
  // Device i is linked to device i + 1 by the network 10.64.i.0/24.
  for (unsigned i = 0; i <= kRouters + 1; ++i)
    n.add((i == 0 || i == kRouters + 1 ? "h" : "r") + std::to_string(i), i != 0 && i != kRouters + 1);
  for (unsigned i = 0; i <= kRouters; ++i) {
    const LinkEnd left = n.port(i, at(10, 64, i, 1));
    n.link(left, n.port(i + 1, at(10, 64, i, 2)));
    n.route(i, Ipv4Prefix{}, Ipv4Address::of(10, 64, i, 2), left.port);
  }
  for (unsigned i = 1; i <= kRouters + 1; ++i)
    n.route(i, at(10, 64, 0, 0), Ipv4Address::of(10, 64, i - 1, 1), InterfaceId{1});
  n.serve(kRouters + 1);
  n.send(0, Ipv4Address::of(10, 64, kRouters, 2), packets, microseconds(10));
  return n.workload();
}

Workload switched(std::uint64_t packets) {
  constexpr unsigned kHosts = 64;
  Network n;
  const std::uint32_t middle = n.addSwitch("sw1");
  for (unsigned i = 0; i < kHosts; ++i) {
    const std::uint32_t host = n.add("h" + std::to_string(i), false);
    n.link(n.port(host, at(10, 64, 0, i + 1)), n.switchPort(middle));
    n.serve(host);
    n.send(host, Ipv4Address::of(10, 64, 0, (i + 1) % kHosts + 1), packets / kHosts, milliseconds(1));
  }
  return n.workload();
}

Workload campus(std::uint64_t packets) {
  constexpr unsigned kRouters = 4, kSwitches = 5, kHostsPerSwitch = 50;
  constexpr unsigned kHosts = kRouters * kSwitches * kHostsPerSwitch;
  Network n;
  RandomStream random(7, 7);
  const std::uint32_t core = n.add("core", true);
  const auto hostAddress = [](unsigned h) {
    return Ipv4Address::of(10, 1 + h / (kSwitches * kHostsPerSwitch),
                           h / kHostsPerSwitch % kSwitches, h % kHostsPerSwitch + 10);
  };
  for (unsigned r = 0; r < kRouters; ++r) {
    const std::uint32_t router = n.add("r" + std::to_string(r), true);
    const LinkEnd up = n.port(router, at(10, 64, r, 2));
    const LinkEnd down = n.port(core, at(10, 64, r, 1));
    n.link(down, up);
    n.route(router, Ipv4Prefix{}, Ipv4Address::of(10, 64, r, 1), up.port);
    n.route(core, at(10, r + 1, 0, 0, 16), Ipv4Address::of(10, 64, r, 2), down.port);
    for (unsigned s = 0; s < kSwitches; ++s) {
      const std::uint32_t access = n.addSwitch("sw" + std::to_string(r * kSwitches + s));
      n.link(n.port(router, at(10, r + 1, s, 1)), n.switchPort(access));
      for (unsigned h = 0; h < kHostsPerSwitch; ++h) {
        const unsigned number = (r * kSwitches + s) * kHostsPerSwitch + h;
        const std::uint32_t host = n.add("h" + std::to_string(number), false);
        const LinkEnd end = n.port(host, {hostAddress(number), 24});
        n.link(end, n.switchPort(access));
        n.route(host, Ipv4Prefix{}, Ipv4Address::of(10, r + 1, s, 1), end.port);
        n.serve(host);
        const auto peer = static_cast<unsigned>(
            (number + 1 + random.below(kHosts - 1)) % kHosts);
        n.send(host, hostAddress(peer), packets / kHosts, milliseconds(100));
      }
    }
  }
  return n.workload();
}

Workload stream(std::uint64_t bytes) {
  using What = process::TcpOperation::What;
  constexpr unsigned kRouters = 3;
  Network n;
  for (unsigned i = 0; i <= kRouters + 1; ++i)
    n.add((i == 0 || i == kRouters + 1 ? "h" : "r") + std::to_string(i), i != 0 && i != kRouters + 1);
  for (unsigned i = 0; i <= kRouters; ++i) {
    const LinkEnd left = n.port(i, at(10, 64, i, 1));
    n.link(left, n.port(i + 1, at(10, 64, i, 2)));
    n.links.back().latency = milliseconds(1);
    // The sender's interface pushes back in Linux; here it has room for all that a connection may have under way.
    n.links.back().queueBytes = 16u << 20;
    n.route(i, Ipv4Prefix{}, Ipv4Address::of(10, 64, i, 2), left.port);
  }
  for (unsigned i = 1; i <= kRouters + 1; ++i)
    n.route(i, at(10, 64, 0, 0), Ipv4Address::of(10, 64, i - 1, 1), InterfaceId{1});
  constexpr std::uint64_t kBuffer = 2u << 20;  // the kernel doubles it
  process::TcpServe server;
  server.port = kPort;
  server.script.operations = {{What::ReceiveBuffer, kBuffer, {}}, {What::Accept, 0, {}}, {What::ReceiveAll, 0, {}}};
  process::TcpClient client;
  client.target = Ipv4Address::of(10, 64, kRouters, 2);
  client.port = kPort;
  client.script.operations = {{What::SendBuffer, kBuffer, {}}, {What::Connect, 0, {}}, {What::Send, bytes, {}}, {What::Close, 0, {}}};
  n.inputs.push_back(DeviceCommand{DeviceId{kRouters + 1}, StartProcess{server}});
  n.inputs.push_back(DeviceCommand{DeviceId{0}, StartProcess{client}});
  return n.workload();
}

}  // namespace hw::bench
