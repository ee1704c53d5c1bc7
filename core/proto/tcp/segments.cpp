// Segments leave: header, options, what an ACK changes here.
// Read first: RFC 9293 3.1 and 3.10.7.1; RFC 7323 3.2.
#include <algorithm>

#include "core/proto/tcp/hand.h"

namespace hw::tcp {
namespace {

Segment& addSegment(Out& out, const Endpoint& local, const Endpoint& remote, const Options& options) {
  Segment& segment = out.segments.emplace_back();
  segment.local = local;
  segment.remote = remote;
  segment.header.sourcePort = local.port;
  segment.header.destinationPort = remote.port;
  segment.optionsSize = writeOptions(options, segment.options);
  segment.header.headerWords = static_cast<std::uint8_t>((kHeaderSize + segment.optionsSize) / 4);
  return segment;
}

/// An ACK has left, alone or on data (Linux tcp_event_ack_sent).
void ackLeft(Hand& h) {
  AckClock& ack = h.c.ack;
  if (ack.quick != 0) {
    const std::uint8_t one = ack.scheduled ? 1 : 0;
    if (one >= ack.quick) ack.wait = kDelayLeast;
    ack.quick = static_cast<std::uint8_t>(one >= ack.quick ? 0 : ack.quick - one);
  }
  ack.scheduled = ack.now = ack.pushed = ack.pushedTwice = ack.noRoom = false;
  ack.deadline = kNever;
}

/// Data has left (Linux tcp_event_data_sent): does it answer data that came in just now?
void dataLeft(Hand& h) {
  AckClock& ack = h.c.ack;
  if (h.c.congestion.inFlight() == 0 && h.c.cubic && h.c.cubic->epoch != kNever && h.c.out.lastSent > Time{}) {
    // RFC 9438 4.2: idle time is no time in which the window would have grown.
    const Duration idle = h.now() - h.c.out.lastSent;
    h.c.cubic->epoch = std::min(h.c.cubic->epoch + idle, h.now());
  }
  h.c.out.lastSent = h.now();
  if (ack.wait.ns != 0 && h.now() - ack.lastData < ack.wait && ack.replies < 255) ++ack.replies;
}

Segment& addToStream(Hand& h, std::uint32_t sequence, std::uint16_t flags, const Options& options, std::uint16_t window) {
  Connection& c = h.c;
  Segment& segment = addSegment(h.out, c.local, c.remote, options);
  segment.header.sequence = sequence;
  segment.header.acknowledgment = c.in.next;
  segment.header.flags = static_cast<std::uint16_t>(flags | kAck);
  segment.header.window = window;
  segment.choices = c.choices;
  segment.identification = c.minimal ? std::uint16_t{0} : ++c.identification;
  if (segment.identification == 0 && !c.minimal) segment.identification = ++c.identification;
  return segment;
}

}  // namespace

std::uint32_t stampClock(const Hand& h) { return static_cast<std::uint32_t>(h.now().ns / 1'000'000) + h.c.clockOffset; }

/// Timestamps, and the blocks that are there: what came twice first (RFC 2883 4), then the newest.
Options currentOptions(Hand& h) {
  Options options;
  if (h.c.stamps) options.stamps = Stamps{stampClock(h), h.c.recentStamp};
  if (!h.c.sack) return options;
  const std::size_t most = (kMaxOptions - (h.c.stamps ? kTimestampsSize : 0) - 4) / 8;
  const auto add = [&](const SackBlock& block) {
    if (options.sackCount < most) options.sack[options.sackCount++] = block;
  };
  for (const SackBlock& one : h.c.in.twice) add(one);
  for (const SackBlock& one : h.c.in.blocks) add(one);
  h.c.in.twice.clear();
  return options;
}

/// Bytes that the blocks take from the data of a segment.
std::uint32_t sackSize(const Connection& c) {
  if (!c.sack || (c.in.blocks.empty() && c.in.twice.empty())) return 0;
  const std::size_t most = (kMaxOptions - (c.stamps ? kTimestampsSize : 0) - 4) / 8;
  return static_cast<std::uint32_t>(4 + 8 * std::min(c.in.blocks.size() + c.in.twice.size(), most));
}

void transmit(Hand& h, std::uint32_t sequence, std::uint16_t flags, Bytes payload) {
  const Options options = currentOptions(h);
  const std::uint16_t window = announceWindow(h);
  const bool data = !payload.empty();
  addToStream(h, sequence, flags, options, window).payload = std::move(payload);
  ackLeft(h);
  if (data) dataLeft(h);
}

/// A chunk leaves as segments of full size and the rest; the last one says PSH if there are several (Linux gives them to
/// the driver as one packet).
void transmitChunk(Hand& h, Chunk& chunk) {
  Connection& c = h.c;
  const std::uint32_t mss = currentMss(c), size = chunk.data.size();
  const bool push = chunk.push || size > mss;
  chunk.packets = packetsOf(chunk, mss);
  const Options options = currentOptions(h);
  const std::uint16_t window = announceWindow(h);
  std::uint32_t at = 0;
  do {
    const std::uint32_t part = std::min(mss, size - at);
    const bool last = at + part == size;
    const auto flags = static_cast<std::uint16_t>((last && push ? kPsh : 0) | (last && chunk.fin ? kFin : 0));
    addToStream(h, chunk.sequence + at, flags, options, window).payload = chunk.data.slice(at, part);
    at += part;
  } while (at < size);
  chunk.sent = h.now();
  ackLeft(h);
  if (size > 0) dataLeft(h);
}

void sendAck(Hand& h) {
  Connection& c = h.c;
  if (c.phase == Phase::Closed) return;
  const bool fits = !before(c.out.windowEnd(), c.out.next) || c.out.next - c.out.windowEnd() < (1u << c.in.scale);
  const std::uint32_t sequence = fits ? c.out.next : c.out.windowEnd();
  transmit(h, sequence, 0, {});
  h.decide(Rule::AckSent, h.gotAt(c.in.next), c.in.window);
}

/// SYN, or SYN and ACK in a simultaneous open.
void sendSyn(Hand& h) {
  Connection& c = h.c;
  Options options;
  options.mss = static_cast<std::uint16_t>(c.in.announcedMss);
  const bool answers = c.phase == Phase::SynReceived;
  options.sackPermitted = answers ? c.sack : h.config.sack;
  if (answers ? c.stamps : h.config.timestamps) options.stamps = Stamps{stampClock(h), c.recentStamp};
  if (c.in.scale != 0 || h.config.windowScaling) options.windowScale = c.in.scale;
  Segment& segment = addToStream(h, c.out.initial, kSyn, options, static_cast<std::uint16_t>(std::min(c.in.window, 65'535u)));
  if (!answers) {
    segment.header.flags = kSyn;
    segment.header.acknowledgment = 0;
  }
}

void sendReset(Hand& h) {
  Connection& c = h.c;
  Options options;
  if (c.stamps) options.stamps = Stamps{stampClock(h), c.recentStamp};
  const std::uint16_t window = announceWindow(h);
  addToStream(h, c.out.next, kRst, options, window);
}

/// RFC 9293 3.10.7.1: the RST that the sender of a segment will believe.
void answerWithReset(Work work, const Arrived& arrived) {
  if (arrived.header.has(kRst)) return;
  Options none;
  Segment& segment = addSegment(work.out, arrived.local, arrived.remote, none);
  segment.header.flags = kRst;
  if (arrived.header.has(kAck)) {
    segment.header.sequence = arrived.header.acknowledgment;
  } else {
    segment.header.flags |= kAck;
    segment.header.acknowledgment = arrived.end();
  }
}

}  // namespace hw::tcp
