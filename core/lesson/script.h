// A lesson in one language: steps of texts, questions and tasks, as plain values.
#pragma once

#include <memory>
#include <string>
#include <vector>

#include "core/lesson/expression.h"
#include "core/lesson/problem.h"

namespace hw::lesson {

/// The newest schema of the format: the one this program was made for.
inline constexpr int kSchema = 1;

using ExpressionPtr = std::shared_ptr<const Expression>;

enum class BlockKind : std::uint8_t {
  Text,     ///< Markdown
  Check,    ///< to do: done when the expression is true
  Predict,  ///< to foretell: the choice is locked, then a command shows what happens
  Quiz,     ///< to answer: the right choices stand in the file
  Run,      ///< a command to try, at the press of a button
  Hint,     ///< shown when asked for
  Note,     ///< set apart
  Unknown,  ///< a directive of a later schema: shown as it is
};

/// A line for the terminal of a device: "h1: ping -c 1 192.0.2.20".
struct CommandLine {
  std::string device;
  std::string line;
  std::string text() const { return device + ": " + line; }
};

struct Choice {
  std::string text;      ///< Markdown
  std::string feedback;  ///< why it is right or wrong; Markdown, may be empty
  bool right = false;    ///< of a quiz
  ExpressionPtr value;   ///< of a prediction: it is right if the answer comes to the same
  Place place;
};

struct Block {
  BlockKind kind = BlockKind::Text;
  std::string id;           ///< of Check, Predict, Quiz, Run
  std::string name;         ///< of Unknown: the directive's
  std::string text;         ///< Markdown: the text, task or question
  std::vector<Choice> choices;
  std::string explanation;  ///< Markdown, shown when the answer is known; may be empty
  ExpressionPtr assertion;  ///< of Check
  ExpressionPtr answer;     ///< of Predict: what really happened
  ExpressionPtr when;       ///< of Predict: true when the answer is final; null: when there is one
  CommandLine command;      ///< of Predict and Run
  std::vector<ExpressionPtr> values;  ///< of all {value}`...` in the texts
  Place place;

  bool isItem() const { return kind == BlockKind::Check || kind == BlockKind::Predict || kind == BlockKind::Quiz; }
  /// Whether several choices of a quiz are right.
  bool many() const;
};

struct Step {
  std::string title;
  std::vector<Block> blocks;
  Place place;
};

struct Meta {
  int schema = kSchema;
  std::string id;
  std::string title;
  std::string language;  ///< "en" or "zh_CN"
  int minutes = 0;       ///< 0: not said
  std::vector<std::string> objectives;
};

struct Script {
  Meta meta;
  std::vector<Step> steps;
};

/// The noun of a kind of block: "check".
std::string_view nameOf(BlockKind kind);

}  // namespace hw::lesson
