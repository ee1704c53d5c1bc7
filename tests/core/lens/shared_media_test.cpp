// What views show of shared wires: frames that wait, collide and get through, and the way of a datagram across them.
#include <gtest/gtest.h>

#include <algorithm>

#include "core/lens/cards.h"
#include "core/lens/domains.h"
#include "core/lens/packets.h"
#include "core/project/load.h"
#include "core/session/session.h"

namespace hw::lens {
namespace {

constexpr const char* kCoax = R"(
version: 1
seed: 3
nodes:
  h1: {kind: host, interfaces: {eth0: {addresses: [10.0.1.1/24]}}, routes: [default via 10.0.1.254]}
  h2: {kind: host, interfaces: {eth0: {addresses: [10.0.1.2/24]}}, routes: [default via 10.0.1.254]}
  r1: {kind: router, interfaces: {eth0: {addresses: [10.0.1.254/24]}, eth1: {addresses: [10.0.2.254/24]}}}
  h3: {kind: host, interfaces: {eth0: {addresses: [10.0.2.1/24]}}, routes: [default via 10.0.2.254]}
  coax: {kind: bus}
  rep: {kind: repeater}
  hub1: {kind: hub}
links:
  - {ends: [h1:eth0, coax:t1], length: 5m}
  - {ends: [h2:eth0, coax:t2], length: 5m}
  - {ends: [coax:t3, rep:p1], length: 20m, rate: 10Mbit}
  - {ends: [rep:p2, r1:eth0], length: 20m, rate: 10Mbit}
  - {ends: [r1:eth1, hub1:p1], rate: 10Mbit}
  - {ends: [h3:eth0, hub1:p2], rate: 10Mbit}
)";

Session played(const std::vector<std::string>& hosts) {
  auto loaded = project::loadText(kCoax, "coax");
  EXPECT_TRUE(loaded) << loaded.error().text();
  auto session = Session::open(std::move(loaded->document));
  EXPECT_TRUE(session);
  const auto device = [&](const std::string& name) { return *session->timeline().world().deviceNamed(name); };
  for (const std::string& one : hosts) session->type(device(one), "ping -c 1 10.0.2.1 &");
  session->runUntil(session->timeline().now() + seconds(5));
  return std::move(*session);
}

TEST(SharedMedia, theWayOfADatagramLeadsAcrossThem) {
  const Session session = played({"h1"});
  const Timeline& timeline = session.timeline();
  const std::uint64_t end = timeline.journal().size();
  std::optional<TransmissionId> first;
  for (const PacketRow& row : packetRows(timeline, session.beats(), 0, end))
    if (!first && row.fromName == "h1:eth0" && row.line.protocol == "ICMP" && row.fate == Fate::Delivered) first = row.id;
  ASSERT_TRUE(first);
  std::string way;
  for (const Hop& hop : hopStrip(timeline, session.beats(), *first, end)) way += hop.fromName + " ";
  EXPECT_EQ(way, "h1:eth0 coax:t2 ");  // a bus has several exits: the first of them is followed
  std::optional<TransmissionId> last;
  for (const PacketRow& row : packetRows(timeline, session.beats(), 0, end))
    if (row.toName == "h3:eth0" && row.line.protocol == "ICMP" && row.fate == Fate::Delivered) last = row.id;
  ASSERT_TRUE(last);
  way.clear();
  for (const Hop& hop : hopStrip(timeline, session.beats(), *last, end)) way += hop.fromName + " ";
  EXPECT_EQ(way, "h1:eth0 coax:t3 rep:p2 r1:eth1 hub1:p2 ");
}

TEST(SharedMedia, collisionsAndWaitingAreSeenOnTheirCables) {
  const Session session = played({"h1", "h2"});
  std::size_t waiting = 0, collided = 0;
  for (std::size_t beat = 0; beat < session.beats().size(); ++beat)
    for (const Flight& one : flightsAt(session.timeline(), session.beats(), beat)) {
      waiting += one.fate == Fate::Waiting;
      collided += one.fate == Fate::Collided;
    }
  EXPECT_GT(waiting, 3u);
  EXPECT_GE(collided, 2u);
}

TEST(SharedMedia, aBusAndARepeaterJoinOneCollisionDomain) {
  const Session session = played({"h1"});
  const World& world = session.timeline().world();
  const auto domains = domainsOf(world, DomainKind::Collision);
  ASSERT_EQ(domains.size(), 2u);
  EXPECT_EQ(domains[0].links.size(), 4u);
  const auto cards = nodeCards(world);
  const auto kindOf = [&](const char* name) { return std::ranges::find(cards, name, &NodeCard::name)->kind; };
  EXPECT_EQ(kindOf("coax"), DeviceKind::Bus);
  EXPECT_EQ(kindOf("rep"), DeviceKind::Repeater);
  EXPECT_EQ(kindOf("hub1"), DeviceKind::Hub);
  EXPECT_TRUE(tablesOf(world, *world.deviceNamed("coax")).empty());
}

}  // namespace
}  // namespace hw::lens
