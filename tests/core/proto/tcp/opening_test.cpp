// Opening a TCP connection (RFC 9293 3.5, 3.10.7.2, 3.10.7.3), and what the checks of a header drop.
#include <gtest/gtest.h>

#include "tests/core/proto/tcp/peer.h"

namespace hw::test {
namespace {

TEST(TcpOptions, areReadAsTheyWereWritten) {
  tcp::Options all;
  all.mss = std::uint16_t{1400};
  all.windowScale = std::uint8_t{9};
  all.sackPermitted = true;
  all.stamps = tcp::Stamps{7, 8};
  std::array<std::uint8_t, tcp::kMaxOptions> bytes{};
  const std::uint32_t size = tcp::writeOptions(all, bytes);
  EXPECT_EQ(size, 20u);
  EXPECT_EQ(tcp::readOptions(ByteView(bytes).first(size), true), all);
  // Only a SYN negotiates.
  EXPECT_EQ(tcp::readOptions(ByteView(bytes).first(size), false).mss, std::nullopt);
}

TEST(TcpOptions, blocksFillWhatTimestampsLeave) {
  tcp::Options all;
  all.stamps = tcp::Stamps{1, 2};
  all.sackCount = 4;
  std::array<std::uint8_t, tcp::kMaxOptions> bytes{};
  const std::uint32_t size = tcp::writeOptions(all, bytes);
  EXPECT_EQ(size, 40u);
  EXPECT_EQ(tcp::readOptions(ByteView(bytes).first(size), false).sackCount, 3);
}

TEST(TcpOptions, aListThatIsCutEndsQuietly) {
  const Raw cut = {tcp::kMaximumSegmentSize, 4, 5};
  EXPECT_EQ(tcp::readOptions(ByteView(cut), true), tcp::Options{});
  const Raw zero = {tcp::kTimestamps, 0, 1, 2};
  EXPECT_EQ(tcp::readOptions(ByteView(zero), true), tcp::Options{});
}

TEST(TcpOpening, aServerAnswersSynWithSynAndAckAndAcceptsTheThirdSegment) {
  Peer peer;
  peer.serve("accept recv:10");
  peer.raw(tcp::kSyn, 1000, 0, {}, peer.synOptions());
  EXPECT_EQ(peer.last().flags, tcp::kSyn | tcp::kAck);
  EXPECT_EQ(peer.last().acknowledgment, 1001u);
  EXPECT_EQ(peer.lastOptions().mss, 1460);
  EXPECT_TRUE(peer.state().connections.empty());
  peer.sequence = 1001;
  peer.acknowledged = peer.last().sequence + 1;
  peer.send(tcp::kAck);
  EXPECT_EQ(peer.printed(), "listening 80\naccepted from 192.0.2.2\n");
  EXPECT_EQ(peer.connection().phase, tcp::Phase::Established);
  EXPECT_EQ(peer.lab.keys("h1", "tcp."), "tcp.syn_received tcp.accepted");
}

TEST(TcpOpening, aClientSendsSynAndAcknowledgesTheAnswer) {
  Peer peer;
  peer.connect("connect info sleep:1");
  peer.answer(1000);
  EXPECT_EQ(peer.last().flags, tcp::kAck);
  EXPECT_EQ(peer.printed(), "connected\nmss 1000 pmtu 1500\n");
  EXPECT_EQ(peer.lab.keys("h1", "tcp."), "tcp.syn_sent tcp.opened tcp.ack_sent");
}

TEST(TcpOpening, aSynWithoutAnAnswerIsRepeatedMoreAndMoreSlowlyUntilItIsGivenUp) {
  Peer peer;
  process::TcpClient client = tcpClient(Peer::kPeer, "connect");
  client.script.patience = seconds(1000);
  client.script.socket = SocketId{};
  peer.lab.start("h1", tcpClient(Peer::kPeer, "connect"));
  peer.lab.run("29s");
  // Linear first: 1, 2, 3, 4, 5, then 7, 11, 19.
  EXPECT_EQ(peer.count(), 9u);
  EXPECT_TRUE(peer.decided("tcp.syn_sent_again"));
  peer.lab.run("2s");
  EXPECT_EQ(peer.printed(), "connect -> TIMEOUT\n");
}

TEST(TcpOpening, theKernelGivesUpAfterItsRetries) {
  Peer peer;
  DeviceConfig config = peer.lab.config("h1");
  config.knobs.tcp.synRetries = 1;
  config.knobs.tcp.synLinearTimeouts = 1;
  peer.lab.reconfigure("h1", config);
  peer.connect("connect");
  peer.lab.run("10s");
  EXPECT_EQ(peer.printed(), "connect -> ETIMEDOUT\n");
  EXPECT_TRUE(peer.decided("tcp.syn_given_up"));
}

TEST(TcpOpening, rstRefuses) {
  Peer peer;
  peer.connect("connect");
  peer.lab.run("1ms");
  peer.raw(tcp::kRst | tcp::kAck, 0, peer.last().sequence + 1);
  peer.lab.run("1ms");
  EXPECT_EQ(peer.printed(), "connect -> ECONNREFUSED\n");
  EXPECT_TRUE(peer.decided("tcp.refused_by_peer"));
}

TEST(TcpOpening, anAcknowledgmentOfSomethingElseIsAnsweredWithRst) {
  Peer peer;
  peer.connect("connect");
  peer.lab.run("1ms");
  peer.raw(tcp::kSyn | tcp::kAck, 5, peer.last().sequence + 2, {}, peer.synOptions());
  EXPECT_TRUE(peer.decided("tcp.syn_ack_unacceptable"));
  EXPECT_TRUE(peer.last().has(tcp::kRst));
}

TEST(TcpOpening, twoSynsThatCrossOpenOneConnection) {
  Peer peer;
  peer.connect("connect send:5 sleep:1");
  peer.lab.run("1ms");
  const std::uint32_t theirs = peer.last().sequence;
  peer.raw(tcp::kSyn, peer.sequence, 0, {}, peer.synOptions());
  EXPECT_TRUE(peer.decided("tcp.simultaneous_open"));
  EXPECT_EQ(peer.last().flags, tcp::kSyn | tcp::kAck);
  peer.raw(tcp::kSyn | tcp::kAck, peer.sequence, theirs + 1, {}, peer.synOptions());
  peer.lab.run("1ms");
  EXPECT_EQ(peer.connection().phase, tcp::Phase::Established);
  EXPECT_EQ(peer.printed(), "connected\nsent 5\n");
}

TEST(TcpOpening, aPortWithoutAListenerIsRefused) {
  Peer peer;
  peer.raw(tcp::kSyn, 77, 0);
  EXPECT_EQ(peer.lab.keys("h1", "tcp."), "tcp.refused");
  EXPECT_EQ(peer.last().flags, tcp::kRst | tcp::kAck);
  EXPECT_EQ(peer.last().acknowledgment, 78u);
  peer.raw(tcp::kAck, 77, 99);
  EXPECT_EQ(peer.last().flags, tcp::kRst);
  EXPECT_EQ(peer.last().sequence, 99u);
  const std::size_t before = peer.count();
  peer.raw(tcp::kRst, 77, 0);
  EXPECT_EQ(peer.count(), before) << "an RST is never answered";
}

TEST(TcpOpening, aHalfOpenConnectionIsAnsweredAgainAndForgotten) {
  Peer peer;
  peer.serve("accept");
  peer.raw(tcp::kSyn, 1000, 0, {}, peer.synOptions());
  peer.raw(tcp::kSyn, 1000, 0, {}, peer.synOptions());
  EXPECT_EQ(peer.count(), 2u);
  peer.lab.run("100s");
  EXPECT_EQ(peer.count(), 7u) << "five repetitions by the clock";
  EXPECT_TRUE(peer.decided("tcp.syn_ack_given_up"));
  EXPECT_TRUE(peer.state().listeners.front().requests.empty());
}

TEST(TcpOpening, thereAreSoManyHalfOpenConnectionsAndNoMore) {
  Peer peer;
  peer.serve("accept sleep:100");
  for (std::uint16_t i = 0; i < 10; ++i) {
    peer.mine = static_cast<std::uint16_t>(6000 + i);
    peer.raw(tcp::kSyn, 1000, 0, {}, peer.synOptions());
  }
  EXPECT_EQ(peer.lab.count("h1", "tcp.syn_queue_full"), 2u);
  EXPECT_EQ(peer.count(), 8u);
}

TEST(TcpOpening, connectionsThatNobodyAcceptsFillTheQueue) {
  Peer peer;
  peer.serve("accept sleep:100");
  for (std::uint16_t i = 0; i < 9; ++i) {
    peer.mine = static_cast<std::uint16_t>(6000 + i);
    peer.sequence = 1000;
    peer.open();
  }
  EXPECT_TRUE(peer.decided("tcp.accept_queue_full"));
  EXPECT_EQ(peer.state().listeners.front().ready.size(), 6u);
}

TEST(TcpChecks, aWrongChecksumIsDroppedSilently) {
  Peer peer;
  peer.serve("accept");
  tcp::Header header;
  header.sourcePort = 5000;
  header.destinationPort = 80;
  header.flags = tcp::kSyn;
  Raw bytes = tcpDatagram(Peer::kPeer, Peer::kHost, header, {}, {});
  bytes.back() ^= 1;
  peer.datagram(bytes);
  EXPECT_EQ(peer.lab.keys("h1", "tcp."), "tcp.bad_checksum");
  EXPECT_EQ(peer.count(), 0u);
}

TEST(TcpChecks, aHeaderLongerThanItsSegmentIsDropped) {
  Peer peer;
  tcp::Header header;
  Raw bytes = tcpDatagram(Peer::kPeer, Peer::kHost, header, {}, {});
  bytes[32] = 0xF0;
  peer.datagram(bytes);
  peer.datagram(ipDatagram(ipHeader(Peer::kPeer, Peer::kHost, ipv4::kTcp), counting(7)));
  EXPECT_EQ(peer.lab.keys("h1", "tcp."), "tcp.bad_header tcp.bad_header");
}

TEST(TcpOpening, anIcmpErrorEndsTheOpening) {
  Peer peer;
  peer.connect("connect");
  peer.lab.run("1ms");
  const Raw syn = insideOf(peer.frames().back());
  peer.datagram(ipDatagram(ipHeader("192.0.2.254", Peer::kHost, ipv4::kIcmp), errorMessage({icmp::kUnreachable, icmp::kHostUnreachable, 0}, syn)));
  peer.lab.run("1ms");
  EXPECT_EQ(peer.printed(), "connect -> EHOSTUNREACH\n");
  EXPECT_TRUE(peer.decided("tcp.peer_unreachable"));
}

}  // namespace
}  // namespace hw::test
