// Asking for neighbours: queue, repetition, failure, probation, ageing.
#include <gtest/gtest.h>

#include "tests/core/sim/frames.h"
#include "tests/core/sim/lab.h"

namespace hw::test {
namespace {

constexpr const char* kPair = R"(
  host h1 eth0 192.0.2.1/24
  host h2 eth0 192.0.2.2/24
  link h1:eth0 h2:eth0)";

/// h2 can fall silent without h1's cable losing its carrier.
constexpr const char* kThroughAHub = R"(
  host h1 eth0 192.0.2.1/24
  hub x
  host h2 eth0 192.0.2.2/24
  link h1:eth0 x:1
  link x:2 h2:eth0)";

arp::Nud stateOf(const Lab& lab) { return lab.neighbour("h1:eth0", "192.0.2.2")->state; }

EditNeighbour entry(MacAddress mac, arp::Nud nud) {
  return {EditNeighbour::What::Set, {1}, address("192.0.2.2"), mac, nud};
}

TEST(Resolution, aPacketWaitsForTheAnswerAndThenLeaves) {
  Lab lab(kPair);
  lab.start("h1", ping("192.0.2.2"));
  lab.run("100ms");
  EXPECT_EQ(lab.decisions("h1", "arp."),
            "0 arp.resolution_started ip=192.0.2.2 port=eth0\n"
            "0 arp.queued ip=192.0.2.2 waiting=1\n"
            "0 arp.reply_learned ip=192.0.2.2 mac=02:00:00:02:00:01 waiting=1\n");
  EXPECT_EQ(lab.decisions("h2", "arp."),
            "0 arp.sender_learned ip=192.0.2.1 mac=02:00:00:01:00:01\n"
            "0 arp.request_for_us asker=192.0.2.1 ip=192.0.2.2 mac=02:00:00:02:00:01\n"
            "0 arp.cache_used_stale ip=192.0.2.1 mac=02:00:00:01:00:01 delay=5 s\n");
  EXPECT_EQ(stateOf(lab), arp::Nud::Reachable);
}

TEST(Resolution, theWaitingPacketRemembersWhenItWasMade) {
  Lab lab(kPair);
  lab.start("h1", ping("192.0.2.2"));
  lab.run("100ms");
  const auto& sent = lab.tapped;
  const auto echo = std::find_if(sent.begin(), sent.end(), [](const auto& one) { return isIp(one.second); });
  ASSERT_NE(echo, sent.end());
  EXPECT_EQ(echo->first.waitedSince, 0u);
}

TEST(Resolution, threeQuestionsASecondApartThenAllThatWaitFails) {
  Lab lab(kThroughAHub);
  lab.cable("h2:eth0", [](LinkConfig& c) { c.up = false; });
  lab.start("h1", ping("192.0.2.2", 2));
  lab.run("5s");
  EXPECT_EQ(lab.decisions("h1", "arp.re"),
            "0 arp.resolution_started ip=192.0.2.2 port=eth0\n"
            "1020 arp.request_repeated ip=192.0.2.2 wait=1 s number=2 limit=3\n"
            "2040 arp.request_repeated ip=192.0.2.2 wait=1 s number=3 limit=3\n"
            "3060 arp.resolution_failed ip=192.0.2.2 asked=3 waiting=2\n");
  EXPECT_EQ(stateOf(lab), arp::Nud::Failed);
  EXPECT_NE(lab.printed("h1").find("From 192.0.2.1 icmp_seq=2 Destination Host Unreachable"),
            std::string::npos) << lab.printed("h1");
}

TEST(Resolution, afterAFailureTheNextPacketAsksAgain) {
  Lab lab(kThroughAHub);
  lab.cable("h2:eth0", [](LinkConfig& c) { c.up = false; });
  lab.start("h1", ping("192.0.2.2"));
  lab.run("4s");
  lab.cable("h2:eth0", [](LinkConfig& c) { c.up = true; });
  lab.start("h1", ping("192.0.2.2"));
  lab.run("1s");
  EXPECT_EQ(lab.count("h1", "arp.resolution_started"), 2u);
  EXPECT_EQ(stateOf(lab), arp::Nud::Reachable);
}

TEST(Resolution, tooManyWaitingPacketsPushTheOldestOut) {
  Builder b = network(kThroughAHub);
  b.named("h1").knobs.arp.queueBytes = 2 * (14 + 20 + 8 + 500 + arp::kQueueOverhead);
  Lab lab(b);
  lab.cable("h2:eth0", [](LinkConfig& c) { c.up = false; });
  process::UdpSend send;
  send.options.target = address("192.0.2.2");
  send.options.port = 9;
  send.options.sizes = {500, 500, 500};
  lab.start("h1", send);
  EXPECT_EQ(lab.decisions("h1", "arp.queue"),
            "0 arp.queued ip=192.0.2.2 waiting=1\n"
            "0 arp.queued ip=192.0.2.2 waiting=2\n"
            "0 arp.queue_full ip=192.0.2.2\n"
            "0 arp.queued ip=192.0.2.2 waiting=2\n");
}

