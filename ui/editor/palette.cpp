#include "ui/editor/palette.h"

#include <QEvent>
#include <QKeyEvent>
#include <QMimeData>

#include "core/project/words.h"
#include "ui/kit/fonts.h"
#include "ui/kit/icons.h"

namespace hw::editor {
namespace {

constexpr project::NodeKind kKinds[] = {project::NodeKind::Host, project::NodeKind::Switch, project::NodeKind::Router,
                                        project::NodeKind::Hub, project::NodeKind::Repeater, project::NodeKind::Bus};
constexpr int kIcon = 36;

project::NodeKind kindAt(const QListWidgetItem& item) {
  return static_cast<project::NodeKind>(item.data(Qt::UserRole).toInt());
}

QString iconName(project::NodeKind kind) {
  return QString::fromLatin1(project::nodeKindWord(kind).data(),
                             static_cast<qsizetype>(project::nodeKindWord(kind).size()));
}

}  // namespace

Palette::Palette(const QByteArray& mime, QWidget* parent) : QListWidget(parent), m_mime(mime) {
  setObjectName(QStringLiteral("palette"));
  setViewMode(IconMode);
  setFlow(TopToBottom);
  setMovement(Static);
  setDragEnabled(true);
  setDragDropMode(DragOnly);
  setDefaultDropAction(Qt::CopyAction);
  setIconSize({kIcon, kIcon});
  setFont(kit::textFont(kit::TextSize::Small));
  setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
  for (const project::NodeKind kind : kKinds) {
    auto* item = new QListWidgetItem(this);
    item->setData(Qt::UserRole, static_cast<int>(kind));
    item->setTextAlignment(Qt::AlignHCenter);
  }
  connect(this, &QListWidget::itemClicked, this, [this](QListWidgetItem* item) { emit chosen(kindAt(*item)); });
  retranslate();
  redraw();
}

QPoint Palette::pointOf(project::NodeKind kind) const {
  for (int i = 0; i < count(); ++i)
    if (kindAt(*item(i)) == kind) return visualItemRect(item(i)).center();
  return {};
}

QMimeData* Palette::mimeData(const QList<QListWidgetItem*>& items) const {
  auto* kind = new QMimeData;
  if (!items.isEmpty()) kind->setData(QString::fromLatin1(m_mime), iconName(kindAt(*items.front())).toLatin1());
  return kind;
}

QStringList Palette::mimeTypes() const { return {QString::fromLatin1(m_mime)}; }

void Palette::keyPressEvent(QKeyEvent* event) {
  const bool adds = event->key() == Qt::Key_Return || event->key() == Qt::Key_Enter || event->key() == Qt::Key_Space;
  if (adds && currentItem()) emit chosen(kindAt(*currentItem()));
  else QListWidget::keyPressEvent(event);
}

void Palette::retranslate() {
  setAccessibleName(tr("Devices to add"));
  const QString texts[] = {tr("Host"), tr("Router"), tr("Switch"), tr("Hub"), tr("Repeater"), tr("Bus")};
  for (int i = 0; i < count(); ++i) {
    const QString name = texts[static_cast<int>(kindAt(*item(i)))];
    item(i)->setText(name);
    item(i)->setToolTip(tr("%1: drag it to the picture, or click").arg(name));
  }
  const int width = fontMetrics().horizontalAdvance(QStringLiteral("Repeater")) + 38;
  const QSize cell(width, kIcon + fontMetrics().height() + 20);
  setGridSize(cell);
  for (int i = 0; i < count(); ++i) item(i)->setSizeHint(cell);
  setFixedWidth(width + 6);
}

void Palette::redraw() {
  for (int i = 0; i < count(); ++i) item(i)->setIcon(kit::icon(iconName(kindAt(*item(i)))));
}

void Palette::changeEvent(QEvent* event) {
  QListWidget::changeEvent(event);
  if (event->type() == QEvent::LanguageChange) retranslate();
  if (event->type() == QEvent::PaletteChange) redraw();
}

}  // namespace hw::editor
