// The rules of the spanning tree protocol.
#pragma once

#include "core/journal/rule.h"

namespace hw::stp {

enum class Rule : std::uint8_t {
  BetterHeard,
  WorseAnswered,
  WorseIgnored,
  BecameRoot,
  RootPortChosen,
  PortBlocked,
  PortListens,
  PortLearns,
  PortForwards,
  PortDisabled,
  MessageAged,
  HelloSent,
  TopologyChanged,
  ChangeTold,
  ChangeHeard,
  ChangeAcknowledged,
  ChangeOver,
  Malformed,
  FrameNotForwarded,
  FrameOnlyLearned,
};

}  // namespace hw::stp

namespace hw {

template <> struct RuleTable<stp::Rule> {
  static constexpr RuleTableId id = RuleTableId::Stp;
  static constexpr std::array rows{
      rule("stp.better_heard", "IEEE 802.1D-1998 8.6.2", Outcome::Accepted,
           {"The bridge {bridge} behind {port} knows a better root ({root}, at cost {cost}) than anybody told there before: "
            "remember it.",
            "{port} 后面的网桥 {bridge} 知道更优的根（{root}，开销 {cost}）：记录下来。"},
           {{"bridge", FactKind::Mac}, {"port", FactKind::Interface}, {"root", FactKind::Mac}, {"cost", FactKind::Number}}),
      rule("stp.worse_answered", "IEEE 802.1D-1998 8.6.1", Outcome::Answered,
           {"What comes in at {port} is worse than what we tell there ourselves: answer with ours.",
            "{port} 收到的信息不如本网桥在该端口发布的信息：用自己的信息应答。"},
           {{"port", FactKind::Interface}}),
      rule("stp.worse_ignored", "IEEE 802.1D-1998 8.6.1", Outcome::Dropped,
           {"What comes in at {port} is no news.", "{port} 收到的信息没有新内容。"},
           {{"port", FactKind::Interface}}),
      rule("stp.became_root", "IEEE 802.1D-1998 8.6.8", Outcome::Noted,
           {"No better bridge is heard of: {bridge} is the root itself.", "没有听到更优的网桥：{bridge} 自己成为根。"},
           {{"bridge", FactKind::Mac}}),
      rule("stp.root_port_chosen", "IEEE 802.1D-1998 8.6.8", Outcome::Noted,
           {"The cheapest way to the root {root} leads through {port} and costs {cost}: it is the root port.",
            "到根 {root} 开销最小的路径经过 {port}，开销为 {cost}：它是根端口。"},
           {{"root", FactKind::Mac}, {"port", FactKind::Interface}, {"cost", FactKind::Number}}),
      rule("stp.port_blocked", "IEEE 802.1D-1998 8.4.1", Outcome::Noted,
           {"Behind {port} the bridge {bridge} is nearer to the root: {port} blocks, so that there is no loop.",
            "{port} 一侧的网桥 {bridge} 离根更近：阻塞 {port}，避免环路。"},
           {{"port", FactKind::Interface}, {"bridge", FactKind::Mac}}),
      rule("stp.port_listens", "IEEE 802.1D-1998 8.4.2", Outcome::Noted,
           {"{port} belongs to the tree: it listens for {delay} first, in case somebody knows better.",
            "{port} 属于生成树：先监听 {delay}，以防别处有更优的信息。"},
           {{"port", FactKind::Interface}, {"delay", FactKind::Duration}}),
      rule("stp.port_learns", "IEEE 802.1D-1998 8.4.3", Outcome::Noted,
           {"{port} has listened long enough: for {delay} it learns addresses, but forwards nothing yet.",
            "{port} 监听时间已到：接下来 {delay}只学习地址，仍不转发。"},
           {{"port", FactKind::Interface}, {"delay", FactKind::Duration}}),
      rule("stp.port_forwards", "IEEE 802.1D-1998 8.4.4", Outcome::Noted,
           {"{port} forwards frames from now on.", "{port} 从现在起转发帧。"},
           {{"port", FactKind::Interface}}),
      rule("stp.port_disabled", "IEEE 802.1D-1998 8.4.5", Outcome::Noted,
           {"{port} is out of order: the tree goes on without it.", "{port} 不可用：生成树不再包含它。"},
           {{"port", FactKind::Interface}}),
      rule("stp.message_aged", "IEEE 802.1D-1998 8.7.6", Outcome::Noted,
           {"Nothing was heard at {port} for so long that what was told there no longer counts.",
            "{port} 太久没有收到消息，之前的信息不再有效。"},
           {{"port", FactKind::Interface}}),
      rule("stp.hello_sent", "IEEE 802.1D-1998 8.7.3", Outcome::Answered,
           {"The root tells everybody that it is there, and will again in {interval}.", "根网桥通告自己仍在，{interval}后再次通告。"},
           {{"interval", FactKind::Duration}}),
      rule("stp.topology_changed", "IEEE 802.1D-1998 8.6.14", Outcome::Noted,
           {"The tree has changed: as the root, tell everybody for {time}, so that learned addresses age quickly.",
            "生成树发生变化：作为根，在 {time}内通告所有网桥，使学到的地址快速老化。"},
           {{"time", FactKind::Duration}}),
      rule("stp.change_told", "IEEE 802.1D-1998 8.6.6", Outcome::Answered,
           {"The tree has changed: tell the root through {port}.", "生成树发生变化：经 {port} 通知根。"},
           {{"port", FactKind::Interface}}),
      rule("stp.change_heard", "IEEE 802.1D-1998 8.6.13", Outcome::Accepted,
           {"A bridge behind {port} tells that the tree has changed: acknowledge it and pass it on towards the root.",
            "{port} 后面的网桥报告生成树变化：予以确认，并向根方向转告。"},
           {{"port", FactKind::Interface}}),
      rule("stp.change_acknowledged", "IEEE 802.1D-1998 8.6.15", Outcome::Accepted,
           {"The bridge towards the root knows of the change now.", "根方向的网桥已知道此变化。"}),
      rule("stp.change_over", "IEEE 802.1D-1998 8.7.7", Outcome::Noted,
           {"Everybody has had time to forget: addresses age slowly again.", "各网桥都已有时间清除旧地址：恢复正常老化。"}),
      rule("stp.malformed", "IEEE 802.1D-1998 9.3.4", Outcome::Dropped,
           {"The frame at {port} for the bridges' group is no BPDU that is understood here.",
            "{port} 收到的发往网桥组地址的帧不是可识别的 BPDU。"},
           {{"port", FactKind::Interface}}),
      rule("stp.frame_not_forwarded", "IEEE 802.1D-1998 7.7.1", Outcome::Dropped,
           {"{port} is not part of the tree now: frames that come in there are dropped.", "{port} 目前不参与转发：从该端口进入的帧被丢弃。"},
           {{"port", FactKind::Interface}}),
      rule("stp.frame_only_learned", "IEEE 802.1D-1998 7.8", Outcome::Dropped,
           {"{port} only learns yet: the address of the frame is remembered, the frame dropped.",
            "{port} 还处于学习状态：记下帧的源地址，丢弃该帧。"},
           {{"port", FactKind::Interface}}),
  };
};

}  // namespace hw
