#include "core/project/vlan_text.h"

#include <fmt/format.h>

#include "core/project/quantity.h"

namespace hw::project {
namespace {

/// The next word, at commas too if they are borders; the text loses it.
std::string_view nextWord(std::string_view& text, std::string_view borders) {
  const std::size_t start = text.find_first_not_of(borders);
  if (start == text.npos) return text = {}, std::string_view();
  text.remove_prefix(start);
  const std::string_view word = text.substr(0, text.find_first_of(borders));
  text.remove_prefix(word.size());
  return word;
}

}  // namespace

std::optional<int> parseVlan(std::string_view text) {
  const auto number = parseInteger(text, 1, 4094);
  return number ? std::optional(static_cast<int>(*number)) : std::nullopt;
}

std::optional<VlanRange> parseVlans(std::string_view text) {
  const std::size_t dash = text.find('-');
  const auto first = parseVlan(text.substr(0, dash));
  const auto last = dash == std::string_view::npos ? first : parseVlan(text.substr(dash + 1));
  if (!first || !last || *last < *first) return std::nullopt;
  return VlanRange{*first, *last};
}

std::string vlansText(const VlanRange& range) {
  return range.first == range.last ? std::to_string(range.first) : fmt::format("{}-{}", range.first, range.last);
}

std::string vlanLine(const VlanSpec& spec) {
  std::string line;
  const auto add = [&line](std::string_view word, const std::string& value) { line += fmt::format("{}{} {}", line.empty() ? "" : " ", word, value); };
  if (spec.access) add("access", std::to_string(*spec.access));
  std::string trunk;
  for (const VlanRange& one : spec.trunk) trunk += (trunk.empty() ? "" : ",") + vlansText(one);
  if (!trunk.empty()) add("trunk", trunk);
  if (spec.native) add("native", std::to_string(*spec.native));
  return line;
}

std::optional<VlanSpec> parseVlanLine(std::string_view text) {
  VlanSpec spec;
  for (std::string_view word = nextWord(text, " "); !word.empty(); word = nextWord(text, " ")) {
    std::string_view value = nextWord(text, " ");
    if (word == "trunk") {
      // "trunk 10, 20": a comma at the end of a word goes on with the next one.
      std::string list(value);
      while (list.ends_with(',')) {
        const std::string_view more = nextWord(text, " ");
        if (more.empty()) return std::nullopt;
        list += more;
      }
      std::string_view rest = list;
      for (std::string_view one = nextWord(rest, ","); !one.empty(); one = nextWord(rest, ",")) {
        const auto range = parseVlans(one);
        if (!range) return std::nullopt;
        spec.trunk.push_back(*range);
      }
      if (spec.trunk.empty()) return std::nullopt;
      continue;
    }
    const auto number = parseVlan(value);
    if (!number || (word != "access" && word != "native")) return std::nullopt;
    (word == "access" ? spec.access : spec.native) = *number;
  }
  return spec;
}

}  // namespace hw::project
