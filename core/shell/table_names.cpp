// Read first: ip-route(8), "table TABLEID".
#include "core/shell/table_names.h"

#include <fmt/format.h>

#include <algorithm>

#include "core/shell/options.h"

namespace hw::shell {
namespace {

constexpr std::size_t kMaxNames = 256;

struct Builtin {
  std::uint32_t number;
  std::string_view name;
};
constexpr Builtin kBuiltin[] = {{route::kTableLocal, "local"},
                                {route::kTableMain, "main"},
                                {route::kTableDefault, "default"},
                                {route::kTableUnspecified, "unspec"}};

/// The words of a line up to a #.
std::vector<std::string_view> wordsOf(std::string_view line) {
  line = line.substr(0, line.find('#'));
  std::vector<std::string_view> words;
  while (true) {
    const std::size_t start = line.find_first_not_of(" \t\r");
    if (start == line.npos) return words;
    line.remove_prefix(start);
    const std::size_t end = std::min(line.find_first_of(" \t\r"), line.size());
    words.push_back(line.substr(0, end));
    line.remove_prefix(end);
  }
}

}  // namespace

std::optional<std::uint32_t> tableNumbered(const DeviceConfig& config, std::string_view word) {
  for (const Builtin& one : kBuiltin)
    if (one.name == word) return one.number;
  for (const TableName& one : config.tables)
    if (one.name == word) return one.number;
  return parseKernelNumber(word);
}

std::string tableName(const DeviceConfig& config, std::uint32_t table) {
  for (const TableName& one : config.tables)
    if (one.number == table) return one.name;
  for (const Builtin& one : kBuiltin)
    if (one.number == table) return std::string(one.name);
  return std::to_string(table);
}

std::string tablesText(const DeviceConfig& config) {
  std::string text;
  for (const Builtin& one : kBuiltin) text += fmt::format("{}\t{}\n", one.number, one.name);
  for (const TableName& one : config.tables) text += fmt::format("{} {}\n", one.number, one.name);
  return text;
}

std::vector<TableName> tablesOf(std::string_view text) {
  std::vector<TableName> tables;
  while (!text.empty() && tables.size() < kMaxNames) {
    const std::size_t end = std::min(text.find('\n'), text.size());
    const auto words = wordsOf(text.substr(0, end));
    text.remove_prefix(std::min(end + 1, text.size()));
    if (words.size() != 2) continue;
    const auto number = parseKernelNumber(words[0]);
    const auto isBuiltin = [&](const Builtin& one) { return one.number == number && one.name == words[1]; };
    if (!number || std::any_of(std::begin(kBuiltin), std::end(kBuiltin), isBuiltin)) continue;
    std::erase_if(tables, [&](const TableName& one) { return one.number == *number; });
    tables.push_back({*number, std::string(words[1])});
  }
  return tables;
}

}  // namespace hw::shell
