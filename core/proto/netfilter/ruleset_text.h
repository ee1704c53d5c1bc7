// Rules in the words of nft, as `nft list ruleset` prints them.
#pragma once

#include <span>
#include <string>
#include <string_view>

#include "core/proto/netfilter/netfilter.h"

namespace hw::netfilter {

/// A word of nft and the number that it stands for.
struct Word {
  std::string_view name;
  std::uint32_t value;
};
std::span<const Word> hookWords();
std::span<const Word> chainTypeWords();
std::span<const Word> protocolWords();     ///< tcp, udp, icmp ...
std::span<const Word> icmpTypeWords();     ///< echo-request ...
std::span<const Word> icmpCodeWords();     ///< of destination unreachable, as reject has them
std::span<const Word> stateWords();        ///< of ct state
std::span<const Word> statusWords();       ///< of ct status
std::span<const Word> tcpFlagWords();
std::span<const Word> dscpWords();
std::span<const Word> addressTypeWords();  ///< of fib
std::span<const Word> priorityWords();     ///< raw, mangle, dstnat ...; as two's complement
/// The word for a number, or nothing.
std::string_view wordOf(std::span<const Word> words, std::uint32_t value);

/// One condition or statement. A counter shows what it has counted, if that is given.
std::string text(const Part& part, const Counted* counted = nullptr);
/// A rule without its handle.
std::string text(const FilterRule& rule, const Counted* counted = nullptr);
/// "type nat hook postrouting priority srcnat; policy accept;"
std::string text(const Base& base);

struct Listing {
  bool handles = false;              ///< nft -a
  const State* counted = nullptr;
  std::string_view onlyChain;        ///< of one table
};
/// A table as `nft list table` prints it.
std::string text(const Table& table, const Listing& how);

/// A chain, rule or part as a fact of a decision: "nat post" or the words of a rule. "handle 5" if it is gone.
std::string factText(const Ruleset& rules, std::uint64_t fact);

}  // namespace hw::netfilter
