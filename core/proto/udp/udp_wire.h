// UDP (RFC 768).
#pragma once

#include "core/wire/checksum.h"
#include "core/wire/schema.h"

namespace hw::udp {

inline constexpr std::uint32_t kHeaderSize = 8;
/// 65535 less the headers of IPv4 and UDP.
inline constexpr std::uint32_t kMaxPayload = 65507;

struct Header {
  std::uint16_t sourcePort = 0;
  std::uint16_t destinationPort = 0;
  std::uint16_t length = 0;
  std::uint16_t checksum = 0;
  bool operator==(const Header&) const = default;
};

/// The sum over the pseudo header (RFC 768): addresses, protocol 17 and length.
constexpr ChecksumSum pseudoHeaderSum(Ipv4Address source, Ipv4Address destination,
                                      std::uint16_t length, std::uint8_t protocol = 17) {
  ChecksumSum sum;
  sum.add32(source.value);
  sum.add32(destination.value);
  sum.add16(protocol);
  sum.add16(length);
  return sum;
}

}  // namespace hw::udp

namespace hw {

template <> struct Schema<udp::Header> {
  static constexpr SchemaInfo info{
      "udp", {"User Datagram Protocol", "用户数据报协议"}, "RFC 768", udp::kHeaderSize};
  static constexpr auto fields = std::tuple{
      bind<&udp::Header::sourcePort, 0, 16>(
          {"udp.srcport",
           {"Source port", "源端口"},
           {"Which socket sent the datagram.", "哪个套接字发送了数据报。"}}),
      bind<&udp::Header::destinationPort, 16, 16>(
          {"udp.dstport",
           {"Destination port", "目的端口"},
           {"Which socket shall receive it.", "应由哪个套接字接收。"}}),
      bind<&udp::Header::length, 32, 16>(
          {"udp.length",
           {"Length", "长度"},
           {"Header and data in bytes, at least 8.", "首部加数据的字节数，至少为 8。"}}),
      bind<&udp::Header::checksum, 48, 16>(
          {"udp.checksum",
           {"Checksum", "校验和"},
           {"Covers the data and a pseudo header with both IP addresses; 0 means not computed.",
            "覆盖数据和含两个 IP 地址的伪首部；0 表示没有计算。"},
           Show::Hex})};
};

}  // namespace hw
