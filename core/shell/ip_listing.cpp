#include "core/shell/ip_listing.h"

#include <fmt/format.h>

#include "core/shell/interface_text.h"

namespace hw::shell {

Expected<std::vector<InterfaceId>, CommandResult> selectInterfaces(const IpCall& call) {
  const DeviceConfig& config = call.call.config();
  InterfaceId only, master;
  bool onlyUp = false;
  const bool verb = !call.words.empty() && !config.interfaceNamed(call.words[0]);
  for (std::size_t i = verb ? 1 : 0; i < call.words.size(); ++i) {
    std::string word = call.words[i];
    if (word == "up") {
      onlyUp = true;
      continue;
    }
    const bool isMaster = word == "master";
    if ((isMaster || word == "dev") && i + 1 < call.words.size()) word = call.words[++i];
    const auto port = config.interfaceNamed(word);
    if (!port) return unexpected(ipError(fmt::format("Device \"{}\" does not exist.", word)));
    (isMaster ? master : only) = *port;
  }
  std::vector<InterfaceId> chosen;
  for (std::uint32_t i = 0; i < config.interfaces.size(); ++i) {
    const InterfaceConfig& one = config.interfaces[i];
    if (one.kind == InterfaceKind::Removed) continue;
    if ((only.valid() && only.value != i) || (onlyUp && !one.up) || (master.valid() && one.master != master)) continue;
    chosen.push_back(InterfaceId{i});
  }
  return chosen;
}

/// The queueing discipline; an interface that never was up has none.
static std::string_view disciplineOf(const Call& call, InterfaceId port) {
  const InterfaceConfig& interface = call.config().at(port);
  const Plug* plug = call.world.plugAt(call.device, port);
  const bool inside = interface.kind == InterfaceKind::Loopback || (plug && call.world.links[plug->link.value].hasNoWire());
  if (inside) return interface.up ? "noqueue" : "noop";
  const bool queue = interface.medium == Medium::Ethernet && interface.kind == InterfaceKind::Ethernet;
  return queue || isForPrograms(interface.kind) || interface.medium == Medium::Ppp ? "fq_codel" : "noqueue";
}

std::string linkLines(const IpCall& call, InterfaceId port, bool withMode) {
  const Device& device = call.call.self();
  const InterfaceConfig& interface = device.config().at(port);
  const bool loopback = interface.kind == InterfaceKind::Loopback;
  const std::string master =
      interface.master.valid() ? " master " + device.config().at(interface.master).name : std::string();
  std::string text = fmt::format("{}: {}: {} mtu {} qdisc {}{} state {} {}group default qlen 1000\n", indexOf(port),
                                 fullName(call.call.world, call.call.device, port), flagsText(call.call.world, {call.call.device, port}),
                                 interface.mtu, disciplineOf(call.call, port), master,
                                 stateText(call.call.world, {call.call.device, port}),
                                 withMode ? "mode DEFAULT " : "");
  if (interface.kind == InterfaceKind::Tunnel)
    return text + fmt::format("    link/{} {} peer {}\n", tunnel::name(interface.tunnel->mode), interface.tunnel->local.text(),
                              interface.tunnel->remote.text());
  if (!hasLinkHeader(interface)) return text + (interface.medium == Medium::Ppp ? "    link/ppp \n" : "    link/none \n");
  text += fmt::format("    link/{} {} brd {}{}\n", loopback ? "loopback" : "ether", interface.mac.text(),
                      loopback ? MacAddress{}.text() : MacAddress::broadcast().text(),
                      peerSpaceText(call.call.world, {call.call.device, port}));
  return text;
}

}  // namespace hw::shell
