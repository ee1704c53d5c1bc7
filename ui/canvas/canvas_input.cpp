// Mouse, keyboard and drops on the canvas: they select at once, and edit by telling what is wanted.
#include <QApplication>
#include <QMimeData>
#include <QMouseEvent>
#include <QPainter>
#include <QScrollBar>
#include <algorithm>
#include <cmath>

#include "core/project/words.h"
#include "ui/canvas/canvas_view_parts.h"
#include "ui/canvas/link_item.h"
#include "ui/canvas/node_item.h"
#include "ui/canvas/note_item.h"
#include "ui/kit/theme.h"

namespace hw::canvas {
namespace {

/// Two devices nearer than this cover each other.
constexpr qreal kApart = 110;

const NodeItem* asNode(const QGraphicsItem* item) { return qgraphicsitem_cast<const NodeItem*>(item); }
const LinkItem* asLink(const QGraphicsItem* item) { return qgraphicsitem_cast<const LinkItem*>(item); }
const NoteItem* asNote(const QGraphicsItem* item) { return qgraphicsitem_cast<const NoteItem*>(item); }

bool isIn(const Selection& selection, const QGraphicsItem* item) {
  if (const auto* node = asNode(item)) return selection.nodes.contains(node->key());
  if (const auto* link = asLink(item)) return selection.links.contains(link->key());
  if (const auto* note = asNote(item)) return selection.notes.contains(note->key());
  return false;
}

template <class Key> void toggle(std::set<Key>& keys, Key key) {
  if (!keys.erase(key)) keys.insert(key);
}

void toggle(Selection& selection, const QGraphicsItem* item) {
  if (const auto* node = asNode(item)) toggle(selection.nodes, node->key());
  if (const auto* link = asLink(item)) toggle(selection.links, link->key());
  if (const auto* note = asNote(item)) toggle(selection.notes, note->key());
}

QString deviceIn(const QMimeData& data) { return QString::fromLatin1(data.data(QLatin1String(kDeviceMime))); }

QString fileIn(const QMimeData& data) {
  for (const QUrl& url : data.urls())
    if (url.isLocalFile()) return url.toLocalFile();
  return {};
}

}  // namespace

const Selection& CanvasView::selection() const { return m->selection; }
Tool CanvasView::tool() const { return m->tool; }
void CanvasView::setSnap(bool snap) { m->snap = snap; }
const model::Snapshot* CanvasView::shown() const { return m->snapshot.get(); }
NetworkScene& CanvasView::scene() const { return m->scene; }

void CanvasView::setTool(Tool tool) {
  if (m->tool == tool) return;
  m->tool = tool;
  m->gesture = {};
  viewport()->setCursor(tool == Tool::Cable ? Qt::CrossCursor : Qt::ArrowCursor);
  viewport()->update();
  emit toolChanged(tool);
}

void CanvasView::setSelection(const Selection& selection) {
  if (m->selection == selection) return;
  m->selection = selection;
  m->mark();
  m->stale = true;
  viewport()->update();
  emit selectionChanged();
}

void CanvasView::select(const Selection& selection) { setSelection(selection); }

void CanvasView::selectAll() {
  Selection all;
  for (const auto& [key, item] : m->scene.nodes()) all.nodes.insert(key);
  for (const auto& [key, item] : m->scene.links()) all.links.insert(key);
  for (const auto& [key, item] : m->scene.notes()) all.notes.insert(key);
  setSelection(all);
}

void CanvasView::dropSelectionOfWhatIsGone() {
  Selection left = m->selection;
  std::erase_if(left.nodes, [this](auto key) { return !m->scene.node(key); });
  std::erase_if(left.links, [this](auto key) { return !m->scene.link(key); });
  std::erase_if(left.notes, [this](auto key) { return !m->scene.note(key); });
  setSelection(left);
}

/// Another device is shown now, chosen by the keyboard or a list: it is what edits are about.
void CanvasView::followDevice() {
  const NodeItem* node = m->scene.node(m->snapshot->device);
  if (!node || m->selection.nodes.contains(node->key()) || m->gesture.kind != Gesture::Kind::None) return;
  setSelection({{node->key()}, {}, {}});
}

project::Position CanvasView::placeAt(const QPointF& inScene) const {
  const auto snapped = [this](qreal value) {
    return m->snap ? qRound(value / kGrid) * kGrid : qRound(value);
  };
  return {snapped(inScene.x()), snapped(inScene.y())};
}

project::Position CanvasView::freePlace() const {
  const QPointF middle = mapToScene(viewport()->rect().center());
  for (int ring = 0; ring < 12; ++ring)
    for (int step = 0; step < std::max(1, 8 * ring); ++step) {
      const double turn = ring == 0 ? 0 : 2 * M_PI * step / (8.0 * ring);
      const QPointF at = middle + QPointF(std::cos(turn), std::sin(turn)) * (ring * 80.0);
      const project::Position place = placeAt(at);
      const bool taken = std::any_of(m->scene.nodes().begin(), m->scene.nodes().end(), [&](const auto& one) {
        const QPointF apart = one.second->pos() - QPointF(place.x, place.y);
        return std::hypot(apart.x(), apart.y()) < kApart;
      });
      if (!taken) return place;
    }
  return placeAt(middle);
}

/// The device, else the note, else the cable under a point of the view, or null.
QGraphicsItem* CanvasView::partAt(const QPoint& at) const {
  QGraphicsItem* best = nullptr;
  const auto rank = [](const QGraphicsItem* item) { return asNode(item) ? 3 : asNote(item) ? 2 : asLink(item) ? 1 : 0; };
  for (QGraphicsItem* item : items(at))
    if (rank(item) > rank(best)) best = item;
  return rank(best) > 0 ? best : nullptr;
}

void CanvasView::mousePressEvent(QMouseEvent* event) {
  const QPoint at = event->position().toPoint();
  m->gesture = {};
  m->gesture.start = m->gesture.now = at;
  if (event->button() == Qt::MiddleButton) {
    m->gesture.kind = Gesture::Kind::Pan;
    return;
  }
  if (event->button() != Qt::LeftButton) {
    if (QGraphicsItem* part = partAt(at); part && !isIn(m->selection, part)) pressPart(*part, *event);
    m->gesture = {};
    return;
  }
  QGraphicsItem* part = partAt(at);
  if (m->tool == Tool::Cable) {
    const auto* node = asNode(part);
    if (node && !node->card().machine.valid()) m->gesture = {Gesture::Kind::Cable, at, at, node->key(), false, {}, {}, {}};
    return;
  }
  const auto packet = PacketPainter::hit(packetSpots(), event->position(), m->scene.detail());
  if (packet.valid()) {
    emit packetClicked(packet);
    return;
  }
  if (part) {
    pressPart(*part, *event);
    return;
  }
  m->gesture.kind = Gesture::Kind::Band;
  m->gesture.before = event->modifiers() & Qt::ControlModifier ? m->selection : Selection();
  setSelection(m->gesture.before);
}

void CanvasView::pressPart(QGraphicsItem& part, const QMouseEvent& event) {
  const bool adds = event.modifiers() & (Qt::ControlModifier | Qt::ShiftModifier);
  const bool was = isIn(m->selection, &part);
  Selection next = adds || was ? m->selection : Selection();
  if (adds || !was) toggle(next, &part);
  m->gesture.kind = Gesture::Kind::Press;
  m->gesture.narrows = was && !adds;
  setSelection(next);
  const auto* node = asNode(&part);
  if (node && node->device().valid()) emit deviceClicked(node->device());
}

void CanvasView::beginMove() {
  m->gesture.kind = Gesture::Kind::Move;
  for (const auto key : m->selection.nodes)
    if (const NodeItem* item = m->scene.node(key); item && !item->card().machine.valid()) m->gesture.nodes[key] = item->pos();
  for (const auto key : m->selection.notes)
    if (const NoteItem* item = m->scene.note(key)) m->gesture.notes[key] = item->pos();
}

void CanvasView::moveTo(const QPoint& at) {
  const QPointF by = mapToScene(at) - mapToScene(m->gesture.start);
  const auto placed = [&](const QPointF& start) {
    const project::Position place = placeAt(start + by);
    return QPointF(place.x, place.y);
  };
  for (const auto& [key, start] : m->gesture.nodes) m->scene.moveNode(key, placed(start));
  for (const auto& [key, start] : m->gesture.notes) m->scene.moveNote(key, placed(start));
}

void CanvasView::band(const QPoint& to) {
  const QRectF area = QRectF(mapToScene(m->gesture.start), mapToScene(to)).normalized();
  Selection next = m->gesture.before;
  for (const auto& [key, item] : m->scene.nodes())
    if (area.contains(item->pos())) next.nodes.insert(key);
  for (const auto& [key, item] : m->scene.notes())
    if (area.contains(item->pos())) next.notes.insert(key);
  for (const auto& [key, item] : m->scene.links())
    if (area.contains(item->end(0)) && area.contains(item->end(1))) next.links.insert(key);
  setSelection(next);
}

void CanvasView::mouseMoveEvent(QMouseEvent* event) {
  const QPoint at = event->position().toPoint();
  Gesture& gesture = m->gesture;
  if (gesture.kind == Gesture::Kind::None) return QGraphicsView::mouseMoveEvent(event);
  if (gesture.kind == Gesture::Kind::Pan) {
    const QPoint by = at - gesture.now;
    horizontalScrollBar()->setValue(horizontalScrollBar()->value() - by.x());
    verticalScrollBar()->setValue(verticalScrollBar()->value() - by.y());
    m->fitted = false;
  }
  gesture.now = at;
  const bool far = (at - gesture.start).manhattanLength() >= QApplication::startDragDistance();
  if (gesture.kind == Gesture::Kind::Press && far) beginMove();
  if (gesture.kind == Gesture::Kind::Move) moveTo(at);
  if (gesture.kind == Gesture::Kind::Band) band(at);
  viewport()->update();
}

void CanvasView::mouseReleaseEvent(QMouseEvent* event) {
  const Gesture gesture = m->gesture;
  const QPoint at = event->position().toPoint();
  if (gesture.kind == Gesture::Kind::Move) endMove();
  if (gesture.kind == Gesture::Kind::Cable) endCable(at);
  else m->gesture = {};
  if (gesture.kind == Gesture::Kind::Press && gesture.narrows)
    if (QGraphicsItem* part = partAt(at)) {
      Selection only;
      toggle(only, part);
      setSelection(only);
    }
  viewport()->update();
}

void CanvasView::endMove() {
  project::MoveParts move;
  for (const auto& [key, start] : m->gesture.nodes)
    if (const NodeItem* item = m->scene.node(key)) move.nodes.emplace_back(key, placeAt(item->pos()));
  for (const auto& [key, start] : m->gesture.notes)
    if (const NoteItem* item = m->scene.note(key)) move.notes.emplace_back(key, placeAt(item->pos()));
  if (!move.nodes.empty() || !move.notes.empty()) emit edited(move);
}

/// A cable is drawn by dragging, or by a click on one device and another on the second.
void CanvasView::endCable(const QPoint& at) {
  const auto* node = asNode(partAt(at));
  const bool clicked = (at - m->gesture.start).manhattanLength() < QApplication::startDragDistance();
  if (clicked && node && node->key() == m->gesture.from) return;
  if (node && node->key() != m->gesture.from && !node->card().machine.valid()) emit edited(project::Connect{m->gesture.from, node->key(), {}, {}});
  m->gesture = {};
}

void CanvasView::mouseDoubleClickEvent(QMouseEvent* event) {
  const QGraphicsItem* part = partAt(event->position().toPoint());
  if (event->button() != Qt::LeftButton || m->tool != Tool::Select || !part) return;
  if (const auto* note = asNote(part)) emit noteWanted(note->key());
  else emit propertiesWanted();
}

void CanvasView::contextMenuEvent(QContextMenuEvent* event) { emit menuWanted(event->globalPos()); }

void CanvasView::dragEnterEvent(QDragEnterEvent* event) {
  if (event->mimeData()->hasFormat(QLatin1String(kDeviceMime)) || !fileIn(*event->mimeData()).isEmpty())
    event->acceptProposedAction();
}
void CanvasView::dragMoveEvent(QDragMoveEvent* event) { event->acceptProposedAction(); }

void CanvasView::dropEvent(QDropEvent* event) {
  const QString word = deviceIn(*event->mimeData());
  if (word.isEmpty()) {
    if (const QString file = fileIn(*event->mimeData()); !file.isEmpty()) emit fileDropped(file);
    return;
  }
  const auto& words = project::kNodeKinds;
  const auto kind = std::find(words.begin(), words.end(), word.toStdString());
  if (kind == words.end()) return;
  event->acceptProposedAction();
  setFocus(Qt::OtherFocusReason);
  emit edited(project::AddNode{static_cast<project::NodeKind>(kind - words.begin()),
                               placeAt(mapToScene(event->position().toPoint()))});
}

void CanvasView::paintGesture(QPainter& painter) const {
  const Gesture& gesture = m->gesture;
  const QColor accent = kit::theme().accent;
  if (gesture.kind == Gesture::Kind::Cable) {
    painter.setRenderHint(QPainter::Antialiasing);
    painter.setPen(QPen(accent, 2.5, Qt::DashLine));
    painter.drawLine(pointOf(gesture.from), gesture.now);
  } else if (gesture.kind == Gesture::Kind::Band) {
    QColor fill = accent;
    fill.setAlpha(32);
    painter.setPen(accent);
    painter.setBrush(fill);
    painter.drawRect(QRect(gesture.start, gesture.now).normalized());
    painter.setBrush(Qt::NoBrush);
  }
}

/// The arrow keys go from device to device; with Ctrl they move what is selected.
void CanvasView::keyPressEvent(QKeyEvent* event) {
  if (event->key() == Qt::Key_Escape) {
    if (m->tool != Tool::Select) setTool(Tool::Select);
    else setSelection({});
    m->gesture = {};
    return;
  }
  if (event->key() == Qt::Key_Return || event->key() == Qt::Key_Enter) {
    if (m->selection.notes.size() == 1 && m->selection.size() == 1) emit noteWanted(*m->selection.notes.begin());
    else if (!m->selection.empty()) emit propertiesWanted();
    return;
  }
  const bool done = event->modifiers() & Qt::ControlModifier ? nudge(event->key()) : traverse(event->key());
  if (!done) QGraphicsView::keyPressEvent(event);
}

bool CanvasView::traverse(int key) {
  const bool on = key == Qt::Key_Right || key == Qt::Key_Down;
  const bool back = key == Qt::Key_Left || key == Qt::Key_Up;
  const auto& nodes = m->scene.nodes();
  if ((!on && !back) || nodes.empty()) return false;
  auto at = m->selection.nodes.empty() ? nodes.end() : nodes.find(*m->selection.nodes.begin());
  if (at == nodes.end()) at = on ? nodes.begin() : std::prev(nodes.end());
  else if (on) at = std::next(at) == nodes.end() ? nodes.begin() : std::next(at);
  else at = at == nodes.begin() ? std::prev(nodes.end()) : std::prev(at);
  setSelection({{at->first}, {}, {}});
  if (at->second->device().valid()) emit deviceClicked(at->second->device());
  return true;
}

bool CanvasView::nudge(int key) {
  const QPointF by(key == Qt::Key_Right ? kGrid : key == Qt::Key_Left ? -kGrid : 0,
                   key == Qt::Key_Down ? kGrid : key == Qt::Key_Up ? -kGrid : 0);
  if (by.isNull() || (m->selection.nodes.empty() && m->selection.notes.empty())) return false;
  beginMove();
  for (const auto& [one, start] : m->gesture.nodes) m->scene.moveNode(one, start + by);
  for (const auto& [one, start] : m->gesture.notes) m->scene.moveNote(one, start + by);
  endMove();
  m->gesture = {};
  return true;
}

}  // namespace hw::canvas
