// A reference solution of a lesson: the file solution.yaml in its folder.
//
//   answers:
//     neighbours: ["h3: ping -c 1 10.0.2.20"]   # a check: what is typed, line by line
//     far-mac: 2                                # a prediction or question: the number of the choice
//     same-subnet: [1, 2]                       # several
#pragma once

#include <map>
#include <string>
#include <vector>

#include "core/lesson/lesson.h"

namespace hw::rehearsal {

struct Answer {
  std::vector<lesson::CommandLine> commands;  ///< of a check
  std::vector<std::size_t> choices;           ///< from 0
};

struct Solution {
  std::map<std::string, Answer> answers;  ///< one for each item of the lesson
};

/// The solution in a lesson's folder, or what is wrong with it.
Expected<Solution, lesson::LessonProblems> loadSolution(const lesson::Lesson& lesson);
/// The same from a text; `file` names it in messages.
Expected<Solution, lesson::LessonProblems> readSolution(const std::string& text, const std::string& file,
                                                        const lesson::Lesson& lesson);

}  // namespace hw::rehearsal
