// Decisions as sentences, in the reader's language: what was decided, why, and which candidates lost.
#pragma once

#include <span>
#include <string>
#include <vector>

#include "core/base/text.h"
#include "core/device/config.h"
#include "core/journal/decisions.h"

namespace hw::explain {

/// The row of a rule, wherever its table stands.
const RuleInfo& info(RuleId rule);
/// All tables, for lists of rules and the glossary of protocols.
std::span<const RuleInfo> rulesOf(RuleTableId table);

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

/// The sentences of an event's decision words, in the order of the decisions. Names of interfaces and filter rules are
/// those of `device`, which decided.
std::vector<Sentence> sentences(std::span<const std::uint64_t> words, const DeviceConfig& device,
                                Language language);

/// A fact as people write it.
std::string factText(FactKind kind, std::uint64_t fact, const DeviceConfig& device, Language language);

/// "5 s", "1.5 ms", "20 us": the largest unit that keeps the number exact enough.
std::string durationText(Duration duration, Language language);

}  // namespace hw::explain
