#include "core/lesson/source.h"

#include <algorithm>

#include "core/base/ascii.h"

namespace hw::lesson {

std::vector<Line> linesOf(std::string_view text) {
  std::vector<Line> lines;
  while (!text.empty()) {
    const std::size_t end = text.find('\n');
    std::string_view line = text.substr(0, end);
    text.remove_prefix(end == std::string_view::npos ? text.size() : end + 1);
    if (line.ends_with('\r')) line.remove_suffix(1);
    lines.push_back({line, static_cast<std::uint32_t>(lines.size()) + 1});
  }
  return lines;
}

std::string_view trimmed(std::string_view text) {
  while (!text.empty() && isWhite(text.front())) text.remove_prefix(1);
  while (!text.empty() && isWhite(text.back())) text.remove_suffix(1);
  return text;
}

bool isBlank(std::string_view text) { return trimmed(text).empty(); }

std::string joined(const std::vector<Line>& lines, std::size_t from, std::size_t to) {
  std::string text;
  for (std::size_t i = from; i < to; ++i) text.append(lines[i].text).append("\n");
  return text;
}

void countCharacters(const std::vector<Line>& lines, std::vector<Problem>& problems) {
  const auto continues = [](char c) { return (static_cast<unsigned char>(c) & 0xC0) == 0x80; };
  for (Problem& problem : problems) {
    Place& place = problem.yaml ? problem.yaml->place : problem.place;
    if (place.line == 0 || place.line > lines.size() || place.column == 0) continue;
    const std::string_view before = lines[place.line - 1].text.substr(0, place.column - 1);
    const auto inner = std::count_if(before.begin(), before.end(), continues);
    place.column = static_cast<std::uint32_t>(before.size() + 1) - static_cast<std::uint32_t>(inner);
    problem.place = place;
  }
}

}  // namespace hw::lesson
