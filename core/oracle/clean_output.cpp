#include "core/oracle/clean_output.h"

#include "core/base/ascii.h"

namespace hw::oracle {
namespace {

/// The length of "12.5 ms" without its unit at `at`, or 0.
std::size_t timeAt(const std::string& line, std::size_t at, std::size_t& unit) {
  std::size_t end = at;
  while (end < line.size() && isDigit(line[end])) ++end;
  if (end == at) return 0;
  if (end + 1 < line.size() && line[end] == '.' && isDigit(line[end + 1])) {
    ++end;
    while (end < line.size() && isDigit(line[end])) ++end;
  }
  unit = end;
  if (unit < line.size() && line[unit] == ' ') ++unit;
  const bool ms = line.compare(unit, 2, "ms") == 0 && (unit + 2 >= line.size() || !isNameCharacter(line[unit + 2]));
  return ms ? end - at : 0;
}

std::string withoutTimes(const std::string& line) {
  std::string clean;
  for (std::size_t i = 0; i < line.size();) {
    std::size_t unit = 0;
    const std::size_t length = timeAt(line, i, unit);
    if (length == 0) {
      clean.push_back(line[i++]);
      continue;
    }
    clean.push_back('#');
    i += length;
  }
  while (!clean.empty() && isWhite(clean.back())) clean.pop_back();
  return clean;
}

}  // namespace

std::vector<std::string> cleanOutput(const std::string& text) {
  std::vector<std::string> lines;
  for (std::size_t start = 0; start < text.size();) {
    const std::size_t end = text.find('\n', start);
    const std::string line = text.substr(start, end == text.npos ? end : end - start);
    if (line.rfind("rtt ", 0) != 0) lines.push_back(withoutTimes(line));
    start = end == text.npos ? text.size() : end + 1;
  }
  return lines;
}

}  // namespace hw::oracle
