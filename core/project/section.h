// Reads a section, which is a map whose keys are known: each key by the reader that a table names,
// unknown and missing keys reported.
#pragma once

#include <algorithm>
#include <array>
#include <span>

#include "core/project/keys.h"
#include "core/project/value_reader.h"

namespace hw::project {

/// How one key of a section is read into its T.
template <class T> struct KeyReader {
  std::string_view key;
  void (*read)(ValueReader& reader, const YamlValue& value, T& out);
};

/// True if the table reads each key of the section, in the order of kKeys.
template <class T, std::size_t N>
constexpr bool readsAllOf(Section section, const KeyReader<T> (&readers)[N]) {
  std::size_t i = 0;
  for (const Key& key : kKeys) {
    if (key.section == section && (i == N || readers[i++].key != key.name)) return false;
  }
  return i == N;
}

/// Reports a key that the section does not know, with the nearest that it knows.
void reportUnknownKey(ValueReader& reader, const YamlValue& key, Section section);
/// Reports each required key of the section that is not among the members.
void reportMissingKeys(ValueReader& reader, const YamlValue& value, Section section,
                       std::span<const ValueReader::Member> members);

template <class T, std::size_t N>
void readSection(ValueReader& reader, const YamlValue& value, Section section,
                 const KeyReader<T> (&readers)[N], T& out) {
  const auto members = reader.members(value, {sectionNoun(section), {}});
  for (const auto& member : members) {
    const auto known = std::find_if(std::begin(readers), std::end(readers),
                                    [&](const auto& one) { return one.key == member.name(); });
    if (known == std::end(readers)) reportUnknownKey(reader, member.key, section);
    else known->read(reader, member.value, out);
  }
  reportMissingKeys(reader, value, section, members);
}

/// The index of the word among the known; nothing if it is none of them, which is reported.
std::optional<std::size_t> readWord(ValueReader& reader, const YamlValue& value,
                                    const Wanted& wanted, std::span<const std::string_view> known);

}  // namespace hw::project
