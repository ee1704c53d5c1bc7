#include "ui/workbench/docks.h"

#include <QAction>
#include <QDockWidget>
#include <QToolButton>
#include <QVBoxLayout>
#include <algorithm>

#include "ui/canvas/canvas_view.h"
#include "ui/conversation/conversation_page.h"
#include "ui/device_page/device_page.h"
#include "ui/editor/palette.h"
#include "ui/editor/properties_page.h"
#include "ui/inspector/hop_page.h"
#include "ui/inspector/packet_list_page.h"
#include "ui/inspector/packet_page.h"
#include "ui/lesson/lesson_page.h"
#include "ui/terminal/terminal_page.h"

namespace hw::workbench {
namespace {

QDockWidget* newDock(QMainWindow& window, const char* name, QWidget* page, Qt::DockWidgetArea area) {
  auto* made = new QDockWidget(&window);
  made->setObjectName(QString::fromLatin1(name));
  made->setWidget(page);
  made->setTitleBarWidget(new QWidget(made));  // the tab or the page itself has the title
  window.addDockWidget(area, made);
  return made;
}

/// The devices, and below them the tools.
QWidget* paletteColumn(QMainWindow& window, editor::Palette* palette, const QList<QAction*>& tools) {
  auto* column = new QWidget(&window);
  auto* layout = new QVBoxLayout(column);
  layout->setContentsMargins(4, 6, 0, 6);
  layout->addWidget(palette, 1);
  column->setMaximumWidth(palette->width() + 12);
  for (QAction* action : tools) {
    auto* button = new QToolButton(column);
    button->setDefaultAction(action);
    button->setObjectName(action->objectName() + QStringLiteral("Button"));
    button->setIconSize({28, 28});
    button->setAutoRaise(true);
    layout->addWidget(button, 0, Qt::AlignHCenter);
  }
  return column;
}

}  // namespace

void Docks::build(QMainWindow& window, const QList<QAction*>& tools) {
  lesson = new lesson_page::LessonPage(&window);
  palette = new editor::Palette(canvas::kDeviceMime, &window);
  properties = new editor::PropertiesPage(&window);
  packet = new inspector::PacketPage(&window);
  list = new inspector::PacketListPage(&window);
  hops = new inspector::HopPage(&window);
  conversation = new conversation::ConversationPage(&window);
  device = new device_page::DevicePage(&window);
  terminal = new terminal::TerminalPage(&window);
  window.setDockOptions(QMainWindow::AnimatedDocks | QMainWindow::AllowNestedDocks |
                        QMainWindow::AllowTabbedDocks | QMainWindow::GroupedDragging);
  window.setTabPosition(Qt::AllDockWidgetAreas, QTabWidget::North);
  window.setCorner(Qt::BottomRightCorner, Qt::RightDockWidgetArea);
  window.setCorner(Qt::BottomLeftCorner, Qt::BottomDockWidgetArea);
  packetDock = newDock(window, "packetDock", packet, Qt::RightDockWidgetArea);
  deviceDock = newDock(window, "deviceDock", device, Qt::RightDockWidgetArea);
  conversationDock = newDock(window, "conversationDock", conversation, Qt::RightDockWidgetArea);
  propertiesDock = newDock(window, "propertiesDock", properties, Qt::RightDockWidgetArea);
  paletteDock = newDock(window, "paletteDock", paletteColumn(window, palette, tools), Qt::LeftDockWidgetArea);
  window.tabifyDockWidget(packetDock, deviceDock);
  window.tabifyDockWidget(deviceDock, conversationDock);
  window.tabifyDockWidget(conversationDock, propertiesDock);
  packetDock->raise();
  terminalDock = newDock(window, "terminalDock", terminal, Qt::BottomDockWidgetArea);
  listDock = newDock(window, "listDock", list, Qt::BottomDockWidgetArea);
  window.splitDockWidget(terminalDock, listDock, Qt::Horizontal);
  hopDock = newDock(window, "hopDock", hops, Qt::BottomDockWidgetArea);
  window.tabifyDockWidget(listDock, hopDock);
  listDock->raise();
  lessonDock = newDock(window, "lessonDock", lesson, Qt::RightDockWidgetArea);
  window.tabifyDockWidget(packetDock, lessonDock);
  window.setCorner(Qt::BottomLeftCorner, Qt::LeftDockWidgetArea);
  lessonDock->hide();
}

void Docks::retranslate() {
  lessonDock->setWindowTitle(tr("Lesson"));
  packetDock->setWindowTitle(tr("Packet"));
  deviceDock->setWindowTitle(tr("Device"));
  conversationDock->setWindowTitle(tr("Talk"));
  terminalDock->setWindowTitle(tr("Terminal"));
  listDock->setWindowTitle(tr("Packets"));
  hopDock->setWindowTitle(tr("Hop by hop"));
  paletteDock->setWindowTitle(tr("Devices"));
  propertiesDock->setWindowTitle(tr("Properties"));
}

bool Docks::isWide(const QMainWindow& window) { return window.width() >= 1600; }

void Docks::showLesson(QMainWindow& window, bool shown) const {
  lessonDock->setVisible(shown);
  if (shown) lessonDock->raise();
  arrange(window);
}

void Docks::placeLesson(QMainWindow& window) const {
  const bool wide = isWide(window);
  if ((window.dockWidgetArea(lessonDock) == Qt::LeftDockWidgetArea) == wide) return;
  if (wide) {
    window.addDockWidget(Qt::LeftDockWidgetArea, lessonDock);
    window.splitDockWidget(paletteDock, lessonDock, Qt::Horizontal);
    packetDock->raise();
  }
  else window.tabifyDockWidget(packetDock, lessonDock);
  if (!lessonDock->isHidden()) lessonDock->raise();
}

void Docks::arrange(QMainWindow& window) const {
  placeLesson(window);
  const bool lessonShown = !lessonDock->isHidden();
  const bool beside = lessonShown && isWide(window);
  const int share = beside ? 25 : lessonShown ? 38 : 33;
  const int right = std::clamp(window.width() * share / 100, 380, 660);
  if (beside) window.resizeDocks({lessonDock}, {std::clamp(window.width() * 28 / 100, 420, 640)}, Qt::Horizontal);
  const int bottom = std::clamp(window.height() * 29 / 100, 200, 330);
  window.resizeDocks({paletteDock, packetDock}, {palette->width() + 12, right}, Qt::Horizontal);
  window.resizeDocks({terminalDock, listDock}, {bottom, bottom}, Qt::Vertical);
  const int left = window.width() - right - (beside ? lessonDock->width() : 0);
  window.resizeDocks({terminalDock, listDock}, {left * 36 / 100, left * 64 / 100}, Qt::Horizontal);
}

QList<QDockWidget*> Docks::all() const { return {paletteDock, lessonDock, packetDock, deviceDock, conversationDock, propertiesDock, terminalDock, listDock, hopDock}; }

}  // namespace hw::workbench
