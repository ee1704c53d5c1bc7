// UDP: bytes, checks, who gets a datagram, what a program is told (RFC 768, RFC 1122 4.1).
#include <gtest/gtest.h>

#include "tests/core/sim/frames.h"
#include "tests/core/sim/lab.h"

namespace hw::test {
namespace {

constexpr const char* kUdpHost = R"(
  host h1 eth0 192.0.2.1/24
  host h2 eth0 192.0.2.2/24
  link h1:eth0 h2:eth0)";

process::UdpServe serve(std::uint16_t port, const char* bind = "0.0.0.0", bool echo = false) {
  process::UdpServe s;
  s.options.port = port;
  s.options.bind = address(bind);
  s.options.echo = echo;
  return s;
}

process::UdpSend send(const char* to, std::uint16_t port, std::uint32_t size = 10) {
  process::UdpSend s;
  s.options.target = address(to);
  s.options.port = port;
  s.options.sizes = {size};
  return s;
}

struct Udp : testing::Test {
  Lab lab{kUdpHost};
  std::string hear(const ipv4::Header& ip, const Raw& segment, bool broadcast = false) {
    const MacAddress to = broadcast ? MacAddress::broadcast() : lab.macOf("h1:eth0");
    lab.inject("h1:eth0", ethernetFrame(to, lab.macOf("h2:eth0"), ethernet::kIpv4, ipDatagram(ip, segment)));
    lab.run("1ms");
    return lab.keys("h1", "udp.");
  }
  const ipv4::Header header = ipHeader("192.0.2.2", "192.0.2.1", ipv4::kUdp);
};

TEST_F(Udp, aDatagramForAListenedPortIsDelivered) {
  lab.start("h1", serve(7));
  EXPECT_EQ(hear(header, udpSegment(header, 1000, 7, counting(10))), "udp.delivered");
  EXPECT_EQ(lab.printed("h1"), "listening 7\nreceived 10 bytes from 192.0.2.2 port 1000\n");
}

TEST_F(Udp, aWrongChecksumIsDroppedSilentlyAndAMissingOneIsNot) {
  lab.start("h1", serve(7));
  Raw bad = udpSegment(header, 1000, 7, counting(10));
  bad.back() ^= 1;
  EXPECT_EQ(hear(header, bad), "udp.bad_checksum");
  store16(bad.data() + 6, 0);
  EXPECT_EQ(hear(header, bad), "udp.bad_checksum udp.delivered");
}

TEST_F(Udp, lengthsThatDoNotFitAreDropped) {
  lab.start("h1", serve(7));
  for (const std::uint16_t length : std::initializer_list<std::uint16_t>{0, 7, 19, 65535}) {
    Raw bad = udpSegment(header, 1000, 7, counting(10));
    store16(bad.data() + 4, length);
    hear(header, bad);
  }
  hear(header, counting(7));
  EXPECT_EQ(lab.keys("h1", "udp."), "udp.bad_length udp.bad_length udp.bad_length udp.bad_length udp.bad_length");
}

TEST_F(Udp, bytesBehindTheUdpLengthAreNotData) {
  lab.start("h1", serve(7));
  hear(header, udpSegment(header, 1000, 7, counting(10)) + Raw(5, 0xEE));
  EXPECT_NE(lab.printed("h1").find("received 10 bytes"), std::string::npos);
}

TEST_F(Udp, aPortWithoutASocketIsUnreachable) {
  EXPECT_EQ(hear(header, udpSegment(header, 1000, 7, {})), "udp.no_socket");
  EXPECT_EQ(lab.decisions("h1", "icmp."), "0 icmp.error_sent src=192.0.2.2 type=3 code=3\n");
}

TEST_F(Udp, aBroadcastThatNobodyWantsIsDroppedSilently) {
  const ipv4::Header all = ipHeader("192.0.2.2", "192.0.2.255", ipv4::kUdp);
  EXPECT_EQ(hear(all, udpSegment(all, 1000, 7, {}), true), "udp.no_socket_broadcast");
  EXPECT_EQ(lab.count("h1", "icmp.error_sent"), 0u);
}

TEST_F(Udp, theMoreSpecificSocketGetsTheDatagram) {
  lab.start("h1", serve(7, "192.0.2.1"));
  hear(header, udpSegment(header, 1000, 7, {}));
  EXPECT_EQ(lab.count("h1", "udp.delivered"), 1u);
  const ipv4::Header all = ipHeader("192.0.2.2", "192.0.2.255", ipv4::kUdp);
  hear(all, udpSegment(all, 1000, 7, {}), true);
  EXPECT_EQ(lab.count("h1", "udp.no_socket_broadcast"), 1u) << "bound to one address it hears no broadcast";
}

TEST_F(Udp, aConnectedSocketHearsItsPeerOnly) {
  process::UdpSend client = send("192.0.2.2", 7);
  client.options.sourcePort = 5000;
  client.options.connect = true;
  client.options.wait = seconds(5);
  lab.start("h2", serve(7));
  lab.start("h1", client);
  const ipv4::Header other = ipHeader("192.0.2.9", "192.0.2.1", ipv4::kUdp);
  hear(other, udpSegment(other, 7, 5000, {}));
  hear(header, udpSegment(header, 8, 5000, {}));
  EXPECT_EQ(lab.count("h1", "udp.no_socket"), 2u);
  hear(header, udpSegment(header, 7, 5000, counting(4)));
  EXPECT_NE(lab.printed("h1").find("received 4 bytes from 192.0.2.2 port 7"), std::string::npos);
}

TEST_F(Udp, theBufferFillsAndTheRestIsDropped) {
  lab.start("h1", serve(7));
  // The program reads at once, so the buffer is filled by a socket whose owner sleeps.
  process::UdpSend idle = send("192.0.2.2", 9);
  idle.options.sourcePort = 6000;
  idle.options.gap = seconds(100);
  idle.options.count = 2;
  lab.start("h1", idle);
  for (int i = 0; i < 200; ++i) hear(header, udpSegment(header, 1000, 6000, counting(1000)));
  EXPECT_EQ(lab.count("h1", "udp.delivered"), 212992u / (1000 + 768));
  EXPECT_EQ(lab.count("h1", "udp.receive_buffer_full"), 200u - 212992u / (1000 + 768));
}

TEST_F(Udp, broadcastsNeedPermission) {
  lab.start("h1", send("192.0.2.255", 9));
  lab.start("h1", send("255.255.255.255", 9));
  process::UdpSend allowed = send("192.0.2.255", 9);
  allowed.options.broadcast = true;
  lab.start("h1", allowed);
  EXPECT_EQ(lab.printed("h1"), "send 10 -> EACCES\nsend 10 -> EACCES\nsent 10 bytes\n");
  EXPECT_TRUE(load<ethernet::Header>(lab.sent("h1:eth0").at(0).data()).destination.isBroadcast());
}

TEST_F(Udp, portUnreachableIsToldToAConnectedSocketOnly) {
  for (const bool connect : {true, false}) {
    Lab two(kUdpHost);
    process::UdpSend s = send("192.0.2.2", 9);
    s.options.connect = connect;
    s.options.wait = seconds(1);
    two.start("h1", s);
    two.run("2s");
    EXPECT_EQ(two.printed("h1"), connect ? "sent 10 bytes\nrecv -> ECONNREFUSED\n" : "sent 10 bytes\nrecv -> TIMEOUT\n");
  }
}

TEST_F(Udp, anEchoServerAnswersFromTheAddressThatWasAsked) {
  lab.start("h2", serve(7, "0.0.0.0", true));
  process::UdpSend s = send("192.0.2.2", 7, 33);
  s.options.connect = true;
  s.options.wait = seconds(1);
  lab.start("h1", s);
  lab.run("2s");
  EXPECT_NE(lab.printed("h1").find("received 33 bytes from 192.0.2.2 port 7"), std::string::npos) << lab.printed("h1");
  EXPECT_EQ(lab.keys("h1", "udp."), "udp.sent udp.delivered");
}

TEST_F(Udp, aPortThatIsTakenIsAnErrorUnlessTheAddressesDiffer) {
  lab.start("h1", serve(7));
  lab.start("h1", serve(7, "192.0.2.1"));
  lab.start("h1", serve(8, "192.0.2.9"));
  EXPECT_EQ(lab.printed("h1"), "listening 7\nbind: Address already in use\nbind: Cannot assign requested address\n");
}

TEST(UdpBytes, aChecksumOfZeroIsSentAsAllOnes) {
  const Ipv4Address a = address("192.0.2.1"), b = address("192.0.2.2");
  int zeros = 0;
  for (std::uint32_t i = 0; i < 65536; ++i) {
    const Raw data = {static_cast<std::uint8_t>(i >> 8), static_cast<std::uint8_t>(i)};
    const udp::Header h = udp::makeHeader(a, 1000, b, 7, data);
    ASSERT_NE(h.checksum, 0);
    zeros += h.checksum == 0xFFFF;
  }
  EXPECT_EQ(zeros, 1);
}

TEST(UdpBytes, theGoldenBytesOfADatagram) {
  // Pseudo header c000 0201 c000 0202 0011 000b, then 03e8 0007 000b 0000 6162 6300.
  const ipv4::Header ip = ipHeader("192.0.2.1", "192.0.2.2", ipv4::kUdp);
  EXPECT_EQ(udpSegment(ip, 1000, 7, {'a', 'b', 'c'}),
            (Raw{0x03, 0xE8, 0x00, 0x07, 0x00, 0x0B, 0xB3, 0x82, 'a', 'b', 'c'}));
}

}  // namespace
}  // namespace hw::test
