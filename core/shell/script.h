// A line of a terminal, compiled: the part of the POSIX shell that networks are handled with.
//
//   for d in 192.0.2.1 198.51.100.1; do ip route get $d | head -1; done && echo done
//
// Lists (; & && ||), pipes, quotes, variables, $(...), for, while, if, groups, redirections to
// /dev/null and of 2 to 1.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "core/base/expected.h"

namespace hw::shell {

inline constexpr std::size_t kMaxLine = 16384;
inline constexpr int kMaxNesting = 32;

/// A part of a word: text as it is, a variable, or what a command prints.
struct Piece {
  enum class Kind : std::uint8_t { Text, Variable, Output } kind = Kind::Text;
  std::string text;        ///< the text, the variable's name, the command
  bool quoted = false;     ///< not split at blanks
  std::uint32_t slot = 0;  ///< of Output: where its text is kept
};
using WordPattern = std::vector<Piece>;

/// Where the two output streams of a command go.
enum class Stream : std::uint8_t { Output, Errors, Nowhere };
struct Streams {
  Stream output = Stream::Output;
  Stream errors = Stream::Errors;
};

struct Step {
  enum class Kind : std::uint8_t {
    Run,           ///< a simple command
    Capture,       ///< what is printed from here on is kept ...
    Keep,          ///< ... as the text of `slot`
    Feed,          ///< ... as the input of the next command
    Drop,          ///< ... for nobody
    Jump,
    JumpIfFailed,
    JumpIfOk,
    LoopBegin,     ///< `words` are what the variable `name` will be
    LoopNext,      ///< the next one, or on to `target`
    Invert,        ///< of the exit code
    Succeed,       ///< exit code 0
    Return,        ///< behind a line within the line: `sh -c`
  } kind = Kind::Run;
  std::vector<WordPattern> words;
  std::vector<std::pair<std::string, WordPattern>> assignments;
  Streams streams;
  bool background = false;
  std::uint32_t target = 0;
  std::uint32_t slot = 0;
  std::string name;
};

struct Script {
  std::vector<Step> steps;
  std::uint32_t slots = 0;
};

/// The steps of a line, or the sentence that the shell says: `Syntax error: "done" unexpected`.
Expected<Script, std::string> compile(std::string_view line);

}  // namespace hw::shell
