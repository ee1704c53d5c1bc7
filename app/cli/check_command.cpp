#include "app/cli/check_command.h"

#include <iostream>
#include <memory>

#include "app/cli/exit_code.h"
#include "core/project/file.h"

namespace hw::cli {
namespace {

struct CheckOptions {
  std::string project;
  std::string language = "en";
};

int runCheck(const CheckOptions& options) {
  const Language language = options.language == "zh_CN" ? Language::Chinese : Language::English;
  const auto loaded = project::loadFile(options.project);
  if (!loaded) {
    std::cout << loaded.error().text(language);
    return kUnusable;
  }
  std::cout << project::ProjectError{loaded->file, loaded->problems}.text(language);
  return loaded->runs() ? 0 : kUnusable;
}

}  // namespace

void addCheckCommand(CLI::App& app, int& exitCode) {
  auto options = std::make_shared<CheckOptions>();
  CLI::App* command = app.add_subcommand("check", "Say what is wrong with a project, with line and column");
  command->add_option("PROJECT", options->project, "A project file or a lesson folder")->required();
  command->add_option("--lang", options->language, "The language of the messages")
      ->check(CLI::IsMember({"en", "zh_CN"}));
  command->callback([options, &exitCode] { exitCode = runCheck(*options); });
}

}  // namespace hw::cli
