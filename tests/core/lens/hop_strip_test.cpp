// "What changed at every hop" through VLANs, against the frames that were sent.
#include <gtest/gtest.h>

#include "core/lens/packets.h"
#include "core/project/load.h"
#include "core/session/session.h"

namespace hw::lens {
namespace {

/// The host and the router tag what they send each other.
constexpr const char* kTrunk = R"(
version: 1
seed: 3
nodes:
  h1: {kind: host, interfaces: {eth0: {}}, start: [
    "ip link add link eth0 name eth0.10 type vlan id 10", "ip addr add 10.0.1.1/24 dev eth0.10",
    "ip link set eth0.10 up", "ip route add default via 10.0.1.254"]}
  r1: {kind: router, interfaces: {eth0: {}, eth1: {addresses: [10.0.2.254/24]}}, start: [
    "ip link add link eth0 name eth0.10 type vlan id 10", "ip addr add 10.0.1.254/24 dev eth0.10",
    "ip link set eth0.10 up"]}
  h2: {kind: host, interfaces: {eth0: {addresses: [10.0.2.1/24]}}, routes: [default via 10.0.2.254]}
links:
  - {ends: [h1:eth0, r1:eth0]}
  - {ends: [r1:eth1, h2:eth0]}
)";

std::size_t field(std::string_view name) {
  for (std::size_t i = 0; i < kHopFields.size(); ++i)
    if (kHopFields[i] == name) return i;
  return SIZE_MAX;
}

TEST(HopStrip, SeesAddressesBehindATagAndTheTagTakenOff) {
  auto loaded = project::loadText(kTrunk, "trunk");
  ASSERT_TRUE(loaded);
  auto session = Session::open(std::move(loaded->document));
  ASSERT_TRUE(session);
  const DeviceId h1 = *session->timeline().world().deviceNamed("h1");
  session->type(h1, "ping -c 1 10.0.2.1");
  session->runUntilIdle(h1, session->timeline().now() + seconds(30));
  ASSERT_EQ(session->lastExit(h1), 0);

  const Timeline& timeline = session->timeline();
  std::optional<TransmissionId> last;
  for (const PacketRow& row : packetRows(timeline, session->beats(), 0, timeline.world().events))
    if (row.toName == "h2:eth0" && row.line.protocol == "ICMP") last = row.id;
  ASSERT_TRUE(last);
  const auto hops = hopStrip(timeline, session->beats(), *last, timeline.world().events);
  ASSERT_GE(hops.size(), 2u);
  const Hop &tagged = hops[hops.size() - 2], &bare = hops.back();
  EXPECT_EQ(tagged.values[field("vlan.id")], "10");
  EXPECT_EQ(tagged.values[field("ip.dst")], "10.0.2.1");
  EXPECT_EQ(tagged.values[field("ip.ttl")], "64");
  EXPECT_EQ(bare.values[field("vlan.id")], "");
  EXPECT_EQ(bare.values[field("ip.ttl")], "63");
  EXPECT_TRUE(bare.changed[field("vlan.id")]);
  EXPECT_FALSE(bare.changed[field("ip.src")]);
}

constexpr const char* kOverlay = R"(
version: 1
nodes:
  h1: {kind: host, interfaces: {eth0: {addresses: [198.51.100.1/24]}}}
  v1: {kind: router, interfaces: {eth0: {addresses: [192.0.2.1/24]}, eth1: {}}, start: [
    "ip link add vx type vxlan id 10 remote 192.0.2.2 dstport 4789", "ip link add br0 type bridge", "ip link set eth1 master br0",
    "ip link set vx master br0", "ip link set vx up", "ip link set br0 up"]}
  v2: {kind: router, interfaces: {eth0: {addresses: [192.0.2.2/24]}, eth1: {}}, start: [
    "ip link add vx type vxlan id 10 remote 192.0.2.1 dstport 4789", "ip link add br0 type bridge", "ip link set eth1 master br0",
    "ip link set vx master br0", "ip link set vx up", "ip link set br0 up"]}
  h2: {kind: host, interfaces: {eth0: {addresses: [198.51.100.2/24]}}}
links: [{ends: [h1:eth0, v1:eth1]}, {ends: [v1:eth0, v2:eth0]}, {ends: [v2:eth1, h2:eth0]}]
)";

TEST(HopStrip, GoesThroughATunnelAndComesOutOfIt) {
  auto loaded = project::loadText(kOverlay, "overlay");
  ASSERT_TRUE(loaded);
  auto session = Session::open(std::move(loaded->document));
  ASSERT_TRUE(session);
  const DeviceId h1 = *session->timeline().world().deviceNamed("h1");
  session->type(h1, "ping -c 2 198.51.100.2");
  session->runUntilIdle(h1, session->timeline().now() + seconds(30));
  ASSERT_EQ(session->lastExit(h1), 0);
  const Timeline& timeline = session->timeline();
  std::vector<PacketRow> rows = packetRows(timeline, session->beats(), 0, timeline.world().events);
  std::string told;
  for (const PacketRow& row : rows) {
    if (row.fromName != "h1:eth0" || row.line.protocol != "ICMP") continue;
    told.clear();
    for (const Hop& hop : hopStrip(timeline, session->beats(), row.id, timeline.world().events))
      told += hop.fromName + ">" + hop.toName + " " + hop.values[field("ip.src")] + " | ";
  }
  const std::string expected =
      "h1:eth0>v1:eth1 198.51.100.1 | v1:vx>v1:vx 198.51.100.1 | v1:eth0>v2:eth0 192.0.2.1 | "
      "v2:vx>v2:vx 198.51.100.1 | v2:eth1>h2:eth0 198.51.100.1 | ";
  EXPECT_EQ(told, expected) << "the request ends at h2, its reply is another datagram";
  // Seen from any of its hops the way is the same. (What is flooded has several.)
  for (const PacketRow& row : rows) {
    if (row.line.protocol != "ICMP") continue;
    const auto hops = hopStrip(timeline, session->beats(), row.id, timeline.world().events);
    for (const Hop& hop : hops) EXPECT_EQ(hopStrip(timeline, session->beats(), hop.id, timeline.world().events).size(), hops.size()) << row.fromName << " " << row.line.info;
  }
}

}  // namespace
}  // namespace hw::lens
