#include "core/lesson/directive.h"

#include <algorithm>
#include <array>
#include <map>

#include "core/lesson/front_matter.h"
#include "core/lesson/limits.h"
#include "core/project/suggest.h"

namespace hw::lesson {
namespace {

using project::inQuotes;

struct Kind {
  std::string_view name;
  BlockKind kind;
  bool needsId;
  std::array<std::string_view, 3> options;  ///< empty: none
};
constexpr Kind kKinds[] = {
    {"check", BlockKind::Check, true, {"assert"}},
    {"predict", BlockKind::Predict, true, {"run", "answer", "when"}},
    {"quiz", BlockKind::Quiz, true, {}},
    {"run", BlockKind::Run, true, {"run"}},
    {"hint", BlockKind::Hint, false, {}},
    {"note", BlockKind::Note, false, {}},
};

std::string knownNames() {
  std::vector<std::string_view> names;
  for (const Kind& one : kKinds) names.push_back(one.name);
  return project::listed(names);
}

struct Option {
  std::string_view value;
  Line line;
  std::size_t at = 0;  ///< first byte of the value in its line
};
using Options = std::map<std::string_view, Option>;

/// The text of a directive, parted into question, choices and explanation.
struct ChoiceSource {
  Line line;
  std::string text;
  std::string feedback;
};
struct Body {
  std::string question;
  std::vector<ChoiceSource> choices;
  std::string explanation;
  std::uint32_t questionLine = 0;
  std::uint32_t explanationLine = 0;
};

class DirectiveReader {
 public:
  DirectiveReader(const DirectiveSource& source, const ReadContext& context)
      : m_source(source), m_context(context) {}
  Block read();

 private:
  void problem(Problem what) { m_context.problems.add(std::move(what)); }
  std::size_t readOptions(const Kind& kind);
  void readId(const Kind& kind);
  Body readBody(std::size_t from, bool choices);
  void readQuizChoices(const Body& body);
  void readPredictChoices(const Body& body);
  bool countChoices(const Body& body, std::string example);
  ExpressionPtr expression(std::string_view text, const Line& line, std::size_t at);
  ExpressionPtr option(std::string_view name, std::string_view example, bool needed);
  void assertion();
  void command();

