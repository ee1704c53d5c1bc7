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

}  // namespace
}  // namespace hw::test
