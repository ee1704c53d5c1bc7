// Read first: bridge(8) of iproute2 6.1.
#include <fmt/format.h>

#include <algorithm>

#include "core/shell/families.h"
#include "core/shell/interface_text.h"
#include "core/shell/ip_command.h"

namespace hw::shell {
namespace {

struct Selection {
  InterfaceId bridge;
  InterfaceId port;
};

Expected<Selection, CommandResult> select(const Call& call, std::size_t first) {
  Selection selection;
  for (std::size_t i = first; i < call.words.size(); ++i) {
    const std::string& word = call.words[i];
    const bool keyword = word == "dev" || word == "brport" || word == "br" || word == "bridge";
    if (keyword && i + 1 == call.words.size())
      return unexpected(ipError("Command line is not complete. Try option \"help\"", 255));
    const std::string& name = keyword ? call.words[++i] : word;
    const auto port = call.config().interfaceNamed(name);
    if (!port) return unexpected(ipError(fmt::format("Cannot find {} device \"{}\"", word[0] == 'b' ? "bridge" : "", name), 255));
    (word == "br" || word == "bridge" ? selection.bridge : selection.port) = *port;
  }
  return selection;
}

/// "MAC dev p1 master br0 permanent"
std::string line(const Call& call, const Selection& selection, MacAddress mac, InterfaceId port, InterfaceId bridge,
                 bool permanent) {
  const DeviceConfig& config = call.config();
  if ((selection.bridge.valid() && selection.bridge != bridge) || (selection.port.valid() && selection.port != port))
    return {};
  const std::string device = selection.port.valid() ? std::string() : fmt::format("dev {} ", config.at(port).name);
  return fmt::format("{} {}master {} {}\n", mac.text(), device, config.at(bridge).name, permanent ? "permanent" : "");
}

CommandResult showTable(const Call& call, const Selection& selection) {
  const Device& device = call.self();
  std::string text;
  for (const BridgeState& one : device.state().bridges) {
    const InterfaceConfig& bridge = device.config().at(one.bridge);
    const auto& ports = bridge.bridge->ports;
    for (const InterfaceId port : ports) {
      for (const bridge::Entry& entry : one.table.entries)
        if (entry.port == port) text += line(call, selection, entry.mac, port, one.bridge, false);
      text += line(call, selection, device.config().at(port).mac, port, one.bridge, true);
    }
    text += line(call, selection, bridge.mac, one.bridge, one.bridge, true);
  }
  return CommandResult::text(std::move(text));
}

CommandResult showLinks(const Call& call, const Selection& selection) {
  const Device& device = call.self();
  std::string text;
  for (std::uint32_t i = 0; i < device.config().interfaces.size(); ++i) {
    const InterfaceConfig& port = device.config().interfaces[i];
    if (!port.master.valid() || (selection.port.valid() && selection.port.value != i)) continue;
    const bool forwards = device.plan().interfaces[i].running;
    text += fmt::format("{}: {}: {} mtu {} master {} state {} priority 32 cost {} \n", indexOf(InterfaceId{i}),
                        fullName(call.world, call.device, InterfaceId{i}), flagsText(device, InterfaceId{i}), port.mtu,
                        device.config().at(port.master).name, forwards ? "forwarding" : "disabled",
                        port.medium == Medium::Veth ? 2 : 4);
  }
  return CommandResult::text(std::move(text));
}

CommandResult flushFdb(const Call& call, const Selection& selection) {
  const InterfaceId bridge = selection.bridge.valid() ? selection.bridge : selection.port;
  if (!bridge.valid()) return ipError("Device is a required argument", 255);
  if (!call.config().at(bridge).bridge) return kernelSays("Operation not supported");
  return CommandResult::change(FlushBridge{bridge});
}

constexpr std::string_view kBridgeUsage =
    "Usage: bridge OBJECT { COMMAND | help }\n"
    "where  OBJECT := { link | fdb }\n"
    "       bridge fdb { show [ br BRDEV ] [ dev DEV ] | flush dev BRDEV }\n"
    "       bridge link [ show [ dev DEV ] ]\n";

}  // namespace

CommandResult bridgeTool(const Call& call) {
  Words words;
  for (std::size_t i = 1; i < call.words.size(); ++i)
    if (i > 1 || call.words[i].empty() || call.words[i][0] != '-') words.push_back(call.words[i]);
  if (words.empty() || words[0] == "help") return CommandResult::failure(255, std::string(kBridgeUsage));
  const bool table = startsAs(words[0], "fdb"), links = startsAs(words[0], "link");
  if (!table && !links)
    return ipError(fmt::format("Object \"{}\" is unknown, try \"bridge help\".", words[0]), 255);
  const Call inner{call.world, call.device, words, call.input};
  const Words rest(words.begin() + 1, words.end());
  const bool flushes = table && !rest.empty() && startsAs(rest[0], "flush");
  if (!meansShow(rest) && !flushes)
    return ipError(fmt::format("Command \"{}\" is unknown, try \"bridge {} help\".", rest[0], table ? "fdb" : "link"), 255);
  const auto selection = select(inner, 2);
  if (!selection) return selection.error();
  if (flushes) return flushFdb(inner, *selection);
  return table ? showTable(inner, *selection) : showLinks(inner, *selection);
}

}  // namespace hw::shell
