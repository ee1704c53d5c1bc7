#include "core/dissect/tcp_streams.h"

#include <algorithm>

#include "core/proto/tcp/tcp_wire.h"

namespace hw::dissect {
namespace {

enum Completeness : std::uint32_t {
  kSawSyn = 1,
  kSawSynAck = 2,
  kSawAck = 4,
  kSawData = 8,
  kSawFin = 16,
  kSawReset = 32
};

constexpr std::uint16_t kSynFin = tcp::kSyn | tcp::kFin;
constexpr std::uint16_t kSynFinRst = tcp::kSyn | tcp::kFin | tcp::kRst;
constexpr std::uint16_t kSynAck = tcp::kSyn | tcp::kAck;

/// A retransmission so soon after duplicate acknowledgments is a fast one.
constexpr std::int64_t kFastRetransmitNs = 20'000'000;
/// A hole that closes within this time was reordering, if no round trip is known yet.
constexpr std::int64_t kReorderingNs = 3'000'000;

/// Sequence numbers wrap (RFC 9293 3.4): a is before b if the way from a to b is the shorter one.
bool before(std::uint32_t a, std::uint32_t b) {
  return static_cast<std::int32_t>(a - b) < 0;
}
bool atMost(std::uint32_t a, std::uint32_t b) {
  return !before(b, a);
}

std::uint32_t virtualByte(const TcpSegment& s) {
  return s.has(kSynFin) ? 1 : 0;
}

}  // namespace

/// One segment on its way through the judgements.
struct TcpStreams::Step {
  const TcpSegment& segment;
  Stream& stream;
  Flow& forward;  ///< the direction of the segment
  Flow& reverse;
  TcpSight& sight;

