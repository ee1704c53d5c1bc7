// The TCP header (RFC 9293 3.1) without its options.
#pragma once

#include "core/wire/schema.h"

namespace hw::tcp {

inline constexpr std::uint32_t kHeaderSize = 20;

/// Bits of Header::flags (RFC 9293 3.1, RFC 3168; accurate ECN in the draft's place).
enum Flag : std::uint16_t {
  kFin = 0x001,
  kSyn = 0x002,
  kRst = 0x004,
  kPsh = 0x008,
  kAck = 0x010,
  kUrg = 0x020,
  kEce = 0x040,
  kCwr = 0x080,
  kAe = 0x100
};

struct Header {
  std::uint16_t sourcePort = 0;
  std::uint16_t destinationPort = 0;
  std::uint32_t sequence = 0;
  std::uint32_t acknowledgment = 0;
  std::uint8_t headerWords = 5;  ///< header length in 32-bit words, 5 to 15
  std::uint16_t flags = 0;       ///< nine flags below three reserved bits
  std::uint16_t window = 0;      ///< as on the wire: not yet scaled
  std::uint16_t checksum = 0;
  std::uint16_t urgentPointer = 0;
  HW_FIELDS(Header, sourcePort, destinationPort, sequence, acknowledgment, headerWords, flags, window, checksum, urgentPointer)

  std::uint32_t headerSize() const { return headerWords * 4u; }
  bool has(Flag flag) const { return (flags & flag) != 0; }
};

}  // namespace hw::tcp

namespace hw {

template <> struct Schema<tcp::Header> {
  static constexpr SchemaInfo info{
      "tcp", {"Transmission Control Protocol", "传输控制协议"}, "RFC 9293", tcp::kHeaderSize};
  static constexpr auto fields =
      std::tuple{bind<&tcp::Header::sourcePort, 0, 16>(
                     {"tcp.srcport",
                      {"Source port", "源端口"},
                      {"Which socket sent the segment.", "哪个套接字发送了报文段。"}}),
                 bind<&tcp::Header::destinationPort, 16, 16>(
                     {"tcp.dstport",
                      {"Destination port", "目的端口"},
                      {"Which socket shall receive it.", "应由哪个套接字接收。"}}),
                 bind<&tcp::Header::sequence, 32, 32>(
                     {"tcp.seq_raw",
                      {"Sequence number (raw)", "序号（原始值）"},
                      {"The number of the first byte of data; it starts at a random value.",
                       "首个数据字节的编号；从一个随机值开始。"}}),
                 bind<&tcp::Header::acknowledgment, 64, 32>(
                     {"tcp.ack_raw",
                      {"Acknowledgment number (raw)", "确认号（原始值）"},
                      {"The number of the byte that is expected next: all before it have arrived.",
                       "期望的下一个字节的编号：之前的字节都已到达。"}}),
                 bind<&tcp::Header::headerWords, 96, 4>(
                     {"tcp.hdr_len",
                      {"Header length", "首部长度"},
                      {"In 32-bit words; more than 5 means that options follow.",
                       "以 32 位字为单位；大于 5 表示后面有选项。"}}),
                 bind<&tcp::Header::flags, 100, 12>(
                     {"tcp.flags",
                      {"Flags", "标志"},
                      {"What the segment does: open, acknowledge, push, reset or close.",
                       "报文段的作用：建立、确认、推送、重置或关闭。"},
                      Show::Hex}),
                 bind<&tcp::Header::window, 112, 16>(
                     {"tcp.window_size_value",
                      {"Window", "窗口"},
                      {"How many more bytes the receiver has room for, before scaling.",
                       "接收方还能容纳的字节数，未经扩大。"}}),
                 bind<&tcp::Header::checksum, 128, 16>(
                     {"tcp.checksum",
                      {"Checksum", "校验和"},
                      {"Covers the segment and a pseudo header with both IP addresses.",
                       "覆盖报文段和含两个 IP 地址的伪首部。"},
                      Show::Hex}),
                 bind<&tcp::Header::urgentPointer, 144, 16>(
                     {"tcp.urgent_pointer",
                      {"Urgent pointer", "紧急指针"},
                      {"Where urgent data ends, if the URG flag is set.",
                       "URG 置位时，紧急数据的结束位置。"}})};
};

}  // namespace hw
