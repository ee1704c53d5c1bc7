// The control block of a connection (RFC 9293 3.3.1), in parts: what comes in, what goes out, what was measured.
// Windows are bytes; sequence numbers are those on the wire; `packets` are segments of full size.
#pragma once

#include <vector>

#include "core/base/id.h"
#include "core/base/time.h"
#include "core/journal/decisions.h"
#include "core/proto/tcp/options.h"
#include "core/proto/tcp/tcp_wire.h"
#include "core/wire/address.h"

namespace hw::tcp {

struct Endpoint {
  Ipv4Address address;
  std::uint16_t port = 0;
  HW_FIELDS(Endpoint, address, port)
  constexpr auto operator<=>(const Endpoint&) const = default;
};

/// A segment that has come in; its checksum is right.
struct Arrived {
  Endpoint local;
  Endpoint remote;
  Header header;
  Options options;
  Bytes payload;
  std::uint32_t mtu = 1500;      ///< of the way back, for a new connection
  HW_FIELDS(Arrived, local, remote, header, options, payload, mtu)

  std::uint32_t sequence() const { return header.sequence; }
  std::uint32_t end() const {
    return header.sequence + payload.size() + (header.has(kSyn) ? 1u : 0u) + (header.has(kFin) ? 1u : 0u);
  }
};

/// RFC 9293 3.3.2. LISTEN is a Listener, and a connection that is half open there is a Request.
enum class Phase : std::uint8_t { Closed, SynSent, SynReceived, Established, FinWait1, FinWait2, CloseWait, Closing, LastAck, TimeWait };
/// "ESTAB", as ss(8) writes it.
std::string_view name(Phase phase);

/// Bytes of the stream as they stand in a queue. What Linux calls a socket buffer.
struct Chunk {
  std::uint32_t sequence = 0;
  std::uint32_t end = 0;         ///< behind the data and a FIN
  Bytes data;
  bool push = false;
  bool fin = false;
  bool sacked = false;
  bool lost = false;
  bool again = false;            ///< its last copy is a retransmission, not yet answered
  bool everAgain = false;        ///< an ACK of it measures nothing (Karn)
  std::uint32_t packets = 1;
  Time sent;
  std::uint32_t deliveredThen = 0;
  HW_FIELDS(Chunk, sequence, end, data, push, fin, sacked, lost, again, everAgain, packets, sent, deliveredThen)
};

/// Bytes that came in; `cost` is the memory that they take.
struct Received {
  std::uint32_t sequence = 0;
  Bytes data;
  std::uint32_t cost = 0;
  bool fin = false;
  HW_FIELDS(Received, sequence, data, cost, fin)
  std::uint32_t end() const { return sequence + data.size() + (fin ? 1 : 0); }
};

/// When to acknowledge (RFC 9293 3.8.6.3, as Linux does it).
struct AckClock {
  bool scheduled = false;
  bool now = false;              ///< a one-time immediate ACK
  bool pushed = false;           ///< a small segment has come
  bool pushedTwice = false;
  bool noRoom = false;           ///< bytes were dropped: announce a closed window
  std::uint8_t quick = 0;        ///< so many ACKs leave at once
  std::uint8_t replies = 0;      ///< data that was sent as an answer: then ACKs ride on data
  Duration wait{};               ///< the delay, adapted to the time between segments; 0: no data yet
  Time lastData;                 ///< when data came in
  Time deadline = kNever;
  Time limitedUntil;             ///< no answer to nonsense before
  HW_FIELDS(AckClock, scheduled, now, pushed, pushedTwice, noRoom, quick, replies, wait, lastData, deadline, limitedUntil)
};

struct Receiver {
  std::uint32_t initial = 0;
  std::uint32_t next = 0;        ///< RCV.NXT
  std::uint32_t copied = 0;      ///< what the program has read
  std::uint32_t windowAt = 0;    ///< RCV.NXT when the window was announced
  std::uint32_t window = 0;      ///< as announced
  std::uint32_t clamp = 0;       ///< the most that is ever announced
  std::uint32_t threshold = 0;   ///< grows with what arrives
  std::uint32_t buffer = 0;      ///< memory
  std::uint32_t used = 0;        ///< memory
  bool bufferFixed = false;      ///< SO_RCVBUF
  std::uint8_t scale = 0;
  std::uint8_t share = 128;      ///< of 256 bytes of memory so many hold data
  std::uint32_t announcedMss = 0;
  std::uint32_t mss = 0;         ///< of the segments that come in
  std::uint32_t lastSize = 0;
  bool ended = false;            ///< FIN
  bool closed = false;           ///< the program reads no more
  std::vector<Received> queue;
  std::vector<Received> early;   ///< out of order, sorted
  std::vector<SackBlock> blocks; ///< the newest first
  std::vector<SackBlock> twice;  ///< at most one: to be told as D-SACK
  HW_FIELDS(Receiver, initial, next, copied, windowAt, window, clamp, threshold, buffer, used, bufferFixed, scale, share,
            announcedMss, mss, lastSize, ended, closed, queue, early, blocks, twice)

