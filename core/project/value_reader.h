// Reads single values of a tree: each reader takes a value into a plain variable, or reports what
// stands there and what would be right and leaves the variable alone.
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "core/project/keys.h"
#include "core/project/problem_list.h"
#include "core/project/yaml_tree.h"

namespace hw::project {

/// What is expected at a place: as a noun, and as an example.
struct Wanted {
  Text noun;
  std::string_view example;
};

class ValueReader {
 public:
  explicit ValueReader(ProblemList& problems) : m_problems(problems) {}

  void report(Problem problem) { m_problems.add(std::move(problem)); }
  ProblemList& problems() { return m_problems; }

  void wrongType(const YamlValue& value, const Wanted& wanted) {
    report({.id = ProblemId::WrongType,
            .place = value.place(),
            .right = std::string(wanted.example),
            .of = wanted.noun,
            .kind = value.noun()});
  }
  void badValue(const YamlValue& value, const Wanted& wanted) {
    report({.id = ProblemId::BadValue,
            .place = value.place(),
            .found = inQuotes(value.text()),
            .right = std::string(wanted.example),
            .of = wanted.noun});
  }

  /// The text of a scalar.
  std::optional<std::string_view> scalar(const YamlValue& value, const Wanted& wanted) {
    if (value.kind() == ValueKind::Scalar) return value.text();
    wrongType(value, wanted);
    return std::nullopt;
  }

  /// out = parse(text), where parse returns an optional.
  template <class T, class Parse>
  bool parsed(const YamlValue& value, const Wanted& wanted, Parse parse, T& out) {
    const auto text = scalar(value, wanted);
    if (!text) return false;
    auto result = parse(*text);
    if (!result) {
      badValue(value, wanted);
      return false;
    }
    out = std::move(*result);
    return true;
  }

  void text(const YamlValue& value, const Wanted& wanted, std::string& out) {
    if (const auto text = scalar(value, wanted)) out = *text;
  }

  void flag(const YamlValue& value, bool& out) {
    const auto parse = [](std::string_view text) -> std::optional<bool> {
      if (text == "true") return true;
      if (text == "false") return false;
      return std::nullopt;
    };
    parsed(value, {{"true or false", "true 或 false"}, "true"}, parse, out);
  }

  /// The elements; nothing at all is an empty list.
  std::vector<YamlValue> list(const YamlValue& value, const Wanted& wanted) {
    if (value.kind() == ValueKind::List || value.kind() == ValueKind::Null) return value.children();
    wrongType(value, wanted);
    return {};
  }

  struct Member {
    YamlValue key;
    YamlValue value;
    std::string_view name() const { return key.text(); }
  };
  /// The members of a map with each key once; nothing at all is an empty map. O(n log n).
  std::vector<Member> members(const YamlValue& value, const Wanted& wanted);

 private:
  ProblemList& m_problems;
};

}  // namespace hw::project
