// The rules of group membership.
#pragma once

#include "core/journal/rule.h"

namespace hw::igmp {

enum class Rule : std::uint8_t { Joined, JoinedAgain, Left, StillWanted, Reported, ReportRepeated };

}  // namespace hw::igmp

namespace hw {

template <> struct RuleTable<igmp::Rule> {
  static constexpr RuleTableId id = RuleTableId::Igmp;
  static constexpr std::array rows{
      rule("igmp.joined", "RFC 3376 5.1", Outcome::Noted,
           {"Somebody here wants what is sent to {group}: {port} joins the group and will tell the routers so.",
            "本机有人要接收发往 {group} 的数据：{port} 加入该组，并将告知路由器。"},
           {{"group", FactKind::Ipv4}, {"port", FactKind::Interface}}),
      rule("igmp.joined_again", "RFC 3376 3.2", Outcome::Noted,
           {"{group} is joined at {port} already: nothing needs to be told.",
            "{port} 已经加入 {group}：无需再告知。"},
           {{"group", FactKind::Ipv4}, {"port", FactKind::Interface}}),
      rule("igmp.left", "RFC 3376 5.1", Outcome::Noted,
           {"Nobody here wants {group} any more: {port} leaves the group and will tell the routers so.",
            "本机不再有人需要 {group}：{port} 离开该组，并将告知路由器。"},
           {{"group", FactKind::Ipv4}, {"port", FactKind::Interface}}),
      rule("igmp.still_wanted", "RFC 3376 3.2", Outcome::Noted,
           {"One program less wants {group} at {port}; others still do.",
            "少了一个程序需要 {port} 上的 {group}；仍有其他程序需要。"},
           {{"group", FactKind::Ipv4}, {"port", FactKind::Interface}}),
      rule("igmp.reported", "RFC 3376 5.1", Outcome::Answered,
           {"Tell the routers at {port} what became of the membership in {group}. A report may get lost: it is repeated "
            "within {interval}.",
            "告知 {port} 上的路由器 {group} 成员关系的变化。报告可能丢失：将在 {interval}内重复一次。"},
           {{"port", FactKind::Interface}, {"group", FactKind::Ipv4}, {"interval", FactKind::Duration}}),
      rule("igmp.report_repeated", "RFC 3376 5.1, 8.1", Outcome::Answered,
           {"The report about {group} is repeated at {port}, in case the first was lost.",
            "在 {port} 上重复关于 {group} 的报告，以防第一份丢失。"},
           {{"group", FactKind::Ipv4}, {"port", FactKind::Interface}}),
  };
};

}  // namespace hw
