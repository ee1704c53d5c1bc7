// Read first: RFC 4541 2.1.1 (IGMP messages), 2.1.2 (data).
#include "core/proto/bridge/snooping.h"

#include <algorithm>

#include "core/proto/bridge/bridge_rules.h"

namespace hw::bridge {
namespace {

/// 224.0.0.0/24 is for the link itself: always flooded (RFC 4541 2.1.2).
bool isLocal(Ipv4Address group) { return group.value >> 8 == 0xE00000u; }

auto entryAt(auto& groups, const GroupFrame& frame, Ipv4Address group) {
  return std::find_if(groups.begin(), groups.end(), [&](const GroupPort& one) {
    return one.group == group && one.vlan == frame.vlan && one.port == frame.in;
  });
}

void join(SnoopingState& state, const Env& env, const GroupFrame& frame, Ipv4Address group) {
  if (!frame.in.valid() || isLocal(group) || !group.isMulticast()) return;
  auto at = entryAt(state.groups, frame, group);
  if (at == state.groups.end()) {
    if (state.groups.size() >= kMaxGroups) return static_cast<void>(env.decisions.decide(Rule::TooManyGroups, group));
    env.decisions.decide(Rule::GroupJoined, frame.in, group);
    at = state.groups.insert(at, GroupPort{group, frame.vlan, frame.in, {}, env.byLast()});
  }
  at->until = env.now + kMembershipTime;
  state.nextDeadline = std::min(state.nextDeadline, at->until);
}

/// Somebody leaves: who else is there? Without an answer the port is forgotten soon (br_multicast_leave_group).
void leave(SnoopingState& state, const Snooping& config, const Env& env, const GroupFrame& frame, Ipv4Address group, Snooped& out) {
  const auto at = entryAt(state.groups, frame, group);
  if (at == state.groups.end() || env.now < state.otherQuerier) return;
  env.decisions.decide(Rule::GroupLeft, frame.in, group, kLastMemberTime);
  if (config.querier) out.questions.push_back({frame.in, group, seconds(1)});
  at->until = std::min(at->until, env.now + kLastMemberTime);
  state.nextDeadline = std::min(state.nextDeadline, at->until);
}

void readRecords(SnoopingState& state, const Snooping& config, const Env& env, const GroupFrame& frame, Snooped& out) {
  std::size_t at = igmp::kHeaderSize;
  for (std::uint32_t left = load16(frame.message.data() + 6); left > 0; --left) {
    if (frame.message.size() < at + igmp::kRecordSize) return;
    const auto record = load<igmp::Record>(frame.message.data() + at);
    const bool goes = (record.type == igmp::kToInclude || record.type == igmp::kIsInclude) && record.sources == 0;
    if (goes) leave(state, config, env, frame, record.group, out);
    else join(state, env, frame, record.group);
    at += igmp::kRecordSize + 4u * record.sources + 4u * record.auxiliary;
  }
}

void hearQuery(SnoopingState& state, const Env& env, const GroupFrame& frame, const igmp::Query& query) {
  if (!frame.in.valid()) return;
  if (!query.group.isAny()) {
    for (GroupPort& one : state.groups)
      if (one.group == query.group) one.until = std::min(one.until, env.now + query.maxDelay * 2);
    state.nextDeadline = env.now;  // a lower bound
    return;
  }
  env.decisions.decide(Rule::QuerierHeard, frame.source, frame.in);
  if (env.now >= state.otherQuerier) state.trustedFrom = env.now + query.maxDelay;
  state.otherQuerier = env.now + kOtherQuerierTime;
  if (frame.source.isAny()) return;  // RFC 4541 2.1.1: a bridge asks so, no router
  auto at = std::find_if(state.routers.begin(), state.routers.end(), [&](const RouterPort& one) { return one.port == frame.in; });
  if (at == state.routers.end()) at = state.routers.insert(at, {frame.in, {}});
  at->until = env.now + kOtherQuerierTime;
  state.nextDeadline = std::min(state.nextDeadline, at->until);
}

void readMessage(SnoopingState& state, const Snooping& config, const Env& env, const GroupFrame& frame, Snooped& out) {
  if (frame.message.size() < igmp::kHeaderSize) return;
  if (const auto query = igmp::readQuery(frame.message)) return hearQuery(state, env, frame, *query);
  if (const auto group = igmp::readOlderReport(frame.message)) return join(state, env, frame, *group);
  if (frame.message[0] == igmp::kLeave) leave(state, config, env, frame, {load32(frame.message.data() + 4)}, out);
  if (frame.message[0] == igmp::kReportV3) readRecords(state, config, env, frame, out);
}

}  // namespace

bool SnoopingState::has(Ipv4Address group, std::uint16_t vlan, InterfaceId port, Time now) const {
  return std::any_of(groups.begin(), groups.end(), [&](const GroupPort& one) {
    return one.group == group && one.vlan == vlan && one.port == port && now < one.until;
  });
}

Snooped snoop(SnoopingState& state, const Snooping& config, const Env& env, const GroupFrame& frame) {
  Snooped out;
  if (frame.isIgmp) readMessage(state, config, env, frame, out);
  // Reports of version 2 are for routers only: another host that heard one would keep silent (RFC 4541 2.1.1).
  const bool report = frame.isIgmp && igmp::readOlderReport(frame.message).has_value();
  const bool restricted = report || (!frame.isIgmp && !isLocal(frame.group));
  if (!restricted) return out;
  if (!state.isTrusted(config, env.now)) {
    env.decisions.decide(Rule::NobodyAsks, frame.group);
    return out;
  }
  out.floods = false;
  for (const RouterPort& one : state.routers)
    if (env.now < one.until) out.ports.push_back(one.port);
  for (const GroupPort& one : state.groups)
    if (!frame.isIgmp && state.has(frame.group, frame.vlan, one.port, env.now)) out.ports.push_back(one.port);
  std::sort(out.ports.begin(), out.ports.end());
  out.ports.erase(std::unique(out.ports.begin(), out.ports.end()), out.ports.end());
  return out;
}

void follow(SnoopingState& state, const Snooping& config, const Env& env) {
  if (!config.enabled) {
    state = {};
    return;
  }
  const bool asks = state.nextQuery != kNever;
  if (config.querier == asks) return;
  state.asked = 0;
  state.nextQuery = config.querier ? env.now : kNever;
  if (config.querier && env.now >= state.otherQuerier) state.trustedFrom = env.now + igmp::kResponseInterval;
  if (config.querier) state.nextDeadline = std::min(state.nextDeadline, env.now);
}

std::vector<Question> expire(SnoopingState& state, const Snooping& config, const Env& env) {
  std::vector<Question> questions;
  if (env.now < state.nextDeadline) return questions;
  if (state.nextQuery <= env.now) {
    // While somebody else asks, one is enough.
    if (config.querier && env.now >= state.otherQuerier) {
      env.decisions.decide(Rule::Asks, igmp::kResponseInterval);
      questions.push_back({});
    }
    state.asked = std::min(state.asked + 1, kStartupQueries);
    state.nextQuery = env.now + (state.asked < kStartupQueries ? kStartupQueryInterval : igmp::kQueryInterval);
  }
  std::erase_if(state.groups, [&](const GroupPort& one) {
    if (env.now < one.until) return false;
    env.decisions.decide(Rule::GroupAged, one.port, one.group);
    return true;
  });
  std::erase_if(state.routers, [&](const RouterPort& one) { return one.until <= env.now; });
  state.nextDeadline = state.nextQuery;
  for (const GroupPort& one : state.groups) state.nextDeadline = std::min(state.nextDeadline, one.until);
  for (const RouterPort& one : state.routers) state.nextDeadline = std::min(state.nextDeadline, one.until);
  return questions;
}

void flush(SnoopingState& state, InterfaceId port) {
  std::erase_if(state.groups, [port](const GroupPort& one) { return one.port == port; });
  std::erase_if(state.routers, [port](const RouterPort& one) { return one.port == port; });
}

}  // namespace hw::bridge
