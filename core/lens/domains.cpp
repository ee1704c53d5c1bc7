#include "core/lens/domains.h"

#include <algorithm>
#include <map>
#include <set>

namespace hw::lens {
namespace {

/// A cable as it is for frames with a tag; 0: for those without.
struct Lane {
  LinkId link;
  std::uint16_t tag = 0;
  auto operator<=>(const Lane&) const = default;
};

/// An end of a cable as a device sees it.
struct Mouth {
  DeviceId device;
  InterfaceId port;
};

class Search {
 public:
  Search(const World& world, bool throughSwitches) : m_world(world), m_throughSwitches(throughSwitches) {}

  std::vector<std::set<Lane>> groups() {
    std::vector<std::set<Lane>> all;
    for (const Lane& start : starts()) {
      if (m_seen.contains(start)) continue;
      std::set<Lane>& group = all.emplace_back();
      m_open = {start};
      while (!m_open.empty()) {
        const Lane lane = m_open.back();
        m_open.pop_back();
        if (!m_seen.insert(lane).second) continue;
        group.insert(lane);
        for (const LinkEnd& end : m_world.links[lane.link.value].config.ends) enter(end, lane.tag);
      }
    }
    return all;
  }

 private:
  bool counts(LinkId link) const {
    const LinkConfig& config = m_world.links[link.value].config;
    return config.plugged && config.up;
  }
  /// Lanes without a tag first; then those of the VLANs that a trunk carries with one.
  std::vector<Lane> starts() const {
    std::vector<Lane> bare, tagged;
    for (std::uint32_t i = 0; i < m_world.links.size(); ++i) {
      if (!counts(LinkId{i})) continue;
      bare.push_back({LinkId{i}, 0});
      if (!m_throughSwitches) continue;
      for (const LinkEnd& end : m_world.links[i].config.ends)
        if (const bridge::Vlans* vlans = vlansAt({end.device, end.port}))
          for (const bridge::VlanMember& one : vlans->of(end.port).members)
            if (!one.untagged) tagged.push_back({LinkId{i}, one.id});
    }
    bare.insert(bare.end(), tagged.begin(), tagged.end());
    return bare;
  }
  const DeviceConfig& configOf(DeviceId device) const { return m_world.device(device).config(); }
  const bridge::Vlans* vlansAt(const Mouth& mouth) const {
    const InterfaceId bridge = configOf(mouth.device).at(mouth.port).master;
    if (!bridge.valid()) return nullptr;
    const bridge::Vlans& vlans = configOf(mouth.device).at(bridge).bridge->vlans;
    return vlans.filtering ? &vlans : nullptr;
  }
  void leave(const Mouth& mouth, std::uint16_t tag) {
    const Plug* plug = m_world.plugAt(mouth.device, mouth.port);
    if (plug && counts(plug->link)) m_open.push_back({plug->link, tag});
  }
  /// Goes on behind the device at an end of a lane, if frames do.
  void enter(const Mouth& at, std::uint16_t tag) {
    const DeviceConfig& device = configOf(at.device);
    if (device.hub) {
      for (std::uint32_t i = 1; i < device.interfaces.size(); ++i)
        if (i != at.port.value) leave({at.device, InterfaceId{i}}, tag);
      return;
    }
    const InterfaceId bridge = device.at(at.port).master;
    if (!m_throughSwitches || !bridge.valid() || !device.at(at.port).up) return;
    const bridge::Vlans* vlans = vlansAt(at);
    const std::uint16_t vlan = !vlans ? std::uint16_t{0} : tag != 0 ? tag : vlans->of(at.port).pvid;
    if (vlans && (vlan == 0 || !vlans->has(at.port, vlan))) return;
    for (const InterfaceId port : device.at(bridge).bridge->ports) {
      if (port == at.port || (vlans && !vlans->has(port, vlan))) continue;
      const bool bare = !vlans || vlans->untags(port, vlan);
      leave({at.device, port}, vlans ? (bare ? std::uint16_t{0} : vlan) : tag);
    }
  }
  void enter(const LinkEnd& end, std::uint16_t tag) { enter(Mouth{end.device, end.port}, tag); }

