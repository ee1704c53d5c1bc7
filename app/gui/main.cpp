// The window of Hopwise: a composition root. The command line is read before Qt starts, so that
// --help, --version and mistakes need no display.
#include <QApplication>
#include <cstdio>
#include <filesystem>

#include "app/gui/canvas_bench.h"
#include "app/gui/options.h"
#include "app/gui/project_finder.h"
#include "app/gui/screenshot.h"
#include "app/gui/window_options.h"
#include "ui/model/session_port.h"

namespace {

bool hasDisplay() {
  return !qEnvironmentVariableIsEmpty("DISPLAY") || !qEnvironmentVariableIsEmpty("WAYLAND_DISPLAY") ||
         !qEnvironmentVariableIsEmpty("QT_QPA_PLATFORM");
}

/// The platform without a display has much to say that nobody needs.
void tellOnlyFailures(QtMsgType type, const QMessageLogContext&, const QString& text) {
  if (type == QtCriticalMsg || type == QtFatalMsg) std::fprintf(stderr, "%s\n", qPrintable(text));
  if (type == QtFatalMsg) std::abort();
}

int fail(const char* what, const std::string& which, int exitCode) {
  std::fprintf(stderr, "hopwise: %s%s\n", which.c_str(), what);
  return exitCode;
}

int openWindow(const hw::gui::Options& options, const std::string& project) {
  hw::workbench::MainWindow window(hw::gui::windowOptions(options));
  window.resize(options.width, options.height);
  window.show();
  if (project.empty()) window.showStartPage();
  else window.open(QString::fromStdString(project));
  window.offerRecovery();
  if (!options.lines.empty() || options.step || options.at) window.port().send(hw::gui::scriptOf(options));
  return QApplication::exec();
}

}  // namespace

int main(int argc, char** argv) {
  const hw::gui::Parsed parsed = hw::gui::parseOptions(argc, argv);
  if (parsed.exitCode) return *parsed.exitCode;
  const hw::gui::Options& options = parsed.options;
  const std::string project = options.project.empty() ? hw::gui::newcomersProject() : options.project;
  std::error_code error;
  if (!project.empty() && !std::filesystem::exists(project, error))
    return fail(": no such file or folder", project, 2);
  const bool picture = !options.screenshot.empty() || !options.bench.empty();
  if (picture) hw::gui::prepareOffscreen(options);
  else if (!hasDisplay()) return fail("there is no display; --screenshot FILE.png needs none", "", 1);
  if (picture) qInstallMessageHandler(tellOnlyFailures);
  QApplication application(argc, argv);
  QApplication::setApplicationName(QStringLiteral("hopwise"));
  QApplication::setApplicationVersion(QStringLiteral(HOPWISE_VERSION));
  if (!options.bench.empty()) return hw::gui::benchCanvas(options);
  return picture ? hw::gui::takeScreenshot(options, project) : openWindow(options, project);
}