TEST(Resolution, anOldEntryIsUsedAndCheckedFiveSecondsLater) {
  Lab lab(kPair);
  process::UdpServe silent;
  silent.options.port = 9;
  lab.start("h2", silent);
  lab.input("h1", entry(lab.macOf("h2:eth0"), arp::Nud::Stale));
  process::UdpSend send;
  send.options.target = address("192.0.2.2");
  send.options.port = 9;
  send.options.sizes = {10};
  lab.start("h1", send);
  EXPECT_EQ(stateOf(lab), arp::Nud::Delay);
  lab.run("6s");
  EXPECT_EQ(lab.decisions("h1", "arp."),
            "0 arp.cache_used_stale ip=192.0.2.2 mac=02:00:00:02:00:01 delay=5 s\n"
            "5100 arp.unconfirmed ip=192.0.2.2 delay=5 s\n"
            "5100 arp.probe_sent ip=192.0.2.2 mac=02:00:00:02:00:01 number=1 limit=3\n"
            "5100 arp.reply_confirmed ip=192.0.2.2 mac=02:00:00:02:00:01\n");
  EXPECT_EQ(stateOf(lab), arp::Nud::Reachable);
}

TEST(Resolution, theCheckOfAnOldEntryGoesToItsOwnerOnly) {
  // The answering host has the asker's address from the question only, so it asks back.
  Lab lab(kPair);
  lab.start("h1", ping("192.0.2.2"));
  lab.run("6s");
  const auto sent = lab.sent("h2:eth0");
  ASSERT_EQ(sent.size(), 3u) << "ARP reply, echo reply, ARP request";
  EXPECT_EQ(load<ethernet::Header>(sent[2].data()).destination, lab.macOf("h1:eth0"));
  EXPECT_EQ(arpOf(sent[2]).opcode, arp::kRequest);
}

TEST(Resolution, threeProbesWithoutAnAnswerGiveTheEntryUp) {
  Lab lab(kThroughAHub);
  lab.input("h1", entry(lab.macOf("h2:eth0"), arp::Nud::Stale));
  lab.cable("h2:eth0", [](LinkConfig& c) { c.up = false; });
  lab.start("h1", ping("192.0.2.2"));
  lab.run("20s");
  EXPECT_EQ(lab.decisions("h1", "arp.p"),
            "5100 arp.probe_sent ip=192.0.2.2 mac=02:00:00:03:00:01 number=1 limit=3\n"
            "6120 arp.probe_sent ip=192.0.2.2 mac=02:00:00:03:00:01 number=2 limit=3\n"
            "7140 arp.probe_sent ip=192.0.2.2 mac=02:00:00:03:00:01 number=3 limit=3\n"
            "8160 arp.probe_failed ip=192.0.2.2 asked=3\n");
  EXPECT_EQ(stateOf(lab), arp::Nud::Failed);
}

TEST(Resolution, whatAProgramHearsConfirmsTheEntryInTime) {
  Lab lab(kPair);
  lab.input("h1", entry(lab.macOf("h2:eth0"), arp::Nud::Stale));
  lab.start("h1", ping("192.0.2.2", 4));
  lab.run("8s");
  EXPECT_EQ(lab.count("h1", "arp.confirmed_by_above"), 3u);
  EXPECT_EQ(lab.count("h1", "arp.confirmed_in_time"), 1u);
  EXPECT_EQ(lab.count("h1", "arp.probe_sent"), 0u);
  EXPECT_EQ(stateOf(lab), arp::Nud::Reachable);
}

TEST(Resolution, anEntryThatNothingConfirmsBecomesStaleAndStays) {
  Lab lab(kPair);
  lab.start("h1", ping("192.0.2.2"));
  lab.run("50s");
  EXPECT_EQ(lab.keys("h1", "arp.became"), "arp.became_stale");
  EXPECT_EQ(stateOf(lab), arp::Nud::Stale);
  EXPECT_GE(lab.state("h1").arp.reachableTime, seconds(15));
  EXPECT_LE(lab.state("h1").arp.reachableTime, seconds(45));
}

TEST(Resolution, anEntryInUseGoesToDelayWhenItsTimeIsOver) {
  Builder b = network(kPair);
  b.named("h1").knobs.arp.baseReachable = seconds(4);
  Lab lab(b);
  process::UdpSend send;
  send.options.target = address("192.0.2.2");
  send.options.port = 9;
  send.options.sizes = {10};
  send.options.count = 30;
  send.options.gap = milliseconds(500);
  lab.start("h1", send);
  lab.run("14s");
  EXPECT_EQ(lab.count("h1", "arp.became_stale"), 0u);
  EXPECT_GE(lab.count("h1", "arp.unconfirmed"), 1u) << lab.decisions("h1", "arp.");
}

