// The lines of a file, and places in them.
#pragma once

#include <string_view>
#include <vector>

#include "core/lesson/problem.h"

namespace hw::lesson {

struct Line {
  std::string_view text;  ///< without its end
  std::uint32_t number = 0;
};

std::vector<Line> linesOf(std::string_view text);
std::string_view trimmed(std::string_view text);
bool isBlank(std::string_view text);
/// The lines in one text again.
std::string joined(const std::vector<Line>& lines, std::size_t from, std::size_t to);
/// Turns byte columns (from 1) into columns of characters.
void countCharacters(const std::vector<Line>& lines, std::vector<Problem>& problems);
/// The place of a byte of a line.
inline Place placeIn(const Line& line, std::size_t byte) {
  return {line.number, static_cast<std::uint32_t>(byte) + 1};
}

}  // namespace hw::lesson
