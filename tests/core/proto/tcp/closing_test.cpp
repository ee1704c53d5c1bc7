// Closing and resetting (RFC 9293 3.6, 3.10.4, 3.10.5; RFC 5961; RFC 6191).
#include <gtest/gtest.h>

#include "tests/core/proto/tcp/peer.h"

namespace hw::test {
namespace {

TEST(TcpClosing, whoClosesFirstWaits) {
  Peer peer;
  peer.serve("accept close");
  peer.open();
  EXPECT_TRUE(peer.last().has(tcp::kFin));
  EXPECT_TRUE(peer.decided("tcp.fin_sent"));
  peer.raw(tcp::kAck, peer.sequence, peer.acknowledged + 1);
  EXPECT_TRUE(peer.decided("tcp.fin_acknowledged"));
  EXPECT_EQ(peer.connection().phase, tcp::Phase::FinWait2);
  peer.acknowledged += 1;
  peer.send(tcp::kFin | tcp::kAck);
  EXPECT_EQ(peer.connection().phase, tcp::Phase::TimeWait);
  EXPECT_EQ(peer.last().acknowledgment, peer.sequence);
  // The FIN again: the ACK was lost.
  const std::size_t before = peer.count();
  peer.raw(tcp::kFin | tcp::kAck, peer.sequence - 1, peer.acknowledged);
  EXPECT_EQ(peer.count(), before + 1);
  EXPECT_TRUE(peer.decided("tcp.time_wait_answers"));
  peer.lab.run("61s");
  EXPECT_TRUE(peer.decided("tcp.time_wait_ends"));
  EXPECT_TRUE(peer.state().connections.empty());
}

TEST(TcpClosing, whoClosesSecondForgetsAtTheLastAck) {
  Peer peer;
  peer.serve("accept recveof close");
  peer.open();
  peer.send(tcp::kFin | tcp::kAck);
  peer.lab.run("1ms");
  EXPECT_TRUE(peer.decided("tcp.fin_received"));
  EXPECT_EQ(peer.connection().phase, tcp::Phase::LastAck);
  EXPECT_TRUE(peer.last().has(tcp::kFin));
  peer.raw(tcp::kAck, peer.sequence, peer.acknowledged + 1);
  EXPECT_TRUE(peer.decided("tcp.closed"));
  EXPECT_TRUE(peer.state().connections.empty());
  EXPECT_NE(peer.printed().find("received 0 then end of stream\nclosed"), std::string::npos);
}

TEST(TcpClosing, halfAConnectionCanStillReceive) {
  Peer peer;
  peer.serve("accept shut recv:10 sleep:1 close");
  peer.open();
  peer.raw(tcp::kAck, peer.sequence, ++peer.acknowledged);
  peer.send(tcp::kAck | tcp::kPsh, counting(10));
  peer.lab.run("1ms");
  EXPECT_NE(peer.printed().find("shutdown write\nreceived 10"), std::string::npos);
  EXPECT_EQ(peer.connection().phase, tcp::Phase::FinWait2);
}

TEST(TcpClosing, finsThatCross) {
  Peer peer;
  peer.serve("accept close");
  peer.open();
  peer.send(tcp::kFin | tcp::kAck);
  EXPECT_TRUE(peer.decided("tcp.both_close"));
  EXPECT_EQ(peer.connection().phase, tcp::Phase::Closing);
  peer.raw(tcp::kAck, peer.sequence, peer.acknowledged + 1);
  EXPECT_TRUE(peer.decided("tcp.time_wait_begins"));
}

TEST(TcpClosing, aPeerThatNeverClosesIsForgotten) {
  Peer peer;
  peer.serve("accept close");
  peer.open();
  peer.raw(tcp::kAck, peer.sequence, peer.acknowledged + 1);
  peer.lab.run("61s");
  EXPECT_TRUE(peer.decided("tcp.peer_never_closed"));
  EXPECT_TRUE(peer.state().connections.empty());
}

TEST(TcpClosing, dataForAProgramThatIsGoneIsAnsweredWithRst) {
  Peer peer;
  peer.serve("accept close");
  peer.open();
  peer.raw(tcp::kAck, peer.sequence, ++peer.acknowledged);
  peer.send(tcp::kAck, counting(10));
  EXPECT_TRUE(peer.decided("tcp.reset_nobody_reads"));
  EXPECT_TRUE(peer.last().has(tcp::kRst));
}

TEST(TcpReset, unreadDataMakesCloseAnRst) {
  Peer peer;
  peer.serve("accept sleep:1 close");
  peer.open();
  peer.send(tcp::kAck, counting(10));
  peer.lab.run("2s");
  EXPECT_TRUE(peer.decided("tcp.reset_unread"));
  EXPECT_TRUE(peer.last().has(tcp::kRst));
  EXPECT_TRUE(peer.state().connections.empty());
}

TEST(TcpReset, lingerOfNothingIsAnRst) {
  Peer peer;
  peer.serve("accept reset");
  peer.open();
  EXPECT_TRUE(peer.decided("tcp.reset_by_program"));
  EXPECT_TRUE(peer.last().has(tcp::kRst));
}

TEST(TcpReset, onlyTheExactNumberResets) {
  Peer peer;
  peer.serve("accept recv:10");
  peer.open();
  peer.raw(tcp::kRst, peer.sequence + 5, 0);
  EXPECT_TRUE(peer.decided("tcp.reset_doubted"));
  EXPECT_EQ(peer.connection().phase, tcp::Phase::Established);
  peer.raw(tcp::kRst, peer.sequence, 0);
  peer.lab.run("1ms");
  EXPECT_TRUE(peer.decided("tcp.reset_received"));
  EXPECT_NE(peer.printed().find("recv -> ECONNRESET"), std::string::npos);
}

TEST(TcpClosing, aYoungerSynTakesThePlaceOfATimeWait) {
  Peer peer;
  peer.serve("accept close accept recv:1");
  peer.open();
  peer.raw(tcp::kAck, peer.sequence, ++peer.acknowledged);
  peer.send(tcp::kFin | tcp::kAck);
  EXPECT_EQ(peer.connection().phase, tcp::Phase::TimeWait);
  peer.raw(tcp::kSyn, peer.sequence + 100'000, 0, {}, peer.synOptions());
  EXPECT_TRUE(peer.decided("tcp.time_wait_reused"));
  EXPECT_EQ(peer.last().flags, tcp::kSyn | tcp::kAck);
}

}  // namespace
}  // namespace hw::test
