#include "core/project/complete.h"

#include <algorithm>
#include <map>
#include <set>

namespace hw::project {
namespace {

constexpr std::size_t kBridgeNumber = 0xD0;

MacAddress macOf(std::size_t node, std::size_t number) {
  const auto bytes = [](std::size_t n, int shift) { return static_cast<std::uint64_t>(n & 0xFFFF) << shift; };
  return {std::uint64_t{0x0200} << 32 | bytes(node, 16) | bytes(number, 0)};
}

InterfaceSpec bare(std::string_view name) {
  InterfaceSpec interface;
  interface.name = name;
  return interface;
}

/// The listed interfaces with those that links name in front, in their order.
std::vector<InterfaceSpec> inLinkOrder(const std::vector<InterfaceSpec>& listed,
                                       const std::vector<std::string_view>& named) {
  std::map<std::string_view, std::size_t> left;
  for (std::size_t i = 0; i < listed.size(); ++i) left.emplace(listed[i].name, i);
  std::set<std::string_view> done;
  std::vector<InterfaceSpec> all;
  all.reserve(listed.size() + named.size());
  for (const std::string_view name : named) {
    if (!done.insert(name).second) continue;
    const auto found = left.find(name);
    all.push_back(found == left.end() ? bare(name) : listed[found->second]);
  }
  for (const InterfaceSpec& interface : listed) {
    if (!done.contains(interface.name)) all.push_back(interface);
  }
  return all;
}

void moveBridgeToTheEnd(std::vector<InterfaceSpec>& all, std::size_t node) {
  const auto isBridge = [](const InterfaceSpec& one) { return one.name == kBridgeName; };
  auto bridge = std::find_if(all.begin(), all.end(), isBridge);
  if (bridge == all.end()) bridge = all.insert(all.end(), bare(kBridgeName));
  if (!bridge->mac) bridge->mac = derivedBridgeMac(node);
  std::rotate(bridge, bridge + 1, all.end());
}

void giveMacs(std::vector<InterfaceSpec>& interfaces, std::size_t node) {
  std::size_t count = 0;
  for (InterfaceSpec& interface : interfaces) {
    if (interface.name == kLoopbackName) continue;
    ++count;
    if (!interface.mac) interface.mac = derivedMac(node, count);
  }
}

}  // namespace

MacAddress derivedMac(std::size_t node, std::size_t interface) {
  return macOf(node, interface < kBridgeNumber ? interface : interface + 1);
}

MacAddress derivedBridgeMac(std::size_t node) { return macOf(node, kBridgeNumber); }

Completion::Completion(const Document& document) : m_document(document) {
  for (const LinkSpec& link : document.links) {
    m_named[link.a.node].push_back(link.a.interface);
    m_named[link.b.node].push_back(link.b.interface);
  }
}

std::vector<InterfaceSpec> Completion::interfaces(std::size_t node) const {
  static const std::vector<std::string_view> kNone;
  const Node& its = m_document.nodes[node];
  const auto named = m_named.find(its.name);
  auto all = inLinkOrder(its.interfaces, named == m_named.end() ? kNone : named->second);
  if (its.kind == NodeKind::Switch) moveBridgeToTheEnd(all, node + 1);
  if (!repeatsBits(its.kind)) giveMacs(all, node + 1);
  return all;
}

Document complete(Document document) {
  const Completion completion(document);
  std::vector<std::vector<InterfaceSpec>> interfaces;
  for (std::size_t i = 0; i < document.nodes.size(); ++i) {
    interfaces.push_back(completion.interfaces(i));
  }
  for (std::size_t i = 0; i < document.nodes.size(); ++i) {
    document.nodes[i].interfaces = std::move(interfaces[i]);
  }
  return document;
}

}  // namespace hw::project
