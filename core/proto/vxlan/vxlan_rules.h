// The rules of VXLAN tunnel endpoints.
#pragma once

#include "core/journal/rule.h"

namespace hw::vxlan {

enum class Rule : std::uint8_t {
  SentToKnown,
  Flooded,
  NoRemote,
  TooDeep,
  Unwrapped,
  UnknownVni,
  BadHeader,
  OwnFrame,
  Learned,
  Moved,
  AgedOut,
  TooLargeForPath,
};

}  // namespace hw::vxlan

namespace hw {

template <> struct RuleTable<vxlan::Rule> {
  static constexpr RuleTableId id = RuleTableId::Vxlan;
  static constexpr std::array rows{
      rule("vxlan.sent_to_known", "RFC 7348 4.1", Outcome::Forwarded,
           {"{mac} is behind the tunnel endpoint {remote}: the whole frame travels there in a UDP datagram, marked as network "
            "{vni} ({overhead} bytes more).",
            "{mac} 位于隧道端点 {remote} 之后：整个帧装入 UDP 数据报发往那里，标记为网络 {vni}（多出 {overhead} 字节）。"},
           {{"mac", FactKind::Mac},
            {"remote", FactKind::Ipv4},
            {"vni", FactKind::Number},
            {"overhead", FactKind::Number}}),
      rule("vxlan.flooded", "RFC 7348 4.2", Outcome::Forwarded,
           {"Nobody has told behind which endpoint {mac} is, or it is a group: the frame goes to {remote}, as network {vni}.",
            "尚不知道 {mac} 在哪个端点之后，或它是组地址：帧发往 {remote}，标记为网络 {vni}。"},
           {{"mac", FactKind::Mac}, {"remote", FactKind::Ipv4}, {"vni", FactKind::Number}}),
      rule("vxlan.no_remote", "Linux vxlan_xmit", Outcome::Dropped,
           {"Nobody has told behind which endpoint {mac} is, and {port} has neither a remote nor a group: drop the frame.",
            "尚不知道 {mac} 在哪个端点之后，而 {port} 既没有对端也没有组播组：丢弃该帧。"},
           {{"mac", FactKind::Mac}, {"port", FactKind::Interface}}),
      rule("vxlan.too_deep", "Linux xmit recursion limit", Outcome::Dropped,
           {"The tunnel {port} leads into itself: the frame is dropped.", "隧道 {port} 又通向自身：丢弃该帧。"},
           {{"port", FactKind::Interface}}),
      rule("vxlan.unwrapped", "RFC 7348 4.1", Outcome::Accepted,
           {"The datagram from {remote} carries a frame of network {vni}: it goes on as if {port} had received it.",
            "来自 {remote} 的数据报装有网络 {vni} 的帧：如同由 {port} 收到一样继续处理。"},
           {{"remote", FactKind::Ipv4}, {"vni", FactKind::Number}, {"port", FactKind::Interface}}),
      rule("vxlan.unknown_vni", "RFC 7348 4.1", Outcome::Dropped,
           {"{remote} sends a frame of network {vni}, to which nothing here belongs: the networks are kept apart.",
            "{remote} 发来网络 {vni} 的帧，本机没有属于该网络的接口：各网络相互隔离，丢弃。"},
           {{"remote", FactKind::Ipv4}, {"vni", FactKind::Number}}),
      rule("vxlan.bad_header", "RFC 7348 5", Outcome::Dropped,
           {"The VXLAN header from {remote} is too short, or does not say that its network number is valid.",
            "来自 {remote} 的 VXLAN 首部太短，或没有标明网络号有效：丢弃。"},
           {{"remote", FactKind::Ipv4}}),
      rule("vxlan.own_frame", "Linux vxlan_set_mac", Outcome::Dropped,
           {"The frame's source is our own {mac}: it has come back, drop it.", "帧的源地址是本机的 {mac}：它绕回来了，丢弃。"},
           {{"mac", FactKind::Mac}}),
      rule("vxlan.learned", "RFC 7348 4.1", Outcome::Noted,
           {"{mac} has been heard from {remote}: from now on frames for it go there only.",
            "从 {remote} 收到了 {mac} 的帧：今后发往它的帧只送往那里。"},
           {{"mac", FactKind::Mac}, {"remote", FactKind::Ipv4}}),
      rule("vxlan.moved", "RFC 7348 4.1", Outcome::Noted,
           {"{mac} was behind {before} and is behind {remote} now: a machine has moved.",
            "{mac} 原来在 {before} 之后，现在在 {remote} 之后：机器迁移了。"},
           {{"mac", FactKind::Mac}, {"before", FactKind::Ipv4}, {"remote", FactKind::Ipv4}}),
      rule("vxlan.aged_out", "Linux vxlan ageing", Outcome::Noted,
           {"Nothing was heard of {mac} for {age}: it is forgotten.", "{age}内没有收到 {mac} 的帧：删除。"},
           {{"mac", FactKind::Mac}, {"age", FactKind::Duration}}),
      rule("vxlan.too_large_for_path", "Linux skb_tunnel_check_pmtu", Outcome::Dropped,
           {"The datagram inside has {size} bytes, with the tunnel's headers the way to {remote} takes {mtu} of them, and DF forbids "
            "cutting: its sender {src} is told so, in the name of {dst}, for a bridge has no address to speak from.",
            "里面的数据报有 {size} 字节，加上隧道首部后去往 {remote} 的路径只容得下其中 {mtu} 字节，而 DF 禁止分片：以 {dst} 的名义告知其发送方 "
            "{src}，因为网桥没有可用来说话的地址。"},
           {{"size", FactKind::Number},
            {"remote", FactKind::Ipv4},
            {"mtu", FactKind::Number},
            {"src", FactKind::Ipv4},
            {"dst", FactKind::Ipv4}}),
  };
};

}  // namespace hw
