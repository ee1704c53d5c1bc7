#include "tests/ui/workbench/window_tour.h"

#include <QAction>
#include <QApplication>
#include <QDir>
#include <QDialog>
#include <QDockWidget>
#include <QFile>
#include <QMenu>
#include <QMenuBar>
#include <QStandardPaths>
#include <QTimer>

#include "ui/lesson/lesson_page.h"

namespace hw::test {
namespace {

using workbench::Command;

/// Each kind of device, cable and note, with what a page has to tell about them.
constexpr const char* kFaulty = R"(version: 1
title: {en: A network with faults, zh_CN: 有错误的网络}
nodes:
  h1:
    kind: host
    position: [100, 100]
    interfaces: {eth0: {addresses: [10.0.1.10/24], mtu: 1400}}
    routes: [default via 10.0.1.1, 10.9.0.0/16 via 10.0.1.7]
  h2: {kind: host, position: [100, 400]}
  h3: {kind: host, position: [300, 500], interfaces: {eth0: {addresses: [10.0.1.10/24, 10.0.1.255/24]}}}
  sw1: {kind: switch, position: [300, 250], interfaces: {p4: {down: true}}}
  r1:
    kind: router
    position: [500, 250]
    interfaces: {eth0: {addresses: [10.0.1.1/24]}, eth1: {addresses: [10.0.2.1/24]}}
  hub1: {kind: hub, position: [700, 250]}
links:
  - {ends: [h1:eth0, sw1:p1], medium: ethernet, latency: 10us, rate: 1Gbit, loss: 5%}
  - {ends: [h2:eth0, sw1:p2], medium: ethernet, latency: 10us, down: true}
  - {ends: [h3:eth0, sw1:p3], medium: ethernet, latency: 10us, rate: 1Gbit}
  - {ends: [sw1:p4, r1:eth0], medium: ethernet, latency: 10us, rate: 1Gbit}
  - {ends: [r1:eth1, hub1:p1], medium: ethernet, latency: 2500us, rate: 10Mbit}
notes:
  - text: {en: "The cable of h2 is cut: who hears of it?", zh_CN: "h2 的网线断了：谁会知道？"}
    position: [500, 60]
)";

}  // namespace

void WindowTour::open(QSize size, const Judge& judge) {
  m_judge = judge;
  m_size = size;
  workbench::WindowOptions options;
  options.animated = false;
  options.keepsProgress = false;
  options.samples = QStringLiteral("lessons");
  openWindow(options, size);
}

/// Changing the theme takes long: each look follows from the one before, and the next stop goes on where this one ends.
void WindowTour::inEachLook(const std::function<void(Language)>& what) {
  const bool chineseFirst = m_language == Language::Chinese;
  for (const Language language : {m_language, chineseFirst ? Language::English : Language::Chinese}) {
    m_language = language;
    window->actions().at(language == Language::Chinese ? Command::Chinese : Command::English)->trigger();
    for (int i = 0; i < 2; ++i) {
      if (i == 1) m_theme = m_theme == kit::ThemeId::Light ? kit::ThemeId::Dark : kit::ThemeId::Light;
      if (kit::theme().id != m_theme) window->setTheme(m_theme);
      settle();
      QTest::qWait(30);  // cards find their heights
      what(language);
    }
  }
}

/// To be looked at by eye: HOPWISE_PICTURES=FOLDER.
void WindowTour::picture(const QString& place, QWidget& root) const {
  const QString folder = qEnvironmentVariable("HOPWISE_PICTURES");
  if (folder.isEmpty()) return;
  const bool dark = kit::theme().id == kit::ThemeId::Dark;
  const bool chinese = window->actions().at(Command::Chinese)->isChecked();
  root.grab().save(QStringLiteral("%1/%2-%3-%4-%5.png").arg(folder, place, chinese ? "zh" : "en", dark ? "dark" : "light").arg(m_size.width()));
}

void WindowTour::stop(const QString& place, const std::function<void()>& before) {
  inEachLook([&](Language language) {
    before();
    settle();
    picture(place, *window);
    m_judge(place, language, *window);
  });
}

