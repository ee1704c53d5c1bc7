// ping, as iputils 20221126 does it with an unprivileged ICMP or ICMPv6 socket.
#pragma once

#include "core/process/program.h"

namespace hw::process {

/// -R and -T: what the routers on the way shall write into the options of the datagram.
enum class PingOption : std::uint8_t { None, RecordRoute, Times, TimesAndAddresses };

struct PingOptions {
  std::string target;
  Ipv4Address address;
  std::uint64_t count = 0;                ///< -c, 0 for ever
  Duration interval = seconds(1);         ///< -i
  Duration linger = seconds(10);          ///< -W
  Duration deadline{0};                   ///< -w, 0 for none
  std::uint32_t size = 56;                ///< -s
  std::uint8_t ttl = 64;                  ///< -t
  std::uint8_t tos = 0;                   ///< -Q
  socket::PathMtu pathMtu = socket::PathMtu::Want;  ///< -M
  std::optional<Ipv4Address> from;        ///< -I ADDRESS
  std::string device;                     ///< -I DEVICE
  bool broadcast = false;                 ///< -b
  bool quiet = false;                     ///< -q
  PingOption option = PingOption::None;   ///< -R, -T tsonly, -T tsandaddr
  std::optional<Ipv6Address> six;         ///< an IPv6 target; `address` and `from` mean nothing then
  std::optional<Ipv6Address> fromSix;     ///< -I ADDRESS
  std::string zone;                       ///< the interface of a target on the link: fe80::1%eth0
  HW_FIELDS(PingOptions, target, address, count, interval, linger, deadline, size, ttl, tos,
            pathMtu, from, device, broadcast, quiet, option, six, fromSix, zone)
};

struct Ping {
  PingOptions options;
  SocketId socket;
  std::uint64_t sent = 0;
  std::uint64_t received = 0;
  std::uint64_t duplicates = 0;
  std::uint64_t errors = 0;
  std::uint64_t timed = 0;
  std::uint16_t acknowledged = 0;
  std::uint32_t pipe = 0;
  bool confirm = false;          ///< a reply came since the last request
  bool waiting = false;          ///< all is sent, the last answers may come
  Time started;
  Time nextSend;
  Time giveUp = kNever;
  Duration least, most, sum;
  std::uint64_t sumOfSquares = 0;
  Bytes route;                   ///< that the last reply has recorded
  std::vector<std::uint16_t> seen;  ///< sequence numbers that came back, of the last kSeen
  HW_FIELDS(Ping, options, socket, sent, received, duplicates, errors, timed, acknowledged, pipe,
            confirm, waiting, started, nextSend, giveUp, least, most, sum, sumOfSquares, route, seen)

  Next step(Context& context);
};

}  // namespace hw::process
