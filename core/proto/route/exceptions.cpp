#include "core/proto/route/exceptions.h"

#include <algorithm>

#include "core/proto/route/route_rules.h"

namespace hw::route {
namespace {

constexpr Duration kRedirectLoad = milliseconds(20);
constexpr Duration kRedirectSilence = milliseconds(20'480);
constexpr std::uint32_t kMostRedirects = 9;
constexpr std::size_t kMaxLimits = 1024;

auto exceptionAt(auto& entries, Ipv4Address destination) {
  return std::lower_bound(entries.begin(), entries.end(), destination,
                          [](const Exception& one, Ipv4Address key) { return one.destination < key; });
}

Exception& findOrAdd(Exceptions& state, Ipv4Address destination) {
  auto at = exceptionAt(state.entries, destination);
  if (at != state.entries.end() && at->destination == destination) return *at;
  if (state.entries.size() >= kMaxExceptions) {
    state.entries.erase(std::min_element(state.entries.begin(), state.entries.end(),
                                         [](const Exception& a, const Exception& b) { return a.expires < b.expires; }));
    at = exceptionAt(state.entries, destination);
  }
  Exception fresh;
  fresh.destination = destination;
  return *state.entries.insert(at, fresh);
}

void keep(Exceptions& state, const Env& env, Exception& entry, Duration lifetime) {
  entry.expires = env.now + lifetime;
  entry.by = env.byLast();
  state.nextDeadline = std::min(state.nextDeadline, entry.expires);
}

}  // namespace

const Exception* Exceptions::find(Ipv4Address destination, Time now) const {
  if (entries.empty()) return nullptr;
  const auto at = exceptionAt(entries, destination);
  return at != entries.end() && at->destination == destination && now < at->expires ? &*at : nullptr;
}

void learnMtu(Exceptions& state, const Env& env, Ipv4Address destination, std::uint32_t mtu, std::uint32_t current) {
  const std::uint32_t least = std::min(kLeastPathMtu, current);
  const std::uint32_t taken = std::max(mtu, least);
  if (taken >= current) {
    env.decisions.decide(Rule::MtuNotSmaller, destination, mtu, current);
    return;
  }
  env.decisions.decide(Rule::MtuLearned, destination, taken, kMtuLifetime);
  Exception& entry = findOrAdd(state, destination);
  entry.mtu = taken;
  keep(state, env, entry, kMtuLifetime);
}

void learnGateway(Exceptions& state, const Env& env, Ipv4Address destination, Ipv4Address gateway) {
  env.decisions.decide(Rule::GatewayLearned, destination, gateway, kRedirectLifetime);
  Exception& entry = findOrAdd(state, destination);
  entry.gateway = gateway;
  keep(state, env, entry, kRedirectLifetime);
}

void expire(Exceptions& state, const Env& env) {
  if (env.now < state.nextDeadline) return;
  state.nextDeadline = kNever;
  std::erase_if(state.entries, [&](const Exception& one) {
    if (one.expires <= env.now) {
      env.decisions.decide(Rule::ExceptionForgotten, one.destination);
      return true;
    }
    state.nextDeadline = std::min(state.nextDeadline, one.expires);
    return false;
  });
}

bool mayRedirect(RedirectLimiter& limiter, const Env& env, Ipv4Address to) {
  auto& limits = limiter.limits;
  const auto position = [&] {
    return std::lower_bound(limits.begin(), limits.end(), to,
                            [](const RedirectLimit& one, Ipv4Address key) { return one.to < key; });
  };
  auto at = position();
  if (at == limits.end() || at->to != to) {
    if (limits.size() >= kMaxLimits) limits.erase(limits.begin());
    at = limits.insert(position(), RedirectLimit{to, 0, env.now});
  }
  if (env.now > at->last + kRedirectSilence) at->sent = 0;
  const bool often = at->sent >= kMostRedirects;
  const bool early = at->sent > 0 && env.now <= at->last + kRedirectLoad * (std::int64_t{1} << at->sent);
  if (often) at->last = env.now;
  if (often || early) {
    env.decisions.decide(Rule::RedirectTooOften, to, at->sent);
    return false;
  }
  at->last = env.now;
  ++at->sent;
  return true;
}

}  // namespace hw::route
