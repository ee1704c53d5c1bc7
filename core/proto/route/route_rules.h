// The rules of the routing decision.
#pragma once

#include "core/journal/rule.h"

namespace hw::route {

enum class Rule : std::uint8_t {
  MatchedVia,
  MatchedOnLink,
  MatchedLocal,
  MatchedBroadcast,
  MatchedBlackhole,
  MatchedUnreachable,
  MatchedProhibit,
  NoRoute,
  LostShorter,
  LostMetric,
  LostNoMatch,
};

}  // namespace hw::route

namespace hw {

template <> struct RuleTable<route::Rule> {
  static constexpr RuleTableId id = RuleTableId::Route;
  static constexpr std::array rows{
      rule("route.matched_via", "RFC 1812 5.2.4.3", Outcome::Accepted,
           {"For {dst} the route {route} is the most specific one in table {table}: the next hop is "
            "{via}, out of {port}.",
            "对于 {dst}，表 {table} 中最具体的路由是 {route}：下一跳是 {via}，从 {port} 发出。"},
           {{"dst", FactKind::Ipv4},
            {"route", FactKind::Prefix},
            {"table", FactKind::Table},
            {"via", FactKind::Ipv4},
            {"port", FactKind::Interface}}),
      rule("route.matched_on_link", "RFC 1122 3.3.1.1", Outcome::Accepted,
           {"{dst} is in {route}, the network that {port} is connected to: it can be reached directly "
            "(table {table}).",
            "{dst} 属于 {route}，即 {port} 直接相连的网络：可以直接交付（表 {table}）。"},
           {{"dst", FactKind::Ipv4},
            {"route", FactKind::Prefix},
            {"table", FactKind::Table},
            {"port", FactKind::Interface}}),
      rule("route.matched_local", "RFC 1122 3.2.1.3", Outcome::Accepted,
           {"{dst} is one of our own addresses (table local): the datagram is for us.",
            "{dst} 是本机自己的地址（local 表）：数据报是发给本机的。"},
           {{"dst", FactKind::Ipv4}}),
      rule("route.matched_broadcast", "RFC 1122 3.2.1.3", Outcome::Accepted,
           {"{dst} is the broadcast address of the network at {port}: it is for everyone there, us included.",
            "{dst} 是 {port} 所在网络的广播地址：发给那里的所有主机，也包括本机。"},
           {{"dst", FactKind::Ipv4}, {"port", FactKind::Interface}}),
      rule("route.matched_blackhole", "ip-route(8)", Outcome::Dropped,
           {"The route {route} for {dst} is a black hole: drop the datagram and say nothing.",
            "{dst} 匹配的路由 {route} 是黑洞：丢弃数据报，不作任何通知。"},
           {{"dst", FactKind::Ipv4}, {"route", FactKind::Prefix}}),
      rule("route.matched_unreachable", "ip-route(8)", Outcome::Dropped,
           {"The route {route} for {dst} says that it is unreachable: drop the datagram and tell the sender.",
            "{dst} 匹配的路由 {route} 标为不可达：丢弃数据报并告知发送方。"},
           {{"dst", FactKind::Ipv4}, {"route", FactKind::Prefix}}),
      rule("route.matched_prohibit", "ip-route(8)", Outcome::Dropped,
           {"The route {route} for {dst} is prohibited: drop the datagram and tell the sender.",
            "{dst} 匹配的路由 {route} 被管理员禁止：丢弃数据报并告知发送方。"},
           {{"dst", FactKind::Ipv4}, {"route", FactKind::Prefix}}),
      rule("route.no_route", "RFC 1812 5.2.4.3", Outcome::Dropped,
           {"No route matches {dst}, not even a default route: there is no way to it.",
            "没有路由匹配 {dst}，也没有默认路由：无法到达。"},
           {{"dst", FactKind::Ipv4}}),
      rule("route.lost_shorter", "RFC 1812 5.2.4.3", Outcome::Noted,
           {"{route} matches too, but its prefix is shorter than /{winner}: less specific.",
            "{route} 也匹配，但其前缀比 /{winner} 短：不够具体。"},
           {{"route", FactKind::Prefix}, {"winner", FactKind::Number}}),
      rule("route.lost_metric", "ip-route(8)", Outcome::Noted,
           {"Another {route} has metric {metric}, which is worse than {winner}.",
            "另一条 {route} 的度量值是 {metric}，不如 {winner}。"},
           {{"route", FactKind::Prefix},
            {"metric", FactKind::Number},
            {"winner", FactKind::Number}}),
      rule("route.lost_no_match", "RFC 1812 5.2.4.3", Outcome::Noted,
           {"{route} does not contain {dst}.", "{route} 不包含 {dst}。"},
           {{"route", FactKind::Prefix}, {"dst", FactKind::Ipv4}}),
  };
};

}  // namespace hw
