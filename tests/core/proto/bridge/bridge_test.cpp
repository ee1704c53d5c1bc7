// A learning bridge: learn, forward, filter, flood, age (IEEE 802.1D 7.7 to 7.9).
#include <gtest/gtest.h>

#include "tests/core/sim/frames.h"
#include "tests/core/sim/lab.h"

namespace hw::test {
namespace {

constexpr const char* kSwitch = R"(
  bridge sw ageing 20s
  host h1 eth0 192.0.2.1/24
  host h2 eth0 192.0.2.2/24
  host h3 eth0 192.0.2.3/24
  link h1:eth0 sw:p1
  link h2:eth0 sw:p2
  link h3:eth0 sw:p3)";

const MacAddress kA = mac("02:00:00:00:00:aa");
const MacAddress kB = mac("02:00:00:00:00:bb");
const MacAddress kAll = MacAddress::broadcast();

Raw frame(MacAddress to, MacAddress from, std::size_t size = 100) {
  return ethernetFrame(to, from, 0x88B5, counting(size - 14));  // a type for local experiments
}

struct Bridge : testing::Test {
  Lab lab{kSwitch};
  /// What the bridge decides about a frame that comes in at a port.
  std::string hear(const char* port, const Raw& bytes) {
    const std::size_t before = lab.decisions("sw", "bridge.").size();
    lab.inject(port, bytes);
    lab.run("1ms");
    const std::string after = lab.decisions("sw", "bridge.").substr(before);
    return after.substr(after.find(' ') + 1);
  }
};

TEST_F(Bridge, aGroupFrameGoesToAllOtherPortsLastAttachedFirst) {
  EXPECT_EQ(hear("sw:p1", frame(kAll, kA)),
            "bridge.learned mac=02:00:00:00:00:aa port=p1\n"
            "0 bridge.flooded_group mac=ff:ff:ff:ff:ff:ff ports=2\n");
  ASSERT_EQ(lab.tapped.size(), 2u);
  EXPECT_EQ(lab.tapped[0].first.port, lab.end("sw:p3").port);
  EXPECT_EQ(lab.tapped[1].first.port, lab.end("sw:p2").port);
}

TEST_F(Bridge, anUnknownAddressIsFloodedAndAKnownOneIsNot) {
  EXPECT_EQ(hear("sw:p1", frame(kB, kA)),
            "bridge.learned mac=02:00:00:00:00:aa port=p1\n"
            "0 bridge.flooded_unknown mac=02:00:00:00:00:bb ports=2\n");
  EXPECT_EQ(hear("sw:p2", frame(kA, kB)),
            "bridge.learned mac=02:00:00:00:00:bb port=p2\n"
            "1 bridge.forwarded mac=02:00:00:00:00:aa port=p1\n");
  EXPECT_EQ(hear("sw:p1", frame(kB, kA)), "bridge.forwarded mac=02:00:00:00:00:bb port=p2\n");
  EXPECT_EQ(lab.sent("sw:p3").size(), 1u);
}

TEST_F(Bridge, aFrameForItsOwnSideIsFiltered) {
  hear("sw:p1", frame(kAll, kA));
  EXPECT_EQ(hear("sw:p1", frame(kA, kB)),
            "bridge.learned mac=02:00:00:00:00:bb port=p1\n"
            "1 bridge.filtered_same_port mac=02:00:00:00:00:aa port=p1\n");
}

TEST_F(Bridge, anAddressThatMovesIsLearnedAnew) {
  hear("sw:p1", frame(kAll, kA));
  EXPECT_EQ(hear("sw:p3", frame(kAll, kA)),
            "bridge.moved mac=02:00:00:00:00:aa before=p1 port=p3\n"
            "1 bridge.flooded_group mac=ff:ff:ff:ff:ff:ff ports=2\n");
}

TEST_F(Bridge, groupAndZeroSourcesAreNotLearned) {
  hear("sw:p1", frame(kAll, mac("01:00:5e:00:00:01")));
  hear("sw:p1", frame(kAll, MacAddress{}));
  EXPECT_EQ(lab.count("sw", "bridge.learned"), 0u);
}

TEST_F(Bridge, anAddressIsForgottenWhenNothingWasHeardForTheAgeingTime) {
  hear("sw:p1", frame(kAll, kA));
  lab.run("10s");
  hear("sw:p1", frame(kAll, kA));
  lab.run("19s");
  EXPECT_EQ(lab.count("sw", "bridge.aged_out"), 0u);
  lab.run("2s");
  EXPECT_EQ(lab.decisions("sw", "bridge.aged"), "30001 bridge.aged_out mac=02:00:00:00:00:aa age=20 s\n");
  EXPECT_TRUE(lab.state("sw").bridges[0].table.entries.empty());
}

TEST_F(Bridge, anEntryIsUnusedInTheMomentItExpires) {
  hear("sw:p1", frame(kAll, kA));
  lab.inject("sw:p2", frame(kA, kB), seconds(20) - milliseconds(1));
  lab.run("20s");
  EXPECT_EQ(lab.count("sw", "bridge.forwarded"), 0u) << lab.decisions("sw", "bridge.");
}

TEST_F(Bridge, aPortThatGoesDownTakesItsAddressesAlong) {
  hear("sw:p1", frame(kAll, kA));
  hear("sw:p2", frame(kAll, kB));
  lab.cable("sw:p1", [](LinkConfig& c) { c.up = false; });
  ASSERT_EQ(lab.state("sw").bridges[0].table.entries.size(), 1u);
  EXPECT_EQ(lab.state("sw").bridges[0].table.entries[0].mac, kB);
}

TEST_F(Bridge, flushingForgetsEverything) {
  hear("sw:p1", frame(kAll, kA));
  lab.input("sw", FlushBridge{lab.end("sw:br0").port});
  EXPECT_TRUE(lab.state("sw").bridges[0].table.entries.empty());
}

TEST_F(Bridge, withoutAnotherPortThereIsNowhereToGo) {
  lab.cable("sw:p2", [](LinkConfig& c) { c.up = false; });
  lab.cable("sw:p3", [](LinkConfig& c) { c.up = false; });
  EXPECT_EQ(hear("sw:p1", frame(kB, kA)),
            "bridge.learned mac=02:00:00:00:00:aa port=p1\n"
            "0 bridge.no_other_port mac=02:00:00:00:00:bb\n");
}

TEST(BridgeMtu, aFrameTooBigForAPortVanishesThereOnly) {
  Lab lab(std::string(kSwitch) + "\n mtu sw:p2 600");
  lab.inject("sw:p1", frame(kAll, kA, 619));
  lab.inject("sw:p1", frame(kAll, kA, 618));  // four bytes of slack for a tag
  lab.run("1ms");
  EXPECT_EQ(lab.decisions("sw", "bridge.too"), "0 bridge.too_big size=619 port=p2 mtu=600\n");
  EXPECT_EQ(lab.sent("sw:p2").size(), 1u);
  EXPECT_EQ(lab.sent("sw:p3").size(), 2u);
}

/// A bridge that is a host besides: br0 has an address.
struct BridgeHost : testing::Test {
  static Builder built() {
    Builder b = network(kSwitch);
    b.address("sw:br0", "192.0.2.9/24");
    return b;
  }
  Lab lab{built()};
};

TEST_F(BridgeHost, aPingToTheBridgeItselfGoesUpItsOwnStack) {
  const ProcessId p = lab.start("h1", ping("192.0.2.9"));
  lab.run("2s");
  EXPECT_EQ(lab.exitCode("h1", p), 0) << lab.printed("h1");
  EXPECT_EQ(lab.count("sw", "bridge.for_us"), 1u);
  EXPECT_EQ(lab.count("sw", "icmp.echo_answered"), 1u);
}

TEST_F(BridgeHost, aBroadcastIsBothFloodedAndHeard) {
  lab.inject("sw:p1", arpFrame(kAll, arp::kRequest, kA, "192.0.2.7", "192.0.2.9"));
  lab.run("1ms");
  EXPECT_EQ(lab.keys("sw", "bridge."), "bridge.learned bridge.flooded_group bridge.forwarded");
  EXPECT_EQ(lab.count("sw", "arp.request_for_us"), 1u);
  EXPECT_EQ(lab.sent("sw:p1").size(), 1u);
}

TEST_F(BridgeHost, whatTheBridgeSendsItselfIsFloodedOrForwarded) {
  const ProcessId p = lab.start("sw", ping("192.0.2.3"));
  lab.run("2s");
  EXPECT_EQ(lab.exitCode("sw", p), 0) << lab.printed("sw");
  EXPECT_EQ(lab.keys("sw", "bridge."),
            "bridge.flooded_group bridge.learned bridge.for_us bridge.forwarded bridge.for_us");
}

TEST(BridgeRouter, aDatagramRoutedIntoTheBridgeContinuesTheOneThatArrived) {
  Builder b = network(std::string(kSwitch) + "\n host far eth0 198.51.100.2/24\n link far:eth0 sw:up");
  b.address("sw:br0", "192.0.2.9/24").address("sw:up", "198.51.100.1/24");
  DeviceConfig& sw = b.named("sw");
  sw.knobs.forwarding = true;
  const InterfaceId up = *sw.interfaceNamed("up"), br = *sw.interfaceNamed("br0");
  sw.interfaces[up.value].master = InterfaceId{};
  std::erase(sw.interfaces[br.value].bridge->ports, up);
  b.route("far", "default", "198.51.100.1");
  Lab routed(b);
  routed.input("sw", EditNeighbour{EditNeighbour::What::Set, br, address("192.0.2.1"), routed.macOf("h1:eth0"), arp::Nud::Permanent});
  routed.start("far", ping("192.0.2.1"));
  routed.run("1ms");
  const auto forwarded = std::find_if(routed.tapped.begin(), routed.tapped.end(), [&](const auto& one) {
    return one.first.port != up && !isPass(one.first.fate) && isIp(one.second) && routed.journal.read(one.first.id.event).device == routed.device("sw");
  });
  ASSERT_NE(forwarded, routed.tapped.end());
  EXPECT_TRUE(forwarded->first.continuesArrival);
  for (const auto& [what, bytes] : routed.tapped)
    EXPECT_EQ(routed.journal.frame(what.id).toVector(), bytes);
}

TEST(BridgeMedia, aShortFrameIsPaddedOnEthernetOnly) {
  Lab lab(R"(
    bridge sw
    host h1 eth0 192.0.2.1/24
    host h2 eth0 192.0.2.2/24
    host h3 eth0 192.0.2.3/24
    link h1:eth0 sw:p1 veth
    link h2:eth0 sw:p2 veth
    link h3:eth0 sw:p3)");
  lab.start("h1", ping("192.0.2.77"));
  lab.run("1ms");
  EXPECT_EQ(lab.sent("h1:eth0").at(0).size(), 42u);
  EXPECT_EQ(lab.sent("sw:p2").at(0).size(), 42u);
  EXPECT_EQ(lab.sent("sw:p3").at(0).size(), 60u);
  for (const auto& [what, bytes] : lab.tapped)
    EXPECT_EQ(lab.journal.frame(what.id).toVector(), bytes);
}

TEST(BridgeState, theTableIsBoundedAndTheStalestMakesRoom) {
  bridge::State state;
  const bridge::Config config{seconds(300), {InterfaceId{1}, InterfaceId{2}}, {}, {}};
  Decisions decisions;
  RandomStream random(1, 1);
  const bridge::Ports ports{nullptr, [](const void*, InterfaceId) { return true; }, kB};
  bridge::Verdict verdict;
  for (std::uint32_t i = 0; i <= bridge::kMaxEntries; ++i) {
    decisions.clear();
    verdict.clear();
    const Env env{Time{} + nanoseconds(i), i, random, decisions};
    bridge::receive(state, config, env, InterfaceId{1}, {kAll, {0x020000000000u + i}, 0x800}, ports, verdict);
  }
  EXPECT_EQ(state.entries.size(), bridge::kMaxEntries);
  EXPECT_EQ(state.find({0x020000000000u}), nullptr);
  EXPECT_NE(state.find({0x020000000001u}), nullptr);
}

}  // namespace
}  // namespace hw::test