  /// What is left of the announced window.
  std::uint32_t windowLeft() const {
    const auto left = static_cast<std::int32_t>(windowAt + window - next);
    return left < 0 ? 0 : static_cast<std::uint32_t>(left);
  }
};

/// How the receive buffer finds its size (Linux tcp_rcv_space_adjust), and what tells whole bursts from single segments.
struct Arrivals {
  std::uint32_t roundTrip = 0;   ///< microseconds, as the receiver sees it
  std::uint32_t lastEcho = 0;
  Time since;
  std::uint32_t from = 0;        ///< read up to there at that time
  std::uint32_t space = 0;
  bool inBurst = false;          ///< the last segment was not the end of a burst
  std::uint32_t burstEnd = 0;
  Time burstAt;
  HW_FIELDS(Arrivals, roundTrip, lastEcho, since, from, space, inBurst, burstEnd, burstAt)
};

struct Sender {
  std::uint32_t initial = 0;
  std::uint32_t unacked = 0;     ///< SND.UNA
  std::uint32_t next = 0;        ///< SND.NXT
  std::uint32_t written = 0;     ///< behind the last byte of the program
  std::uint32_t window = 0;      ///< SND.WND
  std::uint32_t maxWindow = 0;
  std::uint32_t windowBy = 0;    ///< SND.WL1
  std::uint32_t pushed = 0;
  std::uint32_t small = 0;       ///< behind the last segment that was not full (Minshall)
  std::uint8_t scale = 0;
  std::uint32_t peerMss = 536;
  std::uint32_t wantedMss = 0;   ///< TCP_MAXSEG
  std::uint32_t mss = 536;       ///< data in a segment
  std::uint32_t mtu = 0;
  std::uint32_t buffer = 0;
  std::uint32_t used = 0;
  bool bufferFixed = false;      ///< SO_SNDBUF
  bool wantsSpace = false;
  bool closed = false;           ///< a FIN stands at the end of the stream
  Time lastSent;
  std::vector<Chunk> unsent;
  std::vector<Chunk> flight;
  HW_FIELDS(Sender, initial, unacked, next, written, window, maxWindow, windowBy, pushed, small, scale, peerMss, wantedMss, mss,
            mtu, buffer, used, bufferFixed, wantsSpace, closed, lastSent, unsent, flight)

  std::uint32_t windowEnd() const { return unacked + window; }
};

/// Round trip and timeout (RFC 6298 as Linux has it), in microseconds.
struct RoundTrip {
  std::uint32_t smoothed8 = 0;   ///< eight times the smoothed round trip
  std::uint32_t deviation4 = 0;  ///< four times the mean deviation
  std::uint32_t deviationMost = 0;
  std::uint32_t variance = 0;
  std::uint32_t until = 0;       ///< the sequence number that ends this round
  std::uint32_t least = UINT32_MAX;
  Duration timeout = seconds(1);
  std::uint8_t backoff = 0;
  HW_FIELDS(RoundTrip, smoothed8, deviation4, deviationMost, variance, until, least, timeout, backoff)
};

/// Linux tcp_ca_state.
enum class Mood : std::uint8_t { Open, Disorder, Reducing, Recovery, Loss };

/// Which segments are where, and how many may be (RFC 5681, 6675, 6937, 8985).
struct Congestion {
  Mood mood = Mood::Open;
  std::uint32_t window = 10;     ///< packets
  std::uint32_t count = 0;       ///< acknowledged since the last growth
  std::uint32_t threshold = INT32_MAX;
  std::uint32_t before = 0;      ///< the window when the loss was noticed
  std::uint32_t thresholdBefore = 0;
  std::uint32_t high = 0;        ///< SND.NXT at that time
  std::uint32_t undoFrom = 0;    ///< SND.UNA at that time; 0: nothing to undo
  std::int32_t undoLeft = 0;     ///< retransmissions not yet told to be needless
  std::uint32_t firstAgain = 0;  ///< our clock at the first retransmission; 0: none
  std::uint32_t packets = 0;     ///< sent and not acknowledged
  std::uint32_t sacked = 0;
  std::uint32_t lost = 0;
  std::uint32_t again = 0;
  std::uint32_t delivered = 0;
  std::uint32_t sentInReduction = 0;
  std::uint32_t deliveredInReduction = 0;
  std::uint32_t reordering = 3;
  bool reordered = false;
  std::uint32_t duplicates = 0;  ///< ACKs, without SACK
  std::uint32_t mostInRound = 0;
  std::uint32_t roundEnd = 0;
  bool windowIsLimit = false;
  std::uint32_t used = 0;        ///< of the window while it was no limit
  Time checked;
  std::uint64_t rate = 0;        ///< bytes per second that Linux would pace at; 0: not known
  HW_FIELDS(Congestion, mood, window, count, threshold, before, thresholdBefore, high, undoFrom, undoLeft, firstAgain, packets, sacked,
            lost, again, delivered, sentInReduction, deliveredInReduction, reordering, reordered, duplicates, mostInRound, roundEnd,
            windowIsLimit, used, checked, rate)

