// A line that is being carried out at a device's prompt. A value: the session (or a scenario's player)
// advances it, applies what it wants done, and goes on when the program that it waits for has ended.
//
//   Job job(device, line);
//   for (;;) {
//     JobNext next = job.next(timeline.world());
//     terminal += job.takeOutput();
//     for (const Input& input : next.inputs) timeline.input(input);   // console entries go to job.hear()
//     if (next.state == JobNext::State::Done) break;
//     if (next.state == JobNext::State::Waiting) timeline.step();
//   }
#pragma once

#include <map>

#include "core/shell/command.h"
#include "core/shell/script.h"

namespace hw::shell {

struct JobNext {
  enum class State : std::uint8_t {
    Running,  ///< apply the inputs and ask again
    Waiting,  ///< a program has to end first
    Done,     ///< apply the inputs; nothing more to come
  } state = State::Done;
  std::vector<Input> inputs;  ///< to be applied now, in order
};

class Job {
 public:
  Job() = default;
  Job(DeviceId device, std::string_view line);

  /// What is to be done in this World. O(commands) up to the next one that changes something.
  JobNext next(const World& world);
  /// Takes what the program in the foreground printed, or that it ended. False if the entry belongs
  /// to another program: one in the background, of another device ...
  bool hear(const ConsoleEntry& entry);

  /// What was printed since the last call.
  std::string takeOutput();
  /// The exit code so far; of the whole line when it is done.
  int exitCode() const { return m_status; }
  /// The program in the foreground, if it is waited for.
  std::optional<ProcessId> foreground() const { return m_foreground; }
  /// Programs that this line left running in the background.
  const std::vector<ProcessId>& background() const { return m_background; }
  /// Commands of the line that do not exist.
  const std::vector<std::string>& unknown() const { return m_unknown; }
  /// The simple command that gave the last inputs, as one could type it.
  const std::string& lastCommand() const { return m_lastCommand; }
  DeviceId device() const { return m_device; }
  /// True if the output of that program goes nowhere (`>/dev/null &`).
  bool isSilent(ProcessId process) const;

 private:
  struct Loop {
    std::size_t step = 0;
    Words words;
    std::size_t next = 0;
  };

  bool step(const World& world, JobNext& out);
  bool run(const World& world, const Step& step, JobNext& out);
  void start(const World& world, const Step& step, process::Program program, JobNext& out);
  bool runBuiltin(const Words& words);
  void loop(const Step& step);
  void endCapture(const Step& step);
  Words expand(const std::vector<WordPattern>& patterns) const;
  std::string valueOf(const Piece& piece) const;
  void print(Stream to, std::string_view text);
  void finish(int exitCode);

  DeviceId m_device;
  Script m_script;
  std::size_t m_at = 0;
  int m_status = 0;
  std::map<std::string, std::string, std::less<>> m_variables;
  std::vector<std::string> m_slots;
  std::vector<Loop> m_loops;
  std::vector<std::string> m_captures;
  std::string m_input;
  std::string m_output;
  Streams m_streams;  ///< of the program in the foreground
  std::optional<ProcessId> m_foreground;
  std::vector<ProcessId> m_background;
  std::vector<ProcessId> m_silent;
  std::vector<std::string> m_unknown;
  std::string m_lastCommand;
};

}  // namespace hw::shell
