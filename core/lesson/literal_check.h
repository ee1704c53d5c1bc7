// Whether a text that stands in an expression can mean what it has to: a device of the network, an
// address, a field.
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "core/lesson/problem.h"
#include "core/lesson/vocabulary.h"
#include "core/project/document.h"

namespace hw::lesson {

/// How such an argument is written.
std::string exampleOf(Argument argument);

/// What is wrong with the text as this argument; place.column counts bytes within the text.
/// `device`: whose interface it is. Without a network names are not checked.
std::optional<Problem> checkLiteral(Argument argument, std::string_view text, std::string_view device,
                                    const project::Document* network);

}  // namespace hw::lesson
