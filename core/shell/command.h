// A command of a device's terminal: words in, text and inputs out. Commands only read the World; what
// they change they hand back as inputs.
#pragma once

#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "core/base/text.h"
#include "core/sim/simulator.h"

namespace hw::shell {

using Words = std::vector<std::string>;

/// One simple command as the line interpreter calls it; words[0] is the command's name.
struct Call {
  const World& world;
  DeviceId device;
  const Words& words;
  std::string_view input;  ///< what a pipe brings
  Time now = world.now;

  const Device& self() const { return world.device(device); }
  const DeviceConfig& config() const { return self().config(); }
};

struct CommandResult {
  std::string output;
  std::string errors;
  int exitCode = 0;
  std::vector<DeviceInput> inputs;          ///< to be applied to the device, in order
  std::optional<process::Program> program;  ///< to be started; the exit code is then its own
  std::vector<Input> changes;               ///< of other devices and of cables, to be applied in order
  std::optional<std::string> script;        ///< a line to be carried out; the exit code is then its own
  DeviceId device;                          ///< where inputs, program and script belong; none: where the command was given

  static CommandResult text(std::string output);
  static CommandResult failure(int exitCode, std::string errors);
  static CommandResult change(DeviceInput input);
  static CommandResult start(process::Program program);
};

struct Command {
  std::string_view name;
  std::string_view usage;  ///< one line
  Text summary;            ///< one sentence for a learner
  CommandResult (*run)(const Call& call);
  std::span<const std::string_view> words;  ///< what completion offers after the name
};

/// All commands, sorted by name: `help` and completion derive from it.
std::span<const Command> commands();
const Command* findCommand(std::string_view name);

/// The result of one simple command; `sh: foo: not found` and 127 if there is no such command.
CommandResult runCommand(const Call& call);

}  // namespace hw::shell
