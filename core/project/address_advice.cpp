#include "core/project/address_advice.h"

#include <algorithm>
#include <map>
#include <set>

namespace hw::project {
namespace {

constexpr std::uint32_t kFirstHost = 10;
constexpr std::uint8_t kUsualLength = 24;

const Node* nodeNamed(const Document& document, std::string_view name) {
  for (const Node& node : document.nodes)
    if (node.name == name) return &node;
  return nullptr;
}

std::set<Ipv4Address> addressesOf(const Document& document) {
  std::set<Ipv4Address> all;
  for (const Node& node : document.nodes)
    for (const InterfaceSpec& interface : node.interfaces)
      for (const Ipv4Prefix& one : interface.addresses) all.insert(one.address);
  return all;
}

const InterfaceSpec* interfaceAt(const Document& document, const LinkEnd& end) {
  const Node* node = nodeNamed(document, end.node);
  if (!node) return nullptr;
  for (const InterfaceSpec& one : node->interfaces)
    if (one.name == end.interface) return &one;
  return nullptr;
}

bool repeats(const Node& node) { return node.kind == NodeKind::Switch || repeatsBits(node.kind); }

/// The first /24 of the private range 172.16/12 (RFC 1918) that no address of the document is in.
Ipv4Prefix unusedSubnet(const std::set<Ipv4Address>& used) {
  for (unsigned number = 1; number < 255; ++number) {
    const Ipv4Prefix subnet{Ipv4Address::of(172, 16, number, 0), kUsualLength};
    if (std::none_of(used.begin(), used.end(), [&](Ipv4Address one) { return subnet.contains(one); })) return subnet;
  }
  return {Ipv4Address::of(172, 16, 1, 0), kUsualLength};
}

/// The first address of the subnet from host number `from` on that is free.
std::optional<Ipv4Prefix> freeIn(const Ipv4Prefix& subnet, std::uint32_t from, const std::set<Ipv4Address>& used) {
  const std::uint32_t end = subnet.length >= 31 ? subnet.broadcast().value + 1 : subnet.broadcast().value;
  const std::uint32_t first = subnet.network().value + (subnet.length >= 31 ? 0 : std::max(from, 1u));
  for (std::uint32_t value = first; value < end && value - first <= used.size(); ++value)
    if (!used.contains(Ipv4Address{value})) return Ipv4Prefix{{value}, subnet.length};
  return std::nullopt;
}

}  // namespace

std::vector<LinkEnd> segmentOf(const Document& document, const LinkEnd& interface) {
  std::vector<LinkEnd> reached{interface};
  std::set<std::string> passed;  ///< switches and hubs whose other ports are in already
  std::set<std::pair<std::string, std::string>> seen{{interface.node, interface.interface}};
  const auto reach = [&](const LinkEnd& end) {
    if (seen.emplace(end.node, end.interface).second) reached.push_back(end);
  };
  for (std::size_t i = 0; i < reached.size(); ++i) {
    const LinkEnd at = reached[i];
    const Node* node = nodeNamed(document, at.node);
    const bool through = node && repeats(*node) && passed.insert(at.node).second;
    for (const LinkSpec& link : document.links) {
      if (link.a == at) reach(link.b);
      if (link.b == at) reach(link.a);
      if (!through) continue;
      if (link.a.node == at.node) reach(link.a);
      if (link.b.node == at.node) reach(link.b);
    }
  }
  return reached;
}

std::optional<Ipv4Prefix> nextFreeAddress(const Document& document, const Ipv4Prefix& from) {
  const std::set<Ipv4Address> used = addressesOf(document);
  if (!used.contains(from.address)) return from;
  return freeIn(from, from.address.value - from.network().value + 1, used);
}

AddressAdvice adviceFor(const Document& document, const LinkEnd& interface) {
  const std::set<Ipv4Address> used = addressesOf(document);
  std::map<Ipv4Prefix, int> votes;
  std::vector<Ipv4Address> routers;
  for (const LinkEnd& end : segmentOf(document, interface)) {
    const InterfaceSpec* its = interfaceAt(document, end);
    const Node* node = nodeNamed(document, end.node);
    if (!its || end == interface) continue;
    for (const Ipv4Prefix& one : its->addresses) {
      ++votes[{one.network(), one.length}];
      if (node->kind == NodeKind::Router) routers.push_back(one.address);
    }
  }
  AddressAdvice advice{unusedSubnet(used), {}, {}};
  int most = 0;
  for (const auto& [subnet, count] : votes)
    if (count > most) {
      most = count;
      advice.subnet = subnet;
    }
  const Node* own = nodeNamed(document, interface.node);
  const bool router = own && own->kind == NodeKind::Router;
  const bool roomy = advice.subnet.length <= 27;
  advice.address = freeIn(advice.subnet, !router && roomy ? kFirstHost : 1, used);
  if (!advice.address) advice.address = freeIn(advice.subnet, 1, used);
  for (const Ipv4Address one : routers)
    if (!advice.gateway && advice.subnet.contains(one)) advice.gateway = one;
  return advice;
}

}  // namespace hw::project
