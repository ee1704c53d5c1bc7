// The tokens of a line: words, operators, redirections.
#pragma once

#include "core/shell/script.h"

namespace hw::shell {

struct Token {
  enum class Kind : std::uint8_t { Word, Operator, Redirection, End } kind = Kind::End;
  WordPattern word;
  std::string text;  ///< as written: the operator, or the word if it has no quotes
  Stream from = Stream::Output;
  Stream to = Stream::Nowhere;
  std::string file;     ///< of a redirection into a file
  bool append = false;  ///< >> FILE
};

/// The tokens of a line with an End behind them, or what is wrong with it.
Expected<std::vector<Token>, std::string> tokens(std::string_view line);

}  // namespace hw::shell
