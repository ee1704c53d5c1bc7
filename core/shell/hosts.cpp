#include "core/shell/hosts.h"

namespace hw::shell {

std::optional<Ipv4Address> addressOfHost(const World& world, std::string_view word) {
  if (const auto address = Ipv4Address::parse(word)) return address;
  if (word == "localhost") return Ipv4Address::of(127, 0, 0, 1);
  const auto device = world.deviceNamed(word);
  if (!device) return std::nullopt;
  for (const InterfaceConfig& interface : world.device(*device).config().interfaces)
    for (const Ipv4Prefix& one : interface.addresses)
      if (!one.address.isLoopback()) return one.address;
  return std::nullopt;
}

std::optional<Ipv6Address> addressOfHostSix(const World& world, std::string_view word) {
  if (const auto address = Ipv6Address::parse(word)) return address;
  if (word == "localhost" || word == "ip6-localhost") return Ipv6Address{0, 1};
  const auto device = world.deviceNamed(word);
  if (!device) return std::nullopt;
  for (const InterfaceConfig& interface : world.device(*device).config().interfaces)
    if (interface.six && !interface.six->addresses.empty()) return interface.six->addresses.front().prefix.address;
  return std::nullopt;
}

std::string hostOfAddress(const World& world, Ipv4Address address) {
  if (address.isLoopback()) return "localhost";
  for (const Cow<Device>& device : world.devices)
    for (const InterfaceConfig& interface : device->config().interfaces)
      for (const Ipv4Prefix& one : interface.addresses)
        if (one.address == address) return device->config().name;
  return {};
}

}  // namespace hw::shell
