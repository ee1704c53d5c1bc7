#include "core/lesson/parity.h"

#include <algorithm>

namespace hw::lesson {
namespace {

std::vector<const Block*> itemsOf(const Step& step) {
  std::vector<const Block*> items;
  for (const Block& block : step.blocks)
    if (!block.id.empty()) items.push_back(&block);
  return items;
}

std::string titleOf(const Block* block) {
  return block ? std::string(nameOf(block->kind)) + " " + block->id : std::string("-");
}

class Comparison {
 public:
  std::vector<Problem> compare(const Script& first, const Script& other);

 private:
  void compareMeta(const Meta& first, const Meta& other);
  void compareSteps(const Step& first, const Step& other);
  void compareItems(const Block& first, const Block& other);
  void text(const Block& at, Text of, const std::string& first, const std::string& other) {
    if (first != other)
      m_problems.push_back({.id = ProblemId::ItemDiffers, .place = at.place, .found = at.id,
                            .right = project::inQuotes(first), .of = of});
  }

  std::vector<Problem> m_problems;
};

std::string sourceOf(const ExpressionPtr& expression) { return expression ? expression->source : std::string(); }

/// What is right, as a text that can be compared: "-x--", or the values of the choices.
std::string answersOf(const Block& block) {
  std::string answers;
  for (const Choice& one : block.choices) {
    if (one.value) answers += (answers.empty() ? "" : ", ") + sourceOf(one.value);
    else answers += one.right ? "x" : "-";
  }
  return answers;
}

void Comparison::compareMeta(const Meta& first, const Meta& other) {
  const auto differs = [this](const char* key, const std::string& right) {
    m_problems.push_back({.id = ProblemId::MetaDiffers, .place = {1, 1}, .found = key, .right = right});
  };
  if (first.id != other.id) differs("id", first.id);
  if (first.minutes != other.minutes) differs("minutes", std::to_string(first.minutes));
  if (first.objectives.size() != other.objectives.size()) differs("objectives", std::to_string(first.objectives.size()));
}

void Comparison::compareItems(const Block& first, const Block& other) {
  text(other, {"the claim", "断言"}, sourceOf(first.assertion), sourceOf(other.assertion));
  text(other, {"the answer", "答案"}, sourceOf(first.answer), sourceOf(other.answer));
  text(other, {"the condition", "条件"}, sourceOf(first.when), sourceOf(other.when));
  text(other, {"the command", "命令"}, first.command.line.empty() ? "" : first.command.text(),
       other.command.line.empty() ? "" : other.command.text());
  text(other, {"the row of answers", "各选项"}, answersOf(first), answersOf(other));
}

void Comparison::compareSteps(const Step& first, const Step& other) {
  const auto a = itemsOf(first), b = itemsOf(other);
  for (std::size_t i = 0; i < std::max(a.size(), b.size()); ++i) {
    const Block* one = i < a.size() ? a[i] : nullptr;
    const Block* two = i < b.size() ? b[i] : nullptr;
    if (one && two && one->kind == two->kind && one->id == two->id) {
      compareItems(*one, *two);
      continue;
    }
    m_problems.push_back({.id = ProblemId::ItemsDiffer, .place = two ? two->place : other.place, .found = titleOf(two),
                          .right = titleOf(one)});
    return;
  }
}

std::vector<Problem> Comparison::compare(const Script& first, const Script& other) {
  compareMeta(first.meta, other.meta);
  const std::size_t both = std::min(first.steps.size(), other.steps.size());
  for (std::size_t i = 0; i < both; ++i) compareSteps(first.steps[i], other.steps[i]);
  if (first.steps.size() != other.steps.size())
    m_problems.push_back({.id = ProblemId::StepsDiffer,
                          .place = other.steps.empty() ? Place{1, 1} : other.steps[both - (both > 0 ? 1 : 0)].place,
                          .found = std::to_string(other.steps.size()),
                          .right = std::to_string(first.steps.size())});
  return std::move(m_problems);
}

}  // namespace

std::vector<Problem> differencesOf(const Script& first, const Script& other) { return Comparison().compare(first, other); }

}  // namespace hw::lesson
