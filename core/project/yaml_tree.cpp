#include "core/project/yaml_tree.h"

#include <yaml-cpp/eventhandler.h>
#include <yaml-cpp/exceptions.h>
#include <yaml-cpp/mark.h>
#include <yaml-cpp/parser.h>

#include <istream>
#include <optional>

#include "core/project/limits.h"
#include "core/project/text_check.h"
#include "core/project/untold_gauge.h"

namespace hw::project {
namespace {

Place placeOf(const YAML::Mark& mark) {
  if (mark.line < 0 || mark.column < 0) return {};
  return {static_cast<std::uint32_t>(mark.line) + 1, static_cast<std::uint32_t>(mark.column) + 1};
}

/// Which place helps: where yaml-cpp stopped, where the open list or map began, or what it told last.
enum class Where { Stopped, Opened, Told };

struct Syntax {
  std::string_view message;  ///< yaml-cpp's
  Where where;
  Text text;
};

const Syntax kSyntaxes[] = {
    {YAML::ErrorMsg::END_OF_SEQ_FLOW, Where::Opened, {"a list that starts with [ has no ]", "以 [ 开头的列表缺少 ]"}},
    {YAML::ErrorMsg::END_OF_MAP_FLOW, Where::Opened, {"a map that starts with { has no }", "以 { 开头的映射缺少 }"}},
    {YAML::ErrorMsg::FLOW_END, Where::Stopped, {"a ] or } without its beginning", "多余的 ] 或 }"}},
    {YAML::ErrorMsg::EOF_IN_SCALAR, Where::Told, {"behind this a quoted text has no end", "此后的引号文本没有结束"}},
    {YAML::ErrorMsg::DOC_IN_SCALAR, Where::Told, {"behind this a quoted text has no end", "此后的引号文本没有结束"}},
    {YAML::ErrorMsg::END_OF_MAP, Where::Stopped, {"a key “name:” is expected here", "此处应为键“name:”"}},
    {YAML::ErrorMsg::END_OF_SEQ, Where::Stopped, {"an element “- ...” is expected here", "此处应为元素“- ...”"}},
    {YAML::ErrorMsg::TAB_IN_INDENTATION, Where::Stopped, {"a tab; indent with blanks", "缩进不能用制表符，请用空格"}},
    {YAML::ErrorMsg::BLOCK_ENTRY, Where::Stopped, {"“-” cannot stand here", "此处不能有“-”"}},
    {YAML::ErrorMsg::MAP_KEY, Where::Stopped, {"a key cannot stand here", "此处不能有键"}},
    {YAML::ErrorMsg::MAP_VALUE, Where::Stopped,
     {"“:” cannot stand here; check the indentation (blanks, no tabs)", "此处不能有“:”，请检查缩进（用空格，不用制表符）"}},
    {YAML::ErrorMsg::UNKNOWN_TOKEN, Where::Stopped, {"a text that starts so stands in quotes", "以此开头的文本要加引号"}},
    {YAML::ErrorMsg::INVALID_ESCAPE, Where::Stopped, {"an unknown escape behind \\", "\\ 之后是未知的转义"}},
    {YAML::ErrorMsg::INVALID_HEX, Where::Stopped, {"a bad number behind \\x or \\u", "\\x 或 \\u 之后的数字有误"}},
};

Syntax syntaxOf(std::string_view message) {
  for (const Syntax& row : kSyntaxes) {
    if (message.starts_with(row.message)) return row;
  }
  return {{}, Where::Stopped, {"check quotes, brackets and indentation", "请检查引号、括号和缩进"}};
}

}  // namespace

/// Takes the events into the tree until something is refused; from then on they are ignored, and
/// the gauge lets the parser run out of text (its recursion has a bound of its own).
class YamlTreeBuilder : public YAML::EventHandler {
 public:
  YamlTreeBuilder(YamlTree& tree, UntoldGauge& gauge) : m_tree(tree), m_gauge(gauge) {}

