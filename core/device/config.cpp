#include "core/device/config.h"

namespace hw {

std::optional<InterfaceId> DeviceConfig::interfaceNamed(std::string_view wanted) const {
  for (std::uint32_t i = 0; i < interfaces.size(); ++i)
    if (interfaces[i].name == wanted && interfaces[i].kind != InterfaceKind::Removed) return InterfaceId{i};
  return std::nullopt;
}

DeviceConfig makeDeviceConfig(std::string name) {
  DeviceConfig config;
  config.name = std::move(name);
  InterfaceConfig lo;
  lo.name = "lo";
  lo.kind = InterfaceKind::Loopback;
  lo.mtu = 65536;
  lo.medium = Medium::Veth;
  lo.addresses = {{Ipv4Address::of(127, 0, 0, 1), 8}};
  config.interfaces.push_back(std::move(lo));
  return config;
}

void setForwarding(Knobs& knobs, bool on) {
  knobs.forwarding = on;
  knobs.all.acceptRedirects = !on;
}

}  // namespace hw
