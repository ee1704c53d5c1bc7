// What is derived when a device's configuration or its carriers change, so that a hop does not walk
// a chain of ifs: the receive path of each interface, the forwarding table, the own addresses.
// Outside ==, hash and copy.
#pragma once

#include <vector>

#include "core/device/config.h"
#include "core/proto/netfilter/netfilter.h"
#include "core/proto/route/route.h"

namespace hw {

/// What happens to a frame that comes in.
enum class ReceivePath : std::uint8_t { Down, Repeat, BridgePort, Stack };

struct InterfacePlan {
  ReceivePath path = ReceivePath::Down;
  bool running = false;  ///< up and with a carrier
  InterfaceId bridge;    ///< of a bridge port
  bool wire = true;      ///< a cable is plugged in there, or could be
};

/// Where frames with a tag go.
struct VlanPlan {
  InterfaceId parent;
  std::uint16_t id = 0;
  std::uint16_t type = 0;
  InterfaceId port;
};

struct OwnAddress {
  Ipv4Address address;
  InterfaceId port;
};

struct Plan {
  std::vector<InterfacePlan> interfaces;
  std::vector<VlanPlan> vlans;  ///< of sub-interfaces that are up
  std::vector<InterfaceId> tunnels;  ///< VXLAN interfaces that are up
  std::vector<InterfaceId> ipTunnels;  ///< GRE and IP in IP interfaces that are up
  route::Fib fib;
  netfilter::Plan filter;
  std::vector<OwnAddress> own;  ///< sorted by address
  std::vector<ipv6::Route> routesSix;  ///< in the order of `ip -6 route`
  bool listens = false;         ///< somebody is at home: an interface besides lo has an address

  bool isOwn(Ipv4Address address) const;
};

/// plan(config, carrier): the kernel's own routes (connected, local, broadcast) and the configured
/// ones whose interface is up.
Plan makePlan(const DeviceConfig& config, const std::vector<bool>& carrier);

}  // namespace hw
