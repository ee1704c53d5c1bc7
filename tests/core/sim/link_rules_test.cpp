// What a cable does to frames, and the decision that says so.
#include <gtest/gtest.h>

#include "tests/core/sim/lab.h"

namespace hw::test {
namespace {

process::UdpSend datagrams(const char* to, std::vector<std::uint32_t> sizes, std::uint64_t rounds = 1) {
  process::UdpSend s;
  s.options.target = address(to);
  s.options.port = 9;
  s.options.sizes = std::move(sizes);
  s.options.count = rounds;
  s.options.quiet = true;
  return s;
}

TEST(LinkRules, aFrameIsLostAsOftenAsConfigured) {
  Lab lab(R"(
    host h1 eth0 192.0.2.1/24
    host h2 eth0 192.0.2.2/24
    link h1:eth0 h2:eth0 loss 1000000)");
  lab.start("h1", ping("192.0.2.2"));
  EXPECT_EQ(lab.decisions("h1", "link."), "0 link.lost port=eth0 ppm=1000000\n");
  lab.run("1s");
  EXPECT_EQ(lab.decisions("h2", ""), "");
}

TEST(LinkRules, lossIsDrawnFromTheCablesOwnStream) {
  const auto lostOf = [](std::uint64_t seed) {
    Lab lab("host h1 eth0 192.0.2.1/24\n host h2 eth0 192.0.2.2/24\n link h1:eth0 h2:eth0 loss 250000", seed);
    lab.input("h1", EditNeighbour{EditNeighbour::What::Set, {1}, address("192.0.2.2"), lab.macOf("h2:eth0"), arp::Nud::Permanent});
    lab.start("h1", datagrams("192.0.2.2", {100}, 1000));
    lab.run("1s");
    return lab.count("h1", "link.lost");
  };
  EXPECT_NEAR(static_cast<double>(lostOf(1)), 250, 60);
  EXPECT_EQ(lostOf(1), lostOf(1));
  EXPECT_NE(lostOf(1), lostOf(2));
}

TEST(LinkRules, aQueueThatIsFullDropsTheNewestFrame) {
  Lab lab(R"(
    host h1 eth0 192.0.2.1/24
    host h2 eth0 192.0.2.2/24
    link h1:eth0 h2:eth0 rate 1M queue 3000)");
  lab.input("h1", EditNeighbour{EditNeighbour::What::Set, {1}, address("192.0.2.2"), lab.macOf("h2:eth0"), arp::Nud::Permanent});
  lab.start("h1", datagrams("192.0.2.2", {1000, 1000, 1000, 1000, 1000}));
  // 1066 bytes each on the wire: three are 3198, so there is no room behind the third.
  EXPECT_EQ(lab.count("h1", "link.queue_full"), 2u);
  lab.run("1s");
  EXPECT_EQ(lab.count("h2", "udp.no_socket"), 3u);
  EXPECT_EQ(lab.decisions("h1", "link.queue_full").substr(0, 40), "0 link.queue_full port=eth0 bytes=3000\n0");
}

TEST(LinkRules, aPortWithoutACableSendsNowhere) {
  Lab lab("host h1 eth0 192.0.2.1/24\n hub x");
  lab.input("h1", CarrierChanged{InterfaceId{1}, true});
  lab.start("h1", ping("192.0.2.2"));
  EXPECT_EQ(lab.decisions("h1", "link."), "0 link.no_cable port=eth0\n");
}

TEST(LinkRules, aFrameUnderWayDiesWithItsCable) {
  Lab lab(R"(
    host h1 eth0 192.0.2.1/24
    host h2 eth0 192.0.2.2/24
    link h1:eth0 h2:eth0 delay 10ms)");
  lab.start("h1", ping("192.0.2.2"));
  lab.run("5ms");
  lab.cable("h1:eth0", [](LinkConfig& c) { c.up = false; });
  lab.run("1ms");
  lab.cable("h1:eth0", [](LinkConfig& c) { c.up = true; });
  lab.run("20ms");
  EXPECT_EQ(lab.decisions("h2", ""), "10 link.cut port=eth0\n");
}

TEST(LinkRules, aCutCableTakesTheCarrierAndTheNeighboursAway) {
  Lab lab(R"(
    host h1 eth0 192.0.2.1/24
    host h2 eth0 192.0.2.2/24
    link h1:eth0 h2:eth0)");
  lab.start("h1", ping("192.0.2.2"));
  lab.run("100ms");
  ASSERT_NE(lab.neighbour("h1:eth0", "192.0.2.2"), nullptr);
  lab.cable("h1:eth0", [](LinkConfig& c) { c.up = false; });
  EXPECT_EQ(lab.neighbour("h1:eth0", "192.0.2.2"), nullptr);
  EXPECT_FALSE(lab.state("h1").carrier[1]);
  lab.start("h1", ping("192.0.2.2"));
  EXPECT_EQ(lab.keys("h1", "eth.port_down"), "eth.port_down");
}

/// Two bridges in one machine, joined by several veth pairs: whatever is broadcast circles for ever.
Lab ringOfBridges(std::size_t pairs) {
  std::string text = "host h1 eth0 192.0.2.1/24\n bridge a\n bridge b\n link h1:eth0 a:p0\n";
  for (std::size_t i = 1; i <= pairs; ++i) text += "link a:p" + std::to_string(i) + " b:p" + std::to_string(i) + " veth delay 0ns\n";
  Lab lab(text);
  lab.start("h1", ping("192.0.2.9"));
  return lab;
}

TEST(LinkRules, aVethPairHandsFramesOverAtOnceAndTimeGoesOnInARing) {
  Lab lab = ringOfBridges(2);
  lab.run("1ms");
  std::size_t atOnce = 0, all = 0;
  for (const auto& [what, bytes] : lab.tapped) {
    all += what.link.valid() ? 1 : 0;
    atOnce += what.link.valid() && what.link != LinkId{0} && what.departs == what.sent ? 1 : 0;
  }
  // Four ends hand over a thousand frames each, and one more in each microsecond.
  EXPECT_GE(atOnce, static_cast<std::size_t>(4 * kHandedOverAtOnce));
  EXPECT_LT(all, 20'000u);
  EXPECT_EQ(lab.count("a", "link.backlog_full"), 0u);
}

TEST(LinkRules, theBacklogOfAVethPairIsLimited) {
  Lab lab = ringOfBridges(4);
  lab.run("100us");
  EXPECT_GT(lab.count("a", "link.backlog_full"), 0u);
  EXPECT_NE(lab.decisions("a", "link.backlog_full").find("frames=1000"), std::string::npos);
  EXPECT_LT(lab.world.queue.size(), 20'000u);
}

}  // namespace
}  // namespace hw::test
