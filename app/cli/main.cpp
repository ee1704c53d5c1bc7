// The command line of Hopwise: a composition root that needs no Qt.
#include <CLI/CLI.hpp>

int main(int argc, char** argv) {
  CLI::App app{"See networks work, hop by hop", "hopwise-cli"};
  app.set_version_flag("--version", "hopwise-cli " HOPWISE_VERSION);
  app.require_subcommand(0, 1);
  try {
    app.parse(argc, argv);
  } catch (const CLI::ParseError& error) {
    return app.exit(error) == 0 ? 0 : 2;
  }
  return 0;
}
