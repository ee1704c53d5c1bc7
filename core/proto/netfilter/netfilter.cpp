#include "core/proto/netfilter/netfilter.h"

#include <algorithm>

#include "core/proto/netfilter/chains.h"

namespace hw::netfilter {
namespace {

constexpr std::int32_t kTrackPriority = -200, kNatDestination = -100, kNatSource = 100;

bool looksAtConnections(const FilterRule& rule) {
  return std::any_of(rule.parts.begin(), rule.parts.end(), [](const Part& part) {
    if (const auto* match = std::get_if<Match>(&part))
      return match->key == Key::CtState || match->key == Key::CtMark || match->key == Key::CtStatus;
    const Do what = std::get<Statement>(part).what;
    return what == Do::SetCtMark || what == Do::MarkFromCt || what == Do::CtFromMark;
  });
}

constexpr Hook kTrackHooks[] = {Hook::Prerouting, Hook::Output};
constexpr Hook kNatHooks[] = {Hook::Prerouting, Hook::Input, Hook::Output, Hook::Postrouting};

Side sideOf(Hook hook) {
  return hook == Hook::Postrouting || hook == Hook::Input ? Side::Source : Side::Destination;
}

/// One datagram at one hook.
class Visit {
 public:
  Visit(State& state, const Surroundings& around, const Env& env, Passage& passage, Hook hook)
      : m_state(state), m_around(around), m_env(env), m_passage(passage), m_hook(hook) {}

  Ruling run() {
    const std::uint32_t mark = m_passage.mark;
    const Ipv4Address destination = m_passage.packet.header().destination;
    Ruling ruling;
    bool rerouteForMark = false;
    for (const Plan::Step& step : m_around.plan.at(m_hook)) {
      const std::uint32_t before = m_passage.mark;
      if (step.what == Plan::What::Track) ruling = track();
      else if (step.what == Plan::What::Translate) ruling = translateHere();
      else ruling = filter(step);
      if (ruling.what != Ruling::What::Accept) return ruling;
      rerouteForMark = rerouteForMark || (isRouteChain(step) && before != m_passage.mark);
    }
    const bool last = m_hook == Hook::Input || m_hook == Hook::Postrouting;
    if (last && !confirm(m_state.connections, m_around.tracking, m_env, m_passage.tracked)) ruling.what = Ruling::What::Drop;
    ruling.destinationChanged = destination != m_passage.packet.header().destination;
    ruling.markChanged = m_hook == Hook::Output ? rerouteForMark : mark != m_passage.mark;
    return ruling;
  }

 private:
  bool isRouteChain(const Plan::Step& step) const {
    return step.what == Plan::What::Chain &&
           m_around.rules.tables[step.table].chains[step.chain].base->type == ChainType::Route;
  }
  Ruling track() {
    Ruling ruling;
    Tracked& tracked = m_passage.tracked;
    if (tracked.state != kUntracked || tracked.fresh || m_notTracked) return ruling;
    tracked = netfilter::track(m_state.connections, m_around.tracking, m_env, m_passage.packet);
    if (tracked.refused) ruling.what = Ruling::What::Drop;
    return ruling;
  }

  Ruling filter(const Plan::Step& step) {
    Ruling ruling;
    const Walk walk = walkChain(m_state, m_around, m_env, m_passage, {step.table, step.chain});
    m_notTracked = m_notTracked || walk.notTracked;
    switch (walk.verdict) {
      case Verdict::Accept:
      case Verdict::Translate: break;
      case Verdict::Drop: ruling.what = Ruling::What::Drop; break;
      case Verdict::Reject:
        ruling.what = walk.statement.reset ? Ruling::What::Reset : Ruling::What::Unreachable;
        ruling.icmpCode = walk.statement.icmpCode;
        break;
    }
    return ruling;
  }

  Ruling translateHere() {
    Tracked& tracked = m_passage.tracked;
    const Side side = sideOf(m_hook);
    const bool settled = side == Side::Source ? tracked.sourceDone : tracked.destinationDone;
    if (tracked.fresh && !settled && !tracked.isError) {
      const Ruling ruling = settleHere(side);
      if (ruling.what != Ruling::What::Accept) return ruling;
    }
    Ruling ruling;
    const Connection* one = connectionOf(m_state.connections, tracked);
    const bool moved = one && !tracked.fresh && !tracked.isReply && m_hook == Hook::Postrouting && one->masquerade.valid() &&
                       one->masquerade != m_passage.out;
    if (moved) {
      m_env.decisions.decide(Rule::WayChanged, one->masquerade, m_passage.out);
      m_state.connections.erase(one->id);
      ruling.what = Ruling::What::Drop;
      return ruling;
    }
    if (!translate(m_state.connections, m_env, m_passage.packet, tracked, side)) ruling.what = Ruling::What::Drop;
    return ruling;
  }

