// GRE: the four bytes that every header has (RFC 2784 2.1). Which optional fields follow stands in the flags.
#pragma once

#include "core/wire/schema.h"

namespace hw::gre {

inline constexpr std::uint32_t kHeaderSize = 4;
inline constexpr std::uint16_t kChecksumBit = 0x8000, kRoutingBit = 0x4000, kKeyBit = 0x2000, kSequenceBit = 0x1000;
/// The protocol type of whole Ethernet frames (transparent Ethernet bridging).
inline constexpr std::uint16_t kBridged = 0x6558;

struct Header {
  std::uint16_t flags = 0;
  std::uint16_t protocol = 0;
  bool operator==(const Header&) const = default;
};

}  // namespace hw::gre

namespace hw {

template <> struct Schema<gre::Header> {
  static constexpr SchemaInfo info{
      "gre", {"Generic Routing Encapsulation", "通用路由封装"}, "RFC 2784, RFC 2890", gre::kHeaderSize};
  static constexpr auto fields = std::tuple{
      bind<&gre::Header::flags, 0, 16>(
          {"gre.flags_and_version",
           {"Flags and version", "标志与版本"},
           {"Which optional fields follow, and the version.", "后面有哪些可选字段，以及版本。"},
           Show::Hex}),
      bind<&gre::Header::protocol, 16, 16>(
          {"gre.proto",
           {"Protocol type", "协议类型"},
           {"What the tunnel carries, as an EtherType: the passenger protocol.", "隧道承载的内容（以太网类型）：乘客协议。"},
           Show::Hex})};
};

}  // namespace hw
