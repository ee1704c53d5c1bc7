// Neighbour solicitations and advertisements (RFC 4861 4.3 and 4.4), with the ICMPv6 header in front.
#pragma once

#include "core/wire/schema.h"

namespace hw::nd {

inline constexpr std::uint32_t kMessageSize = 24;
/// Type, length in units of 8 bytes, a MAC address (RFC 4861 4.6.1).
inline constexpr std::uint32_t kAddressOptionSize = 8;
/// Messages with another hop limit came from beyond the link (RFC 4861 7.1).
inline constexpr std::uint8_t kHopLimit = 255;

enum Option : std::uint8_t {
  kSourceAddress = 1,
  kTargetAddress = 2,
  kPrefix = 3,
  kRedirected = 4,
  kMtu = 5,
  kNonce = 14,
  kRoute = 24,
  kDnsServers = 25,
  kDnsSearch = 31,
};

struct Message {
  std::uint8_t type = 0;
  std::uint8_t code = 0;
  std::uint16_t checksum = 0;
  bool router = false;     ///< of an advertisement, as the next two
  bool solicited = false;
  bool overrides = false;
  std::uint32_t reserved = 0;
  Ipv6Address target;
  bool operator==(const Message&) const = default;
};

}  // namespace hw::nd

namespace hw {

template <> struct Schema<nd::Message> {
  static constexpr SchemaInfo info{
      "icmpv6", {"Neighbor Discovery", "邻居发现"}, "RFC 4861", nd::kMessageSize};
  static constexpr auto fields = std::tuple{
      bind<&nd::Message::type, 0, 8>(
          {"icmpv6.type", {"Type", "类型"}, {"135 asks for a neighbour, 136 answers.", "135 询问邻居，136 应答。"}}),
      bind<&nd::Message::code, 8, 8>({"icmpv6.code", {"Code", "代码"}, {"Always 0.", "总是 0。"}}),
      bind<&nd::Message::checksum, 16, 16>(
          {"icmpv6.checksum",
           {"Checksum", "校验和"},
           {"Covers the message and a pseudo header with both addresses.", "覆盖整个报文和含两个地址的伪首部。"},
           Show::Hex}),
      bind<&nd::Message::router, 32, 1>(
          {"icmpv6.nd.na.flag.r", {"Router", "路由器"}, {"The sender forwards.", "发送者是路由器。"}, Show::Bool}),
      bind<&nd::Message::solicited, 33, 1>(
          {"icmpv6.nd.na.flag.s",
           {"Solicited", "被请求"},
           {"Somebody asked: the way to the neighbour works in both directions.", "有人询问过：到邻居的双向可达性得到证明。"},
           Show::Bool}),
      bind<&nd::Message::overrides, 34, 1>(
          {"icmpv6.nd.na.flag.o",
           {"Override", "覆盖"},
           {"A known link-layer address gives way to this one.", "以此链路层地址替换已知的地址。"},
           Show::Bool}),
      bind<&nd::Message::reserved, 35, 29>(
          {"icmpv6.nd.na.flag.rsv", {"Reserved", "保留"}, {"Must be zero.", "必须为零。"}}),
      bind<&nd::Message::target, 64, 128>(
          {"icmpv6.nd.na.target_address",
           {"Target address", "目标地址"},
           {"Whose link-layer address is told.", "告知的是谁的链路层地址。"},
           Show::Ipv6})};
};

}  // namespace hw
