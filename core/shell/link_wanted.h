// What `ip link add` has been told, and what every new interface needs.
#pragma once

#include <map>

#include "core/base/boxed.h"
#include "core/shell/ip_command.h"

namespace hw::shell {

struct WantedLink {
  std::string name;
  std::string type;
  std::string parent;
  std::string space;  ///< the namespace to make it in; empty: here
  bool up = false;
  std::optional<MacAddress> mac;
  std::optional<std::uint32_t> mtu;
  std::map<std::string, std::string> options;  ///< behind `type`
  Boxed<WantedLink> peer;                          ///< behind `type veth peer`
};

Failure readWanted(const IpCall& call, WantedLink& wanted);

/// Why a device cannot have a new interface of this name.
Failure nameProblem(const DeviceConfig& config, const std::string& name);
/// Whether the kernel takes it as the name of an interface.
bool isInterfaceName(std::string_view name);
/// A MAC for a virtual interface that gives none: locally administered, from the names (Linux draws it at random).
MacAddress madeUpMac(const DeviceConfig& config, std::string_view name);

inline constexpr std::size_t kMaxInterfaces = 1024;

}  // namespace hw::shell
