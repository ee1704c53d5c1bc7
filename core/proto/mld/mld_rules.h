// The rules of multicast listener discovery.
#pragma once

#include "core/journal/rule.h"

namespace hw::mld {

enum class Rule : std::uint8_t {
  Joined,
  Left,
  ReportSent,
  QueryHeard,
};

}  // namespace hw::mld

namespace hw {

template <> struct RuleTable<mld::Rule> {
  static constexpr RuleTableId id = RuleTableId::Mld;
  static constexpr std::array rows{
      rule("mld.joined", "RFC 3810 6.1", Outcome::Noted,
           {"{port} becomes a member of {group}: routers and switches of the link will be told twice.", "{port} 加入 {group}：将两次告知链路上的路由器和交换机。"},
           {{"port", FactKind::Interface}, {"group", FactKind::Ipv6}}),
      rule("mld.left", "RFC 3810 6.1", Outcome::Noted,
           {"{port} leaves {group}: the link will be told twice.", "{port} 离开 {group}：将两次告知链路。"},
           {{"port", FactKind::Interface}, {"group", FactKind::Ipv6}}),
      rule("mld.report_sent", "RFC 3810 5.2", Outcome::Answered,
           {"Report {count} groups at {port}.", "在 {port} 上报告 {count} 个组。"},
           {{"count", FactKind::Number}, {"port", FactKind::Interface}}),
      rule("mld.query_heard", "RFC 3810 6.2", Outcome::Accepted,
           {"{src} asks for listeners: answer within the time that it gives.", "{src} 询问侦听者：在其规定的时间内应答。"},
           {{"src", FactKind::Ipv6}}),
  };
};

}  // namespace hw
