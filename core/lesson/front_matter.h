// The lines between the two `---` at the top of a lesson: what lesson it is.
#pragma once

#include "core/lesson/script.h"
#include "core/lesson/source.h"

namespace hw::lesson {

/// Reads them into `meta`. Result: the index of the first line behind them.
std::size_t readFrontMatter(const std::vector<Line>& lines, Meta& meta, ProblemList& problems);

/// Whether a text can be the id of a lesson or of a directive.
bool isId(std::string_view text);

}  // namespace hw::lesson
