// Data, acknowledgments, windows (RFC 9293 3.10.7.4, 3.8.6; RFC 5681; RFC 2018).
#include <gtest/gtest.h>

#include "tests/core/proto/tcp/peer.h"

namespace hw::test {
namespace {

TEST(TcpData, inOrderIsDeliveredAndAcknowledged) {
  Peer peer;
  peer.serve("accept recv:10 sleep:1");
  peer.open();
  peer.send(tcp::kAck | tcp::kPsh, counting(10));
  EXPECT_EQ(peer.last().acknowledgment, peer.sequence);
  EXPECT_NE(peer.printed().find("received 10"), std::string::npos);
  EXPECT_TRUE(peer.decided("tcp.data_in_order"));
  EXPECT_TRUE(peer.decided("tcp.ack_sent"));
}

TEST(TcpData, aGapIsToldByBlocksUntilItIsFilled) {
  Peer peer;
  peer.serve("accept recv:30 sleep:1");
  peer.open();
  const std::uint32_t base = peer.sequence;
  peer.raw(tcp::kAck, base + 20, peer.acknowledged, counting(10));
  EXPECT_EQ(peer.last().acknowledgment, base);
  ASSERT_EQ(peer.lastOptions().sackCount, 1);
  EXPECT_EQ(peer.lastOptions().sack[0], (tcp::SackBlock{base + 20, base + 30}));
  peer.raw(tcp::kAck, base, peer.acknowledged, counting(20));
  EXPECT_EQ(peer.last().acknowledgment, base + 30);
  EXPECT_EQ(peer.lastOptions().sackCount, 0);
  EXPECT_TRUE(peer.decided("tcp.data_out_of_order"));
  EXPECT_TRUE(peer.decided("tcp.data_fills_gap"));
  EXPECT_NE(peer.printed().find("received 30"), std::string::npos);
}

TEST(TcpData, whatCameTwiceIsToldAsDuplicate) {
  Peer peer;
  peer.serve("accept recv:10 sleep:1");
  peer.open();
  const std::uint32_t base = peer.sequence;
  peer.send(tcp::kAck, counting(10));
  peer.lab.run("100ms");
  peer.raw(tcp::kAck, base, peer.acknowledged, counting(10));
  EXPECT_TRUE(peer.decided("tcp.data_seen_before") || peer.decided("tcp.beyond_window"));
  EXPECT_EQ(peer.lastOptions().sack[0], (tcp::SackBlock{base, base + 10}));
  // Not yet acknowledged bytes that come again.
  peer.raw(tcp::kAck, base + 10, peer.acknowledged, counting(20));
  peer.raw(tcp::kAck, base + 10, peer.acknowledged, counting(20));
  peer.raw(tcp::kAck, base + 5, peer.acknowledged, counting(40));
  EXPECT_EQ(peer.last().acknowledgment, base + 45);
}

TEST(TcpData, whatDoesNotLieInTheWindowIsDropped) {
  Peer peer;
  peer.serve("accept sleep:100");
  peer.open();
  peer.raw(tcp::kAck, peer.sequence + 1'000'000, peer.acknowledged, counting(10));
  EXPECT_TRUE(peer.decided("tcp.beyond_window"));
  EXPECT_EQ(peer.last().acknowledgment, peer.sequence);
}

TEST(TcpData, aFullBufferDropsAndClosesTheWindow) {
  Peer peer;
  peer.serve("rcvbuf:4096 accept sleep:100");
  peer.open();
  // Small segments take much more memory than they hold data.
  for (int i = 0; i < 60 && !peer.decided("tcp.buffer_full"); ++i) peer.send(tcp::kAck | tcp::kPsh, counting(20));
  EXPECT_TRUE(peer.decided("tcp.buffer_full"));
  peer.lab.run("1s");
  EXPECT_EQ(peer.last().window, 0);
}

TEST(TcpData, aProgramThatReadsOpensTheWindowAgain) {
  Peer peer;
  peer.serve("rcvbuf:4096 accept sleep:1 recv:4344 sleep:1");
  peer.open();
  for (int i = 0; i < 3; ++i) peer.send(tcp::kAck, counting(1448));
  peer.lab.run("500ms");
  EXPECT_LT(peer.last().window, 100);
  peer.lab.run("2s");
  EXPECT_TRUE(peer.decided("tcp.window_update"));
  EXPECT_GE(peer.last().window, 1448);
}

TEST(TcpData, segmentsWithoutAckOrWithSynOrFromLongAgoAreNotTaken) {
  Peer peer;
  peer.stamps = true;
  peer.serve("accept recv:100 sleep:1");
  peer.options.stamps = tcp::Stamps{200, 0};
  peer.open();
  peer.raw(0, peer.sequence, 0, counting(5), peer.options);
  EXPECT_TRUE(peer.decided("tcp.no_ack_flag"));
  peer.raw(tcp::kSyn | tcp::kAck, peer.sequence, peer.acknowledged, {}, peer.options);
  EXPECT_TRUE(peer.decided("tcp.syn_in_connection"));
  peer.raw(tcp::kSyn, peer.sequence - 500, peer.acknowledged, {}, peer.options);
  EXPECT_TRUE(peer.decided("tcp.ack_limited"));
  tcp::Options old;
  old.stamps = tcp::Stamps{50, 0};
  peer.raw(tcp::kAck, peer.sequence, peer.acknowledged, counting(5), old);
  EXPECT_TRUE(peer.decided("tcp.old_timestamp"));
  EXPECT_EQ(peer.connection().in.next, peer.sequence);
}

TEST(TcpAcks, waitForDataToRideOnWhenTheProgramAnswers) {
  Peer peer;
  peer.serve("accept recv:10 send:10 recv:10 sleep:1");
  peer.open();
  peer.send(tcp::kAck | tcp::kPsh, counting(10));
  peer.ack();
  const std::size_t before = peer.count();
  peer.send(tcp::kAck | tcp::kPsh, counting(10));
  EXPECT_EQ(peer.count(), before);
  EXPECT_TRUE(peer.decided("tcp.ack_delayed"));
  peer.lab.run("50ms");
  EXPECT_EQ(peer.count(), before + 1);
  EXPECT_TRUE(peer.decided("tcp.ack_timer"));
}

TEST(TcpAcks, ofOldOrUnsentBytesChangeNothing) {
  Peer peer;
  peer.serve("accept send:10 sleep:1 send:10 sleep:1");
  peer.open();
  const std::uint32_t first = peer.acknowledged;
  peer.raw(tcp::kAck, peer.sequence, first + 10);
  EXPECT_TRUE(peer.decided("tcp.acknowledged"));
  peer.raw(tcp::kAck, peer.sequence, first);
  EXPECT_TRUE(peer.decided("tcp.old_ack"));
  peer.raw(tcp::kAck, peer.sequence, first + 11);
  EXPECT_TRUE(peer.decided("tcp.ack_of_unsent"));
  EXPECT_EQ(peer.connection().out.unacked, first + 10);
}

TEST(TcpSending, aWriteLeavesInSegmentsOfTheSmallerMss) {
  Peer peer;
  peer.serve("accept send:2500 sleep:1");
  peer.open(1000);
  const auto all = peer.frames();
  ASSERT_EQ(peer.count(), 4u);
  EXPECT_EQ(ipOf(all[1]).totalLength, 1040);
  EXPECT_EQ(ipOf(all[3]).totalLength, 540);
  EXPECT_TRUE(peer.last().has(tcp::kPsh));
  EXPECT_TRUE(peer.decided("tcp.data_sent"));
}

TEST(TcpSending, aSmallWriteWaitsForTheAckOfAnotherSmallOne) {
  Peer peer;
  peer.serve("accept send:5 send:6 send:7 sleep:1");
  peer.open();
  EXPECT_EQ(peer.count(), 2u);
  EXPECT_TRUE(peer.decided("tcp.held_by_nagle"));
  peer.raw(tcp::kAck, peer.sequence, peer.acknowledged + 5);
  EXPECT_EQ(ipOf(peer.frames().back()).totalLength, 40 + 13);
}

TEST(TcpSending, withoutNagleEachWriteLeavesAtOnce) {
  Peer peer;
  peer.serve("accept nodelay send:5 send:6 send:7 sleep:1");
  peer.open();
  EXPECT_EQ(peer.count(), 4u);
}

TEST(TcpSending, theCongestionWindowHoldsTheRest) {
  Peer peer;
  peer.serve("accept send:40000 sleep:1");
  peer.open();
  peer.lab.run("1ms");
  EXPECT_EQ(peer.count(), 11u) << "SYN and ACK, and an initial window of ten";
  EXPECT_TRUE(peer.decided("tcp.held_by_congestion"));
}

TEST(TcpSending, aClosedWindowIsProbedUntilItOpens) {
  Peer peer;
  peer.window = 1000;
  peer.serve("accept send:3000 sleep:9");
  peer.open();
  peer.lab.run("1ms");
  EXPECT_TRUE(peer.decided("tcp.held_by_window"));
  peer.window = 0;
  peer.raw(tcp::kAck, peer.sequence, peer.connection().out.next);
  EXPECT_TRUE(peer.decided("tcp.peer_window"));
  const std::size_t before = peer.count();
  peer.lab.run("1s");
  EXPECT_TRUE(peer.decided("tcp.window_probe"));
  EXPECT_EQ(peer.last().sequence, peer.connection().out.unacked - 1);
  EXPECT_EQ(peer.count(), before + 2) << "after 0.2 s and 0.4 s more";
  peer.window = 5000;
  peer.raw(tcp::kAck, peer.sequence, peer.connection().out.unacked);
  peer.lab.run("1ms");
  EXPECT_TRUE(peer.connection().out.unsent.empty());
}

TEST(TcpSending, aWindowSmallerThanASegmentIsUsedByTheProbe) {
  Peer peer;
  peer.serve("accept send:3000 sleep:9");
  peer.open();
  peer.lab.run("1ms");
  peer.window = 100;
  peer.raw(tcp::kAck, peer.sequence, peer.connection().out.next);
  peer.lab.run("2s");
  EXPECT_FALSE(peer.decided("tcp.window_probe")) << "all was sent before the window closed";
  Peer other;
  other.window = 100;
  other.serve("accept send:3000 sleep:9");
  other.open();
  other.lab.run("1s");
  EXPECT_GT(other.count(), 1u);
}

TEST(TcpKeepAlive, asksAndGivesUp) {
  Peer peer;
  DeviceConfig config = peer.lab.config("h1");
  config.knobs.tcp.keepAliveTime = seconds(10);
  config.knobs.tcp.keepAliveInterval = seconds(2);
  config.knobs.tcp.keepAliveProbes = 3;
  peer.lab.reconfigure("h1", config);
  peer.serve("accept keepalive recv:10");
  peer.open();
  peer.lab.run("11s");
  EXPECT_TRUE(peer.decided("tcp.keep_alive"));
  EXPECT_EQ(peer.last().sequence, peer.acknowledged - 1);
  peer.send(tcp::kAck);
  peer.lab.run("9s");
  EXPECT_EQ(peer.lab.count("h1", "tcp.keep_alive"), 1u) << "an answer lets it wait again";
  peer.lab.run("20s");
  EXPECT_TRUE(peer.decided("tcp.keep_alive_given_up"));
  EXPECT_NE(peer.printed().find("recv -> ETIMEDOUT"), std::string::npos);
}

}  // namespace
}  // namespace hw::test
