// VXLAN (RFC 7348 section 5): eight bytes in front of an Ethernet frame, behind UDP.
#pragma once

#include "core/wire/schema.h"

namespace hw::vxlan {

inline constexpr std::uint32_t kHeaderSize = 8;
inline constexpr std::uint16_t kPort = 4789;
/// The flag that says that the VNI is valid.
inline constexpr std::uint16_t kValidVni = 0x0800;

struct Header {
  std::uint16_t flags = kValidVni;
  std::uint16_t policy = 0;
  std::uint32_t vni = 0;
  std::uint8_t reserved = 0;
  bool operator==(const Header&) const = default;
};

}  // namespace hw::vxlan

namespace hw {

template <> struct Schema<vxlan::Header> {
  static constexpr SchemaInfo info{
      "vxlan", {"Virtual eXtensible Local Area Network", "虚拟可扩展局域网"}, "RFC 7348", vxlan::kHeaderSize};
  static constexpr auto fields = std::tuple{
      bind<&vxlan::Header::flags, 0, 16>(
          {"vxlan.flags", {"Flags", "标志"}, {"0x0800: the VNI is valid.", "0x0800：VNI 有效。"}, Show::Hex}),
      bind<&vxlan::Header::policy, 16, 16>(
          {"vxlan.gbp",
           {"Group policy id", "组策略标识"},
           {"Of an extension; 0 otherwise.", "属于扩展；否则为 0。"}}),
      bind<&vxlan::Header::vni, 32, 24>(
          {"vxlan.vni",
           {"VXLAN network identifier", "VXLAN 网络标识"},
           {"Which virtual network the frame belongs to: 24 bits, 16 million networks.", "帧属于哪个虚拟网络：24 位，1600 万个网络。"}}),
      bind<&vxlan::Header::reserved, 56, 8>(
          {"vxlan.reserved8", {"Reserved", "保留"}, {"Zero.", "为零。"}})};
};

}  // namespace hw
