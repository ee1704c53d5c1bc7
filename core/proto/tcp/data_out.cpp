// Data that goes out: what may leave now, and in which pieces.
// Read first: RFC 9293 3.7.4, 3.8.6; RFC 5681 3.1; Linux tcp_write_xmit.
#include <algorithm>
#include <bit>

#include "core/proto/tcp/hand.h"

namespace hw::tcp {
namespace {

/// Both as one chunk: the bytes are copied together.
Bytes joined(const Bytes& a, const Bytes& b) {
  if (a.empty()) return b;
  std::vector<std::uint8_t> bytes(a.view().begin(), a.view().end());
  bytes.insert(bytes.end(), b.view().begin(), b.view().end());
  return Bytes(std::move(bytes));
}

/// No segment is larger than half of the largest window that the peer ever had (Linux tcp_bound_to_half_wnd).
std::uint32_t halfWindow(const Connection& c, std::uint32_t size) {
  constexpr std::uint32_t kUsualMss = 536, kLeast = 68;
  const std::uint32_t most = c.out.maxWindow > kUsualMss ? c.out.maxWindow / 2 : c.out.maxWindow;
  return most != 0 && size > most ? std::max(most, kLeast - c.headerSize()) : size;
}

/// Bytes that a program's write puts into one chunk.
std::uint32_t chunkSize(const Connection& c) {
  const std::uint32_t mss = currentMss(c), most = halfWindow(c, kBurstBytes - 1 - c.headerSize());
  return std::max(most / mss * mss, mss);
}

/// Packets in one burst (Linux tcp_tso_autosize): a millisecond at the present rate, more on short paths.
std::uint32_t burstPackets(const Connection& c) {
  std::uint64_t bytes = c.congestion.rate == 0 ? UINT32_MAX : c.congestion.rate >> 10;
  const std::uint32_t shift = c.roundTrip.least >> 9;
  if (shift < 32) bytes += kBurstBytes >> shift;
  return std::max<std::uint32_t>(static_cast<std::uint32_t>(std::min<std::uint64_t>(bytes, kBurstBytes)) / currentMss(c), 2);
}

bool smallIsUnderWay(const Connection& c) { return after(c.out.small, c.out.unacked) && !after(c.out.small, c.out.next); }

/// RFC 9293 3.7.4 with Minshall's change: a small segment waits only for another small one.
bool naglesHold(const Connection& c, bool partial, Nagle nagle) {
  return partial && nagle == Nagle::Normal && !c.choices.noDelay && c.congestion.packets != 0 && smallIsUnderWay(c);
}

/// Packets that the congestion window lets go: half of it at a time.
std::uint32_t quota(const Connection& c) {
  const std::uint32_t flight = c.congestion.inFlight(), window = c.congestion.window;
  return flight >= window ? 0 : std::min(std::max(window / 2, 1u), window - flight);
}

/// Fills the first chunk up from those behind it (Linux tcp_grow_skb).
void fillUp(Hand& h, std::uint32_t size) {
  auto& unsent = h.c.out.unsent;
  while (unsent.size() > 1 && unsent[0].data.size() < size && !unsent[0].fin) {
    Chunk& first = unsent[0];
    Chunk& second = unsent[1];
    const std::uint32_t part = std::min(size - first.data.size(), second.data.size());
    first.data = joined(first.data, second.data.slice(0, part));
    first.end += part;
    second.data = second.data.slice(part);
    second.sequence += part;
    if (!second.data.empty()) return;
    first.end = second.end;
    first.push = first.push || second.push;
    first.fin = second.fin;
    h.c.out.used -= std::min(h.c.out.used, kChunkMemory);
    unsent.erase(unsent.begin() + 1);
  }
}

/// Is it better to wait for the next ACK and send a larger burst? Linux tcp_tso_should_defer.
bool shouldWait(const Hand& h, const Chunk& chunk, std::uint32_t most) {
  const Connection& c = h.c;
  if (c.congestion.mood >= Mood::Recovery || h.now() - c.out.lastSent > milliseconds(1) || c.out.flight.empty()) return false;
  const std::uint32_t window = c.out.windowEnd() - chunk.sequence;
  const std::uint32_t congestion = (c.congestion.window - c.congestion.inFlight()) * c.out.mss;
  const std::uint32_t limit = std::min(window, congestion);
  const bool isTail = &chunk == &c.out.unsent.back();
  if (limit >= most * c.out.mss || (!isTail && limit >= chunk.data.size())) return false;
  constexpr std::uint32_t kDivisor = 3;  // tcp_tso_win_divisor
  if (limit >= std::min(c.out.window, c.congestion.window * c.out.mss) / kDivisor) return false;
  const Duration age = h.now() - c.out.flight.front().sent;
  if (age.ns < std::int64_t{c.roundTrip.smoothed8 >> 4} * 1000) return false;
  if (congestion < window ? congestion <= chunk.data.size() : window <= chunk.data.size()) return true;
  return !chunk.fin;
}

/// Bytes of a chunk that leave as one burst (Linux tcp_mss_split_point).
std::uint32_t splitPoint(const Connection& c, const Chunk& chunk, std::uint32_t mss, std::uint32_t packets, Nagle nagle) {
  const std::uint32_t window = c.out.windowEnd() - chunk.sequence, most = mss * packets;
  if (most <= window && &chunk != &c.out.unsent.back()) return most;
  const std::uint32_t needed = std::min(chunk.data.size(), window);
  if (most <= needed) return most;
  const std::uint32_t partial = needed % mss;
  return naglesHold(c, partial != 0, nagle) ? needed - partial : needed;
}

void leftUnsent(Hand& h) {
  Connection& c = h.c;
  const Chunk& chunk = c.out.unsent.front();
  const std::uint32_t mss = currentMss(c);
  if (chunk.data.size() < chunk.packets * mss) c.out.small = chunk.end;
  if (chunk.fin) h.decide(Rule::FinSent, h.sentAt(chunk.end - 1));
  if (!chunk.data.empty())
    h.decide(Rule::DataSent, h.sentAt(chunk.sequence), h.sentAt(chunk.sequence + chunk.data.size() - 1),
             c.out.windowEnd() - chunk.sequence - chunk.data.size(), c.congestion.inFlight() + chunk.packets, c.congestion.window);
  const bool first = c.congestion.packets == 0;
  c.out.next = chunk.end;
  c.congestion.packets += chunk.packets;
  c.out.flight.push_back(std::move(c.out.unsent.front()));
  c.out.unsent.erase(c.out.unsent.begin());
  if (first || c.timers.wait == Wait::TailProbe) rearmTimeout(h);
}

/// The first chunk, cut to what may leave; false if nothing may.
bool prepareFirst(Hand& h, Nagle nagle, Burst burst, bool& windowIsLimit) {
  Connection& c = h.c;
  const std::uint32_t mss = currentMss(c), most = burstPackets(c);
  std::uint32_t packets = quota(c);
  if (packets == 0 && burst != Burst::Probe) {
    h.decide(Rule::HeldByCongestion, c.congestion.inFlight(), c.congestion.window);
    return false;
  }
  packets = std::min(std::max(packets, 1u), most);
  fillUp(h, packets * mss);
  Chunk& chunk = c.out.unsent.front();
  const std::uint32_t size = chunk.data.size();
  if (after(chunk.sequence + std::min(size, mss) + (chunk.fin && size <= mss ? 1 : 0), c.out.windowEnd())) {
    h.decide(Rule::HeldByWindow, size);
    return false;
  }
  std::uint32_t limit = mss;
  if (size <= mss) {
    const Nagle mine = c.out.unsent.size() == 1 ? nagle : Nagle::Push;
    if (!chunk.fin && naglesHold(c, size < mss, mine)) {
      h.decide(Rule::HeldByNagle, size);
      return false;
    }
  } else {
    if (burst == Burst::All && shouldWait(h, chunk, most)) {
      windowIsLimit = true;
      h.decide(Rule::Deferred);
      return false;
    }
    limit = splitPoint(c, chunk, mss, packets, nagle);
  }
  if (size > limit) {
    Chunk rest = splitChunk(h, chunk, limit);
    c.out.unsent.insert(c.out.unsent.begin() + 1, std::move(rest));
  }
  return c.out.unsent.front().end != c.out.unsent.front().sequence;
}

}  // namespace

std::uint32_t currentMss(const Connection& c) {
  const std::uint32_t blocks = sackSize(c);
  return c.out.mss > blocks + kLeastMss ? c.out.mss - blocks : c.out.mss;
}

std::uint32_t packetsOf(const Chunk& chunk, std::uint32_t mss) {
  return std::max((chunk.data.size() + mss - 1) / mss, 1u);
}

/// The data in a segment follows the path (Linux tcp_sync_mss).
void setMtu(Hand& h, std::uint32_t mtu) {
  Connection& c = h.c;
  constexpr std::uint32_t kHeaders = 40;
  std::uint32_t mss = std::min(mtu > kHeaders ? mtu - kHeaders : 0, c.out.peerMss);
  if (c.out.wantedMss != 0) mss = std::min(mss, c.out.wantedMss);
  mss = std::max(mss, kLeastMss) - (c.headerSize() - kHeaderSize);
  c.out.mtu = mtu;
  c.out.mss = halfWindow(c, mss);
}

/// Room for twice the window, as Linux counts memory (tcp_sndbuf_expand).
void growSendBuffer(Hand& h) {
  Connection& c = h.c;
  if (c.out.bufferFixed) return;
  constexpr std::uint32_t kHead = 256, kTrailer = 320, kBuffer = 256;
  const std::uint32_t each = std::bit_ceil(std::max(c.out.peerMss, c.out.mss) + kHead + kTrailer) + kBuffer;
  const std::uint32_t packets = std::max({h.config.initialWindow, c.congestion.window, c.congestion.reordering + 1});
  const std::uint64_t wanted = 2ull * packets * each;
  if (wanted > c.out.buffer) c.out.buffer = static_cast<std::uint32_t>(std::min<std::uint64_t>(wanted, h.config.sendMost));
}

/// Cuts a chunk behind `bytes`; result: the rest. What the end of a chunk says goes with the rest.
Chunk splitChunk(Hand& h, Chunk& chunk, std::uint32_t bytes) {
  Chunk rest = chunk;
  rest.data = chunk.data.slice(bytes);
  rest.sequence = chunk.sequence + bytes;
  chunk.data = chunk.data.slice(0, bytes);
  chunk.end = rest.sequence;
  chunk.push = chunk.fin = false;
  h.c.out.used += kChunkMemory;
  return rest;
}

/// Sends what windows, Nagle and good sense let go; true if something waits and nothing is under way.
bool sendWhatMay(Hand& h, Nagle nagle, Burst burst) {
  Connection& c = h.c;
  std::uint32_t sent = 0;
  bool windowIsLimit = false;
  while (!c.out.unsent.empty() && prepareFirst(h, nagle, burst, windowIsLimit)) {
    transmitChunk(h, c.out.unsent.front());
    sent += c.out.unsent.front().packets;
    leftUnsent(h);
    if (burst != Burst::All) break;
  }
  windowIsLimit = windowIsLimit || c.congestion.inFlight() >= c.congestion.window;
  if (sent != 0 || windowIsLimit) checkWindowUse(h, windowIsLimit);
  if (sent != 0) {
    if (c.congestion.mood == Mood::Reducing || c.congestion.mood == Mood::Recovery) c.congestion.sentInReduction += sent;
    if (burst != Burst::Probe) scheduleTailProbe(h, false);
    return false;
  }
  return c.congestion.packets == 0 && !c.out.unsent.empty();
}

void pushPending(Hand& h, Nagle nagle) {
  if (h.c.out.unsent.empty() || h.c.phase == Phase::Closed || h.c.phase == Phase::SynSent || h.c.phase == Phase::SynReceived) return;
  if (!sendWhatMay(h, nagle, Burst::All)) return;
  if (h.c.congestion.packets == 0 && h.c.timers.wait == Wait::None) setProbeTimer(h);
}

namespace {

/// More than half of the largest window has been written since the last PSH.
bool mustPush(const Connection& c) { return after(c.out.written, c.out.pushed + c.out.maxWindow / 2); }

void markPush(Connection& c) {
  if (c.out.unsent.empty()) return;
  c.out.unsent.back().push = true;
  c.out.pushed = c.out.written;
}

}  // namespace

/// Linux tcp_sendmsg: bytes go into chunks, full ones leave at once.
std::uint32_t write(Work work, std::uint32_t id, const Bytes& data) {
  Connection* found = work.state.find(id);
  if (!found || found->out.closed) return 0;
  Hand h(work, *found);
  Connection& c = h.c;
  if (c.phase == Phase::Established || c.phase == Phase::CloseWait) afterIdle(h);
  std::uint32_t taken = 0;
  while (taken < data.size()) {
    const std::uint32_t size = chunkSize(c);
    const bool fresh = c.out.unsent.empty() || c.out.unsent.back().fin || c.out.unsent.back().data.size() >= size;
    if (fresh) {
      if (c.out.used >= c.out.buffer) break;
      Chunk& chunk = c.out.unsent.emplace_back();
      chunk.sequence = chunk.end = c.out.written;
      c.out.used += kChunkMemory;
    }
    Chunk& tail = c.out.unsent.back();
    const std::uint32_t part = std::min(size - tail.data.size(), data.size() - taken);
    tail.data = joined(tail.data, data.slice(taken, part));
    tail.end += part;
    if (taken == 0) tail.push = false;
    c.out.written += part;
    c.out.used += part;
    taken += part;
    if (tail.data.size() < size || taken == data.size() || c.phase < Phase::Established) continue;
    if (mustPush(c)) {
      markPush(c);
      pushPending(h, Nagle::Push);
    } else if (c.out.unsent.size() == 1) {
      sendWhatMay(h, Nagle::Push, Burst::One);
    }
  }
  c.out.wantsSpace = taken < data.size();
  if (taken != 0) {
    markPush(c);
    if (c.phase >= Phase::Established) pushPending(h, taken < data.size() ? Nagle::Push : Nagle::Normal);
  }
  noteDeadline(work.state, c);
  return taken;
}

void setNoDelay(Work work, std::uint32_t id, bool on) {
  Connection* found = work.state.find(id);
  if (!found) return;
  Hand h(work, *found);
  found->choices.noDelay = on;
  if (on && found->phase >= Phase::Established) pushPending(h, Nagle::Push);
  noteDeadline(work.state, *found);
}

/// The FIN rides on data that waits (Linux tcp_send_fin).
void queueFin(Hand& h) {
  Connection& c = h.c;
  c.out.closed = true;
  if (c.out.unsent.empty()) {
    Chunk& chunk = c.out.unsent.emplace_back();
    chunk.sequence = chunk.end = c.out.written;
    c.out.used += kChunkMemory;
  }
  Chunk& tail = c.out.unsent.back();
  tail.fin = true;
  ++tail.end;
  ++c.out.written;
  pushPending(h, Nagle::Push);
}

/// A closed window is probed (Linux tcp_write_wakeup); true if data left.
bool probeWindow(Hand& h) {
  Connection& c = h.c;
  if (c.out.unsent.empty() || !before(c.out.unsent.front().sequence, c.out.windowEnd())) {
    transmit(h, c.out.unacked - 1, 0, {});
    return false;
  }
  // The window is open, but smaller than a segment: silly windows end here.
  Chunk& chunk = c.out.unsent.front();
  const std::uint32_t room = std::min(c.out.windowEnd() - chunk.sequence, currentMss(c));
  if (room < chunk.data.size()) {
    Chunk rest = splitChunk(h, chunk, room);
    c.out.unsent.insert(c.out.unsent.begin() + 1, std::move(rest));
  }
  c.out.unsent.front().push = true;
  transmitChunk(h, c.out.unsent.front());
  leftUnsent(h);
  return true;
}

}  // namespace hw::tcp
