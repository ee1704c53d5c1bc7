// Frames in a line: what they carry is told, however deep it is. The frames are Linux's (tests/oracle).
#include <gtest/gtest.h>

#include <string>
#include <string_view>
#include <vector>

#include "core/lens/packets.h"

namespace hw::lens {
namespace {

/// A configuration BPDU of the root.
constexpr std::string_view kBpdu =
    "0180c200000002000004000100264242030000000000800002000000b10000000000800002000000b10080010000"
    "080002000400";

/// A topology change notification.
constexpr std::string_view kNotification =
    "0180c2000000020000050002000742420300000080";

/// An echo request in VXLAN.
constexpr std::string_view kVxlanPing =
    "0200000000120200000000110800450000862640000004110cd4c0a80101c0a80102d2c412b50072783908000000"
    "00000a00020000000002020000000001080045000054708f40004001b6030a0a00010a0a00020800b35397b30001"
    "349e026b00000000af1b080000000000101112131415161718191a1b1c1d1e1f202122232425262728292a2b2c2d"
    "2e2f3031323334353637";

/// An echo request in GRE.
constexpr std::string_view kGrePing =
    "02000000001002000000000108004500006c7f7b4000402f3694c0a80101c0a802020000080045000054e8d94000"
    "40013db90a0a00010a0a00020800701f9b700001009b026b00000000219609000000000010111213141516171819"
    "1a1b1c1d1e1f202122232425262728292a2b2c2d2e2f3031323334353637";

/// An echo request with a VLAN tag.
constexpr std::string_view kTaggedPing =
    "0200000000030200000000018100000a0800450000540ecd4000400117d90a0000010a000003080083f43fcc0001"
    "8d9c026b00000000df63060000000000101112131415161718191a1b1c1d1e1f202122232425262728292a2b2c2d"
    "2e2f3031323334353637";

/// A report of a group.
constexpr std::string_view kJoin =
    "01005e000016020000000002080046c00028000040000102f9f70a000002e0000016940400002200e8f900000001"
    "04000000ef010203";

Frame frameOf(std::string_view hex, std::size_t bytes = SIZE_MAX) {
  std::vector<std::uint8_t> data;
  for (std::size_t i = 0; i + 1 < hex.size() && data.size() < bytes; i += 2)
    data.push_back(static_cast<std::uint8_t>(std::stoi(std::string(hex.substr(i, 2)), nullptr, 16)));
  return Frame(ByteView(data));
}

TEST(PacketLine, NamesTheInnermostProtocolAndWhatCarriesIt) {
  const auto line = [](std::string_view hex) { return packetLine(frameOf(hex)); };
  EXPECT_EQ(line(kBpdu), (PacketLine{"STP", "02:00:00:04:00:01", "01:80:c2:00:00:00",
                                     "Root 32768/02:00:00:00:b1:00 cost 0"}));
  EXPECT_EQ(line(kNotification), (PacketLine{"STP", "02:00:00:05:00:02", "01:80:c2:00:00:00",
                                             "Topology change notification"}));
  EXPECT_EQ(line(kVxlanPing), (PacketLine{"ICMP", "10.10.0.1", "10.10.0.2",
                                          "VXLAN 10: Echo (ping) request seq=1 ttl=64"}));
  EXPECT_EQ(line(kGrePing), (PacketLine{"ICMP", "10.10.0.1", "10.10.0.2",
                                        "GRE: Echo (ping) request seq=1 ttl=64"}));
  EXPECT_EQ(line(kTaggedPing), (PacketLine{"ICMP", "10.0.0.1", "10.0.0.3",
                                           "VLAN 10: Echo (ping) request seq=1 ttl=64"}));
  EXPECT_EQ(line(kJoin), (PacketLine{"IGMP", "10.0.0.2", "224.0.0.22", "Report: join 239.1.2.3"}));
}

TEST(PacketLine, TellsCutFramesWithoutReadingBehindThem) {
  for (const auto hex : {kBpdu, kNotification, kVxlanPing, kGrePing, kTaggedPing, kJoin})
    for (std::size_t bytes = 0; bytes <= hex.size() / 2; ++bytes) {
      const PacketLine line = packetLine(frameOf(hex, bytes));
      EXPECT_FALSE(line.protocol.empty());
      EXPECT_FALSE(line.info.empty());
    }
}

TEST(PacketLine, StopsAtTunnelsInTunnels) {
  // An Ethernet header, IPv4 and GRE that carries such a frame again, over and over.
  const std::string layer = "0200000000020200000000010800"
                            "4500040000000000402f00000a0000010a000002"
                            "00006558";
  std::string hex;
  for (int i = 0; i < 500; ++i) hex += layer;
  EXPECT_EQ(packetLine(frameOf(hex)).info, "GRE: GRE: Type 0x0800");
}

}  // namespace
}  // namespace hw::lens
