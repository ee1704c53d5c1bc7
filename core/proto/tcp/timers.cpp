// Round trip, timeouts and whatever else waits for time. Read first: RFC 6298; RFC 9293 3.8; Linux tcp_timer.c.
#include <algorithm>

#include "core/proto/tcp/hand.h"

namespace hw::tcp {

Time tickAfter(Time now, Duration wait) {
  const std::int64_t ticks = std::max<std::int64_t>((wait.ns + kTick.ns - 1) / kTick.ns, 1);
  return Time{now.ns / kTick.ns * kTick.ns + ticks * kTick.ns};
}

/// RFC 6298 2, with Linux's care when the round trip becomes shorter.
void measureRoundTrip(Hand& h, std::uint32_t microseconds) {
  RoundTrip& r = h.c.roundTrip;
  const std::uint32_t least = microsecondsOf(h.config.leastTimeout);
  microseconds = std::max(microseconds, 1u);
  r.least = std::min(r.least, microseconds);
  if (r.smoothed8 == 0) {
    r.smoothed8 = microseconds << 3;
    r.deviation4 = microseconds << 1;
    r.variance = r.deviationMost = std::max(r.deviation4, least);
    r.until = h.c.out.next;
    return;
  }
  std::int64_t error = std::int64_t{microseconds} - (r.smoothed8 >> 3);
  r.smoothed8 = static_cast<std::uint32_t>(std::max<std::int64_t>(r.smoothed8 + error, 1));
  if (error < 0) {
    error = -error - (r.deviation4 >> 2);
    if (error > 0) error >>= 3;
  } else {
    error -= r.deviation4 >> 2;
  }
  r.deviation4 = static_cast<std::uint32_t>(std::max<std::int64_t>(r.deviation4 + error, 0));
  if (r.deviation4 > r.deviationMost) {
    r.deviationMost = r.deviation4;
    r.variance = std::max(r.variance, r.deviationMost);
  }
  if (!after(h.c.out.unacked, r.until)) return;
  if (r.deviationMost < r.variance) r.variance -= (r.variance - r.deviationMost) >> 2;
  r.until = h.c.out.next;
  r.deviationMost = least;
}

void setTimeout(Hand& h) {
  RoundTrip& r = h.c.roundTrip;
  r.timeout = std::min(microseconds(std::int64_t{r.smoothed8 >> 3} + r.variance), kTimeoutMost);
}

void setRetransmit(Hand& h, Wait wait, Duration after) {
  h.c.timers.wait = wait;
  h.c.timers.retransmit = tickAfter(h.now(), std::min(after, kTimeoutMost));
}

void stopRetransmit(Hand& h) {
  h.c.timers.wait = Wait::None;
  h.c.timers.retransmit = kNever;
}

/// RFC 6298 5.1 to 5.3: a whole timeout from now, or the rest of it for what was sent before a probe.
void rearmTimeout(Hand& h) {
  Connection& c = h.c;
  if (c.congestion.packets == 0) return stopRetransmit(h);
  Duration wait = c.roundTrip.timeout;
  const bool probing = c.timers.wait == Wait::TailProbe || c.timers.wait == Wait::Reordering;
  if (probing && !c.out.flight.empty()) wait = std::max(c.out.flight.front().sent + wait - h.now(), nanoseconds(1));
  setRetransmit(h, Wait::Timeout, wait);
}

void setProbeTimer(Hand& h) {
  const Duration base = std::max(h.c.roundTrip.timeout, h.config.leastTimeout);
  const std::uint8_t shift = std::min<std::uint8_t>(h.c.roundTrip.backoff, 20);
  setRetransmit(h, Wait::WindowProbe, std::min(base * (std::int64_t{1} << shift), kTimeoutMost));
}

void keepAliveAfter(Hand& h, Duration wait) { h.c.timers.keepAlive = tickAfter(h.now(), wait); }

Time Connection::deadline() const { return std::min({timers.retransmit, timers.keepAlive, ack.deadline, held.until}); }

namespace {

bool isExhausted(Hand& h) {
  Connection& c = h.c;
  const std::uint32_t most = c.orphan ? h.config.orphanRetries : h.config.retries;
  if (c.timers.attempts < most) return false;
  h.decide(Rule::GivenUp, c.timers.attempts, h.peer());
  endWith(h, c.soft == Problem::None ? Problem::TimedOut : c.soft);
  return true;
}

void synTimeout(Hand& h) {
  Connection& c = h.c;
  const bool answers = c.phase == Phase::SynReceived;
  const std::uint32_t most = answers ? h.config.synAckRetries : h.config.synRetries + h.config.synLinearTimeouts;
  if (c.timers.attempts >= most) {
    h.decide(Rule::SynGivenUp, h.peer(), c.timers.attempts + 1);
    return endWith(h, c.soft == Problem::None ? Problem::TimedOut : c.soft);
  }
  ++c.timers.attempts;
  h.decide(Rule::SynSentAgain, c.roundTrip.timeout, c.timers.attempts + 1);
  sendSyn(h);
  if (answers || c.timers.attempts > h.config.synLinearTimeouts) c.roundTrip.timeout = std::min(c.roundTrip.timeout * 2, kTimeoutMost);
  setRetransmit(h, Wait::Timeout, c.roundTrip.timeout);
}

/// RFC 6298 5.4 to 5.6.
void dataTimeout(Hand& h) {
  Connection& c = h.c;
  if (c.congestion.packets == 0 || c.out.flight.empty()) return stopRetransmit(h);
  if (isExhausted(h)) return;
  h.decide(Rule::TimedOut, h.sentAt(c.out.flight.front().sequence), c.roundTrip.timeout);
  enterLoss(h);
  cubicLoss(h);
  ++c.timers.attempts;
  for (Chunk& chunk : c.out.flight) {
    if (chunk.sacked) continue;
    resendChunk(h, chunk, 1);
    break;
  }
  if (c.roundTrip.backoff < 20) ++c.roundTrip.backoff;
  c.roundTrip.timeout = std::min(c.roundTrip.timeout * 2, kTimeoutMost);
  setRetransmit(h, Wait::Timeout, c.roundTrip.timeout);
}

void windowProbe(Hand& h) {
  Connection& c = h.c;
  if (c.congestion.packets != 0 || c.out.unsent.empty()) {
    c.timers.probes = 0;
    return;
  }
  const std::uint32_t most = c.orphan ? h.config.orphanRetries : h.config.retries;
  if (c.timers.probes >= most) {
    h.decide(Rule::GivenUp, c.timers.probes, h.peer());
    return endWith(h, Problem::TimedOut);
  }
  ++c.timers.probes;
  h.decide(Rule::WindowProbe, c.timers.probes);
  const std::uint32_t probes = c.timers.probes;
  if (probeWindow(h)) return;
  c.timers.probes = probes;
  if (c.roundTrip.backoff < h.config.retries) ++c.roundTrip.backoff;
  setProbeTimer(h);
}

/// TIME-WAIT, FIN-WAIT-2 without a program, keep-alive: one at a time.
void lifeTimer(Hand& h) {
  Connection& c = h.c;
  c.timers.keepAlive = kNever;
  if (c.phase == Phase::TimeWait) {
    h.decide(Rule::TimeWaitEnds);
    return enter(h, Phase::Closed);
  }
  if (c.phase == Phase::FinWait2 && c.orphan) {
    h.decide(Rule::PeerNeverClosed, h.config.finTimeout);
    return enter(h, Phase::Closed);
  }
  if (!c.choices.keepAlive || c.phase < Phase::Established) return;
  // Data that is under way asks already.
  if (c.congestion.packets != 0 || !c.out.unsent.empty()) return keepAliveAfter(h, h.config.keepAliveTime);
  const Duration idle = h.now() - std::max(c.timers.heard, c.ack.lastData);
  if (idle < h.config.keepAliveTime) return keepAliveAfter(h, h.config.keepAliveTime - idle);
  if (c.timers.probes >= h.config.keepAliveProbes) {
    h.decide(Rule::KeepAliveGivenUp, c.timers.probes);
    sendReset(h);
    return endWith(h, Problem::TimedOut);
  }
  ++c.timers.probes;
  h.decide(Rule::KeepAlive, idle);
  transmit(h, c.out.unacked - 1, 0, {});
  keepAliveAfter(h, h.config.keepAliveInterval);
}

void retransmitTimer(Hand& h) {
  Connection& c = h.c;
  const Wait wait = c.timers.wait;
  stopRetransmit(h);
  switch (wait) {
    case Wait::Timeout:
      if (c.phase == Phase::SynSent || c.phase == Phase::SynReceived) return synTimeout(h);
      return dataTimeout(h);
    case Wait::TailProbe:
      c.timers.wait = Wait::TailProbe;
      return sendTailProbe(h);
    case Wait::Reordering: return reorderingTimer(h);
    case Wait::WindowProbe: return windowProbe(h);
    case Wait::None: return;
  }
}

}  // namespace

void expire(Work work) {
  State& state = work.state;
  if (work.env.now < state.nextDeadline) return;
  for (Listener& listener : state.listeners) expireRequests(work, listener);
  std::vector<std::uint32_t> due;
  for (const auto& one : state.connections)
    if (one->deadline() <= work.env.now) due.push_back(one->id);
  for (const std::uint32_t id : due) {
    Connection* found = state.find(id);
    if (!found) continue;
    if (found->held.until <= work.env.now) release(work, id);
    found = state.find(id);
    if (!found) continue;
    Hand h(work, *found);
    if (found->ack.deadline <= work.env.now) ackTimer(h);
    if (found->timers.retransmit <= work.env.now) retransmitTimer(h);
    if (found->phase != Phase::Closed && found->timers.keepAlive <= work.env.now) lifeTimer(h);
    if (found->phase == Phase::Closed) finishClose(h);
  }
  state.nextDeadline = kNever;
  for (const auto& one : state.connections) noteDeadline(state, *one);
  for (const Listener& listener : state.listeners)
    for (const Request& request : listener.requests) state.nextDeadline = std::min(state.nextDeadline, request.deadline);
}

}  // namespace hw::tcp
