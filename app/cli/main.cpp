// The command line of Hopwise: a composition root that needs no Qt.
#include <CLI/CLI.hpp>

#include "app/cli/bench_command.h"
#include "app/cli/check_command.h"
#include "app/cli/diff_command.h"
#include "app/cli/dissect_command.h"
#include "app/cli/lesson_command.h"
#include "app/cli/run_command.h"
#include "app/cli/story_command.h"

int main(int argc, char** argv) {
  CLI::App app{"See networks work, hop by hop", "hopwise-cli"};
  app.set_version_flag("--version", "hopwise-cli " HOPWISE_VERSION);
  app.require_subcommand(0, 1);
  int exitCode = 0;
  hw::cli::addBenchCommand(app, exitCode);
  hw::cli::addRunCommand(app, exitCode);
  hw::cli::addCheckCommand(app, exitCode);
  hw::cli::addLessonCommand(app, exitCode);
  hw::cli::addDissectCommand(app, exitCode);
  hw::cli::addDiffCommand(app, exitCode);
  hw::cli::addStoryCommand(app, exitCode);
  try {
    app.parse(argc, argv);
  } catch (const CLI::ParseError& error) {
    return app.exit(error) == 0 ? 0 : 2;
  }
  return exitCode;
}
