#include "core/lesson/literal_check.h"

#include <algorithm>

#include "core/project/complete.h"
#include "core/project/suggest.h"

namespace hw::lesson {
namespace {

using project::inQuotes;

const project::Node* nodeNamed(const project::Document& network, std::string_view name) {
  const auto found = std::find_if(network.nodes.begin(), network.nodes.end(),
                                  [name](const auto& one) { return one.name == name; });
  return found == network.nodes.end() ? nullptr : &*found;
}

std::optional<Problem> checkDevice(std::string_view text, const project::Document* network) {
  if (!network || nodeNamed(*network, text)) return std::nullopt;
  std::vector<std::string_view> names;
  for (const project::Node& node : network->nodes) names.push_back(node.name);
  return Problem{.id = ProblemId::UnknownDevice, .found = inQuotes(text), .right = inQuotes(project::listed(names))};
}

std::optional<Problem> checkInterface(std::string_view text, std::string_view device,
                                      const project::Document* network) {
  if (!network) return std::nullopt;
  const project::Document whole = project::complete(*network);
  const project::Node* node = nodeNamed(whole, device);
  if (!node) return std::nullopt;
  std::vector<std::string_view> names;
  for (const project::InterfaceSpec& one : node->interfaces) names.push_back(one.name);
  if (std::find(names.begin(), names.end(), text) != names.end()) return std::nullopt;
  return Problem{.id = ProblemId::UnknownInterface, .found = inQuotes(text), .right = inQuotes(project::listed(names))};
}

std::optional<Problem> bad(std::string_view text, Text of, Argument argument) {
  return Problem{.id = ProblemId::BadLiteral, .found = inQuotes(text), .right = exampleOf(argument), .of = of};
}

}  // namespace

std::string exampleOf(Argument argument) {
  switch (argument) {
    case Argument::DeviceName: return "\"h1\"";
    case Argument::InterfaceName: return "\"eth0\"";
    case Argument::Filter: return "\"icmp.type == 8\"";
    case Argument::FieldName: return "\"eth.dst\"";
    case Argument::Address: return "\"192.0.2.1\"";
    case Argument::Mac: return "\"02:00:00:aa:00:01\"";
    case Argument::Nothing: break;
  }
  return {};
}

std::optional<Problem> checkLiteral(Argument argument, std::string_view text, std::string_view device,
                                    const project::Document* network) {
  switch (argument) {
    case Argument::DeviceName: return checkDevice(text, network);
    case Argument::InterfaceName: return checkInterface(text, device, network);
    case Argument::Filter: {
      const auto filter = parseFilter(text);
      return filter ? std::nullopt : std::optional(filter.error());
    }
    case Argument::FieldName:
      if (isFieldOrProtocol(text)) return std::nullopt;
      return Problem{.id = ProblemId::UnknownField, .found = inQuotes(text), .right = nearestField(text)};
    case Argument::Address:
      if (Ipv4Address::parse(text)) return std::nullopt;
      return bad(text, {"an IP address", "IP 地址"}, argument);
    case Argument::Mac:
      if (MacAddress::parse(text)) return std::nullopt;
      return bad(text, {"a MAC address", "MAC 地址"}, argument);
    case Argument::Nothing: break;
  }
  return std::nullopt;
}

}  // namespace hw::lesson
