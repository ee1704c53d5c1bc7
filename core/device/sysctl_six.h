// The part of sysctl.h below net.ipv6.conf.
#pragma once

#include "core/device/sysctl.h"

namespace hw {

inline constexpr std::string_view kSixKnobs = "net.ipv6.conf.";

/// As readSysctl() and writeSysctl(), for names that begin so.
std::optional<std::string> readSixKnob(const DeviceConfig& config, std::string_view name);
std::optional<SysctlProblem> writeSixKnob(DeviceConfig& config, std::string_view name, std::string_view value);
std::vector<std::string> sixKnobNames(const DeviceConfig& config);

}  // namespace hw
