#include "core/project/live.h"

#include <algorithm>
#include <set>

#include "core/project/build_parts.h"
#include "core/project/complete.h"

namespace hw::project {
namespace {

/// The names of a device's interfaces by id, lo first.
using Layout = std::vector<std::string>;

/// A draft with what is derived from it.
struct Outline {
  explicit Outline(const Draft& of) : draft(of), completion(of.document), media(mediaOf(of.document)) {
    for (std::size_t i = 0; i < of.nodes.size(); ++i) {
      index.emplace(of.nodes[i], i);
      keys.emplace(of.document.nodes[i].name, of.nodes[i]);
    }
    for (std::size_t i = 0; i < of.links.size(); ++i) links.emplace(of.links[i], i);
  }
  const Draft& draft;
  Completion completion;
  Media media;
  std::map<NodeKey, std::size_t> index;
  std::map<std::string_view, NodeKey> keys;
  std::map<LinkKey, std::size_t> links;

  const LinkSpec& link(LinkKey key) const { return draft.document.links[links.at(key)]; }
};

/// The layout with the node's interfaces that are not in it yet.
Layout extended(Layout layout, const std::vector<InterfaceSpec>& interfaces) {
  if (layout.empty()) layout.emplace_back(kLoopbackName);
  for (const InterfaceSpec& one : interfaces)
    if (std::find(layout.begin(), layout.end(), one.name) == layout.end()) layout.push_back(one.name);
  return layout;
}

std::optional<InterfaceSpec> specNamed(const std::vector<InterfaceSpec>& all, const std::string& name) {
  for (const InterfaceSpec& one : all)
    if (one.name == name) return one;
  return std::nullopt;
}

void removeInterface(DeviceConfig& config, InterfaceId id) {
  InterfaceConfig& gone = config.interfaces[id.value];
  gone.kind = InterfaceKind::Removed;
  gone.up = false;
  gone.addresses.clear();
  gone.master = InterfaceId{};
  for (InterfaceConfig& one : config.interfaces)
    if (one.bridge) std::erase(one.bridge->ports, id);
}

/// The configuration of a node whose interfaces have these ids; a MAC that nobody gave follows from
/// the ids, as in a World that was built from a file.
DeviceConfig configOf(const Outline& outline, std::size_t at, const Layout& layout, DeviceId id) {
  Node node = outline.draft.document.nodes[at];
  const std::vector<InterfaceSpec> given = std::exchange(node.interfaces, {});
  const std::vector<InterfaceSpec> all = outline.completion.interfaces(at);
  std::set<std::string> removed;
  for (std::size_t slot = 0; slot < layout.size(); ++slot) {
    const std::string& name = layout[slot];
    InterfaceSpec spec;
    spec.name = name;
    if (const auto known = specNamed(given, name)) spec = *known;
    else if (slot == 0) continue;  // lo as it always is
    if (slot > 0 && !spec.mac && !repeatsBits(node.kind))
      spec.mac = name == kBridgeName && node.kind == NodeKind::Switch ? derivedBridgeMac(id.value + 1)
                                                                    : derivedMac(id.value + 1, slot);
    if (slot > 0 && !specNamed(all, name)) removed.insert(name);
    node.interfaces.push_back(std::move(spec));
  }
  DeviceConfig config = deviceOf(node, outline.media);
  for (std::uint32_t i = 1; i < config.interfaces.size(); ++i)
    if (removed.contains(config.interfaces[i].name)) removeInterface(config, InterfaceId{i});
  return config;
}

Layout layoutOf(const World& world, DeviceId id) {
  Layout layout;
  if (id.value >= world.devices.size()) return layout;
  for (const InterfaceConfig& one : world.device(id).config().interfaces) layout.push_back(one.name);
  return layout;
}

class Way {
 public:
  Way(const Draft& to, const Draft& from, const World& world, Places& places)
      : m_to(to), m_from(from), m_world(world), m_places(places) {}

  std::vector<Input> inputs() {
    removeCables();
    removeDevices();
    for (std::size_t i = 0; i < m_to.draft.nodes.size(); ++i) changeDevice(i);
    for (std::size_t i = 0; i < m_to.draft.links.size(); ++i) changeCable(i);
    return std::move(m_inputs);
  }

