// The host's side of IGMP version 3: which groups are wanted at which interface, and telling it.
//
// Read first: RFC 3376 5.1 (action on change of interface state), 8 (timers).
#pragma once

#include <vector>

#include "core/base/hash.h"
#include "core/journal/env.h"
#include "core/proto/igmp/igmp_rules.h"
#include "core/proto/igmp/igmp_wire.h"

namespace hw::igmp {

inline constexpr std::uint32_t kRobustness = 2;                   ///< net.ipv4.igmp_qrv: how often a change is told
inline constexpr Duration kUnsolicitedInterval = seconds(1);      ///< RFC 3376 8.11
inline constexpr std::size_t kMaxMemberships = 1024;

struct Membership {
  InterfaceId port;
  Ipv4Address group;
  std::uint32_t users = 0;
  std::uint32_t toTell = 0;  ///< how many more reports of the last change
  Time due = kNever;
  WrittenBy by;
  HW_FIELDS(Membership, port, group, users, toTell, due, by)
};

struct State {
  std::vector<Membership> memberships;  ///< in the order of joining; one without users is about to be forgotten
  Time nextDeadline = kNever;
  HW_FIELDS(State, memberships, nextDeadline)

  bool isMember(InterfaceId port, Ipv4Address group) const;
};

/// One more user of a group at a port, or one less. False if there are too many groups.
bool join(State& state, const Env& env, InterfaceId port, Ipv4Address group);
void leave(State& state, const Env& env, InterfaceId port, Ipv4Address group);

/// What has to be told now.
struct Change {
  InterfaceId port;
  Record record;
};
std::vector<Change> expire(State& state, const Env& env);

/// The message of a report with these records; the checksum is right.
std::vector<std::uint8_t> encodeReport(std::span<const Record> records);

}  // namespace hw::igmp
