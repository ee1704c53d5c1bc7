// Which rules a program hit at run time. Off unless HOPWISE_RULES_HIT names a file; then the keys
// of the rules hit are appended to it at exit, and tests/tidy knows which rules no test ever hit.
#pragma once

#include <cstdint>
#include <span>

namespace hw {

extern const bool kRuleCoverage;

/// Marks the rules in the decision words of an event.
void markRulesHit(std::span<const std::uint64_t> words);

}  // namespace hw
