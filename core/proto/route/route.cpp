// Read first: RFC 1812 5.2.4.3; ip-rule(8).
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
    case Type::Throw: return;  // never a winner
  }
}

Route refusal(Type type) {
  Route route;
  route.type = type;
  route.table = kTableUnspecified;
  return route;
}

/// What a rule answers without asking a table; null if it does ask.
const Route* answerOf(Action action) {
  static const Route prohibit = refusal(Type::Prohibit), unreachable = refusal(Type::Unreachable),
                     blackhole = refusal(Type::Blackhole);
  switch (action) {
    case Action::Prohibit: return &prohibit;
    case Action::Unreachable: return &unreachable;
    case Action::Blackhole: return &blackhole;
    case Action::Lookup:
    case Action::Goto:
    case Action::Nop: break;
  }
  return nullptr;
}

void decideRefusal(Decisions& decisions, const PolicyRule& rule, const Flow& flow) {
  const Rule which = rule.action == Action::Prohibit      ? Rule::RuleProhibits
                     : rule.action == Action::Unreachable ? Rule::RuleUnreachable
                                                          : Rule::RuleBlackhole;
  decisions.decide(which, rule.preference, flow.source, flow.destination);
}

}  // namespace

Fib::Fib(std::vector<Route> routes, std::vector<PolicyRule> rules, Spreading spreading, PortIsUsable usable,
         const void* context)
    : m_routes(std::move(routes)), m_rules(std::move(rules)), m_spreading(spreading),
      m_plainRules(m_rules == defaultRules()) {
  order();
  spread(usable, context);
}

void Fib::order() {
  std::stable_sort(m_routes.begin(), m_routes.end(), [](const Route& a, const Route& b) {
    return std::tuple(a.table, a.prefix.address, 32 - a.prefix.length, a.metric) <
           std::tuple(b.table, b.prefix.address, 32 - b.prefix.length, b.metric);
  });
  m_ordered.resize(m_routes.size());
  for (std::uint32_t i = 0; i < m_ordered.size(); ++i) m_ordered[i] = i;
  const auto key = [this](std::uint32_t i) {
    const Route& r = m_routes[i];
    return std::tuple(tableRank(r.table), r.table, 32 - r.prefix.length, r.prefix.network(), r.metric);
  };
  std::stable_sort(m_ordered.begin(), m_ordered.end(),
                   [&](std::uint32_t a, std::uint32_t b) { return key(a) < key(b); });
  for (std::uint32_t i = 0; i < m_ordered.size(); ++i) {
    const Route& route = m_routes[m_ordered[i]];
    const bool sameTable = !m_tables.empty() && m_tables.back().number == route.table;
    const auto group = static_cast<std::uint32_t>(m_groups.size());
    if (!sameTable) m_tables.push_back({route.table, group, group});
    if (!sameTable || m_groups.back().length != route.prefix.length)
      m_groups.push_back({route.table, route.prefix.length, route.prefix.mask(), i, i});
    m_groups.back().last = i + 1;
    m_tables.back().last = static_cast<std::uint32_t>(m_groups.size());
    if (tableRank(route.table) < 3) m_plainGroups = m_tables.back().last;
    m_networks.push_back(route.prefix.network().value);
  }
}

/// Shares of the hash's range by weight, as Linux rounds them (fib_rebalance).
void Fib::spread(PortIsUsable usable, const void* context) {
  for (std::uint32_t i = 0; i < m_routes.size(); ++i) {
    const Route& route = m_routes[i];
    if (route.nextHops.empty()) continue;
    m_waysOf.resize(m_routes.size());
    m_waysOf[i].first = static_cast<std::uint32_t>(m_ways.size());
    const auto alive = [&](const NextHop& hop) { return !usable || usable(context, hop.port); };
    std::uint64_t total = 0, sum = 0;
    for (const NextHop& hop : route.nextHops) total += alive(hop) ? hop.weight : 0;
    total = std::max<std::uint64_t>(total, 1);
    for (const NextHop& hop : route.nextHops) {
      Route& way = m_ways.emplace_back(route);
      way.via = hop.via;
      way.port = hop.port;
      way.nextHops = {hop};
      sum += alive(hop) ? hop.weight : 0;
      m_bounds.push_back(alive(hop) ? static_cast<std::int64_t>(((sum << 31) + total / 2) / total) - 1 : -1);
    }
    m_waysOf[i].last = static_cast<std::uint32_t>(m_ways.size());
  }
}

const Route* Fib::in(std::uint32_t firstGroup, std::uint32_t lastGroup, Ipv4Address to) const {
  for (std::uint32_t g = firstGroup; g < lastGroup; ++g) {
    const Group& group = m_groups[g];
    const std::uint32_t network = to.value & group.mask;
    const auto last = m_networks.begin() + group.last;
    const auto at = std::lower_bound(m_networks.begin() + group.first, last, network);
    if (at != last && *at == network) return &m_routes[m_ordered[static_cast<std::size_t>(at - m_networks.begin())]];
  }
  return nullptr;
}

Fib::Found Fib::findFrom(const Flow& flow) const {
  if (m_plainRules) {
    const Route* route = in(0, m_plainGroups, flow.destination);
    if (!route || route->type != Type::Throw) return {route, nullptr};
  }
  return findByRules(flow);
}

