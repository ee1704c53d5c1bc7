// Path MTUs and gateways that a host learns, and what a router tells.
#include <gtest/gtest.h>

#include "tests/core/sim/frames.h"
#include "tests/core/sim/lab.h"

namespace hw::test {
namespace {

/// h1 with two routers on its link; the way to h2 leads through r2, but h1 knows only r1.
const std::string kTwoGateways = R"(
  host h1 eth0 192.0.2.1/24
  router r1 eth0 192.0.2.254/24
  router r2 eth0 192.0.2.253/24 eth1 198.51.100.254/24
  host h2 eth0 198.51.100.1/24
  bridge sw
  link h1:eth0 sw:p1
  link r1:eth0 sw:p2
  link r2:eth0 sw:p3
  link r2:eth1 h2:eth0
  route h1 default via 192.0.2.254
  route r1 default via 192.0.2.253
  route h2 default via 198.51.100.254)";

struct TwoGateways : testing::Test {
  Lab lab{kTwoGateways};
  void pings(std::uint64_t count) {
    lab.start("h1", ping("198.51.100.1", count));
    lab.run("12s");
  }
  /// A redirect about a datagram from h1 to h2, as `from` sends it.
  Raw redirect(const char* from, const char* gateway) const {
    const Raw quoted = ipDatagram(ipHeader("192.0.2.1", "198.51.100.1", ipv4::kIcmp), echoMessage(icmp::kEchoRequest, 1, 1, {}));
    return ethernetFrame(lab.macOf("h1:eth0"), lab.macOf("r1:eth0"), ethernet::kIpv4,
                         ipDatagram(ipHeader(from, "192.0.2.1", ipv4::kIcmp),
                                    errorMessage({icmp::kRedirect, icmp::kRedirectHost, address(gateway).value}, quoted)));
  }
};

TEST_F(TwoGateways, theFirstRedirectLeadsToAQuestionTheSecondIsBelieved) {
  pings(6);
  EXPECT_EQ(lab.count("r1", "route.better_gateway_told"), 2u);
  EXPECT_EQ(lab.count("h1", "route.redirect_asks_first"), 1u);
  EXPECT_EQ(lab.count("h1", "route.gateway_learned"), 1u);
  EXPECT_GE(lab.count("h1", "route.gateway_used"), 1u);
  ASSERT_EQ(lab.state("h1").exceptions.entries.size(), 1u);
  EXPECT_EQ(lab.state("h1").exceptions.entries[0].gateway, address("192.0.2.253"));
  lab.run("301s");
  EXPECT_EQ(lab.count("h1", "route.exception_forgotten"), 1u);
  EXPECT_TRUE(lab.state("h1").exceptions.entries.empty());
}

TEST_F(TwoGateways, onlyTheGatewayInUseIsBelieved) {
  lab.inject("h1:eth0", redirect("192.0.2.77", "192.0.2.253"));
  lab.inject("h1:eth0", redirect("192.0.2.254", "203.0.113.9"));
  lab.inject("h1:eth0", redirect("192.0.2.254", "192.0.2.254"));
  lab.run("1ms");
  EXPECT_EQ(lab.count("h1", "route.redirect_refused"), 2u);
  EXPECT_EQ(lab.count("h1", "route.redirect_asks_first"), 1u);  // any unicast address may be a neighbour (shared_media)
  EXPECT_TRUE(lab.state("h1").exceptions.entries.empty());
}

TEST_F(TwoGateways, aHostMayRefuseRedirectsAndARouterNotSendThem) {
  DeviceConfig host = lab.config("h1");
  host.knobs.all.acceptRedirects = host.interfaces[1].knobs.acceptRedirects = false;
  lab.reconfigure("h1", host);
  pings(1);
  EXPECT_EQ(lab.count("h1", "route.redirect_refused"), 1u);
  DeviceConfig router = lab.config("r1");
  router.knobs.all.sendRedirects = router.interfaces[1].knobs.sendRedirects = false;
  lab.reconfigure("r1", router);
  pings(1);
  EXPECT_EQ(lab.count("r1", "route.better_gateway_told"), 1u);
}

TEST_F(TwoGateways, aSourceThatDoesNotListenIsToldLessAndLessOften) {
  DeviceConfig host = lab.config("h1");
  host.knobs.all.acceptRedirects = host.interfaces[1].knobs.acceptRedirects = false;
  lab.reconfigure("h1", host);
  process::UdpSend send;
  send.options.target = address("198.51.100.1");
  send.options.port = 9;
  send.options.sizes = {1};
  send.options.count = 3000;
  send.options.gap = milliseconds(10);
  lab.start("h1", send);
  lab.run("32s");
  EXPECT_EQ(lab.count("r1", "route.better_gateway_told"), 9u);  // 20 ms * 2^n, nine times
  EXPECT_GT(lab.count("r1", "route.redirect_too_often"), 100u);
}

TEST(PathMtu, isLearnedOnceAndNotBelievedIfItIsNoNews) {
  route::Exceptions state;
  RandomStream random(1, 1);
  Decisions decisions;
  const Env env{Time{}, 0, random, decisions};
  learnMtu(state, env, address("203.0.113.1"), 1400, 1500);
  EXPECT_EQ(state.find(address("203.0.113.1"), Time{})->mtu, 1400u);
  learnMtu(state, env, address("203.0.113.2"), 68, 1500);
  EXPECT_EQ(state.find(address("203.0.113.2"), Time{})->mtu, route::kLeastPathMtu);
  learnMtu(state, env, address("203.0.113.3"), 1600, 1500);
  EXPECT_EQ(state.find(address("203.0.113.3"), Time{}), nullptr);
  EXPECT_EQ(state.find(address("203.0.113.1"), Time{} + route::kMtuLifetime), nullptr);
}

TEST(PathMtu, aRouterThatSaysMoreThanTheLinkTakesIsNotBelieved) {
  Lab lab(kRouted);
  const ProcessId id = lab.start("h1", ping("198.51.100.1", 2));
  lab.run("100ms");
  const Raw echo = lab.sent("h1:eth0").back();
  lab.inject("h1:eth0", ethernetFrame(lab.macOf("h1:eth0"), lab.macOf("r1:eth0"), ethernet::kIpv4,
                                      ipDatagram(ipHeader("192.0.2.254", "192.0.2.1", ipv4::kIcmp),
                                                 errorMessage({icmp::kUnreachable, icmp::kFragmentationNeeded, 9000}, insideOf(echo)))));
  lab.run("3s");
  EXPECT_EQ(lab.count("h1", "route.mtu_not_smaller"), 1u);
  EXPECT_TRUE(lab.exitCode("h1", id).has_value());
}

}  // namespace
}  // namespace hw::test
