// Trouble on purpose in front of an interface (tc-netem(8)).
#include <gtest/gtest.h>

#include <algorithm>

#include "tests/core/sim/lab.h"

namespace hw::test {
namespace {

/// What befalls `count` frames that leave one after the other, a microsecond apart.
std::vector<Impairment> impaired(const Netem& netem, int count, std::uint64_t seed = 1) {
  NetemState state;
  RandomStream random(seed, 7);
  std::vector<Impairment> all;
  for (int i = 0; i < count; ++i) all.push_back(impair(netem, state, random, Time{} + microseconds(i), 100, false));
  return all;
}

template <class Is> long countOf(const std::vector<Impairment>& all, Is is) { return std::count_if(all.begin(), all.end(), is); }

TEST(Netem, drawsNothingWhereNothingIsAsked) {
  NetemState state;
  RandomStream random(1, 7);
  const RandomStream before = random;
  Netem netem;
  netem.delay = milliseconds(10);
  EXPECT_EQ(impair(netem, state, random, Time{}, 100, false).delay, milliseconds(10));
  EXPECT_EQ(random, before);
}

TEST(Netem, jitterSpreadsTheDelayEvenlyAndNeverBelowZero) {
  Netem netem;
  netem.delay = milliseconds(3);
  netem.jitter = milliseconds(5);
  netem.limit = 100'000;
  const auto all = impaired(netem, 8000);
  for (const Impairment& one : all) EXPECT_TRUE(one.delay >= Duration{} && one.delay < milliseconds(8));
  EXPECT_NEAR(static_cast<double>(countOf(all, [](const Impairment& o) { return o.delay.ns == 0; })), 1600, 150);
  EXPECT_NEAR(static_cast<double>(countOf(all, [](const Impairment& o) { return o.delay > milliseconds(6); })), 1600, 150);
}

TEST(Netem, chancesAreThoseThatWereAsked) {
  Netem netem;
  netem.lossPpm = 200'000;
  netem.duplicatePpm = 100'000;
  netem.corruptPpm = 50'000;
  const auto all = impaired(netem, 10'000);
  // A frame that is to be doubled and lost goes once, as on Linux.
  EXPECT_NEAR(static_cast<double>(countOf(all, [](const Impairment& o) { return o.what == Impairment::What::Lost; })), 1800, 150);
  EXPECT_NEAR(static_cast<double>(countOf(all, [](const Impairment& o) { return o.twice; })), 800, 100);
  EXPECT_NEAR(static_cast<double>(countOf(all, [](const Impairment& o) { return o.flipped.has_value(); })), 410, 80);
}

TEST(Netem, aGapLetsEveryFifthFrameOvertake) {
  Netem netem;
  netem.delay = milliseconds(10);
  netem.gap = 5;
  netem.reorderPpm = 1'000'000;
  const auto all = impaired(netem, 20);
  for (std::size_t i = 0; i < all.size(); ++i) EXPECT_EQ(all[i].reordered, i % 5 == 4) << i;
}

TEST(Netem, holdsNoMoreFramesThanItsLimit) {
  Netem netem;
  netem.delay = microseconds(100);
  netem.limit = 3;
  NetemState state;
  RandomStream random(1, 7);
  const auto at = [&](int us) { return impair(netem, state, random, Time{} + microseconds(us), 100, false).what; };
  for (int i = 0; i < 3; ++i) EXPECT_EQ(at(i), Impairment::What::Passes);
  EXPECT_EQ(at(50), Impairment::What::Full);
  EXPECT_EQ(at(100), Impairment::What::Passes);  // the first has gone
}

Lab pair(const Netem& netem, std::uint64_t seed = 1) {
  Lab lab(R"(
    host h1 eth0 192.0.2.1/24
    host h2 eth0 192.0.2.2/24
    link h1:eth0 h2:eth0)", seed);
  DeviceConfig config = lab.config("h1");
  config.interfaces[1].netem = netem;
  lab.reconfigure("h1", config);
  return lab;
}

process::Ping pings(std::uint64_t count, std::int64_t intervalMs = 100) {
  process::Ping one = ping("192.0.2.2", count);
  one.options.interval = milliseconds(intervalMs);
  return one;
}

TEST(NetemRules, aDelayIsAddedAndTold) {
  Netem netem;
  netem.delay = milliseconds(10);
  Lab lab = pair(netem);
  lab.start("h1", pings(1));
  lab.run("1s");
  // The question of ARP and the ping, 10 ms each; h2 answers at once.
  EXPECT_NE(lab.printed("h1").find("time=20.0 ms"), std::string::npos) << lab.printed("h1");
  EXPECT_EQ(lab.decisions("h1", "link.netem").substr(0, 54), "0 link.netem_delayed port=eth0 delay=10 ms\n10 link.net");
}

TEST(NetemRules, aLostFrameNeverEntersTheCable) {
  Netem netem;
  netem.lossPpm = 1'000'000;
  Lab lab = pair(netem);
  lab.start("h1", pings(1));
  lab.run("5s");
  EXPECT_EQ(lab.decisions("h2", ""), "");
  EXPECT_EQ(lab.decisions("h1", "link.").substr(0, 43), "0 link.netem_lost port=eth0 ppm=1000000\n102");
  EXPECT_EQ(lab.tapped.front().first.fate, Fate::Discarded);
}

TEST(NetemRules, aDoubledFrameArrivesTwice) {
  Netem netem;
  netem.duplicatePpm = 1'000'000;
  Lab lab = pair(netem);
  lab.start("h1", pings(2));
  lab.run("1s");
  EXPECT_NE(lab.printed("h1").find("(DUP!)"), std::string::npos) << lab.printed("h1");
  EXPECT_EQ(lab.count("h2", "icmp.echo_answered"), 4u);
  EXPECT_EQ(lab.count("h1", "link.netem_duplicated"), 3u);  // the question of ARP and two pings; the copies are not doubled again
}

TEST(NetemRules, aTurnedBitIsFoundByAChecksum) {
  Netem netem;
  netem.corruptPpm = 1'000'000;
  std::size_t answered = 0, noticed = 0;
  for (std::uint64_t seed = 1; seed <= 20; ++seed) {
    Lab lab = pair({}, seed);
    lab.start("h1", pings(1));
    lab.run("100ms");  // the addresses are known now
    DeviceConfig config = lab.config("h1");
    config.interfaces[1].netem = netem;
    lab.reconfigure("h1", config);
    lab.start("h1", pings(1));
    lab.run("100ms");
    EXPECT_EQ(lab.count("h1", "link.netem_corrupted"), 1u);
    answered += lab.count("h2", "icmp.echo_answered") - 1;
    noticed += lab.count("h2", "icmp.bad_checksum");
  }
  // A bit of the Ethernet source address harms nobody.
  EXPECT_LT(answered, 5u);
  EXPECT_GT(noticed, 5u);
}

TEST(NetemRules, framesOvertakeEachOther) {
  Netem netem;
  netem.delay = milliseconds(50);
  netem.gap = 3;
  netem.reorderPpm = 1'000'000;
  Lab lab = pair(netem);
  lab.input("h1", EditNeighbour{EditNeighbour::What::Set, {1}, address("192.0.2.2"), lab.macOf("h2:eth0"), arp::Nud::Permanent});
  lab.start("h1", pings(3, 10));
  lab.run("1s");
  const std::string text = lab.printed("h1");
  EXPECT_LT(text.find("icmp_seq=3"), text.find("icmp_seq=1")) << text;
  EXPECT_EQ(lab.count("h1", "link.netem_reordered"), 1u);
}

TEST(NetemRules, aFullQueueDropsTheNewestFrame) {
  Netem netem;
  netem.delay = milliseconds(500);
  netem.limit = 2;
  Lab lab = pair(netem);
  lab.input("h1", EditNeighbour{EditNeighbour::What::Set, {1}, address("192.0.2.2"), lab.macOf("h2:eth0"), arp::Nud::Permanent});
  lab.start("h1", pings(4, 10));
  lab.run("2s");
  EXPECT_EQ(lab.decisions("h1", "link.netem_full"), "20 link.netem_full port=eth0 frames=2\n30 link.netem_full port=eth0 frames=2\n");
  EXPECT_EQ(lab.count("h2", "icmp.echo_answered"), 2u);
}

}  // namespace
}  // namespace hw::test
