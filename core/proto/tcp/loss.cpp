// Finding out what was lost, and sending it again.
// Read first: RFC 8985 (RACK-TLP), RFC 6675, RFC 2883; Linux tcp_fastretrans_alert and tcp_recovery.c.
#include <algorithm>

#include "core/proto/tcp/hand.h"

namespace hw::tcp {
namespace {

/// RFC 8985 5.2: sent later, or at the same time with a higher number.
bool sentAfter(Time a, std::uint32_t endA, Time b, std::uint32_t endB) { return a > b || (a == b && after(endA, endB)); }

/// How long reordered segments are waited for (RFC 8985 6.2), in microseconds.
std::uint32_t reorderingWindow(const Connection& c) {
  const Congestion& g = c.congestion;
  if (!g.reordered) {
    if (g.mood >= Mood::Recovery || g.sacked >= g.reordering) return 0;
  }
  const std::uint32_t least = c.roundTrip.least == UINT32_MAX ? 0 : c.roundTrip.least;
  return std::min(least / 4 * c.rack.steps, c.roundTrip.smoothed8 >> 3);
}

/// Marks what was sent before something that has arrived; result: until when others must be waited for, in microseconds.
std::uint32_t rackFindLost(Hand& h, bool& found) {
  Connection& c = h.c;
  if (!c.rack.advanced) return 0;
  c.rack.advanced = false;
  const std::int64_t wait = std::int64_t{c.rack.roundTrip} + reorderingWindow(c);
  std::uint32_t longest = 0;
  for (Chunk& chunk : c.out.flight) {
    if (chunk.sacked || (chunk.lost && !chunk.again)) continue;
    if (!sentAfter(c.rack.sent, c.rack.end, chunk.sent, chunk.end)) continue;
    const std::int64_t left = wait - microsecondsOf(h.now() - chunk.sent);
    if (left <= 0) markLost(h, chunk), found = true;
    else longest = std::max(longest, static_cast<std::uint32_t>(left));
  }
  return longest;
}

/// Without SACK: so many duplicates mean that the first segment is lost (RFC 5681 3.2).
void renoFindLost(Hand& h, AckNews& news) {
  Congestion& g = h.c.congestion;
  if (h.c.out.flight.empty()) return;
  Chunk& first = h.c.out.flight.front();
  const bool partial = g.mood == Mood::Recovery && news.advanced;
  if (g.duplicates >= g.reordering || partial) {
    if (!first.lost) markLost(h, first);
  }
}

void identifyLost(Hand& h, AckNews& news) {
  if (!h.c.sack) return renoFindLost(h, news);
  const std::uint32_t lostBefore = h.c.congestion.again;
  bool found = false;
  const std::uint32_t wait = rackFindLost(h, found);
  if (wait != 0) setRetransmit(h, Wait::Reordering, std::max(microseconds(wait) + microseconds(2000), kTimerLeast));
  if (h.c.congestion.again < lostBefore) news.lostAgain = true;
}

bool timeToRecover(const Connection& c) { return c.congestion.lost != 0; }

void enterRecovery(Hand& h) {
  Connection& c = h.c;
  Congestion& g = c.congestion;
  g.undoFrom = c.out.unacked;
  g.undoLeft = g.again == 0 ? -1 : static_cast<std::int32_t>(g.again);
  if (g.undoLeft < 0) g.undoLeft = 0;
  if (g.mood != Mood::Reducing) {
    g.thresholdBefore = g.threshold;
    beginReduction(h);
  }
  g.mood = Mood::Recovery;
  g.high = c.out.next;
  h.decide(Rule::RecoveryBegins, g.threshold);
}

/// RFC 3522: the answer was to the original, so the retransmission was needless.
bool packetWasLate(const Connection& c) {
  return c.congestion.firstAgain != 0 && c.stamps && c.congestion.undoFrom != 0;
}

bool mayUndo(const Hand& h, std::uint32_t echo) {
  const Congestion& g = h.c.congestion;
  if (g.undoFrom == 0) return false;
  return packetWasLate(h.c) && echo != 0 && before(echo, g.firstAgain);
}

void undo(Hand& h, bool unmark) {
  Congestion& g = h.c.congestion;
  if (unmark) {
    for (Chunk& chunk : h.c.out.flight) chunk.lost = false;
    g.lost = 0;
  }
  if (g.before != 0) {
    g.window = std::max(g.window, g.before);
    if (g.thresholdBefore > g.threshold) g.threshold = g.thresholdBefore;
  }
  g.undoFrom = 0;
  h.c.rack.advanced = true;
  h.decide(Rule::NeedlessRecovery, g.window);
}

/// All retransmissions were told to be needless (RFC 2883).
bool undoByDuplicates(Hand& h) {
  Congestion& g = h.c.congestion;
  if (g.undoFrom == 0 || g.undoLeft != 0 || !h.c.rack.sackedTwice) return false;
  undo(h, false);
  return true;
}

void leave(Hand& h) {
  Congestion& g = h.c.congestion;
  if (!h.c.sack) g.duplicates = 0, g.sacked = 0;
  endReduction(h);
  g.mood = Mood::Open;
  g.undoFrom = 0;
  g.firstAgain = 0;
  h.decide(Rule::RecoveryEnds, g.window);
}

void stayOpen(Hand& h) {
  Congestion& g = h.c.congestion;
  if (g.mood == Mood::Reducing) return;
  g.mood = g.sacked != 0 || g.lost != 0 || g.again != 0 ? Mood::Disorder : Mood::Open;
}

/// RFC 6582 and the slow start after a timeout; true if the rest of the doubts is over.
bool inLoss(Hand& h, AckNews& news) {
  Connection& c = h.c;
  Congestion& g = c.congestion;
  if (news.advanced && !before(c.out.unacked, g.high)) {
    // All that was under way at the timeout has arrived.
    leave(h);
    return true;
  }
  return false;
}

}  // namespace

void markLost(Hand& h, Chunk& chunk) {
  Congestion& g = h.c.congestion;
  if (chunk.sacked) return;
  if (chunk.again) {
    chunk.again = false;
    g.again -= std::min(g.again, chunk.packets);
  }
  if (!chunk.lost) {
    chunk.lost = true;
    g.lost += chunk.packets;
  }
  h.decide(Rule::LostBySack, h.sentAt(chunk.sequence));
}

/// RFC 8985 6.2, step 2.
void rackAdvance(Hand& h, const Chunk& chunk) {
  Rack& rack = h.c.rack;
  const std::uint32_t age = microsecondsOf(h.now() - chunk.sent);
  // An answer that is faster than any before is one to the original.
  if (chunk.everAgain && h.c.roundTrip.least != UINT32_MAX && age < h.c.roundTrip.least) return;
  rack.advanced = true;
  rack.roundTrip = age;
  if (sentAfter(chunk.sent, chunk.end, rack.sent, rack.end)) rack.sent = chunk.sent, rack.end = chunk.end;
}

/// RFC 8985 6.2, step 4: needless retransmissions make it wait longer.
void rackUpdateSteps(Hand& h, AckNews& news) {
  Rack& rack = h.c.rack;
  if (news.duplicateSack) rack.sackedTwice = true;
  if (before(h.c.congestion.delivered, rack.roundDelivered)) return;
  if (news.duplicateSack && h.c.congestion.reordered) {
    rack.steps = static_cast<std::uint8_t>(std::min(rack.steps + 1, 255));
    rack.roundDelivered = h.c.congestion.delivered + h.c.congestion.inFlight();
  }
}

namespace {

/// A block covers some of a chunk: the rest becomes a chunk of its own, at the border of a segment.
void cutAtBlock(Hand& h, std::size_t i, const SackBlock& block) {
  auto& flight = h.c.out.flight;
  const std::uint32_t mss = currentMss(h.c);
  const auto cutAt = [&](std::uint32_t seq) {
    Chunk& chunk = flight[i];
    if (!after(seq, chunk.sequence) || !before(seq, chunk.sequence + chunk.data.size())) return false;
    const std::uint32_t before = chunk.packets;
    Chunk rest = splitChunk(h, chunk, seq - chunk.sequence);
    chunk.packets = std::min(packetsOf(chunk, mss), before > 1 ? before - 1 : 1);
    rest.packets = std::max(before - chunk.packets, 1u);
    const std::uint32_t more = chunk.packets + rest.packets - before;
    Congestion& g = h.c.congestion;
    g.packets += more;
    if (rest.lost) g.lost += more;
    if (rest.again) g.again += more;
    flight.insert(flight.begin() + static_cast<std::ptrdiff_t>(i) + 1, std::move(rest));
    return true;
  };
  if (before(flight[i].sequence, block.left)) {
    cutAt(block.left);
    return;
  }
  cutAt(block.right);
}

void tagChunk(Hand& h, Chunk& chunk, AckNews& news) {
  Congestion& g = h.c.congestion;
  chunk.sacked = true;
  g.sacked += chunk.packets;
  g.delivered += chunk.packets;
  news.sacked = true;
  rackAdvance(h, chunk);
  if (chunk.again) {
    chunk.again = false;
    g.again -= std::min(g.again, chunk.packets);
  } else if (!chunk.everAgain) {
    news.sackRoundTrip = microsecondsOf(h.now() - chunk.sent);
    if (!after(chunk.end, g.high)) news.originalSacked = true;
  }
  if (chunk.lost) {
    chunk.lost = false;
    g.lost -= std::min(g.lost, chunk.packets);
  }
}

bool isDuplicate(const Arrived& arrived) {
  const SackBlock& first = arrived.options.sack[0];
  if (!after(first.right, arrived.header.acknowledgment)) return true;
  if (arrived.options.sackCount < 2) return false;
  const SackBlock& second = arrived.options.sack[1];
  return !before(first.left, second.left) && !after(first.right, second.right);
}

void takeDuplicate(Hand& h, const SackBlock& block, AckNews& news) {
  Connection& c = h.c;
  news.duplicateSack = true;
  Congestion& g = c.congestion;
  // The probe of the tail is no sign of a needless recovery.
  const bool byProbe = c.rack.probed != 0 && c.rack.probeWasRepeat && block.right == c.rack.probed;
  if (!byProbe && g.undoFrom != 0 && g.undoLeft > 0 && !before(block.right, g.undoFrom)) --g.undoLeft;
}

/// A gap below the highest block that an original fills later: segments overtake each other.
void noteReordering(Hand& h, std::uint32_t low, bool isNew) {
  Congestion& g = h.c.congestion;
  if (!isNew) return;
  static_cast<void>(low);
  g.reordered = true;
}

}  // namespace

/// Linux tcp_sacktag_write_queue.
void tagSacked(Hand& h, const Arrived& arrived, AckNews& news) {
  Connection& c = h.c;
  std::uint32_t highest = c.out.unacked;
  for (const Chunk& chunk : c.out.flight)
    if (chunk.sacked) highest = chunk.end;
  std::size_t first = 0;
  if (isDuplicate(arrived)) {
    takeDuplicate(h, arrived.options.sack[0], news);
    first = 1;
  }
  for (std::size_t n = first; n < arrived.options.sackCount; ++n) {
    const SackBlock& block = arrived.options.sack[n];
    const bool sane = before(block.left, block.right) && !after(block.right, c.out.next) && !before(block.left, c.out.unacked);
    if (!sane) continue;
    for (std::size_t i = 0; i < c.out.flight.size(); ++i) {
      if (!after(c.out.flight[i].end, block.left)) continue;
      if (!before(c.out.flight[i].sequence, block.right)) break;
      if (c.out.flight[i].sacked) continue;
      cutAtBlock(h, i, block);
      Chunk& chunk = c.out.flight[i];
      if (before(chunk.sequence, block.left) || after(chunk.end, block.right)) continue;
      noteReordering(h, chunk.sequence, !chunk.everAgain && before(chunk.end, highest));
      tagChunk(h, chunk, news);
    }
  }
}

bool isDubious(const Hand& h, const AckNews& news) {
  const bool notDuplicate = news.hasData || news.windowUpdate || news.dataAcked;
  return !(notDuplicate || news.advanced) || news.sacked || news.duplicateSack || h.c.congestion.mood != Mood::Open;
}

/// Linux tcp_fastretrans_alert: what a strange ACK means.
Resend handleDoubt(Hand& h, AckNews& news) {
  Connection& c = h.c;
  Congestion& g = c.congestion;
  const bool duplicate = !news.advanced && !news.hasData && !news.windowUpdate && !news.dataAcked && g.packets != 0;
  if (!c.sack) {
    if (duplicate) g.duplicates = std::min(g.duplicates + 1, g.packets), g.sacked = std::min(g.duplicates, g.packets > 0 ? g.packets - 1 : 0);
    if (news.advanced) g.duplicates = 0, g.sacked = 0;
  }
  if (g.packets == 0) g.sacked = 0;
  const bool doubting = g.mood == Mood::Recovery || g.mood == Mood::Loss;
  if (doubting && news.advanced && mayUndo(h, news.echo)) {
    undo(h, true);
    g.mood = Mood::Open;
    g.firstAgain = 0;
  }
  if (g.mood == Mood::Open) {
    g.firstAgain = 0;
  } else if (!before(c.out.unacked, g.high)) {
    if (g.mood == Mood::Reducing && c.out.unacked != g.high) endReduction(h), g.mood = Mood::Open;
    if (g.mood == Mood::Recovery) {
      if (undoByDuplicates(h)) g.mood = Mood::Open;
      else leave(h);
    }
  }
  if (g.mood == Mood::Loss) {
    inLoss(h, news);
    identifyLost(h, news);
    if (g.mood != Mood::Open && !news.lostAgain) return Resend::Lost;
  } else {
    if (g.mood <= Mood::Disorder || g.mood == Mood::Recovery) undoByDuplicates(h);
    identifyLost(h, news);
  }
  if (g.mood == Mood::Recovery || g.mood == Mood::Loss) return Resend::Lost;
  if (!timeToRecover(c)) {
    stayOpen(h);
    return Resend::Lost;
  }
  enterRecovery(h);
  return Resend::Lost;
}

/// Sends up to `packets` of a chunk again.
bool resendChunk(Hand& h, Chunk& chunk, std::uint32_t packets) {
  Connection& c = h.c;
  Congestion& g = c.congestion;
  const std::uint32_t mss = currentMss(c);
  if (before(chunk.sequence, c.out.unacked)) {
    const std::uint32_t known = std::min(c.out.unacked - chunk.sequence, chunk.data.size());
    chunk.data = chunk.data.slice(known);
    chunk.sequence += known;
  }
  if (!before(chunk.sequence, c.out.windowEnd()) && chunk.sequence != c.out.unacked) return false;
  auto& flight = c.out.flight;
  const std::size_t index = static_cast<std::size_t>(&chunk - flight.data());
  // The segment size may be another one now.
  const std::uint32_t countBefore = chunk.packets, countNow = packetsOf(chunk, mss);
  if (countNow != countBefore) {
    g.packets += countNow - countBefore;
    if (chunk.lost) g.lost += countNow - countBefore;
    if (chunk.again) g.again += countNow - countBefore;
    chunk.packets = countNow;
  }
  if (chunk.data.size() > packets * mss) {
    const std::uint32_t before = chunk.packets;
    Chunk rest = splitChunk(h, chunk, packets * mss);
    chunk.packets = packetsOf(chunk, mss);
    rest.packets = std::max(before - chunk.packets, 1u);
    flight.insert(flight.begin() + static_cast<std::ptrdiff_t>(index) + 1, std::move(rest));
  }
  Chunk& one = flight[index];
  if (g.firstAgain == 0) g.firstAgain = std::max(stampClock(h), 1u);
  if (g.undoFrom != 0) g.undoLeft += static_cast<std::int32_t>(one.packets);
  h.decide(Rule::SentAgain, h.sentAt(one.sequence), h.sentAt(one.end - 1));
  transmitChunk(h, one);
  if (!one.again) g.again += one.packets;
  one.again = one.everAgain = true;
  return true;
}

/// What is lost leaves again, as far as the congestion window allows; then new data.
void resendLost(Hand& h) {
  Connection& c = h.c;
  Congestion& g = c.congestion;
  bool sent = false;
  for (std::size_t i = 0; i < c.out.flight.size() && g.lost > 0; ++i) {
    if (!c.out.flight[i].lost || c.out.flight[i].again || c.out.flight[i].sacked) continue;
    const std::uint32_t flight = g.inFlight();
    if (flight >= g.window) break;
    if (!resendChunk(h, c.out.flight[i], g.window - flight)) break;
    if (g.mood == Mood::Recovery || g.mood == Mood::Reducing) g.sentInReduction += c.out.flight[i].packets;
    if (i == 0) sent = true;
  }
  if (sent && c.timers.wait != Wait::Reordering) rearmTimeout(h);
}

/// RFC 6298 5.4 to 5.6: all that is under way counts as lost.
void enterLoss(Hand& h) {
  Connection& c = h.c;
  Congestion& g = c.congestion;
  const bool first = g.mood <= Mood::Disorder || !after(g.high, c.out.unacked) || (g.mood == Mood::Loss && c.timers.attempts == 0);
  if (first) {
    g.thresholdBefore = g.threshold;
    g.before = g.window;
    g.threshold = thresholdAfterLoss(h);
    g.undoFrom = c.out.unacked;
    g.undoLeft = 0;
  }
  g.count = 0;
  // RFC 2018 8: if the peer has thrown away what it had told of, nothing of that counts any more.
  const bool reneged = !c.out.flight.empty() && c.out.flight.front().sacked;
  if (reneged || !c.sack) {
    g.sacked = g.duplicates = 0;
    for (Chunk& chunk : c.out.flight) chunk.sacked = false;
  }
  for (Chunk& chunk : c.out.flight) {
    if (chunk.again) chunk.again = false;
    if (!chunk.sacked && !chunk.lost) chunk.lost = true, g.lost += chunk.packets;
  }
  g.again = 0;
  g.window = g.inFlight() + 1;
  g.mood = Mood::Loss;
  g.high = c.out.next;
  c.rack.probed = 0;
}

/// When a lost tail is asked about (RFC 8985 7.2); false if that makes no sense now.
bool scheduleTailProbe(Hand& h, bool advancing) {
  Connection& c = h.c;
  const Congestion& g = c.congestion;
  if (g.packets == 0 || !c.sack || (g.mood != Mood::Open && g.mood != Mood::Reducing)) return false;
  Duration wait = c.roundTrip.smoothed8 == 0 ? kTimeoutInitial : microseconds(c.roundTrip.smoothed8 >> 2);
  if (c.roundTrip.smoothed8 != 0) wait = wait + (g.packets == 1 ? h.config.leastTimeout : kTimerLeast);
  Duration timeout = c.roundTrip.timeout;
  if (!advancing && !c.out.flight.empty()) timeout = c.out.flight.front().sent + timeout - h.now();
  if (timeout.ns > 0) wait = std::min(wait, timeout);
  setRetransmit(h, Wait::TailProbe, wait);
  return true;
}

/// RFC 8985 7.3: new data if there is some, else the last segment again.
void sendTailProbe(Hand& h) {
  Connection& c = h.c;
  if (c.rack.probed != 0 || c.out.flight.empty()) return rearmTimeout(h);
  const std::uint32_t packetsBefore = c.congestion.packets;
  h.decide(Rule::TailProbe, h.now() - c.out.flight.back().sent);
  c.rack.probeWasRepeat = false;
  if (!c.out.unsent.empty()) sendWhatMay(h, Nagle::Push, Burst::Probe);
  if (c.congestion.packets == packetsBefore) {
    auto& flight = c.out.flight;
    const std::uint32_t mss = currentMss(c);
    if (flight.back().data.size() > mss) {
      Chunk& last = flight.back();
      const std::uint32_t count = packetsOf(last, mss), before = last.packets;
      Chunk rest = splitChunk(h, last, (count - 1) * mss);
      last.packets = std::max(before, 2u) - 1;
      rest.packets = std::max(before - last.packets, 1u);
      flight.push_back(std::move(rest));
    }
    resendChunk(h, flight.back(), 1);
    c.rack.probeWasRepeat = true;
  }
  c.rack.probed = c.out.next;
  c.timers.wait = Wait::None;
  rearmTimeout(h);
}

/// RFC 8985 7.4.
void tailProbeAnswered(Hand& h, const Arrived& arrived, const AckNews& news) {
  Connection& c = h.c;
  const std::uint32_t ack = arrived.header.acknowledgment;
  if (before(ack, c.rack.probed)) return;
  if (!c.rack.probeWasRepeat || news.duplicateSack) {
    c.rack.probed = 0;
  } else if (after(ack, c.rack.probed)) {
    c.rack.probed = 0;
  } else if (news.advanced || news.sacked) {
    // One segment was lost and repaired by the probe: the window shrinks as if it had been noticed otherwise.
    c.rack.probed = 0;
    Congestion& g = c.congestion;
    if (!news.duplicateSack && g.mood == Mood::Open) {
      g.thresholdBefore = g.threshold;
      beginReduction(h);
      g.mood = Mood::Reducing;
      g.high = c.out.next;
      g.undoFrom = 0;
      endReduction(h);
      g.mood = Mood::Open;
    }
  }
  if (c.rack.probed == 0) h.decide(Rule::TailProbeAnswered);
}

/// RFC 8985 6.3.
void reorderingTimer(Hand& h) {
  h.decide(Rule::ReorderingTimer);
  Connection& c = h.c;
  c.rack.advanced = true;
  bool found = false;
  rackFindLost(h, found);
  c.timers.wait = Wait::None;
  if (found) {
    if (c.congestion.mood != Mood::Recovery && c.congestion.mood != Mood::Loss) enterRecovery(h);
    resendLost(h);
  }
  if (c.timers.wait == Wait::None) rearmTimeout(h);
}

}  // namespace hw::tcp