  const std::optional<Problem>& problem() const { return m_problem; }
  Place lastTold() const { return placeOf(m_lastMark); }
  /// Where the innermost list or map began that is still open.
  Place lastOpened() const {
    if (m_open.empty()) return lastTold();
    const YamlTree::Entry& entry = m_tree.m_entries[m_open.back().index];
    return {entry.line, entry.column};
  }

  void OnDocumentStart(const YAML::Mark& mark) override {
    seen(mark);
    if (m_documents++ > 0) refuse({.id = ProblemId::SecondDocument, .place = placeOf(mark)});
  }
  void OnDocumentEnd() override { m_gauge.told(); }
  void OnNull(const YAML::Mark& mark, YAML::anchor_t anchor) override {
    add(ValueKind::Null, mark, {}, anchor);
  }
  void OnAlias(const YAML::Mark& mark, YAML::anchor_t) override {
    seen(mark);
    refuse({.id = ProblemId::AnchorOrAlias, .place = placeOf(mark)});
  }
  void OnScalar(const YAML::Mark& mark, const std::string& tag, YAML::anchor_t anchor,
                const std::string& value) override {
    if (const auto at = firstNoText(value)) refuse(noTextProblem(value, *at, placeOf(mark)));
    YamlTree::Entry* entry = add(ValueKind::Scalar, mark, tag, anchor);
    if (!entry) return;
    entry->quoted = tag == "!";
    entry->textAt = static_cast<std::uint32_t>(m_tree.m_texts.size());
    entry->textSize = static_cast<std::uint32_t>(value.size());
    m_tree.m_texts += value;
  }
  void OnSequenceStart(const YAML::Mark& mark, const std::string& tag, YAML::anchor_t anchor,
                       YAML::EmitterStyle::value) override {
    open(ValueKind::List, mark, tag, anchor);
  }
  void OnSequenceEnd() override { close(); }
  void OnMapStart(const YAML::Mark& mark, const std::string& tag, YAML::anchor_t anchor,
                  YAML::EmitterStyle::value) override {
    open(ValueKind::Map, mark, tag, anchor);
  }
  void OnMapEnd() override { close(); }

 private:
  struct Open {
    std::uint32_t index;
    std::uint32_t lastChild;
  };

  void seen(const YAML::Mark& mark) {
    m_gauge.told();
    m_lastMark = mark;
  }

  void refuse(Problem problem) {
    if (!m_problem) m_problem = std::move(problem);
    m_gauge.stop();
  }

  static bool plainTag(const std::string& tag) { return tag.empty() || tag == "?" || tag == "!"; }

  /// The new entry, or null if it is refused. Valid until the next.
  YamlTree::Entry* add(ValueKind kind, const YAML::Mark& mark, const std::string& tag,
                       YAML::anchor_t anchor) {
    seen(mark);
    const Place place = placeOf(mark);
    if (anchor != 0) refuse({.id = ProblemId::AnchorOrAlias, .place = place});
    if (!plainTag(tag)) refuse({.id = ProblemId::Tag, .place = place, .found = inQuotes(tag)});
    auto& entries = m_tree.m_entries;
    if (entries.size() >= kMaxValues) {
      refuse({.id = ProblemId::TooManyValues, .place = place, .right = std::to_string(kMaxValues)});
    }
    if (m_problem) return nullptr;
    const auto index = static_cast<std::uint32_t>(entries.size());
    if (!m_open.empty()) {
      Open& parent = m_open.back();
      if (parent.lastChild == 0) entries[parent.index].firstChild = index;
      else entries[parent.lastChild].nextSibling = index;
      parent.lastChild = index;
    }
    return &entries.emplace_back(
        YamlTree::Entry{.line = place.line, .column = place.column, .kind = kind});
  }

