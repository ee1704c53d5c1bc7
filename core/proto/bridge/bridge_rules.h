// The rules of a learning bridge.
#pragma once

#include "core/journal/rule.h"

namespace hw::bridge {

enum class Rule : std::uint8_t {
  Learned,
  Moved,
  AgedOut,
  Forwarded,
  FilteredSamePort,
  FloodedUnknown,
  FloodedGroup,
  NoOtherPort,
  ForUs,
  TooBig,
};

}  // namespace hw::bridge

namespace hw {

template <> struct RuleTable<bridge::Rule> {
  static constexpr RuleTableId id = RuleTableId::Bridge;
  static constexpr std::array rows{
      rule("bridge.learned", "IEEE 802.1D 7.8", Outcome::Noted,
           {"A frame from {mac} came in at {port}: from now on frames for {mac} leave there.",
            "来自 {mac} 的帧从 {port} 进入：今后发往 {mac} 的帧从该端口送出。"},
           {{"mac", FactKind::Mac}, {"port", FactKind::Interface}}),
      rule("bridge.moved", "IEEE 802.1D 7.8", Outcome::Noted,
           {"{mac} was behind {before} and is behind {port} now.",
            "{mac} 原来在 {before} 一侧，现在在 {port} 一侧。"},
           {{"mac", FactKind::Mac},
            {"before", FactKind::Interface},
            {"port", FactKind::Interface}}),
      rule("bridge.aged_out", "IEEE 802.1D 7.9.2", Outcome::Noted,
           {"Nothing was heard of {mac} for {age}: it is forgotten.",
            "{age}内没有收到 {mac} 的帧：从转发表中删除。"},
           {{"mac", FactKind::Mac}, {"age", FactKind::Duration}}),
      rule("bridge.forwarded", "IEEE 802.1D 7.7", Outcome::Forwarded,
           {"The forwarding table knows that {mac} is behind {port}: the frame leaves there only.",
            "转发表中 {mac} 位于 {port} 一侧：只从该端口转发。"},
           {{"mac", FactKind::Mac}, {"port", FactKind::Interface}}),
      rule("bridge.filtered_same_port", "IEEE 802.1D 7.7", Outcome::Dropped,
           {"{mac} is behind {port}, where the frame came from: it has arrived already, drop it.",
            "{mac} 就在帧进入的端口 {port} 一侧：它已经收到，丢弃。"},
           {{"mac", FactKind::Mac}, {"port", FactKind::Interface}}),
      rule("bridge.flooded_unknown", "IEEE 802.1D 7.7", Outcome::Forwarded,
           {"The forwarding table does not know {mac}: flood the frame to all {ports} other ports.",
            "转发表中没有 {mac}：向其余 {ports} 个端口泛洪。"},
           {{"mac", FactKind::Mac}, {"ports", FactKind::Number}}),
      rule("bridge.flooded_group", "IEEE 802.1D 7.7", Outcome::Forwarded,
           {"The frame is for a group ({mac}): it goes to all {ports} other ports.",
            "这是发往组地址（{mac}）的帧：送往其余 {ports} 个端口。"},
           {{"mac", FactKind::Mac}, {"ports", FactKind::Number}}),
      rule("bridge.no_other_port", "IEEE 802.1D 7.7", Outcome::Dropped,
           {"No other port is up: there is nowhere to send the frame for {mac}.",
            "没有其他可用端口：发往 {mac} 的帧无处可送。"},
           {{"mac", FactKind::Mac}}),
      rule("bridge.for_us", "Linux br_pass_frame_up", Outcome::Accepted,
           {"{mac} is the bridge itself: the frame goes up to its own protocol stack.",
            "{mac} 是网桥自身：帧上交给它自己的协议栈。"},
           {{"mac", FactKind::Mac}}),
      rule("bridge.too_big", "Linux is_skb_forwardable", Outcome::Dropped,
           {"The frame of {size} bytes is too big for {port}, whose MTU is {mtu}: a bridge cannot cut "
            "it and does not tell anybody.",
            "{size} 字节的帧超过了 {port} 的 MTU {mtu}：网桥不能分片，也不会通知任何人。"},
           {{"size", FactKind::Number}, {"port", FactKind::Interface}, {"mtu", FactKind::Number}}),
  };
};

}  // namespace hw
