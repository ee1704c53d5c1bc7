// One running document: its timeline, its terminals, time in beats. What the command line and the
// window talk to. Plain calls on one thread; the window reaches it through its SessionPort.
#pragma once

#include <memory>
#include <string>
#include <vector>

#include "core/lens/beats.h"
#include "core/lens/cards.h"
#include "core/lens/packets.h"
#include "core/project/document.h"
#include "core/project/problem.h"
#include "core/sim/timeline.h"

namespace hw {

struct TerminalEntry {
  enum class Kind : std::uint8_t { Typed, Output, Ended } kind = Kind::Output;
  std::string text;       ///< what was typed, or what was printed (with its newlines)
  int exitCode = 0;       ///< of Ended
  std::uint64_t events = 0;  ///< how many events had happened
  Time time;
};

/// A line typed at a device's prompt; a session is its document and these.
struct TypedLine {
  std::uint64_t events = 0;
  Time time;
  std::string device;
  std::string line;
};

/// The line that stands in a session file for Ctrl+C.
inline constexpr std::string_view kInterrupt = "^C";

class Session {
 public:
  /// The session of a document, with its start lines typed at time 0; or what is wrong with it.
  static Expected<Session, project::ProjectError> open(project::Document document);
  ~Session();
  Session(Session&&) noexcept;
  Session& operator=(Session&&) noexcept;

  const project::Document& document() const;
  const Timeline& timeline() const;
  const lens::BeatMap& beats() const;
  const std::vector<TypedLine>& typed() const;

  // Time. `beat` is how many beats have been shown; 0 is the beginning.
  std::size_t beat() const;
  /// Shows the next beat, made on demand; false if nothing will ever happen (idle timers included).
  bool stepForward();
  bool stepBack();
  void seekBeat(std::size_t beat);
  /// Runs on in virtual time; result: whether `until` was reached within so many events.
  bool runUntil(Time until, std::uint64_t maxEvents = UINT64_MAX);
  /// Runs until the line typed at a device is done, at most so far; result: whether it is.
  bool runUntilIdle(DeviceId device, Time until, std::uint64_t maxEvents = UINT64_MAX);
  /// True while a program started in the foreground of some terminal still runs.
  bool busy() const;

  // Terminals.
  /// Types a line at a device's prompt at the displayed moment. In the past this makes another future.
  void type(DeviceId device, const std::string& line);
  /// Ends the foreground program of a terminal (Ctrl+C).
  void interrupt(DeviceId device);
  /// What the terminal shows at the displayed moment.
  std::vector<TerminalEntry> terminal(DeviceId device) const;
  /// Exit code of the last line typed at a device, or nothing while it runs.
  std::optional<int> lastExit(DeviceId device) const;
  std::vector<std::string> complete(DeviceId device, const std::string& line, std::size_t cursor) const;

 private:
  Session(project::Document document, World world);
  struct Impl;
  std::unique_ptr<Impl> m;
};

}  // namespace hw
