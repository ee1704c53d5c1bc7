// The rules of tunnels in IPv4.
#pragma once

#include "core/journal/rule.h"

namespace hw::tunnel {

enum class Rule : std::uint8_t {
  Wrapped,
  Unwrapped,
  NoRemote,
  LeadsIntoItself,
  TooLarge,
  NotCarried,
  BadHeader,
  NoTunnel,
  ChecksumWrong,
  OutOfOrder,
};

}  // namespace hw::tunnel

namespace hw {

template <> struct RuleTable<tunnel::Rule> {
  static constexpr RuleTableId id = RuleTableId::Tunnel;
  static constexpr std::array rows{
      rule("tunnel.wrapped", "RFC 2784 1, RFC 2003 3", Outcome::Forwarded,
           {"{port} is the mouth of a tunnel: the passenger travels inside a new datagram (the carrier) to {remote}, {overhead} bytes "
            "longer. Routers on the way see the carrier only.",
            "{port} 是隧道的入口：乘客报文装入一个新的数据报（承载协议）发往 {remote}，多出 {overhead} 字节。途中的路由器只看到外层。"},
           {{"port", FactKind::Interface}, {"remote", FactKind::Ipv4}, {"overhead", FactKind::Number}}),
      rule("tunnel.unwrapped", "RFC 2784 1, RFC 2003 3", Outcome::Accepted,
           {"The datagram from {remote} has come out of the tunnel: without its outer headers it goes on as if {port} had received it.",
            "来自 {remote} 的数据报到达隧道出口：去掉外层首部后，如同由 {port} 收到一样继续处理。"},
           {{"remote", FactKind::Ipv4}, {"port", FactKind::Interface}}),
      rule("tunnel.no_remote", "Linux ipgre_xmit", Outcome::Dropped,
           {"{port} is a tunnel without a far end: there is nobody to send to.", "{port} 是没有对端的隧道：无处可发。"},
           {{"port", FactKind::Interface}}),
      rule("tunnel.leads_into_itself", "Linux ip_tunnel_xmit", Outcome::Dropped,
           {"The way to the tunnel's far end {remote} leads through the tunnel {port} itself: drop it, or it would be wrapped for ever.",
            "通往隧道对端 {remote} 的路由又经过隧道 {port} 自身：丢弃，否则会无限封装。"},
           {{"remote", FactKind::Ipv4}, {"port", FactKind::Interface}}),
      rule("tunnel.too_large", "RFC 2003 5.1", Outcome::Dropped,
           {"The passenger has {size} bytes; with the tunnel's headers {mtu} of them fit the way to {remote}, and DF forbids cutting: tell "
            "its sender.",
            "乘客报文有 {size} 字节；加上隧道首部后去往 {remote} 的路径只容得下其中 {mtu} 字节，而 DF 禁止分片：告知其发送方。"},
           {{"size", FactKind::Number}, {"mtu", FactKind::Number}, {"remote", FactKind::Ipv4}}),
      rule("tunnel.not_carried", "RFC 2003 1", Outcome::Dropped,
           {"The tunnel {port} carries IPv4 datagrams, no frames of type {type}: drop it.", "隧道 {port} 只承载 IPv4 数据报，不承载类型为 {type} 的帧：丢弃。"},
           {{"port", FactKind::Interface}, {"type", FactKind::Hex}}),
      rule("tunnel.bad_header", "RFC 2784 2", Outcome::Dropped,
           {"The GRE header from {remote} makes no sense here (cut, another version, source routes): drop it.",
            "来自 {remote} 的 GRE 首部在此不合理（不完整、版本不同或带源路由）：丢弃。"},
           {{"remote", FactKind::Ipv4}}),
      rule("tunnel.no_tunnel", "Linux gre_rcv", Outcome::Dropped,
           {"No tunnel here has its far end at {remote} and the same key: tell the sender.", "本机没有对端为 {remote} 且密钥相同的隧道：告知发送方。"},
           {{"remote", FactKind::Ipv4}}),
      rule("tunnel.checksum_wrong", "RFC 2784 2.5, Linux __ip_tunnel_rcv", Outcome::Dropped,
           {"The GRE checksum is wrong, or it is missing where {port} wants one, or there where it wants none: drop it.",
            "GRE 校验和错误，或 {port} 要求而没有，或不要求而有：丢弃。"},
           {{"port", FactKind::Interface}}),
      rule("tunnel.out_of_order", "RFC 2890 2.2", Outcome::Dropped,
           {"{port} wants sequence numbers, and {number} is older than what has come already (or missing): drop it.",
            "{port} 要求序号，而 {number} 早于已经收到的（或没有序号）：丢弃。"},
           {{"port", FactKind::Interface}, {"number", FactKind::Number}}),
  };
};

}  // namespace hw
