#include "ui/canvas/canvas_accessible.h"

#include <QAccessibleWidget>
#include <map>

#include "ui/canvas/canvas_view.h"
#include "ui/canvas/link_item.h"
#include "ui/canvas/network_scene.h"
#include "ui/canvas/node_item.h"
#include "ui/model/device_look.h"

namespace hw::canvas {
namespace {

/// A device or link; `key` is its identity, devices and links never share one.
class Part final : public QAccessibleInterface {
 public:
  Part(CanvasView* view, std::uint32_t key) : m_view(view), m_key(key) {}

  bool isValid() const override { return node() || link(); }
  QObject* object() const override { return nullptr; }
  QWindow* window() const override { return m_view->window()->windowHandle(); }
  QAccessibleInterface* parent() const override { return QAccessible::queryAccessibleInterface(m_view); }
  QAccessibleInterface* child(int) const override { return nullptr; }
  QAccessibleInterface* childAt(int, int) const override { return nullptr; }
  int childCount() const override { return 0; }
  int indexOfChild(const QAccessibleInterface*) const override { return -1; }
  void setText(QAccessible::Text, const QString&) override {}
  QAccessible::Role role() const override { return QAccessible::ListItem; }

  QString text(QAccessible::Text what) const override {
    if (what == QAccessible::Name) return node() ? nodeName() : link() ? linkName() : QString();
    return what == QAccessible::Description && node() ? addresses() : QString();
  }
  QRect rect() const override {
    if (const NodeItem* item = node()) return placed(QRectF(m_view->mapFromScene(item->pos()), QSize()).adjusted(-30, -30, 30, 30));
    if (const LinkItem* item = link())
      return placed(QRectF(m_view->mapFromScene(item->end(0)), m_view->mapFromScene(item->end(1))).normalized().adjusted(-4, -4, 4, 4));
    return {};
  }
  QAccessible::State state() const override {
    QAccessible::State state;
    state.selectable = true;
    state.focusable = true;
    const Selection& selection = m_view->selection();
    state.selected = selection.nodes.contains({m_key}) || selection.links.contains({m_key});
    state.focused = state.selected && m_view->hasFocus();
    return state;
  }

 private:
  const NodeItem* node() const { return m_view->scene().node(project::NodeKey{m_key}); }
  const LinkItem* link() const { return m_view->scene().link(project::LinkKey{m_key}); }
  QRect placed(const QRectF& inView) const {
    return {m_view->viewport()->mapToGlobal(inView.topLeft().toPoint()), inView.size().toSize()};
  }
  QString nodeName() const {
    return QStringLiteral("%1 %2").arg(model::kindText(node()->card(), m_view->language()), QString::fromStdString(node()->card().name));
  }
  QString addresses() const {
    QStringList list;
    for (const lens::PortCard& port : node()->card().ports)
      for (const std::string& one : port.addresses) list += QString::fromStdString(port.name + " " + one);
    return list.join(QStringLiteral(", "));
  }
  QString linkName() const {
    const lens::LinkCard& card = link()->card();
    const QString ends = CanvasView::tr("Link from %1 to %2")
                             .arg(QString::fromStdString(card.aName), QString::fromStdString(card.bName));
    return card.up ? ends : CanvasView::tr("%1, cut").arg(ends);
  }

  CanvasView* m_view;
  std::uint32_t m_key;
};

class Canvas final : public QAccessibleWidget {
 public:
  explicit Canvas(CanvasView* view) : QAccessibleWidget(view, QAccessible::List), m_view(view) {}
  ~Canvas() override {
    for (const auto& [key, id] : m_ids) QAccessible::deleteAccessibleInterface(id);
  }

  int childCount() const override { return static_cast<int>(keys().size()); }
  QAccessibleInterface* child(int index) const override {
    const auto all = keys();
    return index >= 0 && index < static_cast<int>(all.size()) ? part(all[static_cast<std::size_t>(index)]) : nullptr;
  }
  int indexOfChild(const QAccessibleInterface* wanted) const override {
    for (int i = 0; i < childCount(); ++i)
      if (child(i) == wanted) return i;
    return -1;
  }
  QAccessibleInterface* childAt(int x, int y) const override {
    for (int i = 0; i < childCount(); ++i)
      if (QAccessibleInterface* one = child(i); one->rect().contains(x, y)) return one;
    return nullptr;
  }

 private:
  std::vector<std::uint32_t> keys() const {
    std::vector<std::uint32_t> all;
    for (const auto& [key, item] : m_view->scene().nodes()) all.push_back(key.value);
    for (const auto& [key, item] : m_view->scene().links()) all.push_back(key.value);
    return all;
  }
  QAccessibleInterface* part(std::uint32_t key) const {
    const auto known = m_ids.find(key);
    if (known != m_ids.end()) return QAccessible::accessibleInterface(known->second);
    auto* made = new Part(m_view, key);
    m_ids[key] = QAccessible::registerAccessibleInterface(made);
    return made;
  }

  CanvasView* m_view;
  mutable std::map<std::uint32_t, QAccessible::Id> m_ids;
};

QAccessibleInterface* make(const QString&, QObject* object) {
  auto* view = qobject_cast<CanvasView*>(object);
  return view ? new Canvas(view) : nullptr;
}

}  // namespace

void exposeCanvas() {
  static const bool once = [] {
    QAccessible::installFactory(make);
    return true;
  }();
  static_cast<void>(once);
}

}  // namespace hw::canvas
