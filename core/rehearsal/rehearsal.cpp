#include "core/rehearsal/rehearsal.h"

#include <fmt/format.h>

#include <algorithm>

#include "core/lesson/tutor.h"

namespace hw::rehearsal {
namespace {

using lesson::Block;
using lesson::BlockKind;

constexpr Duration kLongest = seconds(3600);
constexpr std::uint64_t kMostEvents = 2'000'000;

class Rehearsal {
 public:
  Rehearsal(const lesson::Lesson& lesson, const Solution& solution, Session session, Language language)
      : m_lesson(lesson), m_solution(solution), m_session(std::move(session)), m_language(language),
        m_progress(lesson::freshProgress(lesson)) {}
  std::vector<Finding> play();

 private:
  bool playItem(const lesson::Step& step, const Block& block);
  bool check(const lesson::Step& step, const Block& block, const Answer& answer);
  bool predict(const lesson::Step& step, const Block& block, const Answer& answer);
  bool quiz(const Block& block, const Answer& answer);
  bool type(const Block& block, const lesson::CommandLine& command);
  void look(const lesson::Step& step) {
    lesson::takeFindings(step, lesson::look(lesson::watchesOf(step, m_progress), m_session.timeline()), m_progress);
  }
  bool tell(const Block& block, bool fits, Text text, const std::string& detail = {}) {
    m_findings.push_back({fits, block.id, fmt::format(fmt::runtime(text.in(m_language)), detail)});
    return fits;
  }

  const lesson::Lesson& m_lesson;
  const Solution& m_solution;
  Session m_session;
  Language m_language;
  lesson::Progress m_progress;
  std::vector<Finding> m_findings;
};

bool Rehearsal::type(const Block& block, const lesson::CommandLine& command) {
  const auto device = m_session.timeline().world().deviceNamed(command.device);
  if (!device) return tell(block, false, {"there is no device {}", "没有设备 {}"}, command.device);
  m_session.type(*device, command.line);
  const Time latest = m_session.timeline().now() + kLongest;
  if (m_session.runUntilIdle(*device, latest, kMostEvents)) return true;
  return tell(block, false, {"“{}” does not end", "“{}”没有结束"}, command.text());
}

bool Rehearsal::check(const lesson::Step& step, const Block& block, const Answer& answer) {
  look(step);
  if (lesson::isDone(block, m_progress)) return tell(block, false, {"solved before anything was done for it", "尚未操作就已完成"});
  for (const lesson::CommandLine& command : answer.commands)
    if (!type(block, command)) return false;
  look(step);
  if (!lesson::isDone(block, m_progress)) return tell(block, false, {"not solved by the reference solution", "参考答案没有完成该任务"});
  return tell(block, true, {"solved by {} line(s)", "用 {} 行命令完成"}, std::to_string(answer.commands.size()));
}

bool Rehearsal::predict(const lesson::Step& step, const Block& block, const Answer& answer) {
  lesson::lockPrediction(block, answer.choices.front(), m_session.timeline().world().events, m_progress);
  look(step);
  if (lesson::isDone(block, m_progress)) return tell(block, false, {"known before the packet moved", "数据包尚未移动就已揭晓"});
  if (!type(block, block.command)) return false;
  look(step);
  const lesson::ItemProgress& item = *lesson::itemIn(m_progress, block.id);
  if (!lesson::isDone(block, m_progress)) return tell(block, false, {"never known", "始终没有揭晓"});
  if (item.right != answer.choices.front()) return tell(block, false, {"it came to {}, which the solution did not say", "结果是 {}，与参考答案不符"}, item.value);
  return tell(block, true, {"came true: {}", "预测成真：{}"}, item.value);
}

bool Rehearsal::quiz(const Block& block, const Answer& answer) {
  if (!lesson::answerQuiz(block, answer.choices, m_progress)) return tell(block, false, {"the solution's answer is wrong", "参考答案不正确"});
  return tell(block, true, {"answered", "已作答"});
}

bool Rehearsal::playItem(const lesson::Step& step, const Block& block) {
  const auto answer = m_solution.answers.find(block.id);
  const bool empty = answer == m_solution.answers.end() ||
                     (block.kind == BlockKind::Check ? answer->second.commands.empty() : answer->second.choices.empty());
  if (empty) return tell(block, false, {"the solution says nothing about it", "参考答案中没有该项"});
  if (block.kind == BlockKind::Check) return check(step, block, answer->second);
  if (block.kind == BlockKind::Predict) return predict(step, block, answer->second);
  return quiz(block, answer->second);
}

std::vector<Finding> Rehearsal::play() {
  for (const lesson::Step& step : m_lesson.script(m_language).steps)
    for (const Block& block : step.blocks)
      if (block.isItem() && !playItem(step, block)) return std::move(m_findings);
  return std::move(m_findings);
}

}  // namespace

std::vector<Finding> rehearse(const lesson::Lesson& lesson, const Solution& solution, Session session,
                              Language language) {
  return Rehearsal(lesson, solution, std::move(session), language).play();
}

}  // namespace hw::rehearsal
