// Read first: RFC 4861 7.2 and 7.3.3.
#include "core/proto/nd/nd.h"

#include <algorithm>

namespace hw::nd {
namespace {

constexpr std::uint8_t kSolicitationType = 135;

auto position(auto& entries, InterfaceId port, Ipv6Address address) {
  return std::lower_bound(entries.begin(), entries.end(), std::pair{port, address},
                          [](const Entry& entry, const auto& key) { return std::pair{entry.port, entry.address} < key; });
}

Entry* findIn(State& state, InterfaceId port, Ipv6Address address) { return const_cast<Entry*>(state.find(port, address)); }

void schedule(State& state, Entry& entry, Time deadline) {
  entry.deadline = deadline;
  state.nextDeadline = std::min(state.nextDeadline, deadline);
}

/// Linux's timers stand on a wheel: they come late, never early (see arp.cpp).
Duration onWheel(Duration delay) { return delay + delay / 50; }

void become(State& state, Entry& entry, const Env& env, Nud nud) {
  if (entry.state == nud) return;
  entry.state = nud;
  entry.deadline = kNever;
  if (nud == Nud::Reachable) schedule(state, entry, env.now + state.reachableTime);
}

void forgetQueue(const Env& env, const Entry& entry) {
  if (!entry.waiting.empty()) env.decisions.decide(Rule::QueueForgotten, entry.address, entry.waiting.size());
}

/// A full table loses the entry that was used longest ago.
void makeRoom(State& state, const Env& env) {
  if (state.entries.size() < kMaxEntries) return;
  const auto oldest = std::min_element(state.entries.begin(), state.entries.end(), [](const Entry& a, const Entry& b) {
    return std::pair{a.state == Nud::Permanent, a.used} < std::pair{b.state == Nud::Permanent, b.used};
  });
  forgetQueue(env, *oldest);
  state.entries.erase(oldest);
}

Entry& findOrAdd(State& state, const Env& env, InterfaceId port, Ipv6Address address) {
  if (Entry* known = findIn(state, port, address)) return *known;
  makeRoom(state, env);
  Entry entry;
  entry.port = port;
  entry.address = address;
  entry.state = Nud::Failed;
  return *state.entries.insert(position(state.entries, port, address), std::move(entry));
}

void ask(State& state, const Env& env, Entry& entry, Out& out) {
  const bool probing = entry.state == Nud::Probe;
  out.questions.push_back({entry.port, entry.address, probing ? Ipv6Address{} : entry.askAs,
                           probing ? std::optional(entry.mac) : std::nullopt});
  ++entry.probes;
  schedule(state, entry, env.now + onWheel(kRetransTime));
}

void enqueue(Entry& entry, const Env& env, Frame& frame, bool forwarded) {
  std::uint32_t bytes = frame.size() + kQueueOverhead;
  for (const Waiting& one : entry.waiting) bytes += one.frame.size() + kQueueOverhead;
  while (bytes > kQueueBytes && !entry.waiting.empty()) {
    bytes -= entry.waiting.front().frame.size() + kQueueOverhead;
    entry.waiting.erase(entry.waiting.begin());
    env.decisions.decide(Rule::QueueFull, entry.address);
  }
  const std::uint16_t why = env.decisions.decide(Rule::Queued, entry.address, entry.waiting.size() + 1);
  entry.waiting.push_back({std::move(frame), forwarded, env.by(why)});
}

void release(Entry& entry, Out& out) {
  out.port = entry.port;
  for (Waiting& one : entry.waiting) {
    storeBig<6>(one.frame.head(), entry.mac.value);
    out.released.push_back(std::move(one));
  }
  entry.waiting.clear();
}

void fail(State& state, Entry& entry, const Env& env, Out& out) {
  if (entry.state == Nud::Probe) env.decisions.decide(Rule::ProbeFailed, entry.address, entry.probes);
  else env.decisions.decide(Rule::ResolutionFailed, entry.address, entry.probes, entry.waiting.size());
  become(state, entry, env, Nud::Failed);
  out.port = entry.port;
  for (Waiting& one : entry.waiting) out.failed.push_back(std::move(one));
  entry.waiting.clear();
}

void askAgainOrFail(State& state, const Env& env, Entry& entry, Out& out) {
  const bool probing = entry.state == Nud::Probe;
  const std::uint32_t limit = probing ? kUnicastSolicit : kMulticastSolicit;
  if (entry.probes >= limit) return fail(state, entry, env, out);
  if (probing) env.decisions.decide(Rule::ProbeSent, entry.address, entry.mac, entry.probes + 1u, limit);
  else env.decisions.decide(Rule::SolicitationRepeated, entry.address, kRetransTime, entry.probes + 1u, limit);
  ask(state, env, entry, out);
}

void reachableEnds(State& state, const Env& env, Entry& entry) {
  if (env.now <= entry.confirmed + state.reachableTime)
    return schedule(state, entry, entry.confirmed + state.reachableTime + nanoseconds(1));
  if (env.now <= entry.used + kDelayFirstProbe) {
    become(state, entry, env, Nud::Delay);
    return schedule(state, entry, env.now + onWheel(kDelayFirstProbe));
  }
  env.decisions.decide(Rule::BecameStale, entry.address, state.reachableTime);
  become(state, entry, env, Nud::Stale);
}

void delayEnds(State& state, const Env& env, Entry& entry, Out& out) {
  if (env.now <= entry.confirmed + kDelayFirstProbe) {
    env.decisions.decide(Rule::ConfirmedInTime, entry.address);
    become(state, entry, env, Nud::Reachable);
    return schedule(state, entry, entry.confirmed + state.reachableTime);
  }
  env.decisions.decide(Rule::Unconfirmed, entry.address, kDelayFirstProbe);
  become(state, entry, env, Nud::Probe);
  entry.probes = 0;
  askAgainOrFail(state, env, entry, out);
}

void timer(State& state, const Env& env, Entry& entry, Out& out) {
  entry.deadline = kNever;
  switch (entry.state) {
    case Nud::Reachable: return reachableEnds(state, env, entry);
    case Nud::Delay: return delayEnds(state, env, entry, out);
    case Nud::Probe:
    case Nud::Incomplete: return askAgainOrFail(state, env, entry, out);
    case Nud::Stale:
    case Nud::Failed:
    case Nud::Permanent: return;
  }
}

}  // namespace

std::string_view name(Nud state) {
  constexpr std::string_view names[] = {"INCOMPLETE", "REACHABLE", "STALE", "DELAY", "PROBE", "FAILED", "PERMANENT"};
  return names[static_cast<std::size_t>(state)];
}

const Entry* State::find(InterfaceId port, Ipv6Address address) const {
  const auto at = position(entries, port, address);
  return at != entries.end() && at->port == port && at->address == address ? &*at : nullptr;
}

const Entry* resolve(State& state, const Env& env, InterfaceId port, Ipv6Address address, Ipv6Address askAs, Frame& packet,
                     bool forwarded, Out& out) {
  Entry& entry = findOrAdd(state, env, port, address);
  entry.used = env.now;
  if (entry.state == Nud::Stale) {
    env.decisions.decide(Rule::CacheUsedStale, address, entry.mac, kDelayFirstProbe);
    become(state, entry, env, Nud::Delay);
    schedule(state, entry, env.now + onWheel(kDelayFirstProbe));
    return &entry;
  }
  if (entry.valid()) {
    env.decisions.decide(Rule::CacheHit, address, entry.mac);
    return &entry;
  }
  entry.askAs = askAs;
  const bool start = entry.state == Nud::Failed;
  if (start) {
    env.decisions.decide(Rule::ResolutionStarted, address, port);
    become(state, entry, env, Nud::Incomplete);
    entry.probes = 0;
    entry.by = env.byLast();
  }
  enqueue(entry, env, packet, forwarded);
  if (start) ask(state, env, entry, out);
  return nullptr;
}

void confirm(State& state, const Env& env, InterfaceId port, Ipv6Address address) {
  Entry* entry = findIn(state, port, address);
  if (!entry || !entry->valid() || entry->confirmed == env.now) return;
  env.decisions.decide(Rule::ConfirmedByAbove, address);
  entry->confirmed = env.now;
}

void expire(State& state, const Env& env, Out& out) {
  if (env.now < state.nextDeadline) return;
  state.nextDeadline = kNever;
  for (Entry& entry : state.entries) {
    if (entry.deadline <= env.now) timer(state, env, entry, out);
    state.nextDeadline = std::min(state.nextDeadline, entry.deadline);
  }
}

std::optional<Received> read(ByteView message) {
  if (message.size() < kMessageSize) return std::nullopt;
  Received received{load<Message>(message.data()), std::nullopt};
  if (received.message.code != 0 || received.message.target.isMulticast()) return std::nullopt;
  const std::uint8_t wanted = received.message.type == kSolicitationType ? kSourceAddress : kTargetAddress;
  for (std::size_t at = kMessageSize; at < message.size();) {
    if (at + 2 > message.size() || message[at + 1] == 0 || at + message[at + 1] * 8u > message.size()) return std::nullopt;
    if (message[at] == wanted && message[at + 1] == 1) received.mac = MacAddress{loadBig<6>(message.data() + at + 2)};
    at += message[at + 1] * 8u;
  }
  return received;
}

void learnSender(State& state, const Env& env, InterfaceId port, Ipv6Address sender, MacAddress mac, Out& out) {
  Entry& entry = findOrAdd(state, env, port, sender);
  if (entry.state == Nud::Permanent) return;
  const bool wasValid = entry.valid();
  if (wasValid && entry.mac == mac) {
    env.decisions.decide(Rule::SenderRefreshed, sender, mac);
    return;
  }
  if (wasValid) env.decisions.decide(Rule::SenderMoved, sender, entry.mac, mac);
  else env.decisions.decide(Rule::SenderLearned, sender, mac);
  entry.by = env.byLast();
  entry.mac = mac;
  entry.confirmed = env.now - kBaseReachable * 2;
  become(state, entry, env, Nud::Stale);
  if (!wasValid) release(entry, out);
}

void receiveAdvertisement(State& state, const Env& env, InterfaceId port, const Received& received, Out& out) {
  const Message& said = received.message;
  Entry* entry = findIn(state, port, said.target);
  if (!entry || entry->state == Nud::Failed) {
    env.decisions.decide(Rule::AdvertisementUnknown, said.target);
    return;
  }
  if (entry->state == Nud::Permanent) return;
  const bool wasValid = entry->valid();
  const MacAddress mac = received.mac.value_or(entry->mac);
  const bool differs = wasValid && mac != entry->mac;
  if ((!wasValid && !received.mac) || (differs && !said.overrides)) {
    env.decisions.decide(Rule::AdvertisementIgnored, said.target, mac);
    // A doubt about a neighbour that was reachable: it will be checked.
    if (differs && entry->state == Nud::Reachable) become(state, *entry, env, Nud::Stale);
    return;
  }
  if (differs) env.decisions.decide(Rule::SenderMoved, said.target, entry->mac, mac);
  else if (wasValid) env.decisions.decide(Rule::AdvertisementConfirmed, said.target, mac);
  else env.decisions.decide(Rule::AdvertisementLearned, said.target, mac, entry->waiting.size());
  if (differs || !wasValid) entry->by = env.byLast();
  entry->mac = mac;
  entry->router = said.router;
  if (said.solicited) {
    entry->confirmed = env.now;
    become(state, *entry, env, Nud::Reachable);
  } else if (differs || !wasValid) {
    become(state, *entry, env, Nud::Stale);
  }
  if (!wasValid) release(*entry, out);
}

void set(State& state, const Env& env, InterfaceId port, Ipv6Address address, MacAddress mac, Nud nud, Out& out) {
  Entry& entry = findOrAdd(state, env, port, address);
  const bool wasValid = entry.valid();
  entry.mac = mac;
  entry.state = nud;
  entry.deadline = kNever;
  if (nud == Nud::Reachable) {
    entry.confirmed = env.now;
    schedule(state, entry, env.now + state.reachableTime);
  }
  if (wasValid || !entry.valid() || entry.waiting.empty()) return;
  env.decisions.decide(Rule::SetByHand, address, mac, entry.waiting.size());
  release(entry, out);
}

bool remove(State& state, const Env& env, InterfaceId port, Ipv6Address address) {
  const auto at = position(state.entries, port, address);
  if (at == state.entries.end() || at->port != port || at->address != address) return false;
  forgetQueue(env, *at);
  state.entries.erase(at);
  return true;
}

void flush(State& state, const Env& env, InterfaceId port) {
  std::erase_if(state.entries, [&](const Entry& entry) {
    const bool goes = entry.state != Nud::Permanent && (!port.valid() || entry.port == port);
    if (goes) forgetQueue(env, entry);
    return goes;
  });
}

}  // namespace hw::nd
