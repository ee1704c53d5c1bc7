#include "core/proto/bridge/vlans.h"

#include <algorithm>

#include "core/proto/bridge/bridge_rules.h"

namespace hw::bridge {
namespace {

auto position(auto& members, std::uint16_t id) {
  return std::lower_bound(members.begin(), members.end(), id,
                          [](const VlanMember& member, std::uint16_t key) { return member.id < key; });
}

/// The VLAN of a frame without a tag; 0 if it may not come in.
std::uint16_t untaggedVlan(const PortVlans& port, const Env& env, InterfaceId in, const Arrival& frame) {
  for (const MacVlan& one : port.byMac) {
    if (one.mac != frame.source) continue;
    env.decisions.decide(Rule::VlanOfMac, one.mac, one.id, in);
    return one.id;
  }
  for (const SubnetVlan& one : port.bySubnet) {
    if (!frame.sender || !one.subnet.contains(*frame.sender)) continue;
    env.decisions.decide(Rule::VlanOfSubnet, *frame.sender, one.subnet, one.id, in);
    return one.id;
  }
  if (port.pvid == 0) env.decisions.decide(Rule::UntaggedRefused, in);
  else env.decisions.decide(Rule::VlanOfPort, in, port.pvid);
  return port.pvid;
}

}  // namespace

const VlanMember* PortVlans::find(std::uint16_t id) const {
  const auto at = position(members, id);
  return at != members.end() && at->id == id ? &*at : nullptr;
}

void PortVlans::add(VlanMember member) {
  const auto at = position(members, member.id);
  if (at != members.end() && at->id == member.id) *at = member;
  else members.insert(at, member);
}

bool PortVlans::remove(std::uint16_t id) {
  if (pvid == id) pvid = 0;
  return std::erase_if(members, [id](const VlanMember& one) { return one.id == id; }) != 0;
}

const PortVlans* Vlans::said(InterfaceId port) const {
  const auto at = std::find_if(ports.begin(), ports.end(), [port](const PortVlans& one) { return one.port == port; });
  return at != ports.end() ? &*at : nullptr;
}

bool Vlans::has(InterfaceId port, std::uint16_t id) const {
  const PortVlans* one = said(port);
  return one ? one->find(id) != nullptr : id == fallback;
}

bool Vlans::untags(InterfaceId port, std::uint16_t id) const {
  const PortVlans* one = said(port);
  const VlanMember* member = one ? one->find(id) : nullptr;
  return one ? member && member->untagged : id == fallback;
}

PortVlans Vlans::of(InterfaceId port) const {
  if (const PortVlans* one = said(port)) return *one;
  PortVlans unsaid{port, fallback, {}, {}, {}};
  if (fallback != 0) unsaid.add({fallback, true});
  return unsaid;
}

PortVlans& Vlans::change(InterfaceId port) {
  if (!said(port)) ports.push_back(of(port));
  return *std::find_if(ports.begin(), ports.end(), [port](const PortVlans& one) { return one.port == port; });
}

std::optional<std::uint16_t> admit(const Vlans& vlans, const Env& env, InterfaceId in, const Arrival& frame) {
  const PortVlans port = vlans.of(in);
  const std::uint16_t vlan = frame.tag ? *frame.tag : untaggedVlan(port, env, in, frame);
  if (vlan == 0) return std::nullopt;
  if (port.find(vlan)) return vlan;
  env.decisions.decide(Rule::NotOfVlan, in, vlan);
  return std::nullopt;
}

}  // namespace hw::bridge
