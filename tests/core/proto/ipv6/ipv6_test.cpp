// IPv6 between hosts and through routers: delivery, forwarding, cutting and putting together.
#include <gtest/gtest.h>

#include "tests/core/proto/ipv6/six_lab.h"

namespace hw::test {
namespace {

TEST(Ipv6, aPingCrossesARouterAndLosesAHop) {
  SixLab lab;
  EXPECT_EQ(lab.pings("h1", pingSix("2001:db8:2::2")), 0);
  EXPECT_NE(lab.printed("h1").find("64 bytes from 2001:db8:2::2: icmp_seq=1 ttl=63 time="), std::string::npos) << lab.printed("h1");
  EXPECT_NE(lab.decisions("h1", "ipv6.route_via").find("dst=2001:db8:2::2 length=0 gateway=2001:db8:1::ff port=eth0"), std::string::npos);
  EXPECT_NE(lab.decisions("r1", "ipv6.route_on_link").find("dst=2001:db8:2::2 port=eth1"), std::string::npos);
  EXPECT_EQ(lab.count("r1", "ipv6.forwarded"), 2u);
  EXPECT_NE(lab.decisions("r1", "ipv6.forwarded").find("dst=2001:db8:2::2 before=64 after=63"), std::string::npos);
}

TEST(Ipv6, ourOwnAddressIsReachedThroughLo) {
  SixLab lab;
  EXPECT_EQ(lab.pings("h1", pingSix("2001:db8:1::1")), 0);
  EXPECT_EQ(lab.pings("h1", pingSix("::1")), 0);
  EXPECT_GE(lab.count("h1", "ipv6.route_local"), 2u);
}

TEST(Ipv6, theSourceSuitsTheDestination) {
  SixLab lab;
  process::Ping link = pingSix("fe80::ff:fe03:1");
  link.options.zone = "eth0";
  EXPECT_EQ(lab.pings("h1", link), 0) << lab.printed("h1");
  EXPECT_NE(lab.printed("h1").find("64 bytes from fe80::ff:fe03:1%eth0: icmp_seq=1 ttl=64"), std::string::npos) << lab.printed("h1");
  EXPECT_NE(lab.decisions("h1", "ipv6.source_chosen").find("src=fe80::ff:fe01:1"), std::string::npos);
}

TEST(Ipv6, aRouteThatRefusesOrIsMissingIsTold) {
  SixLab lab;
  ipv6::Route refuses;
  refuses.prefix = *Ipv6Prefix::parse("2001:db8:a::/64");
  refuses.type = ipv6::RouteType::Prohibit;
  lab.route("r1", refuses);
  EXPECT_EQ(lab.pings("h1", pingSix("2001:db8:a::1"), "3s"), 1);
  EXPECT_EQ(lab.pings("h1", pingSix("2001:db8:b::1"), "3s"), 1);
  EXPECT_NE(lab.printed("h1").find("Destination unreachable: Administratively prohibited"), std::string::npos) << lab.printed("h1");
  EXPECT_NE(lab.printed("h1").find("Destination unreachable: No route"), std::string::npos);
  EXPECT_EQ(lab.count("r1", "ipv6.route_refuses") + lab.count("r1", "ipv6.route_missing"), 2u);
  EXPECT_EQ(lab.pings("r1", pingSix("2001:db8:a::1"), "1s"), 2);
  EXPECT_NE(lab.printed("r1").find("ping: connect: Permission denied"), std::string::npos);
}

TEST(Ipv6, whereNoAddressIsUsableYetNothingLeaves) {
  SixLab lab(true);
  EXPECT_EQ(lab.pings("h1", pingSix("2001:db8:2::2"), "1ms"), 2);
  EXPECT_EQ(lab.count("h1", "ipv6.no_source"), 1u);
}

TEST(Ipv6, theHopLimitEndsAtARouter) {
  SixLab lab;
  process::Ping near = pingSix("2001:db8:2::2");
  near.options.ttl = 1;
  EXPECT_EQ(lab.pings("h1", near), 1);
  EXPECT_NE(lab.printed("h1").find("From 2001:db8:1::ff icmp_seq=1 Time exceeded: Hop limit"), std::string::npos) << lab.printed("h1");
  EXPECT_NE(lab.decisions("r1", "ipv6.hop").find("ipv6.hop_limit_expired limit=1 src=2001:db8:1::1"), std::string::npos);
}

TEST(Ipv6, aRouterNeverCutsAndTheSourceLearns) {
  SixLab lab;
  DeviceConfig narrow = lab.config("r1"), end = lab.config("h2");
  narrow.interfaces[2].mtu = end.interfaces[1].mtu = 1400;
  lab.reconfigure("r1", narrow);
  lab.reconfigure("h2", end);
  EXPECT_EQ(lab.pings("h1", pingSix("2001:db8:2::2", 2, 1400)), 0) << lab.printed("h1");
  EXPECT_NE(lab.printed("h1").find("From 2001:db8:1::ff icmp_seq=1 Packet too big: mtu=1400"), std::string::npos);
  EXPECT_NE(lab.printed("h1").find("1408 bytes from 2001:db8:2::2: icmp_seq=2"), std::string::npos);
  EXPECT_EQ(lab.count("r1", "ipv6.too_big"), 1u);
  EXPECT_EQ(lab.count("h1", "ipv6.path_mtu_learned"), 1u);
  EXPECT_GE(lab.count("h1", "ipv6.path_mtu_used"), 1u);
  EXPECT_NE(lab.decisions("h1", "ipv6.fragmented").find("size=1448 mtu=1400 count=2"), std::string::npos);
  EXPECT_EQ(lab.count("h2", "ipv6.fragment_complete"), 1u);
  process::Ping whole = pingSix("2001:db8:2::2", 1, 1400);
  whole.options.pathMtu = socket::PathMtu::Do;
  EXPECT_EQ(lab.pings("h1", whole), 1);
  EXPECT_NE(lab.printed("h1").find("ping: local error: message too long, mtu: 1400"), std::string::npos);
  EXPECT_EQ(lab.count("h1", "ipv6.too_big_locally"), 1u);
}

TEST(Ipv6, whatCannotBeReadIsDropped) {
  SixLab lab;
  ipv6::Header header = sixHeader("2001:db8:1::1", "2001:db8:1::ff", ipv6::kNone);
  header.version = 5;
  lab.hearAtRouter(header, {});
  EXPECT_EQ(lab.count("r1", "ipv6.bad_header"), 1u);
  lab.hearAtRouter(sixHeader("ff02::1", "2001:db8:1::ff", ipv6::kNone), {});
  lab.hearAtRouter(sixHeader("::1", "2001:db8:1::ff", ipv6::kNone), {});
  EXPECT_EQ(lab.count("r1", "ipv6.bad_source"), 2u);
  lab.hearAtRouter(sixHeader("2001:db8:1::1", "2001:db8:1::ff", ipv6::kHopByHop), {58, 9, 0, 0});
  EXPECT_EQ(lab.count("r1", "ipv6.bad_header"), 2u);
}

TEST(Ipv6, unknownHeadersAndOptionsAreAnsweredWhereTheySayso) {
  SixLab lab;
  lab.hearAtRouter(sixHeader("2001:db8:1::1", "2001:db8:1::ff", 200), counting(8));
  EXPECT_EQ(lab.count("r1", "ipv6.unknown_next_header"), 1u);
  EXPECT_NE(lab.decisions("r1", "icmp6.error_sent").find("type=4 code=1"), std::string::npos);
  // The two highest bits 10: drop and tell.
  lab.hearAtRouter(sixHeader("2001:db8:1::1", "2001:db8:1::ff", ipv6::kDestination), {59, 0, 0x9E, 4, 0, 0, 0, 0});
  EXPECT_EQ(lab.count("r1", "ipv6.unknown_option"), 1u);
  EXPECT_NE(lab.decisions("r1", "icmp6.error_sent").find("type=4 code=2"), std::string::npos);
  // 01: drop without a word; 00: go on.
  const std::size_t errors = lab.count("r1", "icmp6.error_sent");
  lab.hearAtRouter(sixHeader("2001:db8:1::1", "2001:db8:1::ff", ipv6::kDestination), {59, 0, 0x5E, 4, 0, 0, 0, 0});
  lab.hearAtRouter(sixHeader("2001:db8:1::1", "2001:db8:1::ff", ipv6::kDestination), {59, 0, 0x1E, 4, 0, 0, 0, 0});
  EXPECT_EQ(lab.count("r1", "icmp6.error_sent"), errors);
  EXPECT_EQ(lab.count("r1", "ipv6.unknown_option"), 2u);
}

TEST(Ipv6, aUdpDatagramForNobodyIsToldSo) {
  SixLab lab;
  lab.hearAtRouter(sixHeader("2001:db8:1::1", "2001:db8:1::ff", ipv6::kUdp), encoded(udp::Header{5000, 9, 8, 1}));
  EXPECT_NE(lab.decisions("r1", "ipv6.no_socket").find("port=9 src=2001:db8:1::1"), std::string::npos);
  EXPECT_NE(lab.decisions("r1", "icmp6.error_sent").find("type=1 code=4"), std::string::npos);
}

TEST(Ipv6, hostsDoNotForwardAndLinksKeepTheirAddresses) {
  SixLab lab;
  lab.hearAtHost(sixHeader("2001:db8:2::2", "2001:db8:7::7", ipv6::kNone), {});
  EXPECT_EQ(lab.count("h1", "ipv6.not_a_router"), 1u);
  lab.hearAtRouter(sixHeader("fe80::ff:fe01:1", "2001:db8:2::2", ipv6::kNone), {});
  EXPECT_EQ(lab.count("r1", "ipv6.stays_on_link"), 1u);
  EXPECT_NE(lab.decisions("r1", "icmp6.error_sent").find("type=1 code=2"), std::string::npos);
  lab.hearAtHost(sixHeader("2001:db8:1::ff", "ff02::1234", ipv6::kNone), {}, six("ff02::1234").groupMac());
  EXPECT_NE(lab.decisions("h1", "ipv6.group_not_joined").find("group=ff02::1234"), std::string::npos);
}

struct Pieces : testing::Test {
  SixLab lab;
  void hear(std::uint32_t offset, bool more, const Raw& bytes, std::uint32_t id = 1, const char* from = "2001:db8:1::1") {
    const ipv6::FragmentHeader piece{ipv6::kNone, 0, static_cast<std::uint16_t>(offset / 8), 0, more, id};
    lab.hearAtRouter(sixHeader(from, "2001:db8:1::ff", ipv6::kFragment), encoded(piece) + bytes);
  }
};

TEST_F(Pieces, comeInAnyOrder) {
  hear(16, false, counting(5));
  hear(0, true, counting(8));
  hear(0, true, counting(8));
  hear(8, true, counting(8));
  EXPECT_EQ(lab.keys("r1", "ipv6.fragment"),
            "ipv6.fragment_held ipv6.fragment_held ipv6.fragment_held ipv6.fragment_complete");
}

TEST_F(Pieces, thatOverlapSpoilTheDatagram) {
  hear(0, true, counting(16));
  hear(8, true, counting(16));
  hear(16, false, counting(8));
  EXPECT_EQ(lab.keys("r1", "ipv6.fragment"), "ipv6.fragment_held ipv6.fragment_overlaps ipv6.fragment_held");
}

TEST_F(Pieces, ofImpossibleLengthAreDropped) {
  hear(0, true, counting(7));
  hear(65528, false, counting(16));
  EXPECT_EQ(lab.count("r1", "ipv6.fragment_wrong"), 2u);
}

TEST_F(Pieces, areNotKeptForEver) {
  hear(0, true, counting(8));
  hear(8, true, counting(8), 2);
  lab.run("61s");
  EXPECT_EQ(lab.count("r1", "ipv6.fragment_timeout"), 2u);
  // Only the datagram whose first piece came is told of.
  EXPECT_NE(lab.decisions("r1", "icmp6.error_sent").find("type=3 code=1"), std::string::npos);
  EXPECT_EQ(lab.count("r1", "icmp6.error_sent"), 1u);
}

TEST_F(Pieces, ofTooManyDatagramsPushOutTheOldest) {
  for (std::uint32_t id = 1; id <= ipv6::kMaxIncomplete + 1; ++id) hear(0, true, counting(8), id);
  EXPECT_EQ(lab.count("r1", "ipv6.fragment_too_many"), 1u);
}

TEST(Ipv6, pathMtusBelowTheMinimumAreNotBelieved) {
  SixLab lab;
  const Raw quoted = encoded(sixHeader("2001:db8:1::1", "2001:db8:2::2", ipv6::kNone));
  for (const std::uint32_t mtu : {1279u, 1500u, 9000u})
    lab.hearAtHost(sixHeader("2001:db8:1::ff", "2001:db8:1::1", ipv6::kIcmp),
                   icmp6Message("2001:db8:1::ff", "2001:db8:1::1", {icmp6::kPacketTooBig, 0, 0, mtu}, quoted));
  EXPECT_EQ(lab.count("h1", "ipv6.path_mtu_learned"), 0u);
}

}  // namespace
}  // namespace hw::test
