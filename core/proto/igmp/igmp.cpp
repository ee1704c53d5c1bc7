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
  if (isTold(group)) tell(state, env, *at);
  else state.memberships.erase(at);
}

std::vector<Change> expire(State& state, const Env& env) {
  std::vector<Change> changes;
  if (env.now < state.nextDeadline) return changes;
  state.nextDeadline = kNever;
  for (Membership& one : state.memberships) {
    if (one.due <= env.now) {
      const bool first = one.toTell-- == kRobustness;
      if (first) env.decisions.decide(Rule::Reported, one.port, one.group, kUnsolicitedInterval);
      else env.decisions.decide(Rule::ReportRepeated, one.group, one.port);
      changes.push_back({one.port, {one.users > 0 ? kToExclude : kToInclude, 0, 0, one.group}});
      one.due = one.toTell == 0 ? kNever : env.now + Duration{env.random.between(1, kUnsolicitedInterval.ns)};
    }
    state.nextDeadline = std::min(state.nextDeadline, one.due);
  }
  std::erase_if(state.memberships, [](const Membership& one) { return one.users == 0 && one.toTell == 0; });
  return changes;
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
