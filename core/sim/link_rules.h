// The rules of cables.
#pragma once

#include "core/journal/rule.h"

namespace hw::link {

enum class Rule : std::uint8_t { Lost, QueueFull, NoCable, Cut, BacklogFull };

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
  };
};

}  // namespace hw
