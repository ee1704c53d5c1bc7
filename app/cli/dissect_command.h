// hopwise-cli dissect FILE.pcap|.pcapng [--json] [--lang en|zh_CN]
#pragma once

#include <CLI/CLI.hpp>

namespace hw::cli {

/// Adds the command; when it runs it sets `exitCode`: 0 also with malformed packets in the file, 2
/// if the file cannot be read (to its end).
void addDissectCommand(CLI::App& app, int& exitCode);

}  // namespace hw::cli
