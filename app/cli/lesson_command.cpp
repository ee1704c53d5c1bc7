#include "app/cli/lesson_command.h"

#include <algorithm>
#include <iostream>
#include <memory>

#include "app/cli/exit_code.h"
#include "core/lesson/lesson.h"
#include "core/project/file.h"
#include "core/rehearsal/rehearsal.h"

namespace hw::cli {
namespace {

struct LessonOptions {
  std::string folder;
  std::string language = "en";
  Language in() const { return language == "zh_CN" ? Language::Chinese : Language::English; }
};

/// The lesson, or nothing after its problems were printed.
lesson::LessonPtr load(const LessonOptions& options) {
  const auto loaded = lesson::loadLesson(options.folder);
  std::cout << (loaded ? (*loaded)->warnings : loaded.error()).text(options.in());
  return loaded ? *loaded : nullptr;
}

int lint(const LessonOptions& options) { return load(options) ? 0 : kUnusable; }

int play(const lesson::Lesson& lesson, const rehearsal::Solution& solution, Language language) {
  auto document = project::runnable(*project::loadFile(lesson.folder));
  auto session = document ? Session::open(std::move(*document)) : hw::unexpected(document.error());
  if (!session) {
    std::cout << session.error().text(language);
    return kUnusable;
  }
  const auto findings = rehearsal::rehearse(lesson, solution, std::move(*session), language);
  for (const rehearsal::Finding& one : findings)
    std::cout << (one.fits ? "ok    " : "FAIL  ") << one.item << ": " << one.text << "\n";
  return std::all_of(findings.begin(), findings.end(), [](const auto& one) { return one.fits; }) ? 0 : kFailed;
}

int check(const LessonOptions& options) {
  const lesson::LessonPtr lesson = load(options);
  if (!lesson) return kUnusable;
  const auto solution = rehearsal::loadSolution(*lesson);
  if (!solution) {
    std::cout << solution.error().text(options.in());
    return kUnusable;
  }
  return play(*lesson, *solution, options.in());
}

void addOne(CLI::App& app, const char* name, const char* about, int (*what)(const LessonOptions&), int& exitCode) {
  auto options = std::make_shared<LessonOptions>();
  CLI::App* command = app.add_subcommand(name, about);
  command->add_option("FOLDER", options->folder, "The lesson's folder")->required();
  command->add_option("--lang", options->language, "The language of the messages")
      ->check(CLI::IsMember({"en", "zh_CN"}));
  command->callback([options, what, &exitCode] { exitCode = what(*options); });
}

}  // namespace

void addLessonCommand(CLI::App& app, int& exitCode) {
  CLI::App* command = app.add_subcommand("lesson", "Judge a lesson");
  command->require_subcommand(1);
  addOne(*command, "lint", "Say what is wrong with a lesson, with line and column", lint, exitCode);
  addOne(*command, "check", "Play a lesson with the solution.yaml in its folder", check, exitCode);
}

}  // namespace hw::cli
