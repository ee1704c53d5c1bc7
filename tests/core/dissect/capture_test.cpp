// What a capture tells about its packets beyond their own bytes.
#include <gtest/gtest.h>

#include "core/dissect/dissect.h"
#include "core/dissect/reassembly.h"
#include "core/dissect/tcp_streams.h"
#include "core/proto/tcp/tcp_wire.h"
#include "tests/core/dissect/frames.h"

namespace hw::dissect {
namespace {

constexpr std::int64_t kMs = 1'000'000;

std::string shown(const PacketTree& tree, std::string_view name) {
  const TreeField* field = findField(tree, name);
  return field == nullptr ? "nothing" : field->show;
}

PacketTree next(CaptureDissector& capture, std::string_view hex, std::int64_t timeNs) {
  const auto bytes = frames::bytesOf(hex);
  return capture.next({bytes, kLinkEthernet, 0, timeNs});
}

TEST(Capture, aReplyFindsItsRequestOnce) {
  CaptureDissector capture;
  next(capture, frames::kArpRequest, 0);
  next(capture, frames::kPing, 1 * kMs);
  const PacketTree reply = next(capture, frames::kPingReply, 1 * kMs + 250'500);
  EXPECT_EQ(shown(reply, "icmp.resp_to"), "2");
  EXPECT_EQ(shown(reply, "icmp.resptime"), "0.2505");
  EXPECT_EQ(shown(next(capture, frames::kPingReply, 2 * kMs), "icmp.resp_to"), "nothing");
}

TEST(Capture, datagramsAreCountedByConversation) {
  CaptureDissector capture;
  EXPECT_EQ(shown(next(capture, frames::kUdp, 0), "udp.stream"), "0");
  EXPECT_EQ(shown(next(capture, frames::kEcho, 5 * kMs), "udp.stream"), "1");
  const PacketTree third = next(capture, frames::kUdp, 9 * kMs);
  EXPECT_EQ(shown(third, "udp.stream"), "0");
  EXPECT_EQ(shown(third, "udp.time_relative"), "0.009000000");
  EXPECT_EQ(shown(third, "udp.time_delta"), "0.009000000");
}

TEST(Capture, aPacketByItselfHasNoStream) {
  const auto bytes = frames::bytesOf(frames::kUdp);
  EXPECT_EQ(shown(dissectPacket({bytes, kLinkEthernet, 0, 0}), "udp.stream"), "nothing");
}

TEST(Capture, anAddressThatMovesToAnotherMacIsRemarked) {
  CaptureDissector capture;
  next(capture, frames::kArpRequest, 0);
  auto bytes = frames::bytesOf(frames::kArpRequest);
  bytes[27] = 0x77;  // another sender MAC, the same sender IP
  const PacketTree tree = capture.next({bytes, kLinkEthernet, 0, 3'000 * kMs});
  EXPECT_EQ(shown(tree, "arp.duplicate-address-frame"), "1");
  EXPECT_EQ(shown(tree, "arp.seconds-since-duplicate-address-frame"), "3");
}

// An echo request as a capture on all interfaces has it: sent by the machine itself, no link header.
TEST(Cooked, theHeaderOfACaptureOfAllInterfacesNamesWhomThePacketWasFor) {
  const std::string ip = std::string(frames::kPing).substr(28);
  const auto first = frames::bytesOf("00040001000602000000000100000800" + ip);
  const PacketTree tree = dissectPacket({first, kLinkCooked, 0, 0});
  EXPECT_EQ(findField(tree, "sll.pkttype")->text(Language::English), "Packet type: Sent by us (4)");
  EXPECT_EQ(shown(tree, "sll.src.eth"), "02:00:00:00:00:01");
  EXPECT_EQ(shown(tree, "sll.unused"), "00:00");
  EXPECT_EQ(shown(tree, "icmp.type"), "8");
  const auto second = frames::bytesOf("0800000000000003000100060200000000010000" + ip);
  const PacketTree later = dissectPacket({second, kLinkCooked2, 0, 0});
  EXPECT_EQ(shown(later, "sll.ifindex"), "3");
  EXPECT_EQ(shown(later, "icmp.type"), "8");
  for (std::size_t cut = 0; cut < 20; ++cut)
    EXPECT_EQ(shown(dissectPacket({ByteView(second).first(cut), kLinkCooked2, 0, 0}), "icmp.type"), "nothing") << cut;
}

TEST(Pppoe, discoveryHasTagsAndASessionCarriesPpp) {
  const auto offer = frames::bytesOf(frames::kPppoeOffer);
  const PacketTree discovery = dissectPacket({offer, kLinkEthernet, 0, 0});
  EXPECT_EQ(findField(discovery, "pppoe.code")->text(Language::English), "Code: Active Discovery Offer (PADO) (0x07)");
  EXPECT_EQ(shown(discovery, "pppoed.tags.ac_name"), "ac");
  EXPECT_EQ(shown(discovery, "pppoed.tags.host_uniq"), "ca:fe");
  EXPECT_EQ(shown(discovery, "pppoed.tags.service_name"), "nothing");
  const auto data = frames::bytesOf(frames::kPppoeSession);
  const PacketTree session = dissectPacket({data, kLinkEthernet, 0, 0});
  EXPECT_EQ(shown(session, "pppoe.session_id"), "0x0001");
  EXPECT_EQ(shown(session, "ppp.protocol"), "0x0021");
  EXPECT_EQ(shown(session, "icmp.type"), "8");
}

/// GRE within IPv4 from here on: flags, protocol and so on in hexadecimal digits.
PacketTree gre(const std::string& hex) {
  auto bytes = frames::bytesOf("4500" "0000" "0000" "4000" "402f" "0000" "0a0000010a000002" + hex);
  bytes[3] = static_cast<std::uint8_t>(bytes.size());
  return dissectPacket({bytes, kLinkRaw, 0, 0});
}

TEST(Gre, theEnhancedFormSplitsItsKeyAndAcknowledges) {
  const PacketTree tree = gre("3081" "880b" "0006" "58f9" "00000001" "00000007" "ff03" "c021" "0901");
  EXPECT_EQ(shown(tree, "gre.key"), "nothing");
  EXPECT_EQ(shown(tree, "gre.key.payload_length"), "6");
  EXPECT_EQ(shown(tree, "gre.key.call_id"), "22777");
  EXPECT_EQ(shown(tree, "gre.ack_number"), "7");
  EXPECT_EQ(shown(tree, "ppp.address"), "0xff");
  EXPECT_EQ(shown(tree, "ppp.protocol"), "0xc021");
  EXPECT_EQ(shown(gre("3001" "880b" "0002" "58f9" "00000001" "21" "45"), "ppp.protocol"), "0x0021");
}

TEST(Gre, theChecksumIsChecked) {
  EXPECT_EQ(shown(gre("8000" "0800" "77ff" "0000"), "gre.checksum.status"), "1");
  const PacketTree wrong = gre("8000" "0800" "77fe" "0000");
  EXPECT_EQ(shown(wrong, "gre.checksum.status"), "0");
  EXPECT_EQ(shown(wrong, "_ws.expert.message"), "Incorrect GRE Checksum [should be 0x77ff]");
}

constexpr FragmentKey kKey{Ipv4Address::of(10, 0, 0, 1), Ipv4Address::of(10, 0, 0, 2), 7, 17};

Fragment piece(std::uint32_t frame, std::uint32_t offset, std::string_view text) {
  return {frame, offset, Bytes(asBytes(text))};
}

std::string textOf(const Bytes& bytes) {
  return {bytes.view().begin(), bytes.view().end()};
}

TEST(Reassembly, putsPiecesTogetherInAnyOrder) {
  Reassembly reassembly;
  EXPECT_FALSE(reassembly.add(kKey, piece(1, 16, "end"), false));
  EXPECT_FALSE(reassembly.add(kKey, piece(2, 0, "abcdefgh"), true));
  const auto whole = reassembly.add(kKey, piece(3, 8, "ijklmnop"), true);
  ASSERT_TRUE(whole);
  EXPECT_EQ(textOf(whole->bytes), "abcdefghijklmnopend");
  EXPECT_EQ(whole->fragments[0].frame, 2u);
  EXPECT_FALSE(reassembly.add(kKey, piece(4, 16, "end"), false)) << "a late copy starts anew";
}

TEST(Reassembly, tellsCopiesFromContradictions) {
  Reassembly reassembly;
  reassembly.add(kKey, piece(1, 0, "abcdefgh"), true);
  reassembly.add(kKey, piece(2, 0, "abcdefgh"), true);
  reassembly.add(kKey, piece(3, 0, "abcdefgX"), true);
  const auto whole = reassembly.add(kKey, piece(4, 8, "end"), false);
  ASSERT_TRUE(whole);
  EXPECT_EQ(textOf(whole->bytes), "abcdefghend");
  EXPECT_FALSE(whole->fragments[0].overlap);
  EXPECT_TRUE(whole->fragments[1].overlap && !whole->fragments[1].conflict);
  EXPECT_TRUE(whole->fragments[2].overlap && whole->fragments[2].conflict);
}

TEST(Reassembly, datagramsThatDifferInOneNumberDoNotMix) {
  Reassembly reassembly;
  FragmentKey other = kKey;
  other.identification = 8;
  EXPECT_FALSE(reassembly.add(kKey, piece(1, 0, "abcdefgh"), true));
  EXPECT_FALSE(reassembly.add(other, piece(2, 8, "end"), false));
}

/// A connection from 1 to 2 whose segments are given in order of time.
class TcpAnalysis : public testing::Test {
 protected:
  struct Numbers {
    std::uint32_t sequence;
    std::uint32_t acknowledgment;
    std::uint32_t length;
  };
  TcpSight from(int side, std::uint16_t flags, Numbers numbers, std::int64_t atMs,
                std::uint16_t window = 500) {
    TcpSegment s;
    s.from = {Ipv4Address{static_cast<std::uint32_t>(side)}, 1};
    s.to = {Ipv4Address{static_cast<std::uint32_t>(3 - side)}, 1};
    s.sequence = numbers.sequence;
    s.acknowledgment = numbers.acknowledgment;
    s.length = numbers.length;
    s.flags = flags;
    s.window = window;
    s.frame = ++m_frame;
    s.timeNs = atMs * kMs + 1;
    if ((flags & tcp::kSyn) != 0) s.windowShift = 7;
    return m_streams.see(s);
  }
  void open() {
    from(1, tcp::kSyn, {100, 0, 0}, 0);
    from(2, tcp::kSyn | tcp::kAck, {900, 101, 0}, 10);
    from(1, tcp::kAck, {101, 901, 0}, 20);
  }

  TcpStreams m_streams;
  std::uint32_t m_frame = 0;
};

TEST_F(TcpAnalysis, numbersCountFromTheStartAndTheHandshakeGivesTheRoundTrip) {
  open();
  const TcpSight sight = from(1, tcp::kAck | tcp::kPsh, {101, 901, 10}, 25);
  EXPECT_EQ(101 - sight.sequenceBase, 1u);
  EXPECT_EQ(901 - sight.ackBase, 1u);
  EXPECT_EQ(sight.windowScale, 7);
  EXPECT_EQ(sight.initialRttNs, 20 * kMs);
  EXPECT_EQ(sight.completeness, 7u);
  EXPECT_EQ(sight.bytesInFlight, 10u);
  EXPECT_EQ(sight.marks, 0u);
}

TEST_F(TcpAnalysis, anAcknowledgmentNamesTheFrameItAnswers) {
  open();
  from(1, tcp::kAck, {101, 901, 10}, 30);
  const TcpSight sight = from(2, tcp::kAck, {901, 111, 0}, 42);
  EXPECT_EQ(sight.acksFrame, 4u);
  EXPECT_EQ(sight.ackRttNs, 12 * kMs);
}

TEST_F(TcpAnalysis, duplicateAcknowledgmentsLeadToAFastRetransmission) {
  open();
  from(1, tcp::kAck, {101, 901, 10}, 30);
  from(1, tcp::kAck, {111, 901, 10}, 31);
  EXPECT_EQ(from(2, tcp::kAck, {901, 101, 0}, 41).duplicateNumber, 1u);
  EXPECT_EQ(from(2, tcp::kAck, {901, 101, 0}, 42).duplicateNumber, 2u);
  EXPECT_EQ(from(1, tcp::kAck, {101, 901, 10}, 43).marks, kFastRetransmission);
}

TEST_F(TcpAnalysis, lateCopiesAreRetransmissionsAndEarlyOnesOutOfOrder) {
  open();
  from(1, tcp::kAck, {101, 901, 10}, 30);
  from(1, tcp::kAck, {111, 901, 10}, 31);
  EXPECT_EQ(from(1, tcp::kAck, {101, 901, 10}, 32).marks, kOutOfOrder);
  const TcpSight late = from(1, tcp::kAck, {101, 901, 10}, 300);
  EXPECT_EQ(late.marks, kRetransmission);
  EXPECT_EQ(late.rtoFrame, 4u);
  from(2, tcp::kAck, {901, 121, 0}, 310);
  EXPECT_EQ(from(1, tcp::kAck, {101, 901, 10}, 320).marks, kSpuriousRetransmission);
}

TEST_F(TcpAnalysis, gapsAreRemarked) {
  open();
  EXPECT_EQ(from(1, tcp::kAck, {201, 901, 10}, 30).marks, kLostSegment);
  EXPECT_EQ(from(2, tcp::kAck, {901, 501, 0}, 31).marks, kAckLostSegment);
}

TEST_F(TcpAnalysis, aClosedWindowIsProbed) {
  open();
  EXPECT_EQ(from(2, tcp::kAck, {901, 101, 0}, 30, 0).marks, kZeroWindow);
  EXPECT_EQ(from(1, tcp::kAck, {101, 901, 1}, 31).marks, kZeroWindowProbe);
  EXPECT_EQ(from(2, tcp::kAck, {901, 101, 0}, 32, 0).marks, kZeroWindow | kZeroWindowProbeAck);
  EXPECT_EQ(from(2, tcp::kAck, {901, 101, 0}, 33, 7).marks, kWindowUpdate);
}

TEST_F(TcpAnalysis, aSynBetweenTheSamePortsStartsANewStream) {
  open();
  const TcpSight sight = from(1, tcp::kSyn, {7777, 0, 0}, 1000);
  EXPECT_EQ(sight.stream, 1u);
  EXPECT_EQ(sight.marks, kReusedPorts);
  EXPECT_EQ(sight.sequenceBase, 7777u);
}

TEST_F(TcpAnalysis, theFirstFinIsToldFromTheSecond) {
  open();
  EXPECT_TRUE(from(1, tcp::kFin | tcp::kAck, {101, 901, 0}, 30).closesFirst);
  EXPECT_FALSE(from(2, tcp::kFin | tcp::kAck, {901, 102, 0}, 31).closesFirst);
}

}  // namespace
}  // namespace hw::dissect
