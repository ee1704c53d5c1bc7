// Inside TCP: a connection in the hands of a handler, and the functions that the files of this room share.
#pragma once

#include "core/proto/tcp/sequence.h"
#include "core/proto/tcp/tcp.h"

namespace hw::tcp {

/// The clock of Linux's timers (CONFIG_HZ=250).
inline constexpr Duration kTick = milliseconds(4);
inline constexpr Duration kDelayLeast = milliseconds(40);    // TCP_DELACK_MIN, TCP_ATO_MIN
inline constexpr Duration kDelayMost = milliseconds(200);    // TCP_DELACK_MAX
inline constexpr Duration kTimeoutMost = seconds(120);       // TCP_RTO_MAX
inline constexpr Duration kTimeoutInitial = seconds(1);      // TCP_TIMEOUT_INIT, RFC 6298 2.1
inline constexpr Duration kTimerLeast = milliseconds(8);     // TCP_TIMEOUT_MIN: two ticks
inline constexpr Duration kTimeWait = seconds(60);           // TCP_TIMEWAIT_LEN
inline constexpr Duration kNonsenseEvery = milliseconds(500);  // tcp_invalid_ratelimit
inline constexpr std::uint32_t kLeastMss = 48;
inline constexpr std::uint32_t kBurstBytes = 65'536;         // GSO_LEGACY_MAX_SIZE
inline constexpr std::uint32_t kChunkMemory = 896;           // of a struct sk_buff with its head
inline constexpr std::uint8_t kManyQuick = 16;               // TCP_MAX_QUICKACKS

struct Hand {
  State& state;
  const Config& config;
  const Env& env;
  Out& out;
  Connection& c;
  bool held = false;

