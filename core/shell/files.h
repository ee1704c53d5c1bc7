// The few files that a device's terminal knows: those through which Linux is configured. There are no others.
#pragma once

#include "core/base/expected.h"
#include "core/shell/command.h"

namespace hw::shell {

/// The text of a file, or nothing if there is no such file.
std::optional<std::string> readFile(const Call& call, std::string_view path);

/// The configuration after a text was written into a file, or what the shell says.
Expected<DeviceConfig, std::string> writeFile(const Call& call, std::string_view path, std::string_view text, bool append);

}  // namespace hw::shell
