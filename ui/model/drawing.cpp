#include "ui/model/drawing.h"

#include <map>
#include <set>

namespace hw::model {
namespace {

// Keys of the document are counted from 1 and stay far below.
constexpr std::uint32_t kFirstSpace = 0x8000'0000, kFirstVirtualLink = 0xC000'0000;

lens::DeviceKind kindOf(project::NodeKind kind) {
  switch (kind) {
    case project::NodeKind::Router: return lens::DeviceKind::Router;
    case project::NodeKind::Switch: return lens::DeviceKind::Switch;
    case project::NodeKind::Hub: return lens::DeviceKind::Hub;
    case project::NodeKind::Repeater: return lens::DeviceKind::Repeater;
    case project::NodeKind::Bus: return lens::DeviceKind::Bus;
    case project::NodeKind::Host: break;
  }
  return lens::DeviceKind::Host;
}

lens::NodeCard cardOf(const project::Node& node) {
  lens::NodeCard card;
  card.name = node.name;
  card.kind = kindOf(node.kind);
  for (const project::InterfaceSpec& one : node.interfaces) {
    lens::PortCard port;
    port.name = one.name;
    for (const Ipv4Prefix& address : one.addresses) port.addresses.push_back(address.text());
    card.ports.push_back(std::move(port));
  }
  return card;
}

lens::LinkCard cardOf(const project::LinkSpec& link) {
  lens::LinkCard card;
  card.aName = link.a.text();
  card.bName = link.b.text();
  card.up = !link.down;
  return card;
}

class Drawer {
 public:
  Drawer(const Session& session, const std::vector<lens::NodeCard>& nodes, const std::vector<lens::LinkCard>& links)
      : m_places(session.standing().places), m_nodes(nodes), m_links(links) {}

  void add(const project::Draft& draft, bool editable) {
    std::map<std::string_view, project::NodeKey> keys;
    for (std::size_t i = 0; i < draft.nodes.size(); ++i) {
      keys.emplace(draft.document.nodes[i].name, draft.nodes[i]);
      if (m_known.emplace(draft.nodes[i].value, true).second) addNode(draft, i, editable);
    }
    for (std::size_t i = 0; i < draft.links.size(); ++i) {
      if (!m_known.emplace(draft.links[i].value, true).second) continue;
      const project::LinkSpec& spec = draft.document.links[i];
      addLink(draft.links[i], spec, keys[spec.a.node], keys[spec.b.node], editable);
    }
  }
  /// Network namespaces and the cables that lead to them, which the document does not know.
  void addSpaces() {
    std::map<DeviceId, project::NodeKey> keys;
    for (const auto& [key, place] : m_places.devices) keys.emplace(place, key);
    for (const lens::NodeCard& one : m_nodes) {
      const auto machine = keys.find(one.machine);
      if (!one.present || !one.machine.valid() || machine == keys.end()) continue;
      keys.emplace(one.id, spaceKey(one.id));
      m_drawing.nodes.push_back({spaceKey(one.id), one, {}, {}, false, false, machine->second});
    }
    std::set<LinkId> drawn;
    for (const auto& [key, place] : m_places.links) drawn.insert(place);
    for (const lens::LinkCard& one : m_links) {
      if (!one.present || drawn.contains(one.id)) continue;
      const auto a = keys.find(one.a.device), b = keys.find(one.b.device);
      if (a == keys.end() || b == keys.end() || a == b) continue;
      m_drawing.links.push_back({project::LinkKey{kFirstVirtualLink + one.id.value}, one, a->second, b->second});
    }
  }
  Drawing take() { return std::move(m_drawing); }

 private:
  void addNode(const project::Draft& draft, std::size_t i, bool editable) {
    const project::Node& node = draft.document.nodes[i];
    const auto place = m_places.devices.find(draft.nodes[i]);
    const bool present = place != m_places.devices.end() && place->second.value < m_nodes.size() &&
                         m_nodes[place->second.value].present;
    if (!present && !editable) return;
    m_drawing.nodes.push_back({draft.nodes[i], present ? m_nodes[place->second.value] : cardOf(node), node.label,
                               node.position, !present, editable});
  }
  void addLink(project::LinkKey key, const project::LinkSpec& spec, project::NodeKey a, project::NodeKey b,
               bool editable) {
    const auto place = m_places.links.find(key);
    const bool present = place != m_places.links.end() && place->second.value < m_links.size() &&
                         m_links[place->second.value].present;
    if (!present && !editable) return;
    m_drawing.links.push_back({key, present ? m_links[place->second.value] : cardOf(spec), a, b, !present});
  }

  const project::Places& m_places;
  const std::vector<lens::NodeCard>& m_nodes;
  const std::vector<lens::LinkCard>& m_links;
  std::map<std::uint32_t, bool> m_known;
  Drawing m_drawing;
};

}  // namespace

project::NodeKey spaceKey(DeviceId space) { return {kFirstSpace + space.value}; }

DeviceId spaceOf(project::NodeKey key) {
  return key.valid() && key.value >= kFirstSpace ? DeviceId{key.value - kFirstSpace} : DeviceId{};
}

const DrawnNode* Drawing::node(project::NodeKey key) const {
  for (const DrawnNode& one : nodes)
    if (one.key == key) return &one;
  return nullptr;
}

const DrawnLink* Drawing::link(project::LinkKey key) const {
  for (const DrawnLink& one : links)
    if (one.key == key) return &one;
  return nullptr;
}

Drawing drawingOf(const Session& session, const std::vector<lens::NodeCard>& nodes,
                  const std::vector<lens::LinkCard>& links) {
  Drawer drawer(session, nodes, links);
  const project::Draft& draft = *session.draft();
  drawer.add(draft, true);
  if (session.standing().draft != session.draft()) drawer.add(*session.standing().draft, false);
  drawer.addSpaces();
  Drawing drawing = drawer.take();
  for (std::size_t i = 0; i < draft.notes.size(); ++i)
    drawing.notes.push_back({draft.notes[i], draft.document.notes[i].text, draft.document.notes[i].position});
  return drawing;
}

}  // namespace hw::model
