// The words of the check language: what each is asked of, what it takes and gives. One table for the
// parser and the documentation.
#pragma once

#include <array>
#include <span>
#include <string>

#include "core/lesson/expression.h"

namespace hw::lesson {

/// What an argument has to be, besides its type.
enum class Argument : std::uint8_t { Nothing, DeviceName, InterfaceName, Filter, FieldName, Address, Mac };

enum class WordForm : std::uint8_t { Function, Member, Method, Lookup };

struct VocabularyWord {
  WordId id;
  Type of;                ///< None: a function that stands alone
  WordForm form;
  std::string_view name;  ///< empty for a lookup [...]
  std::array<Argument, 2> arguments;
  Type result;
  Text meaning;
  std::size_t argumentCount() const {
    return arguments[0] == Argument::Nothing ? 0 : arguments[1] == Argument::Nothing ? 1 : 2;
  }
};

std::span<const VocabularyWord> vocabulary();
const VocabularyWord* wordOf(Type of, WordForm form, std::string_view name);
/// The words that may follow a value of this type, as a list for people.
std::string wordsOf(Type of);

}  // namespace hw::lesson
