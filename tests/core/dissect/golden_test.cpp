// Whole packets as people read them.
#include <gtest/gtest.h>

#include "core/dissect/dissect.h"
#include "core/dissect/tree_json.h"
#include "core/dissect/tree_text.h"
#include "tests/core/dissect/frames.h"

namespace hw::dissect {
namespace {

constexpr std::int64_t kTime = 1'700'000'000'250'000'000;

PacketTree treeOf(std::string_view hex) {
  const auto bytes = frames::bytesOf(hex);
  return dissectPacket({bytes, kLinkEthernet, 0, kTime});
}

std::string layersOf(const PacketTree& tree) {
  std::string names;
  for (const Layer& layer : tree.layers) (names += names.empty() ? "" : " ") += layer.name();
  return names;
}

/// "name=show@pos+size" of the first field of that name.
std::string fieldText(const PacketTree& tree, std::string_view name) {
  const TreeField* field = findField(tree, name);
  if (field == nullptr) return std::string(name) + " is missing";
  return std::string(name) + "=" + field->show + "@" + std::to_string(field->where.pos) + "+" +
         std::to_string(field->where.size);
}

TEST(Golden, anArpRequestInBothLanguages) {
  const PacketTree tree = treeOf(frames::kArpRequest);
  EXPECT_EQ(toText(tree, Language::English),
            "Ethernet II\n"
            "  Destination: ff:ff:ff:ff:ff:ff\n"
            "    Address: ff:ff:ff:ff:ff:ff\n"
            "    LG bit: Set (1)\n"
            "    IG bit: Set (1)\n"
            "  Source: 02:00:00:00:00:01\n"
            "    Address: 02:00:00:00:00:01\n"
            "    LG bit: Set (1)\n"
            "    IG bit: Not set (0)\n"
            "  Type: ARP (0x0806)\n"
            "  Padding: 00:00:00:00:00:00:00:00:00:00:00:00:00:00:00:00:00:00\n"
            "Address Resolution Protocol\n"
            "  Hardware type: Ethernet (1)\n"
            "  Protocol type: IPv4 (0x0800)\n"
            "  Hardware size: 6\n"
            "  Protocol size: 4\n"
            "  Opcode: request (1)\n"
            "  Sender MAC address: 02:00:00:00:00:01\n"
            "  Sender IP address: 10.0.0.1\n"
            "  Target MAC address: 00:00:00:00:00:00\n"
            "  Target IP address: 10.0.0.2\n");
  const std::string chinese = toText(tree, Language::Chinese);
  EXPECT_NE(chinese.find("操作码：请求 (1)\n"), std::string::npos) << chinese;
  EXPECT_NE(chinese.find("目标 IP 地址：10.0.0.2\n"), std::string::npos);
}

TEST(Golden, theBytesOfAFieldCanBeFoundInTheFrame) {
  const PacketTree tree = treeOf(frames::kArpRequest);
  EXPECT_EQ(fieldText(tree, "arp.opcode"), "arp.opcode=1@20+2");
  EXPECT_EQ(fieldText(tree, "arp.dst.proto_ipv4"), "arp.dst.proto_ipv4=10.0.0.2@38+4");
  EXPECT_EQ(fieldText(tree, "eth.padding"),
            "eth.padding=00:00:00:00:00:00:00:00:00:00:00:00:00:00:00:00:00:00@42+18");
  EXPECT_EQ(fieldText(tree, "eth.dst_resolved"), "eth.dst_resolved=Broadcast@0+6");
  EXPECT_TRUE(findField(tree, "eth.dst_resolved")->hidden);
}

TEST(Golden, anArpProbeIsMarked) {
  const PacketTree tree = treeOf(frames::kArpProbe);
  EXPECT_EQ(fieldText(tree, "arp.isprobe"), "arp.isprobe=1@14+0");
  EXPECT_EQ(findField(tree, "arp.isgratuitous"), nullptr);
}

TEST(Golden, aPingTellsWhenItWasSent) {
  const PacketTree tree = treeOf(frames::kPing);
  EXPECT_EQ(layersOf(tree), "eth ip icmp data");
  EXPECT_EQ(fieldText(tree, "icmp.ident_le"), "icmp.ident_le=13330@38+2");
  EXPECT_EQ(fieldText(tree, "icmp.checksum.status"), "icmp.checksum.status=1@36+0");
  EXPECT_EQ(fieldText(tree, "icmp.data_time"),
            "icmp.data_time=Nov 14, 2023 22:13:20.000000000 UTC@42+8");
  EXPECT_EQ(fieldText(tree, "icmp.data_time_relative"), "icmp.data_time_relative=0.250000000@42+8");
  EXPECT_EQ(fieldText(tree, "data.len"), "data.len=48@50+0");
}

TEST(Golden, anErrorQuotesTheDatagramItIsAbout) {
  const PacketTree tree = treeOf(frames::kPortUnreachable);
  EXPECT_EQ(layersOf(tree), "eth ip icmp ip udp data");
  EXPECT_EQ(tree.layers[3].within, 2);
  EXPECT_EQ(tree.layers[3].where, (Span{42, 20}));
  EXPECT_EQ(fieldText(tree, "udp.dstport"), "udp.dstport=4000@64+2");
  EXPECT_EQ(findField(tree, "icmp.code")->text(Language::English), "Code: Port unreachable (3)");
  EXPECT_EQ(fieldText(treeOf(frames::kFragmentationNeeded), "icmp.mtu"), "icmp.mtu=1500@40+2");
  EXPECT_EQ(fieldText(treeOf(frames::kRedirect), "icmp.redir_gw"), "icmp.redir_gw=10.0.0.9@38+4");
}

TEST(Golden, theOptionsOfASyn) {
  const PacketTree tree = treeOf(frames::kSyn);
  EXPECT_EQ(fieldText(tree, "tcp.flags"), "tcp.flags=0x0002@46+2");
  EXPECT_EQ(fieldText(tree, "tcp.flags.str"), "tcp.flags.str=··········S·@46+2");
  EXPECT_EQ(fieldText(tree, "tcp.options.mss_val"), "tcp.options.mss_val=1460@56+2");
  EXPECT_EQ(fieldText(tree, "tcp.options.sack_perm"), "tcp.options.sack_perm=04:02@58+2");
  EXPECT_EQ(fieldText(tree, "tcp.options.timestamp.tsval"), "tcp.options.timestamp.tsval=1@62+4");
  EXPECT_EQ(fieldText(tree, "tcp.options.wscale.multiplier"),
            "tcp.options.wscale.multiplier=128@73+1");
  EXPECT_EQ(fieldText(treeOf(frames::kSack), "tcp.options.sack.count"),
            "tcp.options.sack.count=2@56+0");
}

TEST(Golden, theOptionsOfIp) {
  const PacketTree record = treeOf(frames::kRecordRoute);
  EXPECT_EQ(fieldText(record, "ip.hdr_len"), "ip.hdr_len=32@14+1");
  EXPECT_EQ(fieldText(record, "ip.rec_rt"), "ip.rec_rt=10.0.0.1@37+4");
  EXPECT_EQ(fieldText(record, "ip.empty_rt"), "ip.empty_rt=0.0.0.0@41+4");
  const PacketTree routed = treeOf(frames::kSourceRoute);
  EXPECT_EQ(fieldText(routed, "ip.cur_rt"), "ip.cur_rt=10.0.0.2@30+4");
  EXPECT_EQ(fieldText(routed, "ip.dst"), "ip.dst=10.0.0.6@41+4");
  const PacketTree timed = treeOf(frames::kTimestamps);
  EXPECT_EQ(fieldText(timed, "ip.opt.time_stamp_addr"), "ip.opt.time_stamp_addr=10.0.0.5@38+4");
  EXPECT_EQ(fieldText(timed, "ip.opt.overflow"), "ip.opt.overflow=3@37+1");
}

TEST(Golden, tagsAndTunnelsAreUnpacked) {
  EXPECT_EQ(layersOf(treeOf(frames::kVlans)), "eth vlan vlan ip icmp data");
  EXPECT_EQ(fieldText(treeOf(frames::kVlans), "vlan.id"), "vlan.id=100@14+2");
  EXPECT_EQ(layersOf(treeOf(frames::kProviderTag)), "eth ieee8021ad vlan arp");
  EXPECT_EQ(layersOf(treeOf(frames::kSpanningTree)), "eth llc stp");
  EXPECT_EQ(fieldText(treeOf(frames::kSpanningTree), "eth.len"), "eth.len=38@12+2");
  EXPECT_EQ(layersOf(treeOf(frames::kSnap)), "eth llc ip icmp data");
  EXPECT_EQ(layersOf(treeOf(frames::kIpInIp)), "eth ip ip icmp data");
}

TEST(Golden, aRapidBpduTellsRoleAndAgreement) {
  const PacketTree tree = treeOf(frames::kRapidTree);
  EXPECT_EQ(fieldText(tree, "stp.flags.agreement"), "stp.flags.agreement=1@21+1");
  EXPECT_EQ(fieldText(tree, "stp.flags.port_role"), "stp.flags.port_role=3@21+1");
  EXPECT_EQ(fieldText(tree, "stp.flags.proposal"), "stp.flags.proposal=1@21+1");
  EXPECT_EQ(fieldText(tree, "stp.flags.tc"), "stp.flags.tc=0@21+1");
  EXPECT_EQ(fieldText(tree, "stp.version_1_length"), "stp.version_1_length=0@52+1");
  EXPECT_EQ(fieldText(treeOf(frames::kSpanningTree), "stp.flags.proposal"), "stp.flags.proposal is missing");
}

TEST(Golden, theEchoPortIsKnown) {
  const PacketTree tree = treeOf(frames::kEcho);
  EXPECT_EQ(layersOf(tree), "eth ip udp echo");
  EXPECT_EQ(fieldText(tree, "echo.data"), "echo.data=68:65:6c:6c:6f@42+5");
}

TEST(Golden, theJsonOfASmallPacket) {
  const std::vector<std::uint8_t> two{0xAB, 0x22};
  const PacketTree tree = dissectPacket({two, 147, 0, 0});
  EXPECT_EQ(
      toJson(tree, 7, 1'500'000'000),
      R"({"number":7,"time":"1.500000000","layers":[{"proto":"data","name":"Data","pos":0,"size":2,)"
      R"("fields":[{"name":"data.data","show":"ab:22","pos":0,"size":2,"fields":[]},)"
      R"({"name":"data.len","show":"2","pos":0,"size":0,"generated":true,"fields":[]}]}]})");
}

TEST(Golden, aNeighbourSolicitationInBothLanguages) {
  const PacketTree tree = treeOf(frames::kSolicitation);
  EXPECT_EQ(layersOf(tree), "eth ipv6 icmpv6");
  const std::string english = toText(tree, Language::English);
  const std::size_t from = english.find("Internet Control Message Protocol v6");
  ASSERT_NE(from, std::string::npos) << english;
  EXPECT_EQ(english.substr(from),
            "Internet Control Message Protocol v6\n"
            "  Type: Neighbor Solicitation (135)\n"
            "  Code: 0\n"
            "  Checksum: 0x1c25\n"
            "  [Checksum status: Good (1)]\n"
            "  Reserved: 00:00:00:00\n"
            "  Target address: 2001:db8:1::2\n"
            "  Option\n"
            "    Type: Source link-layer address (1)\n"
            "    Length: 1\n"
            "    Link-layer address: 02:00:00:00:00:01\n");
  EXPECT_NE(toText(tree, Language::Chinese).find("目标地址：2001:db8:1::2\n"), std::string::npos);
  EXPECT_EQ(fieldText(tree, "ipv6.dst"), "ipv6.dst=ff02::1:ff00:2@38+16");
}

TEST(Golden, anIcmpv6ErrorQuotesADatagramWhoseChecksumIsNotJudged) {
  const PacketTree tree = treeOf(frames::kPortUnreachable6);
  EXPECT_EQ(layersOf(tree), "eth ipv6 icmpv6 ipv6 udp data");
  EXPECT_EQ(tree.layers[4].within, 2);
  EXPECT_EQ(fieldText(tree, "icmpv6.checksum.status"), "icmpv6.checksum.status=1@56+0");
  EXPECT_EQ(fieldText(tree, "udp.checksum.status"), "udp.checksum.status=2@108+0");
}

TEST(Golden, segmentsGiveTheReceiverOverWhichTheChecksumIs) {
  const PacketTree tree = treeOf(frames::kSegments);
  EXPECT_EQ(layersOf(tree), "eth ipv6 icmpv6");
  EXPECT_EQ(fieldText(tree, "ipv6.routing.segleft"), "ipv6.routing.segleft=1@57+1");
  EXPECT_EQ(fieldText(tree, "ipv6.routing.srh.addr"), "ipv6.routing.srh.addr=2001:db8::1@62+16");
  EXPECT_EQ(tree.layers[1].where.size, 80u);
}

}  // namespace
}  // namespace hw::dissect
