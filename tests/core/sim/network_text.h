// A topology as text, so that a test reads like a drawing:
//
//   host h1 eth0 192.0.2.1/24
//   router r1 eth0 192.0.2.254/24 eth1 198.51.100.254/24
//   bridge sw            (or: bridge sw ageing 20s)
//   hub hub1
//   link h1:eth0 sw:p1 rate 10M delay 1ms loss 1000 queue 3000 veth
//   route h1 default via 192.0.2.254 metric 10
//   route r1 203.0.113.0/24 blackhole
//   mtu r1:eth1 600
#pragma once

#include "tests/core/sim/networks.h"

namespace hw::test {

/// The network that the lines describe. A word that is not understood fails a check.
Builder network(std::string_view text);

/// Two hosts with a router between them, the network that most tests of IP want.
inline constexpr const char* kRouted = R"(
  host h1 eth0 192.0.2.1/24
  router r1 eth0 192.0.2.254/24 eth1 198.51.100.254/24
  host h2 eth0 198.51.100.1/24
  link h1:eth0 r1:eth0
  link r1:eth1 h2:eth0
  route h1 default via 192.0.2.254
  route h2 default via 198.51.100.254)";

/// "20s", "1ms", "5us", "7ns".
Duration duration(std::string_view text);

}  // namespace hw::test