  /// The first datagram of a connection: the nat chains are asked. Without a rule the addresses stay, unless a port
  /// must change because the answer would be somebody else's.
  Ruling settleHere(Side side) {
    Ruling ruling;
    for (const Plan::Step& step : m_around.plan.natChains[static_cast<std::size_t>(m_hook)]) {
      const Walk walk = walkChain(m_state, m_around, m_env, m_passage, {step.table, step.chain});
      if (walk.verdict == Verdict::Drop || walk.verdict == Verdict::Reject) ruling.what = Ruling::What::Drop;
      if (ruling.what == Ruling::What::Drop) return ruling;
      if (walk.verdict != Verdict::Translate) continue;
      if (!settleAs(walk.statement)) ruling.what = Ruling::What::Drop;
      return ruling;
    }
    if (!settle(m_state.connections, m_env, m_passage.tracked, unchanged(side), side)) ruling.what = Ruling::What::Drop;
    return ruling;
  }

  NatRange unchanged(Side side) const {
    const Tuple now = inverted(m_passage.tracked.fresh->reply);
    const std::uint32_t address = side == Side::Source ? now.source.value : now.destination.value;
    return {Range{address, address}, std::nullopt, false};
  }

  bool settleAs(const Statement& statement) {
    NatRange range{statement.addresses, statement.ports, statement.persistent};
    Side side = Side::Source;
    switch (statement.what) {
      case Do::Masquerade:
        if (!m_passage.masqueradeAs) {
          m_env.decisions.decide(Rule::NoAddress, m_passage.out);
          return false;
        }
        range.addresses = Range{m_passage.masqueradeAs->value, m_passage.masqueradeAs->value};
        m_passage.tracked.fresh->masquerade = m_passage.out;
        break;
      case Do::Redirect: {
        if (!m_passage.redirectTo) {
          m_env.decisions.decide(Rule::NoAddress, m_passage.in);
          return false;
        }
        range.addresses = Range{m_passage.redirectTo->value, m_passage.redirectTo->value};
        side = Side::Destination;
        break;
      }
      case Do::DestinationNat: side = Side::Destination; break;
      default: break;
    }
    return settle(m_state.connections, m_env, m_passage.tracked, range, side);
  }

  State& m_state;
  const Surroundings& m_around;
  const Env& m_env;
  Passage& m_passage;
  Hook m_hook;
  bool m_notTracked = false;
};

}  // namespace

const Counted* State::find(Ref rule) const {
  const auto at = std::ranges::lower_bound(counted, rule, {}, &Counted::rule);
  return at != counted.end() && at->rule == rule ? &*at : nullptr;
}

Plan makePlan(const Ruleset& rules) {
  Plan plan;
  bool translates = false;
  for (std::uint32_t t = 0; t < rules.tables.size(); ++t)
    for (std::uint32_t c = 0; c < rules.tables[t].chains.size(); ++c) {
      const Chain& chain = rules.tables[t].chains[c];
      plan.tracks = plan.tracks || std::any_of(chain.rules.begin(), chain.rules.end(), looksAtConnections);
      if (!chain.base) continue;
      plan.active = true;
      const bool nat = chain.base->type == ChainType::Nat;
      translates = translates || nat;
      auto& list = nat ? plan.natChains : plan.hooks;
      list[static_cast<std::size_t>(chain.base->hook)].push_back({Plan::What::Chain, chain.base->priority, t, c});
    }
  plan.tracks = plan.active && (plan.tracks || translates);
  if (plan.tracks)
    for (const Hook hook : kTrackHooks)
      plan.hooks[static_cast<std::size_t>(hook)].push_back({Plan::What::Track, kTrackPriority, 0, 0});
  if (translates)
    for (const Hook hook : kNatHooks)
      plan.hooks[static_cast<std::size_t>(hook)].push_back(
          {Plan::What::Translate, sideOf(hook) == Side::Source ? kNatSource : kNatDestination, 0, 0});
  for (auto* list : {&plan.hooks, &plan.natChains})
    for (auto& steps : *list) std::ranges::stable_sort(steps, {}, &Plan::Step::priority);
  return plan;
}

Ruling pass(State& state, const Surroundings& around, const Env& env, Passage& passage, Hook hook) {
  return Visit(state, around, env, passage, hook).run();
}

void expire(State& state, const Env& env) { expire(state.connections, env); }

void interfaceDown(State& state, const Env& env, InterfaceId port) {
  std::vector<std::uint32_t> over;
  for (const Connection& one : state.connections.all)
    if (one.masquerade == port) over.push_back(one.id);
  if (!over.empty()) env.decisions.decide(Rule::MasqueradeOver, port, over.size());
  for (const std::uint32_t id : over) state.connections.erase(id);
}

void follow(State& state, const Ruleset& rules) {
  std::erase_if(state.counted, [&](const Counted& one) {
    for (const Table& table : rules.tables)
      for (const Chain& chain : table.chains)
        if (table.handle == one.rule.table && chain.find(one.rule.handle)) return false;
    return true;
  });
}

}  // namespace hw::netfilter
