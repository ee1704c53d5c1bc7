// ARP (RFC 826) with the neighbour cache as Linux keeps it (net/core/neighbour.c in behaviour):
// states after RFC 4861 7.3.2, a queue per unresolved neighbour, unicast re-probing.
//
// Read first: RFC 826 "Packet Reception", RFC 1122 2.3.2, RFC 4861 7.3.
#pragma once

#include <vector>

#include "core/journal/env.h"
#include "core/proto/arp/arp_rules.h"
#include "core/proto/arp/arp_wire.h"
#include "core/wire/frame.h"

namespace hw::arp {

/// Neighbour states (RFC 4861 7.3.2 and Linux).
enum class Nud : std::uint8_t { Incomplete, Reachable, Stale, Delay, Probe, Failed, Permanent };
std::string_view name(Nud state);  ///< as `ip neigh` prints it: "REACHABLE"

/// Knobs with Linux's names (net.ipv4.neigh.*) and defaults.
struct Config {
  Duration retransTime = seconds(1);
  Duration delayFirstProbe = seconds(5);
  Duration baseReachable = seconds(30);
  Duration locktime = seconds(1);
  std::uint32_t mcastSolicit = 3;
  std::uint32_t ucastSolicit = 3;
  std::uint32_t queueBytes = 212992;  ///< unres_qlen_bytes
  Duration proxyDelay = milliseconds(800);
  HW_FIELDS(Config, retransTime, delayFirstProbe, baseReachable, locktime, mcastSolicit,
            ucastSolicit, queueBytes, proxyDelay)
};

/// gc_thresh3 of Linux: no more entries than this.
inline constexpr std::size_t kMaxEntries = 1024;
/// What Linux counts for a queued packet besides its bytes (struct sk_buff and shared info).
inline constexpr std::uint32_t kQueueOverhead = 768;

/// A packet that waits for its next hop: a whole frame but for the destination MAC.
struct Waiting {
  Frame frame;
  bool forwarded = false;  ///< it came from outside and was not made here
  WrittenBy queued;        ///< the event that put it here
  HW_FIELDS(Waiting, frame, forwarded, queued)
};

struct Entry {
  InterfaceId port;
  Ipv4Address address;
  MacAddress mac;
  Nud state = Nud::Incomplete;
  std::uint8_t probes = 0;
  Time confirmed{INT64_MIN / 2};  ///< last proof that the neighbour is there
  Time used{INT64_MIN / 2};
  Time updated{INT64_MIN / 2};
  Time deadline = kNever;
  Ipv4Address askAs;              ///< source address of the packet that waits, for our questions
  std::vector<Waiting> waiting;
  WrittenBy by;

  bool valid() const { return state != Nud::Incomplete && state != Nud::Failed; }
  HW_FIELDS(Entry, port, address, mac, state, probes, confirmed, used, updated, deadline, askAs,
            waiting, by)
};

/// An answer for somebody else's address, which waits so that the owner may be first.
struct LateAnswer {
  InterfaceId port;
  Ipv4Address owner;
  Ipv4Address asker;
  MacAddress askerMac;
  Time due;
  HW_FIELDS(LateAnswer, port, owner, asker, askerMac, due)
};
/// net.ipv4.neigh.*.proxy_qlen
inline constexpr std::size_t kMaxLateAnswers = 64;

struct State {
  std::vector<Entry> entries;  ///< sorted by (port, address)
  Time nextDeadline = kNever;  ///< lower bound of the entries' deadlines
  Duration reachableTime;      ///< drawn from [base/2, base*3/2] (RFC 4861 6.3.2)
  std::vector<LateAnswer> answers;
  Time nextAnswer = kNever;    ///< the earliest of their times
  HW_FIELDS(State, entries, nextDeadline, reachableTime, answers, nextAnswer)

  Entry* find(InterfaceId port, Ipv4Address address);
  const Entry* find(InterfaceId port, Ipv4Address address) const;
};

/// What a handler wants done: nothing is sent from inside it.
struct Question {
  InterfaceId port;
  Ipv4Address target;
  Ipv4Address askAs;  ///< 0.0.0.0: the device chooses
  MacAddress to;      ///< broadcast, or the neighbour itself when an entry is checked
};
struct Out {
  std::vector<Question> questions;
  std::vector<Waiting> released;  ///< the destination MAC is filled in
  InterfaceId releasedPort;
  std::vector<Waiting> failed;    ///< nobody will take them
  InterfaceId failedPort;
  std::vector<LateAnswer> answers;  ///< to be sent now
  void clear() {
    answers.clear();
    questions.clear();
    released.clear();
    failed.clear();
  }
};

/// The entry of a neighbour that can be sent to now, or null: then `packet` was put in its queue.
/// An old entry is put on probation by being used. `askAs` is the source address of the packet.
const Entry* resolve(State& state, const Config& config, const Env& env, InterfaceId port,
                     Ipv4Address address, Ipv4Address askAs, Frame& packet, bool forwarded, Out& out);

/// Asks for a neighbour without a packet for it, unless it is known or asked for already.
void inquire(State& state, const Config& config, const Env& env, InterfaceId port, Ipv4Address address, Out& out);

/// What the device knows about a message that it received.
struct Reception {
  InterfaceId port;
  bool toUs = false;          ///< the frame was sent to our MAC, not to a group
  bool targetIsOurs = false;  ///< the asked address is local to the device
  bool proxied = false;       ///< ... or one that the device answers for, and forwards to
  MacAddress ourMac;
};
/// receive(state, message) is the header of the answer to send to the asker, if any.
std::optional<Header> receive(State& state, const Config& config, const Env& env,
                              const Reception& how, const Header& message, Out& out);

/// Runs all timers that are due.
void expire(State& state, const Config& config, const Env& env, Out& out);

/// A program heard from the neighbour (MSG_CONFIRM, TCP's acknowledgements).
void confirm(State& state, const Env& env, InterfaceId port, Ipv4Address address);

/// `ip neigh add|replace`: a permanent or stale entry; `ip neigh del|flush`.
void set(State& state, const Env& env, InterfaceId port, Ipv4Address address, MacAddress mac, Nud nud,
         Out& out);
bool remove(State& state, const Env& env, InterfaceId port, Ipv4Address address);
/// Removes all learned entries of a port (of all ports if it is none), and what waited for them.
void flush(State& state, const Env& env, InterfaceId port);

}  // namespace hw::arp
