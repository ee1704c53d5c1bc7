#include "tests/core/sim/random_network.h"

#include <deque>
#include <functional>
#include <map>
#include <set>

namespace hw::test {
namespace {

/// A router between two subnets.
struct Join {
  std::string name;
  int a = 0, b = 0;
  int other(int lan) const { return lan == a ? b : a; }
  int number = 0;
};

class Drawing {
 public:
  explicit Drawing(std::uint64_t seed) : m_seed(seed), m_random(seed, 41) {}

  RandomNetwork draw() {
    m_lans = 1 + static_cast<int>(m_random.below(4));
    for (int lan = 0; lan < m_lans; ++lan) drawLan(lan);
    for (int lan = 1; lan < m_lans; ++lan) join(lan, static_cast<int>(m_random.below(static_cast<std::uint64_t>(lan))));
    if (m_lans > 2 && m_random.below(2) == 0) join(0, m_lans - 1);
    giveRoutes();
    m_network.world = m_builder.world(m_seed);
    for (std::uint32_t i = 0; i < m_network.world.links.size(); ++i)
      if (m_trunks.contains(i)) m_network.trunks.push_back(LinkId{i});
    return std::move(m_network);
  }

 private:
  static std::string addressIn(int lan, int host) { return "10.0." + std::to_string(lan) + "." + std::to_string(host); }
  std::string port(const std::string& device) { return device + ":p" + std::to_string(++m_ports[device]); }

  void link(const std::string& a, const std::string& b, bool trunk = false) {
    LinkConfig config;
    config.latency = microseconds(m_random.between(1, 400));
    if (m_random.below(3) == 0) config.rate = 1'000'000u * (1 + m_random.below(100));
    if (m_random.below(3) == 0) config.medium = Medium::Veth;
    if (m_sharing.contains(a.substr(0, a.find(':'))) || m_sharing.contains(b.substr(0, b.find(':')))) share(config);
    if (trunk) m_trunks.insert(std::pair(m_links, true));
    m_builder.link(a.c_str(), b.c_str(), config);
    ++m_links;
  }

  /// Within a slot time everybody hears everybody: else a spanning tree could lose its messages without anybody's fault.
  void share(LinkConfig& config) {
    config.halfDuplex = true;
    config.medium = Medium::Ethernet;
    config.rate = 10'000'000;
    config.latency = microseconds(m_random.between(1, 8));
  }

  std::string drawSwitch(int lan, int i) {
    const std::string name = "s" + std::to_string(lan) + std::to_string(i);
    m_builder.bridge(name.c_str(), seconds(m_random.between(2, 60)));
    InterfaceConfig& bridge = m_builder.named(name).interfaces[1];
    stp::Config& tree = bridge.stp.emplace();
    tree.enabled = true;
    tree.helloTime = seconds(1);
    tree.maxAge = seconds(6);
    tree.forwardDelay = seconds(4);
    tree.priority = static_cast<std::uint16_t>(m_random.below(4) * 4096);
    m_network.bridges.push_back(name);
    return name;
  }

  void drawLan(int lan) {
    std::vector<std::string> switches;
    const int count = 1 + static_cast<int>(m_random.below(4));
    for (int i = 0; i < count; ++i) {
      switches.push_back(drawSwitch(lan, i));
      if (i > 0) link(port(switches[m_random.below(static_cast<std::uint64_t>(i))]), port(switches.back()), true);
    }
    if (count > 1)  // rings, and two cables between the same switches
      for (std::uint64_t extra = m_random.below(3); extra > 0; --extra) {
        const std::uint64_t a = m_random.below(switches.size()), step = 1 + m_random.below(switches.size() - 1);
        link(port(switches[a]), port(switches[(a + step) % switches.size()]), true);
      }
    if (m_random.below(3) == 0) {
      const std::string hub = "x" + std::to_string(lan);
      m_builder.hub(hub.c_str());
      if (m_random.below(3) != 0) m_sharing.insert(hub);
      link(port(hub), port(switches[m_random.below(switches.size())]));
      if (switches.size() > 1 && m_random.below(2) == 0) link(port(hub), port(switches[m_random.below(switches.size())]), true);
      switches.push_back(hub);
    }
    for (std::uint64_t hosts = 1 + m_random.below(3), i = 0; i < hosts; ++i) drawHost(lan, static_cast<int>(i), switches);
    m_places.push_back(switches);
  }

