#include "core/lesson/probe.h"

#include "core/lesson/limits.h"
#include "core/sim/simulator.h"

namespace hw::lesson {
namespace {

/// The exit code of a program among what was printed since, if it has ended.
std::optional<int> exitCodeOf(const std::vector<ConsoleEntry>& console, DeviceId device, ProcessId process) {
  for (const ConsoleEntry& entry : console) {
    if (entry.device != device || entry.process != process) continue;
    if (const int* code = std::get_if<int>(&entry.what)) return *code;
  }
  return std::nullopt;
}

}  // namespace

bool pingIsAnswered(World world, DeviceId from, Ipv4Address to) {
  process::Ping ping;
  ping.options.target = to.text();
  ping.options.address = to;
  ping.options.count = 1;
  ping.options.quiet = true;
  ping.options.linger = kMaxProbeTime;
  const ProcessId process{world.device(from).state().nextProcess};
  const Time end = world.now + kMaxProbeTime;
  Simulator simulator;
  std::vector<ConsoleEntry> console;
  Sinks sinks;
  sinks.console = &console;
  simulator.apply(world, world.now, DeviceCommand{from, StartProcess{ping}}, sinks);
  for (std::uint64_t i = 0; i < kMaxProbeEvents; ++i) {
    if (const auto code = exitCodeOf(console, from, process)) return *code == 0;
    console.clear();
    if (!simulator.step(world, end, sinks)) break;
  }
  const auto code = exitCodeOf(console, from, process);
  return code && *code == 0;
}

}  // namespace hw::lesson
