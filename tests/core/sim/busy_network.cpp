#include "tests/core/sim/busy_network.h"

namespace hw::test {
namespace {

constexpr const char* kTopology = R"(
  bridge sw1 ageing 7s
  bridge sw2
  hub hub1
  router r1 eth0 192.0.2.254/24 eth1 198.51.100.1/24
  router r2 eth0 198.51.100.2/24 eth1 203.0.113.254/24
  host h1 eth0 192.0.2.1/24
  host h2 eth0 192.0.2.2/24
  host h3 eth0 192.0.2.3/24
  host h4 eth0 203.0.113.4/24
  host h5 eth0 203.0.113.5/24
  link h1:eth0 sw1:p1 delay 5us rate 100M
  link h2:eth0 sw1:p2 delay 7us
  link sw1:up hub1:1 delay 3us rate 50M half
  link h3:eth0 hub1:2 loss 20000 rate 50M half
  link r1:eth0 hub1:3 rate 50M half
  link r1:eth1 r2:eth0 delay 3ms rate 2M queue 6000 loss 30000
  link r2:eth1 sw2:up
  link h4:eth0 sw2:p1 delay 1ms veth
  link h5:eth0 sw2:p2
  mtu r1:eth1 900
  mtu r2:eth0 900
  route h1 default via 192.0.2.254
  route h2 default via 192.0.2.254
  route h3 default via 192.0.2.254
  route r1 203.0.113.0/24 via 198.51.100.2
  route r2 192.0.2.0/24 via 198.51.100.1
  route h4 default via 203.0.113.254
  route h5 default via 203.0.113.254)";

constexpr const char* kHosts[] = {"h1", "h2", "h3", "h4", "h5"};
constexpr const char* kTargets[] = {"192.0.2.1",   "192.0.2.2",   "192.0.2.3",   "203.0.113.4",
                                    "203.0.113.5", "192.0.2.99",  "203.0.113.99", "10.9.9.9",
                                    "192.0.2.254", "192.0.2.255"};

DeviceCommand at(const World& world, const char* name, DeviceInput what) {
  return {*world.deviceNamed(name), std::move(what)};
}

Input somePing(RandomStream& random, const World& world) {
  // One draw a statement: compilers differ in the order of arguments.
  process::Ping p = ping(kTargets[random.below(std::size(kTargets))]);
  p.options.count = 1 + random.below(20);
  p.options.interval = milliseconds(random.between(5, 400));
  p.options.size = static_cast<std::uint32_t>(random.below(3000));
  p.options.ttl = static_cast<std::uint8_t>(random.between(1, 5));
  p.options.pathMtu = static_cast<socket::PathMtu>(random.below(3));
  return at(world, kHosts[random.below(5)], StartProcess{p});
}

Input someDatagrams(RandomStream& random, const World& world) {
  process::UdpSend s;
  s.options.target = address(kTargets[random.below(std::size(kTargets))]);
  s.options.port = static_cast<std::uint16_t>(random.between(7, 8));
  s.options.sizes = {static_cast<std::uint32_t>(random.below(2000)), 10};
  s.options.count = random.below(30);
  s.options.gap = microseconds(random.between(0, 20'000));
  s.options.connect = random.below(2) == 0;
  s.options.broadcast = random.below(2) == 0;
  s.options.wait = milliseconds(random.between(0, 50));
  return at(world, kHosts[random.below(5)], StartProcess{s});
}

Input someServer(RandomStream& random, const World& world) {
  process::UdpServe s;
  s.options.port = 7;
  s.options.echo = true;
  s.options.count = 1 + random.below(40);
  return at(world, kHosts[random.below(5)], StartProcess{s});
}

Input someCable(RandomStream& random, const World& world) {
  const auto id = static_cast<std::uint32_t>(random.below(world.links.size()));
  LinkCommand command{LinkId{id}, world.links[id].config};
  switch (random.below(4)) {
    case 0: command.config.up = !command.config.up; break;
    case 1: command.config.latency = microseconds(random.between(1, 4000)); break;
    case 2: command.config.lossPpm = static_cast<std::uint32_t>(random.below(100'000)); break;
    default: command.config.up = true;
  }
  return command;
}

Input someConfiguration(RandomStream& random, const World& world) {
  const char* name = random.below(3) == 0 ? "r1" : kHosts[random.below(5)];
  DeviceConfig config = world.device(*world.deviceNamed(name)).config();
  switch (random.below(4)) {
    case 0: config.interfaces[1].up = !config.interfaces[1].up; break;
    case 1: config.interfaces[1].mtu = static_cast<std::uint32_t>(random.between(300, 1500)); break;
    case 2: config.knobs.defaultTtl = static_cast<std::uint8_t>(random.between(2, 64)); break;
    default: config.interfaces[1].up = true;
  }
  return at(world, name, Reconfigure{Cow<DeviceConfig>(std::move(config))});
}

Input someEdit(RandomStream& random, const World& world) {
  const char* name = kHosts[random.below(5)];
  switch (random.below(3)) {
    case 0: return at(world, "sw1", FlushBridge{*world.device(*world.deviceNamed("sw1")).config().interfaceNamed("br0")});
    case 1: return at(world, name, EditNeighbour{EditNeighbour::What::Flush, {1}, {}, {}, {}});
    default: {
      process::Traceroute t;
      t.options.target = kTargets[4];
      t.options.address = address(kTargets[4]);
      t.options.wait = milliseconds(200);
      return at(world, name, StartProcess{t});
    }
  }
}

}  // namespace

World busyWorld(std::uint64_t seed) { return network(kTopology).world(seed); }

BusyStep busyStep(RandomStream& random, const World& world) {
  const Duration after = microseconds(random.between(0, 150'000));
  switch (random.below(12)) {
    case 0: case 1: case 2: case 3: return {after, somePing(random, world)};
    case 4: case 5: case 6: return {after, someDatagrams(random, world)};
    case 7: return {after, someServer(random, world)};
    case 8: case 9: return {after, someCable(random, world)};
    case 10: return {after, someConfiguration(random, world)};
    default: return {after, someEdit(random, world)};
  }
}

void playBusy(Timeline& timeline, std::uint64_t seed, int inputs) {
  RandomStream random(seed, 99);
  for (int i = 0; i < inputs; ++i) {
    const BusyStep step = busyStep(random, timeline.world());
    timeline.runUntil(timeline.now() + step.after);
    timeline.input(step.input);
  }
  timeline.runUntil(timeline.now() + seconds(1));
}

}  // namespace hw::test
