// The rules of ICMP.
#pragma once

#include "core/journal/rule.h"

namespace hw::icmp {

enum class Rule : std::uint8_t {
  EchoAnswered,
  EchoReplyDelivered,
  EchoReplyUnwanted,
  BroadcastEchoIgnored,
  ErrorSent,
  ErrorNotAboutError,
  ErrorNotAboutFragment,
  ErrorNotToGroup,
  ErrorRateLimited,
  ErrorReceived,
  ErrorForNobody,
  BadChecksum,
  Truncated,
  UnknownType,
};

}  // namespace hw::icmp

namespace hw {

template <> struct RuleTable<icmp::Rule> {
  static constexpr RuleTableId id = RuleTableId::Icmp;
  static constexpr std::array rows{
      rule("icmp.echo_answered", "RFC 1122 3.2.2.6", Outcome::Answered,
           {"{src} sent an echo request: send its data back as an echo reply.",
            "{src} 发来回显请求：把数据原样作为回显应答发回。"},
           {{"src", FactKind::Ipv4}}),
      rule("icmp.echo_reply_delivered", "RFC 1122 3.2.2.6", Outcome::Accepted,
           {"The echo reply from {src} belongs to a ping that runs here: give it to the program.",
            "来自 {src} 的回显应答属于本机正在运行的 ping：交给该程序。"},
           {{"src", FactKind::Ipv4}}),
      rule("icmp.echo_reply_unwanted", "RFC 1122 3.2.2.6", Outcome::Dropped,
           {"Nobody here waits for the echo reply from {src}: drop it.",
            "这里没有程序在等 {src} 的回显应答：丢弃。"},
           {{"src", FactKind::Ipv4}}),
      rule("icmp.broadcast_echo_ignored", "Linux icmp_echo_ignore_broadcasts=1", Outcome::Dropped,
           {"The echo request was sent to a broadcast or multicast address: ignore it.",
            "回显请求发往广播或组播地址：忽略。"}),
      rule("icmp.error_sent", "RFC 792, RFC 1812 4.3.2", Outcome::Answered,
           {"Tell {src} what went wrong: ICMP type {type}, code {code}, with the start of its datagram.",
            "告知 {src} 出了什么问题：ICMP 类型 {type}，代码 {code}，并附上其数据报的开头。"},
           {{"src", FactKind::Ipv4}, {"type", FactKind::Number}, {"code", FactKind::Number}}),
      rule("icmp.error_not_about_error", "RFC 1122 3.2.2", Outcome::Noted,
           {"The datagram was an ICMP error itself: no error is sent about an error.",
            "该数据报本身就是 ICMP 差错报文：不对差错报文再报差错。"}),
      rule("icmp.error_not_about_fragment", "RFC 1122 3.2.2", Outcome::Noted,
           {"Only the first fragment of a datagram is complained about; this is a later one.",
            "只对第一个分片报告差错；这是后面的分片。"}),
      rule("icmp.error_not_to_group", "RFC 1122 3.2.2", Outcome::Noted,
           {"The datagram was for many, or its source is no single host: nobody is told.",
            "数据报发往多个接收者，或其源地址不是单个主机：不发送差错报文。"}),
      rule("icmp.error_rate_limited", "Linux icmp_ratelimit", Outcome::Noted,
           {"{src} was told about errors too often just now: this one is not sent.",
            "刚才已多次向 {src} 报告差错：这一次不再发送。"},
           {{"src", FactKind::Ipv4}}),
      rule("icmp.error_received", "RFC 1122 3.2.2", Outcome::Accepted,
           {"{from} reports an error (type {type}, code {code}) about a datagram of ours: tell the "
            "program that sent it.",
            "{from} 报告了本机某个数据报的差错（类型 {type}，代码 {code}）：告知发送它的程序。"},
           {{"from", FactKind::Ipv4}, {"type", FactKind::Number}, {"code", FactKind::Number}}),
      rule("icmp.error_for_nobody", "RFC 1122 3.2.2", Outcome::Dropped,
           {"{from} reports an error (type {type}, code {code}), but no program here sent that datagram.",
            "{from} 报告了差错（类型 {type}，代码 {code}），但这里没有程序发送过那个数据报。"},
           {{"from", FactKind::Ipv4}, {"type", FactKind::Number}, {"code", FactKind::Number}}),
      rule("icmp.bad_checksum", "RFC 792", Outcome::Dropped,
           {"The ICMP checksum is wrong: drop the message.", "ICMP 校验和错误：丢弃。"}),
      rule("icmp.truncated", "RFC 1122 3.2.2", Outcome::Dropped,
           {"The ICMP message is too short: drop it.", "ICMP 报文太短：丢弃。"}),
      rule("icmp.unknown_type", "RFC 1122 3.2.2", Outcome::Dropped,
           {"ICMP type {type} is not known here: drop the message silently.",
            "不认识 ICMP 类型 {type}：静默丢弃。"},
           {{"type", FactKind::Number}}),
  };
};

}  // namespace hw
