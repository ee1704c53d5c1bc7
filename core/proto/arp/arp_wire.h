// ARP for IPv4 over Ethernet (RFC 826).
#pragma once

#include "core/wire/schema.h"

namespace hw::arp {

enum Opcode : std::uint16_t { kRequest = 1, kReply = 2, kRarpRequest = 3, kRarpReply = 4 };
inline constexpr std::uint32_t kHeaderSize = 28;

struct Header {
  std::uint16_t hardwareType = 1;
  std::uint16_t protocolType = 0x0800;
  std::uint8_t hardwareSize = 6;
  std::uint8_t protocolSize = 4;
  std::uint16_t opcode = 0;
  MacAddress senderMac;
  Ipv4Address senderIp;
  MacAddress targetMac;
  Ipv4Address targetIp;
  bool operator==(const Header&) const = default;
};

}  // namespace hw::arp

namespace hw {

template <> struct Schema<arp::Header> {
  static constexpr SchemaInfo info{
      "arp", {"Address Resolution Protocol", "地址解析协议"}, "RFC 826", arp::kHeaderSize};
  static constexpr auto fields = std::tuple{
      bind<&arp::Header::hardwareType, 0, 16>(
          {"arp.hw.type",
           {"Hardware type", "硬件类型"},
           {"The kind of link the hardware addresses belong to: 1 is Ethernet.",
            "硬件地址所属的链路类型：1 是以太网。"}}),
      bind<&arp::Header::protocolType, 16, 16>(
          {"arp.proto.type",
           {"Protocol type", "协议类型"},
           {"The kind of address that is being resolved: 0x0800 is IPv4.",
            "要解析的地址类型：0x0800 是 IPv4。"},
           Show::Hex}),
      bind<&arp::Header::hardwareSize, 32, 8>(
          {"arp.hw.size",
           {"Hardware size", "硬件地址长度"},
           {"Bytes in a hardware address.", "一个硬件地址的字节数。"}}),
      bind<&arp::Header::protocolSize, 40, 8>(
          {"arp.proto.size",
           {"Protocol size", "协议地址长度"},
           {"Bytes in a protocol address.", "一个协议地址的字节数。"}}),
      bind<&arp::Header::opcode, 48, 16>(
          {"arp.opcode",
           {"Opcode", "操作码"},
           {"1 asks who has an address, 2 answers.", "1 询问谁拥有某个地址，2 是应答。"}}),
      bind<&arp::Header::senderMac, 64, 48>(
          {"arp.src.hw_mac",
           {"Sender MAC address", "发送方 MAC 地址"},
           {"The MAC address of the one who speaks; the listener may learn it.",
            "说话一方的 MAC 地址；听者可以学习它。"},
           Show::Mac}),
      bind<&arp::Header::senderIp, 112, 32>(
          {"arp.src.proto_ipv4",
           {"Sender IP address", "发送方 IP 地址"},
           {"The IP address of the one who speaks; 0.0.0.0 in a probe for duplicates.",
            "说话一方的 IP 地址；探测地址冲突时为 0.0.0.0。"},
           Show::Ipv4}),
      bind<&arp::Header::targetMac, 144, 48>(
          {"arp.dst.hw_mac",
           {"Target MAC address", "目标 MAC 地址"},
           {"Unknown, so zero, in a request; the asker in a reply.",
            "请求中未知，因此为零；应答中是提问者。"},
           Show::Mac}),
      bind<&arp::Header::targetIp, 192, 32>(
          {"arp.dst.proto_ipv4",
           {"Target IP address", "目标 IP 地址"},
           {"The address that is asked for; in a reply, the asker's.",
            "被询问的地址；应答中是提问者的地址。"},
           Show::Ipv4})};
};

}  // namespace hw
