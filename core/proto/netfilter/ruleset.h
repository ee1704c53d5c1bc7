// What somebody has told the packet filter: tables of chains of rules, as nft keeps them.
//
//   table ip nat { chain post { type nat hook postrouting priority srcnat; oifname "eth1" masquerade; } }
//
// Read first: nft(8), "CHAINS", "STATEMENTS".
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <variant>
#include <vector>

#include "core/base/hash.h"
#include "core/wire/address.h"

namespace hw::netfilter {

/// Where in its way through a device a datagram is looked at.
enum class Hook : std::uint8_t { Prerouting, Input, Forward, Output, Postrouting };
inline constexpr std::size_t kHooks = 5;

enum class ChainType : std::uint8_t {
  Filter,
  Nat,   ///< is asked once per connection, for its first packet
  Route  ///< of our own packets: a changed mark makes the routing decision anew
};

/// What a rule looks at.
enum class Key : std::uint8_t {
  InName, OutName,                     // names of interfaces
  Source, Destination,                 // ip saddr, ip daddr
  Protocol, Ttl, Length, Dscp,         // ip protocol or meta l4proto, ip ttl, ip length, ip dscp
  SourcePort, DestinationPort,         // of `protocol`
  TcpFlags, IcmpType, IcmpCode,
  Mark,                                // meta mark
  CtState, CtMark, CtStatus,           // ct state, ct mark, ct status
  SourceType, DestinationType,         // fib saddr type, fib daddr type
  Numgen,                              // numgen inc mod N: counts packets
  Limit,                               // limit rate: so many per unit of time
};

/// Bits of CtState, as the kernel has them.
enum CtState : std::uint32_t { kInvalid = 1, kEstablished = 2, kRelated = 4, kNew = 8, kUntracked = 64 };
/// Bits of CtStatus.
enum CtStatus : std::uint32_t { kSeenReply = 2, kAssured = 4, kConfirmed = 8, kSourceNat = 16, kDestinationNat = 32 };
/// Values of SourceType and DestinationType (RTN_*).
enum AddressType : std::uint32_t { kUnicast = 1, kLocal = 2, kBroadcast = 3, kMulticast = 5 };

struct Range {
  std::uint32_t from = 0;
  std::uint32_t to = 0;
  HW_FIELDS(Range, from, to)
};

/// One condition. True if the value, masked, is in one of the ranges (or is none of them, if inverted).
struct Match {
  Key key = Key::Protocol;
  bool inverted = false;
  bool anyBit = false;                 ///< true if one of the bits is set: how ct state is compared
  bool prefix = false;                 ///< a single range that was written as a prefix
  std::uint8_t protocol = 0;           ///< of ports: 6, 17; 0 either. Of Protocol: 1 if it was written as `ip protocol`
  std::uint32_t mask = UINT32_MAX;
  std::vector<Range> values;
  std::vector<std::string> names;      ///< of InName, OutName; a * at the end stands for anything
  std::uint32_t modulus = 0;           ///< of Numgen
  std::uint32_t rate = 0;              ///< of Limit: packets ...
  std::uint32_t per = 1;               ///< ... in so many seconds
  std::uint32_t burst = 5;
  HW_FIELDS(Match, key, inverted, anyBit, prefix, protocol, mask, values, names, modulus, rate, per, burst)
};

enum class Do : std::uint8_t {
  Count, Accept, Drop, Reject, Masquerade, SourceNat, DestinationNat, Redirect, SetMark, SetCtMark, MarkFromCt, CtFromMark,
  Jump, Goto, Return, NoTrack, Log,
};

/// One thing that a rule does.
struct Statement {
  Do what = Do::Accept;
  std::optional<Range> addresses;      ///< of SourceNat, DestinationNat
  std::optional<Range> ports;          ///< of those, Masquerade and Redirect
  bool reset = false;                  ///< of Reject: a TCP segment instead of an ICMP message
  bool defaultReason = true;           ///< of Reject: none was written
  std::uint8_t icmpCode = 3;           ///< of Reject: of "destination unreachable"
  std::uint32_t value = 0;             ///< of marks: (mark & keep) ^ value
  std::uint32_t keep = 0;
  bool persistent = false;             ///< of SourceNat, DestinationNat: a client keeps its address
  std::string text;                    ///< of Jump, Goto: the chain; of Log: the prefix
  HW_FIELDS(Statement, what, addresses, ports, reset, defaultReason, icmpCode, value, keep, persistent, text)
};

using Part = std::variant<Match, Statement>;

struct FilterRule {
  std::uint32_t handle = 0;
  std::vector<Part> parts;             ///< from left to right; the first condition that fails ends it
  std::string comment;
  HW_FIELDS(FilterRule, handle, parts, comment)
};

/// Where a base chain hangs.
struct Base {
  ChainType type = ChainType::Filter;
  Hook hook = Hook::Forward;
  std::int32_t priority = 0;
  bool drops = false;                  ///< the policy for what no rule decides
  HW_FIELDS(Base, type, hook, priority, drops)
};

struct Chain {
  std::uint32_t handle = 0;
  std::string name;
  std::optional<Base> base;            ///< none: a chain to be jumped to
  std::vector<FilterRule> rules;
  HW_FIELDS(Chain, handle, name, base, rules)

  const FilterRule* find(std::uint32_t handle) const;
};

struct Table {
  std::uint32_t handle = 0;            ///< never used again
  bool inet = false;                   ///< written as of family inet; here that is ip too
  std::string name;
  std::uint32_t nextHandle = 1;        ///< of chains and rules
  std::vector<Chain> chains;
  HW_FIELDS(Table, handle, inet, name, nextHandle, chains)

  const Chain* find(std::string_view name) const;
  Chain* find(std::string_view name);
};

struct Ruleset {
  std::uint32_t nextTable = 1;
  std::vector<Table> tables;           ///< of the families ip and inet
  HW_FIELDS(Ruleset, nextTable, tables)

  const Table* find(std::string_view name, bool inet = false) const;
  Table* find(std::string_view name, bool inet = false);
};

/// A rule of a device.
struct Ref {
  std::uint32_t table = 0;
  std::uint32_t handle = 0;
  auto operator<=>(const Ref&) const = default;
  static void visitFields(auto& self, auto&& visit) {
    visit("table", self.table);
    visit("handle", self.handle);
  }
};
/// A chain, a rule or one part of a rule as a fact of a decision.
inline constexpr std::uint32_t kWholeRule = 0xFFFF;
constexpr std::uint64_t filterFact(std::uint32_t table, std::uint32_t handle, std::uint32_t part = kWholeRule) {
  return std::uint64_t{table} << 48 | std::uint64_t{handle} << 16 | (part & kWholeRule);
}

inline constexpr std::size_t kMaxTables = 64;
inline constexpr std::size_t kMaxChains = 256;
inline constexpr std::size_t kMaxRules = 4096;  ///< of a chain
inline constexpr int kMaxJumps = 16;            ///< NFT_JUMP_STACK_SIZE

}  // namespace hw::netfilter
