// The pages around the picture, each in its dock, and how much room they take.
#pragma once

#include <QCoreApplication>
#include <QMainWindow>

class QDockWidget;

namespace hw::inspector {
class HopPage;
class PacketListPage;
class PacketPage;
}
namespace hw::device_page {
class DevicePage;
}
namespace hw::terminal {
class TerminalPage;
}

namespace hw::workbench {

struct Docks {
  Q_DECLARE_TR_FUNCTIONS(hw::workbench::Docks)

 public:
  inspector::PacketPage* packet = nullptr;
  inspector::PacketListPage* list = nullptr;
  inspector::HopPage* hops = nullptr;
  device_page::DevicePage* device = nullptr;
  terminal::TerminalPage* terminal = nullptr;

  QDockWidget* packetDock = nullptr;
  QDockWidget* deviceDock = nullptr;
  QDockWidget* terminalDock = nullptr;
  QDockWidget* listDock = nullptr;
  QDockWidget* hopDock = nullptr;

  void build(QMainWindow& window);
  void retranslate();
  /// Sizes that suit the window, until the person chooses others.
  void arrange(QMainWindow& window) const;
  /// In the order of the menu that shows and hides them.
  QList<QDockWidget*> all() const;
};

}  // namespace hw::workbench
