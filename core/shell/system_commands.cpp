// What a terminal knows besides networks: echo, sleep, kill, ps, help ...
#include <fmt/format.h>

#include "core/shell/families.h"
#include "core/shell/namespaces.h"
#include "core/shell/options.h"
#include "core/sim/process_id.h"

namespace hw::shell {

CommandResult echo(const Call& call) {
  std::string text;
  const bool noNewline = call.words.size() > 1 && call.words[1] == "-n";
  for (std::size_t i = noNewline ? 2 : 1; i < call.words.size(); ++i) {
    if (!text.empty() || i > (noNewline ? 2u : 1u)) text.push_back(' ');
    text += call.words[i];
  }
  return CommandResult::text(noNewline ? text : text + "\n");
}

/// A line of its own, as another device may be given: `ip netns exec blue sh -c '...'`.
CommandResult shell(const Call& call) {
  if (call.words.size() < 3 || call.words[1] != "-c") return CommandResult::failure(2, "usage: sh -c LINE\n");
  CommandResult result;
  result.script = call.words[2];
  return result;
}

CommandResult succeed(const Call&) { return {}; }

CommandResult fail(const Call&) { return CommandResult::failure(1, ""); }

CommandResult seq(const Call& call) {
  constexpr std::uint64_t kMost = 1000;
  if (call.words.size() < 2 || call.words.size() > 3)
    return CommandResult::failure(1, "usage: seq [FIRST] LAST\n");
  const auto first = call.words.size() == 3 ? parseNumber(call.words[1]) : 1;
  const auto last = parseNumber(call.words.back());
  if (!first || !last || (*last > *first && *last - *first >= kMost))
    return CommandResult::failure(1, "seq: numbers from 0, at most 1000 of them\n");
  std::string text;
  for (std::uint64_t i = *first; i <= *last; ++i) text += std::to_string(i) + "\n";
  return CommandResult::text(text);
}

CommandResult sleep(const Call& call) {
  if (call.words.size() < 2)
    return CommandResult::failure(1, "sleep: missing operand\nTry 'sleep --help' for more information.\n");
  const auto span = parseSeconds(call.words[1]);
  if (!span)
    return CommandResult::failure(1, fmt::format("sleep: invalid time interval '{}'\nTry 'sleep --help' for more information.\n",
                                                 call.words[1]));
  process::Sleep program;
  program.span = *span;
  return CommandResult::start(program);
}

namespace {

process::Signal signalNamed(std::string_view word) {
  return word == "-2" || word == "-INT" || word == "-SIGINT" ? process::Signal::Interrupt
                                                             : process::Signal::Terminate;
}

}  // namespace

/// A program of this machine, in whatever namespace, that runs under this number.
static Child childOf(const Call& call, std::uint64_t pid) {
  const Child child = processOf(machineOf(call.world, call.device), pid);
  if (!child.device.valid() || !call.world.isPresent(child.device) ||
      machineOf(call.world, child.device) != machineOf(call.world, call.device))
    return {};
  for (const process::Process& one : call.world.device(child.device).state().processes)
    if (one.id == child.process) return child;
  return {};
}

CommandResult kill(const Call& call) {
  CommandResult result;
  process::Signal signal = process::Signal::Terminate;
  std::size_t first = 1;
  if (call.words.size() > 1 && call.words[1].size() > 1 && call.words[1][0] == '-') {
    signal = signalNamed(call.words[1]);
    first = 2;
  }
  if (call.words.size() <= first)
    return CommandResult::failure(2, "kill: usage: kill [-s sigspec | -n signum | -sigspec] pid\n");
  for (std::size_t i = first; i < call.words.size(); ++i) {
    const auto pid = parseNumber(call.words[i]);
    const Child child = pid ? childOf(call, *pid) : Child{};
    const bool known = child.process.valid();
    if (!pid) result.errors += fmt::format("sh: kill: Illegal number: {}\n", call.words[i]);
    else if (!known) result.errors += fmt::format("sh: kill: ({}) - No such process\n", *pid);
    else result.changes.emplace_back(DeviceCommand{child.device, SignalProcess{child.process, signal}});
    if (!pid || !known) result.exitCode = 1;
  }
  return result;
}

CommandResult ps(const Call& call) {
  std::string text = "    PID CMD\n";
  for (std::uint32_t i = 0; i < call.world.devices.size(); ++i) {
    const DeviceId device{i};
    if (!call.world.isPresent(device) || machineOf(call.world, device) != machineOf(call.world, call.device)) continue;
    for (const process::Process& one : call.world.device(device).state().processes)
      text += fmt::format("{:7} {}\n", pidOf(call.world, {device, one.id}), process::name(one.program));
  }
  return CommandResult::text(std::move(text));
}

CommandResult hostname(const Call& call) {
  return CommandResult::text(call.world.device(machineOf(call.world, call.device)).config().name + "\n");
}

CommandResult help(const Call& call) {
  std::string text;
  if (call.words.size() < 2) {
    for (const Command& one : commands())
      text += fmt::format("{:<12} {}\n{:<12} {}\n", one.name, one.summary.en, "", one.summary.zh);
    return CommandResult::text(std::move(text));
  }
  const Command* one = findCommand(call.words[1]);
  if (!one) return CommandResult::failure(1, "help: no command " + call.words[1] + "\n");
  return CommandResult::text(fmt::format("{}\n{}\n{}\n", one->usage, one->summary.en, one->summary.zh));
}

}  // namespace hw::shell
