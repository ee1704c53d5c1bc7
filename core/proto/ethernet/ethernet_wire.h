// Ethernet II (IEEE 802.3 3.1.1, RFC 894) and the 802.1Q tag.
#pragma once

#include "core/wire/schema.h"

namespace hw::ethernet {

inline constexpr std::uint32_t kHeaderSize = 14;
/// Numbers below this are no type but a length (IEEE 802.3 3.2.6).
inline constexpr std::uint16_t kFirstType = 1536;
/// Smallest frame without FCS (IEEE 802.3 4A.4.2: minFrameSize 64 with FCS).
inline constexpr std::uint32_t kMinimumFrame = 60;
/// An interface takes frames longer than its MTU by a VLAN tag.
inline constexpr std::uint32_t kTagSlack = 4;
/// FCS, preamble with start delimiter, gap: what a frame costs on the medium besides its bytes.
inline constexpr std::uint32_t kFcsSize = 4;
inline constexpr std::uint32_t kPreambleSize = 8;
inline constexpr std::uint32_t kGapSize = 12;

enum EtherType : std::uint16_t { kIpv4 = 0x0800, kArp = 0x0806, kRarp = 0x8035, kVlan = 0x8100, kIpv6 = 0x86DD, kServiceVlan = 0x88A8 };

struct Header {
  MacAddress destination;
  MacAddress source;
  std::uint16_t type = 0;
  bool operator==(const Header&) const = default;
};

/// What follows the addresses when the type is 0x8100 (IEEE 802.1Q 9.6).
struct VlanTag {
  std::uint8_t priority = 0;
  bool dropEligible = false;
  std::uint16_t id = 0;
  std::uint16_t type = 0;
  bool operator==(const VlanTag&) const = default;
};

}  // namespace hw::ethernet

namespace hw {

template <> struct Schema<ethernet::Header> {
  static constexpr SchemaInfo info{"eth", {"Ethernet II", "以太网 II"}, "IEEE 802.3", 14};
  static constexpr auto fields = std::tuple{
      bind<&ethernet::Header::destination, 0, 48>(
          {"eth.dst",
           {"Destination", "目的地址"},
           {"The MAC address of the next device on this link: it changes at every router.",
            "本链路上下一台设备的 MAC 地址：每经过一台路由器都会改变。"},
           Show::Mac}),
      bind<&ethernet::Header::source, 48, 48>(
          {"eth.src",
           {"Source", "源地址"},
           {"The MAC address of the device that put the frame on this link.",
            "把这个帧放到本链路上的设备的 MAC 地址。"},
           Show::Mac}),
      bind<&ethernet::Header::type, 96, 16>(
          {"eth.type",
           {"Type", "类型"},
           {"Which protocol the payload belongs to: 0x0800 IPv4, 0x0806 ARP.",
            "载荷属于哪个协议：0x0800 是 IPv4，0x0806 是 ARP。"},
           Show::Hex})};
};

template <> struct Schema<ethernet::VlanTag> {
  static constexpr SchemaInfo info{
      "vlan", {"802.1Q Virtual LAN", "802.1Q 虚拟局域网"}, "IEEE 802.1Q", 4};
  static constexpr auto fields = std::tuple{
      bind<&ethernet::VlanTag::priority, 0, 3>(
          {"vlan.priority",
           {"Priority", "优先级"},
           {"The class of service of the frame, 0 to 7.", "帧的服务等级，0 到 7。"}}),
      bind<&ethernet::VlanTag::dropEligible, 3, 1>(
          {"vlan.dei",
           {"DEI", "可丢弃标志"},
           {"The frame may be dropped first when a queue is full.", "队列满时可以先丢弃这个帧。"},
           Show::Bool}),
      bind<&ethernet::VlanTag::id, 4, 12>(
          {"vlan.id",
           {"ID", "VLAN 标识"},
           {"Which virtual LAN the frame belongs to, 1 to 4094.", "帧属于哪个虚拟局域网，1 到 4094。"}}),
      bind<&ethernet::VlanTag::type, 16, 16>(
          {"vlan.etype",
           {"Type", "类型"},
           {"Which protocol follows the tag.", "标签之后是哪个协议。"},
           Show::Hex})};
};

}  // namespace hw
