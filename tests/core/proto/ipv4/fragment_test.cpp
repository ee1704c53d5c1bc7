// Cutting datagrams, at the source and on the way (RFC 791 3.2, RFC 1191).
#include <gtest/gtest.h>

#include "tests/core/sim/frames.h"
#include "tests/core/sim/lab.h"

namespace hw::test {
namespace {

/// "offset+size" of each piece, with > where more follow.
std::string shape(std::uint32_t payload, std::uint32_t mtu, bool behind = false, std::uint32_t header = 20) {
  std::string text;
  for (const ipv4::Piece& p : ipv4::fragment(payload, header, mtu, behind))
    text += (text.empty() ? "" : " ") + std::to_string(p.offset) + "+" + std::to_string(p.size) + (p.more ? ">" : "");
  return text;
}

TEST(Fragment, piecesAreMultiplesOfEightButTheLast) {
  EXPECT_EQ(shape(3008, 1500), "0+1480> 1480+1480> 2960+48");
  EXPECT_EQ(shape(1481, 1500), "0+1480> 1480+1");
  EXPECT_EQ(shape(1480, 1500), "0+1480");
  EXPECT_EQ(shape(100, 68), "0+48> 48+48> 96+4");
}

TEST(Fragment, theLastPieceMayUseTheRoomThatEightsLeave) {
  // 605 - 20 = 585: 584 in eights, but 585 fit.
  EXPECT_EQ(shape(585, 605), "0+585");
  EXPECT_EQ(shape(1169, 605), "0+584> 584+585");
}

TEST(Fragment, aPieceOfAMiddleFragmentKeepsSayingThatMoreFollow) {
  EXPECT_EQ(shape(1480, 600, true), "0+576> 576+576> 1152+328>");
}

TEST(Fragment, optionsTakeRoomInEveryPiece) {
  EXPECT_EQ(shape(1480, 1500, false, 60), "0+1440> 1440+40");
}

constexpr const char* kNarrow = R"(
  host h1 eth0 192.0.2.1/24
  router r1 eth0 192.0.2.254/24 eth1 198.51.100.254/24
  host h2 eth0 198.51.100.1/24
  link h1:eth0 r1:eth0
  link r1:eth1 h2:eth0
  mtu r1:eth1 600
  mtu h2:eth0 600
  route h1 default via 192.0.2.254
  route h2 default via 198.51.100.254)";

process::Ping large(const char* to, std::uint32_t size, socket::PathMtu mtu) {
  process::Ping p = ping(to);
  p.options.size = size;
  p.options.pathMtu = mtu;
  return p;
}

/// "id offset size more df" of each IP frame, the identification as a letter.
std::string piecesOf(const std::vector<Raw>& frames) {
  std::string text;
  for (const Raw& frame : ipOnly(frames)) {
    const ipv4::Header h = ipOf(frame);
    text += std::to_string(h.fragmentOffset * 8) + "+" + std::to_string(h.totalLength - 20) +
            (h.moreFragments ? ">" : "") + (h.dontFragment ? " DF" : "") + "\n";
    EXPECT_EQ(internetChecksum(ByteView(frame).subspan(14, 20)), 0);
  }
  return text;
}

TEST(Cutting, theSourceCutsWhatDoesNotFitItsOwnInterface) {
  Lab lab("host h1 eth0 192.0.2.1/24\n host h2 eth0 192.0.2.2/24\n link h1:eth0 h2:eth0");
  const ProcessId p = lab.start("h1", large("192.0.2.2", 3000, socket::PathMtu::Want));
  lab.run("1s");
  EXPECT_EQ(piecesOf(lab.sent("h1:eth0")), "0+1480>\n1480+1480>\n2960+48\n");
  EXPECT_EQ(lab.decisions("h1", "ipv4.needs") + lab.decisions("h1", "ipv4.fragmented"),
            "0 ipv4.needs_fragmenting size=3028 mtu=1500 port=eth0\n0 ipv4.fragmented count=3\n");
  EXPECT_EQ(lab.exitCode("h1", p), 0);
  const auto sent = ipOnly(lab.sent("h1:eth0"));
  EXPECT_EQ(ipOf(sent[0]).identification, ipOf(sent[2]).identification);
}

TEST(Cutting, fragmentsShareOneBuffer) {
  Lab lab("host h1 eth0 192.0.2.1/24\n host h2 eth0 192.0.2.2/24\n link h1:eth0 h2:eth0");
  lab.input("h1", EditNeighbour{EditNeighbour::What::Set, {1}, address("192.0.2.2"), lab.macOf("h2:eth0"), arp::Nud::Permanent});
  lab.start("h1", large("192.0.2.2", 60000, socket::PathMtu::Want));
  EXPECT_LT(lab.journal.payloadBytes(), 62000u);
}

TEST(Cutting, aRouterCutsWhatMayBeCut) {
  Lab lab(kNarrow);
  const ProcessId p = lab.start("h1", large("198.51.100.1", 1200, socket::PathMtu::Dont));
  lab.run("1s");
  EXPECT_EQ(piecesOf(lab.sent("r1:eth1")), "0+576>\n576+576>\n1152+56\n");
  EXPECT_EQ(lab.exitCode("h1", p), 0);
}

TEST(Cutting, aRouterCutsFragmentsAgain) {
  Lab lab(kNarrow);
  const ProcessId p = lab.start("h1", large("198.51.100.1", 2000, socket::PathMtu::Dont));
  lab.run("1s");
  EXPECT_EQ(piecesOf(lab.sent("r1:eth1")), "0+576>\n576+576>\n1152+328>\n1480+528\n");
  EXPECT_EQ(lab.exitCode("h1", p), 0);
}

TEST(Cutting, whatMustNotBeCutIsDroppedAndTheSourceLearnsTheMtu) {
  Lab lab(kNarrow);
  lab.start("h1", large("198.51.100.1", 1200, socket::PathMtu::Do));
  lab.run("1s");
  EXPECT_EQ(lab.decisions("r1", "ipv4.dont"), "0 ipv4.dont_fragment size=1228 mtu=600 port=eth1\n");
  const Raw error = ipOnly(lab.sent("r1:eth0")).at(0);
  EXPECT_EQ(icmpOf(error).code, icmp::kFragmentationNeeded);
  EXPECT_EQ(icmpOf(error).rest, 600u);
}

TEST(Cutting, aProgramThatForbidsItIsToldAtOnce) {
  Lab lab(kNarrow);
  const ProcessId p = lab.start("h1", large("198.51.100.1", 1473, socket::PathMtu::Do));
  lab.run("11s");
  EXPECT_EQ(lab.decisions("h1", "ipv4.dont"), "0 ipv4.dont_fragment size=1501 mtu=1500 port=eth0\n");
  EXPECT_NE(lab.printed("h1").find("ping: local error: message too long, mtu=1500"), std::string::npos);
  EXPECT_EQ(lab.exitCode("h1", p), 1);
}

TEST(Cutting, moreThan65535BytesIsNoDatagram) {
  Lab lab(kNarrow);
  process::UdpSend send;
  send.options.target = address("198.51.100.1");
  send.options.port = 9;
  send.options.sizes = {65507, 65508};
  lab.start("h1", send);
  EXPECT_EQ(lab.printed("h1"), "sent 65507 bytes\nsend 65508 -> EMSGSIZE\n");
}

TEST(Identifications, countUpPerFlowAndAreNeverZero) {
  ipv4::Identifications ids;
  RandomStream random(1, 2);
  ids.seed(random);
  const Ipv4Address a = address("192.0.2.1"), b = address("192.0.2.2");
  std::uint16_t last = ids.take(a, b, 17);
  for (int i = 0; i < 70000; ++i) {
    const std::uint16_t next = ids.take(a, b, 17);
    ASSERT_NE(next, 0);
    ASSERT_EQ(next, static_cast<std::uint16_t>(last + 1) == 0 ? 1 : static_cast<std::uint16_t>(last + 1));
    last = next;
  }
}

}  // namespace
}  // namespace hw::test
