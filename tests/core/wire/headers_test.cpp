#include <gtest/gtest.h>

#include "core/proto/arp/arp_wire.h"
#include "core/proto/ethernet/ethernet_wire.h"
#include "core/proto/icmp/icmp_wire.h"
#include "core/proto/icmp6/icmp6_wire.h"
#include "core/proto/ipv4/ipv4_wire.h"
#include "core/proto/ipv6/ipv6_wire.h"
#include "core/proto/mld/mld_wire.h"
#include "core/proto/nd/nd_wire.h"
#include "core/proto/udp/udp_wire.h"

namespace hw {
namespace {

template <class H> void expectRoundTripAndTruncation(const H& header) {
  std::vector<std::uint8_t> bytes(Schema<H>::info.bytes);
  store(header, bytes.data());
  const auto back = decode<H>(bytes);
  ASSERT_TRUE(back);
  EXPECT_EQ(*back, header);
  for (std::size_t n = 0; n < bytes.size(); ++n) {
    const auto cut = decode<H>(ByteView(bytes).first(n));
    ASSERT_FALSE(cut) << n;
    EXPECT_EQ(cut.error().problem, DecodeProblem::Truncated);
    EXPECT_EQ(cut.error().at, n);
  }
}

TEST(Headers, everyHeaderComesBackFromItsBytesAndEveryTruncationIsAnError) {
  expectRoundTripAndTruncation(ethernet::Header{{0x020000000001}, {0x020000000002}, 0x0800});
  expectRoundTripAndTruncation(ethernet::VlanTag{5, true, 4094, 0x0806});
  arp::Header arp;
  arp.opcode = arp::kReply;
  arp.senderMac = {0xA1B2C3D4E5F6};
  arp.senderIp = Ipv4Address::of(10, 0, 0, 1);
  expectRoundTripAndTruncation(arp);
  ipv4::Header ip;
  ip.moreFragments = true;
  ip.fragmentOffset = 0x1ABC;
  ip.source = Ipv4Address::of(1, 2, 3, 4);
  expectRoundTripAndTruncation(ip);
  expectRoundTripAndTruncation(icmp::Header{8, 0, 0xABCD, 0x12345678});
  expectRoundTripAndTruncation(udp::Header{5000, 7, 8, 0});
  ipv6::Header six;
  six.trafficClass = 0xB8;
  six.flowLabel = 0xABCDE;
  six.nextHeader = ipv6::kIcmp;
  six.source = Ipv6Address::linkLocalOf({0x020000000001});
  six.destination = Ipv6Address::allNodes();
  expectRoundTripAndTruncation(six);
  expectRoundTripAndTruncation(ipv6::FragmentHeader{58, 0, 0x1ABC, 1, true, 0x12345678});
  expectRoundTripAndTruncation(icmp6::Header{128, 0, 0xABCD, 0x12345678});
  expectRoundTripAndTruncation(nd::Message{136, 0, 0xABCD, true, false, true, 5, {1, 2}});
  expectRoundTripAndTruncation(mld::Report{143, 0, 0xABCD, 0, 2});
  expectRoundTripAndTruncation(mld::Record{3, 0, 1, {1, 2}});
}

TEST(Headers, theGoldenBytesOfAnIpv4Header) {
  ipv4::Header ip;
  ip.totalLength = 84;
  ip.identification = 0x1234;
  ip.dontFragment = true;
  ip.protocol = ipv4::kIcmp;
  ip.source = Ipv4Address::of(10, 0, 0, 1);
  ip.destination = Ipv4Address::of(10, 0, 0, 2);
  std::vector<std::uint8_t> bytes(20);
  store(ip, bytes.data());
  store16(bytes.data() + 10, internetChecksum(bytes));
  const std::vector<std::uint8_t> golden{0x45, 0, 0, 84, 0x12, 0x34, 0x40, 0,   64, 1,
                                         0x14, 0x73, 10, 0, 0, 1,    10,   0, 0, 2};
  EXPECT_EQ(bytes, golden);
  EXPECT_EQ(internetChecksum(bytes), 0);
}

TEST(Checksum, theIncrementalUpdateEqualsTheFullSum) {
  std::vector<std::uint8_t> bytes(20, 0);
  for (int ttl = 1; ttl < 256; ++ttl) {
    bytes[8] = static_cast<std::uint8_t>(ttl);
    bytes[9] = 17;
    store16(bytes.data() + 10, 0);
    store16(bytes.data() + 10, internetChecksum(bytes));
    const std::uint16_t before = load16(bytes.data() + 8);
    const auto after = static_cast<std::uint16_t>(before - 0x0100);
    store16(bytes.data() + 10, updateChecksum(load16(bytes.data() + 10), before, after));
    store16(bytes.data() + 8, after);
    EXPECT_EQ(internetChecksum(bytes), 0) << ttl;
  }
}

TEST(Checksum, theFrameCheckSequenceOfTheStandardVector) {
  EXPECT_EQ(frameCheckSequence(asBytes("123456789")), 0xCBF43926u);
}

TEST(Addresses, areReadAndWrittenAsPeopleDo) {
  EXPECT_EQ(MacAddress::parse("02:00:0a:ff:00:01")->text(), "02:00:0a:ff:00:01");
  EXPECT_FALSE(MacAddress::parse("02:00:0a:ff:00"));
  EXPECT_FALSE(MacAddress::parse("02:00:0a:ff:00:0g"));
  EXPECT_EQ(Ipv4Address::parse("192.168.1.254")->text(), "192.168.1.254");
  for (const char* bad : {"", "1.2.3", "1.2.3.4.5", "1.2.3.256", "1.2.3.a", "1..2.3", " 1.2.3.4"})
    EXPECT_FALSE(Ipv4Address::parse(bad)) << bad;
  const auto prefix = Ipv4Prefix::parse("172.16.5.9/12");
  ASSERT_TRUE(prefix);
  EXPECT_EQ(prefix->network().text(), "172.16.0.0");
  EXPECT_EQ(prefix->broadcast().text(), "172.31.255.255");
  EXPECT_EQ(Ipv4Prefix::parse("default")->length, 0);
  EXPECT_FALSE(Ipv4Prefix::parse("10.0.0.0/33"));
}

TEST(Addresses, ipv6AddressesAreWrittenShort) {
  const auto rewritten = [](std::string_view text) {
    const auto address = Ipv6Address::parse(text);
    return address ? address->text() : std::string("none");
  };
  EXPECT_EQ(rewritten("2001:0DB8:0000:0000:0001:0000:0000:0001"), "2001:db8::1:0:0:1");
  EXPECT_EQ(rewritten("2001:db8:0:1:1:1:1:1"), "2001:db8:0:1:1:1:1:1");
  EXPECT_EQ(rewritten("2001:db8:0:0:1:0:0:0"), "2001:db8:0:0:1::");
  EXPECT_EQ(rewritten("::"), "::");
  EXPECT_EQ(rewritten("::1"), "::1");
  EXPECT_EQ(rewritten("fe80::"), "fe80::");
  EXPECT_EQ(rewritten("::ffff:192.0.2.1"), "::ffff:192.0.2.1");
  EXPECT_EQ(rewritten("64:ff9b::192.0.2.33"), "64:ff9b::c000:221");
  for (const std::string_view wrong : {"", ":", ":::", "1::2::3", "1:2:3:4:5:6:7", "1:2:3:4:5:6:7:8:9", "1:2:3:4:5:6:7:8::", "12345::",
                                       "g::", "1:", ":1", "::1:", "1.2.3.4::", "::1.2.3", "1:2:3:4:5:6:7:1.2.3.4"})
    EXPECT_EQ(rewritten(wrong), "none") << wrong;
}

TEST(Addresses, ipv6PrefixesHoldTheirAddresses) {
  const auto prefix = Ipv6Prefix::parse("2001:db8:1:2::9/56");
  ASSERT_TRUE(prefix);
  EXPECT_EQ(Ipv6Prefix({prefix->network(), 56}).text(), "2001:db8:1::/56");
  EXPECT_TRUE(prefix->contains(*Ipv6Address::parse("2001:db8:1:ff::1")));
  EXPECT_FALSE(prefix->contains(*Ipv6Address::parse("2001:db8:1:100::1")));
  EXPECT_TRUE(Ipv6Prefix::parse("default")->contains(Ipv6Address::allNodes()));
  EXPECT_FALSE(Ipv6Prefix::parse("::/129"));
  EXPECT_FALSE(Ipv6Prefix::parse("::/"));
  const auto wide = *Ipv6Prefix::parse("2001:db8::1:0/112");
  EXPECT_TRUE(wide.contains(*Ipv6Address::parse("2001:db8::1:ffff")));
  EXPECT_FALSE(wide.contains(*Ipv6Address::parse("2001:db8::2:0")));
}

TEST(Addresses, ipv6AddressesOfALinkFollowFromItsMacAddress) {
  const Ipv6Address own = Ipv6Address::linkLocalOf({0x020000FE0102});
  EXPECT_EQ(own.text(), "fe80::ff:fefe:102");
  EXPECT_TRUE(own.isLinkLocal() && own.staysOnLink() && !own.isMulticast());
  EXPECT_EQ(own.solicitedNode().text(), "ff02::1:fffe:102");
  EXPECT_EQ(own.solicitedNode().groupMac().text(), "33:33:ff:fe:01:02");
  EXPECT_FALSE(Ipv6Address::parse("ff0e::1")->staysOnLink());
}

}  // namespace
}  // namespace hw
