// A lesson: a folder with lesson.en.md, lesson.zh_CN.md and network.yaml. It is loaded whole or not
// at all; it names no other files, and nothing of it is run.
#pragma once

#include <memory>
#include <optional>

#include "core/base/text.h"
#include "core/lesson/script.h"

namespace hw::lesson {

inline constexpr std::string_view kFiles[] = {"lesson.en.md", "lesson.zh_CN.md"};
inline constexpr std::string_view kSolutionFile = "solution.yaml";

struct Lesson {
  std::string folder;
  std::optional<Script> scripts[2];  ///< by Language; at least one
  std::uint64_t contentHash = 0;     ///< of all its files
  LessonProblems warnings;

  /// In the language, or in the other one if there is no such file.
  const Script& script(Language language) const;
  const Meta& meta() const { return script(Language::English).meta; }
};
using LessonPtr = std::shared_ptr<const Lesson>;

/// Whether a folder holds a lesson: one of its two files.
bool isLesson(const std::string& folder);

/// The lesson in a folder, or what is wrong with its files.
Expected<LessonPtr, LessonProblems> loadLesson(const std::string& folder);

/// The texts of its files, for tests: what is wrong with them, or the lesson. Empty: no such file.
struct LessonTexts {
  std::string english;
  std::string chinese;
};
Expected<LessonPtr, LessonProblems> loadLesson(const LessonTexts& texts, const project::Document* network);

}  // namespace hw::lesson
