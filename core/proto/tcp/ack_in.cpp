// Acknowledgments that come in. Read first: RFC 9293 3.10.7.4, fifth check; RFC 6298 3 and 4; Linux tcp_ack.
#include <algorithm>

#include "core/proto/tcp/hand.h"

namespace hw::tcp {
namespace {

/// RFC 9293 3.10.7.4: a newer segment, or a larger window by the same one.
bool isNewWindow(const Connection& c, const Arrived& arrived, std::uint32_t window) {
  const std::uint32_t ack = arrived.header.acknowledgment;
  return after(ack, c.out.unacked) || after(arrived.sequence(), c.out.windowBy) ||
         (arrived.sequence() == c.out.windowBy && (window > c.out.window || window == 0));
}

void takeWindow(Hand& h, const Arrived& arrived, AckNews& news) {
  Connection& c = h.c;
  const std::uint32_t window = std::uint32_t{arrived.header.window} << (arrived.header.has(kSyn) ? 0 : c.out.scale);
  if (isNewWindow(c, arrived, window)) {
    news.windowUpdate = true;
    c.out.windowBy = arrived.sequence();
    if (window != c.out.window) {
      if (window == 0 || c.out.window == 0) h.decide(Rule::PeerWindow, window);
      c.out.window = window;
      if (window > c.out.maxWindow) {
        c.out.maxWindow = window;
        setMtu(h, c.out.mtu);
      }
    }
  }
  c.out.unacked = arrived.header.acknowledgment;
}

/// One chunk has arrived in whole: what that tells about the path.
void countArrived(Hand& h, Chunk& chunk, AckNews& news, std::uint32_t packets) {
  Congestion& g = h.c.congestion;
  if (chunk.everAgain) {
    if (chunk.again) g.again -= std::min(g.again, packets);
    news.againAcked = true;
  } else if (!chunk.sacked) {
    const auto age = static_cast<std::int64_t>(microsecondsOf(h.now() - chunk.sent));
    if (news.roundTrip < 0) news.roundTrip = age;
    news.roundTripOfLast = age;
    if (!after(chunk.end, g.high)) news.originalSacked = true;
  }
  if (chunk.sacked) {
    g.sacked -= std::min(g.sacked, packets);
  } else {
    g.delivered += packets;
    if (h.c.sack) rackAdvance(h, chunk);
  }
  if (chunk.lost) g.lost -= std::min(g.lost, packets);
  g.packets -= std::min(g.packets, packets);
}

/// A burst of which only the first segments have arrived.
bool trimPart(Hand& h, Chunk& chunk, AckNews& news) {
  Connection& c = h.c;
  const std::uint32_t bytes = c.out.unacked - chunk.sequence, mss = currentMss(c);
  if (!after(c.out.unacked, chunk.sequence) || bytes > chunk.data.size()) return false;
  const std::uint32_t before = chunk.packets;
  Chunk head = chunk;
  chunk.data = chunk.data.slice(bytes);
  chunk.sequence = c.out.unacked;
  const std::uint32_t packets = std::min(packetsOf(chunk, mss), before);
  c.out.used -= std::min(c.out.used, bytes);
  if (before > packets) countArrived(h, head, news, before - packets);
  chunk.packets = packets;
  news.dataAcked = true;
  return true;
}

/// Forgets what has arrived (Linux tcp_clean_rtx_queue).
void cleanFlight(Hand& h, AckNews& news) {
  Connection& c = h.c;
  std::size_t gone = 0;
  for (; gone < c.out.flight.size(); ++gone) {
    Chunk& chunk = c.out.flight[gone];
    if (after(chunk.end, c.out.unacked)) {
      trimPart(h, chunk, news);
      break;
    }
    countArrived(h, chunk, news, chunk.packets);
    c.out.used -= std::min(c.out.used, chunk.data.size() + kChunkMemory);
    if (!chunk.data.empty()) news.dataAcked = true;
  }
  c.out.flight.erase(c.out.flight.begin(), c.out.flight.begin() + static_cast<std::ptrdiff_t>(gone));
  if (gone != 0 || news.dataAcked) news.setTimer = true;
}

/// The round trip: by the clock of what was not sent twice, else by timestamps (RFC 7323 4).
void takeRoundTrip(Hand& h, const Arrived& arrived, const AckNews& news) {
  std::int64_t sample = news.againAcked ? -1 : news.roundTrip;
  if (sample < 0) sample = news.sackRoundTrip;
  if (sample < 0 && news.dataAcked && arrived.options.stamps && arrived.options.stamps->echo != 0) {
    const std::uint32_t delta = stampClock(h) - arrived.options.stamps->echo;
    if (delta < 1'000'000) sample = std::max<std::int64_t>(delta, 1) * 1000;
  }
  if (sample < 0) return;
  // RFC 7323 appendix G is not needed: Linux takes each sample in whole.
  measureRoundTrip(h, static_cast<std::uint32_t>(sample));
  setTimeout(h);
  h.c.roundTrip.backoff = 0;
}

void noteStamp(Hand& h, const Arrived& arrived) {
  Connection& c = h.c;
  if (!arrived.options.stamps || after(arrived.sequence(), c.in.windowAt)) return;
  if (static_cast<std::int32_t>(arrived.options.stamps->value - c.recentStamp) < 0) return;
  c.recentStamp = arrived.options.stamps->value;
  c.recentAt = h.now();
}

/// The window of a peer that had none is open again, or still closed (Linux tcp_ack_probe).
void checkProbe(Hand& h) {
  Connection& c = h.c;
  if (c.out.unsent.empty()) return;
  const Chunk& chunk = c.out.unsent.front();
  if (!after(chunk.sequence + std::min(chunk.data.size(), currentMss(c)), c.out.windowEnd())) {
    c.roundTrip.backoff = 0;
    c.timers.probes = 0;
    if (c.timers.wait == Wait::WindowProbe) stopRetransmit(h);
  } else {
    setProbeTimer(h);
  }
}

/// Programs that wait for room are woken when a third of the buffer is free (Linux sk_stream_write_space).
void tellRoom(Hand& h) {
  Connection& c = h.c;
  growSendBuffer(h);
  if (!c.out.wantsSpace || c.out.used >= c.out.buffer || c.out.buffer - c.out.used < c.out.used / 2) return;
  c.out.wantsSpace = false;
  h.tell();
}

void afterClean(Hand& h, const Arrived& arrived, AckNews& news) {
  Connection& c = h.c;
  takeRoundTrip(h, arrived, news);
  if (c.rack.probed != 0) tailProbeAnswered(h, arrived, news);
  rackUpdateSteps(h, news);
  Resend resend = Resend::None;
  if (isDubious(h, news)) resend = handleDoubt(h, news);
  else if (c.congestion.mood == Mood::Open) c.congestion.firstAgain = 0;
  if (news.setTimer && c.timers.wait != Wait::Reordering) {
    if (!scheduleTailProbe(h, true)) rearmTimeout(h);
  }
  controlCongestion(h, news);
  if (resend == Resend::Lost) resendLost(h);
  if (resend == Resend::New) pushPending(h, Nagle::Push);
  if (news.dataAcked) tellRoom(h);
}

}  // namespace

bool takeAck(Hand& h, const Arrived& arrived) {
  Connection& c = h.c;
  const std::uint32_t ack = arrived.header.acknowledgment;
  if (after(ack, c.out.next)) {
    h.decide(Rule::AckOfUnsent, h.sentAt(ack));
    return false;
  }
  AckNews news;
  news.unackedBefore = c.out.unacked;
  news.deliveredBefore = c.congestion.delivered;
  news.lostBefore = c.congestion.lost;
  news.flightBefore = c.congestion.inFlight();
  news.hasData = !arrived.payload.empty();
  news.echo = arrived.options.stamps ? arrived.options.stamps->echo : 0;
  if (before(ack, c.out.unacked)) {
    if (before(ack, c.out.unacked - c.out.maxWindow)) {
      challenge(h);
      return false;
    }
    // Old, but its blocks may be new.
    h.decide(Rule::OldAck, h.sentAt(ack));
    if (arrived.options.sackCount == 0) return true;
    tagSacked(h, arrived, news);
    const Resend resend = handleDoubt(h, news);
    if (resend == Resend::Lost) resendLost(h);
    return true;
  }
  news.advanced = after(ack, c.out.unacked);
  if (news.advanced) c.timers.attempts = 0;
  noteStamp(h, arrived);
  const std::uint32_t packetsBefore = c.congestion.packets;
  const std::uint32_t seenBefore = c.out.unacked;
  takeWindow(h, arrived, news);
  c.soft = Problem::None;
  c.timers.probes = 0;
  c.timers.heard = h.now();
  if (c.sack && arrived.options.sackCount != 0) tagSacked(h, arrived, news);
  if (packetsBefore == 0) {
    if (news.duplicateSack) handleDoubt(h, news);
    checkProbe(h);
    return true;
  }
  if (news.advanced) h.decide(Rule::Acknowledged, h.sentAt(ack), ack - seenBefore);
  cleanFlight(h, news);
  afterClean(h, arrived, news);
  return true;
}

}  // namespace hw::tcp
