// Putting fragments together: order, duplicates, overlaps, limits, time (RFC 791 3.2, RFC 815).
#include <gtest/gtest.h>

#include "tests/core/sim/frames.h"
#include "tests/core/sim/lab.h"

namespace hw::test {
namespace {

constexpr const char* kReassembler = R"(
  host h1 eth0 192.0.2.1/24
  host h2 eth0 192.0.2.2/24
  link h1:eth0 h2:eth0)";

struct Reassembly : testing::Test {
  Lab lab{kReassembler};
  const Raw message = echoMessage(icmp::kEchoRequest, 7, 1, counting(192));  // 200 bytes

  /// The bytes [from, to) of the message as a fragment from 192.0.2.7.
  Raw piece(std::uint32_t from, std::uint32_t to, bool more, std::uint16_t id = 1) const {
    ipv4::Header h = ipHeader("192.0.2.7", "192.0.2.1", ipv4::kIcmp);
    h.identification = id;
    h.moreFragments = more;
    h.fragmentOffset = static_cast<std::uint16_t>(from / 8);
    Raw part = message;
    part.resize(std::max<std::size_t>(part.size(), to), 0);
    return ethernetFrame(lab.macOf("h1:eth0"), mac("02:00:00:00:00:07"), ethernet::kIpv4,
                         ipDatagram(h, Raw(part.begin() + from, part.begin() + to)));
  }
  void hear(const Raw& frame) {
    lab.inject("h1:eth0", frame);
    lab.run("1ms");
  }
  std::string decided() const { return lab.keys("h1", "ipv4.fragment") + " | " + lab.keys("h1", "ipv4.reass"); }
};

TEST_F(Reassembly, piecesInOrderMakeTheWhole) {
  hear(piece(0, 80, true));
  hear(piece(80, 160, true));
  hear(piece(160, 200, false));
  EXPECT_EQ(lab.decisions("h1", "ipv4.reass"), "2 ipv4.reassembled count=3 size=220\n");
  EXPECT_EQ(lab.count("h1", "icmp.echo_answered"), 1u);
  EXPECT_TRUE(lab.state("h1").reassembly.incomplete.empty());
}

TEST_F(Reassembly, everyOrderMakesTheSameWhole) {
  std::vector<int> order = {0, 1, 2, 3};
  std::uint16_t id = 1;
  do {
    for (const int i : order)
      hear(piece(static_cast<std::uint32_t>(i) * 56, i == 3 ? 200 : static_cast<std::uint32_t>(i + 1) * 56, i < 3, id));
    ++id;
  } while (std::next_permutation(order.begin(), order.end()));
  EXPECT_EQ(lab.count("h1", "ipv4.reassembled"), 24u);
  EXPECT_EQ(lab.count("h1", "icmp.echo_answered"), 24u);
}

TEST_F(Reassembly, aFragmentThatComesTwiceIsDroppedAndTheRestGoesOn) {
  hear(piece(0, 80, true));
  hear(piece(0, 80, true));
  EXPECT_EQ(decided(), "ipv4.fragment_kept ipv4.fragment_duplicate | ");
  hear(piece(80, 200, false));
  EXPECT_EQ(lab.count("h1", "ipv4.reassembled"), 1u);
}

TEST_F(Reassembly, anOverlapDropsTheWholeDatagram) {
  hear(piece(0, 80, true));
  hear(piece(72, 160, true));
  EXPECT_EQ(lab.decisions("h1", "ipv4.fragment"),
            "0 ipv4.fragment_kept offset=0 length=80\n1 ipv4.fragment_overlap offset=72\n");
  EXPECT_TRUE(lab.state("h1").reassembly.incomplete.empty());
}

TEST_F(Reassembly, anEndThatMovesIsImpossible) {
  hear(piece(80, 160, false));
  hear(piece(160, 200, false));
  EXPECT_EQ(decided(), "ipv4.fragment_kept ipv4.fragment_impossible | ");
}

TEST_F(Reassembly, middlePiecesMustBeMultiplesOfEight) {
  hear(piece(0, 81, true));
  EXPECT_EQ(decided(), "ipv4.fragment_impossible | ");
}

TEST_F(Reassembly, anEmptyFragmentIsRefused) {
  hear(piece(80, 80, true));
  EXPECT_EQ(decided(), "ipv4.fragment_impossible | ");
}

TEST_F(Reassembly, nothingGrowsBeyond65535Bytes) {
  ipv4::Header h = ipHeader("192.0.2.7", "192.0.2.1", ipv4::kIcmp);
  h.fragmentOffset = 8191;
  hear(ethernetFrame(lab.macOf("h1:eth0"), mac("02:00:00:00:00:07"), ethernet::kIpv4, ipDatagram(h, counting(800))));
  EXPECT_EQ(decided(), "ipv4.fragment_impossible | ");
}

TEST_F(Reassembly, theOptionsOfTheFirstPieceCountForThatLimit) {
  // 65504 bytes behind a header of 20 are a datagram, behind one of 60 they are none.
  const auto hearPiece = [this](std::uint16_t offset, bool more, const Raw& options) {
    ipv4::Header h = ipHeader("192.0.2.7", "192.0.2.1", ipv4::kIcmp);
    h.fragmentOffset = offset;
    h.moreFragments = more;
    hear(ethernetFrame(lab.macOf("h1:eth0"), mac("02:00:00:00:00:07"), ethernet::kIpv4,
                       ipDatagram(h, counting(24), options)));
  };
  hearPiece(8185, false, {});
  EXPECT_EQ(decided(), "ipv4.fragment_kept | ");
  hearPiece(0, true, Raw(40, 1));
  EXPECT_EQ(decided(), "ipv4.fragment_kept ipv4.fragment_impossible | ");
}

TEST_F(Reassembly, fragmentsOfDifferentDatagramsDoNotMix) {
  hear(piece(0, 80, true, 1));
  hear(piece(80, 200, false, 2));
  EXPECT_EQ(lab.count("h1", "ipv4.reassembled"), 0u);
  EXPECT_EQ(lab.state("h1").reassembly.incomplete.size(), 2u);
}

TEST_F(Reassembly, afterThirtySecondsTheSourceIsToldIfTheFirstPieceCame) {
  hear(piece(0, 80, true));
  lab.run("31s");
  EXPECT_EQ(lab.decisions("h1", "ipv4.reass"), "30000 ipv4.reassembly_timeout src=192.0.2.7 wait=30 s\n");
  EXPECT_EQ(lab.decisions("h1", "icmp."), "30000 icmp.error_sent src=192.0.2.7 type=11 code=1\n");
  EXPECT_TRUE(lab.state("h1").reassembly.incomplete.empty());
}

TEST_F(Reassembly, withoutTheFirstPieceNobodyIsTold) {
  hear(piece(80, 160, true));
  lab.run("31s");
  EXPECT_EQ(lab.count("h1", "ipv4.reassembly_timeout"), 1u);
  EXPECT_EQ(lab.count("h1", "icmp.error_sent"), 0u);
}

TEST_F(Reassembly, tooManyUnfinishedDatagramsPushTheOldestOut) {
  for (std::uint16_t id = 0; id < ipv4::kMaxIncomplete + 1; ++id) hear(piece(0, 80, true, id));
  EXPECT_EQ(lab.count("h1", "ipv4.fragment_too_many"), 1u);
  EXPECT_EQ(lab.state("h1").reassembly.incomplete.size(), ipv4::kMaxIncomplete);
  EXPECT_EQ(lab.state("h1").reassembly.incomplete.front().identification, 1);
}

}  // namespace
}  // namespace hw::test
