// `hopwise-cli lesson lint|check`: is a lesson as it should be, and can it be solved?
#pragma once

#include <CLI/CLI.hpp>

namespace hw::cli {

void addLessonCommand(CLI::App& app, int& exitCode);

}  // namespace hw::cli
