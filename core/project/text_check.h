// Whether bytes are text at all: UTF-8 without control characters.
#pragma once

#include <cstddef>
#include <optional>
#include <string_view>

#include "core/project/problem.h"

namespace hw::project {

/// The place of the first byte that is no text: invalid UTF-8 (RFC 3629 4), or a control character
/// other than tab and line end. O(bytes).
std::optional<std::size_t> firstNoText(std::string_view bytes);

/// Tells of the byte that firstNoText found.
Problem noTextProblem(std::string_view bytes, std::size_t at, Place place);

}  // namespace hw::project
