#include <QAction>
#include <QApplication>
#include <QDockWidget>
#include <QLabel>
#include <QMessageBox>
#include <QStackedWidget>
#include <QStatusBar>
#include <QVBoxLayout>

#include "ui/kit/fonts.h"
#include "ui/kit/icons.h"
#include "ui/workbench/main_window_parts.h"

namespace hw::workbench {

/// The part of a beat in which packets move; in the rest they stand.
constexpr double kMoveShare = 0.65;
constexpr int kStepMs = 650;

int MainWindow::Impl::moveMilliseconds() const {
  if (!options.animated) return 0;
  return player->isPlaying() ? static_cast<int>(player->beatMilliseconds() * kMoveShare) : kStepMs;
}

MainWindow::MainWindow(const WindowOptions& options) : m(std::make_unique<Impl>()) {
  m->options = options;
  QApplication::setFont(kit::textFont());
  kit::applyTheme(options.theme);
  m->language.set(options.language);
  m->port = new model::SessionPort(this);
  m->port->send(model::SetLanguage{options.language});
  m->actions = new ActionTable(this);
  m->player = new timeline::Player(*m->port, this);
  m->turns = new kit::Turns(this);
  build();
  connectPages();
  connectActions();
  connectFiles();
  retranslate();
  resize(1280, 800);
}

MainWindow::~MainWindow() = default;

model::SessionPort& MainWindow::port() const { return *m->port; }
ActionTable& MainWindow::actions() const { return *m->actions; }

void MainWindow::build() {
  setWindowIcon(kit::icon(QStringLiteral("hopwise")));
  auto* middle = new QWidget(this);
  auto* column = new QVBoxLayout(middle);
  column->setContentsMargins(0, 0, 0, 0);
  column->setSpacing(0);
  m->message = new kit::MessageBar(middle);
  m->canvas = new canvas::CanvasView(middle);
  m->canvas->setObjectName(QStringLiteral("canvas"));
  m->canvas->setLanguage(m->options.language);
  const auto at = [this](Command command) { return m->actions->at(command); };
  m->timeline = new timeline::TimelineBar(
      *m->player,
      {at(Command::ToStart), at(Command::StepBack), at(Command::PlayPause), at(Command::StepOn)}, middle);
  m->recovery = new RecoveryBar(middle);
  m->start = new StartPage(at(Command::New), at(Command::Open), middle);
  m->middle = new QStackedWidget(middle);
  m->middle->addWidget(m->canvas);
  m->middle->addWidget(m->start);
  column->addWidget(m->recovery);
  column->addWidget(m->message);
  column->addWidget(m->middle, 1);
  column->addWidget(m->timeline);
  setCentralWidget(middle);
  m->docks.build(*this, {at(Command::CableTool), at(Command::AddNote)});
  m->menus.build(*this, *m->actions, m->docks.all());
  m->status = new QLabel(this);
  m->status->setContentsMargins(8, 0, 8, 0);
  statusBar()->addWidget(m->status, 1);
  statusBar()->setSizeGripEnabled(false);
}

void MainWindow::take() {
  const model::SnapshotPtr& snapshot = m->port->snapshot();
  m->canvas->show(snapshot, m->moveMilliseconds());
  m->timeline->setValue(snapshot);
  m->turns->set(m->pagesOf(snapshot));
  // Who plays looks at the packets: the pages follow, one per frame, so that nothing stutters.
  if (!m->player->isPlaying() || !m->options.animated) m->turns->finish();
  if (snapshot->packet && !m->hadPacket && !m->docks.lesson->hasLesson() && !m->docks.conversation->isVisible()) showPacketTab();
  m->hadPacket = snapshot->packet != nullptr;
  if (m->typed && snapshot->busy) m->player->play();
  m->typed = false;
  m->actions->at(Command::StepBack)->setEnabled(snapshot->beat > 0);
  m->actions->at(Command::ToStart)->setEnabled(snapshot->beat > 0);
  m->files->take(snapshot);
  m->editing->take(snapshot);
  showTitle();
}

std::vector<kit::Turns::Piece> MainWindow::Impl::pagesOf(const model::SnapshotPtr& snapshot) const {
  std::vector<kit::Turns::Piece> pages = docks.packet->valueInTurns(snapshot, language.language());
  pages.insert(pages.end(), {
    [this, snapshot] { docks.list->setValue(snapshot); },
    [this, snapshot] { docks.hops->setValue(snapshot); },
    [this, snapshot] { docks.conversation->setValue(snapshot); },
    [this, snapshot] { docks.device->setValue(snapshot, language.language()); },
    [this, snapshot] { docks.terminal->setValue(snapshot); },
    [this, snapshot] { docks.lesson->setValue(snapshot); },
    [this, snapshot] {
      status->setText(MainWindow::tr("%n packet(s) under way", nullptr, static_cast<int>(snapshot->flights.size())) +
                      QStringLiteral("   ·   ") +
                      MainWindow::tr("%n packet(s) so far", nullptr, static_cast<int>(snapshot->packets->size())));
    }});
  return pages;
}

void MainWindow::setLanguage(Language language) {
  m->language.set(language);
  m->editing->setLanguage(language);
  m->canvas->setLanguage(language);
  m->port->send(model::SetLanguage{language});
  retranslate();
}

void MainWindow::setTheme(kit::ThemeId theme) {
  kit::applyTheme(theme);
  m->actions->redrawIcons();
}

void MainWindow::showPacketTab() { m->docks.packetDock->raise(); }
void MainWindow::showPacketAndHops() {
  m->docks.packetDock->raise();
  m->docks.hopDock->raise();
}
void MainWindow::showLessonTab() { m->docks.lessonDock->raise(); }
void MainWindow::showDeviceTab() { m->docks.deviceDock->raise(); }
void MainWindow::showConversation(conversation::ConversationPage::Aspect aspect) {
  m->docks.conversation->show(aspect);
  m->docks.conversationDock->raise();
}
void MainWindow::showPropertiesTab() { m->docks.propertiesDock->raise(); }

void MainWindow::retranslate() {
  m->actions->retranslate();
  m->menus.retranslate();
  m->docks.lesson->setLanguage(m->language.language());
  m->docks.retranslate();
  m->start->setLanguage(m->language.language());
  if (m->calculator) m->calculator->setLanguage(m->language.language());
  m->canvas->setAccessibleName(tr("Picture of the network"));
  if (m->port->snapshot()) take();
}

void MainWindow::showEvent(QShowEvent* event) {
  QMainWindow::showEvent(event);
  m->docks.arrange(*this);
}

void MainWindow::resizeEvent(QResizeEvent* event) {
  QMainWindow::resizeEvent(event);
  if (isVisible()) m->docks.arrange(*this);
}

void MainWindow::about() {
  QMessageBox::about(this, tr("About Hopwise"),
                     tr("Hopwise %1\n\nSee networks work, hop by hop.\n\n"
                        "Free software under the GNU General Public License, version 3 or later.")
                         .arg(QStringLiteral(HOPWISE_VERSION)));
}

}  // namespace hw::workbench