  std::uint32_t inFlight() const { return packets - (sacked + lost) + again; }
};

/// RFC 8985: the most recently sent segment that has arrived.
struct Rack {
  Time sent;
  std::uint32_t end = 0;
  std::uint32_t roundTrip = 0;   ///< microseconds
  std::uint8_t steps = 1;        ///< of the time in which reordering is waited for
  bool advanced = false;
  bool sackedTwice = false;
  std::uint32_t roundDelivered = 0;
  std::uint32_t probed = 0;      ///< SND.NXT at the tail loss probe; 0: none is under way
  bool probeWasRepeat = false;
  HW_FIELDS(Rack, sent, end, roundTrip, steps, advanced, sackedTwice, roundDelivered, probed, probeWasRepeat)
};

/// RFC 9438.
struct Cubic {
  std::uint32_t lastMost = 0;
  std::uint32_t lastWindow = 0;
  std::uint32_t origin = 0;
  std::uint32_t toOrigin = 0;    ///< 1/1024 s
  std::uint32_t every = 0;       ///< packets acknowledged per growth
  std::uint32_t acked = 0;
  std::uint32_t renoWindow = 0;
  std::uint32_t least = 0;       ///< microseconds
  Time epoch = kNever;
  Time lastTime;
  // HyStart: leaves slow start before the first loss
  std::uint32_t roundEnd = 0;
  std::uint32_t samples = 0;
  std::uint32_t current = UINT32_MAX;
  bool found = false;
  Time roundStart;
  Time lastAck;
  HW_FIELDS(Cubic, lastMost, lastWindow, origin, toOrigin, every, acked, renoWindow, least, epoch, lastTime, roundEnd, samples, current,
            found, roundStart, lastAck)
};

/// What the retransmission timer waits for.
enum class Wait : std::uint8_t { None, Timeout, TailProbe, Reordering, WindowProbe };

/// What waits while a program is inside a call that sends (Linux's backlog).
struct Held {
  Time until = kNever;           ///< never: nobody holds it
  std::vector<Arrived> segments;
  std::uint32_t mtu = 0;         ///< the path was found to be narrower; 0: not
  bool ack = false;              ///< an ACK is due when it is let go
  HW_FIELDS(Held, until, segments, mtu, ack)
};

struct Timers {
  Wait wait = Wait::None;
  Time retransmit = kNever;
  std::uint32_t attempts = 0;    ///< timeouts in a row
  std::uint32_t probes = 0;
  Time keepAlive = kNever;       ///< also FIN-WAIT-2 of an orphan, and TIME-WAIT
  Time heard;
  Time firstTimeout;
  HW_FIELDS(Timers, wait, retransmit, attempts, probes, keepAlive, heard, firstTimeout)
};

/// What a program may set.
struct Choices {
  bool noDelay = false;          ///< TCP_NODELAY
  bool keepAlive = false;        ///< SO_KEEPALIVE
  std::uint8_t ttl = 64;
  std::uint8_t tos = 0;
  std::uint32_t mark = 0;
  InterfaceId device;
  HW_FIELDS(Choices, noDelay, keepAlive, ttl, tos, mark, device)
};

/// What became of a connection that is over.
enum class Problem : std::uint8_t { None, Refused, Reset, TimedOut, BrokenPipe, HostUnreachable, NetUnreachable, Unreachable, NoProtocol };

struct Connection {
  std::uint32_t id = 0;
  Endpoint local;
  Endpoint remote;
  Phase phase = Phase::Closed;
  SocketId socket;               ///< none: an orphan, or not yet accepted
  std::uint32_t listener = 0;    ///< that it waits at
  bool orphan = false;
  bool minimal = false;          ///< what Linux keeps of it is no socket: its segments have no identification
  std::uint16_t identification = 0;
  bool stamps = false;
  bool sack = false;
  std::uint32_t clockOffset = 0;
  std::uint32_t recentStamp = 0; ///< TS.Recent
  Time recentAt;
  Problem problem = Problem::None;  ///< SO_ERROR
  Problem soft = Problem::None;
  Choices choices;
  AckClock ack;
  Receiver in;
  Arrivals arrivals;
  Sender out;
  RoundTrip roundTrip;
  Congestion congestion;
  Rack rack;
  Boxed<Cubic> cubic;
  Timers timers;
  Held held;
  WrittenBy by;
  HW_FIELDS(Connection, id, local, remote, phase, socket, listener, orphan, minimal, identification, stamps, sack, clockOffset,
            recentStamp, recentAt, problem, soft, choices, ack, in, arrivals, out, roundTrip, congestion, rack, cubic, timers, held, by)

  std::uint32_t headerSize() const { return 20 + (stamps ? kTimestampsSize : 0); }
  Time deadline() const;
};

}  // namespace hw::tcp
