// When to acknowledge. Read first: RFC 9293 3.8.6.3, RFC 5681 4.2; Linux __tcp_ack_snd_check.
#include <algorithm>

#include "core/proto/tcp/hand.h"

namespace hw::tcp {
namespace {

constexpr std::uint8_t kReplyMode = 1;  // tcp_pingpong_thresh

bool isConversation(const Connection& c) { return c.ack.replies >= kReplyMode; }
bool isQuick(const Connection& c) { return c.ack.quick != 0 && !isConversation(c); }

}  // namespace

/// The next ACKs leave at once: as many as half of the window's segments.
void quickAcks(Hand& h, std::uint8_t most) {
  std::uint32_t count = h.c.in.window / (2 * std::max(h.c.in.mss, 1u));
  if (count == 0) count = 2;
  count = std::min<std::uint32_t>(count, most);
  h.c.ack.quick = std::max(h.c.ack.quick, static_cast<std::uint8_t>(count));
}

void enterQuickAcks(Hand& h) {
  quickAcks(h, kManyQuick);
  h.c.ack.replies = 0;
  h.c.ack.wait = kDelayLeast;
}

/// Data has come: the delay follows the time between segments (Linux tcp_event_data_recv).
void dataCameIn(Hand& h, std::uint32_t size, std::uint32_t memory, bool push) {
  AckClock& ack = h.c.ack;
  ack.scheduled = true;
  measureSegment(h, size, memory, push);
  if (ack.wait.ns == 0) {
    quickAcks(h, kManyQuick);
    ack.wait = kDelayLeast;
  } else {
    const Duration gap = h.now() - ack.lastData;
    if (gap <= kDelayLeast / 2) ack.wait = ack.wait / 2 + kDelayLeast / 2;
    else if (gap < ack.wait) ack.wait = std::min(ack.wait / 2 + gap, h.c.roundTrip.timeout);
    else if (gap > h.c.roundTrip.timeout) quickAcks(h, kManyQuick);
  }
  ack.lastData = h.now();
  constexpr std::uint32_t kWorthGrowing = 128;
  if (size >= kWorthGrowing) growWindow(h, size, memory);
}

namespace {

/// Linux tcp_send_delayed_ack.
void delayAck(Hand& h) {
  AckClock& ack = h.c.ack;
  Duration wait = ack.wait;
  if (wait > kDelayLeast) {
    Duration most = isConversation(h.c) || ack.pushed ? kDelayMost : milliseconds(500);
    if (h.c.roundTrip.smoothed8 != 0)
      most = std::min(most, std::max(microseconds(h.c.roundTrip.smoothed8 >> 3), kDelayLeast));
    wait = std::min(wait, most);
  }
  wait = std::min(wait, kDelayMost);
  Time at = tickAfter(h.now(), wait);
  if (ack.deadline != kNever) {
    if (ack.deadline <= h.now() + wait / 4) return sendAck(h);
    at = std::min(at, ack.deadline);
  }
  ack.scheduled = true;
  if (ack.deadline == kNever) h.decide(Rule::AckDelayed, at - h.now());
  ack.deadline = at;
}

}  // namespace

/// An ACK is wanted: now, with every second segment, or later (Linux __tcp_ack_snd_check).
void acknowledgeIfDue(Hand& h) {
  Connection& c = h.c;
  if (!c.ack.scheduled) return;
  const bool twoSegments = c.in.next - c.in.windowAt > c.in.mss &&
                           (c.in.next == c.in.copied || chooseWindow(h) >= c.in.window);
  // Out of order, each segment is answered: the sender counts.
  if (twoSegments || isQuick(c) || c.ack.now || !c.in.early.empty()) {
    if (!h.held) return sendAck(h);
    c.held.ack = true;
    return;
  }
  delayAck(h);
}

/// The program has read: is an ACK due, or has the window become much larger (Linux tcp_cleanup_rbuf)?
void acknowledgeAfterRead(Hand& h, bool copied) {
  Connection& c = h.c;
  const AckClock& ack = c.ack;
  if (ack.scheduled) {
    const bool small = ack.pushedTwice || (ack.pushed && !isConversation(c));
    if (c.in.next - c.in.windowAt > c.in.mss || (copied && small && c.in.used == 0)) return sendAck(h);
  }
  if (!copied || c.in.ended) return;
  const std::uint32_t current = c.in.windowLeft();
  if (2 * std::uint64_t{current} > c.in.clamp) return;
  const std::uint32_t window = chooseWindow(h);
  if (window == 0 || window < 2 * current) return;
  h.decide(Rule::WindowUpdate, window);
  sendAck(h);
}

void ackTimer(Hand& h) {
  AckClock& ack = h.c.ack;
  ack.deadline = kNever;
  if (!ack.scheduled) return;
  if (isConversation(h.c)) {
    ack.replies = 0;
    ack.wait = kDelayLeast;
  } else {
    ack.wait = std::min(ack.wait * 2, h.c.roundTrip.timeout);
  }
  h.decide(Rule::AckTimer);
  sendAck(h);
}

/// Answers to segments without data are limited, or two peers could answer each other for ever (Linux tcp_oow_rate_limited).
bool mayAnswerNonsense(Hand& h, const Arrived& arrived) {
  if (!arrived.payload.empty() && !arrived.header.has(kSyn)) return true;
  if (h.now() < h.c.ack.limitedUntil) {
    h.decide(Rule::AckLimited);
    return false;
  }
  h.c.ack.limitedUntil = h.now() + kNonsenseEvery;
  return true;
}

/// RFC 5961: an ACK that only the true peer can answer.
void challenge(Hand& h) {
  if (h.now() < h.c.ack.limitedUntil) return h.decide(Rule::AckLimited);
  h.c.ack.limitedUntil = h.now() + kNonsenseEvery;
  sendAck(h);
}

}  // namespace hw::tcp
