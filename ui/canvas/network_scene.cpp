#include "ui/canvas/network_scene.h"

#include <algorithm>
#include <cmath>

#include "ui/canvas/hull_item.h"
#include "ui/canvas/link_item.h"
#include "ui/canvas/node_item.h"
#include "ui/canvas/note_item.h"
#include "ui/canvas/placement.h"

namespace hw::canvas {
namespace {

constexpr qreal kParallelGap = 26;

/// Deletes the items whose parts are gone.
template <class Key, class Item, class Parts> void drop(std::map<Key, Item*>& items, const Parts& parts) {
  std::vector<Key> keys;
  for (const auto& part : parts) keys.push_back(part.key);
  std::sort(keys.begin(), keys.end());
  for (auto item = items.begin(); item != items.end();) {
    const bool stays = std::binary_search(keys.begin(), keys.end(), item->first);
    if (!stays) delete item->second;
    item = stays ? std::next(item) : items.erase(item);
  }
}

template <class Key, class Item> Item* itemFor(QGraphicsScene& scene, std::map<Key, Item*>& items, Key key) {
  Item*& item = items[key];
  if (!item) {
    item = new Item;
    scene.addItem(item);
  }
  return item;
}

template <class Id, class Item> void enter(std::vector<Item*>& items, Id id, Item* item) {
  if (!id.valid()) return;
  if (items.size() <= id.value) items.resize(id.value + 1, nullptr);
  items[id.value] = item;
}

}  // namespace

/// Smaller than this nobody reads it, larger it only takes room.
qreal NetworkScene::detailAt(qreal zoom) { return std::clamp(1.18 * zoom, 0.92, 2.2); }

void NetworkScene::setValue(const model::Snapshot& snapshot, Language language) {
  const bool anew = snapshot.network != m_network;
  m_network = snapshot.network;
  setNodes(snapshot.drawing, language, anew);
  setLinks(snapshot.drawing);
  setDomains(snapshot.domains);
  setNotes(snapshot.drawing, language);
  placeLinks();
  applyDetail();
}

void NetworkScene::setNodes(const model::Drawing& drawing, Language language, bool anew) {
  if (anew) drop(m_nodes, std::vector<model::DrawnNode>());
  drop(m_nodes, drawing.nodes);
  const bool missing = std::any_of(drawing.nodes.begin(), drawing.nodes.end(), [this](const model::DrawnNode& one) {
    return !one.position && !one.within.valid() && !m_nodes.contains(one.key);
  });
  const std::vector<QPointF> places = missing ? placesOf(drawing) : std::vector<QPointF>();
  m_devices.clear();
  for (std::size_t i = 0; i < drawing.nodes.size(); ++i) {
    const model::DrawnNode& one = drawing.nodes[i];
    const bool fresh = !m_nodes.contains(one.key);
    NodeItem* item = itemFor(*this, m_nodes, one.key);
    const std::string& name = one.within.valid() ? one.card.space : one.card.name;
    item->setCard(one.card, QString::fromStdString(one.label.empty() ? name : one.label.in(language)));
    item->setKey(one.key);
    item->setOpacity(one.faint ? 0.45 : 1);
    if (one.position) item->setPos(one.position->x, one.position->y);
    else if (fresh && !one.within.valid()) item->setPos(places[i]);
    enter(m_devices, one.card.id, item);
  }
  placeSpaces(drawing, anew);
}

/// Network namespaces stand beside their machine, where they were first put, and go where it goes.
void NetworkScene::placeSpaces(const model::Drawing& drawing, bool anew) {
  if (anew) m_spaces.clear();
  std::erase_if(m_spaces, [this](const auto& one) { return !m_nodes.contains(one.first); });
  std::vector<QPointF> taken;
  for (const auto& [key, item] : m_nodes)
    if (!model::spaceOf(key).valid() || m_spaces.contains(key)) taken.push_back(item->pos());
  for (const model::DrawnNode& one : drawing.nodes) {
    const NodeItem* machine = one.within.valid() ? node(one.within) : nullptr;
    if (!machine) continue;
    auto place = m_spaces.find(one.key);
    if (place == m_spaces.end()) {
      place = m_spaces.emplace(one.key, Place{one.within, freeSpot(machine->pos(), taken) - machine->pos()}).first;
      taken.push_back(machine->pos() + place->second.from);
    }
    node(one.key)->setPos(machine->pos() + place->second.from);
  }
  placeHulls();
}

/// A frame around each machine that has namespaces, with room for the names below the icons.
void NetworkScene::placeHulls() {
  std::map<project::NodeKey, QRectF> areas;
  for (const auto& [key, place] : m_spaces) {
    const NodeItem* const both[] = {node(place.machine), node(key)};
    for (const NodeItem* item : both) {
      if (!item) continue;
      const QRectF box = item->boundingRect();
      const QRectF area(item->pos() + box.topLeft() / m_zoom, box.size() / m_zoom);
      areas[place.machine] = areas[place.machine].united(area);
    }
  }
  for (auto one = m_hulls.begin(); one != m_hulls.end();) {
    const bool stays = areas.contains(one->first);
    if (!stays) delete one->second;
    one = stays ? std::next(one) : m_hulls.erase(one);
  }
  const qreal room = 10 / m_zoom;
  for (const auto& [key, area] : areas) itemFor(*this, m_hulls, key)->setArea(area.adjusted(-room, -room, room, room));
}

void NetworkScene::setLinks(const model::Drawing& drawing) {
  drop(m_links, drawing.links);
  m_cables.clear();
  for (const model::DrawnLink& one : drawing.links) {
    LinkItem* item = itemFor(*this, m_links, one.key);
    item->setCard(one.card);
    item->setKey(one.key, one.a, one.b);
    item->setOpacity(one.faint ? 0.45 : 1);
    enter(m_cables, one.card.id, item);
  }
}

void NetworkScene::setDomains(const std::vector<lens::Domain>& domains) {
  std::map<std::uint32_t, std::vector<std::size_t>> bands;
  for (std::size_t i = 0; i < domains.size(); ++i)
    for (const LinkId link : domains[i].links) bands[link.value].push_back(i);
  for (const auto& [key, item] : m_links) {
    const auto found = item->link().valid() ? bands.find(item->link().value) : bands.end();
    item->setBands(found == bands.end() ? std::vector<std::size_t>() : found->second);
  }
}

void NetworkScene::setNotes(const model::Drawing& drawing, Language language) {
  drop(m_notes, drawing.notes);
  const QPointF corner = m_nodes.empty() ? QPointF() : m_nodes.begin()->second->pos() - QPointF(0, 150);
  for (const model::DrawnNote& one : drawing.notes) {
    const bool fresh = !m_notes.contains(one.key);
    NoteItem* item = itemFor(*this, m_notes, one.key);
    item->setKey(one.key);
    item->setText(QString::fromStdString(one.text.in(language)));
    if (one.position) item->setPos(one.position->x, one.position->y);
    else if (fresh) item->setPos(corner);
  }
}

/// Cables between the same two devices lie side by side.
void NetworkScene::placeLinks() {
  std::map<std::pair<project::NodeKey, project::NodeKey>, std::vector<LinkItem*>> bundles;
  for (const auto& [key, item] : m_links) bundles[std::minmax(item->a(), item->b())].push_back(item);
  for (const auto& [ends, bundle] : bundles) {
    const NodeItem* first = node(ends.first);
    const NodeItem* second = node(ends.second);
    for (LinkItem* item : bundle) item->setVisible(first && second);
    if (!first || !second) continue;
    const QPointF low = first->pos(), high = second->pos();
    const QPointF way = high - low;
    const qreal length = std::max(1.0, std::hypot(way.x(), way.y()));
    const QPointF aside(-way.y() / length, way.x() / length);
    for (std::size_t k = 0; k < bundle.size(); ++k) {
      const qreal lane = static_cast<qreal>(k) - static_cast<qreal>(bundle.size() - 1) / 2;
      const QPointF shift = aside * (lane * kParallelGap);
      const bool forward = bundle[k]->a() == ends.first;
      bundle[k]->setEnds((forward ? low : high) + shift, (forward ? high : low) + shift);
    }
  }
}

void NetworkScene::setZoom(qreal zoom) {
  m_zoom = zoom;
  m_detail = detailAt(zoom);
  applyDetail();
}

void NetworkScene::applyDetail() {
  for (const auto& [key, node] : m_nodes) node->setDetail(m_detail);
  for (const auto& [key, link] : m_links) link->setDetail(m_detail, m_zoom);
  for (const auto& [key, note] : m_notes) note->setDetail(m_detail);
  placeHulls();
}

void NetworkScene::mark(DeviceId device, const Selection& selection) {
  for (const auto& [key, node] : m_nodes) node->setMarked(device.valid() && node->device() == device, selection.nodes.contains(key));
  for (const auto& [key, link] : m_links) link->setChosen(selection.links.contains(key));
  for (const auto& [key, note] : m_notes) note->setChosen(selection.notes.contains(key));
}

NodeItem* NetworkScene::node(DeviceId device) const {
  return device.value < m_devices.size() ? m_devices[device.value] : nullptr;
}

LinkItem* NetworkScene::link(LinkId link) const { return link.value < m_cables.size() ? m_cables[link.value] : nullptr; }

void NetworkScene::moveNode(project::NodeKey key, const QPointF& to) {
  if (NodeItem* item = node(key)) item->setPos(to);
  for (const auto& [space, place] : m_spaces)
    if (place.machine == key) node(space)->setPos(to + place.from);
  placeHulls();
  placeLinks();
}

void NetworkScene::moveNote(project::NoteKey key, const QPointF& to) {
  if (NoteItem* item = note(key)) item->setPos(to);
}

std::vector<QRectF> NetworkScene::stillBoxes(const QTransform& toView) const {
  std::vector<QRectF> boxes;
  for (const auto& [key, node] : m_nodes) boxes.push_back(node->boundingRect().translated(toView.map(node->pos())));
  for (const auto& [key, note] : m_notes) boxes.push_back(note->boundingRect().translated(toView.map(note->pos())));
  for (const auto& [key, link] : m_links)
    for (const QRectF& name : link->nameBoxes(toView)) boxes.push_back(name);
  return boxes;
}

QRectF NetworkScene::places() const {
  QRectF all;
  const auto add = [&all](const QPointF& at) {
    const QRectF point(at - QPointF(0.5, 0.5), QSizeF(1, 1));
    all = all.isNull() ? point : all.united(point);
  };
  for (const auto& [key, node] : m_nodes) add(node->pos());
  for (const auto& [key, note] : m_notes) add(note->pos());
  return all;
}

}  // namespace hw::canvas
