#include "ui/workbench/main_window.h"

#include <QAction>
#include <QActionGroup>
#include <QApplication>
#include <QDockWidget>
#include <QFileDialog>
#include <QLabel>
#include <QMenuBar>
#include <QMessageBox>
#include <QStatusBar>
#include <QToolBar>
#include <QVBoxLayout>

#include "ui/canvas/canvas_view.h"
#include "ui/device_page/device_page.h"
#include "ui/inspector/hop_page.h"
#include "ui/inspector/packet_list_page.h"
#include "ui/inspector/packet_page.h"
#include "ui/kit/fonts.h"
#include "ui/kit/icons.h"
#include "ui/kit/message_bar.h"
#include "ui/model/session_port.h"
#include "ui/terminal/terminal_page.h"
#include "ui/timeline/player.h"
#include "ui/timeline/timeline_bar.h"
#include "ui/workbench/language_switch.h"

namespace hw::workbench {

/// The part of a beat in which packets move; in the rest they stand.
constexpr double kMoveShare = 0.65;
constexpr int kStepMs = 650;

struct MainWindow::Impl {
  WindowOptions options;
  LanguageSwitch language;
  model::SessionPort* port = nullptr;
  ActionTable* actions = nullptr;
  timeline::Player* player = nullptr;

  kit::MessageBar* message = nullptr;
  canvas::CanvasView* canvas = nullptr;
  timeline::TimelineBar* timeline = nullptr;
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
  QMenu* fileMenu = nullptr;
  QMenu* timeMenu = nullptr;
  QMenu* viewMenu = nullptr;
  QMenu* languageMenu = nullptr;
  QMenu* helpMenu = nullptr;
  QToolBar* tools = nullptr;
  QLabel* status = nullptr;

  QString path;
  bool hadPacket = false;
  bool typed = false;     ///< a line was typed: play if it started a program
  bool arranged = false;

