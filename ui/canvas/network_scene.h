// The still picture: devices, cables and notes of a drawing as items. They are kept from snapshot to
// snapshot by identity, so that selection and editing have something to hold on to.
#pragma once

#include <QGraphicsScene>
#include <map>
#include <vector>

#include "core/base/text.h"
#include "ui/canvas/selection.h"
#include "ui/model/snapshot.h"

namespace hw::canvas {

class HullItem;
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
  /// The device whose tables are shown, and what is selected.
  void mark(DeviceId device, const Selection& selection);

  /// Null if it is not there at the displayed moment.
  NodeItem* node(DeviceId device) const;
  LinkItem* link(LinkId link) const;
  NodeItem* node(project::NodeKey key) const { return at(m_nodes, key); }
  LinkItem* link(project::LinkKey key) const { return at(m_links, key); }
  NoteItem* note(project::NoteKey key) const { return at(m_notes, key); }
  const std::map<project::NodeKey, NodeItem*>& nodes() const { return m_nodes; }
  const std::map<project::LinkKey, LinkItem*>& links() const { return m_links; }
  const std::map<project::NoteKey, NoteItem*>& notes() const { return m_notes; }

  /// Moves a device or note for now, with its cables: a drag that is not over.
  void moveNode(project::NodeKey key, const QPointF& to);
  void moveNote(project::NoteKey key, const QPointF& to);

  /// What stands still and should not be covered: devices with their names, names of interfaces. In the view.
  std::vector<QRectF> stillBoxes(const QTransform& toView) const;
  /// How many network namespaces stand beside their machines.
  std::size_t spaces() const { return m_spaces.size(); }
  /// The rectangle of the places of all devices and notes.
  QRectF places() const;

 private:
  template <class Key, class Item> static Item* at(const std::map<Key, Item*>& items, Key key) {
    const auto found = items.find(key);
    return found == items.end() ? nullptr : found->second;
  }
  void setNodes(const model::Drawing& drawing, Language language, bool anew);
  void setLinks(const model::Drawing& drawing);
  void setNotes(const model::Drawing& drawing, Language language);
  void setDomains(const std::vector<lens::Domain>& domains);
  void placeSpaces(const model::Drawing& drawing, bool anew);
  void placeHulls();
  void placeLinks();
  void applyDetail();

  std::uint64_t m_network = 0;
  std::map<project::NodeKey, NodeItem*> m_nodes;
  std::map<project::LinkKey, LinkItem*> m_links;
  std::map<project::NoteKey, NoteItem*> m_notes;
  struct Place {
    project::NodeKey machine;
    QPointF from;  ///< where it stands, seen from its machine
  };
  std::map<project::NodeKey, Place> m_spaces;        ///< the network namespaces among the nodes
  std::map<project::NodeKey, HullItem*> m_hulls;     ///< by machine
  std::vector<NodeItem*> m_devices;  ///< by DeviceId
  std::vector<LinkItem*> m_cables;   ///< by LinkId
  qreal m_zoom = 1;
  qreal m_detail = 1;
};

}  // namespace hw::canvas
