// The rules of IPv4: receiving, forwarding, cutting and putting together.
#pragma once

#include "core/journal/rule.h"

namespace hw::ipv4 {

enum class Rule : std::uint8_t {
  BadHeader,
  BadChecksum,
  BadSource,
  ForUs,
  NotARouter,
  TtlExpired,
  Forwarded,
  BroadcastNotForwarded,
  NotUnicastFrame,
  NeedsFragmenting,
  DontFragment,
  Fragmented,
  FragmentKept,
  FragmentOverlap,
  FragmentTooMany,
  Reassembled,
  ReassemblyTimeout,
  UnknownProtocol,
  SourceChosen,
  Sent,
};

}  // namespace hw::ipv4

namespace hw {

template <> struct RuleTable<ipv4::Rule> {
  static constexpr RuleTableId id = RuleTableId::Ipv4;
  static constexpr std::array rows{
      rule("ipv4.bad_header", "RFC 1122 3.2.1.1", Outcome::Dropped,
           {"The IPv4 header makes no sense (version, lengths): drop the datagram silently.",
            "IPv4 首部不合理（版本或长度）：静默丢弃。"}),
      rule("ipv4.bad_checksum", "RFC 1122 3.2.1.2", Outcome::Dropped,
           {"The header checksum is wrong, so any field may be: drop the datagram silently.",
            "首部校验和错误，任何字段都可能有误：静默丢弃。"}),
      rule("ipv4.bad_source", "RFC 1812 5.3.7", Outcome::Dropped,
           {"{src} cannot be the source of a datagram that comes from outside: drop it.",
            "{src} 不可能是外来数据报的源地址：丢弃。"},
           {{"src", FactKind::Ipv4}}),
      rule("ipv4.for_us", "RFC 1122 3.2.1.3", Outcome::Accepted,
           {"The datagram is for us ({dst}): give it to protocol {protocol}.",
            "数据报是发给本机的（{dst}）：交给协议 {protocol}。"},
           {{"dst", FactKind::Ipv4}, {"protocol", FactKind::Number}}),
      rule("ipv4.not_a_router", "RFC 1122 3.3.1 (ip_forward=0)", Outcome::Dropped,
           {"The datagram is for {dst}, not for us, and this device does not forward: drop it.",
            "数据报发往 {dst}，不是本机，而本机不转发：丢弃。"},
           {{"dst", FactKind::Ipv4}}),
      rule("ipv4.ttl_expired", "RFC 1812 5.3.1", Outcome::Dropped,
           {"The time to live was {ttl}; taking one off leaves nothing: drop the datagram and tell {src}.",
            "生存时间为 {ttl}，减一后归零：丢弃数据报并告知 {src}。"},
           {{"ttl", FactKind::Number}, {"src", FactKind::Ipv4}}),
      rule("ipv4.forwarded", "RFC 1812 5.2.1", Outcome::Forwarded,
           {"We are a router and the datagram is for {dst}: pass it on with TTL {before} - 1 = {after}; "
            "both IP addresses stay.",
            "本机是路由器，数据报发往 {dst}：转发，TTL {before} - 1 = {after}，两个 IP 地址都不变。"},
           {{"dst", FactKind::Ipv4}, {"before", FactKind::Number}, {"after", FactKind::Number}}),
      rule("ipv4.broadcast_not_forwarded", "RFC 2644", Outcome::Dropped,
           {"{dst} is a broadcast address on another link: routers do not forward it.",
            "{dst} 是另一链路的广播地址：路由器不转发。"},
           {{"dst", FactKind::Ipv4}}),
      rule("ipv4.not_unicast_frame", "RFC 1812 5.3.4", Outcome::Dropped,
           {"The frame was a broadcast, but {dst} is a single host's address: it is not forwarded.",
            "帧是广播帧，但 {dst} 是单个主机的地址：不转发。"},
           {{"dst", FactKind::Ipv4}}),
      rule("ipv4.needs_fragmenting", "RFC 791 3.2", Outcome::Noted,
           {"{size} bytes do not fit the MTU {mtu} of {port}: cut the datagram.",
            "{size} 字节超过 {port} 的 MTU {mtu}：需要分片。"},
           {{"size", FactKind::Number}, {"mtu", FactKind::Number}, {"port", FactKind::Interface}}),
      rule("ipv4.dont_fragment", "RFC 1191 4", Outcome::Dropped,
           {"{size} bytes do not fit the MTU {mtu} of {port}, and DF forbids cutting: drop the datagram "
            "and tell the sender the MTU.",
            "{size} 字节超过 {port} 的 MTU {mtu}，而 DF 禁止分片：丢弃数据报并把 MTU 告知发送方。"},
           {{"size", FactKind::Number}, {"mtu", FactKind::Number}, {"port", FactKind::Interface}}),
      rule("ipv4.fragmented", "RFC 791 3.2", Outcome::Forwarded,
           {"The datagram leaves as {count} fragments with the same identification; all but the last "
            "carry a multiple of 8 bytes.",
            "数据报分成 {count} 片发送，标识相同；除最后一片外，数据长度都是 8 的倍数。"},
           {{"count", FactKind::Number}}),
      rule("ipv4.fragment_kept", "RFC 815", Outcome::Accepted,
           {"A fragment at offset {offset} ({length} bytes): keep it until the others have come.",
            "偏移 {offset} 处的分片（{length} 字节）：保留，等待其余分片。"},
           {{"offset", FactKind::Number}, {"length", FactKind::Number}}),
      rule("ipv4.fragment_overlap", "Linux ip_frag_queue, after RFC 5722", Outcome::Dropped,
           {"The fragment at offset {offset} overlaps another: somebody may be cheating, drop the whole datagram.",
            "偏移 {offset} 处的分片与其他分片重叠：可能有人作弊，丢弃整个数据报。"},
           {{"offset", FactKind::Number}}),
      rule("ipv4.fragment_too_many", "Linux ipfrag_high_thresh", Outcome::Dropped,
           {"Too many incomplete datagrams are waiting: the oldest is dropped.",
            "等待重组的数据报太多：丢弃最早的一个。"}),
      rule("ipv4.reassembled", "RFC 815", Outcome::Accepted,
           {"All {count} fragments have come: the datagram of {size} bytes is whole again.",
            "{count} 个分片已到齐：{size} 字节的数据报重组完成。"},
           {{"count", FactKind::Number}, {"size", FactKind::Number}}),
      rule("ipv4.reassembly_timeout", "RFC 1122 3.3.2", Outcome::Dropped,
           {"Fragments from {src} are missing after {wait}: what has come is dropped.",
            "等待 {wait} 后来自 {src} 的分片仍不齐：丢弃已收到的部分。"},
           {{"src", FactKind::Ipv4}, {"wait", FactKind::Duration}}),
      rule("ipv4.unknown_protocol", "RFC 1122 3.2.2.1", Outcome::Dropped,
           {"Nothing here handles IP protocol {protocol}: tell the sender.",
            "这里没有处理 IP 协议 {protocol}：告知发送方。"},
           {{"protocol", FactKind::Number}}),
      rule("ipv4.source_chosen", "RFC 1122 3.3.4.3", Outcome::Noted,
           {"The program named no source address: {src} is the one that belongs to the way out.",
            "程序没有指定源地址：选择属于出口的 {src}。"},
           {{"src", FactKind::Ipv4}}),
      rule("ipv4.sent", "RFC 791 3.2", Outcome::Forwarded,
           {"A datagram from {src} to {dst} with TTL {ttl} is made and sent.",
            "生成并发送从 {src} 到 {dst} 的数据报，TTL 为 {ttl}。"},
           {{"src", FactKind::Ipv4}, {"dst", FactKind::Ipv4}, {"ttl", FactKind::Number}}),
  };
};

}  // namespace hw
