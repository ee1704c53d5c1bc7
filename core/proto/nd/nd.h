// Neighbour discovery (RFC 4861) with the neighbour cache as Linux keeps it: states, a queue per unresolved neighbour.
//
// Read first: RFC 4861 7; Linux net/core/neighbour.c and net/ipv6/ndisc.c in behaviour.
#pragma once

#include <optional>
#include <string_view>
#include <vector>

#include "core/journal/env.h"
#include "core/proto/nd/nd_rules.h"
#include "core/proto/nd/nd_wire.h"
#include "core/wire/frame.h"

namespace hw::nd {

/// Neighbour states (RFC 4861 7.3.2 and Linux).
enum class Nud : std::uint8_t { Incomplete, Reachable, Stale, Delay, Probe, Failed, Permanent };
std::string_view name(Nud state);  ///< as `ip neigh` prints it: "REACHABLE"

/// Linux's defaults of net.ipv6.neigh.*.
inline constexpr Duration kRetransTime = seconds(1);
inline constexpr Duration kDelayFirstProbe = seconds(5);
inline constexpr Duration kBaseReachable = seconds(30);
inline constexpr std::uint32_t kMulticastSolicit = 3;
inline constexpr std::uint32_t kUnicastSolicit = 3;
inline constexpr std::uint32_t kQueueBytes = 212992;
/// gc_thresh3 of Linux: no more entries than this.
inline constexpr std::size_t kMaxEntries = 1024;
/// What Linux counts for a queued packet besides its bytes.
inline constexpr std::uint32_t kQueueOverhead = 768;

/// A packet that waits for its next hop: a whole frame but for the destination MAC.
struct Waiting {
  Frame frame;
  bool forwarded = false;
  WrittenBy queued;
  HW_FIELDS(Waiting, frame, forwarded, queued)
};

struct Entry {
  InterfaceId port;
  Ipv6Address address;
  MacAddress mac;
  Nud state = Nud::Incomplete;
  std::uint8_t probes = 0;
  bool router = false;
  Time confirmed{INT64_MIN / 2};
  Time used{INT64_MIN / 2};
  Time deadline = kNever;
  Ipv6Address askAs;  ///< source of the packet that waits, for our solicitations
  std::vector<Waiting> waiting;
  WrittenBy by;
  HW_FIELDS(Entry, port, address, mac, state, probes, router, confirmed, used, deadline, askAs, waiting, by)

  bool valid() const { return state != Nud::Incomplete && state != Nud::Failed; }
};

struct State {
  std::vector<Entry> entries;  ///< sorted by (port, address)
  Time nextDeadline = kNever;
  Duration reachableTime;      ///< drawn from [base/2, base*3/2] (RFC 4861 6.3.2)
  HW_FIELDS(State, entries, nextDeadline, reachableTime)

  const Entry* find(InterfaceId port, Ipv6Address address) const;
};

/// A solicitation to be sent.
struct Question {
  InterfaceId port;
  Ipv6Address target;
  Ipv6Address askAs;             ///< ::: the link-local address
  std::optional<MacAddress> to;  ///< a neighbour that is checked; none: its solicited-node group
};
struct Out {
  std::vector<Question> questions;
  std::vector<Waiting> released;  ///< the destination MAC is filled in
  std::vector<Waiting> failed;
  InterfaceId port;               ///< of what was released or failed
};

/// The entry of a neighbour that can be sent to now, or null: then `packet` was put in its queue.
const Entry* resolve(State& state, const Env& env, InterfaceId port, Ipv6Address address, Ipv6Address askAs, Frame& packet,
                     bool forwarded, Out& out);
/// A program heard from the neighbour (MSG_CONFIRM).
void confirm(State& state, const Env& env, InterfaceId port, Ipv6Address address);
void expire(State& state, const Env& env, Out& out);

/// A solicitation or advertisement with its link-layer address option, as it was read from a whole message; nothing if the
/// message fails the checks of RFC 4861 7.1 that need no addresses.
struct Received {
  Message message;
  std::optional<MacAddress> mac;
};
std::optional<Received> read(ByteView message);

/// A solicitation told where its sender is.
void learnSender(State& state, const Env& env, InterfaceId port, Ipv6Address sender, MacAddress mac, Out& out);
/// RFC 4861 7.2.5.
void receiveAdvertisement(State& state, const Env& env, InterfaceId port, const Received& received, Out& out);

/// `ip -6 neigh add|replace`, `del`, `flush`.
void set(State& state, const Env& env, InterfaceId port, Ipv6Address address, MacAddress mac, Nud nud, Out& out);
bool remove(State& state, const Env& env, InterfaceId port, Ipv6Address address);
void flush(State& state, const Env& env, InterfaceId port);

}  // namespace hw::nd
