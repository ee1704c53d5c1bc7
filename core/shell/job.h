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
#include "core/sim/process_id.h"
#include "core/shell/script.h"

namespace hw::shell {

/// A word as one has to type it.
std::string quoted(const std::string& word);

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
  std::optional<Child> foreground() const { return m_foreground; }
  /// Whether this line left the program that printed something running in the background.
  bool isInBackground(const ConsoleEntry& entry) const;
  /// Commands of the line that do not exist.
  const std::vector<std::string>& unknown() const { return m_unknown; }
  /// The simple command that gave the last inputs, as one could type it.
  const std::string& lastCommand() const { return m_lastCommand; }
  /// The device at whose prompt the line was typed.
  DeviceId device() const { return m_device; }
  /// True if the output of that program goes nowhere (`>/dev/null &`).
  bool isSilent(const ConsoleEntry& entry) const;

 private:
  struct Loop {
    std::size_t step = 0;
    Words words;
    std::size_t next = 0;
  };

  bool step(const World& world, JobNext& out);
  bool run(const World& world, const Step& step, JobNext& out);
  struct Place {
    DeviceId device;
    Streams streams;
  };
  void start(const World& world, Place where, bool background, CommandResult& result, JobNext& out);
  void enter(std::string_view line, Place where);
  void leave();
  bool runBuiltin(const Words& words);
  void loop(const Step& step);
  void endCapture(const Step& step);
  Words expand(const std::vector<WordPattern>& patterns) const;
  std::string valueOf(const Piece& piece) const;
  void print(Stream to, std::string_view text);
  void finish(int exitCode);

  /// A line within the line that is being carried out, and where to go on behind it.
  struct Inner {
    std::size_t back = 0;
    std::size_t first = 0;  ///< of its steps, which stand behind all others
    DeviceId device;        ///< that of the line around it
    std::size_t loops = 0;
    std::size_t captures = 0;
  };

  DeviceId m_device;
  DeviceId m_here;  ///< where commands run now
  std::vector<Inner> m_inner;
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
  std::optional<Child> m_foreground;
  std::vector<Child> m_background;
  std::vector<Child> m_silent;
  std::vector<std::string> m_unknown;
  std::string m_lastCommand;
};

}  // namespace hw::shell
