// PPP in HDLC-like framing (RFC 1661 2, RFC 1662 3.1): what a link between two points needs, and no more. Flags, escapes and
// FCS of the line are not kept, as captures do not keep them.
#pragma once

#include "core/wire/schema.h"

namespace hw::ppp {

inline constexpr std::uint32_t kHeaderSize = 4;
/// Flag, FCS of two bytes and closing flag, which take their time on the line.
inline constexpr std::uint32_t kLineBytes = 4;
inline constexpr std::uint8_t kAllStations = 0xFF;
inline constexpr std::uint8_t kUnnumbered = 0x03;

enum Protocol : std::uint16_t { kIpv4 = 0x0021, kIpv6 = 0x0057, kIpcp = 0x8021, kLcp = 0xC021 };

struct Header {
  std::uint8_t address = kAllStations;
  std::uint8_t control = kUnnumbered;
  std::uint16_t protocol = kIpv4;
  bool operator==(const Header&) const = default;
};

}  // namespace hw::ppp

namespace hw {

template <> struct Schema<ppp::Header> {
  static constexpr SchemaInfo info{"ppp", {"Point-to-Point Protocol", "点到点协议"}, "RFC 1661", ppp::kHeaderSize};
  static constexpr auto fields = std::tuple{
      bind<&ppp::Header::address, 0, 8>(
          {"ppp.address",
           {"Address", "地址"},
           {"Always 0xff: there is only one other end, so nobody needs an address.", "总是 0xff：链路只有另一端，不需要地址。"},
           Show::Hex}),
      bind<&ppp::Header::control, 8, 8>(
          {"ppp.control",
           {"Control", "控制"},
           {"Always 0x03: an unnumbered frame.", "总是 0x03：无编号帧。"},
           Show::Hex}),
      bind<&ppp::Header::protocol, 16, 16>(
          {"ppp.protocol",
           {"Protocol", "协议"},
           {"What the frame carries: 0x0021 IPv4, 0x0057 IPv6, 0xc021 LCP.", "帧承载的内容：0x0021 IPv4，0x0057 IPv6，0xc021 LCP。"},
           Show::Hex})};
};

}  // namespace hw
