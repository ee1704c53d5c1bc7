// What programs print, as typed records, and the text each makes: exactly what the Linux program
// prints in the same case.
#pragma once

#include <optional>
#include <string>
#include <variant>

#include "core/base/bytes.h"
#include "core/base/hash.h"
#include "core/wire/address.h"

namespace hw::process {

/// A line as it is.
struct Line {
  std::string text;
  HW_FIELDS(Line, text)
};

/// A piece of text that does not end its line.
struct Piece {
  std::string text;
  HW_FIELDS(Piece, text)
};

// iputils ping, version 20221126
struct PingStarted {
  std::string target;
  Ipv4Address address;
  std::optional<Ipv4Address> from;   ///< of -I
  std::string device;
  std::uint32_t size = 0;
  std::uint32_t options = 0;         ///< bytes of IP options
  std::string six;                   ///< an IPv6 target, and its source with -I
  std::string fromSix;
  HW_FIELDS(PingStarted, target, address, from, device, size, options, six, fromSix)
};
struct PingReply {
  std::uint32_t bytes = 0;
  Ipv4Address from;
  std::uint16_t sequence = 0;
  std::uint8_t ttl = 0;
  Duration roundTrip;
  bool timed = true;       ///< the data was long enough to hold a time
  bool duplicate = false;
  Bytes options;           ///< of the reply's IPv4 header
  bool sameRoute = false;  ///< they are those of the reply before
  std::string six;         ///< who replied in IPv6
  HW_FIELDS(PingReply, bytes, from, sequence, ttl, roundTrip, timed, duplicate, options, sameRoute, six)
};
struct PingError {
  Ipv4Address from;
  std::uint16_t sequence = 0;
  std::uint8_t type = 0;
  std::uint8_t code = 0;
  std::uint32_t info = 0;
  std::string six;         ///< who told in IPv6
  HW_FIELDS(PingError, from, sequence, type, code, info, six)
};
struct PingSummary {
  std::string target;
  std::uint64_t transmitted = 0;
  std::uint64_t received = 0;
  std::uint64_t duplicates = 0;
  std::uint64_t errors = 0;
  Duration elapsed;
  Duration least, most, sum;
  std::uint64_t sumOfSquares = 0;   ///< of microseconds
  std::uint64_t timed = 0;          ///< replies that held a time
  std::uint32_t pipe = 0;
  HW_FIELDS(PingSummary, target, transmitted, received, duplicates, errors, elapsed, least, most, sum, sumOfSquares, timed, pipe)
};

// traceroute 2.1
struct TracerouteStarted {
  std::string target;
  Ipv4Address address;
  std::uint32_t hops = 0;
  std::uint32_t size = 0;
  HW_FIELDS(TracerouteStarted, target, address, hops, size)
};
/// One probe's answer, or its silence.
struct TracerouteProbe {
  std::uint32_t hop = 0;
  std::uint32_t probe = 0;     ///< 0 for the first of the hop
  std::uint32_t probes = 1;    ///< per hop
  bool answered = false;
  Ipv4Address from;
  bool sameAsBefore = false;   ///< the address was printed for this hop already
  Duration roundTrip;
  std::string mark;            ///< "!H", "!N", "!X" ...
  HW_FIELDS(TracerouteProbe, hop, probe, probes, answered, from, sameAsBefore, roundTrip, mark)
};

// iputils arping
struct ArpingStarted {
  Ipv4Address target;
  Ipv4Address source;
  std::string device;
  HW_FIELDS(ArpingStarted, target, source, device)
};
struct ArpingReply {
  bool unicast = true;
  bool request = false;        ///< a question, not an answer, told it
  Ipv4Address from;
  MacAddress mac;
  Duration roundTrip;
  HW_FIELDS(ArpingReply, unicast, request, from, mac, roundTrip)
};
struct ArpingSummary {
  std::uint32_t sent = 0;
  std::uint32_t broadcasts = 0;
  std::uint32_t received = 0;
  HW_FIELDS(ArpingSummary, sent, broadcasts, received)
};

using Record = std::variant<Line, Piece, PingStarted, PingReply, PingError, PingSummary, TracerouteStarted,
                            TracerouteProbe, ArpingStarted, ArpingReply, ArpingSummary>;

/// The text of a record; lines end with '\n'. A traceroute line is printed piece by piece.
std::string text(const Record& record);

}  // namespace hw::process
