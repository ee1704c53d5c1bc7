// The rules of UDP.
#pragma once

#include "core/journal/rule.h"

namespace hw::udp {

enum class Rule : std::uint8_t {
  Delivered,
  NoSocket,
  NoSocketBroadcast,
  BadChecksum,
  BadLength,
  ReceiveBufferFull,
  Sent,
};

}  // namespace hw::udp

namespace hw {

template <> struct RuleTable<udp::Rule> {
  static constexpr RuleTableId id = RuleTableId::Udp;
  static constexpr std::array rows{
      rule("udp.delivered", "RFC 768", Outcome::Accepted,
           {"A socket listens on port {port}: the datagram of {size} bytes goes into its buffer, borders kept.",
            "有套接字监听端口 {port}：{size} 字节的数据报放入其缓冲区，边界保持不变。"},
           {{"port", FactKind::Number}, {"size", FactKind::Number}}),
      rule("udp.no_socket", "RFC 1122 4.1.3.1", Outcome::Dropped,
           {"No socket listens on port {port}: tell {src} that the port is unreachable.",
            "没有套接字监听端口 {port}：告知 {src} 端口不可达。"},
           {{"port", FactKind::Number}, {"src", FactKind::Ipv4}}),
      rule("udp.no_socket_broadcast", "RFC 1122 4.1.3.1", Outcome::Dropped,
           {"No socket listens on port {port}, and the datagram was for many: drop it silently.",
            "没有套接字监听端口 {port}，且数据报发往多个接收者：静默丢弃。"},
           {{"port", FactKind::Number}}),
      rule("udp.bad_checksum", "RFC 1122 4.1.3.4", Outcome::Dropped,
           {"The UDP checksum is wrong: drop the datagram silently.", "UDP 校验和错误：静默丢弃。"}),
      rule("udp.bad_length", "RFC 768", Outcome::Dropped,
           {"The UDP length does not fit the datagram: drop it.", "UDP 长度与数据报不符：丢弃。"}),
      rule("udp.receive_buffer_full", "Linux SO_RCVBUF", Outcome::Dropped,
           {"The receive buffer of port {port} is full: UDP drops the datagram and tells nobody.",
            "端口 {port} 的接收缓冲区已满：UDP 丢弃数据报，不通知任何人。"},
           {{"port", FactKind::Number}}),
      rule("udp.sent", "RFC 768", Outcome::Accepted,
           {"The program sends {size} bytes from port {source} to port {port}: one write, one datagram.",
            "程序从端口 {source} 向端口 {port} 发送 {size} 字节：一次写入，一个数据报。"},
           {{"size", FactKind::Number}, {"source", FactKind::Number}, {"port", FactKind::Number}}),
  };
};

}  // namespace hw
