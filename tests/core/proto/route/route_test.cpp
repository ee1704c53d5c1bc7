// What each kind of route does to a host's own datagrams and to those a router forwards.
#include <gtest/gtest.h>

#include "tests/core/sim/frames.h"
#include "tests/core/sim/lab.h"

namespace hw::test {
namespace {

const std::string kWithRefusals = std::string(kRouted) + R"(
  route r1 203.0.113.0/26 blackhole
  route r1 203.0.113.64/26 unreachable
  route r1 203.0.113.128/26 prohibit)";

struct Routed : testing::Test {
  Lab lab{kWithRefusals};
  /// What r1 decides about a ping from h1 to this address.
  std::string at(const char* device, const char* to) {
    lab.start("h1", ping(to));
    lab.run("100ms");
    return lab.decisions(device, "route.");
  }
};

TEST_F(Routed, aHostGivesForeignAddressesToItsGateway) {
  EXPECT_EQ(at("h1", "198.51.100.1").substr(0, 89),
            "0 route.matched_via dst=198.51.100.1 route=default table=main via=192.0.2.254 port=eth0\n0");
}

TEST_F(Routed, aRouterReachesItsOwnNetworksDirectly) {
  EXPECT_EQ(at("r1", "198.51.100.1"),
            "0 route.matched_on_link dst=198.51.100.1 route=198.51.100.0/24 table=main port=eth1\n"
            "0 route.matched_on_link dst=192.0.2.1 route=192.0.2.0/24 table=main port=eth0\n");
}

TEST_F(Routed, ownAddressesAreLocal) {
  EXPECT_EQ(at("r1", "192.0.2.254").substr(0, 38), "0 route.matched_local dst=192.0.2.254\n");
}

TEST_F(Routed, aBlackHoleSwallowsSilently) {
  EXPECT_EQ(at("r1", "203.0.113.1"), "0 route.matched_blackhole dst=203.0.113.1 route=203.0.113.0/26\n");
  EXPECT_EQ(lab.count("r1", "icmp.error_sent"), 0u);
}

TEST_F(Routed, anUnreachableRouteTellsHostUnreachable) {
  at("r1", "203.0.113.65");
  EXPECT_EQ(lab.count("r1", "route.matched_unreachable"), 1u);
  EXPECT_EQ(lab.decisions("r1", "icmp."), "0 icmp.error_sent src=192.0.2.1 type=3 code=1\n");
}

TEST_F(Routed, aProhibitedRouteTellsAdministrativelyProhibited) {
  at("r1", "203.0.113.129");
  EXPECT_EQ(lab.count("r1", "route.matched_prohibit"), 1u);
  EXPECT_EQ(lab.decisions("r1", "icmp."), "0 icmp.error_sent src=192.0.2.1 type=3 code=13\n");
}

TEST_F(Routed, withoutARouteTheRouterTellsNetUnreachable) {
  EXPECT_EQ(at("r1", "203.0.113.193").substr(0, 35), "0 route.no_route dst=203.0.113.193\n");
  EXPECT_EQ(lab.decisions("r1", "icmp."), "0 icmp.error_sent src=192.0.2.1 type=3 code=0\n");
}

TEST_F(Routed, ofTwoRoutesTheOneWithTheLowerMetricIsTaken) {
  DeviceConfig config = lab.config("h1");
  route::Route better;
  better.prefix = prefix("198.51.100.0/24");
  better.via = address("192.0.2.253");
  better.port = InterfaceId{1};
  better.metric = 5;
  config.routes.push_back(better);
  better.via = address("192.0.2.252");
  better.metric = 4;
  config.routes.push_back(better);
  lab.reconfigure("h1", config);
  EXPECT_NE(at("h1", "198.51.100.1").find("via=192.0.2.252"), std::string::npos);
}

TEST_F(Routed, theBroadcastAddressOfANetworkIsARouteOfItsOwn) {
  process::Ping p = ping("192.0.2.255");
  p.options.broadcast = true;
  lab.start("h1", p);
  EXPECT_NE(lab.decisions("h1", "route.").find("route.matched_broadcast dst=192.0.2.255 port=eth0"),
            std::string::npos);
}

/// What a program on h1 itself is told when it sends along a route.
std::string told(const char* route) {
  Lab lab(std::string("host h1 eth0 192.0.2.1/24\n host h2 eth0 192.0.2.2/24\n link h1:eth0 h2:eth0\n") + route);
  process::UdpSend send;
  send.options.target = address("203.0.113.1");
  send.options.port = 9;
  send.options.sizes = {1};
  lab.start("h1", send);
  return lab.printed("h1");
}

TEST(OwnDatagrams, eachKindOfRouteIsAnErrorOfItsOwn) {
  EXPECT_EQ(told("route h1 203.0.113.0/24 blackhole"), "send 1 -> EINVAL\n");
  EXPECT_EQ(told("route h1 203.0.113.0/24 unreachable"), "send 1 -> EHOSTUNREACH\n");
  EXPECT_EQ(told("route h1 203.0.113.0/24 prohibit"), "send 1 -> EACCES\n");
  EXPECT_EQ(told(""), "send 1 -> ENETUNREACH\n");
  EXPECT_EQ(told("route h1 203.0.113.0/24 via 192.0.2.2"), "sent 1 bytes\n");
}

TEST(OwnDatagrams, aRouteMayNameTheSourceAddress) {
  Lab lab(R"(
    host h1 eth0 192.0.2.1/24 192.0.2.77/24
    host h2 eth0 192.0.2.2/24
    link h1:eth0 h2:eth0
    route h1 203.0.113.0/24 via 192.0.2.2 src 192.0.2.77)");
  lab.start("h1", ping("203.0.113.1"));
  EXPECT_EQ(lab.decisions("h1", "ipv4.source_chosen").substr(0, 38), "0 ipv4.source_chosen src=192.0.2.77\n0 ");
}

TEST(OwnDatagrams, aRouteOverAClosedInterfaceIsGone) {
  Lab lab(kWithRefusals);
  DeviceConfig config = lab.config("r1");
  config.interfaces[2].up = false;
  lab.reconfigure("r1", config);
  lab.start("h1", ping("198.51.100.1"));
  lab.run("100ms");
  EXPECT_EQ(lab.count("r1", "route.no_route"), 1u);
}

}  // namespace
}  // namespace hw::test
