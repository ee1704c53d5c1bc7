// Networks drawn at random: subnets of switches in rings (with the spanning tree), hubs, routers between them, routes computed.
#pragma once

#include <string>
#include <vector>

#include "tests/core/sim/networks.h"

namespace hw::test {

struct RandomNetwork {
  World world;
  std::vector<std::string> hosts;
  std::vector<std::string> routers;
  std::vector<std::string> bridges;
  std::vector<Ipv4Address> addresses;  ///< of hosts and routers
  std::vector<LinkId> trunks;          ///< between switches: what a loop would need
};

/// The network of a seed: 1 to 4 subnets with 1 to 4 switches and 1 to 3 hosts each.
RandomNetwork randomNetwork(std::uint64_t seed);

/// A moment's work for a network: a program that sends, or a fault (a cable cut or repaired, lossy or slow, an interface down,
/// another bridge priority, a device gone).
Input randomTraffic(RandomStream& random, const RandomNetwork& network, const World& world);
Input randomFault(RandomStream& random, const RandomNetwork& network, const World& world);

}  // namespace hw::test
