// Neighbour discovery: the states of an entry, answers, checks; duplicate address detection.
#include <gtest/gtest.h>

#include "tests/core/proto/ipv6/six_lab.h"

namespace hw::test {
namespace {

using nd::Nud;

constexpr const char* kAsker = "2001:db8:1::1";
constexpr const char* kAsked = "2001:db8:1::ff";
const MacAddress kElsewhere{0x0200000000EE};

TEST(Nd, aPacketWaitsForTheAdvertisement) {
  SixLab lab;
  EXPECT_EQ(lab.pings("h1", pingSix(kAsked), "100ms"), 0);
  EXPECT_EQ(lab.keys("h1", "nd.re"), "nd.resolution_started");
  EXPECT_EQ(lab.count("h1", "nd.queued"), 1u);
  EXPECT_NE(lab.decisions("h1", "nd.advertisement_learned").find("neighbour=2001:db8:1::ff"), std::string::npos);
  EXPECT_EQ(lab.nud("h1:eth0", kAsked), Nud::Reachable);
  EXPECT_TRUE(lab.neighbourSix("h1:eth0", kAsked)->router);
  // Who asked is known, but not proved to be there.
  EXPECT_EQ(lab.nud("r1:eth0", kAsker), Nud::Delay);
  EXPECT_EQ(lab.count("r1", "nd.sender_learned"), 1u);
  EXPECT_EQ(lab.count("r1", "nd.cache_used_stale"), 1u);
}

TEST(Nd, anUnconfirmedNeighbourIsCheckedAfterFiveSeconds) {
  SixLab lab;
  lab.pings("h1", pingSix(kAsked), "7s");
  EXPECT_EQ(lab.nud("r1:eth0", kAsker), Nud::Reachable);
  EXPECT_EQ(lab.count("r1", "nd.unconfirmed"), 1u);
  EXPECT_EQ(lab.count("r1", "nd.probe_sent"), 1u);
  EXPECT_EQ(lab.count("r1", "nd.advertisement_confirmed"), 1u);
}

TEST(Nd, nobodyThereIsToldAfterThreeQuestions) {
  SixLab lab;
  process::Ping absent = pingSix("2001:db8:1::9");
  absent.options.linger = seconds(5);
  EXPECT_EQ(lab.pings("h1", absent), 1);
  EXPECT_NE(lab.printed("h1").find("From 2001:db8:1::1 icmp_seq=1 Destination unreachable: Address unreachable"), std::string::npos)
      << lab.printed("h1");
  EXPECT_EQ(lab.count("h1", "nd.solicitation_repeated"), 2u);
  EXPECT_EQ(lab.count("h1", "nd.resolution_failed"), 1u);
  EXPECT_EQ(lab.nud("h1:eth0", "2001:db8:1::9"), Nud::Failed);
}

TEST(Nd, aNeighbourThatFellSilentFailsItsProbes) {
  SixLab lab;
  lab.pings("h1", pingSix(kAsked), "100ms");
  lab.cable("h1:eth0", [](LinkConfig& c) { c.lossPpm = 1'000'000; });
  lab.run("12s");
  EXPECT_EQ(lab.count("r1", "nd.probe_failed"), 1u);
  EXPECT_EQ(lab.nud("r1:eth0", kAsker), Nud::Failed);
}

TEST(Nd, anEntryAgesAndProgramsConfirmIt) {
  SixLab lab;
  process::Ping many = pingSix(kAsked, 70);
  lab.pings("h1", many, "71s");
  EXPECT_GE(lab.count("h1", "nd.confirmed_by_above"), 60u);
  EXPECT_EQ(lab.decisions("h1", "nd.probe_sent").find("neighbour=2001:db8:1::ff"), std::string::npos);
  lab.run("100s");
  EXPECT_NE(lab.decisions("h1", "nd.became_stale").find("neighbour=2001:db8:1::ff"), std::string::npos);
  EXPECT_EQ(lab.nud("h1:eth0", kAsked), Nud::Stale);
  lab.pings("h1", many, "10s");
  EXPECT_GE(lab.count("h1", "nd.confirmed_in_time"), 1u);
}

TEST(Nd, theQueueOfANeighbourIsBounded) {
  SixLab lab;
  process::Ping large = pingSix("2001:db8:1::9", 4, 60000);
  large.options.interval = milliseconds(100);
  lab.pings("h1", large, "1s");
  EXPECT_GT(lab.count("h1", "nd.queue_full"), 0u);
  lab.input("h1", EditNeighbourSix{EditNeighbour::What::Flush, InterfaceId{1}, {}, {}, {}});
  EXPECT_EQ(lab.count("h1", "nd.queue_forgotten"), 1u);
}

TEST(Nd, anEntrySetByHandLetsPacketsGo) {
  SixLab lab;
  lab.pings("h1", pingSix(kAsked), "1ns");
  lab.input("h1", EditNeighbourSix{EditNeighbour::What::Set, InterfaceId{1}, six(kAsked), lab.macOf("r1:eth0"), Nud::Permanent});
  EXPECT_EQ(lab.count("h1", "nd.set_by_hand"), 1u);
  lab.run("1s");
  EXPECT_EQ(lab.nud("h1:eth0", kAsked), Nud::Permanent);
  lab.input("h1", EditNeighbourSix{EditNeighbour::What::Remove, InterfaceId{1}, six(kAsked), {}, {}});
  EXPECT_EQ(lab.neighbourSix("h1:eth0", kAsked), nullptr);
}

struct Heard : testing::Test {
  SixLab lab;
  Heard() { lab.pings("h1", pingSix(kAsked), "100ms"); }

