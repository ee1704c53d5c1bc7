#pragma once

namespace CLI {
class App;
}

namespace hw::cli {

/// `bench WORKLOAD [--packets N] [--verify]`: one JSON line.
void addBenchCommand(CLI::App& app, int& exitCode);

}  // namespace hw::cli
