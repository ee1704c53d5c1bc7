#include "core/project/value_reader.h"

#include <set>

namespace hw::project {

std::vector<ValueReader::Member> ValueReader::members(const YamlValue& value, const Wanted& wanted) {
  std::vector<Member> members;
  if (value.kind() != ValueKind::Map && value.kind() != ValueKind::Null) {
    wrongType(value, wanted);
    return members;
  }
  const std::vector<YamlValue> parts = value.children();
  std::set<std::string_view> seen;
  for (std::size_t i = 0; i + 1 < parts.size() && !m_problems.full(); i += 2) {
    const YamlValue& key = parts[i];
    if (!scalar(key, {{"a key", "键"}, {}})) continue;
    if (!seen.insert(key.text()).second) {
      report({.id = ProblemId::KeyTwice, .place = key.place(), .found = inQuotes(key.text())});
      continue;
    }
    members.push_back({key, parts[i + 1]});
  }
  return members;
}

}  // namespace hw::project
