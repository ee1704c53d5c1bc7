#include "core/proto/igmp/igmp.h"

#include <algorithm>

#include "core/wire/checksum.h"

namespace hw::igmp {
namespace {

auto membershipAt(auto& memberships, InterfaceId port, Ipv4Address group) {
  return std::find_if(memberships.begin(), memberships.end(),
                      [&](const Membership& one) { return one.port == port && one.group == group; });
}

/// A change is told at once, and again later.
void tell(State& state, const Env& env, Membership& membership) {
  membership.toTell = kRobustness;
  membership.due = env.now;
  membership.by = env.byLast();
  state.nextDeadline = std::min(state.nextDeadline, membership.due);
}

bool speaksV2(const State& state, const Env& env, InterfaceId port) {
  const auto at = std::find_if(state.older.begin(), state.older.end(), [&](const OlderQuerier& one) { return one.port == port; });
  return at != state.older.end() && env.now < at->until;
}

void noteOlder(State& state, const Env& env, InterfaceId port) {
  env.decisions.decide(Rule::OlderHeard, port, kOlderQuerier);
  auto at = std::find_if(state.older.begin(), state.older.end(), [&](const OlderQuerier& one) { return one.port == port; });
  if (at == state.older.end()) at = state.older.insert(at, {port, {}});
  at->until = env.now + kOlderQuerier;
}

/// Groups of the link itself are not told: nobody routes them (RFC 3376 5).
bool isTold(Ipv4Address group) { return group.value != 0xE0000001u; }

}  // namespace

bool State::isMember(InterfaceId port, Ipv4Address group) const {
  const auto at = membershipAt(memberships, port, group);
  return at != memberships.end() && at->users > 0;
}

bool join(State& state, const Env& env, InterfaceId port, Ipv4Address group) {
  auto at = membershipAt(state.memberships, port, group);
  if (at == state.memberships.end()) {
    if (state.memberships.size() >= kMaxMemberships) return false;
    Membership fresh;
    fresh.port = port;
    fresh.group = group;
    at = state.memberships.insert(state.memberships.end(), fresh);
  }
  if (++at->users > 1) {
    env.decisions.decide(Rule::JoinedAgain, group, port);
    return true;
  }
  env.decisions.decide(Rule::Joined, group, port);
  if (isTold(group)) tell(state, env, *at);
  return true;
}

void leave(State& state, const Env& env, InterfaceId port, Ipv4Address group) {
  const auto at = membershipAt(state.memberships, port, group);
  if (at == state.memberships.end() || at->users == 0) return;
  if (--at->users > 0) {
    env.decisions.decide(Rule::StillWanted, group, port);
    return;
  }
  env.decisions.decide(Rule::Left, group, port);
  at->answer = kNever;
  // In version 2 only the last one to report says farewell (RFC 2236 3).
  const bool silent = speaksV2(state, env, port) && !at->lastReporter;
  if (isTold(group) && !silent) tell(state, env, *at);
  else state.memberships.erase(at);
}

namespace {

/// A change of a membership is told, now and once more later.
Message tellChange(const State& state, const Env& env, Membership& one) {
  const bool v2 = speaksV2(state, env, one.port), leaves = one.users == 0;
  const Duration interval = v2 ? kUnsolicitedIntervalV2 : kUnsolicitedInterval;
  if (one.toTell-- == kRobustness) env.decisions.decide(Rule::Reported, one.port, one.group, interval);
  else env.decisions.decide(Rule::ReportRepeated, one.group, one.port);
  if (v2 && leaves) one.toTell = 0;  // a farewell is said once
  one.due = one.toTell == 0 ? kNever : env.now + Duration{env.random.between(1, interval.ns)};
  one.lastReporter = true;
  if (v2) return {one.port, leaves ? kAllRouters : one.group, encodeShort(leaves ? kLeave : kReportV2, 0, one.group)};
  const Record record{leaves ? kToInclude : kToExclude, 0, 0, one.group};
  return {one.port, kAllReports, encodeReport({&record, 1})};
}

/// Answers to queries that are due: one report for all groups of an interface, or one each in version 2.
void answerQueries(State& state, const Env& env, std::vector<Message>& messages) {
  for (std::size_t i = 0; i < state.memberships.size(); ++i) {
    if (state.memberships[i].answer > env.now) continue;
    const InterfaceId port = state.memberships[i].port;
    const bool v2 = speaksV2(state, env, port);
    std::vector<Record> records;
    for (std::size_t k = i; k < state.memberships.size(); ++k) {
      Membership& one = state.memberships[k];
      if (one.port != port || one.answer > env.now) continue;
      env.decisions.decide(Rule::QueryAnswered, port, one.group);
      one.answer = kNever;
      one.lastReporter = true;
      if (v2) messages.push_back({port, one.group, encodeShort(kReportV2, 0, one.group)});
      else records.push_back({kIsExclude, 0, 0, one.group});
    }
    if (!records.empty()) messages.push_back({port, kAllReports, encodeReport(records)});
  }
}

}  // namespace

std::vector<Message> expire(State& state, const Env& env) {
  std::vector<Message> messages;
  if (env.now < state.nextDeadline) return messages;
  for (Membership& one : state.memberships)
    if (one.due <= env.now) messages.push_back(tellChange(state, env, one));
  answerQueries(state, env, messages);
  std::erase_if(state.memberships, [](const Membership& one) { return one.users == 0 && one.toTell == 0; });
  state.nextDeadline = kNever;
  for (const Membership& one : state.memberships) state.nextDeadline = std::min({state.nextDeadline, one.due, one.answer});
  return messages;
}

void receive(State& state, const Env& env, InterfaceId port, ByteView message) {
  if (const auto group = readOlderReport(message)) {
    const auto at = membershipAt(state.memberships, port, *group);
    if (at == state.memberships.end()) return;
    env.decisions.decide(Rule::ReportedByOther, *group, port);
    at->answer = at->due = kNever;
    at->toTell = 0;
    at->lastReporter = false;
    return;
  }
  const auto query = readQuery(message);
  if (!query) return static_cast<void>(env.decisions.decide(Rule::NotForHosts, port));
  if (query->older) noteOlder(state, env, port);
  env.decisions.decide(Rule::QueryHeard, port, query->group, query->maxDelay);
  const Time when = env.now + Duration{env.random.between(1, std::max<std::int64_t>(query->maxDelay.ns, 1))};
  for (Membership& one : state.memberships) {
    const bool meant = query->group.isAny() || query->group == one.group;
    if (one.port != port || one.users == 0 || !meant || !isTold(one.group)) continue;
    // Each group of version 2 has a report of its own and a time of its own.
    const Time due = query->older ? env.now + Duration{env.random.between(1, query->maxDelay.ns)} : when;
    one.answer = std::min(one.answer, due);
    state.nextDeadline = std::min(state.nextDeadline, one.answer);
  }
}

std::vector<std::uint8_t> encodeReport(std::span<const Record> records) {
  std::vector<std::uint8_t> message(kHeaderSize + records.size() * kRecordSize);
  Report report;
  report.records = static_cast<std::uint16_t>(records.size());
  store(report, message.data());
  for (std::size_t i = 0; i < records.size(); ++i) store(records[i], message.data() + kHeaderSize + i * kRecordSize);
  store16(message.data() + 2, internetChecksum(message));
  return message;
}

}  // namespace hw::igmp
