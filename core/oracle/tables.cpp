#include "core/oracle/tables.h"

#include <algorithm>

#include <fmt/format.h>

#include "core/shell/command.h"

namespace hw::oracle {
namespace {

std::vector<std::string> neighbours(const Device& device) {
  std::vector<std::string> lines;
  for (const arp::Entry& one : device.state().arp.entries)
    lines.push_back(fmt::format("{} dev {} {} {}", one.address.text(), device.config().at(one.port).name,
                                one.valid() ? one.mac.text() : "-", arp::name(one.state)));
  if (const auto& six = device.state().six)
    for (const nd::Entry& one : six->neighbours.entries)
      lines.push_back(fmt::format("{} dev {} {} {}", one.address.text(), device.config().at(one.port).name,
                                  one.valid() ? one.mac.text() : "-", nd::name(one.state)));
  std::sort(lines.begin(), lines.end());
  return lines;
}

/// What a command prints, line by line, without blanks at the ends.
std::vector<std::string> linesOf(const World& world, DeviceId device, const shell::Words& words) {
  const std::string text = shell::runCommand({world, device, words, {}}).output;
  std::vector<std::string> lines;
  for (std::size_t start = 0; start < text.size();) {
    const std::size_t end = text.find('\n', start);
    std::string line = text.substr(start, end - start);
    line.erase(line.find_last_not_of(' ') + 1);
    line.erase(0, line.find_first_not_of(" \t"));
    lines.push_back(std::move(line));
    start = end + 1;
  }
  return lines;
}

std::vector<std::string> routes(const World& world, DeviceId device) {
  std::vector<std::string> lines = linesOf(world, device, {"ip", "route", "show", "table", "all"});
  if (world.device(device).config().six) {
    // The kernel's order of equal links depends on which came up first.
    auto six = linesOf(world, device, {"ip", "-6", "route", "show", "table", "all"});
    std::sort(six.begin(), six.end());
    lines.insert(lines.end(), six.begin(), six.end());
  }
  std::erase_if(lines, [](const std::string& line) { return line.find("table local") != line.npos; });
  return lines;
}

/// The exceptions, their seconds left out.
std::vector<std::string> learnedRoutes(const World& world, DeviceId device) {
  std::vector<std::string> lines = linesOf(world, device, {"ip", "route", "show", "cache"});
  for (std::string& line : lines) {
    const std::size_t from = line.find("expires "), to = line.find("sec", from);
    if (from != line.npos && to != line.npos) line.replace(from, to - from, "expires #");
  }
  return lines;
}

stp::PortState stateOf(const Device& device, InterfaceId port) {
  if (!device.plan().interfaces[port.value].running) return stp::PortState::Disabled;
  for (const BridgeState& one : device.state().bridges)
    if (one.bridge == device.config().at(port).master) return one.tree.stateOf(port);
  return stp::PortState::Forwarding;
}

std::vector<std::string> ports(const Device& device) {
  std::vector<std::string> lines;
  for (std::uint32_t i = 0; i < device.config().interfaces.size(); ++i) {
    const InterfaceConfig& port = device.config().interfaces[i];
    if (port.master.valid())
      lines.push_back(fmt::format("{} master {} {} cost 2", port.name, device.config().at(port.master).name,
                                  stp::name(stateOf(device, InterfaceId{i}))));
  }
  return lines;
}

}  // namespace

nlohmann::ordered_json tellTables(const Scenario& scenario, const World& world) {
  nlohmann::ordered_json told = nlohmann::ordered_json::object();
  for (std::uint32_t i = 0; i < scenario.nodes.size(); ++i) {
    const Node& node = scenario.nodes[i];
    const DeviceId device{i};
    nlohmann::ordered_json& table = told[node.name] = nlohmann::ordered_json::object();
    if (node.type != Node::Type::Bridge) {
      table["neigh"] = neighbours(world.device(device));
      table["route"] = routes(world, device);
      if (auto cache = learnedRoutes(world, device); !cache.empty()) table["cache"] = cache;
    }
    const auto isBridge = [](const VirtualDevice& one) { return one.kind == VirtualDevice::Kind::Bridge || one.kind == VirtualDevice::Kind::Vxlan; };
    if (std::none_of(node.devices.begin(), node.devices.end(), isBridge)) continue;
    auto learned = linesOf(world, device, {"bridge", "fdb", "show"});
    std::sort(learned.begin(), learned.end());
    table["fdb"] = learned;
    table["ports"] = ports(world.device(device));
  }
  return told;
}

}  // namespace hw::oracle
