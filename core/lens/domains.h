// Which cables belong together: collision domains, broadcast domains, subnets. A function of what is configured and plugged in.
#pragma once

#include <string>
#include <vector>

#include "core/base/text.h"
#include "core/sim/world.h"

namespace hw::lens {

/// Collision: what shares a wire, joined by hubs alone. Broadcast: how far a broadcast gets, through hubs and switches, within a
/// VLAN. Subnet: broadcast domains with the IP networks of the addresses in them.
enum class DomainKind : std::uint8_t { Collision, Broadcast, Subnet };

struct Domain {
  std::string name;           ///< "1", "VLAN 10", "192.0.2.0/24"
  std::vector<LinkId> links;  ///< sorted; a trunk is in several broadcast domains
  bool operator==(const Domain&) const = default;
};

/// The domains of a kind, in the order of their first links; cables that are unplugged belong to none. O(links * VLANs).
std::vector<Domain> domainsOf(const World& world, DomainKind kind);
/// "Collision domains"
Text nameOf(DomainKind kind);

}  // namespace hw::lens
