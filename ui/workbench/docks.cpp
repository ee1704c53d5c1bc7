#include "ui/workbench/docks.h"

#include <QDockWidget>
#include <algorithm>

#include "ui/device_page/device_page.h"
#include "ui/inspector/hop_page.h"
#include "ui/inspector/packet_list_page.h"
#include "ui/inspector/packet_page.h"
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

}  // namespace

void Docks::build(QMainWindow& window) {
  packet = new inspector::PacketPage(&window);
  list = new inspector::PacketListPage(&window);
  hops = new inspector::HopPage(&window);
  device = new device_page::DevicePage(&window);
  terminal = new terminal::TerminalPage(&window);
  window.setDockOptions(QMainWindow::AnimatedDocks | QMainWindow::AllowNestedDocks |
                        QMainWindow::AllowTabbedDocks | QMainWindow::GroupedDragging);
  window.setTabPosition(Qt::AllDockWidgetAreas, QTabWidget::North);
  window.setCorner(Qt::BottomRightCorner, Qt::RightDockWidgetArea);
  packetDock = newDock(window, "packetDock", packet, Qt::RightDockWidgetArea);
  deviceDock = newDock(window, "deviceDock", device, Qt::RightDockWidgetArea);
  window.tabifyDockWidget(packetDock, deviceDock);
  terminalDock = newDock(window, "terminalDock", terminal, Qt::BottomDockWidgetArea);
  listDock = newDock(window, "listDock", list, Qt::BottomDockWidgetArea);
  window.splitDockWidget(terminalDock, listDock, Qt::Horizontal);
  hopDock = newDock(window, "hopDock", hops, Qt::BottomDockWidgetArea);
  window.tabifyDockWidget(listDock, hopDock);
  listDock->raise();
}

void Docks::retranslate() {
  packetDock->setWindowTitle(tr("Packet"));
  deviceDock->setWindowTitle(tr("Device"));
  terminalDock->setWindowTitle(tr("Terminal"));
  listDock->setWindowTitle(tr("Packets"));
  hopDock->setWindowTitle(tr("Hop by hop"));
}

void Docks::arrange(QMainWindow& window) const {
  const int right = std::clamp(window.width() * 33 / 100, 380, 660);
  const int bottom = std::clamp(window.height() * 29 / 100, 200, 330);
  window.resizeDocks({packetDock}, {right}, Qt::Horizontal);
  window.resizeDocks({terminalDock, listDock}, {bottom, bottom}, Qt::Vertical);
  const int left = window.width() - right;
  window.resizeDocks({terminalDock, listDock}, {left * 44 / 100, left * 56 / 100}, Qt::Horizontal);
}

QList<QDockWidget*> Docks::all() const { return {packetDock, deviceDock, terminalDock, listDock, hopDock}; }

}  // namespace hw::workbench