  void open(ValueKind kind, const YAML::Mark& mark, const std::string& tag, YAML::anchor_t anchor) {
    if (m_open.size() >= static_cast<std::size_t>(kMaxDepth)) {
      refuse({.id = ProblemId::TooDeep,
              .place = placeOf(mark),
              .right = std::to_string(kMaxDepth)});
    }
    if (!add(kind, mark, tag, anchor)) return;
    m_open.push_back({static_cast<std::uint32_t>(m_tree.m_entries.size() - 1), 0});
  }

  void close() {
    m_gauge.told();
    if (!m_problem) m_open.pop_back();
  }

  YamlTree& m_tree;
  UntoldGauge& m_gauge;
  std::vector<Open> m_open;
  std::optional<Problem> m_problem;
  YAML::Mark m_lastMark;
  int m_documents = 0;
};

namespace {

Problem syntaxProblem(const YAML::Exception& error, const YamlTreeBuilder& builder) {
  const Syntax syntax = syntaxOf(error.msg);
  Place place = placeOf(error.mark);
  if (syntax.where == Where::Opened) place = builder.lastOpened();
  if (syntax.where == Where::Told) place = builder.lastTold();
  return {.id = ProblemId::Syntax, .place = place, .of = syntax.text};
}

/// Runs the parser to its end. Result: what yaml-cpp says is wrong.
std::optional<Problem> handleAll(std::istream& stream, YamlTreeBuilder& builder) {
  try {
    YAML::Parser parser(stream);
    // Of a stray "," yaml-cpp 0.7 tells as of one empty document after the other, for ever.
    while (!builder.problem() && parser.HandleNextDocument(builder)) {
    }
  } catch (const YAML::Exception& error) {
    return syntaxProblem(error, builder);
  } catch (const std::exception&) {
    return Problem{.id = ProblemId::Syntax, .place = builder.lastTold(), .of = syntaxOf({}).text};
  }
  return std::nullopt;
}

}  // namespace

Expected<YamlTree, Problem> YamlTree::parse(std::string_view text) {
  YamlTree tree;
  UntoldGauge gauge(text);
  std::istream stream(&gauge);
  YamlTreeBuilder builder(tree, gauge);
  const std::optional<Problem> syntax = handleAll(stream, builder);
  if (builder.problem()) return hw::unexpected(*builder.problem());
  if (gauge.starved()) {
    return hw::unexpected(Problem{.id = ProblemId::TextTooLong,
                                  .place = builder.lastTold(),
                                  .right = std::to_string(kMaxUntoldBytes)});
  }
  if (syntax) return hw::unexpected(*syntax);
  if (tree.m_entries.empty() || tree.root().kind() == ValueKind::Null)
    return hw::unexpected(Problem{.id = ProblemId::Empty, .right = "version: 1"});
  return tree;
}

ValueKind YamlValue::kind() const { return m_tree->m_entries[m_index].kind; }

std::string_view YamlValue::text() const {
  const auto& entry = m_tree->m_entries[m_index];
  return std::string_view(m_tree->m_texts).substr(entry.textAt, entry.textSize);
}

Place YamlValue::place() const {
  const auto& entry = m_tree->m_entries[m_index];
  return {entry.line, entry.column};
}

Place YamlValue::placeAt(std::size_t offset) const {
  const auto& entry = m_tree->m_entries[m_index];
  return {entry.line, entry.column + static_cast<std::uint32_t>(offset) + (entry.quoted ? 1 : 0)};
}

std::vector<YamlValue> YamlValue::children() const {
  std::vector<YamlValue> all;
  for (std::uint32_t at = m_tree->m_entries[m_index].firstChild; at != 0;
       at = m_tree->m_entries[at].nextSibling) {
    all.emplace_back(*m_tree, at);
  }
  return all;
}

Text YamlValue::noun() const {
  switch (kind()) {
    case ValueKind::Null: return {"nothing", "空值"};
    case ValueKind::Scalar: return {"a single value", "单个值"};
    case ValueKind::List: return {"a list", "列表"};
    case ValueKind::Map: return {"a map", "映射"};
  }
  return {};
}

}  // namespace hw::project
