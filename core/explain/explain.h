// Decisions as sentences, in the reader's language: what was decided, why, and which candidates lost.
#pragma once

#include <functional>
#include <span>
#include <string>
#include <vector>

#include "core/base/text.h"
#include "core/journal/decisions.h"

namespace hw::explain {

/// The row of a rule, wherever its table stands.
const RuleInfo& info(RuleId rule);
/// All tables, for lists of rules and the glossary of protocols.
std::span<const RuleInfo> rulesOf(RuleTableId table);

/// How the names of a device's interfaces are looked up.
using InterfaceName = std::function<std::string(InterfaceId)>;

struct Fact {
  std::string name;
  std::string value;
  bool operator==(const Fact&) const = default;
};

struct Sentence {
  RuleId rule;
  std::uint16_t ordinal = 0;      ///< of the decision within its event
  std::string key;                ///< "route.matched_via"
  std::string source;             ///< "RFC 1812 5.2.4.3"
  Outcome outcome = Outcome::Noted;
  std::string text;
  std::vector<Fact> facts;
  std::vector<std::string> lost;  ///< candidates that lost, one sentence each
};

/// The sentences of an event's decision words, in the order of the decisions.
std::vector<Sentence> sentences(std::span<const std::uint64_t> words, const InterfaceName& nameOf,
                                Language language);

/// A fact as people write it.
std::string factText(FactKind kind, std::uint64_t fact, const InterfaceName& nameOf,
                     Language language);

/// "5 s", "1.5 ms", "20 us": the largest unit that keeps the number exact enough.
std::string durationText(Duration duration, Language language);

}  // namespace hw::explain