  Hand(Work work, Connection& connection)
      : state(work.state), config(work.config), env(work.env), out(work.out), c(connection), held(work.held) {}
  Work work() { return {state, config, env, out, held}; }
  Time now() const { return env.now; }
  template <class... F> void decide(Rule rule, const F&... facts) { env.decisions.decide(rule, facts...); }
  /// Positions in both streams; the SYN is 0.
  std::uint32_t sentAt(std::uint32_t seq) const { return seq - c.out.initial; }
  std::uint32_t gotAt(std::uint32_t seq) const { return seq - c.in.initial; }
  std::uint64_t peer() const { return endpointFact(c.remote.address, c.remote.port); }
  /// The program that has the socket should look.
  void tell() {
    if (c.socket.valid()) out.news.push_back(c.socket);
  }
};

inline std::uint32_t microsecondsOf(Duration d) { return static_cast<std::uint32_t>(d.ns / 1000); }
/// A timer that is set now fires with a tick of the clock: as Linux counts, from the last tick on.
Time tickAfter(Time now, Duration wait);
/// Our timestamp clock, in milliseconds.
std::uint32_t stampClock(const Hand& h);

// window.cpp: how much may come
std::uint32_t windowOf(std::uint32_t memory, std::uint8_t share);
std::uint32_t freeWindow(const Connection& c);
struct FirstWindow {
  std::uint32_t window = 0;
  std::uint32_t clamp = 0;
  std::uint8_t scale = 0;
};
FirstWindow firstWindow(const Config& config, const Buffers& buffers, std::uint32_t mss, bool scaling);
void beginBuffers(Hand& h);
std::uint32_t chooseWindow(Hand& h);
std::uint16_t announceWindow(Hand& h);
std::uint32_t memoryOf(Hand& h, const Arrived& arrived);
void measureSegment(Hand& h, std::uint32_t size, std::uint32_t memory, bool push);
void growWindow(Hand& h, std::uint32_t size, std::uint32_t memory);
void measureReceiverRoundTrip(Hand& h, const Arrived& arrived);
void adjustBuffer(Hand& h);

// acks.cpp: when to acknowledge
void quickAcks(Hand& h, std::uint8_t most);
void enterQuickAcks(Hand& h);
void dataCameIn(Hand& h, std::uint32_t size, std::uint32_t memory, bool push);
void acknowledgeIfDue(Hand& h);
void acknowledgeAfterRead(Hand& h, bool copied);
void ackTimer(Hand& h);
bool mayAnswerNonsense(Hand& h, const Arrived& arrived);
void challenge(Hand& h);

// segments.cpp: segments leave
void transmit(Hand& h, std::uint32_t sequence, std::uint16_t flags, Bytes payload);
void transmitChunk(Hand& h, Chunk& chunk);
void sendAck(Hand& h);
void sendSyn(Hand& h);
void sendReset(Hand& h);
void answerWithReset(Work work, const Arrived& arrived);
Options currentOptions(Hand& h);
std::uint32_t sackSize(const Connection& c);

// input.cpp
void release(Work work, std::uint32_t id);

// data_in.cpp
void takeData(Hand& h, const Arrived& arrived);

// data_out.cpp
enum class Nagle : std::uint8_t { Normal, Push };
enum class Burst : std::uint8_t { All, One, Probe };
void setMtu(Hand& h, std::uint32_t mtu);
void growSendBuffer(Hand& h);
bool sendWhatMay(Hand& h, Nagle nagle, Burst burst);
void pushPending(Hand& h, Nagle nagle);
void queueFin(Hand& h);
Chunk splitChunk(Hand& h, Chunk& chunk, std::uint32_t bytes);
std::uint32_t packetsOf(const Chunk& chunk, std::uint32_t mss);
bool probeWindow(Hand& h);

// ack_in.cpp
/// False: the segment is not to be looked at any further.
bool takeAck(Hand& h, const Arrived& arrived);

// loss.cpp
struct AckNews {
  bool advanced = false;         ///< SND.UNA
  bool dataAcked = false;
  bool againAcked = false;       ///< something that was retransmitted
  bool sacked = false;
  bool duplicateSack = false;
  bool lostAgain = false;        ///< a retransmission was lost
  bool windowUpdate = false;
  bool hasData = false;
  bool setTimer = false;
  bool originalSacked = false;   ///< never retransmitted, and it came
  std::uint32_t deliveredBefore = 0;
  std::uint32_t lostBefore = 0;
  std::uint32_t unackedBefore = 0;
  std::uint32_t flightBefore = 0;
  std::uint32_t echo = 0;        ///< of our timestamp
  std::int64_t sackRoundTrip = -1;  ///< microseconds
  std::int64_t roundTrip = -1;
  std::int64_t roundTripOfLast = -1;
};
enum class Resend : std::uint8_t { None, Lost, New };
void tagSacked(Hand& h, const Arrived& arrived, AckNews& news);
Resend handleDoubt(Hand& h, AckNews& news);
void rackAdvance(Hand& h, const Chunk& chunk);
void rackUpdateSteps(Hand& h, AckNews& news);
void markLost(Hand& h, Chunk& chunk);
void resendLost(Hand& h);
bool resendChunk(Hand& h, Chunk& chunk, std::uint32_t packets);
void enterLoss(Hand& h);
void sendTailProbe(Hand& h);
void tailProbeAnswered(Hand& h, const Arrived& arrived, const AckNews& news);
bool scheduleTailProbe(Hand& h, bool advancing);
void reorderingTimer(Hand& h);
bool isDubious(const Hand& h, const AckNews& news);

// congestion.cpp
void beginCongestion(Hand& h);
void controlCongestion(Hand& h, const AckNews& news);
void checkWindowUse(Hand& h, bool windowIsLimit);
void afterIdle(Hand& h);
std::uint32_t thresholdAfterLoss(Hand& h);
void beginReduction(Hand& h);
void endReduction(Hand& h);
void updateRate(Hand& h);
void cubicLoss(Hand& h);

// timers.cpp
void measureRoundTrip(Hand& h, std::uint32_t microseconds);
void setTimeout(Hand& h);
void setRetransmit(Hand& h, Wait wait, Duration after);
void stopRetransmit(Hand& h);
void rearmTimeout(Hand& h);
void setProbeTimer(Hand& h);
void keepAliveAfter(Hand& h, Duration wait);

// life.cpp: connections begin and end
Connection& addConnection(Work work, const Endpoint& local, const Endpoint& remote);
void removeConnection(Work work, std::uint32_t id);
void enter(Hand& h, Phase phase);
void establish(Hand& h);
void beginTimeWait(Hand& h);
void endWith(Hand& h, Problem problem);
void finishClose(Hand& h);
/// Lowers the bound of the next deadline to what the connection waits for.
void noteDeadline(State& state, const Connection& c);

// handshake.cpp
void receiveAtListener(Work work, Listener& listener, const Arrived& arrived);
void receiveInSynSent(Hand& h, const Arrived& arrived);
void expireRequests(Work work, Listener& listener);

}  // namespace hw::tcp
