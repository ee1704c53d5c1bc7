// IGMP snooping: a bridge listens to who joins a group, and sends what is for the group there only.
//
// Read first: RFC 4541 2.1; Linux net/bridge/br_multicast.c. Reports are read as version 2 does, Linux's default.
#pragma once

#include <vector>

#include "core/journal/env.h"
#include "core/proto/igmp/igmp_wire.h"
#include "core/wire/address.h"

namespace hw::bridge {

struct Snooping {
  bool enabled = false;  ///< mcast_snooping
  bool querier = false;  ///< mcast_querier: the bridge asks itself, for a network without a multicast router
  HW_FIELDS(Snooping, enabled, querier)
};

inline constexpr std::size_t kMaxGroups = 4096;                        ///< mcast_hash_max
inline constexpr Duration kMembershipTime = seconds(260);              ///< mcast_membership_interval
inline constexpr Duration kOtherQuerierTime = seconds(255);            ///< mcast_querier_interval
inline constexpr Duration kStartupQueryInterval = milliseconds(31250); ///< mcast_startup_query_interval
inline constexpr std::uint32_t kStartupQueries = 2;                    ///< mcast_startup_query_count
inline constexpr Duration kLastMemberTime = seconds(2);                ///< count 2 at intervals of one second

struct GroupPort {
  Ipv4Address group;
  std::uint16_t vlan = 0;
  InterfaceId port;
  Time until;
  WrittenBy by;
  HW_FIELDS(GroupPort, group, vlan, port, until, by)
};
/// A port with a router that wants to hear all groups.
struct RouterPort {
  InterfaceId port;
  Time until;
  HW_FIELDS(RouterPort, port, until)
};

struct SnoopingState {
  std::vector<GroupPort> groups;  ///< in the order of joining
  std::vector<RouterPort> routers;
  Time otherQuerier;              ///< until then somebody else asks
  Time trustedFrom;               ///< before that not everybody has had time to answer: groups are flooded
  Time nextQuery = kNever;
  std::uint32_t asked = 0;
  Time nextDeadline = kNever;     ///< lower bound
  HW_FIELDS(SnoopingState, groups, routers, otherQuerier, trustedFrom, nextQuery, asked, nextDeadline)

  /// Somebody asks, and has long enough: what nobody answered is wanted by nobody.
  bool isTrusted(const Snooping& config, Time now) const { return now >= trustedFrom && (config.querier || now < otherQuerier); }
  bool has(Ipv4Address group, std::uint16_t vlan, InterfaceId port, Time now) const;
};

/// A datagram for a group that came in at a port.
struct GroupFrame {
  InterfaceId in;
  std::uint16_t vlan = 0;
  Ipv4Address source, group;
  bool isIgmp = false;
  ByteView message;  ///< of IGMP
};
/// A question that the bridge asks.
struct Question {
  InterfaceId port;   ///< invalid: at all ports
  Ipv4Address group;  ///< 0.0.0.0: about all groups
  Duration maxDelay = igmp::kResponseInterval;
};
struct Snooped {
  bool floods = true;              ///< or: only `ports`
  std::vector<InterfaceId> ports;
  std::vector<Question> questions;
};
/// Learns from a frame, and says where it may leave.
Snooped snoop(SnoopingState& state, const Snooping& config, const Env& env, const GroupFrame& frame);

/// Brings the state to the configuration: a querier begins to ask, a bridge that snoops no longer forgets.
void follow(SnoopingState& state, const Snooping& config, const Env& env);
/// Forgets what is due; the questions that are due.
std::vector<Question> expire(SnoopingState& state, const Snooping& config, const Env& env);
/// Forgets what was learned at a port.
void flush(SnoopingState& state, InterfaceId port);

}  // namespace hw::bridge
