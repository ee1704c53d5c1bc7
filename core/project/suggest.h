// "Did you mean ...?": the known word that is nearest to what was written.
#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace hw::project {

/// Insertions, deletions, replacements and swaps of neighbours that turn a into b, as far as they
/// are at most `limit`; else limit + 1. O(|a| |b|); words longer than 64 bytes are far.
std::size_t editDistance(std::string_view a, std::string_view b, std::size_t limit);

/// The nearest of the known words if it is near enough to be meant (a third of its letters, at
/// least one), the first of equals; else an empty view. Looks at the first 2,000.
std::string_view nearest(std::string_view word, const std::vector<std::string_view>& known);

/// "a, b, c"
std::string listed(const std::vector<std::string_view>& words);

}  // namespace hw::project
