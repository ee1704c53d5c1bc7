// One language's file as a script. Its skeleton (front matter, `## ` for a step, fences of
// directives) is found line by line, so that every place is known; the texts between are CommonMark.
#pragma once

#include "core/lesson/script.h"

namespace hw::lesson {

struct ReadScript {
  Script script;
  std::vector<Problem> problems;  ///< in the order of the file
};

/// The script of a text; it is to be used if no problem is an error. O(bytes).
ReadScript readScript(std::string_view text, const project::Document* network);

}  // namespace hw::lesson
