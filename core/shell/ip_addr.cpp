// ip address. Read first: ip-address(8).
#include <fmt/format.h>

#include <algorithm>

#include "core/shell/interface_text.h"
#include "core/shell/ip_command.h"
#include "core/shell/ip_listing.h"

namespace hw::shell {
namespace {

/// A later address of the same subnet (IFA_F_SECONDARY).
bool isSecondary(const InterfaceConfig& interface, std::size_t which) {
  const Ipv4Prefix& one = interface.addresses[which];
  for (std::size_t i = 0; i < which; ++i) {
    const Ipv4Prefix& before = interface.addresses[i];
    if (before.length == one.length && before.contains(one.address)) return true;
  }
  return false;
}

std::string addressLines(const InterfaceConfig& interface) {
  std::string text;
  for (std::size_t i = 0; i < interface.addresses.size(); ++i) {
    const Ipv4Prefix& one = interface.addresses[i];
    const bool host = one.address.isLoopback();
    const std::string broadcast =
        !host && one.length < 31 ? fmt::format(" brd {}", one.broadcast().text()) : std::string();
    text += fmt::format("    inet {}{} scope {}{} {}\n       valid_lft forever preferred_lft forever\n", one.text(),
                        broadcast, host ? "host" : "global", isSecondary(interface, i) ? " secondary" : "",
                        interface.name);
  }
  return text;
}

CommandResult showAddresses(const IpCall& call) {
  const auto selection = selectInterfaces(call);
  if (!selection) return selection.error();
  const Device& device = call.call.self();
  std::string text;
  for (const InterfaceId port : *selection) {
    const InterfaceConfig& interface = device.config().at(port);
    const std::string six = addressLinesSix(device, port, call.brief);
    if (call.six && six.empty()) continue;
    if (!call.brief) {
      const std::string link = linkLines(call, port, false);
      // Of one family alone ip leaves out the line of the link-layer address.
      text += call.six ? link.substr(0, link.find('\n') + 1) + six : link + addressLines(interface) + six;
      continue;
    }
    text += fmt::format("{:<16} {:<14} ", fullName(call.call.world, call.call.device, port), stateText(call.call.world, {call.call.device, port}));
    for (const Ipv4Prefix& one : interface.addresses)
      if (!call.six) text += one.text() + " ";
    text += six + "\n";
  }
  return CommandResult::text(std::move(text));
}

struct Edit {
  std::optional<Ipv4Prefix> address;
  InterfaceId port;
};

Expected<Edit, CommandResult> readEdit(const IpCall& call) {
  Edit edit;
  for (std::size_t i = 1; i < call.words.size(); ++i) {
    const std::string& word = call.words[i];
    const bool keyword = word == "dev" || word == "brd" || word == "broadcast" || word == "scope" || word == "label" ||
                         word == "local" || word == "metric";
    if (keyword && i + 1 == call.words.size())
      return unexpected(incomplete());
    const std::string& value = keyword ? call.words[++i] : word;
    if (word == "dev") {
      const auto port = call.call.config().interfaceNamed(value);
      if (!port) return unexpected(noDevice(value));
      edit.port = *port;
    } else if (!keyword || word == "local") {
      if (edit.address) return unexpected(garbage("local", value));
      edit.address = Ipv4Prefix::parse(value);
      if (!edit.address || value == "default")
        return unexpected(ipError(fmt::format("Error: any valid prefix is expected rather than \"{}\".", value)));
    }
  }
  if (!edit.port.valid()) return unexpected(ipError("Not enough information: \"dev\" argument is required."));
  if (!edit.address) return unexpected(kernelSays("Operation not supported"));
  return edit;
}

CommandResult addAddress(const IpCall& call, bool replace) {
  const auto edit = readEdit(call);
  if (!edit) return edit.error();
  DeviceConfig config = call.call.config();
  auto& addresses = config.interfaces[edit->port.value].addresses;
  if (std::find(addresses.begin(), addresses.end(), *edit->address) != addresses.end())
    return replace ? CommandResult{} : kernelError("ipv4: Address already assigned.");
  addresses.push_back(*edit->address);
  return configure(std::move(config));
}

/// Without its last address an interface loses its routes; those that name a lost address go too.
void forgetRoutes(DeviceConfig& config, InterfaceId port, Ipv4Address lost) {
  const bool last = config.at(port).addresses.empty();
  std::erase_if(config.routes,
                [&](const route::Route& r) { return (last && r.port == port) || r.source == lost; });
}

/// With a primary address its secondary ones go (promote_secondaries=0).
void removeAddress(DeviceConfig& config, InterfaceId port, Ipv4Prefix address) {
  InterfaceConfig& interface = config.interfaces[port.value];
  const auto at = std::find(interface.addresses.begin(), interface.addresses.end(), address);
  const bool secondary = isSecondary(interface, static_cast<std::size_t>(at - interface.addresses.begin()));
  interface.addresses.erase(at);
  if (!secondary)
    std::erase_if(interface.addresses, [&](const Ipv4Prefix& one) {
      return one.length == address.length && address.contains(one.address);
    });
  forgetRoutes(config, port, address.address);
}

CommandResult remove(const IpCall& call) {
  const auto edit = readEdit(call);
  if (!edit) return edit.error();
  DeviceConfig config = call.call.config();
  const auto& addresses = config.at(edit->port).addresses;
  const auto at = std::find_if(addresses.begin(), addresses.end(), [&](const Ipv4Prefix& one) {
    return one == *edit->address || (edit->address->length == 32 && one.address == edit->address->address);
  });
  if (at == addresses.end()) return kernelError("ipv4: Address not found.");
  removeAddress(config, edit->port, *at);
  return configure(std::move(config));
}

CommandResult flushAddresses(const IpCall& call) {
  const auto selection = selectInterfaces(call);
  if (!selection) return selection.error();
  if (call.words.size() < 2) return ipError("Flush requires arguments.");
  DeviceConfig config = call.call.config();
  for (const InterfaceId port : *selection)
    while (!config.at(port).addresses.empty()) removeAddress(config, port, config.at(port).addresses.front());
  return configure(std::move(config));
}

}  // namespace

CommandResult ipAddr(const IpCall& call) {
  if (meansShow(call.words) || call.call.config().interfaceNamed(call.words[0])) return showAddresses(call);
  const std::string& verb = call.words[0];
  if (wantsSix(call) && verb != "help") return editAddressSix(call);
  if (startsAs(verb, "add")) return addAddress(call, false);
  if (startsAs(verb, "replace") || startsAs(verb, "change") || verb == "chg") return addAddress(call, true);
  if (startsAs(verb, "delete")) return remove(call);
  if (startsAs(verb, "flush")) return flushAddresses(call);
  if (verb == "help")
    return CommandResult::failure(255,
                                  "Usage: ip address {add|change|replace} IFADDR dev IFNAME\n"
                                  "       ip address del IFADDR dev IFNAME\n"
                                  "       ip address {flush|show} [ dev IFNAME ] [ up ]\n");
  return ipError(fmt::format("Command \"{}\" is unknown, try \"ip address help\".", verb), 255);
}

}  // namespace hw::shell
