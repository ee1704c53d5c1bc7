#include "core/lesson/front_matter.h"

#include <algorithm>

#include "core/base/ascii.h"
#include "core/lesson/limits.h"
#include "core/project/suggest.h"
#include "core/project/yaml_tree.h"

namespace hw::lesson {
namespace {

using project::inQuotes;
using project::ValueKind;
using project::YamlTree;
using project::YamlValue;

constexpr std::string_view kFence = "---";
constexpr std::string_view kKnownKeys[] = {"schema", "id", "title", "lang", "minutes", "objectives"};
constexpr std::size_t kMaxTitleBytes = 200;
constexpr std::size_t kMaxObjectives = 12;

class Reader {
 public:
  Reader(Meta& meta, ProblemList& problems) : m_meta(meta), m_problems(problems) {}
  void read(const YamlValue& root);

 private:
  void readKey(const YamlValue& key, const YamlValue& value);
  void bad(const YamlValue& value, Text of, std::string right) {
    m_problems.add({.id = ProblemId::BadValue, .place = placeOf(value), .found = inQuotes(value.text()),
                    .right = std::move(right), .of = of});
  }
  int number(const YamlValue& value, int least, int most, std::string example);
  std::string text(const YamlValue& value, std::string example);
  void readSchema(const YamlValue& value);
  /// The first line of the YAML is the second of the file.
  static Place placeOf(const YamlValue& value) {
    const Place place = value.place();
    return {place.line + 1, place.column};
  }

  Meta& m_meta;
  ProblemList& m_problems;
};

int Reader::number(const YamlValue& value, int least, int most, std::string example) {
  int read = 0;
  const std::string_view text = value.text();
  const bool digits = !text.empty() && text.size() <= 4 && std::all_of(text.begin(), text.end(), isDigit);
  for (const char c : digits ? text : std::string_view()) read = read * 10 + (c - '0');
  if (digits && read >= least && read <= most) return read;
  bad(value, {"a fitting number", "合适的数"}, std::move(example));
  return least;
}

std::string Reader::text(const YamlValue& value, std::string example) {
  if (value.kind() == ValueKind::Scalar && !value.text().empty() && value.text().size() <= kMaxTitleBytes)
    return std::string(value.text());
  bad(value, {"a short text", "简短的文本"}, std::move(example));
  return {};
}

void Reader::readSchema(const YamlValue& value) {
  m_meta.schema = number(value, 1, 9999, "schema: 1");
  if (m_meta.schema <= kSchema) return;
  m_problems.add({.id = ProblemId::NewerSchema, .place = placeOf(value), .found = std::to_string(m_meta.schema),
                  .right = std::to_string(kSchema)});
}

void Reader::readKey(const YamlValue& key, const YamlValue& value) {
  const std::string_view name = key.text();
  if (name == "schema") return readSchema(value);
  if (name == "title") m_meta.title = text(value, "title: Two networks, one router");
  if (name == "minutes") m_meta.minutes = number(value, 1, 600, "minutes: 20");
  if (name == "id") {
    m_meta.id = value.text();
    if (!isId(m_meta.id)) bad(value, {"an id of letters, digits and -", "由字母、数字和 - 组成的标识"}, "id: two-networks");
  }
  if (name == "lang") {
    m_meta.language = value.text();
    if (m_meta.language != "en" && m_meta.language != "zh_CN") bad(value, {"a language", "语言"}, "lang: en, lang: zh_CN");
  }
  if (name == "objectives") {
    const auto all = value.children();
    if (value.kind() != ValueKind::List || all.size() > kMaxObjectives)
      bad(value, {"a short list", "简短的列表"}, "objectives: [say which addresses a router changes]");
    else
      for (const YamlValue& one : all) m_meta.objectives.push_back(text(one, "- say which addresses a router changes"));
  }
  if (std::find(std::begin(kKnownKeys), std::end(kKnownKeys), name) == std::end(kKnownKeys))
    m_problems.add({.id = ProblemId::UnknownKey, .place = placeOf(key), .found = inQuotes(name),
                    .right = project::listed({std::begin(kKnownKeys), std::end(kKnownKeys)})});
}

void Reader::read(const YamlValue& root) {
  if (root.kind() != ValueKind::Map) return bad(root, {"a list of keys", "一组键"}, "title: Two networks");
  std::vector<std::string_view> seen;
  const std::vector<YamlValue> parts = root.children();
  for (std::size_t i = 0; i + 1 < parts.size() && !m_problems.full(); i += 2) {
    seen.push_back(parts[i].text());
    readKey(parts[i], parts[i + 1]);
  }
  constexpr std::pair<std::string_view, std::string_view> kNeeded[] = {
      {"schema", "schema: 1"}, {"id", "id: two-networks"}, {"title", "title: Two networks"}, {"lang", "lang: en"}};
  for (const auto& [key, example] : kNeeded)
    if (std::find(seen.begin(), seen.end(), key) == seen.end())
      m_problems.add({.id = ProblemId::KeyMissing, .place = {1, 1}, .found = std::string(key), .right = std::string(example)});
}

}  // namespace

bool isId(std::string_view text) {
  if (text.empty() || text.size() > kMaxIdBytes || !isLetter(text.front())) return false;
  return std::all_of(text.begin(), text.end(), [](char c) { return isLetter(c) || isDigit(c) || c == '-'; });
}

std::size_t readFrontMatter(const std::vector<Line>& lines, Meta& meta, ProblemList& problems) {
  if (lines.empty() || trimmed(lines[0].text) != kFence) {
    problems.add({.id = ProblemId::NoFrontMatter, .place = {1, 1}, .right = "id: two-networks"});
    return 0;
  }
  std::size_t end = 1;
  while (end < lines.size() && trimmed(lines[end].text) != kFence) ++end;
  if (end == lines.size()) {
    problems.add({.id = ProblemId::FrontMatterOpen, .place = {1, 1}});
    return end;
  }
  const auto tree = YamlTree::parse(joined(lines, 1, end));
  if (tree) {
    Reader(meta, problems).read(tree->root());
  } else {
    project::Problem what = tree.error();
    if (what.place.line > 0) ++what.place.line;
    if (what.id == project::ProblemId::Empty) what.right = "schema: 1";
    problems.add({.id = ProblemId::FrontMatter, .place = what.place, .yaml = what});
  }
  return end + 1;
}

}  // namespace hw::lesson
