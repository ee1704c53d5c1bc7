#include "core/project/build.h"

#include <gtest/gtest.h>

#include "core/base/dump.h"
#include "core/project/file.h"
#include "tests/core/sim/networks.h"

namespace hw::project {
namespace {

World worldOf(std::string_view text) {
  auto loaded = loadText(text, "net.yaml");
  EXPECT_TRUE(loaded) << loaded.error().text();
  auto world = buildWorld(loaded->document);
  EXPECT_TRUE(world) << world.error().text();
  return world ? *world : World{};
}

/// What the first difference is, or nothing.
std::string differenceOf(const World& a, const World& b) {
  const auto difference = firstDifference(dumpOf(a), dumpOf(b));
  return difference ? difference->path + ": " + difference->here + " != " + difference->there : "";
}

TEST(Build, givesTheWorldThatATestBuildsByHand) {
  const World world = worldOf(
      "version: 1\n"
      "nodes:\n"
      "  h1: {kind: host, interfaces: {eth0: {addresses: [10.0.1.10/24]}}, routes: [default via 10.0.1.1]}\n"
      "  r1: {kind: router, interfaces: {eth0: {addresses: [10.0.1.1/24]}, eth1: {addresses: [10.0.2.1/24]}}}\n"
      "  h2: {kind: host, interfaces: {eth0: {addresses: [10.0.2.10/24]}}, routes: [default via 10.0.2.1]}\n"
      "links:\n"
      "  - {ends: [h1:eth0, r1:eth0]}\n"
      "  - {ends: [r1:eth1, h2:eth0]}\n");
  EXPECT_EQ(differenceOf(world, test::routedPair().world()), "");
}

TEST(Build, aPortOfASpanningTreeCostsWhatTheRateOfItsCableSays) {
  const World world = worldOf(
      "version: 1\n"
      "nodes: {sw1: {kind: switch, bridge: {stp: true}}, sw2: {kind: switch, bridge: {stp: true}}}\n"
      "links:\n"
      "  - {ends: [sw1:p1, sw2:p1], rate: 10Mbit}\n"
      "  - {ends: [sw1:p2, sw2:p2], rate: 100Mbit}\n"
      "  - {ends: [sw1:p3, sw2:p3], rate: 1Gbit}\n"
      "  - {ends: [sw1:p4, sw2:p4], rate: 10Gbit}\n"
      "  - {ends: [sw1:p5, sw2:p5]}\n"
      "  - {ends: [sw1:p6, sw2:p6], medium: veth}\n"
      "  - {ends: [sw1:p7, sw2:p7], rate: 9600bit}\n");
  const DeviceConfig& config = world.device(DeviceId{0}).config();
  std::vector<std::uint32_t> costs;
  for (const char* port : {"p1", "p2", "p3", "p4", "p5", "p6", "p7"}) costs.push_back(pathCost(config.at(*config.interfaceNamed(port))));
  EXPECT_EQ(costs, (std::vector<std::uint32_t>{100, 19, 4, 2, 4, 2, 100})) << "IEEE 802.1D-1998 table 8-5";
}

TEST(Build, makesASwitchABridgeOfItsPorts) {
  const World world = worldOf(
      "version: 1\nnodes:\n  h1: {kind: host}\n"
      "  sw1: {kind: switch, bridge: {ageing_time: 20s}, interfaces: {br0: {addresses: [192.0.2.1/24]}}}\n"
      "links:\n  - {ends: [h1:eth0, sw1:p1]}\n  - {ends: [h1:eth1, sw1:p2], medium: veth}\n");
  const DeviceConfig& config = world.device({1}).config();
  ASSERT_EQ(config.interfaces.size(), 4u);
  const InterfaceConfig& bridge = config.interfaces[3];
  EXPECT_EQ(bridge.name, "br0");
  EXPECT_EQ(bridge.kind, InterfaceKind::Bridge);
  EXPECT_EQ(bridge.mac.text(), "02:00:00:02:00:d0");
  EXPECT_EQ(bridge.bridge->ageingTime, seconds(20));
  EXPECT_EQ(bridge.bridge->ports, (std::vector<InterfaceId>{{1}, {2}}));
  EXPECT_EQ(config.interfaces[1].master, InterfaceId{3});
  EXPECT_EQ(config.interfaces[1].medium, hw::Medium::Ethernet);
  EXPECT_EQ(config.interfaces[2].medium, hw::Medium::Veth);
  EXPECT_FALSE(config.knobs.forwarding);
}

TEST(Build, takesEverySettingOver) {
  const World world = worldOf(
      "version: 1\nseed: 9\nnodes:\n"
      "  h1:\n    kind: host\n"
      "    interfaces:\n"
      "      eth0: {mac: 02:00:00:00:00:aa, addresses: [192.0.2.1/24], mtu: 1400, down: true}\n"
      "      eth1: {addresses: [192.0.2.129/25]}\n"
      "      lo: {addresses: [203.0.113.1/32]}\n"
      "    routes: [default via 192.0.2.130 metric 7, blackhole 198.51.100.0/24 table 10, 203.0.113.0/24 dev eth0 src 192.0.2.1]\n"
      "    neighbours: [{address: 192.0.2.200, mac: 02:00:00:00:00:bb, device: eth1}]\n"
      "    sysctl: {net.ipv4.ip_default_ttl: 32, net.ipv4.neigh.eth0.retrans_time_ms: 250}\n"
      "  hub1: {kind: hub}\n"
      "links:\n"
      "  - {ends: [h1:eth0, hub1:1], latency: 2ms, rate: 10Mbit, loss: 1%, queue: 64kB, down: true}\n");
  EXPECT_EQ(world.seed, 9u);
  const DeviceConfig& h1 = world.device({0}).config();
  EXPECT_EQ(h1.interfaces[0].addresses.size(), 2u);
  EXPECT_EQ(h1.interfaces[1].mac.text(), "02:00:00:00:00:aa");
  EXPECT_EQ(h1.interfaces[1].mtu, 1400u);
  EXPECT_FALSE(h1.interfaces[1].up);
  EXPECT_EQ(h1.routes[0].port, InterfaceId{2});  // the longer prefix
  EXPECT_EQ(h1.routes[0].metric, 7u);
  EXPECT_EQ(h1.routes[0].scope, route::Scope::Universe);
  EXPECT_EQ(h1.routes[1].type, route::Type::Blackhole);
  EXPECT_EQ(h1.routes[1].table, 10u);
  EXPECT_EQ(h1.routes[2].scope, route::Scope::Link);
  EXPECT_EQ(h1.routes[2].source, Ipv4Address::of(192, 0, 2, 1));
  EXPECT_EQ(h1.neighbours[0].port, InterfaceId{2});
  EXPECT_EQ(h1.knobs.defaultTtl, 32);
  EXPECT_EQ(h1.knobs.arp.retransTime, milliseconds(250));
  EXPECT_TRUE(world.device({1}).config().hub);
  const LinkConfig& link = world.links[0].config;
  EXPECT_EQ(link.latency, milliseconds(2));
  EXPECT_EQ(link.rate, 10'000'000u);
  EXPECT_EQ(link.lossPpm, 10'000u);
  EXPECT_EQ(link.queueBytes, 64'000u);
  EXPECT_FALSE(link.up);
}

TEST(Build, refusesWhatCannotRun) {
  Document document;
  document.nodes.emplace_back().name = "h1";
  document.links.push_back({{"h1", "eth0"}, {"h2", "eth0"}, {}, {}, {}, {}, {}, {}, {}, {}});
  const auto world = buildWorld(document);
  ASSERT_FALSE(world);
  EXPECT_EQ(world.error().problems[0].id, ProblemId::UnknownNode);
}

TEST(Build, isNotMovedByWhatTheCanvasShows) {
  auto document = loadFile("lessons/two-networks")->document;
  const World world = *buildWorld(document);
  document.title = {};
  document.notes.clear();
  for (Node& node : document.nodes) node.position.reset();
  EXPECT_EQ(differenceOf(*buildWorld(document), world), "");
}

TEST(Build, ofTheFirstLessonIsANetworkInWhichAPingIsAnswered) {
  Timeline t(*buildWorld(loadFile("lessons/two-networks")->document));
  test::start(t, "h1", test::ping("10.0.2.10", 3));
  t.runUntil(Time{} + seconds(20));
  EXPECT_NE(test::printed(t, "h1").find("3 packets transmitted, 3 received, 0% packet loss"), std::string::npos)
      << test::printed(t, "h1");
}

}  // namespace
}  // namespace hw::project
