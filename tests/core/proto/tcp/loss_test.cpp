// What happens when segments are lost: timeouts, probes, fast retransmit, undoing (RFC 6298, 8985, 6675).
#include <gtest/gtest.h>

#include "tests/core/proto/tcp/peer.h"

namespace hw::test {
namespace {

/// A server that has sent `bytes` to a peer, which has acknowledged nothing yet.
struct Sent : testing::Test {
  Peer peer;
  std::uint32_t base = 0;

  void begin(const char* script) {
    peer.serve(script);
    peer.open();
    base = peer.acknowledged;
    peer.lab.run("1ms");
  }
  /// An ACK of so many bytes with a block of others.
  void ack(std::uint32_t bytes, std::uint32_t left = 0, std::uint32_t right = 0) {
    tcp::Options options;
    if (right != 0) {
      options.sackCount = 1;
      options.sack[0] = {base + left, base + right};
    }
    peer.raw(tcp::kAck, peer.sequence, base + bytes, {}, options);
  }
  std::size_t copiesOf(std::uint32_t at) const {
    std::size_t copies = 0;
    for (const tcp::Header& one : peer.segments()) copies += one.sequence == base + at;
    return copies;
  }
};

TEST_F(Sent, aLoneSegmentIsProbedThenTimesOutMoreAndMoreSlowly) {
  begin("accept send:100 sleep:100");
  peer.lab.run("250ms");
  EXPECT_TRUE(peer.decided("tcp.tail_probe"));
  EXPECT_EQ(copiesOf(0), 2u);
  peer.lab.run("2s");
  EXPECT_EQ(peer.lab.count("h1", "tcp.timed_out"), 3u) << "0.4, 0.8 and 1.6 s after the segment";
  EXPECT_EQ(peer.connection().congestion.mood, tcp::Mood::Loss);
  ack(100);
  EXPECT_TRUE(peer.decided("tcp.recovery_ends"));
  EXPECT_EQ(peer.connection().congestion.inFlight(), 0u);
}

TEST_F(Sent, theProbeOfATailIsAnswered) {
  begin("accept send:4000 sleep:100");
  ack(2920);
  peer.lab.run("300ms");
  EXPECT_TRUE(peer.decided("tcp.tail_probe"));
  ack(4000);
  EXPECT_TRUE(peer.decided("tcp.tail_probe_answered"));
}

TEST_F(Sent, threeSegmentsBehindAGapMeanThatItIsLost) {
  begin("accept send:14600 sleep:100");
  ack(1460);
  ack(1460, 2920, 4380);
  ack(1460, 2920, 5840);
  EXPECT_EQ(copiesOf(1460), 1u);
  ack(1460, 2920, 7300);
  EXPECT_TRUE(peer.decided("tcp.lost_by_sack"));
  EXPECT_TRUE(peer.decided("tcp.recovery_begins"));
  EXPECT_TRUE(peer.decided("tcp.sent_again"));
  EXPECT_EQ(copiesOf(1460), 2u);
  ack(14600);
  EXPECT_TRUE(peer.decided("tcp.recovery_ends"));
  EXPECT_FALSE(peer.decided("tcp.timed_out"));
}

TEST_F(Sent, fewerThanThreeWaitForAMoment) {
  begin("accept send:4380 sleep:100");
  ack(0, 1460, 2920);
  EXPECT_EQ(copiesOf(0), 1u);
  peer.lab.run("30ms");
  EXPECT_TRUE(peer.decided("tcp.reordering_timer"));
  EXPECT_EQ(copiesOf(0), 2u);
}

TEST(TcpLoss, aRetransmissionThatWasNotNeededIsUndone) {
  Peer peer;
  peer.stamps = true;
  peer.options.stamps = tcp::Stamps{200, 0};
  peer.serve("accept send:1000 sleep:100");
  peer.open();
  const std::uint32_t base = peer.acknowledged;
  peer.lab.run("1ms");
  const std::uint32_t stampOfOriginal = peer.lastOptions().stamps->value;
  peer.lab.run("500ms");
  EXPECT_TRUE(peer.decided("tcp.timed_out"));
  tcp::Options late;
  late.stamps = tcp::Stamps{300, stampOfOriginal};
  peer.raw(tcp::kAck, peer.sequence, base + 1000, {}, late);
  EXPECT_TRUE(peer.decided("tcp.needless_recovery"));
  EXPECT_EQ(peer.connection().congestion.window, 10u);
}

TEST(TcpLoss, aPeerThatIsGoneIsGivenUp) {
  Peer peer;
  DeviceConfig config = peer.lab.config("h1");
  config.knobs.tcp.retries = 3;
  peer.lab.reconfigure("h1", config);
  peer.serve("accept send:100 recv:1");
  peer.open();
  peer.lab.run("20s");
  EXPECT_TRUE(peer.decided("tcp.given_up"));
  EXPECT_NE(peer.printed().find("recv -> ETIMEDOUT"), std::string::npos);
}

TEST(TcpPathMtu, largeSegmentsAreCutAgain) {
  Peer peer;
  peer.serve("accept send:3000 info sleep:1 info sleep:1");
  peer.open();
  peer.lab.run("1ms");
  const Raw large = insideOf(peer.frames()[1]);
  peer.datagram(ipDatagram(ipHeader("192.0.2.254", Peer::kHost, ipv4::kIcmp), errorMessage({icmp::kUnreachable, icmp::kFragmentationNeeded, 1000}, large)));
  EXPECT_TRUE(peer.decided("tcp.path_mtu_lower"));
  peer.lab.run("1500ms");
  EXPECT_NE(peer.printed().find("mss 960 pmtu 1000"), std::string::npos);
  EXPECT_EQ(ipOf(peer.frames()[4]).totalLength, 1000);
}

TEST(TcpSending, aBurstWaitsForMoreIfLittleMayLeave) {
  Peer peer;
  peer.serve("accept send:60000 sleep:10");
  peer.open();
  peer.lab.run("1ms");
  const std::uint32_t base = peer.acknowledged;
  for (std::uint32_t i = 1; i <= 40 && !peer.decided("tcp.deferred"); ++i) peer.raw(tcp::kAck, peer.sequence, base + i * 1460);
  EXPECT_TRUE(peer.decided("tcp.deferred") || peer.connection().out.unsent.empty());
}

}  // namespace
}  // namespace hw::test