 private:
  hw::LinkEnd endOf(const Outline& outline, const LinkEnd& end) const {
    const DeviceId device = m_places.devices.at(outline.keys.at(end.node));
    const Layout& layout = m_layouts.at(device);
    const auto at = std::find(layout.begin(), layout.end(), end.interface) - layout.begin();
    return {device, {static_cast<std::uint32_t>(at)}};
  }

  static NodeKinds kindsAt(const Outline& outline, const LinkSpec& link) {
    const auto kindOf = [&](const LinkEnd& end) { return outline.draft.document.nodes[outline.index.at(outline.keys.at(end.node))].kind; };
    return {kindOf(link.a), kindOf(link.b)};
  }

  /// Whether a link of the World leads where the target wants it.
  bool stays(LinkKey key) const {
    if (!m_to.links.contains(key)) return false;
    const LinkSpec& before = m_from.link(key);
    const LinkSpec& after = m_to.link(key);
    const auto same = [this](const LinkEnd& a, const LinkEnd& b) {
      return m_from.keys.at(a.node) == m_to.keys.at(b.node) && a.interface == b.interface;
    };
    return same(before.a, after.a) && same(before.b, after.b);
  }
  void removeCables() {
    for (const LinkKey key : m_from.draft.links)
      if (!stays(key)) m_inputs.push_back(UnplugCable{m_places.links.at(key)});
  }
  void removeDevices() {
    for (const NodeKey key : m_from.draft.nodes)
      if (!m_to.index.contains(key)) m_inputs.push_back(RemoveDevice{m_places.devices.at(key)});
  }

  void changeDevice(std::size_t at) {
    const NodeKey key = m_to.draft.nodes[at];
    const auto fresh = DeviceId{static_cast<std::uint32_t>(m_world.devices.size() + m_newDevices)};
    const auto [place, isFirst] = m_places.devices.emplace(key, fresh);
    m_newDevices += isFirst ? 1 : 0;
    const DeviceId id = place->second;
    const Layout layout = extended(layoutOf(m_world, id), m_to.completion.interfaces(at));
    m_layouts[id] = layout;
    const DeviceConfig after = configOf(m_to, at, layout, id);
    const auto before = m_from.index.find(key);
    if (before == m_from.index.end()) {
      m_inputs.push_back(AddDevice{id, Cow<DeviceConfig>(after)});
      return;
    }
    const DeviceConfig old = configOf(m_from, before->second, layout, id);
    if (old == after) return;
    for (const StaticNeighbour& one : old.neighbours)
      if (std::find(after.neighbours.begin(), after.neighbours.end(), one) == after.neighbours.end())
        m_inputs.push_back(DeviceCommand{id, EditNeighbour{EditNeighbour::What::Remove, one.port, one.address, {}, {}}});
    m_inputs.push_back(
        DeviceCommand{id, Reconfigure{Cow<DeviceConfig>(merged(old, after, m_world.device(id).config()))}});
  }

  void changeCable(std::size_t at) {
    const LinkKey key = m_to.draft.links[at];
    const LinkSpec& spec = m_to.draft.document.links[at];
    const LinkConfig config = linkOf(spec, {endOf(m_to, spec.a), endOf(m_to, spec.b)}, kindsAt(m_to, spec));
    if (m_from.links.contains(key) && stays(key)) {
      if (!(linkOf(m_from.link(key), config.ends, kindsAt(m_from, m_from.link(key))) == config))
        m_inputs.push_back(LinkCommand{m_places.links.at(key), config});
      return;
    }
    const auto known = m_places.links.find(key);
    const bool returns = known != m_places.links.end() && known->second.value < m_world.links.size() &&
                         m_world.links[known->second.value].config.ends == config.ends;
    if (!returns) m_places.links[key] = {static_cast<std::uint32_t>(m_world.links.size() + m_newLinks++)};
    m_inputs.push_back(PlugCable{m_places.links.at(key), config});
  }

