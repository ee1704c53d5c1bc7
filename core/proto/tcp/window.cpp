// How much may come: the receive window and the buffer behind it.
// Read first: RFC 9293 3.8.6; Documentation/networking/ip-sysctl.rst of Linux, tcp_rmem.
#include <algorithm>
#include <bit>

#include "core/proto/tcp/hand.h"

namespace hw::tcp {
namespace {

constexpr std::uint32_t kLeastBuffer = 2304;  // SOCK_MIN_RCVBUF

std::uint32_t alignUp(std::uint32_t value, std::uint8_t scale) {
  const std::uint32_t unit = 1u << scale;
  return (value + unit - 1) / unit * unit;
}
std::uint32_t alignDown(std::uint32_t value, std::uint32_t unit) { return unit == 0 ? value : value / unit * unit; }

/// Memory that holds so many bytes of data.
std::uint64_t memoryFor(std::uint64_t window, std::uint8_t share) { return (window << 8) / share; }

void setClamp(Hand& h, std::uint32_t wanted) {
  Receiver& in = h.c.in;
  const std::uint32_t clamp = std::max(wanted, kLeastBuffer / 2);
  if (clamp == in.clamp) return;
  if (clamp < in.clamp) in.threshold = std::min(in.threshold, clamp);
  else in.threshold = std::max(in.threshold, std::min(in.window, clamp));
  in.clamp = clamp;
}

}  // namespace

std::uint32_t windowOf(std::uint32_t memory, std::uint8_t share) {
  return static_cast<std::uint32_t>(std::uint64_t{memory} * share >> 8);
}

/// Bytes of data that the free part of the buffer holds.
std::uint32_t freeWindow(const Connection& c) {
  return c.in.used >= c.in.buffer ? 0 : windowOf(c.in.buffer - c.in.used, c.in.share);
}

/// The window of a SYN: as many full segments as half of the buffer holds; the scale lets it grow to the largest buffer.
FirstWindow firstWindow(const Config& config, const Buffers& buffers, std::uint32_t mss, bool scaling) {
  const std::uint32_t full = (buffers.receive != 0 ? buffers.receive : config.receiveDefault) / 2;
  FirstWindow first;
  first.clamp = buffers.receive != 0 ? full : 65'535u << kMaxWindowScale;
  std::uint32_t space = std::min(full, first.clamp);
  if (space > mss) space = alignDown(space, mss);
  first.window = space;
  if (scaling) {
    space = std::min(std::max({space, config.receiveMost, 212'992u}), first.clamp);
    first.scale = static_cast<std::uint8_t>(std::clamp(static_cast<int>(std::bit_width(space)) - 16, 0, int{kMaxWindowScale}));
  } else {
    first.window = std::min(first.window, 65'535u);
  }
  first.clamp = std::min(65'535u << first.scale, first.clamp);
  return first;
}

/// Linux tcp_init_buffer_space: room for one segment is kept free.
void beginBuffers(Hand& h) {
  Receiver& in = h.c.in;
  growSendBuffer(h);
  const std::uint32_t most = windowOf(in.buffer, in.share), mss = in.announcedMss;
  if (in.clamp >= most) {
    in.clamp = most;
    if (most > 4 * mss) in.clamp = std::max(most, 4 * mss);
  }
  if (in.clamp > 2 * mss && in.clamp + mss > most) in.clamp = std::max(2 * mss, most - mss);
  in.threshold = std::min(in.threshold, in.clamp);
  h.c.arrivals.since = h.now();
  h.c.arrivals.from = in.copied;
  h.c.arrivals.space = std::min({in.threshold, in.window, h.config.initialWindow * mss});
}

/// The window that should be announced (Linux __tcp_select_window; RFC 9293 3.8.6.2.2 against silly windows).
std::uint32_t chooseWindow(Hand& h) {
  Receiver& in = h.c.in;
  const std::uint32_t allowed = windowOf(in.buffer, in.share), full = std::min(in.clamp, allowed);
  std::uint32_t free = freeWindow(h.c);
  const std::uint32_t mss = std::min(in.mss, full);
  if (mss == 0) return 0;
  if (free < full / 2) {
    h.c.ack.quick = 0;
    free = alignDown(free, 1u << in.scale);
    if (free < allowed / 16 || free < mss) return 0;
  }
  free = std::min(free, in.threshold);
  if (in.scale != 0) return alignUp(free, in.scale);
  std::uint32_t window = in.window;
  if (std::int64_t{window} <= std::int64_t{free} - mss || window > free) window = alignDown(free, mss);
  else if (mss == full && free > window + full / 2) window = free;
  return window;
}

/// The window field of a segment that leaves now; what was announced is never taken back.
std::uint16_t announceWindow(Hand& h) {
  Receiver& in = h.c.in;
  if (h.c.ack.noRoom) {
    in.window = 0;
    in.windowAt = in.next;
    return 0;
  }
  const std::uint32_t current = in.windowLeft();
  std::uint32_t window = chooseWindow(h);
  if (window < current) window = alignUp(current, in.scale);
  in.window = window;
  in.windowAt = in.next;
  return static_cast<std::uint16_t>(std::min(window, 65'535u << in.scale) >> in.scale);
}

/// The memory that a segment takes. Pieces of a burst lie in buffers of their own, whose sizes are powers of two; a segment
/// that was sent alone shares the sender's buffer. On the wire a burst ends with PSH.
std::uint32_t memoryOf(Hand& h, const Arrived& arrived) {
  constexpr std::uint32_t kHeadroom = 256, kTrailer = 320, kBuffer = 256;
  Arrivals& a = h.c.arrivals;
  const std::uint32_t size = arrived.payload.size();
  const bool push = arrived.header.has(kPsh);
  const bool goesOn = a.inBurst && a.burstEnd == arrived.sequence() && h.now() - a.burstAt < milliseconds(1);
  a.inBurst = !push;
  a.burstEnd = arrived.sequence() + size;
  a.burstAt = h.now();
  if (push && !goesOn) return size + kChunkMemory;
  return std::bit_ceil(kHeadroom + size + kTrailer) + kBuffer;
}

/// What size the sender's segments have, and what share of the memory holds data (Linux tcp_measure_rcv_mss).
void measureSegment(Hand& h, std::uint32_t size, std::uint32_t memory, bool push) {
  Receiver& in = h.c.in;
  AckClock& ack = h.c.ack;
  const std::uint32_t last = in.lastSize;
  in.lastSize = 0;
  if (size >= in.mss) {
    if (size != in.mss) {
      const auto share = static_cast<std::uint8_t>(std::clamp<std::uint64_t>((std::uint64_t{size} << 8) / memory, 1, 255));
      if (share != in.share) {
        in.share = share;
        setClamp(h, windowOf(in.buffer, share));
        h.c.arrivals.space = std::min(h.c.arrivals.space, in.clamp);
      }
    }
    in.mss = std::min(size, in.announcedMss);
    if (push) ack.pushed = true;
    return;
  }
  constexpr std::uint32_t kUsualMss = 536, kSmallMss = 88;
  const std::uint32_t withHeader = size + h.c.headerSize();
  if (withHeader >= kUsualMss + kHeaderSize || (withHeader >= kSmallMss + kHeaderSize && !push)) {
    in.lastSize = size;
    if (size == last) {
      in.mss = size;
      return;
    }
  }
  if (ack.pushed) ack.pushedTwice = true;
  ack.pushed = true;
}

namespace {

/// Linux __tcp_grow_window: small segments take much memory, so the window grows more slowly.
std::uint32_t slowGrowth(const Hand& h, std::uint32_t size, std::uint32_t memory) {
  const Receiver& in = h.c.in;
  std::uint32_t truesize = windowOf(memory, in.share) / 2, window = windowOf(h.config.receiveMost, in.share) / 2;
  while (in.threshold <= window) {
    if (truesize <= size) return 2 * in.mss;
    truesize /= 2;
    window /= 2;
  }
  return 0;
}

}  // namespace

/// What has come shows that more may come (Linux tcp_grow_window).
void growWindow(Hand& h, std::uint32_t size, std::uint32_t memory) {
  Receiver& in = h.c.in;
  const std::uint32_t most = std::min(in.clamp, freeWindow(h.c));
  if (most <= in.threshold) return;
  const std::uint32_t growth = windowOf(memory, in.share) <= size ? 2 * in.announcedMss : slowGrowth(h, size, memory);
  if (growth == 0) return;
  in.threshold += std::min(most - in.threshold, std::max(growth, 2 * size));
  h.c.ack.quick |= 1;
}

/// The round trip as the receiver sees it: from an ACK to the data that it made the other side send.
void measureReceiverRoundTrip(Hand& h, const Arrived& arrived) {
  Arrivals& a = h.c.arrivals;
  if (!arrived.options.stamps || a.lastEcho == arrived.options.stamps->echo) return;
  a.lastEcho = arrived.options.stamps->echo;
  if (arrived.payload.size() < h.c.in.mss) return;
  const std::uint32_t delta = std::max(stampClock(h) - a.lastEcho, 1u);
  if (delta > 1'000'000) return;
  const std::uint32_t sample = delta * 1000;
  if (a.roundTrip == 0) a.roundTrip = sample;
  else if (sample > a.roundTrip) a.roundTrip += (sample - a.roundTrip) / 8;
  else a.roundTrip = sample;
}

/// The buffer grows with what the program reads in a round trip (Linux tcp_rcv_space_adjust).
void adjustBuffer(Hand& h) {
  Arrivals& a = h.c.arrivals;
  Receiver& in = h.c.in;
  if (a.roundTrip == 0 || microsecondsOf(h.now() - a.since) < a.roundTrip) return;
  const std::uint32_t read = in.copied - a.from;
  if (read > a.space) {
    if (!in.bufferFixed) {
      std::uint64_t window = 2 * std::uint64_t{read} + 16 * in.announcedMss;
      window += 2 * (window * (read - a.space) / std::max(a.space, 1u));
      const auto buffer = static_cast<std::uint32_t>(std::min<std::uint64_t>(memoryFor(window, in.share), h.config.receiveMost));
      if (buffer > in.buffer) {
        in.buffer = buffer;
        in.clamp = windowOf(buffer, in.share);
      }
    }
    a.space = read;
  }
  a.from = in.copied;
  a.since = h.now();
}

}  // namespace hw::tcp
