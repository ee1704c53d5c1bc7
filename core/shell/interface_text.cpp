#include "core/shell/interface_text.h"

#include <fmt/format.h>

namespace hw::shell {

std::string flagsText(const Device& device, InterfaceId port) {
  const InterfaceConfig& interface = device.config().at(port);
  const bool loopback = interface.kind == InterfaceKind::Loopback;
  const bool point = interface.kind == InterfaceKind::Tun || interface.medium == Medium::Ppp;
  const bool tunnel = interface.kind == InterfaceKind::Tunnel;
  std::string text = tunnel ? "POINTOPOINT,NOARP" : loopback ? "LOOPBACK" : point ? "POINTOPOINT,MULTICAST,NOARP" : "BROADCAST,MULTICAST";
  if (!interface.up) return "<" + text + ">";
  const bool running = device.plan().interfaces[port.value].running;
  return (running ? "<" : "<NO-CARRIER,") + text + (running ? ",UP,LOWER_UP>" : ",UP>");
}

std::string_view stateText(const Device& device, InterfaceId port) {
  const InterfaceConfig& interface = device.config().at(port);
  const bool unknown = interface.kind == InterfaceKind::Loopback || interface.kind == InterfaceKind::Tun || interface.medium == Medium::Ppp ||
                       interface.tunnel;
  if (unknown && interface.up && device.plan().interfaces[port.value].running) return "UNKNOWN";
  if (interface.up && device.plan().interfaces[port.value].running) return "UP";
  return "DOWN";
}

std::string fullName(const World& world, DeviceId device, InterfaceId port) {
  const InterfaceConfig& interface = world.device(device).config().at(port);
  if (interface.vlan) return interface.name + "@" + world.device(device).config().at(interface.vlan->parent).name;
  const Plug* plug = world.plugAt(device, port);
  if (interface.medium != Medium::Veth || interface.kind != InterfaceKind::Ethernet || !plug) return interface.name;
  const LinkEnd& other = world.links[plug->link.value].config.ends[1 - plug->end];
  return fmt::format("{}@if{}", interface.name, indexOf(other.port));
}

}  // namespace hw::shell
