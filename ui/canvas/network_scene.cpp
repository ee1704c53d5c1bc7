#include "ui/canvas/network_scene.h"

#include <algorithm>
#include <cmath>
#include <map>

#include "ui/canvas/link_item.h"
#include "ui/canvas/node_item.h"
#include "ui/canvas/note_item.h"
#include "ui/canvas/placement.h"

namespace hw::canvas {
namespace {

constexpr qreal kParallelGap = 26;

std::map<std::string, const project::Node*> byName(const project::Document& document) {
  std::map<std::string, const project::Node*> nodes;
  for (const project::Node& node : document.nodes) nodes[node.name] = &node;
  return nodes;
}

}  // namespace

/// Smaller than this nobody reads it, larger it only takes room.
qreal NetworkScene::detailAt(qreal zoom) { return std::clamp(1.18 * zoom, 0.92, 2.2); }

void NetworkScene::setValue(const model::Snapshot& snapshot, Language language) {
  if (snapshot.network != m_network) rebuild(snapshot);
  const auto described = byName(*snapshot.document);
  for (std::size_t i = 0; i < m_nodes.size(); ++i) {
    const auto found = described.find(snapshot.nodes[i].name);
    const bool labelled = found != described.end() && !found->second->label.empty();
    m_nodes[i]->setCard(snapshot.nodes[i], QString::fromStdString(labelled ? found->second->label.in(language)
                                                                           : snapshot.nodes[i].name));
  }
  for (std::size_t i = 0; i < m_links.size(); ++i) m_links[i]->setCard(snapshot.links[i]);
  for (std::size_t i = 0; i < m_notes.size(); ++i)
    m_notes[i]->setText(QString::fromStdString(snapshot.document->notes[i].text.in(language)));
  mark(snapshot.device);
}

void NetworkScene::rebuild(const model::Snapshot& snapshot) {
  clear();
  m_nodes.clear();
  m_links.clear();
  m_notes.clear();
  m_network = snapshot.network;
  const std::vector<QPointF> places = placesOf(snapshot);
  for (const QPointF& place : places) {
    m_nodes.push_back(new NodeItem);
    m_nodes.back()->setPos(place);
    addItem(m_nodes.back());
  }
  for (std::size_t i = 0; i < snapshot.links.size(); ++i) {
    m_links.push_back(new LinkItem);
    addItem(m_links.back());
  }
  placeLinks(snapshot);
  const QPointF corner = places.empty() ? QPointF() : places.front();
  for (const project::Note& note : snapshot.document->notes) {
    m_notes.push_back(new NoteItem);
    m_notes.back()->setPos(note.position ? QPointF(note.position->x, note.position->y)
                                         : corner - QPointF(0, 150));
    addItem(m_notes.back());
  }
  applyDetail();
}

/// Cables between the same two devices lie side by side.
void NetworkScene::placeLinks(const model::Snapshot& snapshot) {
  std::map<std::pair<std::uint32_t, std::uint32_t>, std::vector<std::size_t>> bundles;
  for (std::size_t i = 0; i < snapshot.links.size(); ++i) {
    const auto [low, high] = std::minmax(snapshot.links[i].a.device.value, snapshot.links[i].b.device.value);
    bundles[{low, high}].push_back(i);
  }
  for (const auto& [ends, bundle] : bundles) {
    const QPointF low = m_nodes[ends.first]->pos(), high = m_nodes[ends.second]->pos();
    const QPointF way = high - low;
    const qreal length = std::max(1.0, std::hypot(way.x(), way.y()));
    const QPointF aside(-way.y() / length, way.x() / length);
    for (std::size_t k = 0; k < bundle.size(); ++k) {
      const qreal lane = static_cast<qreal>(k) - static_cast<qreal>(bundle.size() - 1) / 2;
      const QPointF shift = aside * (lane * kParallelGap);
      const bool forward = snapshot.links[bundle[k]].a.device.value == ends.first;
      m_links[bundle[k]]->setEnds((forward ? low : high) + shift, (forward ? high : low) + shift);
    }
  }
}

void NetworkScene::setZoom(qreal zoom) {
  m_zoom = zoom;
  m_detail = detailAt(zoom);
  applyDetail();
}

void NetworkScene::applyDetail() {
  for (NodeItem* node : m_nodes) node->setDetail(m_detail);
  for (LinkItem* link : m_links) link->setDetail(m_detail, m_zoom);
  for (NoteItem* note : m_notes) note->setDetail(m_detail);
}

void NetworkScene::mark(DeviceId device) {
  for (NodeItem* node : m_nodes) node->setMarked(node->device() == device);
}

NodeItem* NetworkScene::node(DeviceId device) const {
  return device.value < m_nodes.size() ? m_nodes[device.value] : nullptr;
}

LinkItem* NetworkScene::link(LinkId link) const {
  return link.value < m_links.size() ? m_links[link.value] : nullptr;
}

std::vector<QRectF> NetworkScene::stillBoxes(const QTransform& toView) const {
  std::vector<QRectF> boxes;
  for (const NodeItem* node : m_nodes) boxes.push_back(node->boundingRect().translated(toView.map(node->pos())));
  for (const NoteItem* note : m_notes) boxes.push_back(note->boundingRect().translated(toView.map(note->pos())));
  for (const LinkItem* link : m_links)
    for (const QRectF& name : link->nameBoxes(toView)) boxes.push_back(name);
  return boxes;
}

QRectF NetworkScene::places() const {
  QRectF all;
  const auto add = [&all](const QPointF& at) {
    const QRectF point(at - QPointF(0.5, 0.5), QSizeF(1, 1));
    all = all.isNull() ? point : all.united(point);
  };
  for (const NodeItem* node : m_nodes) add(node->pos());
  for (const NoteItem* note : m_notes) add(note->pos());
  return all;
}

}  // namespace hw::canvas
