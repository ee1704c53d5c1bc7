// The connections of a capture and what the order of their segments tells: round trips, losses,
// windows. The judgements are those of Wireshark (its User's Guide, 7.5 "TCP Analysis"), so that
// the same words mean the same.
#pragma once

#include <cstdint>
#include <map>
#include <vector>

#include "core/dissect/conversation.h"

namespace hw::dissect {

/// One segment, as far as the analysis needs it.
struct TcpSegment {
  Endpoint from;
  Endpoint to;
  std::uint32_t sequence = 0;
  std::uint32_t acknowledgment = 0;
  std::uint32_t length = 0;  ///< of the data
  std::uint16_t flags = 0;
  std::uint16_t window = 0;  ///< as on the wire
  int windowShift = -1;      ///< of the option, -1 if there is none
  std::uint32_t sacked = 0;  ///< bytes in the blocks of the SACK option
  std::uint32_t frame = 0;
  std::int64_t timeNs = 0;

  bool has(std::uint16_t any) const { return (flags & any) != 0; }
};

/// What is remarkable about a segment; bits of TcpSight::marks.
enum TcpMark : std::uint32_t {
  kRetransmission = 1u << 0,
  kFastRetransmission = 1u << 1,
  kSpuriousRetransmission = 1u << 2,
  kOutOfOrder = 1u << 3,
  kReusedPorts = 1u << 4,
  kLostSegment = 1u << 5,
  kAckLostSegment = 1u << 6,
  kWindowUpdate = 1u << 7,
  kWindowFull = 1u << 8,
  kKeepAlive = 1u << 9,
  kKeepAliveAck = 1u << 10,
  kDuplicateAck = 1u << 11,
  kZeroWindowProbe = 1u << 12,
  kZeroWindow = 1u << 13,
  kZeroWindowProbeAck = 1u << 14
};

/// Window scaling of one direction.
inline constexpr int kScaleUnknown = -1;
inline constexpr int kScaleUnused = -2;

/// A segment in the light of its connection.
struct TcpSight {
  bool known = false;  ///< false: there are too many connections to remember this one
  std::uint32_t stream = 0;
  std::uint32_t completeness = 0;  ///< before this segment
  std::uint32_t sequenceBase = 0;  ///< taken off sequence numbers for people
  std::uint32_t ackBase = 0;
  int windowScale = kScaleUnknown;
  std::int64_t sinceFirstNs = 0;
  std::int64_t sincePreviousNs = 0;
  bool closesFirst = false;  ///< of two FINs, this side's came first
  bool analysed = false;     ///< anything below was found
  std::uint32_t marks = 0;
  std::uint32_t acksFrame = 0;
  std::int64_t ackRttNs = 0;
  std::int64_t initialRttNs = 0;
  std::uint32_t bytesInFlight = 0;
  std::uint32_t pushBytesSent = 0;
  std::int64_t rtoNs = 0;
  std::uint32_t rtoFrame = 0;
  std::uint32_t duplicateNumber = 0;
  std::uint32_t duplicateOf = 0;
};

class TcpStreams {
 public:
  static constexpr std::size_t kMaxStreams = 32768;
  /// Segments that wait for their acknowledgment, of one direction and of all.
  static constexpr std::size_t kMaxUnackedOfFlow = 10000;
  static constexpr std::size_t kMaxUnacked = 65536;

  TcpSight see(const TcpSegment& segment);
  /// A segment that an ICMP error quotes: its stream, without judgement.
  TcpSight quote(const TcpSegment& segment);

 private:
  struct Unacked {
    std::uint32_t frame = 0;
    std::uint32_t sequence = 0;
    std::uint32_t next = 0;
    std::int64_t timeNs = 0;
  };
  /// One direction of a connection.
  struct Flow {
    bool baseKnown = false;
    std::uint32_t base = 0;
    int scale = kScaleUnknown;
    std::uint16_t window = 0;
    bool beforeFirstAck = false;
    bool inFlightKnown = true;
    bool closesFirst = false;
    bool pushedLast = false;
    std::uint32_t pushBytes = 0;
    std::uint32_t sacked = 0;
    std::uint32_t lastMarks = 0;
    std::uint32_t next = 0;  ///< the highest number seen, 0: none
    std::uint32_t nextFrame = 0;
    std::int64_t nextTimeNs = 0;
    std::uint32_t highestToAck = 0;
    std::uint32_t lastAck = 0;
    std::int64_t lastAckTimeNs = 0;
    std::uint32_t ackFrame = 0;  ///< the first frame with this acknowledgment
    int duplicates = 0;
    std::vector<Unacked> unacked;  ///< the newest last
  };
  struct Stream {
    std::uint32_t index = 0;
    std::uint32_t completeness = 0;
    std::int64_t firstNs = 0;
    std::int64_t previousNs = 0;
    std::int64_t synNs = 0;
    std::int64_t initialRttNs = 0;
    Flow flows[2];
  };
  struct Step;

  Stream* find(const TcpSegment& segment, bool& fresh);
  TcpSight look(Stream& stream, const TcpSegment& segment, int direction) const;
  static void setBases(const TcpSegment& segment, Flow& forward, Flow& reverse);
  static void complete(Stream& stream, const TcpSegment& segment, bool fresh);
  static void verifyScale(const TcpSegment& segment, Flow& forward, Flow& reverse);
  void analyse(Step& step);
  static void judgeWindow(Step& step);
  static void judgeRepeats(Step& step);
  static void judgeAck(Step& step);
  static void judgeOrder(Step& step);
  static void noteRetransmission(Step& step);
  void remember(Step& step);
  void dropAcked(Step& step);
  static void countInFlight(Step& step);

  std::map<Conversation, Stream> m_streams;
  std::uint32_t m_count = 0;
  std::size_t m_unacked = 0;
};

}  // namespace hw::dissect