void WindowTour::stopAtDialog(const QString& place, const std::function<void()>& opens) {
  inEachLook([&](Language language) {
    bool seen = false;
    QTimer::singleShot(50, window.get(), [&] {
      QDialog* dialog = nullptr;
      for (QWidget* one : QApplication::topLevelWidgets())
        if (one->isVisible() && qobject_cast<QDialog*>(one)) dialog = qobject_cast<QDialog*>(one);
      if (!dialog) return;
      seen = true;
      picture(place, *dialog);
      m_judge(place, language, *dialog);
      dialog->reject();
    });
    opens();
    EXPECT_TRUE(QTest::qWaitFor([&] { return seen; }, 1000)) << place.toStdString();
  });
}

void WindowTour::select(const char* node) {
  const auto key = snapshot()->draft->nodeNamed(node);
  ASSERT_TRUE(key) << node;
  canvas()->select({{*key}, {}, {}});
  settle();
}

QString WindowTour::faultyNetwork() const {
  QFile file(m_folder.filePath("faulty.hopwise"));
  EXPECT_TRUE(file.open(QIODevice::WriteOnly));
  file.write(kFaulty);
  return file.fileName();
}

void WindowTour::startPage() {
  const QString other = m_folder.filePath("a-network-whose-name-is-rather-long-for-a-list.hopwise");
  ASSERT_TRUE(QFile::copy("lessons/two-networks/network.yaml", m_folder.filePath("lab.hopwise")));
  QFile empty(other);
  ASSERT_TRUE(empty.open(QIODevice::WriteOnly));
  empty.write("version: 1\n");
  empty.close();
  for (const QString& one : {other, m_folder.filePath("lab.hopwise"), faultyNetwork()}) {
    window->open(one);
    settle();
  }
  window->showStartPage();
  stop("start");
  window->newNetwork();
  window->showPropertiesTab();
  settle();
  stop("new");
}

void WindowTour::recovery() {
  const QString folder = QStandardPaths::writableLocation(QStandardPaths::AppLocalDataLocation) + QStringLiteral("/autosave");
  QDir(folder).removeRecursively();
  QDir().mkpath(folder);
  const QString copy = folder + QStringLiteral("/tour");
  ASSERT_TRUE(QFile::copy("lessons/two-networks/network.yaml", copy + ".hopwise"));
  QFile origin(copy + ".origin");
  ASSERT_TRUE(origin.open(QIODevice::WriteOnly));
  origin.write(m_folder.filePath("lab.hopwise").toUtf8());
  origin.close();
  window->showStartPage();
  window->offerRecovery();
  stop("recovery");
  click("discardCopy");
}

void WindowTour::files() {
  QFile broken(m_folder.filePath("broken.hopwise"));
  ASSERT_TRUE(broken.open(QIODevice::WriteOnly));
  broken.write("version: 1\nnodes:\n  h1: {kind: hots}\n  h 2: {kind: host, interfaces: [eth0]}\nlinks: 7\n");
  broken.close();
  window->newNetwork();
  stop("broken-file", [&] { window->open(broken.fileName()); });
  stop("gone-file", [&] { window->open(m_folder.filePath("gone.hopwise")); });
  stop("not-saved", [&] { EXPECT_FALSE(window->saveAs("/nowhere/at/all.hopwise")); });
}

void WindowTour::propertyPages() {
  window->open(faultyNetwork());
  settle();
  window->showPropertiesTab();
  stop("properties-network");
  for (const char* node : {"h1", "h2", "h3", "sw1", "r1", "hub1"}) {
    select(node);
    window->showPropertiesTab();
    stop(QStringLiteral("properties-") + QLatin1String(node));
  }
  const std::shared_ptr<const project::Draft> draft = snapshot()->draft;
  for (std::size_t i = 0; i < 2; ++i) {
    canvas()->select({{}, {draft->links[i]}, {}});
    stop(QStringLiteral("properties-link%1").arg(i + 1));
  }
  canvas()->select({{}, {}, {draft->notes[0]}});
  stop("properties-note");
  canvas()->selectAll();
  stop("properties-all");
}

