// The packet filter: five hooks on the way of a datagram through a device, each with its chains in the order of their
// priorities, connection tracking and address translation between them.
//
// Read first: nft(8), "ADDRESS FAMILIES" and "CHAINS"; RFC 3022.
#pragma once

#include <array>
#include <string_view>

#include "core/proto/netfilter/nat.h"
#include "core/proto/netfilter/netfilter_rules.h"
#include "core/proto/route/route.h"

namespace hw::netfilter {

/// What a rule counts: packets and bytes of `counter`, steps of `numgen`, tokens of `limit`.
struct Counted {
  Ref rule;
  std::uint64_t packets = 0;
  std::uint64_t bytes = 0;
  std::uint32_t steps = 0;
  std::int64_t tokens = 0;      ///< nanoseconds
  std::optional<Time> lastToken;
  HW_FIELDS(Counted, rule, packets, bytes, steps, tokens, lastToken)
};

struct State {
  Connections connections;
  std::vector<Counted> counted;  ///< sorted by rule
  HW_FIELDS(State, connections, counted)

  const Counted* find(Ref rule) const;
};

/// What happens at a hook, in order. Derived from the rules.
struct Plan {
  enum class What : std::uint8_t { Track, Translate, Chain };
  struct Step {
    What what = What::Chain;
    std::int32_t priority = 0;
    std::uint32_t table = 0;  ///< index
    std::uint32_t chain = 0;  ///< index
  };
  std::array<std::vector<Step>, kHooks> hooks;
  std::array<std::vector<Step>, kHooks> natChains;  ///< asked by Translate
  bool tracks = false;  ///< connections are followed, and fragments put together first
  bool active = false;

  const std::vector<Step>& at(Hook hook) const { return hooks[static_cast<std::size_t>(hook)]; }
};
Plan makePlan(const Ruleset& rules);

/// What the filter may know of the device.
struct Surroundings {
  const Ruleset& rules;
  const Plan& plan;
  const Tracking& tracking;
  const route::Fib& fib;
};

/// A datagram on its way through the hooks.
struct Passage {
  Packet packet;
  InterfaceId in;
  InterfaceId out;
  std::string_view inName;
  std::string_view outName;
  std::optional<Ipv4Address> masqueradeAs;  ///< the address of the interface that it leaves by
  std::optional<Ipv4Address> redirectTo;    ///< ours, at the interface where it came in
  std::uint32_t mark = 0;
  Tracked tracked;
};

struct Ruling {
  enum class What : std::uint8_t { Accept, Drop, Unreachable, Reset };
  What what = What::Accept;
  std::uint8_t icmpCode = 0;       ///< of Unreachable
  bool destinationChanged = false;
  bool markChanged = false;
};

/// Sends a datagram through a hook. Records what each chain decided, and which rules did not apply if anybody listens.
Ruling pass(State& state, const Surroundings& around, const Env& env, Passage& passage, Hook hook);

/// Forgets connections that are due.
void expire(State& state, const Env& env);
/// The interface is down: what was masqueraded with its address is over (RFC 4787 is silent; Linux does it).
void interfaceDown(State& state, const Env& env, InterfaceId port);
/// Forgets what is counted for rules that are gone.
void follow(State& state, const Ruleset& rules);

}  // namespace hw::netfilter
