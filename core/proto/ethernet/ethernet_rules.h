// The rules of receiving and repeating frames.
#pragma once

#include "core/journal/rule.h"

namespace hw::ethernet {

enum class Rule : std::uint8_t {
  ForUs,
  ForGroup,
  NotForUs,
  TooShort,
  UnknownType,
  PortDown,
  Repeated,
  NothingToRepeat,
  Rewritten,
  SentByProgram,
  TooLong,
  GivenToProgram,
};

}  // namespace hw::ethernet

namespace hw {

template <> struct RuleTable<ethernet::Rule> {
  static constexpr RuleTableId id = RuleTableId::Ethernet;
  static constexpr std::array rows{
      rule("eth.for_us", "IEEE 802.3 4.2.9", Outcome::Accepted,
           {"The frame came in at {port} and is addressed to its MAC address: take it.",
            "帧从 {port} 进入，目的 MAC 正是该接口：接收。"},
           {{"port", FactKind::Interface}}),
      rule("eth.for_group", "IEEE 802.3 4.2.9", Outcome::Accepted,
           {"The frame came in at {port} for the group {mac}, which includes everyone here: take it.",
            "帧从 {port} 进入，发往组地址 {mac}，包括这里所有设备：接收。"},
           {{"port", FactKind::Interface}, {"mac", FactKind::Mac}}),
      rule("eth.not_for_us", "IEEE 802.3 4.2.9", Outcome::Dropped,
           {"The frame at {port} is for {mac}, another device: drop it.",
            "{port} 收到的帧是发给另一台设备 {mac} 的：丢弃。"},
           {{"port", FactKind::Interface}, {"mac", FactKind::Mac}}),
      rule("eth.too_short", "IEEE 802.3 4.2.4.2", Outcome::Dropped,
           {"{size} bytes are too few for an Ethernet header: drop the frame.",
            "{size} 字节不足以容纳以太网首部：丢弃该帧。"},
           {{"size", FactKind::Number}}),
      rule("eth.unknown_type", "RFC 1122 2.3.3", Outcome::Dropped,
           {"Nothing here handles the type {type}: drop the frame.",
            "这里没有处理类型 {type} 的协议：丢弃该帧。"},
           {{"type", FactKind::Hex}}),
      rule("eth.port_down", "ip-link(8)", Outcome::Dropped,
           {"The interface {port} is switched off: the frame is dropped.",
            "接口 {port} 已关闭：丢弃该帧。"},
           {{"port", FactKind::Interface}}),
      rule("eth.repeated", "IEEE 802.3 clause 9", Outcome::Forwarded,
           {"A hub looks at nothing: every bit that comes in at {port} leaves at all {ports} other ports.",
            "集线器什么都不看：从 {port} 进入的每一位都从其余 {ports} 个端口送出。"},
           {{"port", FactKind::Interface}, {"ports", FactKind::Number}}),
      rule("eth.nothing_to_repeat", "IEEE 802.3 clause 9", Outcome::Dropped,
           {"No other port of the hub has a cable.", "集线器没有其他接线的端口。"}),
      rule("eth.rewritten", "RFC 1812 5.2.1.2", Outcome::Forwarded,
           {"A new frame for the next link: source MAC {from} (our {port}), destination MAC {to}.",
            "为下一条链路换上新的帧首部：源 MAC {from}（本机 {port}），目的 MAC {to}。"},
           {{"from", FactKind::Mac}, {"port", FactKind::Interface}, {"to", FactKind::Mac}}),
      rule("eth.sent_by_program", "packet(7)", Outcome::Noted,
           {"A program hands over a whole frame of type {type} for {to}: it leaves at {port} as it is.",
            "程序直接交来一个类型为 {type}、发往 {to} 的完整的帧：原样从 {port} 发出。"},
           {{"type", FactKind::Hex}, {"to", FactKind::Mac}, {"port", FactKind::Interface}}),
      rule("eth.too_long", "IEEE 802.3 4.2.9", Outcome::Dropped,
           {"A frame of {size} bytes is too long for {port}, whose MTU is {mtu}: drop it.",
            "{size} 字节的帧对 MTU 为 {mtu} 的 {port} 来说太长：丢弃。"},
           {{"size", FactKind::Number}, {"port", FactKind::Interface}, {"mtu", FactKind::Number}}),
      rule("eth.given_to_program", "packet(7)", Outcome::Accepted,
           {"A program here listens for frames of type {type}: it gets a copy.", "这里有程序在监听类型为 {type} 的帧：交给它一份。"},
           {{"type", FactKind::Hex}}),
  };
};

}  // namespace hw
