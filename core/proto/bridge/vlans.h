// Which VLANs the ports of a bridge take part in: access and trunk ports, native VLAN, VLANs by address.
//
// Read first: IEEE 802.1Q-2018 6.9 (ingress), 8.6 (the member set), 8.8.2; for the rules by MAC and subnet 6.12.
#pragma once

#include <optional>
#include <vector>

#include "core/journal/env.h"
#include "core/wire/address.h"

namespace hw::bridge {

/// 0 and 4095 are reserved (IEEE 802.1Q table 9-2).
inline constexpr std::uint16_t kFirstVlan = 1, kLastVlan = 4094;

struct VlanMember {
  std::uint16_t id = 1;
  bool untagged = false;  ///< frames leave without their tag
  HW_FIELDS(VlanMember, id, untagged)
};
/// Frames without a tag from this address belong to that VLAN.
struct MacVlan {
  MacAddress mac;
  std::uint16_t id = 1;
  HW_FIELDS(MacVlan, mac, id)
};
struct SubnetVlan {
  Ipv4Prefix subnet;
  std::uint16_t id = 1;
  HW_FIELDS(SubnetVlan, subnet, id)
};

/// A port; or the bridge's own interface: what its device takes part in.
struct PortVlans {
  InterfaceId port;
  std::uint16_t pvid = 0;           ///< of frames without a tag; 0: they may not come in
  std::vector<VlanMember> members;  ///< sorted by id
  std::vector<MacVlan> byMac;       ///< asked first, then the subnets, then pvid
  std::vector<SubnetVlan> bySubnet;
  HW_FIELDS(PortVlans, port, pvid, members, byMac, bySubnet)

  const VlanMember* find(std::uint16_t id) const;
  void add(VlanMember member);
  bool remove(std::uint16_t id);
};

struct Vlans {
  bool filtering = false;            ///< off: tags are not looked at
  std::uint16_t fallback = 1;        ///< of ports of which nothing is said (Linux vlan_default_pvid); 0: none
  std::vector<PortVlans> ports;
  HW_FIELDS(Vlans, filtering, fallback, ports)

  /// Whether a port takes part in a VLAN; whether frames of it leave there without their tag.
  bool has(InterfaceId port, std::uint16_t id) const;
  bool untags(InterfaceId port, std::uint16_t id) const;
  /// What is said of a port, or what holds if nothing is.
  PortVlans of(InterfaceId port) const;
  /// To be changed: what holds is written down first.
  PortVlans& change(InterfaceId port);

 private:
  const PortVlans* said(InterfaceId port) const;
};

/// A frame that comes in at a port.
struct Arrival {
  std::optional<std::uint16_t> tag;  ///< none also for a tag that gives a priority only
  MacAddress source;
  std::optional<Ipv4Address> sender; ///< of IPv4 and ARP
};
/// The VLAN that a frame belongs to, or nothing: then it may not come in.
std::optional<std::uint16_t> admit(const Vlans& vlans, const Env& env, InterfaceId in, const Arrival& frame);

}  // namespace hw::bridge