  const World& m_world;
  bool m_throughSwitches;
  std::set<Lane> m_seen;
  std::vector<Lane> m_open;
};

/// The VLAN that a group is, if a switch says so.
std::uint16_t vlanOf(const World& world, const std::set<Lane>& group) {
  for (const Lane& lane : group) {
    if (lane.tag != 0) return lane.tag;
    for (const LinkEnd& end : world.links[lane.link.value].config.ends) {
      const DeviceConfig& device = world.device(end.device).config();
      const InterfaceId bridge = device.hub ? InterfaceId{} : device.at(end.port).master;
      if (!bridge.valid() || !device.at(bridge).bridge->vlans.filtering) continue;
      if (const std::uint16_t pvid = device.at(bridge).bridge->vlans.of(end.port).pvid) return pvid;
    }
  }
  return 0;
}

void addNetworks(std::set<Ipv4Prefix>& networks, const InterfaceConfig& interface) {
  for (const Ipv4Prefix& one : interface.addresses) networks.insert(Ipv4Prefix{one.network(), one.length});
}

/// The networks of the addresses at the ends of a group's lanes: of hosts, routers and the switches themselves.
std::set<Ipv4Prefix> networksOf(const World& world, const std::set<Lane>& group) {
  std::set<Ipv4Prefix> networks;
  for (const Lane& lane : group)
    for (const LinkEnd& end : world.links[lane.link.value].config.ends) {
      const DeviceConfig& device = world.device(end.device).config();
      if (device.hub) continue;
      const InterfaceConfig& port = device.at(end.port);
      if (port.master.valid()) addNetworks(networks, device.at(port.master));
      else if (lane.tag == 0) addNetworks(networks, port);
      for (const InterfaceConfig& one : device.interfaces)
        if (one.vlan && one.vlan->parent == end.port && one.vlan->id == lane.tag) addNetworks(networks, one);
    }
  return networks;
}

std::vector<LinkId> linksOf(const std::set<Lane>& group) {
  std::set<LinkId> links;
  for (const Lane& lane : group) links.insert(lane.link);
  return {links.begin(), links.end()};
}

/// A lane of a trunk that nobody uses without a tag is no domain of its own.
bool isIdle(const World& world, const std::set<Lane>& group) {
  if (group.size() != 1 || group.begin()->tag != 0) return false;
  const auto& ends = world.links[group.begin()->link.value].config.ends;
  return std::all_of(ends.begin(), ends.end(), [&](const LinkEnd& end) {
    const DeviceConfig& device = world.device(end.device).config();
    const InterfaceId bridge = device.hub ? InterfaceId{} : device.at(end.port).master;
    if (!bridge.valid()) return false;
    const bridge::Vlans& vlans = device.at(bridge).bridge->vlans;
    return vlans.filtering && vlans.of(end.port).pvid == 0;
  });
}

}  // namespace

std::vector<Domain> domainsOf(const World& world, DomainKind kind) {
  std::vector<Domain> domains;
  for (const std::set<Lane>& group : Search(world, kind != DomainKind::Collision).groups()) {
    if (kind != DomainKind::Collision && isIdle(world, group)) continue;
    Domain domain{std::to_string(domains.size() + 1), linksOf(group)};
    if (kind == DomainKind::Broadcast)
      if (const std::uint16_t vlan = vlanOf(world, group)) domain.name = "VLAN " + std::to_string(vlan);
    if (kind == DomainKind::Subnet) {
      domain.name.clear();
      for (const Ipv4Prefix& one : networksOf(world, group)) domain.name += (domain.name.empty() ? "" : ", ") + one.text();
      if (domain.name.empty()) continue;
    }
    domains.push_back(std::move(domain));
  }
  return domains;
}

Text nameOf(DomainKind kind) {
  switch (kind) {
    case DomainKind::Collision: return {"Collision domains", "冲突域"};
    case DomainKind::Broadcast: return {"Broadcast domains", "广播域"};
    case DomainKind::Subnet: return {"Subnets", "子网"};
  }
  return {};
}

}  // namespace hw::lens
