// The window and its files: new, open, save, recent, recovery, and the start page.
#include <QAction>
#include <QCloseEvent>
#include <QDockWidget>
#include <QFileDialog>
#include <QFileInfo>
#include <QMenu>
#include <QMessageBox>
#include <QStackedWidget>
#include <QStatusBar>

#include "ui/workbench/main_window_parts.h"

namespace hw::workbench {

void MainWindow::connectFiles() {
  m->files = new FileKeeper(this);
  m->editing = new Editing({m->port, m->canvas, m->docks.palette, m->docks.properties, m->actions}, this);
  m->editing->setLanguage(m->options.language);
  const auto on = [this](Command command, auto&& what) {
    connect(m->actions->at(command), &QAction::triggered, this, what);
  };
  on(Command::New, [this] {
    if (mayLeave()) newNetwork();
  });
  on(Command::Open, [this] { chooseFile(); });
  on(Command::Save, [this] { save(); });
  on(Command::SaveAs, [this] { chooseName(); });
  on(Command::StartPage, [this] { showStartPage(); });
  on(Command::Reload, [this] {
    if (!m->files->path().isEmpty() && mayLeave()) open(m->files->path());
  });
  const auto leaveFor = [this](const QString& path) {
    if (mayLeave()) open(path);
  };
  connect(m->canvas, &canvas::CanvasView::fileDropped, this, leaveFor);
  connect(m->start, &StartPage::chosen, this, leaveFor);
  connect(m->recovery, &RecoveryBar::recoveryWanted, this, &MainWindow::recover);
  connect(m->editing, &Editing::propertiesWanted, this, &MainWindow::showPropertiesTab);
  connect(m->menus.recent, &QMenu::aboutToShow, this, &MainWindow::fillRecent);
}

void MainWindow::open(const QString& path) {
  if (path.isEmpty()) return;
  m->player->pause();
  m->message->hide();
  if (!openLesson(path)) return;
  m->hadPacket = false;
  m->files->setOpened(path);
  m->port->send(model::OpenProject{path.toStdString()});
  showCanvas();
}

void MainWindow::newNetwork() {
  m->player->pause();
  openLesson({});
  m->message->hide();
  m->hadPacket = false;
  m->files->setOpened({});
  m->port->send(model::NewProject{});
  showCanvas();
}

void MainWindow::showCanvas() {
  if (m->middle->currentWidget() == m->start) showPages(true);
  m->middle->setCurrentWidget(m->canvas);
  m->canvas->setFocus(Qt::OtherFocusReason);
}

void MainWindow::showStartPage() {
  m->start->setValue(m->files->recent(), m->options.samples, m->language.language());
  if (m->middle->currentWidget() != m->start) showPages(false);
  m->middle->setCurrentWidget(m->start);
}

/// The start page has the window for itself: there is no network to tell about.
void MainWindow::showPages(bool shown) {
  m->timeline->setVisible(shown);
  statusBar()->setVisible(shown);
  for (QDockWidget* dock : m->docks.all()) {
    if (dock == m->docks.lessonDock && shown) continue;  // openLesson() knows
    if (!shown) dock->setProperty("wasShown", !dock->isHidden());
    dock->setVisible(shown && dock->property("wasShown").toBool());
  }
  if (!shown) return;
  m->docks.listDock->raise();
  m->docks.packetDock->raise();
  m->docks.showLesson(*this, m->docks.lesson->hasLesson());
}

bool MainWindow::save() { return m->files->hasFile() ? saveAs(m->files->path()) : chooseName(); }

bool MainWindow::saveAs(const QString& path) {
  if (!m->port->snapshot()) return false;
  const auto problem = m->files->save(path, m->language.language());
  if (problem) m->message->tell(*problem);
  showTitle();
  return !problem;
}

bool MainWindow::chooseName() {
  const QString proposed = m->files->hasFile() ? m->files->path() : tr("network.hopwise");
  QString path = QFileDialog::getSaveFileName(this, tr("Save the network"), proposed, tr("Networks (*.hopwise *.yaml *.yml)"));
  if (path.isEmpty()) return false;
  if (QFileInfo(path).suffix().isEmpty()) path += QStringLiteral(".hopwise");
  return saveAs(path);
}

void MainWindow::chooseFile() {
  const QString path = QFileDialog::getOpenFileName(this, tr("Open a network"), m->files->path(),
                                                    tr("Networks (*.hopwise *.yaml *.yml)"));
  if (!path.isEmpty() && mayLeave()) open(path);
}

bool MainWindow::mayLeave() {
  if (!m->files->isModified()) return true;
  const auto answer = QMessageBox::question(this, tr("Save the changes?"),
                                            tr("The network was changed and is not saved."),
                                            QMessageBox::Save | QMessageBox::Discard | QMessageBox::Cancel);
  if (answer == QMessageBox::Save) return save();
  if (answer == QMessageBox::Discard) m->files->giveUpRecovered();
  return answer == QMessageBox::Discard;
}

void MainWindow::offerRecovery() { m->recovery->offer(FileKeeper::lostCopies()); }

/// The copy is opened as a network without a name; it goes once that is saved or discarded.
void MainWindow::recover(const LostCopy& copy) {
  if (!mayLeave()) return;
  m->recovery->goOn();
  open(copy.file);
  m->files->setRecovered(copy);
}

void MainWindow::fillRecent() {
  m->menus.recent->clear();
  for (const QString& path : m->files->recent()) {
    QAction* action = m->menus.recent->addAction(QString(path).replace(QLatin1Char('&'), QStringLiteral("&&")));
    connect(action, &QAction::triggered, this, [this, path] {
      if (mayLeave()) open(path);
    });
  }
  m->menus.recent->setEnabled(true);
}

void MainWindow::showTitle() {
  const model::SnapshotPtr& snapshot = m->port->snapshot();
  const QString title = snapshot ? QString::fromStdString(snapshot->draft->document.title.in(m->language.language())) : QString();
  const QString name = !title.isEmpty() ? title : m->files->name().isEmpty() ? tr("New network") : m->files->name();
  setWindowTitle(QStringLiteral("%1[*] – Hopwise").arg(name));
  setWindowModified(m->files->isModified());
}

void MainWindow::closeEvent(QCloseEvent* event) {
  if (mayLeave()) event->accept();
  else event->ignore();
}

}  // namespace hw::workbench
