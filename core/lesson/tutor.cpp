#include "core/lesson/tutor.h"

#include <algorithm>

namespace hw::lesson {
namespace {

using State = ItemProgress::State;

std::string choiceKey(const Block& block, std::size_t choice) { return block.id + "/" + std::to_string(choice); }
std::string valueKey(std::string_view expression) { return "=" + std::string(expression); }

const Value& found(const Findings& findings, const std::string& key) {
  static const Value kNothing;
  const auto at = findings.find(key);
  return at == findings.end() ? kNothing : at->second;
}

/// Reveals a prediction if it is known now what happened.
bool reveal(const Block& block, const Findings& findings, ItemProgress& item) {
  const Value& answer = found(findings, block.id + "/answer");
  if (!isThere(answer) || (block.when && !isTrue(found(findings, block.id + "/when")))) return false;
  for (std::size_t i = 0; i < block.choices.size() && !item.right; ++i)
    if (found(findings, choiceKey(block, i)) == answer) item.right = i;
  item.value = textOf(answer);
  item.state = State::Done;
  return true;
}

}  // namespace

Progress freshProgress(const Lesson& lesson) {
  Progress progress;
  progress.lesson = lesson.meta().id;
  progress.schema = lesson.meta().schema;
  progress.contentHash = lesson.contentHash;
  return progress;
}

std::vector<Watch> watchesOf(const Step& step, const Progress& progress) {
  std::vector<Watch> watches;
  for (const Block& block : step.blocks) {
    for (const ExpressionPtr& value : block.values) watches.push_back({valueKey(value->source), value, 0});
    const ItemProgress* item = itemIn(progress, block.id);
    if (&block == nextCheck(step, progress)) watches.push_back({block.id, block.assertion, 0});
    if (block.kind != BlockKind::Predict || !item || item->state != State::Locked) continue;
    watches.push_back({block.id + "/answer", block.answer, item->since});
    if (block.when) watches.push_back({block.id + "/when", block.when, item->since});
    for (std::size_t i = 0; i < block.choices.size(); ++i)
      watches.push_back({choiceKey(block, i), block.choices[i].value, item->since});
  }
  return watches;
}

bool takeFindings(const Step& step, const Findings& findings, Progress& progress) {
  bool changed = false;
  const Block* check = nextCheck(step, progress);
  if (check && isTrue(found(findings, check->id))) {
    progress.items[check->id].state = State::Done;
    changed = true;
  }
  for (const Block& block : step.blocks) {
    const auto item = progress.items.find(block.id);
    if (block.kind == BlockKind::Predict && item != progress.items.end() && item->second.state == State::Locked)
      changed |= reveal(block, findings, item->second);
  }
  return changed;
}

std::string valueText(const Findings& findings, std::string_view expression) {
  return textOf(found(findings, valueKey(expression)));
}

void lockPrediction(const Block& block, std::size_t choice, std::uint64_t since, Progress& progress) {
  ItemProgress& item = progress.items[block.id];
  if (item.state == State::Done || choice >= block.choices.size()) return;
  // Sending again does not open the lock.
  if (item.state == State::Open) item.chosen = {choice};
  item.state = State::Locked;
  item.since = since;
  ++item.tries;
}

bool answerQuiz(const Block& block, std::vector<std::size_t> chosen, Progress& progress) {
  ItemProgress& item = progress.items[block.id];
  std::sort(chosen.begin(), chosen.end());
  bool right = true;
  for (std::size_t i = 0; i < block.choices.size(); ++i)
    right = right && block.choices[i].right == std::binary_search(chosen.begin(), chosen.end(), i);
  item.chosen = std::move(chosen);
  ++item.tries;
  if (right) item.state = State::Done;
  return right;
}

void networkOpened(Progress& progress) {
  for (auto& [id, item] : progress.items) item.since = 0;
}

const Block* nextCheck(const Step& step, const Progress& progress) {
  for (const Block& block : step.blocks)
    if (block.kind == BlockKind::Check && !isDone(block, progress)) return &block;
  return nullptr;
}

const ItemProgress* itemIn(const Progress& progress, const std::string& id) {
  const auto item = progress.items.find(id);
  return item == progress.items.end() ? nullptr : &item->second;
}

bool isDone(const Block& block, const Progress& progress) {
  const ItemProgress* item = itemIn(progress, block.id);
  return item && item->state == State::Done;
}

bool isDone(const Script& script, std::size_t step, const Progress& progress) {
  bool any = false;
  for (const Block& block : script.steps[step].blocks) {
    if (!block.isItem()) continue;
    any = true;
    if (!isDone(block, progress)) return false;
  }
  return any || progress.read.contains(step);
}

std::size_t doneSteps(const Script& script, const Progress& progress) {
  std::size_t done = 0;
  for (std::size_t i = 0; i < script.steps.size(); ++i) done += isDone(script, i, progress) ? 1 : 0;
  return done;
}

}  // namespace hw::lesson
