// The window of Hopwise: a composition root. The command line is read before Qt starts, so that --help and
// --version need no display.
#include <CLI/CLI.hpp>

#include <QApplication>
#include <QMainWindow>

#include <string>

namespace {

struct Options {
  std::string project;
};

void declare(CLI::App& app, Options& options) {
  app.set_version_flag("--version", "hopwise " HOPWISE_VERSION);
  app.add_option("project", options.project, "project file or lesson folder to open");
}

}  // namespace

int main(int argc, char** argv) {
  CLI::App commandLine{"See networks work, hop by hop", "hopwise"};
  Options options;
  declare(commandLine, options);
  try {
    commandLine.parse(argc, argv);
  } catch (const CLI::ParseError& error) {
    return commandLine.exit(error) == 0 ? 0 : 2;
  }
  QApplication application(argc, argv);
  QMainWindow window;
  window.setWindowTitle(QString::fromStdString(options.project));
  window.show();
  return QApplication::exec();
}
