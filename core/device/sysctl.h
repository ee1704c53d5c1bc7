// The knobs of a device under Linux's names. A name with an interface in it (net.ipv4.neigh.eth0.*,
// net.ipv4.conf.all.*) is another name of the device's one knob.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "core/device/config.h"

namespace hw {

enum class SysctlProblem : std::uint8_t {
  Unknown,    ///< there is no such knob
  Invalid,    ///< not a value it can have
  NotBuilt,   ///< Linux has it; here it has its default and cannot be changed
};

/// The value of a knob as text; nothing if there is none of that name.
std::optional<std::string> readSysctl(const DeviceConfig& config, std::string_view name);
/// Turns a knob; what is wrong, or nothing.
std::optional<SysctlProblem> writeSysctl(DeviceConfig& config, std::string_view name, std::string_view value);
/// All names, sorted, for the device's own interfaces.
std::vector<std::string> sysctlNames(const DeviceConfig& config);

}  // namespace hw
