#include "core/shell/rewiring.h"

#include <algorithm>

namespace hw::shell {

bool isVeth(const World& world, LinkEnd end) {
  const InterfaceConfig& interface = world.device(end.device).config().at(end.port);
  return interface.kind == InterfaceKind::Ethernet && interface.medium == Medium::Veth && world.plugAt(end.device, end.port);
}

DeviceConfig& Rewiring::at(DeviceId device) {
  return m_configs.try_emplace(device, m_world.device(device).config()).first->second;
}

LinkEnd Rewiring::place(DeviceId device, InterfaceConfig interface, std::optional<InterfaceId> index) {
  std::vector<InterfaceConfig>& all = at(device).interfaces;
  const auto fits = [&](const InterfaceConfig& one, bool nameless) {
    return one.kind == InterfaceKind::Removed && (one.name == interface.name || (nameless && one.name.empty()));
  };
  interface.knobs = at(device).knobs.fresh;
  auto slot = std::find_if(all.begin(), all.end(), [&](const InterfaceConfig& one) { return fits(one, false); });
  if (index && (index->value >= all.size() || fits(all[index->value], true))) {
    while (all.size() <= index->value) all.push_back(remainsOf(InterfaceConfig{}));
    slot = all.begin() + index->value;
  }
  if (slot == all.end()) slot = all.insert(slot, InterfaceConfig{});
  *slot = std::move(interface);
  return {device, InterfaceId{static_cast<std::uint32_t>(slot - all.begin())}};
}

void Rewiring::remove(LinkEnd end) {
  if (isVeth(m_world, end)) {
    const Plug* plug = m_world.plugAt(end.device, end.port);
    const LinkEnd other = m_world.links[plug->link.value].config.ends[1 - plug->end];
    takeOut(at(other.device), other.port);
    m_cables.emplace_back(UnplugCable{plug->link});
  }
  takeOut(at(end.device), end.port);
}

LinkEnd Rewiring::move(LinkEnd from, DeviceId to) {
  InterfaceConfig interface = at(from.device).at(from.port);
  interface.up = false;
  interface.addresses.clear();
  interface.master = InterfaceId{};
  interface.shaper.reset();
  interface.netem.reset();
  takeOut(at(from.device), from.port);
  const LinkEnd there = place(to, std::move(interface), from.port);
  if (const Plug* plug = m_world.plugAt(from.device, from.port)) {
    m_cables.emplace_back(MoveEnd{plug->link, plug->end, there});
    noteMeeting(to, m_world.links[plug->link.value].config.ends[1 - plug->end].device);
  }
  return there;
}

/// A cable's number stays with its ends, so that pairs which come and go take up no room.
std::uint32_t Rewiring::freeLink(const std::array<LinkEnd, 2>& ends) const {
  for (std::uint32_t i = 0; i < m_world.links.size(); ++i)
    if (!m_world.links[i].config.plugged && m_world.links[i].config.ends == ends) return i;
  return static_cast<std::uint32_t>(m_world.links.size());
}

void Rewiring::join(LinkEnd a, LinkEnd b) {
  LinkConfig pair;
  pair.ends = {a, b};
  pair.medium = Medium::Veth;
  pair.latency = Duration{};
  m_cables.emplace_back(PlugCable{LinkId{freeLink(pair.ends)}, pair});
  noteMeeting(a.device, b.device);
}

/// A machine gives a namespace a number as soon as a veth pair leads from one to the other.
void Rewiring::noteMeeting(DeviceId a, DeviceId b) {
  for (const auto& [machine, space] : {std::pair(a, b), std::pair(b, a)}) {
    const auto& config = m_world.device(space).config().space;
    if (!config || config->machine != machine || at(space).space->number != 0) continue;
    std::uint32_t last = 0;
    for (const Cow<Device>& one : m_world.devices)
      if (one->config().space && one->config().space->machine == machine) last = std::max(last, one->config().space->number);
    at(space).space->number = last + 1;
  }
}

std::vector<Input> Rewiring::inputs() const {
  std::vector<Input> inputs;
  for (const auto& [device, config] : m_configs)
    if (!(config == m_world.device(device).config()))
      inputs.emplace_back(DeviceCommand{device, Reconfigure{Cow<DeviceConfig>(config)}});
  inputs.insert(inputs.end(), m_cables.begin(), m_cables.end());
  return inputs;
}

}  // namespace hw::shell
