// Read first: getopt(3).
#include "core/shell/options.h"

#include <charconv>

namespace hw::shell {

Expected<Options, std::string> Options::parse(const Words& words, std::string_view letters) {
  Options options;
  bool onlyRest = false;
  for (std::size_t i = 1; i < words.size(); ++i) {
    const std::string& word = words[i];
    if (onlyRest || word.size() < 2 || word[0] != '-') {
      options.m_rest.push_back(word);
      continue;
    }
    if (word == "--") {
      onlyRest = true;
      continue;
    }
    for (std::size_t at = 1; at < word.size(); ++at) {
      const char letter = word[at];
      const std::size_t found = letters.find(letter);
      if (letter == ':' || found == letters.npos)
        return unexpected(std::string("invalid option -- '") + letter + "'");
      if (found + 1 == letters.size() || letters[found + 1] != ':') {
        options.m_values[letter];
        continue;
      }
      if (at + 1 < word.size()) options.m_values[letter] = word.substr(at + 1);
      else if (i + 1 < words.size()) options.m_values[letter] = words[++i];
      else return unexpected(std::string("option requires an argument -- '") + letter + "'");
      break;
    }
  }
  return options;
}

std::optional<std::uint64_t> parseNumber(std::string_view text) {
  std::uint64_t value = 0;
  const char* const end = text.data() + text.size();
  const auto [at, error] = std::from_chars(text.data(), end, value);
  if (text.empty() || error != std::errc() || at != end) return std::nullopt;
  return value;
}

std::optional<std::uint32_t> parseKernelNumber(std::string_view text) {
  const bool hex = text.size() > 2 && text[0] == '0' && (text[1] == 'x' || text[1] == 'X');
  if (hex) text.remove_prefix(2);
  std::uint32_t value = 0;
  const char* const end = text.data() + text.size();
  const auto [at, error] = std::from_chars(text.data(), end, value, hex ? 16 : 10);
  if (text.empty() || error != std::errc() || at != end) return std::nullopt;
  return value;
}

std::optional<Duration> parseSeconds(std::string_view text) {
  constexpr std::uint64_t kMost = 1'000'000'000;
  const std::size_t point = text.find('.');
  const std::string_view whole = text.substr(0, point);
  const std::string_view part = point == text.npos ? std::string_view() : text.substr(point + 1);
  if (whole.empty() && part.empty()) return std::nullopt;
  const auto seconds = whole.empty() ? 0 : parseNumber(whole);
  if (!seconds || *seconds > kMost) return std::nullopt;
  std::uint64_t ns = 0;
  if (!part.empty()) {
    const std::string_view digits = part.substr(0, 9);
    const auto value = parseNumber(digits);
    if (!value || part.find_first_not_of("0123456789") != part.npos) return std::nullopt;
    ns = *value;
    for (std::size_t i = digits.size(); i < 9; ++i) ns *= 10;
  }
  return Duration{static_cast<std::int64_t>(*seconds * 1'000'000'000 + ns)};
}

}  // namespace hw::shell