  void mark(std::uint32_t mark) { sight.marks |= mark; }
  bool marked(std::uint32_t mark) const { return (sight.marks & mark) != 0; }
  /// The same numbers as the segment before in this direction, and no data.
  bool repeatsLast() const {
    return segment.length == 0 && segment.sequence == forward.next &&
           segment.acknowledgment == forward.lastAck && !segment.has(kSynFinRst);
  }
};

TcpStreams::Stream* TcpStreams::find(const TcpSegment& segment, bool& fresh) {
  const Conversation key = Conversation::between(segment.from, segment.to);
  const auto known = m_streams.find(key);
  fresh = known == m_streams.end();
  if (!fresh) return &known->second;
  if (m_streams.size() >= kMaxStreams) return nullptr;
  Stream& stream = m_streams[key];
  stream.index = m_count++;
  stream.firstNs = stream.previousNs = segment.timeNs;
  return &stream;
}

TcpSight TcpStreams::look(Stream& stream, const TcpSegment& segment, int direction) const {
  TcpSight sight;
  sight.known = true;
  sight.stream = stream.index;
  sight.completeness = stream.completeness;
  sight.windowScale = stream.flows[direction].scale;
  sight.sinceFirstNs = segment.timeNs - stream.firstNs;
  sight.sincePreviousNs = segment.timeNs - stream.previousNs;
  sight.sequenceBase = stream.flows[direction].base;
  sight.ackBase = stream.flows[1 - direction].base;
  return sight;
}

TcpSight TcpStreams::see(const TcpSegment& segment) {
  bool fresh = false;
  Stream* stream = find(segment, fresh);
  if (stream == nullptr) return {};
  const int direction = segment.from < segment.to ? 0 : 1;
  std::uint32_t reused = 0;
  const bool opens = (segment.flags & kSynAck) == tcp::kSyn;
  const Flow& known = stream->flows[direction];
  if (opens && known.baseKnown &&
      (segment.sequence != known.base || (stream->completeness & (kSawReset | kSawFin)) != 0)) {
    for (const Flow& flow : stream->flows) m_unacked -= flow.unacked.size();
    *stream = Stream{m_count++, 0, segment.timeNs, segment.timeNs, 0, 0, {}};
    reused = kReusedPorts;
    fresh = true;
  }
  Flow& forward = stream->flows[direction];
  Flow& reverse = stream->flows[1 - direction];
  if ((segment.flags & kSynAck) == kSynAck && forward.baseKnown &&
      segment.sequence != forward.base) {
    forward.base = segment.sequence;
    reused = kReusedPorts;
  }
  setBases(segment, forward, reverse);
  TcpSight sight = look(*stream, segment, direction);
  stream->previousNs = segment.timeNs;
  sight.marks = reused;
  forward.sacked = 0;
  Step step{segment, *stream, forward, reverse, sight};
  analyse(step);
  complete(*stream, segment, fresh);
  if (segment.has(tcp::kSyn)) forward.beforeFirstAck = true;
  if (segment.has(tcp::kFin)) {
    if (!reverse.closesFirst) forward.closesFirst = true;
    sight.closesFirst = !reverse.closesFirst;
  }
  if (opens) stream->synNs = segment.timeNs;
  if ((segment.flags & kSynAck) == tcp::kAck) {
    if (stream->synNs != 0 && stream->initialRttNs == 0)
      stream->initialRttNs = segment.timeNs - stream->synNs;
    forward.beforeFirstAck = false;
  }
  sight.initialRttNs = stream->initialRttNs;
  forward.sacked = segment.sacked;
  if (segment.windowShift >= 0) forward.scale = segment.windowShift;
  if (segment.has(tcp::kSyn)) verifyScale(segment, forward, reverse);
  return sight;
}

TcpSight TcpStreams::quote(const TcpSegment& segment) {
  bool fresh = false;
  Stream* stream = find(segment, fresh);
  if (stream == nullptr) return {};
  const TcpSight sight = look(*stream, segment, segment.from < segment.to ? 0 : 1);
  stream->previousNs = segment.timeNs;
  complete(*stream, segment, fresh);
  return sight;
}

void TcpStreams::setBases(const TcpSegment& segment, Flow& forward, Flow& reverse) {
  if (!forward.baseKnown) {
    forward.base = segment.has(tcp::kSyn) ? segment.sequence : segment.sequence - 1;
    forward.baseKnown = true;
  }
  if (!reverse.baseKnown && segment.has(tcp::kAck)) {
    reverse.base = segment.acknowledgment - 1;
    reverse.baseKnown = true;
  }
}

void TcpStreams::complete(Stream& stream, const TcpSegment& segment, bool fresh) {
  std::uint32_t& seen = stream.completeness;
  const bool data = segment.length > 0;
  if (fresh) {
    if ((segment.flags & kSynAck) == tcp::kSyn) seen |= kSawSyn | (data ? kSawData : 0u);
    return;
  }
  if ((segment.flags & kSynAck) == kSynAck) seen |= kSawSynAck;
  if ((segment.flags & kSynAck) == tcp::kAck) seen |= data ? kSawData : kSawAck;
  if (segment.has(tcp::kFin) && segment.has(tcp::kAck)) seen |= kSawFin;
  if (segment.has(tcp::kRst)) seen |= kSawReset;
}

/// Scaling is used only if both sides offer it (RFC 7323 2.2).
void TcpStreams::verifyScale(const TcpSegment& segment, Flow& forward, Flow& reverse) {
  if (forward.scale == kScaleUnknown) {
    forward.scale = kScaleUnused;
    if (segment.has(tcp::kAck)) reverse.scale = kScaleUnused;
  } else if (segment.has(tcp::kAck) && reverse.scale == kScaleUnused) {
    forward.scale = kScaleUnused;
  }
}

void TcpStreams::analyse(Step& step) {
  if (step.segment.has(tcp::kAck)) step.reverse.inFlightKnown = true;
  const TcpSegment& s = step.segment;
  if (s.length == 1 && s.sequence == step.forward.next && step.reverse.window == 0) {
    step.mark(kZeroWindowProbe);
  } else {
    judgeWindow(step);
    judgeRepeats(step);
  }
  judgeAck(step);
  judgeOrder(step);
  remember(step);
  dropAcked(step);
  countInFlight(step);
  const TcpSight& sight = step.sight;
  step.sight.analysed = sight.marks != 0 || sight.acksFrame != 0 || sight.bytesInFlight != 0 ||
                        sight.pushBytesSent != 0 || sight.analysed;
}

void TcpStreams::judgeWindow(Step& step) {
  const TcpSegment& s = step.segment;
  Flow& forward = step.forward;
  const Flow& reverse = step.reverse;
  if (s.window == 0 && !s.has(kSynFinRst)) step.mark(kZeroWindow);
  if (forward.next != 0 && before(forward.next, s.sequence) && !s.has(tcp::kRst)) {
    step.mark(kLostSegment);
    forward.inFlightKnown = false;
  }
  if (s.length <= 1 && s.sequence == forward.next - 1 && !s.has(kSynFinRst)) step.mark(kKeepAlive);
  if (step.repeatsLast() && s.window != 0 && s.window != forward.window) step.mark(kWindowUpdate);
  if (s.length == 0 || reverse.scale == kScaleUnknown || s.has(kSynFinRst)) return;
  const int shift = reverse.beforeFirstAck || reverse.scale == kScaleUnused ? 0 : reverse.scale;
  const std::uint32_t edge =
      reverse.lastAck + (static_cast<std::uint32_t>(reverse.window) << shift);
  if (s.sequence + s.length == edge) step.mark(kWindowFull);
}

void TcpStreams::judgeRepeats(Step& step) {
  const TcpSegment& s = step.segment;
  Flow& forward = step.forward;
  if (!step.repeatsLast() || s.window != forward.window) return;
  if (s.window == 0) {
    if ((step.reverse.lastMarks & kZeroWindowProbe) != 0) step.mark(kZeroWindowProbeAck);
    return;
  }
  if ((step.reverse.lastMarks & kKeepAlive) != 0) return step.mark(kKeepAliveAck);
  forward.duplicates = forward.duplicates < 0 ? 1 : forward.duplicates + 1;
  step.mark(kDuplicateAck);
  step.sight.duplicateNumber = static_cast<std::uint32_t>(forward.duplicates);
  step.sight.duplicateOf = forward.ackFrame;
}

void TcpStreams::judgeAck(Step& step) {
  const TcpSegment& s = step.segment;
  Flow& reverse = step.reverse;
  if (s.acknowledgment != step.forward.lastAck) {
    step.forward.ackFrame = s.frame;
    step.forward.duplicates = 0;
  }
  if (reverse.highestToAck == 0 || !before(reverse.highestToAck, s.acknowledgment) ||
      !s.has(tcp::kAck))
    return;
  step.sight.analysed = true;
  if (before(reverse.highestToAck, reverse.next)) {
    reverse.highestToAck = reverse.next;
    step.mark(kAckLostSegment);
    return;
  }
  // One remark is enough while the other side only repeats itself.
  if (reverse.duplicates == 0) step.mark(kAckLostSegment);
  reverse.duplicates = -1;
}

void TcpStreams::judgeOrder(Step& step) {
  const TcpSegment& s = step.segment;
  const Flow& forward = step.forward;
  const Flow& reverse = step.reverse;
  if (s.length == 0 && !s.has(kSynFin)) return;
  if (step.marked(kKeepAlive)) return;
  bool repeats = forward.next != 0 && before(s.sequence, forward.next);
  // One byte may have been a probe of a closed window: the segment brings new data.
  if (s.length > 1 && forward.next - 1 == s.sequence) repeats = false;
  if (s.length > 0 && reverse.lastAck != 0 && atMost(s.sequence + s.length, reverse.lastAck))
    return step.mark(kSpuriousRetransmission);
  if (!repeats) return;
  if (reverse.duplicates >= 2 && reverse.lastAck == s.sequence &&
      s.timeNs - reverse.lastAckTimeNs < kFastRetransmitNs)
    return step.mark(kFastRetransmission);
  const std::int64_t patience =
      step.stream.initialRttNs != 0 ? step.stream.initialRttNs : kReorderingNs;
  if (s.timeNs - forward.nextTimeNs < patience &&
      forward.next != s.sequence + s.length + virtualByte(s))
    return step.mark(kOutOfOrder);
  noteRetransmission(step);
}

/// The timer runs for the oldest segment that waits (RFC 6298 5), which need not be this one.
void TcpStreams::noteRetransmission(Step& step) {
  const TcpSegment& s = step.segment;
  const Flow& forward = step.forward;
  step.mark(kRetransmission);
  const bool waits = !forward.unacked.empty();
  step.sight.rtoNs = s.timeNs - (waits ? forward.unacked.front().timeNs : forward.nextTimeNs);
  step.sight.rtoFrame = waits ? forward.unacked.front().frame : forward.nextFrame;
}

void TcpStreams::remember(Step& step) {
  const TcpSegment& s = step.segment;
  Flow& forward = step.forward;
  std::uint32_t next = s.sequence + s.length;
  const bool counts = s.length != 0 || s.has(kSynFin);
  if (counts && forward.unacked.size() < kMaxUnackedOfFlow && m_unacked < kMaxUnacked) {
    next += virtualByte(s);
    forward.unacked.push_back({s.frame, s.sequence, next, s.timeNs});
    ++m_unacked;
  }
  const bool probe = step.marked(kZeroWindowProbe);
  if ((forward.next == 0 || before(forward.next, next)) && !probe) {
    forward.next = next;
    forward.nextFrame = s.frame;
    forward.nextTimeNs = s.timeNs;
  }
  if ((forward.highestToAck == 0 || forward.highestToAck == s.sequence) && !probe)
    forward.highestToAck = forward.next;
  forward.window = s.window;
  forward.lastAck = s.acknowledgment;
  forward.lastAckTimeNs = s.timeNs;
  forward.lastMarks = step.sight.marks;
}

void TcpStreams::dropAcked(Step& step) {
  const TcpSegment& s = step.segment;
  std::vector<Unacked>& waiting = step.reverse.unacked;
  const std::size_t held = waiting.size();
  // The newest first: of copies of a segment the oldest is the one that was answered.
  for (std::size_t i = waiting.size(); i-- > 0;) {
    Unacked& one = waiting[i];
    if (s.acknowledgment == one.next) {
      step.sight.acksFrame = one.frame;
      step.sight.ackRttNs = s.timeNs - one.timeNs;
    } else if (before(one.sequence, s.acknowledgment) && before(s.acknowledgment, one.next)) {
      one.sequence = s.acknowledgment;
    }
  }
  std::erase_if(waiting, [&](const Unacked& one) { return atMost(one.next, s.acknowledgment); });
  m_unacked -= held - waiting.size();
}

void TcpStreams::countInFlight(Step& step) {
  const TcpSegment& s = step.segment;
  Flow& forward = step.forward;
  if (s.length == 0 || forward.unacked.empty() || !forward.inFlightKnown) return;
  std::uint32_t first = UINT32_MAX, last = 0;
  for (const Unacked& waiting : forward.unacked) {
    first = std::min(first, waiting.sequence - forward.base);
    last = std::max(last, waiting.next - forward.base);
  }
  const std::uint32_t inFlight = last - first - step.reverse.sacked;
  constexpr std::uint32_t kImpossible = 2'000'000'000;
  if (inFlight > 0 && inFlight < kImpossible) step.sight.bytesInFlight = inFlight - virtualByte(s);
  const bool pushes = s.has(tcp::kPsh);
  forward.pushBytes = forward.pushedLast ? s.length : forward.pushBytes + s.length;
  forward.pushedLast = pushes;
  step.sight.pushBytesSent = forward.pushBytes;
}

}  // namespace hw::dissect
