#include "ui/workbench/menus.h"

#include <QAction>
#include <QDockWidget>
#include <QMainWindow>
#include <QMenuBar>
#include <QToolBar>

#include "ui/workbench/action_table.h"

namespace hw::workbench {
namespace {

QToolBar* newToolBar(QMainWindow& window) {
  QToolBar* bar = window.addToolBar(QString());
  bar->setObjectName(QStringLiteral("tools"));
  bar->setMovable(false);
  bar->setIconSize({20, 20});
  bar->setToolButtonStyle(Qt::ToolButtonIconOnly);
  return bar;
}

}  // namespace

void Menus::build(QMainWindow& window, const ActionTable& actions, const QList<QDockWidget*>& docks) {
  const auto at = [&actions](Command command) { return actions.at(command); };
  file = window.menuBar()->addMenu(QString());
  file->addActions({at(Command::New), at(Command::Open)});
  recent = file->addMenu(QString());
  file->addActions({at(Command::Save), at(Command::SaveAs)});
  file->addSeparator();
  file->addActions({at(Command::StartPage), at(Command::Reload)});
  file->addSeparator();
  file->addAction(at(Command::Quit));
  edit = window.menuBar()->addMenu(QString());
  edit->addActions({at(Command::Undo), at(Command::Redo)});
  edit->addSeparator();
  edit->addActions({at(Command::Cut), at(Command::Copy), at(Command::Paste), at(Command::Duplicate),
                    at(Command::Remove), at(Command::SelectAll)});
  edit->addSeparator();
  edit->addActions({at(Command::CableTool), at(Command::AddNote), at(Command::Rename), at(Command::Properties)});
  time = window.menuBar()->addMenu(QString());
  time->addActions({at(Command::PlayPause), at(Command::StepOn), at(Command::StepBack), at(Command::ToStart),
                    at(Command::Follow), at(Command::PlayTyped)});
  view = window.menuBar()->addMenu(QString());
  view->addActions({at(Command::ZoomIn), at(Command::ZoomOut), at(Command::ActualSize), at(Command::Fit),
                    at(Command::Grid), at(Command::Snap), at(Command::GoToTerminal)});
  domains = view->addMenu(QString());
  domains->addActions({at(Command::NoDomains), at(Command::CollisionDomains), at(Command::BroadcastDomains), at(Command::Subnets)});
  view->addAction(at(Command::Calculator));
  view->addSeparator();
  for (QDockWidget* dock : docks) view->addAction(dock->toggleViewAction());
  view->addSeparator();
  view->addAction(at(Command::Dark));
  languages = view->addMenu(QString());
  languages->addActions({at(Command::English), at(Command::Chinese)});
  lesson = window.menuBar()->addMenu(QString());
  lesson->addActions({at(Command::GoToLesson), at(Command::NextLessonStep), at(Command::PreviousLessonStep), at(Command::LessonOver)});
  help = window.menuBar()->addMenu(QString());
  help->addAction(at(Command::About));

  tools = newToolBar(window);
  tools->addActions({at(Command::New), at(Command::Open), at(Command::Save), at(Command::Reload)});
  tools->addSeparator();
  tools->addActions({at(Command::Undo), at(Command::Redo), at(Command::Remove)});
  tools->addSeparator();
  tools->addActions({at(Command::ZoomOut), at(Command::ZoomIn), at(Command::Fit)});
  tools->addSeparator();
  tools->addActions({at(Command::Follow), at(Command::GoToLesson), at(Command::GoToTerminal), at(Command::Dark)});
}

void Menus::retranslate() {
  file->setTitle(tr("&File"));
  recent->setTitle(tr("Open &recent"));
  edit->setTitle(tr("&Edit"));
  time->setTitle(tr("&Time"));
  view->setTitle(tr("&View"));
  languages->setTitle(tr("&Language"));
  domains->setTitle(tr("C&olour the cables"));
  lesson->setTitle(tr("&Lesson"));
  help->setTitle(tr("&Help"));
  tools->setWindowTitle(tr("Tools"));
  for (QMenu* menu : {file, recent, edit, time, view, domains, languages, lesson, help})
    menu->setAccessibleName(menu->title().remove(QLatin1Char('&')));
}

}  // namespace hw::workbench
