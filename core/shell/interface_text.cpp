#include "core/shell/interface_text.h"

#include <fmt/format.h>

namespace hw::shell {

std::optional<LinkEnd> vethPeer(const World& world, LinkEnd end) {
  const InterfaceConfig& interface = world.device(end.device).config().at(end.port);
  const Plug* plug = world.plugAt(end.device, end.port);
  if (interface.medium != Medium::Veth || interface.kind != InterfaceKind::Ethernet || !plug) return std::nullopt;
  return world.links[plug->link.value].config.ends[1 - plug->end];
}

std::string flagsText(const World& world, LinkEnd end) {
  const Device& device = world.device(end.device);
  const InterfaceConfig& interface = device.config().at(end.port);
  const bool loopback = interface.kind == InterfaceKind::Loopback;
  const bool point = interface.kind == InterfaceKind::Tun || interface.medium == Medium::Ppp;
  const bool tunnel = interface.kind == InterfaceKind::Tunnel;
  std::string text = tunnel ? "POINTOPOINT,NOARP" : loopback ? "LOOPBACK" : point ? "POINTOPOINT,MULTICAST,NOARP" : "BROADCAST,MULTICAST";
  // Of an interface on another one of the same stack ip tells that the other is down.
  const auto peer = vethPeer(world, end);
  const bool peerDown = peer && peer->device == end.device && !device.config().at(peer->port).up;
  const std::string_view last = peerDown ? ",M-DOWN>" : ">";
  if (!interface.up) return "<" + text + std::string(last);
  const bool running = device.plan().interfaces[end.port.value].running;
  return (running ? "<" : "<NO-CARRIER,") + text + (running ? ",UP,LOWER_UP" : ",UP") + std::string(last);
}

std::string_view stateText(const World& world, LinkEnd end) {
  const Device& device = world.device(end.device);
  const InterfaceConfig& interface = device.config().at(end.port);
  const bool unknown = interface.kind == InterfaceKind::Loopback || interface.kind == InterfaceKind::Tun || interface.medium == Medium::Ppp ||
                       interface.tunnel;
  const bool running = interface.up && device.plan().interfaces[end.port.value].running;
  if (running) return unknown ? "UNKNOWN" : "UP";
  return interface.up && vethPeer(world, end) ? "LOWERLAYERDOWN" : "DOWN";
}

std::string fullName(const World& world, DeviceId device, InterfaceId port) {
  const DeviceConfig& config = world.device(device).config();
  const InterfaceConfig& interface = config.at(port);
  if (interface.vlan) return interface.name + "@" + config.at(interface.vlan->parent).name;
  const auto peer = vethPeer(world, {device, port});
  if (!peer) return interface.name;
  if (peer->device == device) return interface.name + "@" + config.at(peer->port).name;
  return fmt::format("{}@if{}", interface.name, indexOf(peer->port));
}

std::string peerSpaceText(const World& world, LinkEnd end) {
  const auto peer = vethPeer(world, end);
  if (!peer || peer->device == end.device) return {};
  const auto& here = world.device(end.device).config().space;
  const auto& there = world.device(peer->device).config().space;
  if (there && there->machine == (here ? here->machine : end.device)) return " link-netns " + there->name;
  // The machine's own stack has no name: the namespace knows it as its first one.
  return here && here->machine == peer->device ? " link-netnsid 0" : "";
}

}  // namespace hw::shell
