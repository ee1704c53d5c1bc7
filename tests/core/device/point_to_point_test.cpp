// Links between two points: PPP frames, no MAC addresses, no ARP (RFC 1661, RFC 1662).
#include <gtest/gtest.h>

#include "core/proto/ppp/ppp_wire.h"
#include "tests/core/sim/frames.h"
#include "tests/core/sim/lab.h"

namespace hw::test {
namespace {

/// h1 on Ethernet, r1 and r2 joined by a line of 64 kbit/s, h2 on Ethernet.
struct PointToPoint : testing::Test {
  Lab lab{R"(
    host h1 eth0 192.0.2.1/24
    router r1 eth0 192.0.2.254/24 p 203.0.113.1/30
    router r2 eth0 198.51.100.254/24 p 203.0.113.2/30
    host h2 eth0 198.51.100.1/24
    link h1:eth0 r1:eth0
    link r1:p r2:p ppp rate 64000 delay 2ms
    link r2:eth0 h2:eth0
    route h1 default via 192.0.2.254
    route h2 default via 198.51.100.254
    route r1 198.51.100.0/24 via 203.0.113.2
    route r2 192.0.2.0/24 via 203.0.113.1)"};
};

TEST_F(PointToPoint, aDatagramCrossesWithoutArpInAFrameOfFourBytesMore) {
  const ProcessId id = lab.start("h1", ping("198.51.100.1"));
  lab.run("2s");
  EXPECT_EQ(lab.exitCode("h1", id), 0);
  EXPECT_EQ(lab.count("r1", "vif.point_to_point"), 1u);
  const auto sent = lab.sent("r1:p");
  ASSERT_EQ(sent.size(), 1u);
  const auto header = load<ppp::Header>(sent[0].data());
  EXPECT_EQ(header, (ppp::Header{0xFF, 0x03, 0x0021}));
  EXPECT_EQ(sent[0].size(), 84u + ppp::kHeaderSize);
  EXPECT_EQ(load<ipv4::Header>(sent[0].data() + 4).ttl, 63);
  EXPECT_EQ(lab.neighbour("r1:p", "203.0.113.2"), nullptr);
  for (const auto& [what, bytes] : lab.tapped) EXPECT_EQ(lab.journal.frame(what.id).toVector(), bytes);
}

TEST_F(PointToPoint, theLineTakesItsTimeForEachByteAndForFlagsAndFcs) {
  lab.start("h1", ping("198.51.100.1"));
  lab.run("2s");
  for (const auto& [what, bytes] : lab.tapped)
    if (bytes.size() == 88) {
      EXPECT_EQ((what.arrives - what.departs).ns, (88 + 4) * 8 * 1'000'000'000ll / 64'000 + 2'000'000);
    }
}

TEST_F(PointToPoint, whatIsNoPppFrameIsDropped) {
  Raw good(88);
  store(ppp::Header{}, good.data());
  for (const std::size_t wrong : {0u, 1u, 3u}) {
    Raw bad = good;
    bad[wrong] ^= 0x40;
    lab.inject("r1:p", bad);
  }
  lab.inject("r1:p", Raw{0xFF, 0x03});
  lab.run("1ms");
  EXPECT_EQ(lab.keys("r1", "vif."), "vif.not_ppp vif.not_ppp vif.not_ppp vif.not_ppp");
}

TEST_F(PointToPoint, framesWithAddressesAreNothingForTheLine) {
  process::Arping asks;
  asks.options.target = address("203.0.113.2");
  asks.options.device = "p";
  asks.options.count = 1;
  lab.start("r1", asks);
  lab.run("2s");
  EXPECT_GE(lab.count("r1", "vif.not_for_ppp"), 1u);
  EXPECT_TRUE(lab.sent("r1:p").empty());
}

}  // namespace
}  // namespace hw::test
