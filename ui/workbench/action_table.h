// Everything a person can make the window do: one row each. Menus, tool bars, buttons and the keyboard
// take their actions from here.
#pragma once

#include <QObject>
#include <span>
#include <vector>

class QAction;

namespace hw::workbench {

enum class Command {
  New, Open, Save, SaveAs, StartPage, Reload, Quit,
  Undo, Redo, Cut, Copy, Paste, Duplicate, Remove, SelectAll, Rename, Properties, CableTool, AddNote,
  ToStart, StepBack, PlayPause, StepOn,
  ZoomIn, ZoomOut, ActualSize, Fit, Grid, Snap,
  Follow, PlayTyped,
  NoDomains, CollisionDomains, BroadcastDomains, Subnets,
  Dark, English, Chinese,
  GoToTerminal, GoToLesson, NextLessonStep, PreviousLessonStep, LessonOver, Calculator, About
};

struct ActionRow {
  Command command;
  const char* id;
  const char* text;      ///< English, to be translated in the context "Actions"
  const char* icon;      ///< or null
  const char* shortcut;  ///< or null
  bool checkable;
};
std::span<const ActionRow> actionRows();

class ActionTable : public QObject {
  Q_OBJECT

 public:
  explicit ActionTable(QObject* parent);
  QAction* at(Command command) const;
  void retranslate();
  /// The theme has changed.
  void redrawIcons();
  /// Play or pause: the same action.
  void showPlaying(bool playing);
  /// What undo and redo would do; empty: nothing.
  void showHistory(const QString& undo, const QString& redo);

 private:
  std::vector<QAction*> m_actions;
  bool m_playing = false;
  QString m_undo;
  QString m_redo;
};

}  // namespace hw::workbench
