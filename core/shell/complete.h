// Completion at a device's prompt.
#pragma once

#include "core/shell/command.h"

namespace hw::shell {

/// What the word that ends at `cursor` may become, sorted: commands in front, behind them the words of
/// the command, interfaces, the names of the devices and, for sysctl, the knobs.
std::vector<std::string> complete(const World& world, DeviceId device, std::string_view line, std::size_t cursor);

}  // namespace hw::shell
