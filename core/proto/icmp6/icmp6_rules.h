// The rules of ICMPv6: echoes and errors.
#pragma once

#include "core/journal/rule.h"

namespace hw::icmp6 {

enum class Rule : std::uint8_t {
  EchoAnswered,
  EchoReplyDelivered,
  EchoReplyUnwanted,
  ErrorSent,
  ErrorNotAboutError,
  ErrorNotToGroup,
  ErrorRateLimited,
  ErrorReceived,
  ErrorForNobody,
  BadChecksum,
  Truncated,
  UnknownType,
};

}  // namespace hw::icmp6

namespace hw {

template <> struct RuleTable<icmp6::Rule> {
  static constexpr RuleTableId id = RuleTableId::Icmp6;
  static constexpr std::array rows{
      rule("icmp6.echo_answered", "RFC 4443 4.2", Outcome::Answered,
           {"{src} sent an echo request: send its data back as an echo reply.", "{src} 发来回显请求：把数据原样作为回显应答发回。"},
           {{"src", FactKind::Ipv6}}),
      rule("icmp6.echo_reply_delivered", "RFC 4443 4.2", Outcome::Accepted,
           {"The echo reply from {src} belongs to a ping that runs here: give it to the program.",
            "来自 {src} 的回显应答属于本机正在运行的 ping：交给该程序。"},
           {{"src", FactKind::Ipv6}}),
      rule("icmp6.echo_reply_unwanted", "RFC 4443 4.2", Outcome::Dropped,
           {"Nobody here waits for the echo reply from {src}: drop it.", "这里没有程序在等 {src} 的回显应答：丢弃。"},
           {{"src", FactKind::Ipv6}}),
      rule("icmp6.error_sent", "RFC 4443 2.4", Outcome::Answered,
           {"Tell {dst} what became of its datagram: ICMPv6 type {type}, code {code}.", "告知 {dst} 其数据报的下场：ICMPv6 类型 {type}，代码 {code}。"},
           {{"dst", FactKind::Ipv6}, {"type", FactKind::Number}, {"code", FactKind::Number}}),
      rule("icmp6.error_not_about_error", "RFC 4443 2.4 (e.1)", Outcome::Noted,
           {"The datagram is an error or a redirect itself: no error about it.", "该数据报本身就是差错或重定向：不为它发差错。"}),
      rule("icmp6.error_not_to_group", "RFC 4443 2.4 (e.3)", Outcome::Noted,
           {"The datagram went to a group or has no single source: no error about it.", "该数据报发往组播或没有单一源：不为它发差错。"}),
      rule("icmp6.error_rate_limited", "RFC 4443 2.4 (f), Linux icmp ratelimit", Outcome::Dropped,
           {"Too many errors to {dst} in a short time: this one is not sent.", "短时间内发往 {dst} 的差错过多：此差错不发送。"},
           {{"dst", FactKind::Ipv6}}),
      rule("icmp6.error_received", "RFC 4443 2.4 (d)", Outcome::Accepted,
           {"{src} tells what became of our datagram: type {type}, code {code}.", "{src} 告知本机数据报的下场：类型 {type}，代码 {code}。"},
           {{"src", FactKind::Ipv6}, {"type", FactKind::Number}, {"code", FactKind::Number}}),
      rule("icmp6.error_for_nobody", "RFC 4443 2.4 (d)", Outcome::Dropped,
           {"{src} sent an error of type {type}, but nobody here sent the datagram that it quotes.", "{src} 发来类型 {type} 的差错，但本机没有程序发过所引用的数据报。"},
           {{"src", FactKind::Ipv6}, {"type", FactKind::Number}}),
      rule("icmp6.bad_checksum", "RFC 4443 2.3", Outcome::Dropped,
           {"The checksum over message and addresses is wrong: drop the message.", "报文与地址的校验和错误：丢弃该报文。"}),
      rule("icmp6.truncated", "RFC 4443 2.1", Outcome::Dropped,
           {"The message is shorter than its header: drop it.", "报文短于其首部：丢弃。"}),
      rule("icmp6.unknown_type", "RFC 4443 2.4 (b)", Outcome::Dropped,
           {"Nothing here reads ICMPv6 type {type}.", "这里不处理 ICMPv6 类型 {type}。"},
           {{"type", FactKind::Number}}),
  };
};

}  // namespace hw
