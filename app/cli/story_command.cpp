#include "app/cli/story_command.h"

#include <filesystem>
#include <fstream>
#include <iostream>
#include <iterator>
#include <memory>

#include "app/cli/exit_code.h"
#include "core/oracle/story.h"
#include "core/trace/pcapng_export.h"

namespace hw::cli {
namespace {

struct StoryOptions {
  std::string folder;
  std::string pcapng;
};

int complain(const StoryOptions& options, const oracle::ScenarioError& error) {
  std::cerr << "hopwise-cli: " << options.folder << "/scenario.json: " << error.text() << '\n';
  return error.kind == oracle::ScenarioError::Kind::NotBuilt ? kFailed : kUnusable;
}

int writeCapture(const StoryOptions& options, const oracle::Story& story) {
  std::ofstream out(options.pcapng, std::ios::binary);
  if (out && trace::exportPcapng(story.timeline, {}, out) && out.flush()) return 0;
  std::cerr << "hopwise-cli: " << options.pcapng << ": cannot be written\n";
  return kUnusable;
}

int runStory(const StoryOptions& options) {
  const std::filesystem::path folder(options.folder);
  std::ifstream in(folder / "scenario.json", std::ios::binary);
  if (!in) return complain(options, {oracle::ScenarioError::Kind::Unreadable, "", "cannot be opened"});
  const std::string json((std::istreambuf_iterator<char>(in)), std::istreambuf_iterator<char>());
  const auto name = (folder.has_filename() ? folder : folder.parent_path()).filename().string();
  const auto scenario = oracle::parseScenario(name, json);
  if (!scenario) return complain(options, scenario.error());
  const auto story = oracle::tellStory(*scenario);
  if (!story) return complain(options, story.error());
  std::cout << story->json;
  return options.pcapng.empty() ? 0 : writeCapture(options, *story);
}

}  // namespace

void addStoryCommand(CLI::App& app, int& exitCode) {
  auto options = std::make_shared<StoryOptions>();
  CLI::App* command = app.add_subcommand("story", "Play a recorded Linux scenario and tell what happened as JSON");
  command->add_option("SCENARIO_DIR", options->folder, "A folder with a scenario.json")->required();
  command->add_option("--pcapng", options->pcapng, "Also write a capture that Wireshark opens");
  command->callback([options, &exitCode] { exitCode = runStory(*options); });
}

}  // namespace hw::cli