  void drawHost(int lan, int i, const std::vector<std::string>& places) {
    const std::string name = "h" + std::to_string(lan) + std::to_string(i);
    m_builder.host(name.c_str());
    link(name + ":eth0", port(places[m_random.below(places.size())]));
    const std::string address = addressIn(lan, 10 + i);
    m_builder.address((name + ":eth0").c_str(), (address + "/24").c_str());
    m_network.hosts.push_back(name);
    m_network.addresses.push_back(*Ipv4Address::parse(address));
    m_hostLan[name] = lan;
  }

  void join(int a, int b) {
    Join router{"r" + std::to_string(m_joins.size()), a, b, 200 + static_cast<int>(m_joins.size())};
    m_builder.router(router.name.c_str());
    for (const auto& [lan, interface] : {std::pair(a, ":eth0"), {b, ":eth1"}}) {
      const std::vector<std::string>& places = m_places[static_cast<std::size_t>(lan)];
      link(router.name + interface, port(places[m_random.below(places.size())]));
      const std::string address = addressIn(lan, router.number);
      m_builder.address((router.name + interface).c_str(), (address + "/24").c_str());
      m_network.addresses.push_back(*Ipv4Address::parse(address));
    }
    m_network.routers.push_back(router.name);
    m_joins.push_back(router);
  }

  /// The way from each subnet towards `to`: the router to take, and how far it is.
  struct Ways {
    std::vector<const Join*> next;
    std::vector<int> distance;
  };
  Ways waysTo(int to) const {
    Ways ways{std::vector<const Join*>(static_cast<std::size_t>(m_lans)), std::vector<int>(static_cast<std::size_t>(m_lans), -1)};
    std::deque<int> open{to};
    ways.distance[static_cast<std::size_t>(to)] = 0;
    while (!open.empty()) {
      const int lan = open.front();
      open.pop_front();
      for (const Join& one : m_joins) {
        if (one.a != lan && one.b != lan) continue;
        const auto other = static_cast<std::size_t>(one.other(lan));
        if (ways.distance[other] >= 0) continue;
        ways.distance[other] = ways.distance[static_cast<std::size_t>(lan)] + 1;
        ways.next[other] = &one;
        open.push_back(one.other(lan));
      }
    }
    return ways;
  }

  void giveRoutes() {
    for (int to = 0; to < m_lans; ++to) {
      const Ways ways = waysTo(to);
      const std::string prefix = addressIn(to, 0) + "/24";
      for (const auto& [name, lan] : m_hostLan)
        if (const Join* next = ways.next[static_cast<std::size_t>(lan)])
          m_builder.route(name.c_str(), prefix.c_str(), addressIn(lan, next->number).c_str());
      for (const Join& one : m_joins) {
        const int near = ways.distance[static_cast<std::size_t>(one.a)] <= ways.distance[static_cast<std::size_t>(one.b)] ? one.a : one.b;
        const Join* next = ways.next[static_cast<std::size_t>(near)];
        if (near != to && next && next != &one)
          m_builder.route(one.name.c_str(), prefix.c_str(), addressIn(near, next->number).c_str());
      }
    }
  }

