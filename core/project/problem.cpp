#include "core/project/problem.h"

#include <fmt/format.h>

#include "core/base/check.h"
#include "core/project/limits.h"
#include "core/project/problem_texts.h"

namespace hw::project {
namespace {

std::string filled(std::string_view pattern, const Problem& problem, Language language) {
  return fmt::format(fmt::runtime(pattern), fmt::arg("found", problem.found),
                     fmt::arg("right", problem.right), fmt::arg("of", problem.of.in(language)),
                     fmt::arg("kind", problem.kind.in(language)));
}

}  // namespace

const ProblemTexts& textsOf(ProblemId id) {
  const ProblemTexts& texts = kProblemTexts[static_cast<std::size_t>(id)];
  HW_CHECK(texts.id == id);
  return texts;
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

std::string sentence(const Problem& problem, std::string_view file, Language language) {
  const bool error = severityOf(problem) == Severity::Error;
  const Text word = error ? Text{"error", "错误"} : Text{"warning", "警告"};
  std::string text(file);
  if (problem.place.line > 0) {
    text += fmt::format(":{}:{}", problem.place.line, problem.place.column);
  }
  return text + fmt::format(": {}: {}", word.in(language), message(problem, language));
}

std::string ProjectError::text(Language language) const {
  std::string lines;
  for (const Problem& problem : problems) lines += sentence(problem, file, language) + "\n";
  return lines;
}

std::string inQuotes(std::string_view text) {
  std::size_t end = std::min(text.size(), kMaxQuoted);
  const auto continues = [&](std::size_t i) {
    return i < text.size() && (static_cast<unsigned char>(text[i]) & 0xC0) == 0x80;
  };
  while (end > 0 && continues(end)) --end;
  std::string shown(text.substr(0, end));
  for (char& c : shown) {
    if (static_cast<unsigned char>(c) < ' ' || c == '\x7F') c = ' ';
  }
  return end < text.size() ? shown + "..." : shown;
}

}  // namespace hw::project
