#include "app/gui/screenshot.h"

#include <QApplication>
#include <QEventLoop>
#include <QPixmap>
#include <QTemporaryFile>
#include <QTimer>
#include <cstdio>

#include "app/gui/window_options.h"
#include "ui/conversation/conversation_page.h"
#include "ui/lesson/lesson_page.h"
#include "ui/model/session_port.h"
#include "ui/workbench/main_window.h"

namespace hw::gui {
namespace {

constexpr int kMostWaitMs = 120'000;
constexpr int kSettleMs = 60;

/// Waits until all requests are answered; the first problem that was told, or nothing.
QString settle(model::SessionPort& port) {
  QString problem;
  QEventLoop loop;
  QObject guard;
  QObject::connect(&port, &model::SessionPort::refused, &guard, [&](const QString& what) { problem = what; });
  QObject::connect(&port, &model::SessionPort::failed, &guard, [&](const QString& what) { problem = what; });
  QObject::connect(&port, &model::SessionPort::becameIdle, &loop, &QEventLoop::quit);
  QTimer::singleShot(kMostWaitMs, &loop, [&] {
    problem = QStringLiteral("the commands take too long");
    loop.quit();
  });
  if (!port.idle()) loop.exec();
  return problem;
}

int fail(const QString& problem, int exitCode) {
  std::fprintf(stderr, "hopwise: %s\n", qPrintable(problem));
  return exitCode;
}

/// Selects what was asked for; a sentence if there is no such thing.
QString select(workbench::MainWindow& window, const std::string& wanted) {
  if (wanted.empty()) return {};
  const model::SnapshotPtr snapshot = window.port().snapshot();
  if (wanted == "packet") {
    window.showPacketAndHops();
    return snapshot->packet ? QString() : QStringLiteral("--select packet: nothing has been sent yet");
  }
  constexpr std::pair<std::string_view, conversation::ConversationPage::Aspect> kAspects[] = {
      {"talk:ladder", conversation::ConversationPage::Aspect::Ladder},
      {"talk:sequence", conversation::ConversationPage::Aspect::Sequence},
      {"talk:congestion", conversation::ConversationPage::Aspect::Congestion},
      {"talk:text", conversation::ConversationPage::Aspect::Text}};
  for (const auto& [name, aspect] : kAspects) {
    if (wanted != name) continue;
    window.showConversation(aspect);
    return settle(window.port());
  }
  for (const lens::NodeCard& node : snapshot->nodes) {
    if (node.name != wanted) continue;
    window.port().send(model::SelectDevice{node.id});
    window.showDeviceTab();
    return settle(window.port());
  }
  return QStringLiteral("--select %1: no such device").arg(QString::fromStdString(wanted));
}

/// The step of the lesson, and what is chosen in it: "far-mac=2", "same-subnet=1,2".
QString playLesson(workbench::MainWindow& window, const Options& options) {
  lesson_page::LessonPage& page = window.lessonPage();
  if (options.lessonStep > 0) page.goToStep(static_cast<int>(options.lessonStep) - 1);
  for (const std::string& one : options.choices) {
    const QStringList parts = QString::fromStdString(one).split(QLatin1Char('='));
    QList<int> choices;
    for (const QString& number : parts.value(1).split(QLatin1Char(','))) choices.append(number.toInt() - 1);
    page.take(parts.value(0), choices);
  }
  return settle(window.port());
}

void letItDraw() {
  QEventLoop loop;
  QTimer::singleShot(kSettleMs, &loop, &QEventLoop::quit);
  loop.exec();
}

}  // namespace

void prepareOffscreen(const Options& options) {
  static QTemporaryFile screen;
  if (!screen.open()) return;
  screen.write(QStringLiteral(R"({"screens":[{"name":"picture","x":0,"y":0,"width":%1,"height":%2,)"
                              R"("logicalDpi":96,"logicalBaseDpi":96,"dpr":1.0}]})")
                   .arg(options.width)
                   .arg(options.height)
                   .toUtf8());
  screen.flush();
  qputenv("QT_QPA_PLATFORM", "offscreen:configfile=" + screen.fileName().toUtf8());
  if (!qEnvironmentVariableIsSet("QT_LOGGING_RULES")) qputenv("QT_LOGGING_RULES", "qt.qpa.*=false");
}

int takeScreenshot(const Options& options, const std::string& project) {
  workbench::WindowOptions wanted = windowOptions(options);
  wanted.animated = false;
  wanted.keepsProgress = false;
  workbench::MainWindow window(wanted);
  window.resize(options.width, options.height);
  window.show();
  window.open(QString::fromStdString(project));
  if (const QString problem = settle(window.port()); !problem.isEmpty()) return fail(problem, 2);
  if (const QString problem = playLesson(window, options); !problem.isEmpty()) return fail(problem, 1);
  if (options.colour == "collision") window.port().send(model::ShowDomains{lens::DomainKind::Collision});
  if (options.colour == "broadcast") window.port().send(model::ShowDomains{lens::DomainKind::Broadcast});
  if (options.colour == "subnet") window.port().send(model::ShowDomains{lens::DomainKind::Subnet});
  window.port().send(scriptOf(options));
  if (const QString problem = settle(window.port()); !problem.isEmpty()) return fail(problem, 1);
  if (const QString problem = select(window, options.select); !problem.isEmpty()) return fail(problem, 1);
  letItDraw();
  if (window.grab().save(QString::fromStdString(options.screenshot), "PNG", 0)) return 0;
  return fail(QStringLiteral("%1 cannot be written").arg(QString::fromStdString(options.screenshot)), 1);
}

}  // namespace hw::gui
