#include "core/journal/rule_coverage.h"

#include <array>
#include <atomic>
#include <cstdio>
#include <cstdlib>

#include "core/journal/decisions.h"

namespace hw {
namespace {

std::array<std::atomic<bool>, 65536> hits;

void writeHits() {
  std::FILE* file = std::fopen(std::getenv("HOPWISE_RULES_HIT"), "a");
  if (!file) return;
  for (std::size_t rule = 0; rule < hits.size(); ++rule)
    if (hits[rule]) std::fprintf(file, "%zu\n", rule);
  std::fclose(file);
}

}  // namespace

const bool kRuleCoverage = std::getenv("HOPWISE_RULES_HIT") && std::atexit(writeHits) == 0;

void markRulesHit(std::span<const std::uint64_t> words) {
  Decisions::visit(words, [](const Decision& decision) { hits[decision.rule.value] = true; });
}

}  // namespace hw
