#pragma once

namespace CLI {
class App;
}

namespace hw::cli {

/// `diff A B`: the first record and the first field in which two session files differ.
void addDiffCommand(CLI::App& app, int& exitCode);

}  // namespace hw::cli
