// The menu bar and the tool bar: which action stands where.
#pragma once

#include <QCoreApplication>
#include <QList>

class QDockWidget;
class QMainWindow;
class QMenu;
class QToolBar;

namespace hw::workbench {

class ActionTable;

struct Menus {
  Q_DECLARE_TR_FUNCTIONS(hw::workbench::Menus)

 public:
  QMenu* file = nullptr;
  QMenu* recent = nullptr;
  QMenu* edit = nullptr;
  QMenu* time = nullptr;
  QMenu* view = nullptr;
  QMenu* languages = nullptr;
  QMenu* domains = nullptr;
  QMenu* lesson = nullptr;
  QMenu* help = nullptr;
  QToolBar* tools = nullptr;

  void build(QMainWindow& window, const ActionTable& actions, const QList<QDockWidget*>& docks);
  void retranslate();
};

}  // namespace hw::workbench
