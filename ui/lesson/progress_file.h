// Where a learner's progress is kept: in the person's own data, never in the lesson's folder.
#pragma once

#include "core/lesson/tutor.h"

namespace hw::lesson_page {

/// What was kept for this lesson, or a fresh start.
lesson::Progress readProgress(const lesson::Lesson& lesson);
/// Replaces the file as a whole; result: whether it could be written.
bool writeProgress(const lesson::Progress& progress);
/// Forgets what was kept.
void forgetProgress(const lesson::Lesson& lesson);

}  // namespace hw::lesson_page
