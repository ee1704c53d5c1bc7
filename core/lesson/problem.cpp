#include "core/lesson/problem.h"

#include <fmt/format.h>

#include <algorithm>

#include "core/base/check.h"
#include "core/lesson/limits.h"
#include "core/lesson/problem_texts.h"

namespace hw::lesson {
namespace {

std::string filled(std::string_view pattern, const Problem& problem, Language language) {
  return fmt::format(fmt::runtime(pattern), fmt::arg("found", problem.found),
                     fmt::arg("right", problem.right), fmt::arg("of", problem.of.in(language)));
}

std::string message(const Problem& problem, Language language) {
  const ProblemTexts& texts = textsOf(problem.id);
  std::string text = filled(texts.what.in(language), problem, language);
  const std::string_view hint = texts.hint.in(language);
  const bool needsRight = hint.find("{right}") != std::string_view::npos;
  if (hint.empty() || (needsRight && problem.right.empty())) return text;
  text += language == Language::Chinese ? "；" : "; ";
  return text + filled(hint, problem, language);
}

}  // namespace

const ProblemTexts& textsOf(ProblemId id) {
  const ProblemTexts& texts = kProblemTexts[static_cast<std::size_t>(id)];
  HW_CHECK(texts.id == id);
  return texts;
}

std::string sentence(const Problem& problem, std::string_view file, Language language) {
  if (problem.yaml) return project::sentence(*problem.yaml, file, language);
  const bool error = severityOf(problem) == Severity::Error;
  const Text word = error ? Text{"error", "错误"} : Text{"warning", "警告"};
  std::string text(file);
  if (problem.place.line > 0) text += fmt::format(":{}:{}", problem.place.line, problem.place.column);
  return text + fmt::format(": {}: {}", word.in(language), message(problem, language));
}

bool LessonProblems::errors() const {
  for (const FileProblems& file : files)
    for (const Problem& one : file.problems)
      if (severityOf(one) == Severity::Error) return true;
  return false;
}

bool LessonProblems::empty() const {
  return std::all_of(files.begin(), files.end(), [](const auto& file) { return file.problems.empty(); });
}

std::string LessonProblems::text(Language language) const {
  std::string lines;
  for (const FileProblems& file : files)
    for (const Problem& one : file.problems) lines += sentence(one, file.file, language) + "\n";
  return lines;
}

void ProblemList::add(Problem problem) {
  std::size_t& count = severityOf(problem) == Severity::Error ? m_errors : m_warnings;
  if (count++ < kMaxProblems) m_problems.push_back(std::move(problem));
}

bool ProblemList::full() const { return m_errors >= kMaxProblems; }

std::vector<Problem> ProblemList::take() {
  std::stable_sort(m_problems.begin(), m_problems.end(),
                   [](const Problem& a, const Problem& b) { return a.place < b.place; });
  return std::move(m_problems);
}

}  // namespace hw::lesson
