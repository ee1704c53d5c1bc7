// The rules of cables.
#pragma once

#include "core/journal/rule.h"

namespace hw::link {

enum class Rule : std::uint8_t {
  Lost, QueueFull, NoCable, Cut, BacklogFull, NetemLost, NetemFull, NetemDelayed, NetemReordered, NetemDuplicated, NetemCorrupted,
  TooWeak
};

}  // namespace hw::link

namespace hw {

template <> struct RuleTable<link::Rule> {
  static constexpr RuleTableId id = RuleTableId::Link;
  static constexpr std::array rows{
      rule("link.lost", "configured loss", Outcome::Lost,
           {"The frame leaves {port} but is lost on the cable (its loss is set to {ppm} of a million).",
            "帧从 {port} 发出，但在线路上丢失（丢失率设为百万分之 {ppm}）。"},
           {{"port", FactKind::Interface}, {"ppm", FactKind::Number}}),
      rule("link.queue_full", "drop-tail queue", Outcome::Dropped,
           {"More than {bytes} bytes wait at {port} already: the frame is dropped.",
            "{port} 处已有超过 {bytes} 字节在排队：丢弃该帧。"},
           {{"port", FactKind::Interface}, {"bytes", FactKind::Number}}),
      rule("link.no_cable", "carrier", Outcome::Dropped,
           {"No working cable is plugged into {port}: the frame goes nowhere.",
            "{port} 没有接可用的线缆：帧无处可去。"},
           {{"port", FactKind::Interface}}),
      rule("link.cut", "carrier", Outcome::Lost,
           {"The cable to {port} was cut while the frame was on its way.",
            "帧在途中时，通往 {port} 的线缆被切断。"},
           {{"port", FactKind::Interface}}),
      rule("link.backlog_full", "net.core.netdev_max_backlog", Outcome::Dropped,
           {"{frames} frames of {port} wait already for the other end of the veth pair: the frame is dropped.",
            "{port} 已有 {frames} 个帧在等待交给 veth 对的另一端：丢弃该帧。"},
           {{"port", FactKind::Interface}, {"frames", FactKind::Number}}),
      rule("link.netem_lost", "tc-netem(8), loss", Outcome::Lost,
           {"netem in front of {port} throws the frame away, as it does with {ppm} of a million: it never enters the cable.",
            "{port} 前的 netem 丢掉该帧（按百万分之 {ppm} 的概率）：它根本没有进入线路。"},
           {{"port", FactKind::Interface}, {"ppm", FactKind::Number}}),
      rule("link.netem_full", "tc-netem(8), limit", Outcome::Dropped,
           {"netem in front of {port} holds {frames} frames back already and takes no more: the frame is dropped.",
            "{port} 前的 netem 已滞留 {frames} 个帧，不再接收：丢弃该帧。"},
           {{"port", FactKind::Interface}, {"frames", FactKind::Number}}),
      rule("link.netem_delayed", "tc-netem(8), delay", Outcome::Noted,
           {"netem in front of {port} holds the frame back for {delay}.", "{port} 前的 netem 把该帧滞留 {delay}。"},
           {{"port", FactKind::Interface}, {"delay", FactKind::Duration}}),
      rule("link.netem_reordered", "tc-netem(8), reorder", Outcome::Noted,
           {"netem in front of {port} lets this frame go at once: it overtakes those that are held back ({ppm} of a million do).",
            "{port} 前的 netem 让该帧立即发出：它超过了被滞留的帧（概率为百万分之 {ppm}）。"},
           {{"port", FactKind::Interface}, {"ppm", FactKind::Number}}),
      rule("link.netem_duplicated", "tc-netem(8), duplicate", Outcome::Noted,
           {"netem in front of {port} sends the frame twice, as it does with {ppm} of a million.",
            "{port} 前的 netem 把该帧发送两次（按百万分之 {ppm} 的概率）。"},
           {{"port", FactKind::Interface}, {"ppm", FactKind::Number}}),
      rule("link.netem_corrupted", "tc-netem(8), corrupt", Outcome::Noted,
           {"netem in front of {port} turns one bit of the frame over, in byte {byte}. The FCS is made afterwards and is right: only checksums further up can tell.",
            "{port} 前的 netem 翻转该帧第 {byte} 字节中的一位。FCS 是之后才计算的，因此正确：只有上层的校验和能发现。"},
           {{"port", FactKind::Interface}, {"byte", FactKind::Number}}),
      rule("link.too_weak", "attenuation; IEEE 802.3 8.6.2.1, 10.7.2.1", Outcome::Lost,
           {"Where the cable from {port} ends, the signal has come {metres} m since it was last made; it can be read for {reach} m. It is too "
            "weak: the frame is lost. A repeater on the way would make the signal anew.",
            "在 {port} 这条线缆的末端，信号自上次再生以来已传播 {metres} 米，而可识别的距离只有 {reach} 米。信号太弱，帧丢失。途中加一个中继器"
            "可以使信号再生。"},
           {{"port", FactKind::Interface}, {"metres", FactKind::Number}, {"reach", FactKind::Number}}),
  };
};

}  // namespace hw
