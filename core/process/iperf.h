// iperf(1), version 2.1: how much a path carries. One side sends as fast as it can, or at a rate; the other counts.
#pragma once

#include "core/process/program.h"

namespace hw::process {

struct IperfOptions {
  bool server = false;         ///< -s
  bool datagrams = false;      ///< -u
  Ipv4Address target;          ///< -c
  std::uint16_t port = 5001;
  Duration time = seconds(10); ///< -t
  std::uint64_t bytes = 0;     ///< -n; 0: as long as the time says
  Duration interval{};         ///< -i; 0: no reports in between
  std::uint64_t rate = 1 << 20;  ///< -b, bits per second of datagrams
  HW_FIELDS(IperfOptions, server, datagrams, target, port, time, bytes, interval, rate)
};

/// What a receiver makes of numbered datagrams (RFC 3550 6.4.1 and A.8 for the jitter).
struct IperfCount {
  std::uint64_t next = 1;      ///< the number that is due
  std::uint64_t lost = 0;
  std::uint64_t disordered = 0;
  std::int64_t transit = 0;    ///< of the last one, in nanoseconds; the clocks of both ends may differ
  std::int64_t jitter16 = 0;   ///< sixteen times the jitter, in nanoseconds
  HW_FIELDS(IperfCount, next, lost, disordered, transit, jitter16)

  /// A datagram with a number (from 1 on) that was sent at a time and has arrived now.
  void take(std::uint64_t number, Time sent, Time now);
};

/// One stream that is being measured.
struct IperfFlow {
  std::uint32_t number = 1;    ///< as it is printed: [  1]
  SocketId socket;
  socket::Endpoint peer;       ///< of datagrams that a server counts
  Time begun;
  std::uint64_t bytes = 0;
  Time reported;               ///< the begin of the interval that is going on; when datagrams have ended, the time of that
  std::uint64_t bytesThen = 0;
  IperfCount count;
  IperfCount countThen;
  Bytes answer;                ///< datagrams: the report to the sender, once it has ended
  HW_FIELDS(IperfFlow, number, socket, peer, begun, bytes, reported, bytesThen, count, countThen, answer)
};

struct Iperf {
  enum class Phase : std::uint8_t { Fresh, Connecting, Running, Ending };

  IperfOptions options;
  Phase phase = Phase::Fresh;
  SocketId listener;           ///< of a server
  std::vector<IperfFlow> flows;
  std::uint32_t nextNumber = 1;
  Time until = kNever;         ///< the end of a client's writes, or of its wait for an answer
  std::uint64_t sent = 0;      ///< datagrams of a client
  std::uint32_t tries = 0;     ///< of its last datagram
  HW_FIELDS(Iperf, options, phase, listener, flows, nextNumber, until, sent, tries)

  Next step(Context& context);
};

/// A number in four places with a binary (1024) or decimal (1000) unit: " 128 K", "1.10 G", "16.0 ".
std::string iperfNumber(std::uint64_t number, std::uint64_t base);

}  // namespace hw::process
