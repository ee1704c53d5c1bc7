// The still picture: devices, cables and notes of a snapshot as items. They are kept from snapshot
// to snapshot, so that selection and (later) editing have something to hold on to.
#pragma once

#include <QGraphicsScene>
#include <vector>

#include "core/base/text.h"
#include "ui/model/snapshot.h"

namespace hw::canvas {

class LinkItem;
class NodeItem;
class NoteItem;

class NetworkScene : public QGraphicsScene {
  Q_OBJECT

 public:
  using QGraphicsScene::QGraphicsScene;

  void setValue(const model::Snapshot& snapshot, Language language);
  /// Pixels of the view per pixel of the document; how large things are drawn follows from it.
  void setZoom(qreal zoom);
  /// How large devices are drawn at a zoom.
  static qreal detailAt(qreal zoom);
  qreal detail() const { return m_detail; }
  void mark(DeviceId device);

  NodeItem* node(DeviceId device) const;
  LinkItem* link(LinkId link) const;
  const std::vector<NodeItem*>& nodes() const { return m_nodes; }
  const std::vector<NoteItem*>& notes() const { return m_notes; }
  /// What stands still and should not be covered: devices with their names, names of interfaces. In the view.
  std::vector<QRectF> stillBoxes(const QTransform& toView) const;
  /// The rectangle of the places of all devices and notes.
  QRectF places() const;

 private:
  void rebuild(const model::Snapshot& snapshot);
  void placeLinks(const model::Snapshot& snapshot);
  void applyDetail();

  std::uint64_t m_network = 0;
  std::vector<NodeItem*> m_nodes;
  std::vector<LinkItem*> m_links;
  std::vector<NoteItem*> m_notes;
  qreal m_zoom = 1;
  qreal m_detail = 1;
};

}  // namespace hw::canvas