TEST(Resolution, aPermanentEntryIsNeverAskedForNorChanged) {
  Lab lab(kPair);
  const MacAddress wrong = mac("02:aa:aa:aa:aa:aa");
  lab.input("h1", entry(wrong, arp::Nud::Permanent));
  lab.start("h1", ping("192.0.2.2"));
  lab.start("h2", ping("192.0.2.1"));
  lab.run("60s");
  EXPECT_EQ(lab.neighbour("h1:eth0", "192.0.2.2")->mac, wrong);
  EXPECT_EQ(lab.count("h1", "arp.cache_hit"), lab.count("h1", "ipv4.sent"));
}

TEST(Resolution, anEntrySetByHandReleasesWhatWaits) {
  Lab lab(kThroughAHub);
  lab.cable("h2:eth0", [](LinkConfig& c) { c.up = false; });
  lab.start("h1", ping("192.0.2.2"));
  lab.run("100ms");
  lab.input("h1", entry(lab.macOf("h2:eth0"), arp::Nud::Permanent));
  EXPECT_EQ(ipOnly(lab.sent("h1:eth0")).size(), 1u);
}

TEST(Resolution, flushingForgetsAllButPermanentEntries) {
  Lab lab(kPair);
  lab.start("h1", ping("192.0.2.2"));
  lab.run("100ms");
  lab.input("h1", EditNeighbour{EditNeighbour::What::Set, {1}, address("192.0.2.9"), mac("02:00:00:00:00:99"), arp::Nud::Permanent});
  lab.input("h1", EditNeighbour{EditNeighbour::What::Flush, {1}, {}, {}, {}});
  ASSERT_EQ(lab.state("h1").arp.entries.size(), 1u);
  EXPECT_EQ(lab.state("h1").arp.entries[0].state, arp::Nud::Permanent);
  lab.input("h1", EditNeighbour{EditNeighbour::What::Remove, {1}, address("192.0.2.9"), {}, {}});
  EXPECT_TRUE(lab.state("h1").arp.entries.empty());
}

TEST(Resolution, packetsThatWaitForADeletedEntryAreDroppedWithAReason) {
  const std::string forgotten = "arp.queue_forgotten ip=192.0.2.2 waiting=1\n";
  const auto whatHappensAfter = [](const std::function<void(Lab&)>& change) {
    Lab lab(kThroughAHub);
    lab.cable("h2:eth0", [](LinkConfig& c) { c.up = false; });
    lab.start("h1", ping("192.0.2.2"));
    lab.run("100ms");
    change(lab);
    const std::string decided = lab.decisions("h1", "arp.queue_f");
    return decided.empty() ? decided : decided.substr(decided.find(' ') + 1);
  };
  const EditNeighbour flush{EditNeighbour::What::Flush, {1}, {}, {}, {}};
  const EditNeighbour remove{EditNeighbour::What::Remove, {1}, address("192.0.2.2"), {}, {}};
  EXPECT_EQ(whatHappensAfter([&](Lab& lab) { lab.input("h1", flush); }), forgotten);
  EXPECT_EQ(whatHappensAfter([&](Lab& lab) { lab.input("h1", remove); }), forgotten);
  EXPECT_EQ(whatHappensAfter([](Lab& lab) { lab.cable("h1:eth0", [](LinkConfig& c) { c.up = false; }); }), forgotten);
  EXPECT_EQ(whatHappensAfter([](Lab& lab) {
    DeviceConfig config = lab.config("h1");
    config.interfaces[1].up = false;
    lab.reconfigure("h1", config);
  }), forgotten);
}

TEST(Resolution, theTableIsBoundedAndLosesTheEntryUsedLongestAgo) {
  Lab lab("host h1 eth0 10.0.0.1/16\n host h2 eth0 10.0.0.2/16\n link h1:eth0 h2:eth0");
  process::UdpSend send;
  send.options.port = 9;
  send.options.sizes = {1};
  send.options.quiet = true;
  for (std::uint32_t i = 0; i < arp::kMaxEntries + 5; ++i) {
    send.options.target = Ipv4Address{address("10.0.1.0").value + i};
    lab.start("h1", send);
    lab.run("1us");
  }
  EXPECT_EQ(lab.state("h1").arp.entries.size(), arp::kMaxEntries);
  EXPECT_EQ(lab.neighbour("h1:eth0", "10.0.1.0"), nullptr);
  EXPECT_NE(lab.neighbour("h1:eth0", "10.0.5.4"), nullptr);
}

TEST(SetByHand, aNeighbourLetsGoOfWhatWaitedForIt) {
  Lab lab(R"(
    host h1 eth0 192.0.2.1/24
    host h2 eth0 192.0.2.2/24
    link h1:eth0 h2:eth0)");
  lab.start("h1", ping("192.0.2.99"));
  lab.run("1ms");
  lab.input("h1", EditNeighbour{EditNeighbour::What::Set, {1}, address("192.0.2.99"), mac("02:00:00:00:00:99"), arp::Nud::Permanent});
  EXPECT_EQ(lab.count("h1", "arp.set_by_hand"), 1u);
  EXPECT_TRUE(isIp(lab.sent("h1:eth0").back()));
}

}  // namespace
}  // namespace hw::test
