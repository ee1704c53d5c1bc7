// The rules of wires that several stations share.
#pragma once

#include "core/journal/rule.h"

namespace hw::medium {

enum class Rule : std::uint8_t { Started, Deferred, Queued, Sent, Collided, LateCollision, GaveUp, Garbled, Reset, QueueFull };

}  // namespace hw::medium

namespace hw {

template <> struct RuleTable<medium::Rule> {
  static constexpr RuleTableId id = RuleTableId::Medium;
  static constexpr std::array rows{
      rule("medium.started", "IEEE 802.3 4.2.3.2", Outcome::Noted,
           {"{port} hears nobody, and the wire has been quiet for 96 bit times: it begins to send (attempt {attempt}).",
            "{port} 没有听到别人发送，且线路已空闲 96 比特时间：开始发送（第 {attempt} 次尝试）。"},
           {{"port", FactKind::Interface}, {"attempt", FactKind::Number}}),
      rule("medium.deferred", "IEEE 802.3 4.2.3.2.1, carrier deference", Outcome::Noted,
           {"Somebody else is sending, or has stopped less than 96 bit times ago: {port} waits, {delay} at least.",
            "有别的站正在发送，或停止发送还不到 96 比特时间：{port} 等待至少 {delay}。"},
           {{"port", FactKind::Interface}, {"delay", FactKind::Duration}}),
      rule("medium.queued", "IEEE 802.3 4.2.8", Outcome::Noted,
           {"{port} has {frames} frames to send before this one: it waits for its turn.",
            "{port} 还有 {frames} 个帧要先发送：该帧排队等待。"},
           {{"port", FactKind::Interface}, {"frames", FactKind::Number}}),
      rule("medium.sent", "IEEE 802.3 4.2.8", Outcome::Accepted,
           {"The last bit of the frame has left {port} and nobody else was heard meanwhile: it has been sent.",
            "帧的最后一个比特已离开 {port}，期间没有听到别人发送：发送成功。"},
           {{"port", FactKind::Interface}}),
      rule("medium.collided", "IEEE 802.3 4.2.3.2.4 and 4.2.3.2.5", Outcome::Lost,
           {"While it sends, {port} hears another signal: collision {attempt} of this frame. It jams the wire with 32 bits so that all "
            "notice, draws {slots} from 0 to {most}, and tries again after so many slot times of 512 bits: {delay}.",
            "{port} 在发送时听到另一个信号：这是该帧的第 {attempt} 次冲突。它发出 32 比特的干扰信号让各站都知道，从 0 到 {most} "
            "中随机取 {slots}，等待这么多个 512 比特的时隙（{delay}）后重试。"},
           {{"port", FactKind::Interface}, {"attempt", FactKind::Number}, {"slots", FactKind::Number}, {"most", FactKind::Number},
            {"delay", FactKind::Duration}}),
      rule("medium.late_collision", "IEEE 802.3 4.2.3.2.4", Outcome::Lost,
           {"{port} hears another signal {after} after it began to send, which is later than a slot time ({slot}): the segment is too long. "
            "A shorter frame would have been over by then, and lost without anybody noticing. It tries again after {delay}.",
            "{port} 在开始发送 {after} 之后才听到另一个信号，超过了一个时隙（{slot}）：网段太长。更短的帧那时早已发完，会在无人察觉的"
            "情况下丢失。它在 {delay} 后重试。"},
           {{"port", FactKind::Interface}, {"after", FactKind::Duration}, {"slot", FactKind::Duration}, {"delay", FactKind::Duration}}),
      rule("medium.gave_up", "IEEE 802.3 4.4.2, attemptLimit", Outcome::Dropped,
           {"Collision {attempt} of this frame: {port} gives it up.", "该帧的第 {attempt} 次冲突：{port} 放弃发送。"},
           {{"port", FactKind::Interface}, {"attempt", FactKind::Number}}),
      rule("medium.garbled", "IEEE 802.3 4.2.9", Outcome::Lost,
           {"Another signal ran into the frame on its way to {port}, and its sender had finished before it could hear that: the "
            "segment is too long for so short a frame. The FCS is wrong and nobody sends it again.",
            "帧在到达 {port} 的途中与另一个信号相撞，而发送方在听到之前就已发完：对这么短的帧来说网段太长。FCS 错误，也没有人会重发。"},
           {{"port", FactKind::Interface}}),
      rule("medium.reset", "carrier", Outcome::Dropped,
           {"The cable of {port} was cut, taken away or set up anew while the frame waited to be sent: it is dropped.",
            "帧在等待发送时，{port} 的线缆被切断、拔除或重新设置：丢弃该帧。"},
           {{"port", FactKind::Interface}}),
      rule("medium.queue_full", "net_device.tx_queue_len", Outcome::Dropped,
           {"{frames} frames wait at {port} for the wire already, as many as it takes: the frame is dropped.",
            "{port} 处已有 {frames} 个帧在等待线路，达到上限：丢弃该帧。"},
           {{"port", FactKind::Interface}, {"frames", FactKind::Number}}),
  };
};

}  // namespace hw
