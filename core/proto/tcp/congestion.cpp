// How many segments may be under way: Reno and CUBIC, and the reduction after a loss.
// Read first: RFC 5681, RFC 9438, RFC 6937, RFC 2861; Linux tcp_cong.c and tcp_cubic.c.
#include <algorithm>
#include <bit>

#include "core/proto/tcp/hand.h"

namespace hw::tcp {
namespace {

constexpr std::uint32_t kMostWindow = UINT32_MAX / 65'536;  // packets

bool inSlowStart(const Congestion& g) { return g.window < g.threshold; }

/// Slow start (RFC 5681 3.1); result: packets that are left when the threshold is reached.
std::uint32_t slowStart(Congestion& g, std::uint32_t acked) {
  const std::uint32_t window = std::min(g.window + acked, g.threshold);
  acked -= window - g.window;
  g.window = std::min(window, kMostWindow);
  return acked;
}

/// One more packet for every `every` that have arrived.
void grow(Congestion& g, std::uint32_t every, std::uint32_t acked) {
  if (g.count >= every) {
    g.count = 0;
    ++g.window;
  }
  g.count += acked;
  if (g.count >= every) {
    const std::uint32_t more = g.count / every;
    g.count -= more * every;
    g.window += more;
  }
  g.window = std::min(g.window, kMostWindow);
}

// CUBIC, in the units of Linux: time in 1/1024 s, windows in packets, C = 0.4 as 410/1024.
constexpr std::uint32_t kBeta = 717, kBetaScale = 1024;
constexpr std::uint64_t kCubeFactor = 1ull << 40;
constexpr std::uint32_t kCubeScale = 410;

std::uint32_t cubeRoot(std::uint64_t value) {
  std::uint64_t low = 0, high = 1u << 21;
  while (low < high) {
    const std::uint64_t middle = (low + high + 1) / 2;
    if (middle * middle * middle <= value) low = middle;
    else high = middle - 1;
  }
  return static_cast<std::uint32_t>(low);
}

/// Linux bictcp_update: how many ACKs let the window grow by one (RFC 9438 4.2 and 4.3).
void cubicUpdate(Hand& h, std::uint32_t acked) {
  Cubic& q = *h.c.cubic;
  const std::uint32_t window = h.c.congestion.window;
  q.acked += acked;
  if (q.lastWindow == window && h.now() - q.lastTime <= Duration{1'000'000'000 / 32}) return;
  if (q.epoch != kNever && h.now() == q.lastTime && q.every != 0) return;
  q.lastWindow = window;
  q.lastTime = h.now();
  if (q.epoch == kNever) {
    q.epoch = h.now();
    q.acked = acked;
    q.renoWindow = window;
    q.toOrigin = q.lastMost <= window ? 0 : cubeRoot(kCubeFactor / kCubeScale * (q.lastMost - window));
    q.origin = std::max(q.lastMost, window);
  }
  const Duration since = h.now() - q.epoch + microseconds(q.least);
  const std::uint64_t t = static_cast<std::uint64_t>(since.ns) / 1000 * 1024 / 1'000'000;
  const std::uint64_t offset = t < q.toOrigin ? q.toOrigin - t : t - q.toOrigin;
  const std::uint64_t bounded = std::min<std::uint64_t>(offset, 1u << 17);
  const std::uint64_t delta = kCubeScale * bounded * bounded * bounded >> 40;
  const std::uint64_t target = t < q.toOrigin ? (delta > q.origin ? 0 : q.origin - delta) : q.origin + delta;
  q.every = target > window ? static_cast<std::uint32_t>(window / (target - window)) : 100 * window;
  if (q.lastMost == 0 && q.every > 20) q.every = 20;
  // The window that Reno would have (RFC 9438 4.3).
  constexpr std::uint32_t kRenoScale = 8 * (kBetaScale + kBeta) / 3 / (kBetaScale - kBeta);
  const std::uint32_t each = std::max(window * kRenoScale >> 3, 1u);
  while (q.acked > each) {
    q.acked -= each;
    ++q.renoWindow;
  }
  if (q.renoWindow > window) q.every = std::min(q.every, window / (q.renoWindow - window));
  q.every = std::max(q.every, 2u);
}

void beginRound(Hand& h) {
  Cubic& q = *h.c.cubic;
  q.roundStart = q.lastAck = h.now();
  q.roundEnd = h.c.out.next;
  q.current = UINT32_MAX;
  q.samples = 0;
}

/// HyStart (RFC 9406 in the older form of Linux): slow start ends when ACKs spread or the round trip grows.
void hystart(Hand& h, std::uint32_t sample) {
  Cubic& q = *h.c.cubic;
  Congestion& g = h.c.congestion;
  constexpr std::uint32_t kSamples = 8, kLeastWindow = 16;
  if (after(h.c.out.unacked, q.roundEnd)) beginRound(h);
  if (q.found || g.window < kLeastWindow || !inSlowStart(g)) return;
  constexpr Duration kTrain = milliseconds(2);
  if (h.now() - q.lastAck <= kTrain) {
    q.lastAck = h.now();
    const std::uint32_t half = q.least / 2;
    if (microsecondsOf(h.now() - q.roundStart) > half) q.found = true;
  }
  q.current = std::min(q.current, sample);
  if (q.samples < kSamples) ++q.samples;
  else if (q.current > q.least + std::clamp(q.least >> 3, 4000u, 16'000u)) q.found = true;
  if (q.found) g.threshold = g.window;
}

void cubicGrow(Hand& h, std::uint32_t acked) {
  Congestion& g = h.c.congestion;
  if (inSlowStart(g)) {
    acked = slowStart(g, acked);
    if (acked == 0) return;
  }
  cubicUpdate(h, acked);
  grow(g, h.c.cubic->every, acked);
}

void renoGrow(Congestion& g, std::uint32_t acked) {
  if (inSlowStart(g)) {
    acked = slowStart(g, acked);
    if (acked == 0) return;
  }
  grow(g, g.window, acked);
}

/// Linux tcp_is_cwnd_limited: a window that is not used does not grow (RFC 9293 and 7661).
bool windowLimits(const Congestion& g) {
  if (g.windowIsLimit) return true;
  return inSlowStart(g) && g.window < 2 * g.mostInRound;
}

/// RFC 6937: one packet for each that arrives, down to the threshold.
void reduce(Hand& h, std::uint32_t delivered, std::uint32_t lost, const AckNews& news) {
  Congestion& g = h.c.congestion;
  if (delivered == 0 || g.before == 0) return;
  g.deliveredInReduction += delivered;
  const std::int64_t delta = std::int64_t{g.threshold} - g.inFlight();
  std::int64_t send = 0;
  if (delta < 0) {
    send = static_cast<std::int64_t>((std::uint64_t{g.threshold} * g.deliveredInReduction + g.before - 1) / g.before) -
           g.sentInReduction;
  } else {
    send = std::max<std::int64_t>(std::int64_t{g.deliveredInReduction} - g.sentInReduction, delivered);
    if (news.advanced && lost == 0) ++send;
    send = std::min(delta, send);
  }
  if (g.sentInReduction == 0) send = std::max<std::int64_t>(send, 1);
  g.window = static_cast<std::uint32_t>(std::max<std::int64_t>(g.inFlight() + send, 1));
}

}  // namespace

void beginCongestion(Hand& h) {
  Congestion& g = h.c.congestion;
  g.window = h.config.initialWindow;
  g.checked = h.now();
  g.roundEnd = h.c.out.next;
  if (h.config.control == Control::Cubic) {
    h.c.cubic.emplace();
    beginRound(h);
  }
}

/// What Linux paces at, if it paces; here it only sizes bursts.
void updateRate(Hand& h) {
  Congestion& g = h.c.congestion;
  std::uint64_t rate = std::uint64_t{h.c.out.mss} * (1'000'000 / 100 << 3);
  rate *= g.window < g.threshold / 2 ? 200 : 120;
  rate *= std::max(g.window, g.packets);
  g.rate = h.c.roundTrip.smoothed8 != 0 ? rate / h.c.roundTrip.smoothed8 : rate;
}

/// Linux tcp_cong_control.
void controlCongestion(Hand& h, const AckNews& news) {
  Congestion& g = h.c.congestion;
  const std::uint32_t delivered = g.delivered - news.deliveredBefore;
  const std::uint32_t lost = g.lost > news.lostBefore ? g.lost - news.lostBefore : 0;
  if (h.c.cubic && delivered != 0 && news.roundTripOfLast >= 0) {
    Cubic& q = *h.c.cubic;
    const auto sample = std::max(static_cast<std::uint32_t>(news.roundTripOfLast), 1u);
    if (q.least == 0 || q.least > sample) q.least = sample;
    if (g.mood == Mood::Open) hystart(h, sample);
  }
  if (g.mood == Mood::Reducing || g.mood == Mood::Recovery) {
    reduce(h, delivered, lost, news);
  } else if (news.advanced || news.sacked) {
    if (windowLimits(g) && delivered != 0) {
      if (h.c.cubic) cubicGrow(h, delivered);
      else renoGrow(g, delivered);
    }
  }
  updateRate(h);
}

/// Linux tcp_cwnd_validate: is the congestion window what holds us back (RFC 2861)?
void checkWindowUse(Hand& h, bool windowIsLimit) {
  Connection& c = h.c;
  Congestion& g = c.congestion;
  if (!before(c.out.unacked, g.roundEnd) || windowIsLimit || (!g.windowIsLimit && g.packets > g.mostInRound)) {
    g.windowIsLimit = windowIsLimit;
    g.mostInRound = g.packets;
    g.roundEnd = c.out.next;
  }
  if (windowLimits(g)) {
    g.used = 0;
    g.checked = h.now();
    return;
  }
  g.used = std::max(g.used, g.packets);
  if (!h.config.slowStartAfterIdle || h.now() - g.checked < c.roundTrip.timeout) return;
  // The application was the limit for a whole timeout.
  if (g.mood == Mood::Open) {
    const std::uint32_t used = std::max(g.used, h.config.initialWindow);
    if (used < g.window) {
      g.threshold = std::max(g.threshold, (g.window >> 1) + (g.window >> 2));
      g.window = (g.window + used) >> 1;
    }
    g.used = 0;
  }
  g.checked = h.now();
}

/// RFC 5681 4.1: after a pause the old window means nothing.
void afterIdle(Hand& h) {
  Connection& c = h.c;
  Congestion& g = c.congestion;
  if (!h.config.slowStartAfterIdle || g.packets != 0 || c.out.lastSent == Time{}) return;
  Duration idle = h.now() - c.out.lastSent;
  if (idle <= c.roundTrip.timeout) return;
  const std::uint32_t restart = std::min(h.config.initialWindow, g.window);
  g.threshold = g.threshold == INT32_MAX ? g.threshold : std::max(g.threshold, (g.window >> 1) + (g.window >> 2));
  while ((idle = idle - c.roundTrip.timeout).ns > 0 && g.window > restart) g.window >>= 1;
  g.window = std::max(g.window, restart);
  g.checked = h.now();
  g.used = 0;
}

std::uint32_t thresholdAfterLoss(Hand& h) {
  const std::uint32_t window = h.c.congestion.window;
  if (!h.c.cubic) return std::max(window / 2, 2u);
  Cubic& q = *h.c.cubic;
  q.epoch = kNever;
  // RFC 9438 4.7: somebody new wants a share.
  q.lastMost = window < q.lastMost ? static_cast<std::uint32_t>(std::uint64_t{window} * (kBetaScale + kBeta) / (2 * kBetaScale)) : window;
  return std::max(window * kBeta / kBetaScale, 2u);
}

void cubicLoss(Hand& h) {
  if (!h.c.cubic) return;
  const std::uint32_t least = h.c.cubic->least;
  h.c.cubic.emplace().least = least;
  beginRound(h);
}

void beginReduction(Hand& h) {
  Congestion& g = h.c.congestion;
  g.before = g.window;
  g.deliveredInReduction = g.sentInReduction = 0;
  g.count = 0;
  g.threshold = thresholdAfterLoss(h);
  h.c.rack.probed = 0;
}

void endReduction(Hand& h) {
  Congestion& g = h.c.congestion;
  if (g.threshold < INT32_MAX && (g.mood == Mood::Reducing || g.undoFrom != 0) && g.mood != Mood::Loss) {
    g.window = g.threshold;
    g.checked = h.now();
  }
}

}  // namespace hw::tcp
