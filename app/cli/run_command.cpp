#include "app/cli/run_command.h"

#include <fmt/format.h>

#include <CLI/CLI.hpp>

#include <fstream>
#include <iostream>
#include <memory>

#include "app/cli/exit_code.h"
#include "core/project/file.h"
#include "core/project/problem.h"
#include "core/project/quantity.h"
#include "core/session/session_file.h"
#include "core/trace/json_export.h"
#include "core/trace/pcapng_export.h"

namespace hw::cli {
namespace {

/// Bounds of a run without --until: a command that never ends is stopped.
constexpr Duration kLongest = seconds(3600);
constexpr std::uint64_t kMostEvents = 200'000'000;

struct Arguments {
  std::string project;
  std::string until;
  std::optional<std::uint64_t> seed;
  std::vector<std::string> commands;
  std::string pcapng;
  std::vector<std::string> capture;
  std::string json;
  std::string saveSession;
  bool explain = false;
  bool hash = false;
  std::string language = "en";

  Language in() const { return language == "zh_CN" ? Language::Chinese : Language::English; }
};

int refuse(const std::string& message) {
  std::cerr << "hopwise-cli: " << message << "\n";
  return kUnusable;
}

/// A command as given by --do, with the device it is for.
struct Order {
  DeviceId device;
  std::string line;
};

Expected<Order, std::string> orderOf(const std::string& text, const World& world) {
  const std::size_t colon = text.find(':');
  if (colon == text.npos) return unexpected(fmt::format("--do '{}': expected 'DEVICE: COMMAND'", text));
  const auto device = world.deviceNamed(text.substr(0, colon));
  if (!device) return unexpected(fmt::format("--do '{}': no device is called {}", text, text.substr(0, colon)));
  const std::size_t start = text.find_first_not_of(' ', colon + 1);
  return Order{*device, start == text.npos ? "" : text.substr(start)};
}

Expected<LinkEnd, std::string> endOf(const std::string& text, const World& world) {
  const std::size_t colon = text.find(':');
  const auto device = world.deviceNamed(text.substr(0, colon));
  if (!device || colon == text.npos)
    return unexpected(fmt::format("--capture {}: expected DEVICE:INTERFACE", text));
  const auto port = world.device(*device).config().interfaceNamed(text.substr(colon + 1));
  if (!port) return unexpected(fmt::format("--capture {}: no such interface", text));
  return LinkEnd{*device, *port};
}

/// What a terminal has shown since the entry `from`, with the explanation of what happened.
void printTerminals(const Session& session, std::vector<std::size_t>& printed) {
  for (std::uint32_t i = 0; i < session.timeline().world().devices.size(); ++i) {
    const auto entries = session.terminal(DeviceId{i});
    const std::string& name = session.timeline().world().device(DeviceId{i}).config().name;
    for (; printed[i] < entries.size(); ++printed[i]) {
      const TerminalEntry& entry = entries[printed[i]];
      if (entry.kind == TerminalEntry::Kind::Typed) std::cout << name << "$ " << entry.text << "\n";
      if (entry.kind == TerminalEntry::Kind::Output) std::cout << entry.text;
    }
  }
}

void printExplanations(const Session& session, Language language) {
  const Timeline& timeline = session.timeline();
  for (std::uint64_t i = 0; i < timeline.journal().size(); ++i) {
    const EventRecord event = timeline.journal().read(i);
    const DeviceConfig& config = timeline.world().device(event.device).config();
    const auto told = explain::sentences(event.decisions, config, language);
    if (told.empty()) continue;
    std::cout << fmt::format("{:.6f} s  {}\n", static_cast<double>(event.time.ns) / 1e9, config.name);
    for (const explain::Sentence& one : told) std::cout << fmt::format("    {} [{}]\n", one.text, one.key);
  }
}

int write(const std::string& file, const std::function<bool(std::ostream&)>& writer) {
  std::ofstream out(file, std::ios::binary);
  if (out && writer(out) && out.flush()) return 0;
  std::cerr << "hopwise-cli: cannot write " << file << "\n";
  return kFailed;
}

int exportAll(const Session& session, const Arguments& arguments, const std::vector<LinkEnd>& capture) {
  int result = 0;
  const Timeline& timeline = session.timeline();
  if (!arguments.pcapng.empty())
    result = std::max(result, write(arguments.pcapng, [&](std::ostream& out) {
               return trace::exportPcapng(timeline, {capture, true, arguments.in()}, out);
             }));
  if (!arguments.json.empty())
    result = std::max(result, write(arguments.json, [&](std::ostream& out) {
               return trace::exportJson(timeline, arguments.in(), out);
             }));
  if (!arguments.saveSession.empty())
    result = std::max(result, write(arguments.saveSession, [&](std::ostream& out) {
               return static_cast<bool>(out << saveSession(session));
             }));
  return result;
}

int play(Session& session, const Arguments& arguments, Time until) {
  std::vector<Order> orders;
  for (const std::string& text : arguments.commands) {
    const auto order = orderOf(text, session.timeline().world());
    if (!order) return refuse(order.error());
    orders.push_back(*order);
  }
  std::vector<LinkEnd> capture;
  for (const std::string& text : arguments.capture) {
    const auto end = endOf(text, session.timeline().world());
    if (!end) return refuse(end.error());
    capture.push_back(*end);
  }
  int result = 0;
  std::vector<std::size_t> printed(session.timeline().world().devices.size(), 0);
  const Time latest = until == kNever ? Time{} + kLongest : until;
  for (const Order& order : orders) {
    if (session.timeline().now() >= until) break;
    session.type(order.device, order.line);
    const bool done = session.runUntilIdle(order.device, latest, kMostEvents);
    printTerminals(session, printed);
    if (!done && until == kNever) {
      std::cerr << "hopwise-cli: '" << order.line << "' did not end within an hour of virtual time\n";
      result = kFailed;
      break;
    }
    if (session.lastExit(order.device).value_or(0) != 0) result = kFailed;
  }
  if (until != kNever && !session.runUntil(until, kMostEvents)) {
    std::cerr << "hopwise-cli: too many events\n";
    result = kFailed;
  }
  printTerminals(session, printed);
  if (arguments.explain) printExplanations(session, arguments.in());
  if (arguments.hash) std::cout << fmt::format("{:016x}\n", hashOf(session.timeline().world()));
  return std::max(result, exportAll(session, arguments, capture));
}

/// The session of the project that was named, or nothing after a message.
std::optional<Session> open(const Arguments& arguments) {
  const auto refused = [&](const project::ProjectError& error) {
    std::cerr << error.text(arguments.in());
    return std::nullopt;
  };
  auto loaded = project::loadFile(arguments.project);
  if (!loaded) return refused(loaded.error());
  if (loaded->runs())
    for (const project::Problem& warning : loaded->problems)
      std::cerr << project::sentence(warning, loaded->file, arguments.in()) << "\n";
  auto document = project::runnable(std::move(*loaded));
  if (!document) return refused(document.error());
  if (arguments.seed) document->seed = *arguments.seed;
  auto session = Session::open(std::move(*document));
  if (!session) return refused(session.error());
  return std::move(*session);
}

int run(const Arguments& arguments) {
  Time until = kNever;
  if (!arguments.until.empty()) {
    const auto duration = project::parseDuration(arguments.until);
    if (!duration) return refuse(fmt::format("--until {}: expected a duration such as 10s or 500ms", arguments.until));
    until = Time{} + *duration;
  }
  auto session = open(arguments);
  return session ? play(*session, arguments, until) : kUnusable;
}

}  // namespace

void addRunCommand(CLI::App& app, int& exitCode) {
  auto arguments = std::make_shared<Arguments>();
  CLI::App* command = app.add_subcommand("run", "Run a network without a window");
  command->add_option("project", arguments->project, "Project file, or folder of a lesson")->required();
  command->add_option("--until", arguments->until, "End of the run in virtual time, such as 10s");
  command->add_option("--seed", arguments->seed, "Seed of the random streams, instead of the project's");
  command->add_option("--do", arguments->commands, "DEVICE: COMMAND, one after the other")
      ->type_name("'DEVICE: COMMAND'")->allow_extra_args(false);
  command->add_option("--pcapng", arguments->pcapng, "Write what happened on the wires to FILE");
  command->add_option("--capture", arguments->capture, "Only this DEVICE:INTERFACE (may be repeated)")
      ->allow_extra_args(false);
  command->add_option("--json", arguments->json, "Write events, decisions and frames to FILE");
  command->add_option("--save-session", arguments->saveSession, "Write the session to FILE, for `diff`");
  command->add_flag("--explain", arguments->explain, "Print every decision and its reason");
  command->add_flag("--hash", arguments->hash, "Print the hash of the last World");
  command->add_option("--lang", arguments->language, "Language of explanations")
      ->check(CLI::IsMember({"en", "zh_CN"}));
  command->callback([arguments, &exitCode] { exitCode = run(*arguments); });
}

}  // namespace hw::cli