  std::uint64_t m_seed;
  RandomStream m_random;
  Builder m_builder;
  RandomNetwork m_network;
  int m_lans = 1;
  std::uint32_t m_links = 0;
  std::map<std::uint32_t, bool> m_trunks;
  std::map<std::string, int> m_ports;
  std::set<std::string> m_sharing;  ///< hubs with half-duplex ports
  std::map<std::string, int> m_hostLan;
  std::vector<std::vector<std::string>> m_places;  ///< by subnet: where a cable may end
  std::deque<Join> m_joins;
};

Ipv4Address someAddress(RandomStream& random, const RandomNetwork& network) {
  if (random.below(8) == 0) return Ipv4Address::of(10, 0, static_cast<std::uint8_t>(random.below(5)), 99);  // nobody
  return network.addresses[random.below(network.addresses.size())];
}

DeviceCommand at(const World& world, const std::string& name, DeviceInput what) { return {*world.deviceNamed(name), std::move(what)}; }

Input reconfigured(const World& world, const std::string& name, const std::function<void(DeviceConfig&)>& change) {
  DeviceConfig config = world.device(*world.deviceNamed(name)).config();
  change(config);
  return at(world, name, Reconfigure{Cow<DeviceConfig>(std::move(config))});
}

const std::string& oneOf(RandomStream& random, const std::vector<std::string>& names) { return names[random.below(names.size())]; }

}  // namespace

RandomNetwork randomNetwork(std::uint64_t seed) { return Drawing(seed).draw(); }

Input randomTraffic(RandomStream& random, const RandomNetwork& network, const World& world) {
  const std::string& from = oneOf(random, network.hosts);
  const Ipv4Address to = someAddress(random, network);
  if (random.below(3) == 0) {
    process::UdpSend send;
    const bool all = random.below(3) == 0;
    send.options.target = all ? Ipv4Address{(to.value & 0xFFFFFF00u) | 255u} : to;
    send.options.broadcast = all;
    send.options.port = static_cast<std::uint16_t>(random.between(7, 8));
    send.options.sizes = {static_cast<std::uint32_t>(random.below(2500))};
    send.options.count = random.below(6);
    send.options.gap = milliseconds(random.between(1, 80));
    return at(world, from, StartProcess{send});
  }
  process::Ping one = ping(to.text().c_str(), 1 + random.below(4));
  one.options.interval = milliseconds(random.between(20, 300));
  one.options.linger = seconds(1);
  one.options.size = static_cast<std::uint32_t>(random.below(2500));
  one.options.ttl = static_cast<std::uint8_t>(random.between(1, 6));
  one.options.pathMtu = static_cast<socket::PathMtu>(random.below(3));
  return at(world, from, StartProcess{one});
}

Input randomFault(RandomStream& random, const RandomNetwork& network, const World& world) {
  const auto id = static_cast<std::uint32_t>(random.below(world.links.size()));
  LinkCommand cable{LinkId{id}, world.links[id].config};
  const bool shared = cable.config.halfDuplex;
  switch (random.below(8)) {
    case 0:
    case 1: cable.config.up = !cable.config.up; return cable;
    case 2: cable.config.lossPpm = static_cast<std::uint32_t>(random.below(150'000)); return cable;
    case 3: cable.config.latency = microseconds(random.between(1, shared ? 8 : 3000)); return cable;
    case 4: cable.config.rate = shared ? cable.config.rate : 200'000 * (1 + random.below(50)); cable.config.queueBytes = 4000; return cable;
    case 5:
      return reconfigured(world, oneOf(random, network.hosts), [](DeviceConfig& config) { config.interfaces[1].up = !config.interfaces[1].up; });
    case 6: {
      const std::string& name = oneOf(random, network.bridges);
      const auto priority = static_cast<std::uint16_t>(random.below(8) * 4096);
      if (!world.deviceNamed(name)) return cable;  // it is gone
      return reconfigured(world, name, [&](DeviceConfig& config) { config.interfaces[1].stp->priority = priority; });
    }
    default: {
      const auto device = world.deviceNamed(oneOf(random, network.routers.empty() ? network.bridges : network.routers));
      if (random.below(4) != 0 || !device) return cable;
      return RemoveDevice{*device};
    }
  }
}

}  // namespace hw::test