void WindowTour::packetAndDevices() {
  window->open(QString::fromLatin1(kNetwork) + "/network.yaml");
  settle();
  window->showPacketTab();
  stop("before-any-packet");
  window->showPacketAndHops();
  stop("before-any-hop");
  window->port().send(model::PlayScript{{{"h1", "ping -c 1 10.0.2.10"}}, 15, std::nullopt});
  settle();
  window->showPacketAndHops();
  stop("packet-and-hops");
  named<QDockWidget>("listDock")->raise();
  stop("packet-and-list");
  const model::SnapshotPtr all = snapshot();
  for (const lens::NodeCard& node : all->nodes) {
    if (node.name != "h1" && node.name != "r1" && node.name != "sw1") continue;
    window->port().send(model::SelectDevice{node.id});
    window->port().send(model::ShowTerminal{node.id});
    window->showDeviceTab();
    settle();
    stop(QStringLiteral("device-") + QString::fromStdString(node.name));
  }
}

void WindowTour::conversations() {
  using Aspect = conversation::ConversationPage::Aspect;
  window->open(QString::fromLatin1(kNetwork) + "/network.yaml");
  window->showConversation(Aspect::Ladder);
  settle();
  stop("talk-none");
  window->port().send(model::PlayScript{{{"h3", "udp-serve --echo 9 &"}, {"h1", "udp-send --wait 1 10.0.2.10 9 20"}}, std::nullopt, std::nullopt});
  settle();
  window->showConversation(Aspect::Sequence);
  stop("talk-no-connection");
  window->port().send(model::PlayScript{
      {{"h3", "tcp-serve 80 accept recveof close &"}, {"h1", "tcp-client 10.0.2.10 80 connect send:9000 shut recveof close"}}, std::nullopt, std::nullopt});
  window->port().send(model::ChooseConversation{1, 0});
  settle();
  for (const auto& [aspect, name] : {std::pair{Aspect::Ladder, "talk-ladder"}, std::pair{Aspect::Sequence, "talk-sequence"},
                                     std::pair{Aspect::Congestion, "talk-congestion"}, std::pair{Aspect::Text, "talk-text"}}) {
    window->showConversation(aspect);
    stop(QLatin1String(name));
  }
}

void WindowTour::lesson() {
  window->open(QString::fromLatin1(kNetwork));
  settle();
  lesson_page::LessonPage& page = window->lessonPage();
  for (int step = 0; step < 8; ++step) {
    page.goToStep(step);
    settle();
    stop(QStringLiteral("lesson-%1").arg(step + 1));
  }
  page.goToStep(0);
  page.take("same-subnet", {0});
  settle();
  stop("lesson-quiz-nearly");
  page.take("same-subnet", {0, 1});
  settle();
  stop("lesson-quiz-right");
  page.goToStep(1);
  page.take("through-switch", {1});
  settle();
  stop("lesson-predict-locked");
  for (int i = 0; i < 60 && snapshot()->busy; ++i) click("stepButton");
  stop("lesson-predict-otherwise");
  for (int i = 0; i < 2; ++i) click("hintButton");
  window->port().send(model::PlayScript{{{"h4", "ping -c 1 10.0.2.10"}}, std::nullopt, std::nullopt});
  settle();
  stop("lesson-check-done");
  page.goToStep(3);
  page.take("far-mac", {1});
  settle();
  for (int i = 0; i < 60 && snapshot()->busy; ++i) click("stepButton");
  stop("lesson-predict-right");
  page.goToStep(7);
  stop("lesson-table-filled");
}

void WindowTour::menus() {
  for (QMenu* menu : window->menuBar()->findChildren<QMenu*>()) {
    if (menu->title().isEmpty()) continue;  // what a bar that is too narrow would hide
    inEachLook([&](Language language) {
      menu->popup(window->mapToGlobal(QPoint(20, 40)));
      QTest::qWait(10);
      const QString place = QStringLiteral("menu-") + menu->title().remove('&');
      picture(place, *menu);
      m_judge(place, language, *menu);
      menu->hide();
    });
  }
}

void WindowTour::dialogs() {
  window->newNetwork();
  settle();
  const auto trigger = [this](Command command) {
    return [this, command] { window->actions().at(command)->trigger(); };
  };
  stopAtDialog("about", trigger(Command::About));
  stopAtDialog("calculator", trigger(Command::Calculator));
  stopAtDialog("new-note", trigger(Command::AddNote));
  stopAtDialog("save-as", trigger(Command::SaveAs));
  stopAtDialog("open", trigger(Command::Open));
  window->port().send(model::EditNetwork{project::AddNode{project::NodeKind::Host, {}}});
  settle();
  stopAtDialog("leave", trigger(Command::New));
}

}  // namespace hw::test
