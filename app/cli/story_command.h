// hopwise-cli story SCENARIO_DIR [--pcapng FILE]
#pragma once

#include <CLI/CLI.hpp>

namespace hw::cli {

/// Adds the command; when it runs it sets `exitCode`: 1 if the scenario needs what is not built yet,
/// 2 if it cannot be read.
void addStoryCommand(CLI::App& app, int& exitCode);

}  // namespace hw::cli
