#include "core/shell/files.h"

#include <algorithm>

#include "core/device/sysctl.h"
#include "core/shell/table_names.h"

namespace hw::shell {
namespace {

constexpr std::string_view kTables = "/etc/iproute2/rt_tables";
constexpr std::string_view kKnobs = "/proc/sys/";

/// "net.ipv4.ip_forward" of "/proc/sys/net/ipv4/ip_forward"; a dot in an interface's name is a slash there.
std::string knobOf(std::string_view path) {
  std::string name(path.substr(kKnobs.size()));
  for (char& c : name) c = c == '/' ? '.' : c == '.' ? '/' : c;
  std::replace(name.begin(), name.end(), '/', '.');
  return name;
}

Expected<DeviceConfig, std::string> writeKnob(const Call& call, std::string_view path, std::string_view text) {
  while (!text.empty() && (text.back() == '\n' || text.back() == ' ')) text.remove_suffix(1);
  DeviceConfig config = call.config();
  const auto problem = writeSysctl(config, knobOf(path), text);
  if (!problem) return config;
  switch (*problem) {
    case SysctlProblem::Unknown: return unexpected(std::string("nonexistent"));
    case SysctlProblem::Invalid: return unexpected(std::string("Invalid argument"));
    case SysctlProblem::NotBuilt: break;
  }
  return unexpected(std::string("this value is not simulated"));
}

}  // namespace

std::optional<std::string> readFile(const Call& call, std::string_view path) {
  if (path == kTables) return tablesText(call.config());
  if (path.starts_with(kKnobs))
    if (const auto value = readSysctl(call.config(), knobOf(path))) return *value + "\n";
  return std::nullopt;
}

Expected<DeviceConfig, std::string> writeFile(const Call& call, std::string_view path, std::string_view text, bool append) {
  if (path.starts_with(kKnobs)) return writeKnob(call, path, text);
  if (path != kTables) return unexpected(std::string("nonexistent directory or file; only a few files are simulated"));
  DeviceConfig config = call.config();
  config.tables = tablesOf((append ? tablesText(config) : std::string()) + std::string(text));
  return config;
}

}  // namespace hw::shell