  int moveMilliseconds() const {
    if (!options.animated) return 0;
    return player->isPlaying() ? static_cast<int>(player->beatMilliseconds() * kMoveShare) : kStepMs;
  }
};

MainWindow::MainWindow(const WindowOptions& options) : m(std::make_unique<Impl>()) {
  m->options = options;
  QApplication::setFont(kit::textFont());
  kit::applyTheme(options.theme);
  m->language.set(options.language);
  m->port = new model::SessionPort(this);
  m->port->send(model::SetLanguage{options.language});
  m->actions = new ActionTable(this);
  m->player = new timeline::Player(*m->port, this);
  build();
  connectPages();
  connectActions();
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
  column->addWidget(m->message);
  column->addWidget(m->canvas, 1);
  column->addWidget(m->timeline);
  setCentralWidget(middle);
  buildDocks();
  buildMenus();
  m->status = new QLabel(this);
  m->status->setContentsMargins(8, 0, 8, 0);
  statusBar()->addWidget(m->status, 1);
  statusBar()->setSizeGripEnabled(false);
}

void MainWindow::buildDocks() {
  m->packet = new inspector::PacketPage(this);
  m->list = new inspector::PacketListPage(this);
  m->hops = new inspector::HopPage(this);
  m->device = new device_page::DevicePage(this);
  m->terminal = new terminal::TerminalPage(this);
  const auto dock = [this](const char* name, QWidget* page, Qt::DockWidgetArea area) {
    auto* made = new QDockWidget(this);
    made->setObjectName(QString::fromLatin1(name));
    made->setWidget(page);
    made->setTitleBarWidget(new QWidget(made));  // the tab or the page itself has the title
    addDockWidget(area, made);
    return made;
  };
  setDockOptions(AnimatedDocks | AllowNestedDocks | AllowTabbedDocks | GroupedDragging);
  setTabPosition(Qt::AllDockWidgetAreas, QTabWidget::North);
  setCorner(Qt::BottomRightCorner, Qt::RightDockWidgetArea);
  m->packetDock = dock("packetDock", m->packet, Qt::RightDockWidgetArea);
  m->deviceDock = dock("deviceDock", m->device, Qt::RightDockWidgetArea);
  tabifyDockWidget(m->packetDock, m->deviceDock);
  m->terminalDock = dock("terminalDock", m->terminal, Qt::BottomDockWidgetArea);
  m->listDock = dock("listDock", m->list, Qt::BottomDockWidgetArea);
  splitDockWidget(m->terminalDock, m->listDock, Qt::Horizontal);
  m->hopDock = dock("hopDock", m->hops, Qt::BottomDockWidgetArea);
  tabifyDockWidget(m->listDock, m->hopDock);
  m->listDock->raise();
}

void MainWindow::buildMenus() {
  const auto at = [this](Command command) { return m->actions->at(command); };
  m->fileMenu = menuBar()->addMenu(QString());
  m->fileMenu->addActions({at(Command::Open), at(Command::Reload), at(Command::Quit)});
  m->timeMenu = menuBar()->addMenu(QString());
  m->timeMenu->addActions({at(Command::PlayPause), at(Command::StepOn), at(Command::StepBack),
                           at(Command::ToStart), at(Command::Follow), at(Command::PlayTyped)});
  m->viewMenu = menuBar()->addMenu(QString());
  m->viewMenu->addActions({at(Command::ZoomIn), at(Command::ZoomOut), at(Command::Fit), at(Command::GoToTerminal)});
  m->viewMenu->addSeparator();
  for (QDockWidget* dock : {m->packetDock, m->deviceDock, m->terminalDock, m->listDock, m->hopDock})
    m->viewMenu->addAction(dock->toggleViewAction());
  m->viewMenu->addSeparator();
  m->viewMenu->addAction(at(Command::Dark));
  m->languageMenu = m->viewMenu->addMenu(QString());
  m->languageMenu->addActions({at(Command::English), at(Command::Chinese)});
  m->helpMenu = menuBar()->addMenu(QString());
  m->helpMenu->addAction(at(Command::About));
  m->tools = addToolBar(QString());
  m->tools->setObjectName(QStringLiteral("tools"));
  m->tools->setMovable(false);
  m->tools->setIconSize({20, 20});
  m->tools->setToolButtonStyle(Qt::ToolButtonIconOnly);
  m->tools->addActions({at(Command::Open), at(Command::Reload)});
  m->tools->addSeparator();
  m->tools->addActions({at(Command::ZoomOut), at(Command::ZoomIn), at(Command::Fit)});
  m->tools->addSeparator();
  m->tools->addActions({at(Command::Follow), at(Command::GoToTerminal), at(Command::Dark)});
}

void MainWindow::connectPages() {
  model::SessionPort* port = m->port;
  connect(port, &model::SessionPort::changed, this, &MainWindow::take);
  connect(port, &model::SessionPort::refused, m->message, &kit::MessageBar::tell);
  connect(port, &model::SessionPort::failed, this, [this](const QString& what) {
    m->player->pause();
    m->message->tell(tr("The simulation failed one of its own checks and has ended. "
                        "“Start again” opens the network anew. (%1)").arg(what));
  });
  connect(port, &model::SessionPort::completed, m->terminal, &terminal::TerminalPage::complete);
  const auto packet = [this, port](TransmissionId id) {
    port->send(model::SelectPacket{id});
    showPacketTab();
  };
  connect(m->canvas, &canvas::CanvasView::packetClicked, this, [this, port](TransmissionId id) {
    port->send(model::SelectPacket{id});
    showPacketAndHops();
  });
  connect(m->list, &inspector::PacketListPage::packetChosen, this, packet);
  connect(m->hops, &inspector::HopPage::packetChosen, this, packet);
  connect(m->canvas, &canvas::CanvasView::deviceClicked, this, [this, port](DeviceId id) {
    port->send(model::SelectDevice{id});
    port->send(model::ShowTerminal{id});
    showDeviceTab();
  });
  connect(m->canvas, &canvas::CanvasView::arrived, m->player, &timeline::Player::beatSeen);
  connect(m->terminal, &terminal::TerminalPage::typed, this, [this, port](DeviceId id, const QString& line) {
    m->player->pause();
    m->typed = m->actions->at(Command::PlayTyped)->isChecked();
    port->send(model::TypeLine{id, line.toStdString()});
  });
  connect(m->terminal, &terminal::TerminalPage::interrupted, this,
          [port](DeviceId id) { port->send(model::InterruptProgram{id}); });
  connect(m->terminal, &terminal::TerminalPage::completionWanted, this,
          [port](DeviceId id, const QString& line, int cursor) {
            port->send(model::CompleteLine{id, line.toStdString(),
                                           line.left(cursor).toUtf8().toStdString().size()});
          });
  const auto terminal = [this, port](DeviceId id) {
    port->send(model::ShowTerminal{id});
    m->terminal->focusPrompt();
  };
  connect(m->terminal, &terminal::TerminalPage::deviceChosen, this, terminal);
  connect(m->device, &device_page::DevicePage::terminalWanted, this, terminal);
}

void MainWindow::connectActions() {
  const auto on = [this](Command command, auto&& what) {
    QAction* action = m->actions->at(command);
    addAction(action);
    connect(action, &QAction::triggered, this, what);
  };
  on(Command::Open, [this] { chooseFile(); });
  on(Command::Reload, [this] { open(m->path); });
  on(Command::Quit, [this] { close(); });
  on(Command::ToStart, [this] { m->player->seek(0); });
  on(Command::StepBack, [this] { m->player->stepBack(); });
  on(Command::PlayPause, [this] { m->player->toggle(); });
  on(Command::StepOn, [this] { m->player->step(); });
  on(Command::ZoomIn, [this] { m->canvas->zoomBy(1.25); });
  on(Command::ZoomOut, [this] { m->canvas->zoomBy(0.8); });
  on(Command::Fit, [this] { m->canvas->fit(); });
  on(Command::GoToTerminal, [this] { m->terminal->focusPrompt(); });
  on(Command::Dark, [this](bool dark) { setTheme(dark ? kit::ThemeId::Dark : kit::ThemeId::Light); });
  on(Command::English, [this] { setLanguage(Language::English); });
  on(Command::Chinese, [this] { setLanguage(Language::Chinese); });
  on(Command::About, [this] { about(); });
  on(Command::Follow, [this](bool follow) { m->port->send(model::FollowPacket{follow}); });
  auto* languages = new QActionGroup(this);
  languages->addAction(m->actions->at(Command::English));
  languages->addAction(m->actions->at(Command::Chinese));
  m->actions->at(m->options.language == Language::Chinese ? Command::Chinese : Command::English)->setChecked(true);
  m->actions->at(Command::Dark)->setChecked(m->options.theme == kit::ThemeId::Dark);
  m->actions->at(Command::Follow)->setChecked(true);
  m->actions->at(Command::PlayTyped)->setChecked(m->options.animated);
  m->actions->redrawIcons();
  connect(m->player, &timeline::Player::playingChanged, m->actions, &ActionTable::showPlaying);
}

void MainWindow::open(const QString& path) {
  if (path.isEmpty()) return;
  m->player->pause();
  m->message->hide();
  m->path = path;
  m->hadPacket = false;
  m->port->send(model::OpenProject{path.toStdString()});
}

void MainWindow::take() {
  const model::SnapshotPtr& snapshot = m->port->snapshot();
  m->canvas->show(snapshot, m->moveMilliseconds());
  m->timeline->setValue(snapshot);
  m->packet->setValue(snapshot, m->language.language());
  m->list->setValue(snapshot);
  m->hops->setValue(snapshot);
  m->device->setValue(snapshot, m->language.language());
  m->terminal->setValue(snapshot);
  if (snapshot->packet && !m->hadPacket) showPacketTab();
  m->hadPacket = snapshot->packet != nullptr;
  if (m->typed && snapshot->busy) m->player->play();
  m->typed = false;
  m->actions->at(Command::StepBack)->setEnabled(snapshot->beat > 0);
  m->actions->at(Command::ToStart)->setEnabled(snapshot->beat > 0);
  const QString title = QString::fromStdString(snapshot->document->title.in(m->language.language()));
  setWindowTitle(title.isEmpty() ? QStringLiteral("Hopwise") : QStringLiteral("%1 – Hopwise").arg(title));
  m->status->setText(tr("%n packet(s) under way", nullptr, static_cast<int>(snapshot->flights.size())) +
                     QStringLiteral("   ·   ") +
                     tr("%n packet(s) so far", nullptr, static_cast<int>(snapshot->packets->size())));
}

void MainWindow::setLanguage(Language language) {
  m->language.set(language);
  m->canvas->setLanguage(language);
  m->port->send(model::SetLanguage{language});
  retranslate();
}

void MainWindow::setTheme(kit::ThemeId theme) {
  kit::applyTheme(theme);
  m->actions->redrawIcons();
}

void MainWindow::showPacketTab() { m->packetDock->raise(); }
void MainWindow::showPacketAndHops() {
  m->packetDock->raise();
  m->hopDock->raise();
}
void MainWindow::showDeviceTab() { m->deviceDock->raise(); }

void MainWindow::retranslate() {
  m->actions->retranslate();
  m->fileMenu->setTitle(tr("&File"));
  m->timeMenu->setTitle(tr("&Time"));
  m->viewMenu->setTitle(tr("&View"));
  m->languageMenu->setTitle(tr("&Language"));
  m->helpMenu->setTitle(tr("&Help"));
  m->tools->setWindowTitle(tr("Tools"));
  m->packetDock->setWindowTitle(tr("Packet"));
  m->deviceDock->setWindowTitle(tr("Device"));
  m->terminalDock->setWindowTitle(tr("Terminal"));
  m->listDock->setWindowTitle(tr("Packets"));
  m->hopDock->setWindowTitle(tr("Hop by hop"));
  m->canvas->setAccessibleName(tr("Picture of the network"));
  if (m->port->snapshot()) take();
}

/// Sizes that suit the window, until the person chooses others.
void MainWindow::arrange() {
  const int right = std::clamp(width() * 33 / 100, 380, 660);
  const int bottom = std::clamp(height() * 29 / 100, 200, 330);
  resizeDocks({m->packetDock}, {right}, Qt::Horizontal);
  resizeDocks({m->terminalDock, m->listDock}, {bottom, bottom}, Qt::Vertical);
  const int left = width() - right;
  resizeDocks({m->terminalDock, m->listDock}, {left * 44 / 100, left * 56 / 100}, Qt::Horizontal);
}

void MainWindow::showEvent(QShowEvent* event) {
  QMainWindow::showEvent(event);
  arrange();
}

void MainWindow::resizeEvent(QResizeEvent* event) {
  QMainWindow::resizeEvent(event);
  if (isVisible()) arrange();
}

void MainWindow::chooseFile() {
  const QString path = QFileDialog::getOpenFileName(this, tr("Open a network"), m->path,
                                                    tr("Networks (*.hopwise *.yaml *.yml)"));
  open(path);
}

void MainWindow::about() {
  QMessageBox::about(this, tr("About Hopwise"),
                     tr("Hopwise %1\n\nSee networks work, hop by hop.\n\n"
                        "Free software under the GNU General Public License, version 3 or later.")
                         .arg(QStringLiteral(HOPWISE_VERSION)));
}

}  // namespace hw::workbench
