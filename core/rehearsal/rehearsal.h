// Plays a lesson from its first step to its last with a reference solution and no window: it can be
// solved, nothing of it is solved beforehand, and every prediction comes true as the solution says.
#pragma once

#include "core/rehearsal/solution.h"
#include "core/session/session.h"

namespace hw::rehearsal {

struct Finding {
  bool fits = true;
  std::string item;  ///< id
  std::string text;  ///< "solved by 1 command"
};

/// What became of each item, in order; it ends with the first that does not fit.
std::vector<Finding> rehearse(const lesson::Lesson& lesson, const Solution& solution, Session session,
                              Language language);

}  // namespace hw::rehearsal
