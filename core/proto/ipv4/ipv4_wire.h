// The IPv4 header (RFC 791 3.1) without its options.
#pragma once

#include "core/wire/schema.h"

namespace hw::ipv4 {

inline constexpr std::uint32_t kHeaderSize = 20;
inline constexpr std::uint32_t kMaxDatagram = 65535;

enum Protocol : std::uint8_t { kIcmp = 1, kIgmp = 2, kIpip = 4, kTcp = 6, kUdp = 17, kIpv6 = 41, kGre = 47 };

struct Header {
  std::uint8_t version = 4;
  std::uint8_t headerWords = 5;  ///< header length in 32-bit words, 5 to 15
  std::uint8_t tos = 0;          ///< DSCP and ECN as one byte
  std::uint16_t totalLength = 0;
  std::uint16_t identification = 0;
  bool reserved = false;
  bool dontFragment = false;
  bool moreFragments = false;
  std::uint16_t fragmentOffset = 0;  ///< in units of 8 bytes
  std::uint8_t ttl = 64;
  std::uint8_t protocol = 0;
  std::uint16_t checksum = 0;
  Ipv4Address source;
  Ipv4Address destination;
  bool operator==(const Header&) const = default;

  std::uint32_t headerSize() const { return headerWords * 4u; }
  bool isFragment() const { return moreFragments || fragmentOffset != 0; }
};

}  // namespace hw::ipv4

namespace hw {

template <> struct Schema<ipv4::Header> {
  static constexpr SchemaInfo info{
      "ip", {"Internet Protocol Version 4", "互联网协议第 4 版"}, "RFC 791", ipv4::kHeaderSize};
  static constexpr auto fields = std::tuple{
      bind<&ipv4::Header::version, 0, 4>(
          {"ip.version", {"Version", "版本"}, {"Always 4 in this header.", "在此首部中总是 4。"}}),
      bind<&ipv4::Header::headerWords, 4, 4>(
          {"ip.hdr_len",
           {"Header length", "首部长度"},
           {"In 32-bit words; more than 5 means that options follow.",
            "以 32 位字为单位；大于 5 表示后面有选项。"}}),
      bind<&ipv4::Header::tos, 8, 8>(
          {"ip.dsfield",
           {"Differentiated services", "区分服务"},
           {"How the datagram wants to be treated; ICMP errors carry 0xc0.",
            "数据报希望得到的待遇；ICMP 差错报文为 0xc0。"},
           Show::Hex}),
      bind<&ipv4::Header::totalLength, 16, 16>(
          {"ip.len",
           {"Total length", "总长度"},
           {"Header and data in bytes, at most 65535; the padding of a short frame is not counted.",
            "首部加数据的字节数，最大 65535；短帧的填充不计入。"}}),
      bind<&ipv4::Header::identification, 32, 16>(
          {"ip.id",
           {"Identification", "标识"},
           {"The same in all fragments of a datagram.", "同一数据报的所有分片相同。"},
           Show::Hex}),
      bind<&ipv4::Header::reserved, 48, 1>(
          {"ip.flags.rb", {"Reserved bit", "保留位"}, {"Must be zero.", "必须为零。"}, Show::Bool}),
      bind<&ipv4::Header::dontFragment, 49, 1>(
          {"ip.flags.df",
           {"Don't fragment", "不分片"},
           {"A router that would have to cut the datagram drops it and says so.",
            "需要分片的路由器会丢弃数据报并告知源主机。"},
           Show::Bool}),
      bind<&ipv4::Header::moreFragments, 50, 1>(
          {"ip.flags.mf",
           {"More fragments", "更多分片"},
           {"Set in all fragments but the last.", "除最后一片外，所有分片都置位。"},
           Show::Bool}),
      bind<&ipv4::Header::fragmentOffset, 51, 13>(
          {"ip.frag_offset",
           {"Fragment offset", "片偏移"},
           {"Where this piece belongs in the datagram, in units of 8 bytes.",
            "此片在原数据报中的位置，以 8 字节为单位。"}}),
      bind<&ipv4::Header::ttl, 64, 8>(
          {"ip.ttl",
           {"Time to live", "生存时间"},
           {"One less at every router; at zero the datagram dies.",
            "每经过一台路由器减一；减到零时数据报被丢弃。"}}),
      bind<&ipv4::Header::protocol, 72, 8>(
          {"ip.proto",
           {"Protocol", "协议"},
           {"What the data is: 1 ICMP, 6 TCP, 17 UDP.", "数据部分的协议：1 ICMP，6 TCP，17 UDP。"}}),
      bind<&ipv4::Header::checksum, 80, 16>(
          {"ip.checksum",
           {"Header checksum", "首部校验和"},
           {"Covers the header only, so every router updates it with the TTL.",
            "只覆盖首部，因此每台路由器改 TTL 时都要更新它。"},
           Show::Hex}),
      bind<&ipv4::Header::source, 96, 32>(
          {"ip.src",
           {"Source address", "源地址"},
           {"Who sent the datagram; it stays the same all the way (but for NAT).",
            "谁发送了数据报；全程不变（NAT 除外）。"},
           Show::Ipv4}),
      bind<&ipv4::Header::destination, 128, 32>(
          {"ip.dst",
           {"Destination address", "目的地址"},
           {"Where the datagram finally goes; routers decide by it.",
            "数据报最终去往哪里；路由器据此决策。"},
           Show::Ipv4})};
};

}  // namespace hw
