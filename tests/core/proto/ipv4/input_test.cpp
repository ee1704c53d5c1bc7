// Datagrams from outside: checks, delivery, forwarding (RFC 1122 3.2.1, RFC 1812 5.2).
#include <gtest/gtest.h>

#include "tests/core/sim/frames.h"
#include "tests/core/sim/lab.h"

namespace hw::test {
namespace {

struct Input : testing::Test {
  Lab lab{kRouted};
  MacAddress h1 = lab.macOf("h1:eth0"), r1 = lab.macOf("r1:eth0");

  Raw toRouter(const Raw& datagram) const { return ethernetFrame(r1, h1, ethernet::kIpv4, datagram); }
  Raw echo(const char* from, const char* to, std::uint8_t ttl = 64) const {
    ipv4::Header h = ipHeader(from, to, ipv4::kIcmp);
    h.ttl = ttl;
    return ipDatagram(h, echoMessage(icmp::kEchoRequest, 7, 1, counting(20)));
  }
  std::string hear(const Raw& frame) {
    lab.inject("r1:eth0", frame);
    lab.run("1ms");
    return lab.decisions("r1", "ipv4.");
  }
};

TEST_F(Input, everyWrongByteOfTheHeaderIsNoticed) {
  const Raw good = echo("192.0.2.1", "192.0.2.254");
  for (std::size_t i = 0; i < 20; ++i) {
    Raw bad = good;
    bad[i] ^= 0x01;
    lab.inject("r1:eth0", toRouter(bad));
  }
  lab.run("1ms");
  EXPECT_EQ(lab.count("r1", "ipv4.bad_header") + lab.count("r1", "ipv4.bad_checksum"), 20u);
  EXPECT_EQ(lab.count("r1", "ipv4.for_us"), 0u);
}

TEST_F(Input, aHeaderThatIsCutOrLiesAboutItsLengthIsBad) {
  Raw datagram = echo("192.0.2.1", "192.0.2.254");
  for (const std::size_t size : {0u, 1u, 19u, 20u, 47u}) {
    Raw cut = datagram;
    cut.resize(size);
    lab.inject("r1:eth0", toRouter(cut));
  }
  lab.run("1ms");
  EXPECT_EQ(lab.keys("r1", "ipv4."), "ipv4.bad_header ipv4.bad_header ipv4.bad_header ipv4.bad_header ipv4.bad_header");
}

TEST_F(Input, aWrongChecksumIsAReasonOfItsOwn) {
  Raw bad = echo("192.0.2.1", "192.0.2.254");
  bad[10] ^= 0xFF;
  EXPECT_EQ(hear(toRouter(bad)), "0 ipv4.bad_checksum\n");
}

TEST_F(Input, impossibleSourcesAreDropped) {
  for (const char* source : {"224.0.0.1", "255.255.255.255", "127.0.0.1", "192.0.2.254"})
    lab.inject("r1:eth0", toRouter(echo(source, "198.51.100.1")));
  lab.run("1ms");
  EXPECT_EQ(lab.count("r1", "ipv4.bad_source"), 4u);
  EXPECT_EQ(lab.count("r1", "ipv4.forwarded"), 0u);
}

TEST_F(Input, loopbackAddressesNeverComeFromOutside) {
  EXPECT_EQ(hear(toRouter(echo("192.0.2.1", "127.0.0.1"))), "0 ipv4.bad_source src=192.0.2.1\n");
}

TEST_F(Input, aRouterTakesOneOffTheTimeToLiveAndKeepsTheChecksumRight) {
  EXPECT_EQ(hear(toRouter(echo("192.0.2.1", "198.51.100.1", 9))).substr(0, 51),
            "0 ipv4.forwarded dst=198.51.100.1 before=9 after=8\n");
  lab.run("10ms");
  const Raw out = ipOnly(lab.sent("r1:eth1")).at(0);
  EXPECT_EQ(ipOf(out).ttl, 8);
  EXPECT_EQ(internetChecksum(ByteView(out).subspan(14, 20)), 0);
}

TEST_F(Input, theChecksumStaysRightForEveryTimeToLive) {
  for (int ttl = 2; ttl < 256; ++ttl)
    lab.inject("r1:eth0", toRouter(echo("192.0.2.1", "198.51.100.1", static_cast<std::uint8_t>(ttl))));
  lab.run("10ms");
  const auto out = ipOnly(lab.sent("r1:eth1"));
  ASSERT_EQ(out.size(), 254u);
  for (const Raw& frame : out) EXPECT_EQ(internetChecksum(ByteView(frame).subspan(14, 20)), 0);
}

TEST_F(Input, atTheEndOfItsTimeADatagramDiesAndItsSourceIsTold) {
  hear(toRouter(echo("192.0.2.1", "198.51.100.1", 1)));
  hear(toRouter(echo("192.0.2.1", "198.51.100.1", 0)));
  EXPECT_EQ(lab.decisions("r1", "ipv4.ttl"),
            "0 ipv4.ttl_expired ttl=1 src=192.0.2.1\n1 ipv4.ttl_expired ttl=0 src=192.0.2.1\n");
  EXPECT_EQ(lab.decisions("r1", "icmp.").substr(0, 46), "0 icmp.error_sent src=192.0.2.1 type=11 code=0");
}

TEST_F(Input, aDeviceThatDoesNotForwardSaysSo) {
  DeviceConfig config = lab.config("r1");
  config.knobs.forwarding = false;
  lab.reconfigure("r1", config);
  EXPECT_EQ(hear(toRouter(echo("192.0.2.1", "198.51.100.1"))), "0 ipv4.not_a_router dst=198.51.100.1\n");
  EXPECT_EQ(lab.count("r1", "icmp.error_sent"), 0u);
}

TEST_F(Input, theBroadcastOfAnotherLinkIsNotForwarded) {
  EXPECT_EQ(hear(toRouter(echo("192.0.2.1", "198.51.100.255"))).substr(0, 52),
            "0 ipv4.broadcast_not_forwarded dst=198.51.100.255\n0 ");
  EXPECT_TRUE(lab.sent("r1:eth1").empty());
}

TEST_F(Input, aSingleHostsDatagramInABroadcastFrameIsNotForwarded) {
  const Raw frame = ethernetFrame(MacAddress::broadcast(), h1, ethernet::kIpv4, echo("192.0.2.1", "198.51.100.1"));
  EXPECT_EQ(hear(frame), "0 ipv4.not_unicast_frame dst=198.51.100.1\n");
}

TEST_F(Input, groupsThatNobodyJoinedAreDropped) {
  EXPECT_EQ(hear(toRouter(echo("192.0.2.1", "224.0.0.251"))), "0 ipv4.group_not_joined dst=224.0.0.251\n");
  hear(toRouter(echo("192.0.2.1", "224.0.0.1")));
  EXPECT_EQ(lab.count("r1", "ipv4.for_us"), 1u) << "all systems belong to 224.0.0.1";
}

TEST_F(Input, anUnknownProtocolIsToldToTheSender) {
  EXPECT_EQ(hear(toRouter(ipDatagram(ipHeader("192.0.2.1", "192.0.2.254", 200), counting(30)))).substr(0, 79),
            "0 ipv4.for_us dst=192.0.2.254 protocol=200\n0 ipv4.unknown_protocol protocol=200");
  EXPECT_EQ(lab.count("r1", "icmp.error_sent"), 1u);
}

TEST_F(Input, thePaddingOfAShortFrameIsNoPartOfTheDatagram) {
  Raw frame = toRouter(ipDatagram(ipHeader("192.0.2.1", "198.51.100.1", ipv4::kIcmp), echoMessage(icmp::kEchoRequest, 1, 1, {})));
  frame.resize(60, 0xEE);
  hear(frame);
  lab.run("10ms");
  const Raw out = ipOnly(lab.sent("r1:eth1")).at(0);
  ASSERT_EQ(out.size(), 60u);
  EXPECT_EQ(out[59], 0) << "padding is not carried over";
  EXPECT_EQ(lab.count("h2", "icmp.echo_answered"), 1u);
}

TEST_F(Input, optionsTravelAlong) {
  const Raw options = {0x94, 0x04, 0x00, 0x00};  // router alert
  hear(toRouter(ipDatagram(ipHeader("192.0.2.1", "198.51.100.1", ipv4::kIcmp),
                           echoMessage(icmp::kEchoRequest, 1, 1, counting(20)), options)));
  lab.run("10ms");
  const Raw out = ipOnly(lab.sent("r1:eth1")).at(0);
  EXPECT_EQ(ipOf(out).headerWords, 6);
  EXPECT_EQ(Raw(out.begin() + 34, out.begin() + 38), options);
  EXPECT_EQ(lab.count("h2", "icmp.echo_answered"), 1u);
}

TEST_F(Input, aDatagramForAnyOwnAddressIsTakenOnAnyInterface) {
  hear(toRouter(echo("192.0.2.1", "198.51.100.254")));
  EXPECT_EQ(lab.count("r1", "icmp.echo_answered"), 1u);
}

TEST(ReversePath, isCheckedStrictlyLooselyOrNotAtAll) {
  const auto forwarded = [](std::uint8_t level, const char* source) {
    Lab lab(kRouted);
    DeviceConfig config = lab.config("r1");
    config.knobs.all.rpFilter = level;
    lab.reconfigure("r1", config);
    const ipv4::Header h = ipHeader(source, "198.51.100.1", ipv4::kUdp);
    lab.inject("r1:eth0", ethernetFrame(lab.macOf("r1:eth0"), lab.macOf("h1:eth0"), ethernet::kIpv4,
                                        ipDatagram(h, udpSegment(h, 1000, 9, counting(30)))));
    lab.run("1ms");
    return lab.keys("r1", "ipv4.");
  };
  EXPECT_NE(forwarded(0, "203.0.113.1").find("ipv4.forwarded"), std::string::npos);
  EXPECT_EQ(forwarded(1, "203.0.113.1"), "ipv4.reverse_path_unknown");
  EXPECT_EQ(forwarded(2, "203.0.113.1"), "ipv4.reverse_path_unknown");
  EXPECT_EQ(forwarded(1, "198.51.100.77"), "ipv4.reverse_path_elsewhere");
  EXPECT_NE(forwarded(2, "198.51.100.77").find("ipv4.forwarded"), std::string::npos);
  EXPECT_NE(forwarded(1, "192.0.2.1").find("ipv4.forwarded"), std::string::npos);
}

}  // namespace
}  // namespace hw::test
