// Hearing ARP: who is answered, who is learned, whose news wins (RFC 826 "Packet Reception").
#include <gtest/gtest.h>

#include "tests/core/sim/frames.h"
#include "tests/core/sim/lab.h"

namespace hw::test {
namespace {

constexpr const char* kHost = R"(
  host h1 eth0 192.0.2.1/24
  host h2 eth0 192.0.2.2/24
  link h1:eth0 h2:eth0)";

const MacAddress kAll = MacAddress::broadcast();
const MacAddress kA = mac("02:00:00:00:00:aa");
const MacAddress kB = mac("02:00:00:00:00:bb");

struct Reception : testing::Test {
  Lab lab{kHost};
  void hear(const Raw& frame) {
    lab.inject("h1:eth0", frame);
    lab.run("1ms");
  }
  void know(MacAddress at, arp::Nud nud) {
    lab.input("h1", EditNeighbour{EditNeighbour::What::Set, {1}, address("192.0.2.7"), at, nud});
  }
  const arp::Entry* seven() const { return lab.neighbour("h1:eth0", "192.0.2.7"); }
  std::string decided() const { return lab.keys("h1", "arp."); }
};

TEST_F(Reception, aQuestionForUsTeachesTheAskerAndIsAnsweredToItAlone) {
  hear(arpFrame(kAll, arp::kRequest, kA, "192.0.2.7", "192.0.2.1"));
  EXPECT_EQ(decided(), "arp.sender_learned arp.request_for_us");
  ASSERT_NE(seven(), nullptr);
  EXPECT_EQ(seven()->state, arp::Nud::Stale);
  const Raw reply = lab.sent("h1:eth0").at(0);
  EXPECT_EQ(load<ethernet::Header>(reply.data()).destination, kA);
  EXPECT_EQ(arpOf(reply).opcode, arp::kReply);
  EXPECT_EQ(arpOf(reply).senderMac, lab.macOf("h1:eth0"));
  EXPECT_EQ(arpOf(reply).targetIp, address("192.0.2.7"));
}

TEST_F(Reception, theSameAskerAgainOnlyRefreshes) {
  hear(arpFrame(kAll, arp::kRequest, kA, "192.0.2.7", "192.0.2.1"));
  hear(arpFrame(kAll, arp::kRequest, kA, "192.0.2.7", "192.0.2.1"));
  EXPECT_EQ(decided(), "arp.sender_learned arp.request_for_us arp.sender_refreshed arp.request_for_us");
}

TEST_F(Reception, anAskerThatMovedIsBelievedAtOnce) {
  hear(arpFrame(kAll, arp::kRequest, kA, "192.0.2.7", "192.0.2.1"));
  hear(arpFrame(kAll, arp::kRequest, kB, "192.0.2.7", "192.0.2.1"));
  EXPECT_EQ(lab.decisions("h1", "arp.sender_moved"),
            "1 arp.sender_moved ip=192.0.2.7 before=02:00:00:00:00:aa mac=02:00:00:00:00:bb\n");
  EXPECT_EQ(seven()->mac, kB);
}

TEST_F(Reception, aQuestionForOthersTeachesOnlyWhatIsKnownAlready) {
  hear(arpFrame(kAll, arp::kRequest, kA, "192.0.2.7", "192.0.2.8"));
  EXPECT_EQ(decided(), "arp.request_not_for_us");
  EXPECT_EQ(seven(), nullptr);
  know(kB, arp::Nud::Stale);
  lab.run("2s");
  hear(arpFrame(kAll, arp::kRequest, kA, "192.0.2.7", "192.0.2.8"));
  EXPECT_EQ(seven()->mac, kA);
}

TEST_F(Reception, aProbeForOurAddressIsAnsweredAndTeachesNothing) {
  hear(arpFrame(kAll, arp::kRequest, kA, "0.0.0.0", "192.0.2.1"));
  EXPECT_EQ(decided(), "arp.probe_for_us");
  EXPECT_TRUE(lab.state("h1").arp.entries.empty());
  EXPECT_EQ(arpOf(lab.sent("h1:eth0").at(0)).targetIp, address("0.0.0.0"));
}

TEST_F(Reception, aProbeForAnotherAddressIsIgnored) {
  hear(arpFrame(kAll, arp::kRequest, kA, "0.0.0.0", "192.0.2.9"));
  EXPECT_EQ(decided(), "arp.request_not_for_us");
  EXPECT_TRUE(lab.sent("h1:eth0").empty());
}

TEST_F(Reception, aGratuitousAnnouncementMakesNoEntry) {
  hear(arpFrame(kAll, arp::kRequest, kA, "192.0.2.7", "192.0.2.7"));
  EXPECT_EQ(lab.count("h1", "arp.reply_unknown"), 1u);
  hear(arpFrame(lab.macOf("h1:eth0"), arp::kReply, kA, "192.0.2.7", "192.0.2.1"));
  EXPECT_EQ(lab.count("h1", "arp.reply_unknown"), 2u);
  EXPECT_EQ(seven(), nullptr);
}

TEST_F(Reception, aGratuitousAnnouncementUpdatesAnEntryToStale) {
  know(kA, arp::Nud::Reachable);
  hear(arpFrame(kAll, arp::kReply, kB, "192.0.2.7", "192.0.2.7", kAll));
  EXPECT_EQ(seven()->mac, kB);
  EXPECT_EQ(seven()->state, arp::Nud::Stale);
}

TEST_F(Reception, theSecondOfTwoOwnersIsIgnoredForASecond) {
  lab.start("h1", ping("192.0.2.7"));
  hear(arpFrame(lab.macOf("h1:eth0"), arp::kReply, kA, "192.0.2.7", "192.0.2.1"));
  hear(arpFrame(lab.macOf("h1:eth0"), arp::kReply, kB, "192.0.2.7", "192.0.2.1"));
  EXPECT_EQ(lab.decisions("h1", "arp.reply"),
            "0 arp.reply_learned ip=192.0.2.7 mac=02:00:00:00:00:aa waiting=1\n"
            "1 arp.reply_ignored_lock ip=192.0.2.7 mac=02:00:00:00:00:bb lock=1 s\n");
  EXPECT_EQ(seven()->mac, kA);
  lab.run("2s");
  hear(arpFrame(lab.macOf("h1:eth0"), arp::kReply, kB, "192.0.2.7", "192.0.2.1"));
  EXPECT_EQ(seven()->mac, kB);
}

TEST_F(Reception, anAnswerToUsConfirmsAnOldEntry) {
  know(kA, arp::Nud::Stale);
  lab.run("2s");
  hear(arpFrame(lab.macOf("h1:eth0"), arp::kReply, kA, "192.0.2.7", "192.0.2.1"));
  EXPECT_EQ(decided(), "arp.reply_confirmed");
  EXPECT_EQ(seven()->state, arp::Nud::Reachable);
}

TEST_F(Reception, aPermanentEntryBelievesNobody) {
  know(kA, arp::Nud::Permanent);
  lab.run("2s");
  hear(arpFrame(lab.macOf("h1:eth0"), arp::kReply, kB, "192.0.2.7", "192.0.2.1"));
  EXPECT_EQ(seven()->mac, kA);
}

TEST_F(Reception, messagesThatAreNoArpForIpv4AreDropped) {
  Raw token = arpFrame(kAll, arp::kRequest, kA, "192.0.2.7", "192.0.2.1");
  token[15] = 6;  // hardware type: token ring
  hear(token);
  hear(arpFrame(kAll, 3, kA, "192.0.2.7", "192.0.2.1"));
  hear(arpFrame(kAll, arp::kRequest, mac("01:00:5e:00:00:01"), "192.0.2.7", "192.0.2.1"));
  hear(arpFrame(kAll, arp::kRequest, kA, "224.0.0.5", "192.0.2.1"));
  hear(arpFrame(kAll, arp::kRequest, kA, "127.0.0.1", "192.0.2.1"));
  Raw cut = arpFrame(kAll, arp::kRequest, kA, "192.0.2.7", "192.0.2.1");
  cut.resize(30);
  hear(cut);
  EXPECT_EQ(decided(), "arp.malformed arp.malformed arp.malformed arp.malformed arp.malformed arp.malformed");
  EXPECT_TRUE(lab.state("h1").arp.entries.empty());
}

TEST_F(Reception, anyOwnAddressIsAnsweredForOnAnyInterface) {
  Lab two(R"(
    host h1 eth0 192.0.2.1/24 eth1 198.51.100.1/24
    host h2 eth0 192.0.2.2/24
    link h1:eth0 h2:eth0)");
  two.inject("h1:eth0", arpFrame(kAll, arp::kRequest, kA, "192.0.2.7", "198.51.100.1"));
  two.run("1ms");
  EXPECT_EQ(two.count("h1", "arp.request_for_us"), 1u);
}

}  // namespace
}  // namespace hw::test
