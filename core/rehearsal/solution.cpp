#include "core/rehearsal/solution.h"

#include <algorithm>
#include <filesystem>
#include <fstream>
#include <iterator>

#include "core/project/suggest.h"
#include "core/project/text_check.h"
#include "core/project/yaml_tree.h"

namespace hw::rehearsal {
namespace {

using lesson::Block;
using lesson::BlockKind;
using lesson::ProblemId;
using project::inQuotes;
using project::ValueKind;
using project::YamlTree;
using project::YamlValue;

constexpr std::streamsize kMaxBytes = 64 * 1024;
constexpr std::size_t kMaxCommands = 20;

class Reader {
 public:
  explicit Reader(const lesson::Lesson& lesson) {
    for (const lesson::Step& step : lesson.script(Language::English).steps)
      for (const Block& block : step.blocks)
        if (block.isItem()) m_items[block.id] = &block;
  }
  Expected<Solution, std::vector<lesson::Problem>> read(const std::string& text);

 private:
  void readAnswers(const YamlValue& value);
  Answer answerOf(const Block& block, const YamlValue& value);
  void readCommand(const YamlValue& value, Answer& answer);
  void readChoice(const Block& block, const YamlValue& value, Answer& answer);
  void bad(const YamlValue& value, Text of, std::string right) {
    m_problems.add({.id = ProblemId::BadValue, .place = value.place(), .found = inQuotes(value.text()),
                    .right = std::move(right), .of = of});
  }

  std::map<std::string_view, const Block*> m_items;
  lesson::ProblemList m_problems;
  Solution m_solution;
};

void Reader::readCommand(const YamlValue& value, Answer& answer) {
  const std::string_view text = value.text();
  const std::size_t colon = text.find(": ");
  if (colon == std::string_view::npos || colon == 0 || answer.commands.size() >= kMaxCommands)
    return bad(value, {"a command for a device", "发给设备的命令"}, "\"h1: ping -c 1 192.0.2.20\"");
  answer.commands.push_back({std::string(text.substr(0, colon)), std::string(text.substr(colon + 2))});
}

void Reader::readChoice(const Block& block, const YamlValue& value, Answer& answer) {
  const std::string_view text = value.text();
  const std::size_t number = text.size() == 1 && text[0] >= '1' && text[0] <= '9' ? static_cast<std::size_t>(text[0] - '0') : 0;
  if (number == 0 || number > block.choices.size())
    return bad(value, {"the number of a choice", "选项的序号"}, "1");
  answer.choices.push_back(number - 1);
}

Answer Reader::answerOf(const Block& block, const YamlValue& value) {
  Answer answer;
  std::vector<YamlValue> parts{value};
  if (value.kind() == ValueKind::List) parts = value.children();
  for (const YamlValue& part : parts) {
    if (block.kind == BlockKind::Check) readCommand(part, answer);
    else readChoice(block, part, answer);
  }
  return answer;
}

void Reader::readAnswers(const YamlValue& value) {
  const std::vector<YamlValue> parts = value.children();
  for (std::size_t i = 0; i + 1 < parts.size(); i += 2) {
    const auto item = m_items.find(parts[i].text());
    if (value.kind() != ValueKind::Map || item == m_items.end())
      m_problems.add({.id = ProblemId::UnknownKey, .place = parts[i].place(), .found = inQuotes(parts[i].text())});
    else
      m_solution.answers[std::string(item->first)] = answerOf(*item->second, parts[i + 1]);
  }
  for (const auto& [id, block] : m_items)
    if (!m_solution.answers.contains(std::string(id)))
      m_problems.add({.id = ProblemId::KeyMissing, .place = value.place(), .found = std::string(id),
                      .right = std::string(id) + (block->kind == BlockKind::Check ? ": [\"h1: ping -c 1 192.0.2.20\"]" : ": 1")});
}

Expected<Solution, std::vector<lesson::Problem>> Reader::read(const std::string& text) {
  const auto tree = YamlTree::parse(text);
  if (!tree) return hw::unexpected(std::vector{lesson::Problem{.id = ProblemId::FrontMatter, .place = tree.error().place, .yaml = tree.error()}});
  const std::vector<YamlValue> parts = tree->root().children();
  if (parts.size() == 2 && parts[0].text() == "answers") readAnswers(parts[1]);
  else m_problems.add({.id = ProblemId::KeyMissing, .place = {1, 1}, .found = "answers", .right = "answers: {far-mac: 2}"});
  if (m_problems.errors() > 0) return hw::unexpected(m_problems.take());
  return std::move(m_solution);
}

}  // namespace

Expected<Solution, lesson::LessonProblems> readSolution(const std::string& text, const std::string& file,
                                                        const lesson::Lesson& lesson) {
  const auto refuse = [&file](std::vector<lesson::Problem> problems) {
    return hw::unexpected(lesson::LessonProblems{{{file, std::move(problems)}}});
  };
  if (const auto at = project::firstNoText(text))
    return refuse({{.id = ProblemId::NotText, .found = project::noTextProblem(text, *at, {}).found}});
  auto read = Reader(lesson).read(text);
  if (!read) return refuse(std::move(read.error()));
  return std::move(*read);
}

Expected<Solution, lesson::LessonProblems> loadSolution(const lesson::Lesson& lesson) {
  const auto path = std::filesystem::path(lesson.folder) / lesson::kSolutionFile;
  std::ifstream in(path, std::ios::binary);
  std::string text(static_cast<std::size_t>(kMaxBytes), '\0');
  in.read(text.data(), kMaxBytes);
  text.resize(static_cast<std::size_t>(std::max<std::streamsize>(in.gcount(), 0)));
  if (text.empty() || in.good())
    return hw::unexpected(lesson::LessonProblems{{{path.string(), {{.id = ProblemId::CannotRead, .found = "no readable file"}}}}});
  return readSolution(text, path.string(), lesson);
}

}  // namespace hw::rehearsal
