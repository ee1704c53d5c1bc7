// Read first: RFC 1812 5.2.4.3.
#include "core/proto/route/route.h"

#include <algorithm>
#include <tuple>

namespace hw::route {
namespace {

/// Tables are asked in this order (the rules 0, 32766, 32767 of `ip rule`).
int tableRank(std::uint32_t table) {
  switch (table) {
    case kTableLocal: return 0;
    case kTableMain: return 1;
    case kTableDefault: return 2;
    default: return 3;
  }
}

void decideMatch(Decisions& decisions, const Route& route, Ipv4Address to) {
  switch (route.type) {
    case Type::Unicast:
      if (route.via)
        decisions.decide(Rule::MatchedVia, to, route.prefix, route.table, *route.via, route.port);
      else
        decisions.decide(Rule::MatchedOnLink, to, route.prefix, route.table, route.port);
      return;
    case Type::Local: decisions.decide(Rule::MatchedLocal, to); return;
    case Type::Broadcast: decisions.decide(Rule::MatchedBroadcast, to, route.port); return;
    case Type::Blackhole: decisions.decide(Rule::MatchedBlackhole, to, route.prefix); return;
    case Type::Unreachable: decisions.decide(Rule::MatchedUnreachable, to, route.prefix); return;
    case Type::Prohibit: decisions.decide(Rule::MatchedProhibit, to, route.prefix); return;
  }
}

}  // namespace

Fib::Fib(std::vector<Route> routes) : m_routes(std::move(routes)) {
  std::stable_sort(m_routes.begin(), m_routes.end(), [](const Route& a, const Route& b) {
    return std::tuple(a.table, a.prefix.address, 32 - a.prefix.length, a.metric) <
           std::tuple(b.table, b.prefix.address, 32 - b.prefix.length, b.metric);
  });
  m_ordered.resize(m_routes.size());
  for (std::uint32_t i = 0; i < m_ordered.size(); ++i) m_ordered[i] = i;
  const auto key = [this](std::uint32_t i) {
    const Route& r = m_routes[i];
    return std::tuple(tableRank(r.table), 32 - r.prefix.length, r.prefix.network(), r.metric);
  };
  std::stable_sort(m_ordered.begin(), m_ordered.end(),
                   [&](std::uint32_t a, std::uint32_t b) { return key(a) < key(b); });
  for (std::uint32_t i = 0; i < m_ordered.size(); ++i) {
    const Route& route = m_routes[m_ordered[i]];
    if (tableRank(route.table) == 3) break;  // only reached by a rule of the policy database
    const bool same = !m_groups.empty() && m_groups.back().table == route.table &&
                      m_groups.back().length == route.prefix.length;
    if (!same) m_groups.push_back({route.table, route.prefix.length, route.prefix.mask(), i, i});
    m_groups.back().last = i + 1;
    m_networks.push_back(route.prefix.network().value);
  }
}

const Route* Fib::find(Ipv4Address to) const {
  for (const Group& group : m_groups) {
    const std::uint32_t network = to.value & group.mask;
    const auto last = m_networks.begin() + group.last;
    const auto at = std::lower_bound(m_networks.begin() + group.first, last, network);
    if (at != last && *at == network) return &m_routes[m_ordered[static_cast<std::size_t>(at - m_networks.begin())]];
  }
  return nullptr;
}

const Route* Fib::lookup(Decisions& decisions, Ipv4Address to) const {
  const Route* route = find(to);
  if (route) decideMatch(decisions, *route, to);
  else decisions.decide(Rule::NoRoute, to);
  if (decisions.wantsAlternatives()) alternatives(decisions, to, route);
  return route;
}

void Fib::alternatives(Decisions& decisions, Ipv4Address to, const Route* winner) const {
  for (std::uint32_t i : m_ordered) {
    const Route& route = m_routes[i];
    if (&route == winner || route.table == kTableLocal) continue;
    if (!route.prefix.contains(to)) decisions.alternative(Rule::LostNoMatch, route.prefix, to);
    else if (winner && route.prefix.length < winner->prefix.length)
      decisions.alternative(Rule::LostShorter, route.prefix, winner->prefix.length);
    else if (winner)
      decisions.alternative(Rule::LostMetric, route.prefix, route.metric, winner->metric);
  }
}

}  // namespace hw::route
