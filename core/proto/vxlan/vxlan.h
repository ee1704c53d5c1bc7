// A VXLAN tunnel endpoint's table: behind which other endpoint a MAC address is.
//
// Read first: RFC 7348 4.1 (unicast), 4.2 (broadcast and unknown).
#pragma once

#include <optional>
#include <vector>

#include "core/base/hash.h"
#include "core/journal/env.h"
#include "core/proto/vxlan/vxlan_rules.h"
#include "core/proto/vxlan/vxlan_wire.h"
#include "core/wire/frame.h"

namespace hw::vxlan {

/// What a frame grows by: Ethernet, IPv4, UDP and VXLAN headers.
inline constexpr std::uint32_t kOverhead = 14 + 20 + 8 + 8;  // the MTU of the way less this is what fits inside
inline constexpr std::size_t kMaxEntries = 65536;

/// An endpoint that somebody entered by hand.
struct FixedEntry {
  MacAddress mac;
  Ipv4Address remote;
  HW_FIELDS(FixedEntry, mac, remote)
};

struct Config {
  std::uint32_t vni = 1;              ///< 24 bits
  Ipv4Address local;                  ///< 0.0.0.0: the route chooses
  std::vector<FixedEntry> fixed;
  std::vector<Ipv4Address> remotes;   ///< where unknown and group frames go: endpoints, or one multicast group
  bool ownRemote = false;             ///< the first of them came with the interface: it is bound to `lower`
  InterfaceId lower;                  ///< the interface that carries it; none: the route chooses
  std::uint8_t ttl = 0;               ///< 0: the host's own, 1 for a group
  std::uint16_t port = kPort;
  bool learning = true;
  Duration ageing = seconds(300);
  HW_FIELDS(Config, vni, local, fixed, remotes, ownRemote, lower, ttl, port, learning, ageing)
};

struct Entry {
  MacAddress mac;
  Ipv4Address remote;
  Time seen;
  WrittenBy by;
  HW_FIELDS(Entry, mac, remote, seen, by)
};

struct State {
  std::vector<Entry> entries;  ///< sorted by address
  Time nextDeadline = kNever;
  HW_FIELDS(State, entries, nextDeadline)

  const Entry* find(MacAddress mac) const;
};

/// The endpoint behind which a MAC is, or nothing: then the frame goes to all remotes.
std::optional<Ipv4Address> remoteOf(const State& state, const Config& config, const Env& env, MacAddress to);
/// A frame from `mac` came from `remote`.
void learn(State& state, const Config& config, const Env& env, MacAddress mac, Ipv4Address remote);
/// Forgets what is due.
void expire(State& state, const Config& config, const Env& env);

/// The UDP source port of an inner frame: a hash of its flow, the same for both directions, so that a network that
/// shares load spreads the flows (RFC 7348 5).
std::uint16_t sourcePort(const Frame& inner);

}  // namespace hw::vxlan
