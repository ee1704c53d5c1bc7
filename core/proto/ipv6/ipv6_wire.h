// The IPv6 header and the fragment header (RFC 8200 3 and 4.5).
#pragma once

#include "core/wire/checksum.h"
#include "core/wire/schema.h"

namespace hw::ipv6 {

inline constexpr std::uint32_t kHeaderSize = 40;
inline constexpr std::uint32_t kFragmentHeaderSize = 8;
/// Every link carries so much (RFC 8200 5).
inline constexpr std::uint32_t kMinimumMtu = 1280;
inline constexpr std::uint32_t kMaxPayload = 65535;

/// Values of "next header": extension headers and what is carried.
enum NextHeader : std::uint8_t {
  kHopByHop = 0,
  kIpv4 = 4,
  kTcp = 6,
  kUdp = 17,
  kIpv6 = 41,
  kRouting = 43,
  kFragment = 44,
  kGre = 47,
  kIcmp = 58,
  kNone = 59,
  kDestination = 60,
};
/// Extension headers that begin with the next header and their length in units of 8 bytes.
constexpr bool isOptionHeader(std::uint8_t kind) { return kind == kHopByHop || kind == kRouting || kind == kDestination; }

struct Header {
  std::uint8_t version = 6;
  std::uint8_t trafficClass = 0;
  std::uint32_t flowLabel = 0;  ///< 20 bits
  std::uint16_t payloadLength = 0;
  std::uint8_t nextHeader = 0;
  std::uint8_t hopLimit = 64;
  Ipv6Address source;
  Ipv6Address destination;
  bool operator==(const Header&) const = default;
};

struct FragmentHeader {
  std::uint8_t nextHeader = 0;
  std::uint8_t reserved = 0;
  std::uint16_t offset = 0;  ///< in units of 8 bytes
  std::uint8_t reservedBits = 0;
  bool more = false;
  std::uint32_t identification = 0;
  bool operator==(const FragmentHeader&) const = default;
};

/// The sum over the pseudo header (RFC 8200 8.1).
constexpr ChecksumSum pseudoHeaderSum(Ipv6Address source, Ipv6Address destination, std::uint32_t length, std::uint8_t protocol) {
  ChecksumSum sum;
  for (const std::uint64_t half : {source.high, source.low, destination.high, destination.low}) {
    sum.add32(static_cast<std::uint32_t>(half >> 32));
    sum.add32(static_cast<std::uint32_t>(half));
  }
  sum.add32(length);
  sum.add32(protocol);
  return sum;
}

}  // namespace hw::ipv6

namespace hw {

template <> struct Schema<ipv6::Header> {
  static constexpr SchemaInfo info{
      "ipv6", {"Internet Protocol Version 6", "互联网协议第 6 版"}, "RFC 8200", ipv6::kHeaderSize};
  static constexpr auto fields = std::tuple{
      bind<&ipv6::Header::version, 0, 4>(
          {"ipv6.version", {"Version", "版本"}, {"Always 6 in this header.", "在此首部中总是 6。"}}),
      bind<&ipv6::Header::trafficClass, 4, 8>(
          {"ipv6.tclass",
           {"Traffic class", "流量类别"},
           {"How the datagram wants to be treated, as the DSCP and ECN of IPv4.", "数据报希望得到的待遇，与 IPv4 的 DSCP 和 ECN 相同。"},
           Show::Hex}),
      bind<&ipv6::Header::flowLabel, 12, 20>(
          {"ipv6.flow",
           {"Flow label", "流标签"},
           {"The same for all datagrams of a conversation, so that routers keep them on one way (RFC 6437).",
            "同一会话的数据报相同，使路由器让它们走同一条路径（RFC 6437）。"},
           Show::Hex}),
      bind<&ipv6::Header::payloadLength, 32, 16>(
          {"ipv6.plen",
           {"Payload length", "载荷长度"},
           {"Bytes behind this header, extension headers included.", "此首部之后的字节数，包括扩展首部。"}}),
      bind<&ipv6::Header::nextHeader, 48, 8>(
          {"ipv6.nxt",
           {"Next header", "下一个首部"},
           {"What follows: an extension header, or 58 ICMPv6, 6 TCP, 17 UDP.", "后面是什么：扩展首部，或 58 ICMPv6、6 TCP、17 UDP。"}}),
      bind<&ipv6::Header::hopLimit, 56, 8>(
          {"ipv6.hlim",
           {"Hop limit", "跳数限制"},
           {"One less at every router; at zero the datagram dies.", "每经过一台路由器减一；减到零时数据报被丢弃。"}}),
      bind<&ipv6::Header::source, 64, 128>(
          {"ipv6.src", {"Source address", "源地址"}, {"Who sent the datagram.", "谁发送了数据报。"}, Show::Ipv6}),
      bind<&ipv6::Header::destination, 192, 128>(
          {"ipv6.dst",
           {"Destination address", "目的地址"},
           {"Where the datagram goes; routers decide by it.", "数据报去往哪里；路由器据此决策。"},
           Show::Ipv6})};
};

template <> struct Schema<ipv6::FragmentHeader> {
  static constexpr SchemaInfo info{
      "ipv6", {"Fragment header for IPv6", "IPv6 分片首部"}, "RFC 8200 4.5", ipv6::kFragmentHeaderSize};
  static constexpr auto fields = std::tuple{
      bind<&ipv6::FragmentHeader::nextHeader, 0, 8>(
          {"ipv6.fraghdr.nxt",
           {"Next header", "下一个首部"},
           {"What the datagram carries that was cut.", "被分片的数据报携带的内容。"}}),
      bind<&ipv6::FragmentHeader::reserved, 8, 8>(
          {"ipv6.fraghdr.reserved_octet", {"Reserved", "保留"}, {"Must be zero.", "必须为零。"}, Show::Hex}),
      bind<&ipv6::FragmentHeader::offset, 16, 13>(
          {"ipv6.fraghdr.offset",
           {"Offset", "片偏移"},
           {"Where this piece belongs, in units of 8 bytes.", "此片所在的位置，以 8 字节为单位。"}}),
      bind<&ipv6::FragmentHeader::reservedBits, 29, 2>(
          {"ipv6.fraghdr.reserved_bits", {"Reserved bits", "保留位"}, {"Must be zero.", "必须为零。"}}),
      bind<&ipv6::FragmentHeader::more, 31, 1>(
          {"ipv6.fraghdr.more",
           {"More fragments", "更多分片"},
           {"Set in all pieces but the last.", "除最后一片外，所有分片都置位。"},
           Show::Bool}),
      bind<&ipv6::FragmentHeader::identification, 32, 32>(
          {"ipv6.fraghdr.ident",
           {"Identification", "标识"},
           {"The same in all pieces of a datagram.", "同一数据报的所有分片相同。"},
           Show::Hex})};
};

}  // namespace hw
