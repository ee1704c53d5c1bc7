// hopwise-cli check: is this project fit to run?
#pragma once

#include <CLI/CLI.hpp>

namespace hw::cli {

/// Adds the subcommand; running it sets the exit code: 0 it runs, 2 it does not.
void addCheckCommand(CLI::App& app, int& exitCode);

}  // namespace hw::cli
