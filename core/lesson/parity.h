// A lesson is one lesson in both languages: the same steps, with the same tasks and questions.
#pragma once

#include "core/lesson/script.h"

namespace hw::lesson {

/// What in `other` is not as in `first`, with places in `other`.
std::vector<Problem> differencesOf(const Script& first, const Script& other);

}  // namespace hw::lesson