  const Outline m_to;
  const Outline m_from;
  const World& m_world;
  Places& m_places;
  std::map<DeviceId, Layout> m_layouts;
  std::vector<Input> m_inputs;
  std::size_t m_newDevices = 0;
  std::size_t m_newLinks = 0;
};

/// The entries that only `before` has go, those that only `after` has come.
template <class T>
void mergeList(const std::vector<T>& before, const std::vector<T>& after, std::vector<T>& current) {
  const auto has = [](const std::vector<T>& list, const T& one) {
    return std::find(list.begin(), list.end(), one) != list.end();
  };
  std::erase_if(current, [&](const T& one) { return has(before, one) && !has(after, one); });
  for (const T& one : after)
    if (!has(before, one) && !has(current, one)) current.push_back(one);
}

template <class T> void mergeValue(const T& before, const T& after, T& current) {
  if (!(before == after)) current = after;
}

void mergeInterface(const InterfaceConfig& before, const InterfaceConfig& after, InterfaceConfig& current) {
  mergeValue(before.mac, after.mac, current.mac);
  mergeValue(before.mtu, after.mtu, current.mtu);
  mergeValue(before.up, after.up, current.up);
  mergeValue(before.medium, after.medium, current.medium);
  mergeValue(before.speed, after.speed, current.speed);
  mergeValue(before.master, after.master, current.master);
  mergeValue(before.bridge, after.bridge, current.bridge);
  mergeValue(before.stp, after.stp, current.stp);
  mergeList(before.addresses, after.addresses, current.addresses);
  mergeValue(before.knobs, after.knobs, current.knobs);
  mergeValue(before.shaper, after.shaper, current.shaper);
  mergeValue(before.netem, after.netem, current.netem);
}

void mergeKnobs(const Knobs& before, const Knobs& after, Knobs& current) {
  mergeValue(before.forwarding, after.forwarding, current.forwarding);
  mergeValue(before.ignoreBroadcastEcho, after.ignoreBroadcastEcho, current.ignoreBroadcastEcho);
  mergeValue(before.ignoreAllEcho, after.ignoreAllEcho, current.ignoreAllEcho);
  mergeValue(before.defaultTtl, after.defaultTtl, current.defaultTtl);
  mergeValue(before.noPathMtuDiscovery, after.noPathMtuDiscovery, current.noPathMtuDiscovery);
  mergeValue(before.arp, after.arp, current.arp);
  mergeValue(before.multipath, after.multipath, current.multipath);
  mergeValue(before.all, after.all, current.all);
  mergeValue(before.fresh, after.fresh, current.fresh);
}

Document bare(Document document) {
  document.title = {};
  document.notes.clear();
  for (Node& node : document.nodes) {
    node.label = {};
    node.position.reset();
  }
  return document;
}

}  // namespace

DeviceConfig merged(const DeviceConfig& before, const DeviceConfig& after, DeviceConfig current) {
  mergeValue(before.name, after.name, current.name);
  mergeValue(before.hub, after.hub, current.hub);
  mergeValue(before.joint, after.joint, current.joint);
  mergeValue(before.tapMetres, after.tapMetres, current.tapMetres);
  for (std::size_t i = 0; i < after.interfaces.size(); ++i) {
    const bool was = i < before.interfaces.size() && before.interfaces[i].kind != InterfaceKind::Removed;
    const bool is = after.interfaces[i].kind != InterfaceKind::Removed;
    if (i >= current.interfaces.size()) current.interfaces.push_back(after.interfaces[i]);
    else if (was && is) mergeInterface(before.interfaces[i], after.interfaces[i], current.interfaces[i]);
    else if (was || is) current.interfaces[i] = after.interfaces[i];
  }
  mergeList(before.routes, after.routes, current.routes);
  mergeList(before.neighbours, after.neighbours, current.neighbours);
  mergeKnobs(before.knobs, after.knobs, current.knobs);
  return current;
}

Places placesOf(const Draft& draft) {
  Places places;
  for (std::uint32_t i = 0; i < draft.nodes.size(); ++i) places.devices.emplace(draft.nodes[i], DeviceId{i});
  for (std::uint32_t i = 0; i < draft.links.size(); ++i) places.links.emplace(draft.links[i], LinkId{i});
  return places;
}

std::vector<Input> inputsTowards(const Draft& to, const Draft& from, const World& world, Places& places) {
  return Way(to, from, world, places).inputs();
}

bool sameNetwork(const Draft& a, const Draft& b) {
  return a.nodes == b.nodes && a.links == b.links && bare(a.document) == bare(b.document);
}

}  // namespace hw::project
