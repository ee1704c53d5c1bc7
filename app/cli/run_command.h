#pragma once

namespace CLI {
class App;
}

namespace hw::cli {

/// `run PROJECT [--until T] [--do 'h1: ping ...']... [--pcapng FILE] ...`: plays a network headless.
void addRunCommand(CLI::App& app, int& exitCode);

}  // namespace hw::cli
