// Half-duplex cables and hubs in a network: who waits, who collides, what is told of it.
#include <gtest/gtest.h>

#include <map>

#include "core/explain/explain.h"
#include "tests/core/sim/lab.h"

namespace hw::test {
namespace {

process::UdpSend datagram(const char* to, std::uint32_t size, std::uint64_t count = 1) {
  process::UdpSend s;
  s.options.target = address(to);
  s.options.port = 9;
  s.options.sizes = {size};
  s.options.count = count;
  s.options.quiet = true;
  return s;
}

/// A host for each name on a hub at 10 Mbit/s, all of whom know each other.
Lab hub(const std::vector<std::string>& delays, std::uint64_t seed = 1) {
  std::string text = "hub x\n";
  for (std::size_t i = 1; i <= delays.size(); ++i) {
    const std::string n = std::to_string(i);
    text += "host h" + n + " eth0 192.0.2." + n + "/24\nlink h" + n + ":eth0 x:p" + n + " half rate 10M delay " + delays[i - 1] + "\n";
  }
  Lab lab(text, seed);
  for (std::size_t i = 1; i <= delays.size(); ++i)
    for (std::size_t j = 1; j <= delays.size(); ++j)
      if (i != j)
        lab.input("h" + std::to_string(i), EditNeighbour{EditNeighbour::What::Set, {1}, address(("192.0.2." + std::to_string(j)).c_str()),
                                                         lab.macOf("h" + std::to_string(j) + ":eth0"), arp::Nud::Permanent});
  return lab;
}

std::size_t countFates(const Lab& lab, Fate fate) {
  std::size_t count = 0;
  for (const auto& [what, bytes] : lab.tapped) count += what.fate == fate;
  return count;
}

TEST(Sharing, aFrameOnAQuietWireIsSentAtOnceAndToldWhenItsLastBitHasLeft) {
  Lab lab = hub({"2us", "3us"});
  lab.start("h1", datagram("192.0.2.2", 1000));
  EXPECT_EQ(lab.decisions("h1", "medium."), "0 medium.started port=eth0 attempt=1\n");
  ASSERT_EQ(lab.tapped.size(), 1u);
  EXPECT_EQ(lab.tapped[0].first.fate, Fate::Waiting);
  lab.run("1s");
  EXPECT_EQ(lab.keys("h1", "medium."), "medium.started medium.sent");
  const Transmission& sent = lab.tapped[1].first;
  EXPECT_EQ(sent.fate, Fate::Delivered);
  EXPECT_EQ(sent.departs, Time{});
  EXPECT_EQ(sent.waitedSince, lab.tapped[0].first.id.event);
  // 8 + 1042 + 4 bytes of 800 ns, then 2 us to the hub, which repeats bits: the last one is 3 us behind.
  EXPECT_EQ(sent.arrives, Time{} + nanoseconds(1054 * 800) + microseconds(2));
  EXPECT_EQ(lab.tapped[2].first.arrives, sent.arrives + microseconds(3));
  EXPECT_EQ(lab.count("h2", "udp.no_socket"), 1u);
}

TEST(Sharing, whoHearsACarrierWaits) {
  Lab lab = hub({"2us", "2us", "2us"});
  lab.start("h1", datagram("192.0.2.3", 1000));
  lab.run("100us");
  lab.start("h2", datagram("192.0.2.3", 1000));
  // 843.2 us of h1's frame, 4 us of way and a gap of 9.6 us, of which 100 us have gone.
  EXPECT_EQ(lab.decisions("h2", "medium."), "0 medium.deferred port=eth0 delay=756.8 us\n");
  lab.start("h2", datagram("192.0.2.3", 1000));
  EXPECT_EQ(lab.keys("h2", "medium."), "medium.deferred medium.queued");
  lab.run("1s");
  // h3 has an answer for each of them, and waits for the same gap.
  EXPECT_EQ(lab.keys("h2", "medium.").substr(0, 46), "medium.deferred medium.queued medium.started m");
  EXPECT_EQ(lab.count("h2", "medium.sent"), 2u);
  EXPECT_EQ(lab.count("h3", "udp.no_socket"), 3u);
}

TEST(Sharing, twoWhoBeginAtOnceCollideDrawAndTryAgain) {
  Lab lab = hub({"2us", "2us", "2us"});
  lab.start("h1", datagram("192.0.2.3", 1000));
  lab.start("h2", datagram("192.0.2.3", 1000));
  lab.run("1s");
  const std::string first = lab.decisions("h1", "medium.collided");
  EXPECT_NE(first.find("attempt=1"), std::string::npos);
  EXPECT_GE(lab.count("h2", "medium.collided"), 1u);
  EXPECT_EQ(lab.count("h1", "medium.sent"), 1u);
  EXPECT_EQ(lab.count("h2", "medium.sent"), 1u);
  EXPECT_EQ(lab.count("h3", "udp.no_socket"), 2u);
  EXPECT_GE(countFates(lab, Fate::Collided), 2u);
}

TEST(Sharing, whatCollidesIsToldInBothLanguages) {
  Lab lab = hub({"2us", "2us", "2us"});
  lab.start("h1", datagram("192.0.2.3", 1000));
  lab.start("h2", datagram("192.0.2.3", 1000));
  lab.run("30us");
  std::string english, chinese;
  for (std::uint64_t i = 0; i < lab.journal.size(); ++i) {
    const EventRecord record = lab.journal.read(i);
    if (record.kind != EventKind::Medium || record.sent.empty()) continue;
    const DeviceConfig& device = lab.world.device(record.device).config();
    english = explain::sentences(record.decisions, device, Language::English).front().text;
    chinese = explain::sentences(record.decisions, device, Language::Chinese).front().text;
    break;
  }
  EXPECT_EQ(english.substr(0, 74), "While it sends, eth0 hears another signal: collision 1 of this frame. It j");
  EXPECT_EQ(chinese.substr(0, chinese.find("：")), "eth0 在发送时听到另一个信号");
}

/// Everybody always has something to send.
Lab crowd(std::uint64_t seed) {
  Lab lab = hub({"2us", "5us", "3us", "2us", "9us"}, seed);
  for (int i = 1; i <= 5; ++i) lab.start("h" + std::to_string(i), datagram(i == 1 ? "192.0.2.2" : "192.0.2.1", 700, 40));
  lab.run("5s");
  return lab;
}

TEST(Sharing, aCrowdGetsThroughAndIsTheSameWhenPlayedAgain) {
  const Lab lab = crowd(3);
  std::size_t heard = lab.count("h1", "udp.no_socket") + lab.count("h2", "udp.no_socket"), gaveUp = 0;
  for (int i = 1; i <= 5; ++i) gaveUp += lab.count("h" + std::to_string(i), "medium.gave_up");
  EXPECT_EQ(heard + gaveUp, 200u);
  EXPECT_GT(countFates(lab, Fate::Collided), 40u);
  EXPECT_EQ(hashOf(crowd(3).world), hashOf(lab.world));
  EXPECT_NE(hashOf(crowd(4).world), hashOf(lab.world));
}

TEST(Sharing, aSegmentLongerThanASlotTimeHasLateCollisions) {
  Lab lab = hub({"30us", "30us", "1us"});
  lab.start("h1", datagram("192.0.2.3", 1400));
  lab.run("50us");
  lab.start("h2", datagram("192.0.2.3", 1400));
  lab.run("1s");
  EXPECT_EQ(lab.decisions("h1", "medium.late").substr(0, 64), "0 medium.late_collision port=eth0 after=110 us slot=51.2 us dela");
  EXPECT_EQ(lab.count("h3", "udp.no_socket"), 2u);
}

TEST(Sharing, thereAShortFrameIsLostAndNobodyKnows) {
  Lab lab = hub({"30us", "30us", "1us"});
  lab.start("h1", datagram("192.0.2.3", 4));
  lab.run("50us");
  lab.start("h2", datagram("192.0.2.3", 4));
  lab.run("1s");
  EXPECT_EQ(lab.keys("h1", "medium."), "medium.started medium.sent");
  EXPECT_NE(lab.keys("h3", "medium.").find("medium.garbled"), std::string::npos);
}

TEST(Sharing, inARingOfHubsNothingGetsThroughAndAfterSixteenCollisionsItIsGivenUp) {
  Lab lab(R"(
    hub x
    hub y
    host h1 eth0 192.0.2.1/24
    host h2 eth0 192.0.2.2/24
    link h1:eth0 x:p1 half rate 10M
    link h2:eth0 y:p1 half rate 10M
    link x:p2 y:p2 half rate 10M
    link x:p3 y:p3 half rate 10M)");
  lab.start("h1", ping("192.0.2.2"));
  lab.run("500ms");
  EXPECT_EQ(lab.count("h1", "medium.collided"), 15u);
  EXPECT_EQ(lab.count("h1", "medium.gave_up"), 1u);
  EXPECT_EQ(lab.count("h2", "eth."), 0u);
  // One cable of the ring is pulled: the network works.
  lab.cable("x:p3", [](LinkConfig& c) { c.up = false; });
  lab.start("h1", ping("192.0.2.2"));
  lab.run("1s");
  EXPECT_NE(lab.printed("h1").find("1 received"), std::string::npos);
}

TEST(Sharing, twoOnADirectCableTakeTurnsToo) {
  Lab lab(R"(
    host h1 eth0 192.0.2.1/24
    host h2 eth0 192.0.2.2/24
    link h1:eth0 h2:eth0 half rate 10M delay 3us)");
  lab.start("h1", ping("192.0.2.2", 2));
  lab.start("h2", ping("192.0.2.1", 2));
  lab.run("3s");
  EXPECT_NE(lab.printed("h1").find("2 received"), std::string::npos);
  EXPECT_NE(lab.printed("h2").find("2 received"), std::string::npos);
  EXPECT_GE(lab.count("h1", "medium.collided"), 1u);
}

TEST(Sharing, whatWaitsIsDroppedWithItsCable) {
  Lab lab = hub({"2us", "2us", "2us"});
  lab.start("h1", datagram("192.0.2.3", 1000));
  lab.start("h1", datagram("192.0.2.3", 1000));
  lab.run("100us");
  lab.cable("h1:eth0", [](LinkConfig& c) { c.up = false; });
  EXPECT_EQ(lab.count("h1", "medium.reset"), 2u);
  EXPECT_EQ(countFates(lab, Fate::NoCarrier), 2u);
  lab.run("1s");
  EXPECT_EQ(lab.count("h3", "udp.no_socket"), 0u);
  lab.cable("h1:eth0", [](LinkConfig& c) { c.up = true; });
  lab.start("h1", datagram("192.0.2.3", 1000));
  lab.run("1s");
  EXPECT_EQ(lab.count("h3", "udp.no_socket"), 1u);
}

TEST(Sharing, aCableThatBecomesFullDuplexDropsWhatWaitedAndNothingCollidesAnyMore) {
  Lab lab = hub({"2us", "2us"});
  lab.start("h1", datagram("192.0.2.2", 1000));
  lab.cable("h1:eth0", [](LinkConfig& c) { c.halfDuplex = false; });
  EXPECT_EQ(lab.count("h1", "medium.reset"), 1u);
  lab.start("h1", datagram("192.0.2.2", 1000));
  lab.run("1s");
  EXPECT_EQ(lab.count("h2", "udp.no_socket"), 1u);
}

TEST(Sharing, anInterfaceThatGoesDownDropsWhatItWantedToSend) {
  Lab lab = hub({"2us", "2us"});
  lab.start("h1", datagram("192.0.2.2", 1000));
  DeviceConfig config = lab.config("h1");
  config.interfaces[1].up = false;
  lab.reconfigure("h1", config);
  lab.run("1s");
  EXPECT_EQ(lab.count("h1", "medium.reset"), 1u);
}

TEST(Sharing, onlySoManyFramesWait) {
  Lab lab = hub({"2us", "2us"});
  lab.cable("h1:eth0", [](LinkConfig& c) { c.queueBytes = 3000; });
  for (int i = 0; i < 5; ++i) lab.start("h1", datagram("192.0.2.2", 1000));
  EXPECT_EQ(lab.decisions("h1", "medium.queue_full"), "0 medium.queue_full port=eth0 frames=3\n0 medium.queue_full port=eth0 frames=3\n");
  lab.run("1s");
  EXPECT_EQ(lab.count("h2", "udp.no_socket"), 3u);
}

TEST(Sharing, withoutARateSendingTakesNoTimeAndNothingCollides) {
  Lab lab("hub x\n host h1 eth0 192.0.2.1/24\n host h2 eth0 192.0.2.2/24\n link h1:eth0 x:p1 half\n link h2:eth0 x:p2 half");
  lab.start("h1", ping("192.0.2.2"));
  lab.start("h2", ping("192.0.2.1"));
  lab.run("1s");
  EXPECT_EQ(lab.count("h1", "medium."), 0u);
  EXPECT_NE(lab.printed("h1").find("1 received"), std::string::npos);
}

TEST(Sharing, aCableMayLoseWhatGotThrough) {
  Lab lab = hub({"2us", "2us"});
  lab.cable("h1:eth0", [](LinkConfig& c) { c.lossPpm = 1'000'000; });
  lab.start("h1", datagram("192.0.2.2", 1000));
  lab.run("1s");
  EXPECT_EQ(lab.keys("h1", "medium.sent") + " " + lab.keys("h1", "link."), "medium.sent link.lost");
}

TEST(Sharing, netemAndATokenBucketComeFirst) {
  Lab lab = hub({"2us", "2us"});
  DeviceConfig config = lab.config("h1");
  config.interfaces[1].netem = Netem{milliseconds(10), {}, 0, 0, 0, 0, 0, 1000};
  config.interfaces[1].shaper = Shaper{80'000, 2000, 2500};
  lab.reconfigure("h1", config);
  for (int i = 0; i < 6; ++i) lab.start("h1", datagram("192.0.2.2", 1000));
  EXPECT_EQ(lab.count("h1", "link.queue_full"), 2u);
  EXPECT_EQ(lab.count("h1", "medium.started"), 0u);
  lab.run("2s");
  EXPECT_EQ(lab.count("h2", "udp.no_socket"), 4u);
  EXPECT_EQ(lab.decisions("h1", "medium.started").substr(0, 3), "10 ");
}

}  // namespace
}  // namespace hw::test
