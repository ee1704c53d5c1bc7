// What is configured of IPv6. A device has it only if it or an interface asks: by an address, or by the knob disable_ipv6.
#pragma once

#include <algorithm>
#include <vector>

#include "core/base/hash.h"
#include "core/proto/icmp6/icmp6.h"
#include "core/proto/ipv6/ipv6.h"
#include "core/proto/ipv6/routes.h"
#include "core/proto/mld/mld.h"
#include "core/proto/nd/addresses.h"
#include "core/proto/nd/nd.h"

namespace hw {

struct Ipv6Own {
  Ipv6Prefix prefix;
  bool check = true;  ///< whether the link is asked first; `nodad` says no
  HW_FIELDS(Ipv6Own, prefix, check)
};

/// Of an interface that speaks IPv6. Its link-local address follows from its MAC address.
struct Ipv6Interface {
  std::vector<Ipv6Own> addresses;
  HW_FIELDS(Ipv6Interface, addresses)
};

struct StaticNeighbour6 {
  InterfaceId port;
  Ipv6Address address;
  MacAddress mac;
  HW_FIELDS(StaticNeighbour6, port, address, mac)
};

/// Of a device of which an interface speaks IPv6.
struct Ipv6Device {
  bool forwarding = false;        ///< net.ipv6.conf.all.forwarding
  bool fresh = false;             ///< net.ipv6.conf.default.disable_ipv6 = 0: interfaces to come speak it
  std::uint8_t hopLimit = 64;     ///< net.ipv6.conf.all.hop_limit
  std::vector<ipv6::Route> routes;
  std::vector<StaticNeighbour6> neighbours;
  HW_FIELDS(Ipv6Device, forwarding, fresh, hopLimit, routes, neighbours)
};

/// What a device has learned of IPv6.
struct Ipv6State {
  nd::Addresses addresses;
  nd::State neighbours;
  mld::State groups;
  ipv6::Reassembly reassembly;
  ipv6::PathMtus pathMtus;
  icmp6::Limiter limiter;
  HW_FIELDS(Ipv6State, addresses, neighbours, groups, reassembly, pathMtus, limiter)

  Time nextDeadline() const {
    return std::min({addresses.nextDeadline, neighbours.nextDeadline, groups.nextDeadline, reassembly.nextDeadline});
  }
};

}  // namespace hw
