// A rule is the name of one branch of a protocol: the journal's vocabulary, the text of the
// explanation and the list of what tests must hit. One table of rules per protocol.
#pragma once

#include <array>
#include <cstdint>
#include <span>
#include <string_view>

#include "core/base/text.h"

namespace hw {

/// The tables of rules, one per protocol or part of a device.
enum class RuleTableId : std::uint8_t {
  Link, Ethernet, Bridge, Arp, Route, Ipv4, Icmp, Udp, Socket, Process, Vif, Igmp, Vxlan, Stp, Netfilter, Tunnel, Tcp, Medium, Ipv6, Icmp6, Nd, Mld, Count
};

/// A rule anywhere: table in the high byte, row in the low one.
struct RuleId {
  std::uint16_t value = 0;
  constexpr RuleTableId table() const { return static_cast<RuleTableId>(value >> 8); }
  constexpr std::uint8_t row() const { return static_cast<std::uint8_t>(value & 0xFF); }
  constexpr bool operator==(const RuleId&) const = default;
};

/// What a fact of a decision is, which tells how to write it.
enum class FactKind : std::uint8_t {
  Number, Ipv4, Mac, Prefix, Interface, Duration, Hex,
  Table,      ///< a routing table: 254 is "main"
  IpProtocol,  ///< 17 is "UDP (17)"
  Endpoint,   ///< an IPv4 address and a port
  Ipv6,       ///< takes two words of a decision
  Filter      ///< a chain, a rule or a part of one of the packet filter
};

struct FactInfo {
  std::string_view name;  ///< the placeholder: "next_hop"
  FactKind kind = FactKind::Number;
};

/// What became of the matter at hand; decides colour and icon, never the meaning.
enum class Outcome : std::uint8_t { Noted, Accepted, Forwarded, Answered, Dropped, Lost };

inline constexpr std::size_t kMaxFacts = 6;
/// How many words of a decision a fact takes.
constexpr std::size_t wordsOf(FactKind kind) { return kind == FactKind::Ipv6 ? 2 : 1; }

struct RuleInfo {
  std::string_view key;     ///< "arp.reply_sent"
  std::string_view source;  ///< "RFC 826, Packet Reception"
  Outcome outcome = Outcome::Noted;
  Text text;                ///< with placeholders {name}
  std::array<FactInfo, kMaxFacts> facts{};
  std::size_t factCount = 0;
};

namespace detail {

/// True if every {placeholder} of the text is the name of a fact.
constexpr bool placeholdersAreFacts(std::string_view text, std::span<const FactInfo> facts) {
  for (std::size_t open = text.find('{'); open != text.npos; open = text.find('{', open + 1)) {
    const std::string_view name = text.substr(open + 1, text.find('}', open) - open - 1);
    bool found = false;
    for (const FactInfo& fact : facts) found = found || fact.name == name;
    if (!found) return false;
  }
  return true;
}

}  // namespace detail

/// One row of a rule table. A placeholder that names no fact does not compile.
template <std::size_t N>
consteval RuleInfo rule(std::string_view key, std::string_view source, Outcome outcome, Text text,
                        const FactInfo (&facts)[N]) {
  static_assert(N <= kMaxFacts);
  RuleInfo info{key, source, outcome, text, {}, N};
  for (std::size_t i = 0; i < N; ++i) info.facts[i] = facts[i];
  if (!detail::placeholdersAreFacts(text.en, info.facts)) throw "a placeholder in en is no fact";
  if (!detail::placeholdersAreFacts(text.zh, info.facts)) throw "a placeholder in zh is no fact";
  return info;
}

consteval RuleInfo rule(std::string_view key, std::string_view source, Outcome outcome, Text text) {
  RuleInfo info{key, source, outcome, text, {}, 0};
  if (text.en.find('{') != text.en.npos || text.zh.find('{') != text.zh.npos)
    throw "a placeholder without facts";
  return info;
}

/// A protocol's enum class Rule is bound to its table by specialising this.
template <class RuleEnum> struct RuleTable;

template <class RuleEnum>
concept IsRule = requires { RuleTable<RuleEnum>::id; };

template <IsRule R> constexpr RuleId ruleId(R rule) {
  return {static_cast<std::uint16_t>(static_cast<unsigned>(RuleTable<R>::id) << 8 |
                                     static_cast<unsigned>(rule))};
}

}  // namespace hw