  const DirectiveSource& m_source;
  const ReadContext& m_context;
  Options m_options;
  Block m_block;
};

std::size_t DirectiveReader::readOptions(const Kind& kind) {
  std::size_t i = 0;
  for (; i < m_source.inside.size(); ++i) {
    const Line& line = m_source.inside[i];
    const std::size_t end = line.text.find(':', 1);
    if (!line.text.starts_with(':') || end == std::string_view::npos) break;
    const std::string_view name = line.text.substr(1, end - 1);
    std::size_t at = end + 1;
    while (at < line.text.size() && line.text[at] == ' ') ++at;
    const bool known = !name.empty() && std::find(kind.options.begin(), kind.options.end(), name) != kind.options.end();
    if (!known) {
      std::vector<std::string_view> names(kind.options.begin(), kind.options.end());
      std::erase(names, std::string_view());
      problem({.id = ProblemId::OptionUnknown, .place = placeIn(line, 1), .found = inQuotes(name),
               .right = project::listed(names)});
    } else if (!m_options.emplace(name, Option{trimmed(line.text.substr(at)), line, at}).second) {
      problem({.id = ProblemId::OptionTwice, .place = placeIn(line, 1), .found = inQuotes(name)});
    }
  }
  return i;
}

void DirectiveReader::readId(const Kind& kind) {
  if (!kind.needsId) return;
  m_block.id = m_source.argument;
  const std::string example = std::string("```{").append(kind.name).append("} my-") + std::string(kind.name);
  if (m_block.id.empty()) {
    problem({.id = ProblemId::IdMissing, .place = m_source.place, .right = example});
  } else if (!isId(m_block.id)) {
    problem({.id = ProblemId::IdBad, .place = m_source.argumentPlace, .found = inQuotes(m_block.id),
             .right = "far-mac"});
  }
}

Body DirectiveReader::readBody(std::size_t from, bool choices) {
  enum class Part { Question, Choices, Explanation } part = Part::Question;
  Body body;
  for (std::size_t i = from; i < m_source.inside.size(); ++i) {
    const Line& line = m_source.inside[i];
    const bool bullet = choices && (line.text.starts_with("- ") || line.text.starts_with("* "));
    if (bullet && part != Part::Explanation) {
      part = Part::Choices;
      body.choices.push_back({line, std::string(line.text.substr(2)), {}});
      continue;
    }
    if (part == Part::Choices) {
      if (isBlank(line.text)) continue;
      if (line.text.starts_with("  ")) {
        const std::string_view inner = trimmed(line.text);
        ChoiceSource& choice = body.choices.back();
        if (inner.starts_with('>')) choice.feedback.append(trimmed(inner.substr(1))).append("\n");
        else choice.text.append("\n").append(inner);
        continue;
      }
      part = Part::Explanation;
    }
    std::string& text = part == Part::Question ? body.question : body.explanation;
    std::uint32_t& first = part == Part::Question ? body.questionLine : body.explanationLine;
    if (first == 0) first = line.number;
    text.append(line.text).append("\n");
  }
  return body;
}

ExpressionPtr DirectiveReader::expression(std::string_view text, const Line& line, std::size_t at) {
  auto read = parseExpression(text, m_context.network);
  if (read) return std::make_shared<const Expression>(std::move(*read));
  Problem what = std::move(read.error());
  what.place = placeIn(line, at + what.place.column);
  problem(std::move(what));
  return nullptr;
}

ExpressionPtr DirectiveReader::option(std::string_view name, std::string_view example, bool needed) {
  const auto found = m_options.find(name);
  if (found != m_options.end()) return expression(found->second.value, found->second.line, found->second.at);
  if (needed)
    problem({.id = ProblemId::OptionMissing, .place = m_source.place, .found = std::string(name), .right = std::string(example)});
  return nullptr;
}

/// A check has to be true or false.
void DirectiveReader::assertion() {
  m_block.assertion = option("assert", ":assert: reaches(\"h1\", \"198.51.100.10\")", true);
  if (!m_block.assertion || m_block.assertion->type() == Type::Bool) return;
  const Option& where = m_options.at("assert");
  problem({.id = ProblemId::NotAnAnswer, .place = placeIn(where.line, where.at),
           .right = "packets(\"arp\").count >= 2", .of = {"claim that is true or false", "可判断真假的断言"}});
}

void DirectiveReader::command() {
  const auto found = m_options.find("run");
  if (found == m_options.end()) {
    problem({.id = ProblemId::OptionMissing, .place = m_source.place, .found = "run", .right = ":run: h1: ping -c 1 192.0.2.20"});
    return;
  }
  const Option& option = found->second;
  const std::size_t colon = option.value.find(':');
  const std::string_view device = option.value.substr(0, colon);
  const std::string_view line = colon == std::string_view::npos ? "" : trimmed(option.value.substr(colon + 1));
  if (device.empty() || line.empty() || option.value.size() > kMaxCommandBytes) {
    problem({.id = ProblemId::BadCommand, .place = placeIn(option.line, option.at), .found = inQuotes(option.value),
             .right = ":run: h1: ping -c 1 192.0.2.20"});
    return;
  }
  m_block.command = {std::string(device), std::string(line)};
  if (!m_context.network) return;
  const auto& nodes = m_context.network->nodes;
  if (std::any_of(nodes.begin(), nodes.end(), [&](const auto& one) { return one.name == device; })) return;
  std::vector<std::string_view> names;
  for (const project::Node& node : nodes) names.push_back(node.name);
  problem({.id = ProblemId::UnknownDevice, .place = placeIn(option.line, option.at), .found = inQuotes(device),
           .right = inQuotes(project::listed(names))});
}

bool DirectiveReader::countChoices(const Body& body, std::string example) {
  if (body.choices.size() < 2)
    problem({.id = ProblemId::TooFewChoices, .place = m_source.place, .right = std::move(example)});
  else if (body.choices.size() > kMaxChoices)
    problem({.id = ProblemId::TooManyChoices, .place = placeIn(body.choices[kMaxChoices].line, 0),
             .right = std::to_string(kMaxChoices)});
  else return true;
  return false;
}

void DirectiveReader::readQuizChoices(const Body& body) {
  if (!countChoices(body, "- [x] ... and - [ ] ...")) return;
  std::size_t right = 0;
  for (const ChoiceSource& one : body.choices) {
    const bool marked = one.text.starts_with("[x] ") || one.text.starts_with("[X] ");
    if (!marked && !one.text.starts_with("[ ] ")) {
      problem({.id = ProblemId::ChoiceMark, .place = placeIn(one.line, 2), .right = "- [x] or - [ ]"});
      return;
    }
    right += marked ? 1 : 0;
    m_block.choices.push_back({std::string(trimmed(one.text.substr(4))), one.feedback, marked, nullptr, placeIn(one.line, 0)});
  }
  if (right == 0) problem({.id = ProblemId::NoRightChoice, .place = m_source.place, .right = "- [x]"});
  if (right == body.choices.size()) problem({.id = ProblemId::AllRightChoices, .place = m_source.place, .right = "- [ ]"});
}

void DirectiveReader::readPredictChoices(const Body& body) {
  if (!countChoices(body, "- `device(\"h3\").interface(\"eth0\").mac` that of h3")) return;
  for (const ChoiceSource& one : body.choices) {
    const std::size_t end = one.text.find('`', 1);
    if (!one.text.starts_with('`') || end == std::string::npos) {
      problem({.id = ProblemId::ChoiceValue, .place = placeIn(one.line, 2), .right = "- `8` eight"});
      return;
    }
    Choice choice{std::string(trimmed(std::string_view(one.text).substr(end + 1))), one.feedback, false,
                  expression(std::string_view(one.text).substr(1, end - 1), one.line, 3), placeIn(one.line, 0)};
    if (choice.text.empty()) choice.text = one.text.substr(1, end - 1);
    m_block.choices.push_back(std::move(choice));
  }
}

Block DirectiveReader::read() {
  m_block.place = m_source.place;
  const auto kind = std::find_if(std::begin(kKinds), std::end(kKinds),
                                 [this](const Kind& one) { return one.name == m_source.name; });
  if (kind == std::end(kKinds)) {
    problem({.id = ProblemId::UnknownDirective, .place = m_source.place, .found = inQuotes(m_source.name),
             .right = knownNames()});
    m_block.kind = BlockKind::Unknown;
    m_block.name = inQuotes(m_source.name);
    m_block.text = joined(m_source.inside, 0, m_source.inside.size());
    return std::move(m_block);
  }
  m_block.kind = kind->kind;
  readId(*kind);
  const std::size_t from = readOptions(*kind);
  const bool choices = kind->kind == BlockKind::Quiz || kind->kind == BlockKind::Predict;
  const Body body = readBody(from, choices);
  m_block.text = body.question;
  m_block.explanation = body.explanation;
  if (isBlank(m_block.text)) problem({.id = ProblemId::NoQuestion, .place = m_source.place});
  readValues(body.question, body.questionLine, m_context, m_block);
  readValues(body.explanation, body.explanationLine, m_context, m_block);
  if (kind->kind == BlockKind::Check) assertion();
  if (kind->kind == BlockKind::Run || kind->kind == BlockKind::Predict) command();
  if (kind->kind == BlockKind::Quiz) readQuizChoices(body);
  if (kind->kind == BlockKind::Predict) {
    m_block.answer = option("answer", ":answer: packets(\"icmp.type == 8\").first[\"eth.dst\"]", true);
    m_block.when = option("when", "", false);
    readPredictChoices(body);
  }
  return std::move(m_block);
}

constexpr std::string_view kValueRole = "{value}`";

}  // namespace

Block readDirective(const DirectiveSource& source, const ReadContext& context) {
  return DirectiveReader(source, context).read();
}

void readValues(std::string_view text, std::uint32_t line, const ReadContext& context, Block& block) {
  for (const Line& one : linesOf(text)) {
    const Line here{one.text, line + one.number - 1};
    for (std::size_t at = one.text.find(kValueRole); at != std::string_view::npos;
         at = one.text.find(kValueRole, at + 1)) {
      const std::size_t from = at + kValueRole.size();
      const std::size_t end = one.text.find('`', from);
      if (end == std::string_view::npos || block.values.size() >= kMaxValues) {
        context.problems.add({.id = ProblemId::ValueOpen, .place = placeIn(here, at),
                              .right = "{value}`device(\"h1\").interface(\"eth0\").mac`"});
        return;
      }
      auto read = parseExpression(one.text.substr(from, end - from), context.network);
      if (read) {
        block.values.push_back(std::make_shared<const Expression>(std::move(*read)));
        continue;
      }
      Problem what = std::move(read.error());
      what.place = placeIn(here, from + what.place.column);
      context.problems.add(std::move(what));
    }
  }
}

}  // namespace hw::lesson