  void advertise(const char* target, MacAddress mac, bool solicited, bool overrides, std::uint8_t hopLimit = nd::kHopLimit) {
    nd::Message message;
    message.type = icmp6::kNeighbourAdvertisement;
    message.solicited = solicited;
    message.overrides = overrides;
    message.target = six(target);
    lab.hearAtHost(sixHeader(target, kAsker, ipv6::kIcmp, hopLimit), neighbourMessage(target, kAsker, message, nd::kTargetAddress, mac));
  }
  void solicit(const char* from, const char* target, MacAddress mac) {
    nd::Message message;
    message.type = icmp6::kNeighbourSolicitation;
    message.target = six(target);
    const std::string to = six(target).solicitedNode().text();
    lab.hearAtHost(sixHeader(from, to.c_str(), ipv6::kIcmp, nd::kHopLimit),
                   neighbourMessage(from, to.c_str(), message, nd::kSourceAddress, mac), six(target).solicitedNode().groupMac());
  }
};

TEST_F(Heard, anAdvertisementReplacesOnlyIfItSaysSo) {
  advertise(kAsked, kElsewhere, true, false);
  EXPECT_EQ(lab.count("h1", "nd.advertisement_ignored"), 1u);
  EXPECT_EQ(lab.nud("h1:eth0", kAsked), Nud::Stale);
  advertise(kAsked, kElsewhere, true, true);
  EXPECT_EQ(lab.count("h1", "nd.sender_moved"), 1u);
  EXPECT_EQ(lab.neighbourSix("h1:eth0", kAsked)->mac, kElsewhere);
  advertise("2001:db8:1::77", kElsewhere, true, true);
  EXPECT_EQ(lab.count("h1", "nd.advertisement_unknown"), 1u);
}

TEST_F(Heard, messagesFromBeyondTheLinkAreNotBelieved) {
  advertise(kAsked, kElsewhere, true, true, 64);
  EXPECT_EQ(lab.count("h1", "nd.malformed"), 1u);
  EXPECT_NE(lab.neighbourSix("h1:eth0", kAsked)->mac, kElsewhere);
}

TEST_F(Heard, aSolicitationTeachesWhereItsSenderIs) {
  solicit("2001:db8:1::77", kAsker, kElsewhere);
  EXPECT_EQ(lab.count("h1", "nd.sender_learned"), 1u);
  solicit("2001:db8:1::77", kAsker, kElsewhere);
  EXPECT_EQ(lab.count("h1", "nd.sender_refreshed"), 1u);
  solicit("2001:db8:1::77", kAsker, MacAddress{0x0200000000EF});
  EXPECT_EQ(lab.count("h1", "nd.sender_moved"), 1u);
  EXPECT_EQ(lab.count("h1", "nd.solicitation_answered"), 3u);
  solicit("2001:db8:1::77", "2001:db8:5::1", kElsewhere);  // the same group, another address
  EXPECT_EQ(lab.count("h1", "nd.solicitation_not_for_us"), 1u);
}

TEST(DuplicateAddress, theLinkIsAskedBeforeAnAddressIsUsed) {
  SixLab lab(true);
  EXPECT_EQ(lab.count("h1", "nd.duplicate_check_begins"), 2u);
  EXPECT_FALSE(lab.state("h1").six->addresses.own(six(kAsker)));
  lab.run("3s");
  EXPECT_EQ(lab.count("h1", "nd.duplicate_probe_sent"), 2u);
  EXPECT_EQ(lab.count("h1", "nd.address_valid"), 2u);
  EXPECT_TRUE(lab.state("h1").six->addresses.own(six(kAsker)));
}

TEST(DuplicateAddress, whoHasItSaysSoAndItStaysUnused) {
  SixLab lab;
  DeviceConfig device = lab.config("r1");
  device.interfaces[1].six->addresses.push_back({*Ipv6Prefix::parse("2001:db8:1::1/64"), true});
  lab.reconfigure("r1", device);
  lab.run("3s");
  EXPECT_EQ(lab.count("h1", "nd.duplicate_probe_answered"), 1u);
  EXPECT_NE(lab.decisions("r1", "nd.address_duplicate").find("address=2001:db8:1::1 mac=02:00:00:01:00:01"), std::string::npos);
  EXPECT_FALSE(lab.state("r1").six->addresses.own(six(kAsker)));
  EXPECT_EQ(lab.pings("h1", pingSix(kAsked)), 0);
}

TEST(DuplicateAddress, anAddressMayDoWithoutTheCheck) {
  SixLab lab;
  EXPECT_EQ(lab.decisions("h1", "nd.duplicate_check_begins").find("2001:db8"), std::string::npos);
  EXPECT_EQ(lab.pings("h1", pingSix("2001:db8:2::2")), 0);
}

}  // namespace
}  // namespace hw::test
