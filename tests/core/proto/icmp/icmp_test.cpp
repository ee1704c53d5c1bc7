// Echoes, errors, and the reasons for not sending one (RFC 1122 3.2.2, RFC 1812 4.3.2).
#include <gtest/gtest.h>

#include "tests/core/sim/frames.h"
#include "tests/core/sim/lab.h"

namespace hw::test {
namespace {

struct Icmp : testing::Test {
  Lab lab{kRouted};
  MacAddress h1 = lab.macOf("h1:eth0"), r1 = lab.macOf("r1:eth0");

  void SetUp() override {
    lab.input("r1", EditNeighbour{EditNeighbour::What::Set, {1}, address("192.0.2.1"), h1, arp::Nud::Permanent});
  }
  /// r1 hears a datagram; the ICMP decisions that follow.
  std::string hear(const Raw& datagram, bool broadcast = false) {
    const std::size_t before = lab.decisions("r1", "icmp.").size();
    lab.inject("r1:eth0", ethernetFrame(broadcast ? MacAddress::broadcast() : r1, h1, ethernet::kIpv4, datagram));
    lab.run("1ms");
    const std::string all = lab.decisions("r1", "icmp.").substr(before);
    return all.empty() ? all : all.substr(all.find(' ') + 1);
  }
  static Raw icmp(const char* from, const char* to, const Raw& message) {
    return ipDatagram(ipHeader(from, to, ipv4::kIcmp), message);
  }
  static Raw udp(const char* from, const char* to) {
    const ipv4::Header h = ipHeader(from, to, ipv4::kUdp);
    return ipDatagram(h, udpSegment(h, 1000, 9, counting(30)));
  }
  std::vector<Raw> answers() const { return ipOnly(lab.sent("r1:eth0")); }
};

TEST_F(Icmp, anEchoComesBackWithItsDataAndWithoutDf) {
  EXPECT_EQ(hear(icmp("192.0.2.1", "192.0.2.254", echoMessage(icmp::kEchoRequest, 7, 3, counting(100)))),
            "icmp.echo_answered src=192.0.2.1\n");
  const Raw reply = answers().at(0);
  EXPECT_EQ(icmpOf(reply).type, icmp::kEchoReply);
  EXPECT_EQ(icmpOf(reply).rest, 7u << 16 | 3u);
  EXPECT_FALSE(ipOf(reply).dontFragment);
  EXPECT_EQ(ipOf(reply).source, address("192.0.2.254"));
  EXPECT_EQ(Raw(reply.begin() + 42, reply.end()), counting(100));
  EXPECT_EQ(internetChecksum(ByteView(reply).subspan(34)), 0);
}

TEST_F(Icmp, aBroadcastEchoIsIgnoredUnlessConfigured) {
  const Raw request = icmp("192.0.2.1", "192.0.2.255", echoMessage(icmp::kEchoRequest, 7, 3, {}));
  EXPECT_EQ(hear(request, true), "icmp.broadcast_echo_ignored\n");
  DeviceConfig config = lab.config("r1");
  config.knobs.ignoreBroadcastEcho = false;
  lab.reconfigure("r1", config);
  EXPECT_EQ(hear(request, true), "icmp.echo_answered src=192.0.2.1\n");
  EXPECT_EQ(ipOf(answers().at(0)).source, address("192.0.2.254"));
}

TEST_F(Icmp, aReplyThatNobodyWaitsForIsDropped) {
  EXPECT_EQ(hear(icmp("192.0.2.1", "192.0.2.254", echoMessage(icmp::kEchoReply, 7, 3, {}))),
            "icmp.echo_reply_unwanted src=192.0.2.1\n");
}

TEST_F(Icmp, aReplyGoesToThePingThatWaits) {
  const ProcessId p = lab.start("h1", ping("198.51.100.1"));
  lab.run("1s");
  EXPECT_EQ(lab.decisions("h1", "icmp."), "0 icmp.echo_reply_delivered src=198.51.100.1\n");
  EXPECT_EQ(lab.exitCode("h1", p), 0);
}

TEST_F(Icmp, wrongChecksumsAndCutMessagesAreDropped) {
  Raw bad = echoMessage(icmp::kEchoRequest, 7, 3, counting(10));
  bad[9] ^= 1;
  EXPECT_EQ(hear(icmp("192.0.2.1", "192.0.2.254", bad)), "icmp.bad_checksum\n");
  for (std::size_t size = 0; size < icmp::kHeaderSize; ++size)
    EXPECT_EQ(hear(icmp("192.0.2.1", "192.0.2.254", counting(size))), "icmp.truncated\n");
}

TEST_F(Icmp, unknownTypesAreDroppedSilently) {
  Raw message = encoded(icmp::Header{13, 0, 0, 0}) + counting(12);
  store16(message.data() + 2, internetChecksum(message));
  EXPECT_EQ(hear(icmp("192.0.2.1", "192.0.2.254", message)), "icmp.unknown_type type=13\n");
}

TEST_F(Icmp, anErrorIsSentWithPrecedenceSixAndQuotesTheDatagram) {
  const Raw about = udp("192.0.2.1", "192.0.2.254");
  EXPECT_EQ(hear(about), "icmp.error_sent src=192.0.2.1 type=3 code=3\n");
  const Raw error = answers().at(0);
  EXPECT_EQ(ipOf(error).tos, 0xC0);
  EXPECT_EQ(Raw(error.begin() + 42, error.end()), about);
}

TEST_F(Icmp, noErrorIsSentAboutAnError) {
  const Raw quoted = udp("192.0.2.254", "203.0.113.1");
  EXPECT_EQ(hear(icmp("192.0.2.1", "203.0.113.1", errorMessage({icmp::kUnreachable, 1, 0}, quoted))),
            "icmp.error_not_about_error\n");
  EXPECT_EQ(hear(icmp("192.0.2.1", "203.0.113.1", {})), "icmp.error_not_about_error\n")
      << "a message without a type counts as one";
}

TEST_F(Icmp, noErrorIsSentAboutALaterFragment) {
  ipv4::Header h = ipHeader("192.0.2.1", "203.0.113.1", ipv4::kUdp);
  h.fragmentOffset = 100;
  EXPECT_EQ(hear(ipDatagram(h, counting(40))), "icmp.error_not_about_fragment\n");
  h.fragmentOffset = 0;
  h.moreFragments = true;
  EXPECT_EQ(hear(ipDatagram(h, counting(40))), "icmp.error_sent src=192.0.2.1 type=3 code=0\n");
}

TEST_F(Icmp, noErrorIsSentAboutWhatWasForMany) {
  EXPECT_EQ(hear(ipDatagram(ipHeader("192.0.2.1", "192.0.2.255", 99), counting(40)), true), "icmp.error_not_to_group\n");
  EXPECT_EQ(hear(ipDatagram(ipHeader("192.0.2.1", "224.0.0.1", 99), counting(40))), "icmp.error_not_to_group\n");
  EXPECT_EQ(hear(ipDatagram(ipHeader("192.0.2.1", "192.0.2.254", 99), counting(40)), true), "icmp.error_not_to_group\n")
      << "a broadcast frame";
  EXPECT_EQ(hear(ipDatagram(ipHeader("0.0.0.0", "192.0.2.254", 99), counting(40))), "icmp.error_not_to_group\n");
}

TEST_F(Icmp, sixErrorsPassAtOnceThenOneASecond) {
  for (int i = 0; i < 8; ++i) hear(udp("192.0.2.1", "192.0.2.254"));
  EXPECT_EQ(lab.count("r1", "icmp.error_sent"), 6u);
  EXPECT_EQ(lab.count("r1", "icmp.error_rate_limited"), 2u);
  lab.run("1s");
  hear(udp("192.0.2.1", "192.0.2.254"));
  hear(udp("192.0.2.1", "192.0.2.254"));
  EXPECT_EQ(lab.count("r1", "icmp.error_sent"), 7u);
}

TEST_F(Icmp, theRateIsCountedForEachReceiver) {
  for (int i = 0; i < 7; ++i) hear(udp("192.0.2.1", "192.0.2.254"));
  EXPECT_EQ(hear(udp("192.0.2.2", "192.0.2.254")), "icmp.error_sent src=192.0.2.2 type=3 code=3\n");
}

TEST_F(Icmp, fragmentationNeededIsNeverHeldBack) {
  DeviceConfig config = lab.config("r1");
  config.interfaces[2].mtu = 100;
  lab.reconfigure("r1", config);
  ipv4::Header h = ipHeader("192.0.2.1", "198.51.100.1", ipv4::kUdp);
  h.dontFragment = true;
  for (int i = 0; i < 20; ++i) hear(ipDatagram(h, counting(200)));
  EXPECT_EQ(lab.count("r1", "icmp.error_sent"), 20u);
}

TEST_F(Icmp, anErrorReachesTheProgramThatSentTheDatagram) {
  lab.start("h1", ping("203.0.113.1"));
  lab.run("1s");
  EXPECT_EQ(lab.decisions("h1", "icmp.").substr(0, 53), "0 icmp.error_received from=192.0.2.254 type=3 code=0\n");
  EXPECT_NE(lab.printed("h1").find("From 192.0.2.254 icmp_seq=1 Destination Net Unreachable"), std::string::npos);
}

TEST_F(Icmp, anErrorAboutWhatNobodySentIsDropped) {
  const std::string nobody = "icmp.error_for_nobody from=192.0.2.1 type=3 code=3\n";
  const icmp::Error error{icmp::kUnreachable, icmp::kPortUnreachable, 0};
  EXPECT_EQ(hear(icmp("192.0.2.1", "192.0.2.254", errorMessage(error, udp("192.0.2.254", "192.0.2.1")))), nobody);
  EXPECT_EQ(hear(icmp("192.0.2.1", "192.0.2.254", errorMessage(error, counting(19)))), nobody) << "cut header";
  EXPECT_EQ(hear(icmp("192.0.2.1", "192.0.2.254", errorMessage(error, Raw(28, 0x45)))), nobody) << "unknown protocol";
  Raw shortHeader = udp("192.0.2.254", "192.0.2.1");
  shortHeader[0] = 0x41;
  EXPECT_EQ(hear(icmp("192.0.2.1", "192.0.2.254", errorMessage(error, shortHeader))), nobody);
}

TEST(IcmpBytes, anErrorQuotesAtMost548Bytes) {
  const Raw datagram = ipDatagram(ipHeader("192.0.2.1", "192.0.2.254", ipv4::kUdp), counting(1000));
  const Bytes error = icmp::encodeError({icmp::kUnreachable, icmp::kFragmentationNeeded, 1400}, Bytes(ByteView(datagram)));
  EXPECT_EQ(error.size(), 8u + 548u);
  EXPECT_EQ(internetChecksum(error.view()), 0);
  EXPECT_EQ(Raw(error.data(), error.data() + 2), (Raw{3, 4}));
  EXPECT_EQ(Raw(error.data() + 4, error.data() + 8), (Raw{0, 0, 0x05, 0x78}));
  EXPECT_EQ(Raw(error.data() + 8, error.data() + 556), Raw(datagram.begin(), datagram.begin() + 548));
}

TEST(IcmpBytes, theGoldenBytesOfAnEcho) {
  EXPECT_EQ(echoMessage(icmp::kEchoRequest, 0x1234, 1, {0xAB, 0xCD, 0xEF}),
            (Raw{8, 0, 0x4A, 0xFC, 0x12, 0x34, 0, 1, 0xAB, 0xCD, 0xEF}));
  EXPECT_EQ(echoMessage(icmp::kEchoReply, 0, 0, {}), (Raw{0, 0, 0xFF, 0xFF, 0, 0, 0, 0}));
}

}  // namespace
}  // namespace hw::test
