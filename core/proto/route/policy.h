// The routing policy database: which table is asked for a packet. Rules are tried in order of their
// preference; the first whose table knows a way, or that refuses, decides.
//
// Read first: ip-rule(8).
#pragma once

#include <optional>
#include <vector>

#include "core/base/hash.h"
#include "core/journal/env.h"
#include "core/wire/address.h"

namespace hw::route {

/// Numbers of the tables that every device has (/etc/iproute2/rt_tables).
inline constexpr std::uint32_t kTableUnspecified = 0;
inline constexpr std::uint32_t kTableLocal = 255;
inline constexpr std::uint32_t kTableMain = 254;
inline constexpr std::uint32_t kTableDefault = 253;

/// The bits of the type of service that rules look at (RFC 2474).
inline constexpr std::uint8_t kDscpBits = 0xFC;

/// What the routing decision may look at. Ports and protocol only count where several ways share the load.
struct Flow {
  Ipv4Address destination;
  Ipv4Address source;
  InterfaceId in;   ///< where the packet came in; none if it is our own
  InterfaceId out;  ///< asked for by the sender
  std::uint32_t mark = 0;
  std::uint8_t tos = 0;
  std::uint8_t protocol = 0;
  std::uint16_t sourcePort = 0;
  std::uint16_t destinationPort = 0;
};

/// A flow of which only the destination is known.
inline Flow flowTo(Ipv4Address destination) {
  Flow flow;
  flow.destination = destination;
  return flow;
}

enum class Action : std::uint8_t { Lookup, Prohibit, Unreachable, Blackhole, Goto, Nop };

struct PolicyRule {
  std::uint32_t preference = 0;
  bool inverted = false;  ///< "not": matches what the selector does not
  Ipv4Prefix from;        ///< 0.0.0.0/0: any
  Ipv4Prefix to;
  std::uint8_t tos = 0;   ///< 0: any
  InterfaceId in;         ///< of lo: packets of our own
  InterfaceId out;
  std::uint32_t mark = 0;
  std::uint32_t markMask = 0;  ///< 0: any mark
  Action action = Action::Lookup;
  std::uint32_t table = kTableMain;  ///< of Lookup
  std::uint32_t target = 0;          ///< of Goto: a preference
  WrittenBy by;
  HW_FIELDS(PolicyRule, preference, inverted, from, to, tos, in, out, mark, markMask, action, table, target, by)
};

/// 0: local, 32766: main, 32767: default.
std::vector<PolicyRule> defaultRules();

/// Which part of a rule's selector a packet does not fit.
enum class Mismatch : std::uint8_t { None, From, To, Other };
Mismatch mismatch(const PolicyRule& rule, const Flow& flow);

/// Puts a rule where its preference belongs: behind those of the same one.
void insertRule(std::vector<PolicyRule>& rules, PolicyRule rule);
/// The preference that the kernel gives a rule without one: one less than the second rule's.
std::uint32_t freePreference(const std::vector<PolicyRule>& rules);

}  // namespace hw::route
