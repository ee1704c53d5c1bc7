#include <QAction>
#include <QDockWidget>
#include <QFileInfo>

#include "ui/lesson/progress_file.h"
#include "ui/workbench/main_window_parts.h"

namespace hw::workbench {
/// The first lines; the command line tells them all.
static QString shortened(const QString& lines) {
  constexpr int kLines = 5;
  QStringList all = lines.trimmed().split(QLatin1Char('\n'));
  if (all.size() > kLines) all = all.mid(0, kLines) << QStringLiteral("…");
  return all.join(QLatin1Char('\n'));
}

bool MainWindow::openLesson(const QString& path) {
  const std::string folder = path.toStdString();
  lesson::LessonPtr opened;
  if (QFileInfo(path).isDir() && lesson::isLesson(folder)) {
    const auto loaded = lesson::loadLesson(folder);
    if (!loaded) {
      m->message->tell(shortened(QString::fromStdString(loaded.error().text(m->language.language()))));
      return false;
    }
    opened = *loaded;
  }
  lesson::Progress progress;
  if (opened) progress = m->options.keepsProgress ? lesson_page::readProgress(*opened) : lesson::freshProgress(*opened);
  m->docks.lesson->setLesson(opened, progress);
  m->docks.showLesson(*this, opened != nullptr);
  for (const Command command : {Command::GoToLesson, Command::NextLessonStep, Command::PreviousLessonStep, Command::LessonOver})
    m->actions->at(command)->setEnabled(opened != nullptr);
  return true;
}

void MainWindow::connectLesson() {
  lesson_page::LessonPage* page = m->docks.lesson;
  connect(page, &lesson_page::LessonPage::watchesWanted, this,
          [this](const std::vector<lesson::Watch>& watches) { m->port->send(model::WatchLesson{watches}); });
  connect(page, &lesson_page::LessonPage::commandWanted, this, &MainWindow::typeForLesson);
  connect(page, &lesson_page::LessonPage::progressChanged, this, [this](const lesson::Progress& progress) {
    if (m->options.keepsProgress && !lesson_page::writeProgress(progress))
      m->message->tell(tr("Your progress in this lesson cannot be kept: the folder for it cannot be written."));
  });
}

lesson_page::LessonPage& MainWindow::lessonPage() const { return *m->docks.lesson; }

/// The line is typed in the device's terminal before the learner's eyes, and the packet begins to move.
void MainWindow::typeForLesson(const QString& device, const QString& line) {
  if (!m->port->snapshot()) return;
  for (const lens::NodeCard& node : m->port->snapshot()->nodes) {
    if (node.name != device.toStdString()) continue;
    m->player->pause();
    m->port->send(model::SelectPacket{});
    m->port->send(model::ShowTerminal{node.id});
    m->port->send(model::InterruptProgram{node.id});
    m->typed = m->actions->at(Command::PlayTyped)->isChecked();
    m->port->send(model::TypeLine{node.id, line.toStdString()});
    return;
  }
  m->message->tell(tr("The network has no device %1 any more. “Start again” brings it back.").arg(device));
}

}  // namespace hw::workbench
