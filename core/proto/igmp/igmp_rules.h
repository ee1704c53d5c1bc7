// The rules of group membership.
#pragma once

#include "core/journal/rule.h"

namespace hw::igmp {

enum class Rule : std::uint8_t { Joined, JoinedAgain, Left, StillWanted, Reported, ReportRepeated,
                                 QueryHeard, OlderHeard, QueryAnswered, ReportedByOther, NotForHosts };

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
      rule("igmp.query_heard", "RFC 3376 5.2", Outcome::Accepted,
           {"Somebody at {port} asks who wants {group} (0.0.0.0: any group). Who does answers at a random moment within {delay}, so "
            "that not all answer at once.",
            "{port} 上有人询问谁需要 {group}（0.0.0.0 表示任意组）。需要者在 {delay}内随机选一个时刻应答，以免同时应答。"},
           {{"port", FactKind::Interface}, {"group", FactKind::Ipv4}, {"delay", FactKind::Duration}}),
      rule("igmp.older_heard", "RFC 3376 7.2.1", Outcome::Noted,
           {"The querier at {port} speaks version 2: so do we for {time}.", "{port} 上的查询者使用版本 2：接下来 {time}内本机也使用版本 2。"},
           {{"port", FactKind::Interface}, {"time", FactKind::Duration}}),
      rule("igmp.query_answered", "RFC 3376 5.2", Outcome::Answered,
           {"The question at {port} is answered: {group} is wanted here.", "应答 {port} 上的询问：本机需要 {group}。"},
           {{"port", FactKind::Interface}, {"group", FactKind::Ipv4}}),
      rule("igmp.reported_by_other", "RFC 2236 3", Outcome::Accepted,
           {"Another host at {port} says already that {group} is wanted: one report is enough, ours is not sent.",
            "{port} 上已有其他主机报告需要 {group}：一份报告足够，本机不再发送。"},
           {{"group", FactKind::Ipv4}, {"port", FactKind::Interface}}),
      rule("igmp.not_for_hosts", "RFC 3376 4", Outcome::Dropped,
           {"The message at {port} is nothing that a host acts upon.", "{port} 收到的报文不需要主机处理。"},
           {{"port", FactKind::Interface}}),
  };
};

}  // namespace hw
