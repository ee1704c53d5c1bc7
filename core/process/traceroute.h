// traceroute 2.1: a probe for every time to live, by UDP or by ICMP echo, until the target answers.
#pragma once

#include "core/process/program.h"

namespace hw::process {

struct TracerouteOptions {
  std::string target;
  Ipv4Address address;
  bool icmp = false;                ///< -I
  std::uint32_t probes = 3;         ///< -q
  std::uint32_t hops = 30;          ///< -m
  std::uint32_t first = 1;          ///< -f
  std::uint16_t port = 33434;       ///< -p
  Duration wait = seconds(5);       ///< -w
  std::uint32_t size = 60;          ///< packet length
  HW_FIELDS(TracerouteOptions, target, address, icmp, probes, hops, first, port, wait, size)
};

struct Traceroute {
  TracerouteOptions options;
  SocketId socket;
  std::uint32_t sent = 0;           ///< probes so far
  bool reached = false;
  bool started = false;
  Time probeSent;
  Ipv4Address lastFrom;             ///< printed last for this hop
  HW_FIELDS(Traceroute, options, socket, sent, reached, started, probeSent, lastFrom)

  Next step(Context& context);
};

}  // namespace hw::process
