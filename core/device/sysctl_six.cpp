// The knobs of IPv6: net.ipv6.conf.NAME.*. Read first: Documentation/networking/ip-sysctl.rst of Linux.
#include <algorithm>
#include <array>
#include <charconv>

#include "core/device/sysctl.h"
#include "core/device/sysctl_six.h"

namespace hw {
namespace {

constexpr std::array<std::string_view, 3> kTurned{"disable_ipv6", "forwarding", "hop_limit"};

/// Knobs that stand at this value: hosts here ask for no routers and believe none (RFC 4862 5.5 is not built).
struct Standing {
  std::string_view name;
  std::string_view value;
};
constexpr Standing kStanding[] = {
    {"accept_dad", "1"},      {"accept_ra", "0"},       {"accept_redirects", "0"},     {"addr_gen_mode", "0"},
    {"autoconf", "0"},        {"dad_transmits", "1"},   {"router_solicitations", "0"}, {"keep_addr_on_down", "1"},
};

struct Parts {
  std::string_view interface;
  std::string_view knob;
};

std::optional<Parts> partsOf(const DeviceConfig& config, std::string_view name) {
  name.remove_prefix(kSixKnobs.size());
  const std::size_t dot = name.rfind('.');
  if (dot == name.npos) return std::nullopt;
  const Parts parts{name.substr(0, dot), name.substr(dot + 1)};
  const bool known = parts.interface == "all" || parts.interface == "default" || config.interfaceNamed(parts.interface);
  return known ? std::optional(parts) : std::nullopt;
}

const Standing* standing(std::string_view knob) {
  const auto at = std::find_if(std::begin(kStanding), std::end(kStanding), [&](const Standing& one) { return one.name == knob; });
  return at == std::end(kStanding) ? nullptr : &*at;
}

bool speaks(const DeviceConfig& config, std::string_view interface) {
  if (interface == "all") return config.six.has_value();
  if (interface == "default") return config.six && config.six->fresh;
  const InterfaceConfig& one = config.at(*config.interfaceNamed(interface));
  return one.six.has_value() || (config.six && one.kind == InterfaceKind::Loopback);
}

void setSpeaks(DeviceConfig& config, std::string_view interface, bool on) {
  const bool all = interface == "all";
  for (std::uint32_t i = 1; i < config.interfaces.size(); ++i) {
    const InterfaceConfig& one = config.interfaces[i];
    if ((!all && one.name != interface) || one.kind == InterfaceKind::Removed) continue;
    if (on) enableSix(config, InterfaceId{i});
    else disableSix(config, InterfaceId{i});
  }
  if (!all && interface != "default") return;
  if (on && !config.six) config.six.emplace();
  if (config.six) config.six->fresh = on;
  if (all && !on) config.six.reset();
}

}  // namespace

std::optional<std::string> readSixKnob(const DeviceConfig& config, std::string_view name) {
  const auto parts = partsOf(config, name);
  if (!parts) return std::nullopt;
  if (const Standing* one = standing(parts->knob)) return std::string(one->value);
  if (parts->knob == "disable_ipv6") return speaks(config, parts->interface) ? "0" : "1";
  if (parts->knob == "forwarding") return config.six && config.six->forwarding ? "1" : "0";
  if (parts->knob == "hop_limit") return std::to_string(config.six ? config.six->hopLimit : 64);
  return std::nullopt;
}

std::optional<SysctlProblem> writeSixKnob(DeviceConfig& config, std::string_view name, std::string_view value) {
  const auto parts = partsOf(config, name);
  if (!parts) return SysctlProblem::Unknown;
  if (const Standing* one = standing(parts->knob))
    return one->value == value ? std::nullopt : std::optional(SysctlProblem::NotBuilt);
  if (std::find(kTurned.begin(), kTurned.end(), parts->knob) == kTurned.end()) return SysctlProblem::Unknown;
  std::uint64_t number = 0;
  const char* const end = value.data() + value.size();
  const auto [at, error] = std::from_chars(value.data(), end, number);
  if (value.empty() || error != std::errc() || at != end) return SysctlProblem::Invalid;
  if (parts->knob == "disable_ipv6") {
    setSpeaks(config, parts->interface, number == 0);
    return std::nullopt;
  }
  if (parts->knob == "hop_limit" && (number == 0 || number > 255)) return SysctlProblem::Invalid;
  // What a device without IPv6 is told has no effect until an interface speaks it.
  if (!config.six) config.six.emplace();
  if (parts->knob == "forwarding") config.six->forwarding = number != 0;
  else config.six->hopLimit = static_cast<std::uint8_t>(number);
  return std::nullopt;
}

std::vector<std::string> sixKnobNames(const DeviceConfig& config) {
  std::vector<std::string> names;
  const auto add = [&](std::string_view interface) {
    for (const std::string_view knob : kTurned) names.push_back(std::string(kSixKnobs) + std::string(interface) + "." + std::string(knob));
    for (const Standing& one : kStanding) names.push_back(std::string(kSixKnobs) + std::string(interface) + "." + std::string(one.name));
  };
  add("all");
  add("default");
  for (const InterfaceConfig& one : config.interfaces)
    if (one.kind != InterfaceKind::Removed) add(one.name);
  return names;
}

}  // namespace hw
