#include "core/project/section.h"

#include "core/project/suggest.h"

namespace hw::project {
namespace {

std::string_view exampleOf(std::string_view key) {
  constexpr std::string_view kExamples[][2] = {
      {"version", "version: 1"},
      {"nodes", "nodes: {h1: {kind: host}}"},
      {"kind", "kind: host"},
      {"ends", "ends: [h1:eth0, h2:eth0]"},
      {"address", "address: 192.0.2.1"},
      {"mac", "mac: 02:00:00:00:00:aa"},
      {"device", "device: eth0"},
      {"text", "text: Two networks"},
  };
  for (const auto& example : kExamples) {
    if (example[0] == key) return example[1];
  }
  return {};
}

}  // namespace

void reportUnknownKey(ValueReader& reader, const YamlValue& key, Section section) {
  const auto known = keysOf(section);
  const std::string_view near = nearest(key.text(), known);
  reader.report({.id = near.empty() ? ProblemId::UnknownKeyFar : ProblemId::UnknownKey,
                 .place = key.place(),
                 .found = inQuotes(key.text()),
                 .right = near.empty() ? listed(known) : std::string(near),
                 .of = sectionNoun(section)});
}

void reportMissingKeys(ValueReader& reader, const YamlValue& value, Section section,
                       std::span<const ValueReader::Member> members) {
  if (value.kind() != ValueKind::Map && value.kind() != ValueKind::Null) return;
  const auto known = keysOf(section);
  for (const Key& key : kKeys) {
    if (key.section != section || !key.required) continue;
    // A misspelt key stands for the missing one: it is reported already.
    const bool present = std::any_of(members.begin(), members.end(), [&](const auto& member) {
      return member.name() == key.name || nearest(member.name(), known) == key.name;
    });
    if (present) continue;
    reader.report({.id = ProblemId::KeyMissing,
                   .place = value.place(),
                   .found = std::string(key.name),
                   .right = std::string(exampleOf(key.name)),
                   .of = sectionNoun(section)});
  }
}

std::optional<std::size_t> readWord(ValueReader& reader, const YamlValue& value,
                                    const Wanted& wanted, std::span<const std::string_view> known) {
  const auto text = reader.scalar(value, wanted);
  if (!text) return std::nullopt;
  const auto found = std::find(known.begin(), known.end(), *text);
  if (found != known.end()) return static_cast<std::size_t>(found - known.begin());
  const std::vector<std::string_view> words(known.begin(), known.end());
  const std::string_view near = nearest(*text, words);
  reader.report({.id = near.empty() ? ProblemId::UnknownWordFar : ProblemId::UnknownWord,
                 .place = value.place(),
                 .found = inQuotes(*text),
                 .right = near.empty() ? listed(words) : std::string(near),
                 .of = wanted.noun});
  return std::nullopt;
}

}  // namespace hw::project
