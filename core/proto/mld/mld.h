// Membership in IPv6 groups, and its reports in version 2 as Linux sends them.
//
// Read first: RFC 3810 6; Linux net/ipv6/mcast.c in behaviour.
#pragma once

#include <vector>

#include "core/journal/env.h"
#include "core/proto/mld/mld_rules.h"
#include "core/proto/mld/mld_wire.h"

namespace hw::mld {

inline constexpr std::uint8_t kRobustness = 2;                     ///< RFC 3810 9.1
inline constexpr Duration kUnsolicitedInterval = seconds(1);       ///< RFC 3810 9.11
inline constexpr std::size_t kMaxMemberships = 1024;

struct Membership {
  InterfaceId port;
  Ipv6Address group;
  std::uint32_t users = 0;
  HW_FIELDS(Membership, port, group, users)
};

/// What an interface has still to tell.
struct Telling {
  InterfaceId port;
  std::uint8_t reports = 0;          ///< how many more
  bool all = false;                  ///< they name all groups, not only those that were left
  bool asked = false;                ///< a query is answered: what stands, not what changed
  std::vector<Ipv6Address> left;
  Time due = kNever;
  HW_FIELDS(Telling, port, reports, all, asked, left, due)
};

struct State {
  std::vector<Membership> memberships;  ///< in the order of joining
  std::vector<Telling> tellings;
  Time nextDeadline = kNever;
  HW_FIELDS(State, memberships, tellings, nextDeadline)

  bool isMember(InterfaceId port, Ipv6Address group) const;
};

/// One more user of a group at a port, or one less.
void join(State& state, const Env& env, InterfaceId port, Ipv6Address group);
void leave(State& state, const Env& env, InterfaceId port, Ipv6Address group);
/// The port is gone: nothing is told any more.
void forget(State& state, InterfaceId port);

/// Reports that are due: the message without its checksum.
struct Message {
  InterfaceId port;
  std::vector<std::uint8_t> bytes;
};
std::vector<Message> expire(State& state, const Env& env);

/// A query came: answered after a while within `most`.
void hearQuery(State& state, const Env& env, InterfaceId port, Ipv6Address source, Duration most);

}  // namespace hw::mld
