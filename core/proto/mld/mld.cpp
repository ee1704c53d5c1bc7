// Read first: RFC 3810 6.1 and 6.2.
#include "core/proto/mld/mld.h"

#include <algorithm>

namespace hw::mld {
namespace {

/// Everybody is a member of all nodes, and says nothing about it (RFC 3810 6).
bool isTold(Ipv6Address group) { return group != Ipv6Address::allNodes() && group.groupScope() > 1; }

Telling& tellingOf(State& state, InterfaceId port) {
  for (Telling& one : state.tellings)
    if (one.port == port) return one;
  return state.tellings.emplace_back(Telling{port, 0, false, false, {}, kNever});
}

void schedule(State& state, Telling& telling, Time due) {
  telling.due = due;
  state.nextDeadline = std::min(state.nextDeadline, due);
}

Duration within(const Env& env, Duration most) {
  return Duration{static_cast<std::int64_t>(env.random.below(static_cast<std::uint64_t>(std::max<std::int64_t>(most.ns, 1))))};
}

void tellChange(State& state, const Env& env, Telling& telling) {
  // The first report leaves nearly at once (Linux mld_ifc_event), the others after a random time.
  constexpr Duration kSoon = milliseconds(8);
  telling.reports = kRobustness;
  telling.asked = false;
  schedule(state, telling, env.now + kSoon);
}

void append(std::vector<std::uint8_t>& message, RecordType type, Ipv6Address group) {
  message.resize(message.size() + kRecordSize);
  store(Record{type, 0, 0, group}, message.data() + message.size() - kRecordSize);
}

/// The records of a report, the youngest group first as Linux keeps them.
std::vector<std::uint8_t> reportOf(const State& state, const Telling& telling, std::uint16_t& records) {
  // So many fit a frame of the minimum MTU.
  constexpr std::uint16_t kMost = 60;
  std::vector<std::uint8_t> message(kReportSize);
  records = 0;
  if (telling.all)
    for (auto one = state.memberships.rbegin(); one != state.memberships.rend() && records < kMost; ++one)
      if (one->port == telling.port && isTold(one->group))
        append(message, telling.asked ? kIsExclude : kChangeToExclude, one->group), ++records;
  for (const Ipv6Address group : telling.left)
    if (records < kMost) append(message, kChangeToInclude, group), ++records;
  store(Report{143, 0, 0, 0, records}, message.data());
  return message;
}

}  // namespace

bool State::isMember(InterfaceId port, Ipv6Address group) const {
  return std::any_of(memberships.begin(), memberships.end(),
                     [&](const Membership& one) { return one.port == port && one.group == group; });
}

void join(State& state, const Env& env, InterfaceId port, Ipv6Address group) {
  for (Membership& one : state.memberships)
    if (one.port == port && one.group == group) {
      ++one.users;
      return;
    }
  if (state.memberships.size() >= kMaxMemberships) return;
  state.memberships.push_back({port, group, 1});
  if (!isTold(group)) return;
  env.decisions.decide(Rule::Joined, port, group);
  Telling& telling = tellingOf(state, port);
  telling.all = true;
  std::erase(telling.left, group);
  tellChange(state, env, telling);
}

void leave(State& state, const Env& env, InterfaceId port, Ipv6Address group) {
  const auto at = std::find_if(state.memberships.begin(), state.memberships.end(),
                               [&](const Membership& one) { return one.port == port && one.group == group; });
  if (at == state.memberships.end() || --at->users > 0) return;
  state.memberships.erase(at);
  if (!isTold(group)) return;
  env.decisions.decide(Rule::Left, port, group);
  Telling& telling = tellingOf(state, port);
  telling.left.push_back(group);
  tellChange(state, env, telling);
}

void forget(State& state, InterfaceId port) {
  std::erase_if(state.memberships, [port](const Membership& one) { return one.port == port; });
  std::erase_if(state.tellings, [port](const Telling& one) { return one.port == port; });
}

std::vector<Message> expire(State& state, const Env& env) {
  std::vector<Message> messages;
  if (env.now < state.nextDeadline) return messages;
  state.nextDeadline = kNever;
  std::erase_if(state.tellings, [&](Telling& one) {
    if (one.due <= env.now) {
      std::uint16_t records = 0;
      std::vector<std::uint8_t> message = reportOf(state, one, records);
      if (records > 0) {
        env.decisions.decide(Rule::ReportSent, records, one.port);
        messages.push_back({one.port, std::move(message)});
      }
      if (--one.reports == 0) return true;
      one.due = env.now + within(env, kUnsolicitedInterval);
    }
    state.nextDeadline = std::min(state.nextDeadline, one.due);
    return false;
  });
  return messages;
}

void hearQuery(State& state, const Env& env, InterfaceId port, Ipv6Address source, Duration most) {
  env.decisions.decide(Rule::QueryHeard, source);
  Telling& telling = tellingOf(state, port);
  if (telling.reports > 0) return;  // what is on its way tells as much
  telling.all = telling.asked = true;
  telling.reports = 1;
  schedule(state, telling, env.now + within(env, most));
}

}  // namespace hw::mld