Fib::Found Fib::findByRules(const Flow& flow) const {
  std::uint32_t least = 0;
  for (const PolicyRule& rule : m_rules) {
    if (rule.preference < least || mismatch(rule, flow) != Mismatch::None) continue;
    if (rule.action == Action::Goto && rule.target > rule.preference) least = rule.target;
    if (const Route* answer = answerOf(rule.action)) return {answer, &rule};
    if (rule.action != Action::Lookup) continue;
    for (const Table& table : m_tables)
      if (table.number == rule.table) {
        const Route* route = in(table.first, table.last, flow.destination);
        if (route && route->type != Type::Throw) return {route, &rule};
      }
  }
  return {};
}

/// The way of a flow; of a route with one way, the route.
const Route* Fib::wayOf(const Route& route, const Flow& flow) const {
  if (route.nextHops.empty()) return &route;
  const Ways ways = m_waysOf[static_cast<std::size_t>(&route - m_routes.data())];
  const std::int64_t hash = flowHash(flow, m_spreading.policy, m_spreading.seed);
  for (std::uint32_t i = ways.first; i < ways.last; ++i)
    if (hash <= m_bounds[i]) return &m_ways[i];
  return nullptr;
}

const Route* Fib::find(const Flow& flow) const {
  const Found found = findFrom(flow);
  return found.route ? wayOf(*found.route, flow) : nullptr;
}

const Route* Fib::lookup(Decisions& decisions, const Flow& flow) const {
  const Found found = findFrom(flow);
  const Route* way = found.route ? wayOf(*found.route, flow) : nullptr;
  if (!way) {
    decisions.decide(Rule::NoRoute, flow.destination);
  } else if (way->isOfRule()) {
    decideRefusal(decisions, *found.rule, flow);
  } else {
    if (found.rule && !m_plainRules)
      decisions.decide(Rule::RuleAsked, found.rule->preference, found.rule->from, found.rule->table);
    decideMatch(decisions, *way, flow.destination);
    if (!found.route->nextHops.empty())
      decisions.decide(Rule::WayChosen, found.route->nextHops.size(), flowHash(flow, m_spreading.policy, m_spreading.seed),
                       way->via.value_or(flow.destination), way->port, way->nextHops.front().weight);
  }
  if (decisions.wantsAlternatives()) alternatives(decisions, flow, found);
  return way;
}

void Fib::alternatives(Decisions& decisions, const Flow& flow, const Found& winner) const {
  if (!m_plainRules) otherRules(decisions, flow, winner);
  if (winner.route && winner.route->isOfRule()) return;
  if (winner.route && !winner.route->nextHops.empty()) otherWays(decisions, *winner.route, wayOf(*winner.route, flow));
  const Ipv4Address to = flow.destination;
  for (const std::uint32_t i : m_ordered) {
    const Route& route = m_routes[i];
    const bool asked = tableRank(route.table) < 3 || (winner.route && winner.route->table == route.table);
    if (&route == winner.route || route.table == kTableLocal || !asked) continue;
    if (!route.prefix.contains(to)) decisions.alternative(Rule::LostNoMatch, route.prefix, to);
    else if (route.type == Type::Throw) decisions.alternative(Rule::MatchedThrow, route.prefix, route.table, to);
    else if (winner.route && route.table != winner.route->table) continue;
    else if (winner.route && route.prefix.length < winner.route->prefix.length)
      decisions.alternative(Rule::LostShorter, route.prefix, winner.route->prefix.length);
    else if (winner.route)
      decisions.alternative(Rule::LostMetric, route.prefix, route.metric, winner.route->metric);
  }
}

void Fib::otherRules(Decisions& decisions, const Flow& flow, const Found& winner) const {
  bool decided = false;
  for (const PolicyRule& rule : m_rules) {
    if (&rule == winner.rule) {
      decided = true;
      continue;
    }
    if (decided) {
      decisions.alternative(Rule::RuleLater, rule.preference, winner.rule->preference);
      continue;
    }
    switch (mismatch(rule, flow)) {
      case Mismatch::From: decisions.alternative(Rule::RuleOtherSource, rule.preference, rule.from, flow.source); break;
      case Mismatch::To: decisions.alternative(Rule::RuleOtherDestination, rule.preference, rule.to, flow.destination); break;
      case Mismatch::Other: decisions.alternative(Rule::RuleNoFit, rule.preference); break;
      case Mismatch::None:
        if (rule.action == Action::Lookup)
          decisions.alternative(Rule::RuleTableKnowsNothing, rule.preference, rule.table, flow.destination);
    }
  }
}

void Fib::otherWays(Decisions& decisions, const Route& route, const Route* way) const {
  const Ways ways = m_waysOf[static_cast<std::size_t>(&route - m_routes.data())];
  for (std::uint32_t i = ways.first; i < ways.last; ++i) {
    const Route& one = m_ways[i];
    if (&one == way) continue;
    const Ipv4Address via = one.via.value_or(Ipv4Address{});
    if (m_bounds[i] < 0) decisions.alternative(Rule::WayDead, via, one.port);
    else decisions.alternative(Rule::WayLost, via, one.port, one.nextHops.front().weight);
  }
}

}  // namespace hw::route
