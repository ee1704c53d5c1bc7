// What is wrong with a lesson, and where: an id, a place and the facts. The sentence is made for
// whoever reads it, in their language.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "core/base/text.h"
#include "core/project/problem.h"

namespace hw::lesson {

using project::Place;
using project::Severity;

enum class ProblemId : std::uint8_t {
  // the files
  CannotRead,
  FileTooLarge,
  NotText,
  NoLesson,
  OtherLanguageMissing,
  Network,
  // the front matter
  NoFrontMatter,
  FrontMatterOpen,
  FrontMatter,
  UnknownKey,
  KeyMissing,
  BadValue,
  NewerSchema,
  // the body
  TextBeforeStep,
  NoStep,
  EmptyTitle,
  TooManySteps,
  TooManyBlocks,
  BlockTooLong,
  FenceOpen,
  MarkdownTooDeep,
  TextTooLarge,
  PictureLeftOut,
  // directives
  UnknownDirective,
  IdMissing,
  IdBad,
  IdTwice,
  OptionUnknown,
  OptionTwice,
  OptionMissing,
  NoQuestion,
  TooFewChoices,
  TooManyChoices,
  NoRightChoice,
  AllRightChoices,
  ChoiceMark,
  ChoiceValue,
  BadCommand,
  // expressions
  ExpressionTooLong,
  ExpressionTooDeep,
  Unexpected,
  UnknownWord,
  WrongType,
  NotAnAnswer,
  TextWanted,
  UnknownDevice,
  UnknownInterface,
  UnknownField,
  BadLiteral,
  ValueOpen,
  // the languages beside each other
  StepsDiffer,
  ItemsDiffer,
  ItemDiffers,
  MetaDiffers,
  Count
};

struct Problem {
  ProblemId id{};
  Place place{};
  std::string found{};  ///< what stands there, shortened
  std::string right{};  ///< what would be right; empty if nothing can be proposed
  Text of{};            ///< what is meant, as a noun
  std::optional<project::Problem> yaml{};  ///< of FrontMatter: what the reader of YAML says
};

struct ProblemTexts {
  ProblemId id;
  std::string_view key;
  Severity severity;
  Text what;
  Text hint;  ///< left out if it needs {right} and there is none
};

const ProblemTexts& textsOf(ProblemId id);
inline Severity severityOf(const Problem& problem) { return textsOf(problem.id).severity; }

/// "lesson.en.md:12:3: error: “reachs” is unknown; did you mean “reaches”?"
std::string sentence(const Problem& problem, std::string_view file, Language language);

/// The problems of one file of a lesson.
struct FileProblems {
  std::string file;
  std::vector<Problem> problems;
};

/// A lesson that cannot be used, or that deserves a word: the problems of its files in turn.
struct LessonProblems {
  std::vector<FileProblems> files;
  bool errors() const;
  bool empty() const;
  /// One sentence a line.
  std::string text(Language language = Language::English) const;
};

/// Collects the problems of one file: at most kMaxProblems errors and as many warnings.
class ProblemList {
 public:
  void add(Problem problem);
  std::size_t errors() const { return m_errors; }
  /// True if more errors would not be reported: reading on is of no use.
  bool full() const;
  /// The problems in the order of the file; the list is empty afterwards.
  std::vector<Problem> take();

 private:
  std::vector<Problem> m_problems;
  std::size_t m_errors = 0;
  std::size_t m_warnings = 0;
};

}  // namespace hw::lesson
