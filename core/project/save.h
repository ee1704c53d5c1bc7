// From a document to the text of its file.
#pragma once

#include <string>
#include <string_view>

#include "core/project/document.h"

namespace hw::project {

/// The text of the project file: the same for equal documents, keys in the order of keys.h, what
/// is as by default left out. The document of loadText(saveText(d)) is d, but for bytes that are no
/// text (text_check.h): each is written as U+FFFD, so that what is saved can be loaded.
std::string saveText(const Document& document);

/// The text as a YAML scalar that every YAML reader takes for a text: plain if it may be, else in
/// double quotes.
std::string yamlScalar(std::string_view text);

}  // namespace hw::project
