// What counts in a lesson: when a task is done, a prediction known, an answer right. Pure functions
// of the script, the learner's progress and what the network came to.
#pragma once

#include "core/lesson/evaluate.h"
#include "core/lesson/lesson.h"
#include "core/lesson/progress.h"

namespace hw::lesson {

/// The progress of somebody who has just opened the lesson.
Progress freshProgress(const Lesson& lesson);

/// What has to be looked at while a step is shown.
std::vector<Watch> watchesOf(const Step& step, const Progress& progress);
/// Takes in what the watches came to: checks that hold are done for good, predictions are revealed.
/// Result: whether the progress has changed.
bool takeFindings(const Step& step, const Findings& findings, Progress& progress);
/// What {value}`expression` of a step came to.
std::string valueText(const Findings& findings, std::string_view expression);

/// Locks a prediction before its packet moves: frames of the first `since` events are not its outcome.
void lockPrediction(const Block& block, std::size_t choice, std::uint64_t since, Progress& progress);
/// Takes an answer to a quiz; result: whether it is right (it is done then).
bool answerQuiz(const Block& block, std::vector<std::size_t> chosen, Progress& progress);
/// Another network stands at its beginning: what is still locked is awaited from there.
void networkOpened(Progress& progress);

/// The check of a step that is to be done now: they are done in turn. Null: none is left.
const Block* nextCheck(const Step& step, const Progress& progress);
const ItemProgress* itemIn(const Progress& progress, const std::string& id);
bool isDone(const Block& block, const Progress& progress);
/// A step is done when all its tasks and questions are; one without any, when it was read.
bool isDone(const Script& script, std::size_t step, const Progress& progress);
std::size_t doneSteps(const Script& script, const Progress& progress);

}  // namespace hw::lesson
