// The host's side of IGMP: which groups are wanted at which interface, telling it, and answering queries. Version 3, and version 2
// where a querier speaks that.
//
// Read first: RFC 3376 5.1 (action on change of interface state), 5.2 (queries), 7.2 (older queriers), 8 (timers).
#pragma once

#include <optional>
#include <span>
#include <vector>

#include "core/base/hash.h"
#include "core/journal/env.h"
#include "core/proto/igmp/igmp_rules.h"
#include "core/proto/igmp/igmp_wire.h"

namespace hw::igmp {

inline constexpr std::uint32_t kRobustness = 2;                   ///< net.ipv4.igmp_qrv: how often a change is told
inline constexpr Duration kUnsolicitedInterval = seconds(1);      ///< RFC 3376 8.11
inline constexpr Duration kUnsolicitedIntervalV2 = seconds(10);   ///< RFC 2236 8.10
/// So long version 2 is spoken after a query of version 2 (RFC 3376 8.12).
inline constexpr Duration kOlderQuerier = seconds(2 * 125 + 10);
inline constexpr std::size_t kMaxMemberships = 1024;

struct Membership {
  InterfaceId port;
  Ipv4Address group;
  std::uint32_t users = 0;
  std::uint32_t toTell = 0;  ///< how many more reports of the last change
  Time due = kNever;
  Time answer = kNever;        ///< when a query will be answered
  bool lastReporter = false;   ///< version 2: nobody else has reported since we did, so a farewell is due
  WrittenBy by;
  HW_FIELDS(Membership, port, group, users, toTell, due, answer, lastReporter, by)
};

/// An interface where a querier of version 2 was heard.
struct OlderQuerier {
  InterfaceId port;
  Time until;
  HW_FIELDS(OlderQuerier, port, until)
};

struct State {
  std::vector<Membership> memberships;  ///< in the order of joining; one without users is about to be forgotten
  std::vector<OlderQuerier> older;
  Time nextDeadline = kNever;
  HW_FIELDS(State, memberships, older, nextDeadline)

  bool isMember(InterfaceId port, Ipv4Address group) const;
};

/// One more user of a group at a port, or one less. False if there are too many groups.
bool join(State& state, const Env& env, InterfaceId port, Ipv4Address group);
void leave(State& state, const Env& env, InterfaceId port, Ipv4Address group);

/// A message to be sent.
struct Message {
  InterfaceId port;
  Ipv4Address to;
  std::vector<std::uint8_t> bytes;
};
/// What has to be told now.
std::vector<Message> expire(State& state, const Env& env);

/// A message that came in: a query is answered after a while, the report of another member saves ours.
void receive(State& state, const Env& env, InterfaceId port, ByteView message);

/// The message of a report with these records; the checksum is right.
std::vector<std::uint8_t> encodeReport(std::span<const Record> records);

}  // namespace hw::igmp
