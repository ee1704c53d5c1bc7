#include "app/gui/options.h"

#include <CLI/CLI.hpp>

#include "core/project/quantity.h"

namespace hw::gui {
namespace {

constexpr int kLeastSide = 480, kMostSide = 8192;

/// "1920x1080"
std::string readSize(const std::string& text, Options& options) {
  int width = 0, height = 0;
  char rest = 0;
  if (std::sscanf(text.c_str(), "%dx%d%c", &width, &height, &rest) != 2 || width < kLeastSide ||
      height < kLeastSide || width > kMostSide || height > kMostSide)
    return text + ": a size is WIDTHxHEIGHT, each from 480 to 8192";
  options.width = width;
  options.height = height;
  return {};
}

/// "h1: ping -c 1 192.0.2.1"
std::string readLine(const std::string& text, Options& options) {
  const std::size_t colon = text.find(':');
  const std::size_t start = colon == std::string::npos ? colon : text.find_first_not_of(' ', colon + 1);
  if (colon == 0 || start == std::string::npos) return text + ": a command is 'DEVICE: COMMAND'";
  options.lines.push_back({text.substr(0, colon), text.substr(start)});
  return {};
}

std::string readTime(const std::string& text, Options& options) {
  const auto duration = project::parseDuration(text);
  if (!duration) return text + ": a time is a number with ns, us, ms or s";
  options.at = Time{duration->ns};
  return {};
}

void declare(CLI::App& app, Options& options, std::vector<std::string>& doLines, std::string& size,
             std::string& at, std::string& theme) {
  app.set_version_flag("--version", "hopwise " HOPWISE_VERSION);
  app.add_option("PROJECT", options.project, "project file or lesson folder to open");
  app.add_option("--screenshot", options.screenshot, "draw the window into this PNG file, without a display");
  app.add_option("--size", size, "of the window, WIDTHxHEIGHT");
  app.add_option("--theme", theme, "light or dark")->check(CLI::IsMember({"light", "dark"}));
  app.add_option("--lang", options.language, "language of the window")->check(CLI::IsMember({"en", "zh_CN"}));
  app.add_option("--do", doLines, "a command line, such as 'h1: ping -c 1 192.0.2.1'; repeatable")
      ->allow_extra_args(false);
  CLI::Option* time = app.add_option("--at", at, "show this moment of virtual time, such as 20us");
  app.add_option("--step", options.step, "show the network after so many beats")->excludes(time);
  app.add_option("--bench", options.bench, "measure: canvas; prints one JSON line")->check(CLI::IsMember({"canvas"}));
  app.add_option("--packets", options.packets, "under way in the benchmark")->check(CLI::Range(1, 20'000));
  app.add_option("--lesson-step", options.lessonStep, "show this step of the lesson, from 1");
  app.add_option("--choose", options.choices, "in that step of the lesson, such as far-mac=2 or same-subnet=1,2; repeatable")
      ->allow_extra_args(false);
  app.add_option("--colour", options.colour, "which cables belong together: collision, broadcast (domains) or subnet")
      ->check(CLI::IsMember({"collision", "broadcast", "subnet"}));
  app.add_option("--select", options.select, "what to show in full: packet, talk:ladder, talk:sequence, talk:congestion, talk:text, or the name of a device");
}

}  // namespace

Parsed parseOptions(int argc, char** argv) {
  CLI::App app{"See networks work, hop by hop", "hopwise"};
  Parsed parsed;
  std::vector<std::string> doLines;
  std::string size, at, theme;
  declare(app, parsed.options, doLines, size, at, theme);
  try {
    app.parse(argc, argv);
  } catch (const CLI::ParseError& error) {
    parsed.exitCode = app.exit(error) == 0 ? 0 : 2;
    return parsed;
  }
  parsed.options.dark = theme == "dark";
  std::string wrong = size.empty() ? std::string() : readSize(size, parsed.options);
  for (const std::string& line : doLines)
    if (wrong.empty()) wrong = readLine(line, parsed.options);
  if (wrong.empty() && !at.empty()) wrong = readTime(at, parsed.options);
  if (!wrong.empty()) {
    std::fprintf(stderr, "hopwise: %s\n", wrong.c_str());
    parsed.exitCode = 2;
  }
  return parsed;
}

}  // namespace hw::gui
