// Read first: RFC 826 "Packet Reception"; RFC 1122 2.3.2.1; RFC 4861 7.3.3.
#include "core/proto/arp/arp.h"

#include <algorithm>

namespace hw::arp {
namespace {

auto position(auto& entries, InterfaceId port, Ipv4Address address) {
  return std::lower_bound(entries.begin(), entries.end(), std::pair{port, address},
                          [](const Entry& entry, const auto& key) {
                            return std::pair{entry.port, entry.address} < key;
                          });
}

void schedule(State& state, Entry& entry, Time deadline) {
  entry.deadline = deadline;
  if (deadline < state.nextDeadline) state.nextDeadline = deadline;
}

/// Linux's timers stand on a wheel: they come late, by up to an eighth, never early. A fiftieth keeps
/// the order of events that are due together: what a program's exact timer does comes first.
Duration onWheel(Duration delay) { return delay + delay / 50; }

void become(State& state, Entry& entry, const Env& env, Nud nud) {
  if (entry.state == nud) return;
  entry.state = nud;
  entry.updated = env.now;
  entry.deadline = kNever;
  if (nud == Nud::Reachable) schedule(state, entry, env.now + state.reachableTime);
}

/// Tells what becomes of the packets that wait for an entry which is about to go.
void forgetQueue(const Env& env, const Entry& entry) {
  if (!entry.waiting.empty())
    env.decisions.decide(Rule::QueueForgotten, entry.address, entry.waiting.size());
}

/// A full table loses the entry that was used longest ago.
void makeRoom(State& state, const Env& env) {
  if (state.entries.size() < kMaxEntries) return;
  const auto oldest = std::min_element(state.entries.begin(), state.entries.end(),
                                       [](const Entry& a, const Entry& b) {
                                         const bool pa = a.state == Nud::Permanent;
                                         const bool pb = b.state == Nud::Permanent;
                                         return std::pair{pa, a.used} < std::pair{pb, b.used};
                                       });
  forgetQueue(env, *oldest);
  state.entries.erase(oldest);
}

Entry& findOrAdd(State& state, const Env& env, InterfaceId port, Ipv4Address address) {
  if (Entry* known = state.find(port, address)) return *known;
  makeRoom(state, env);
  Entry entry;
  entry.port = port;
  entry.address = address;
  entry.state = Nud::Failed;
  return *state.entries.insert(position(state.entries, port, address), std::move(entry));
}

void ask(State& state, const Config& config, const Env& env, Entry& entry, Out& out) {
  const MacAddress to = entry.state == Nud::Probe ? entry.mac : MacAddress::broadcast();
  out.questions.push_back({entry.port, entry.address, entry.askAs, to});
  ++entry.probes;
  schedule(state, entry, env.now + onWheel(config.retransTime));
}

void enqueue(Entry& entry, const Config& config, const Env& env, Frame& frame, bool forwarded) {
  std::uint32_t bytes = frame.size() + kQueueOverhead;
  for (const Waiting& one : entry.waiting) bytes += one.frame.size() + kQueueOverhead;
  while (bytes > config.queueBytes && !entry.waiting.empty()) {
    bytes -= entry.waiting.front().frame.size() + kQueueOverhead;
    entry.waiting.erase(entry.waiting.begin());
    env.decisions.decide(Rule::QueueFull, entry.address);
  }
  const std::uint16_t why =
      env.decisions.decide(Rule::Queued, entry.address, entry.waiting.size() + 1);
  entry.waiting.push_back({std::move(frame), forwarded, env.by(why)});
}

void release(Entry& entry, Out& out) {
  out.releasedPort = entry.port;
  for (Waiting& one : entry.waiting) {
    storeBig<6>(one.frame.head(), entry.mac.value);
    out.released.push_back(std::move(one));
  }
  entry.waiting.clear();
}

void fail(State& state, Entry& entry, const Env& env, Out& out) {
  if (entry.state == Nud::Probe)
    env.decisions.decide(Rule::ProbeFailed, entry.address, entry.probes);
  else
    env.decisions.decide(Rule::ResolutionFailed, entry.address, entry.probes,
                         entry.waiting.size());
  become(state, entry, env, Nud::Failed);
  out.failedPort = entry.port;
  for (Waiting& one : entry.waiting) out.failed.push_back(std::move(one));
  entry.waiting.clear();
}

void askAgainOrFail(State& state, const Config& config, const Env& env, Entry& entry, Out& out) {
  const bool probing = entry.state == Nud::Probe;
  const std::uint32_t limit = probing ? config.ucastSolicit : config.mcastSolicit;
  if (entry.probes >= limit) return fail(state, entry, env, out);
  if (probing)
    env.decisions.decide(Rule::ProbeSent, entry.address, entry.mac, entry.probes + 1u, limit);
  else
    env.decisions.decide(Rule::RequestRepeated, entry.address, config.retransTime,
                         entry.probes + 1u, limit);
  ask(state, config, env, entry, out);
}

void reachableEnds(State& state, const Config& config, const Env& env, Entry& entry) {
  if (env.now <= entry.confirmed + state.reachableTime)
    return schedule(state, entry, entry.confirmed + state.reachableTime + nanoseconds(1));
  if (env.now <= entry.used + config.delayFirstProbe) {
    become(state, entry, env, Nud::Delay);
    return schedule(state, entry, env.now + onWheel(config.delayFirstProbe));
  }
  env.decisions.decide(Rule::BecameStale, entry.address, state.reachableTime);
  become(state, entry, env, Nud::Stale);
}

void delayEnds(State& state, const Config& config, const Env& env, Entry& entry, Out& out) {
  if (env.now <= entry.confirmed + config.delayFirstProbe) {
    env.decisions.decide(Rule::ConfirmedInTime, entry.address);
    become(state, entry, env, Nud::Reachable);
    return schedule(state, entry, entry.confirmed + state.reachableTime);
  }
  env.decisions.decide(Rule::Unconfirmed, entry.address, config.delayFirstProbe);
  become(state, entry, env, Nud::Probe);
  entry.probes = 0;
  askAgainOrFail(state, config, env, entry, out);
}

void timer(State& state, const Config& config, const Env& env, Entry& entry, Out& out) {
  entry.deadline = kNever;
  switch (entry.state) {
    case Nud::Reachable: return reachableEnds(state, config, env, entry);
    case Nud::Delay: return delayEnds(state, config, env, entry, out);
    case Nud::Probe:
    case Nud::Incomplete: return askAgainOrFail(state, config, env, entry, out);
    case Nud::Stale:
    case Nud::Failed:
    case Nud::Permanent: return;
  }
}

/// A message told that `entry` is at `mac`. `proof`: an answer to us, not just a broadcast.
void update(State& state, const Config& config, const Env& env, Entry& entry, MacAddress mac,
            bool proof, bool mayReplace, Out& out) {
  if (entry.state == Nud::Permanent) return;
  const bool wasValid = entry.valid(), moved = wasValid && entry.mac != mac;
  if (moved && !mayReplace) {
    env.decisions.decide(Rule::ReplyIgnoredLock, entry.address, mac, config.locktime);
    return;
  }
  if (moved) env.decisions.decide(Rule::SenderMoved, entry.address, entry.mac, mac);
  else if (proof && wasValid) env.decisions.decide(Rule::ReplyConfirmed, entry.address, mac);
  else if (proof) env.decisions.decide(Rule::ReplyLearned, entry.address, mac, entry.waiting.size());
  else if (wasValid) env.decisions.decide(Rule::SenderRefreshed, entry.address, mac);
  else env.decisions.decide(Rule::SenderLearned, entry.address, mac);
  entry.by = moved || !wasValid ? env.byLast() : entry.by;
  if (moved || !wasValid) entry.updated = env.now;
  entry.mac = mac;
  if (proof) {
    entry.confirmed = env.now;
    if (entry.state != Nud::Reachable) become(state, entry, env, Nud::Reachable);
  } else if (moved || !wasValid) {
    entry.confirmed = env.now - config.baseReachable * 2;
    become(state, entry, env, Nud::Stale);
  }
  if (!wasValid) release(entry, out);
}

/// RFC 5227 2.1.1: a probe has no sender address, so there is nothing to learn.
std::optional<Header> answerProbe(const Env& env, const Header& message, const Reception& how) {
  if (!how.targetIsOurs || message.opcode != kRequest) {
    env.decisions.decide(Rule::RequestNotForUs, message.senderIp, message.targetIp);
    return std::nullopt;
  }
  env.decisions.decide(Rule::ProbeForUs, message.targetIp);
  return Header{.opcode = kReply,
                .senderMac = how.ourMac,
                .senderIp = message.targetIp,
                .targetMac = message.senderMac,
                .targetIp = message.senderIp};
}

/// For a neighbour elsewhere: answered as if it were ours, but late unless only we were asked.
std::optional<Header> answerAsProxy(State& state, const Config& config, const Env& env, const Header& message,
                                    const Reception& how, Out& out) {
  Entry& asker = findOrAdd(state, env, how.port, message.senderIp);
  update(state, config, env, asker, message.senderMac, false, true, out);
  const Header answer{.opcode = kReply,
                      .senderMac = how.ourMac,
                      .senderIp = message.targetIp,
                      .targetMac = message.senderMac,
                      .targetIp = message.senderIp};
  const bool late = !how.toUs && config.proxyDelay.ns > 0;
  const Duration delay{late ? static_cast<std::int64_t>(env.random.below(static_cast<std::uint64_t>(config.proxyDelay.ns))) : 0};
  env.decisions.decide(Rule::RequestProxied, message.senderIp, message.targetIp, how.ourMac, delay);
  if (!late) return answer;
  if (state.answers.size() >= kMaxLateAnswers) {
    env.decisions.decide(Rule::ProxyQueueFull, message.targetIp);
    return std::nullopt;
  }
  state.answers.push_back({how.port, message.targetIp, message.senderIp, message.senderMac, env.now + delay});
  state.nextAnswer = std::min(state.nextAnswer, env.now + delay);
  return std::nullopt;
}

std::optional<Header> answerRequest(State& state, const Config& config, const Env& env,
                                    const Header& message, const Reception& how, Out& out) {
  Entry& asker = findOrAdd(state, env, how.port, message.senderIp);
  update(state, config, env, asker, message.senderMac, false, true, out);
  env.decisions.decide(Rule::RequestForUs, message.senderIp, message.targetIp, how.ourMac);
  return Header{.opcode = kReply,
                .senderMac = how.ourMac,
                .senderIp = message.targetIp,
                .targetMac = message.senderMac,
                .targetIp = message.senderIp};
}

}  // namespace

std::string_view name(Nud state) {
  constexpr std::string_view names[] = {"INCOMPLETE", "REACHABLE", "STALE",    "DELAY",
                                        "PROBE",      "FAILED",    "PERMANENT"};
  return names[static_cast<std::size_t>(state)];
}

Entry* State::find(InterfaceId port, Ipv4Address address) {
  return const_cast<Entry*>(std::as_const(*this).find(port, address));
}

const Entry* State::find(InterfaceId port, Ipv4Address address) const {
  const auto at = position(entries, port, address);
  const bool found = at != entries.end() && at->port == port && at->address == address;
  return found ? &*at : nullptr;
}

namespace {

/// Begins to resolve an entry whose neighbour nobody has found; false if somebody is at it.
bool begin(State& state, const Env& env, Entry& entry) {
  if (entry.state != Nud::Failed) return false;
  env.decisions.decide(Rule::ResolutionStarted, entry.address, entry.port);
  become(state, entry, env, Nud::Incomplete);
  entry.probes = 0;
  entry.by = env.byLast();
  return true;
}

}  // namespace

void inquire(State& state, const Config& config, const Env& env, InterfaceId port, Ipv4Address address, Out& out) {
  Entry& entry = findOrAdd(state, env, port, address);
  entry.used = env.now;
  if (begin(state, env, entry)) ask(state, config, env, entry, out);
}

const Entry* resolve(State& state, const Config& config, const Env& env, InterfaceId port,
                     Ipv4Address address, Ipv4Address askAs, Frame& packet, bool forwarded,
                     Out& out) {
  Entry* known = state.find(port, address);
  Entry& entry = known ? *known : findOrAdd(state, env, port, address);
  entry.used = env.now;
  if (entry.state == Nud::Stale) {
    env.decisions.decide(Rule::CacheUsedStale, address, entry.mac, config.delayFirstProbe);
    become(state, entry, env, Nud::Delay);
    schedule(state, entry, env.now + onWheel(config.delayFirstProbe));
    return &entry;
  }
  if (entry.valid()) {
    env.decisions.decide(Rule::CacheHit, address, entry.mac);
    return &entry;
  }
  entry.askAs = askAs;
  const bool start = begin(state, env, entry);
  enqueue(entry, config, env, packet, forwarded);
  if (start) ask(state, config, env, entry, out);
  return nullptr;
}

std::optional<Header> receive(State& state, const Config& config, const Env& env,
                              const Reception& how, const Header& message, Out& out) {
  const bool known = message.hardwareType == 1 && message.protocolType == 0x0800 &&
                     message.hardwareSize == 6 && message.protocolSize == 4 &&
                     (message.opcode == kRequest || message.opcode == kReply);
  if (!known || message.senderMac.isGroup() || message.senderIp.isMulticast() ||
      message.senderIp.isLoopback()) {
    env.decisions.decide(Rule::Malformed);
    return std::nullopt;
  }
  if (message.senderIp.isAny()) return answerProbe(env, message, how);
  if (message.opcode == kRequest && how.targetIsOurs)
    return answerRequest(state, config, env, message, how, out);
  if (message.opcode == kRequest && how.proxied) return answerAsProxy(state, config, env, message, how, out);

  Entry* sender = state.find(how.port, message.senderIp);
  if (sender) {
    const bool gratuitous = message.senderIp == message.targetIp;
    const bool proof = message.opcode == kReply && how.toUs;
    const bool mayReplace = env.now > sender->updated + config.locktime || gratuitous;
    update(state, config, env, *sender, message.senderMac, proof, mayReplace, out);
  } else if (message.opcode == kReply || message.senderIp == message.targetIp) {
    env.decisions.decide(Rule::ReplyUnknown, message.senderIp);
  }
  if (message.opcode == kRequest)
    env.decisions.decide(Rule::RequestNotForUs, message.senderIp, message.targetIp);
  return std::nullopt;
}

namespace {

void expireAnswers(State& state, const Env& env, Out& out) {
  if (env.now < state.nextAnswer) return;
  state.nextAnswer = kNever;
  std::erase_if(state.answers, [&](const LateAnswer& one) {
    if (one.due <= env.now) {
      env.decisions.decide(Rule::ProxyAnswers, one.asker, one.owner);
      out.answers.push_back(one);
      return true;
    }
    state.nextAnswer = std::min(state.nextAnswer, one.due);
    return false;
  });
}

}  // namespace

void expire(State& state, const Config& config, const Env& env, Out& out) {
  expireAnswers(state, env, out);
  if (env.now < state.nextDeadline) return;
  state.nextDeadline = kNever;
  for (Entry& entry : state.entries) {
    if (entry.deadline <= env.now) timer(state, config, env, entry, out);
    state.nextDeadline = std::min(state.nextDeadline, entry.deadline);
  }
}

void confirm(State& state, const Env& env, InterfaceId port, Ipv4Address address) {
  Entry* entry = state.find(port, address);
  if (!entry || !entry->valid() || entry->confirmed == env.now) return;
  env.decisions.decide(Rule::ConfirmedByAbove, address);
  entry->confirmed = env.now;
}

void set(State& state, const Env& env, InterfaceId port, Ipv4Address address, MacAddress mac,
         Nud nud, Out& out) {
  Entry& entry = findOrAdd(state, env, port, address);
  const bool wasValid = entry.valid();
  entry.mac = mac;
  entry.state = nud;
  entry.updated = env.now;
  entry.deadline = kNever;
  if (nud == Nud::Reachable) {
    entry.confirmed = env.now;
    schedule(state, entry, env.now + state.reachableTime);
  }
  if (wasValid || !entry.valid() || entry.waiting.empty()) return;
  env.decisions.decide(Rule::SetByHand, address, mac, entry.waiting.size());
  release(entry, out);
}

bool remove(State& state, const Env& env, InterfaceId port, Ipv4Address address) {
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

}  // namespace hw::arp
