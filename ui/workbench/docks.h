// The pages around the picture, each in its dock, and how much room they take.
#pragma once

#include <QCoreApplication>
#include <QMainWindow>

class QAction;
class QDockWidget;

namespace hw::inspector {
class HopPage;
class PacketListPage;
class PacketPage;
}
namespace hw::device_page {
class DevicePage;
}
namespace hw::conversation {
class ConversationPage;
}
namespace hw::lesson_page {
class LessonPage;
}
namespace hw::editor {
class Palette;
class PropertiesPage;
}
namespace hw::terminal {
class TerminalPage;
}

namespace hw::workbench {

struct Docks {
  Q_DECLARE_TR_FUNCTIONS(hw::workbench::Docks)

 public:
  lesson_page::LessonPage* lesson = nullptr;
  inspector::PacketPage* packet = nullptr;
  inspector::PacketListPage* list = nullptr;
  inspector::HopPage* hops = nullptr;
  device_page::DevicePage* device = nullptr;
  conversation::ConversationPage* conversation = nullptr;
  terminal::TerminalPage* terminal = nullptr;
  editor::Palette* palette = nullptr;
  editor::PropertiesPage* properties = nullptr;

  QDockWidget* lessonDock = nullptr;  ///< hidden without a lesson
  QDockWidget* packetDock = nullptr;
  QDockWidget* deviceDock = nullptr;
  QDockWidget* conversationDock = nullptr;
  QDockWidget* terminalDock = nullptr;
  QDockWidget* listDock = nullptr;
  QDockWidget* hopDock = nullptr;
  QDockWidget* paletteDock = nullptr;
  QDockWidget* propertiesDock = nullptr;

  /// `tools`: what stands below the devices of the palette.
  void build(QMainWindow& window, const QList<QAction*>& tools);
  void retranslate();
  /// Shows or hides the lesson, where there is room for it.
  void showLesson(QMainWindow& window, bool shown) const;
  /// Sizes that suit the window, until the person chooses others.
  void arrange(QMainWindow& window) const;
  /// Whether the lesson has a side of its own; else it shares one with packet and device.
  static bool isWide(const QMainWindow& window);
  /// In the order of the menu that shows and hides them.
  QList<QDockWidget*> all() const;

 private:
  void placeLesson(QMainWindow& window) const;
};

}  // namespace hw::workbench
