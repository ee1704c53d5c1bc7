#include <QAction>
#include <QActionGroup>
#include <QDockWidget>

#include "ui/workbench/main_window_parts.h"

namespace hw::workbench {

void MainWindow::connectPages() {
  model::SessionPort* port = m->port;
  connect(port, &model::SessionPort::changed, this, &MainWindow::take);
  connect(port, &model::SessionPort::refused, m->message, &kit::MessageBar::tell);
  connect(port, &model::SessionPort::failed, this, [this](const QString& what) {
    m->player->pause();
    m->message->tell(tr("The simulation failed one of its own checks and has ended. "
                        "“Start again” opens the network anew. (%1)").arg(what));
  });
  connect(port, &model::SessionPort::completed, m->docks.terminal, &terminal::TerminalPage::complete);
  connectLesson();
  const auto packet = [this, port](TransmissionId id) {
    port->send(model::SelectPacket{id});
    showPacketTab();
  };
  connect(m->canvas, &canvas::CanvasView::packetClicked, this, [this, port](TransmissionId id) {
    port->send(model::SelectPacket{id});
    showPacketAndHops();
  });
  connect(m->docks.list, &inspector::PacketListPage::packetChosen, this, packet);
  connect(m->docks.hops, &inspector::HopPage::packetChosen, this, packet);
  connect(m->docks.conversation, &conversation::ConversationPage::packetChosen, this, [port](TransmissionId id) { port->send(model::SelectPacket{id}); });
  connect(m->docks.conversation, &conversation::ConversationPage::momentChosen, m->player, [this](std::size_t beats) { m->player->seek(beats); });
  connect(m->docks.conversation, &conversation::ConversationPage::conversationChosen, this,
          [port](std::optional<std::size_t> shown, std::optional<std::size_t> beside) { port->send(model::ChooseConversation{shown, beside}); });
  // They are followed from the moment at which somebody looks.
  connect(m->docks.conversationDock, &QDockWidget::visibilityChanged, this, [port](bool visible) { port->send(model::WatchConversations{visible}); });
  connect(m->canvas, &canvas::CanvasView::deviceClicked, this, [this, port](DeviceId id) {
    port->send(model::SelectDevice{id});
    port->send(model::ShowTerminal{id});
    showDeviceTab();
  });
  connect(m->canvas, &canvas::CanvasView::arrived, m->player, &timeline::Player::beatSeen);
  connect(m->docks.terminal, &terminal::TerminalPage::typed, this, [this, port](DeviceId id, const QString& line) {
    m->player->pause();
    m->typed = m->actions->at(Command::PlayTyped)->isChecked();
    port->send(model::TypeLine{id, line.toStdString()});
  });
  connect(m->docks.terminal, &terminal::TerminalPage::interrupted, this,
          [port](DeviceId id) { port->send(model::InterruptProgram{id}); });
  connect(m->docks.terminal, &terminal::TerminalPage::completionWanted, this,
          [port](DeviceId id, const QString& line, int cursor) {
            port->send(model::CompleteLine{id, line.toStdString(),
                                           line.left(cursor).toUtf8().toStdString().size()});
          });
  const auto terminal = [this, port](DeviceId id) {
    port->send(model::ShowTerminal{id});
    m->docks.terminal->focusPrompt();
  };
  connect(m->docks.terminal, &terminal::TerminalPage::deviceChosen, this, terminal);
  connect(m->docks.device, &device_page::DevicePage::terminalWanted, this, terminal);
}

void MainWindow::connectActions() {
  for (QAction* action : m->actions->findChildren<QAction*>()) addAction(action);
  const auto on = [this](Command command, auto&& what) {
    QAction* action = m->actions->at(command);
    connect(action, &QAction::triggered, this, what);
  };
  on(Command::Quit, [this] { close(); });
  on(Command::ToStart, [this] { m->player->seek(0); });
  on(Command::StepBack, [this] { m->player->stepBack(); });
  on(Command::PlayPause, [this] { m->player->toggle(); });
  on(Command::StepOn, [this] { m->player->step(); });
  on(Command::ZoomIn, [this] { m->canvas->zoomBy(1.25); });
  on(Command::ZoomOut, [this] { m->canvas->zoomBy(0.8); });
  on(Command::Fit, [this] { m->canvas->fit(); });
  on(Command::GoToTerminal, [this] { m->docks.terminal->focusPrompt(); });
  on(Command::Dark, [this](bool dark) { setTheme(dark ? kit::ThemeId::Dark : kit::ThemeId::Light); });
  on(Command::English, [this] { setLanguage(Language::English); });
  on(Command::Chinese, [this] { setLanguage(Language::Chinese); });
  on(Command::GoToLesson, [this] {
    showLessonTab();
    m->docks.lesson->setFocus();
  });
  on(Command::NextLessonStep, [this] { m->docks.lesson->nextStep(); });
  on(Command::PreviousLessonStep, [this] { m->docks.lesson->previousStep(); });
  on(Command::LessonOver, [this] {
    m->docks.lesson->startOver();
    if (mayLeave()) open(m->files->path());
  });
  on(Command::Calculator, [this] {
    if (!m->calculator) m->calculator = new AddressCalculator(this);
    m->calculator->setLanguage(m->language.language());
    m->calculator->show();
    m->calculator->raise();
    m->calculator->activateWindow();
  });
  on(Command::About, [this] { about(); });
  auto* domains = new QActionGroup(this);
  const auto shows = [&](Command command, std::optional<lens::DomainKind> kind) {
    domains->addAction(m->actions->at(command));
    on(command, [this, kind] { m->port->send(model::ShowDomains{kind}); });
  };
  shows(Command::NoDomains, std::nullopt);
  shows(Command::CollisionDomains, lens::DomainKind::Collision);
  shows(Command::BroadcastDomains, lens::DomainKind::Broadcast);
  shows(Command::Subnets, lens::DomainKind::Subnet);
  m->actions->at(Command::NoDomains)->setChecked(true);
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

}  // namespace hw::workbench
