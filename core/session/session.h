// One running document: its timeline, its terminals, time in beats. What the command line and the
// window talk to. Plain calls on one thread; the window reaches it through its SessionPort.
#pragma once

#include <memory>
#include <string>
#include <vector>

#include "core/lens/beats.h"
#include "core/lens/cards.h"
#include "core/lens/packets.h"
#include "core/project/check.h"
#include "core/project/edit.h"
#include "core/project/live.h"
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

/// A moment at which the document was edited while the network ran.
struct RecordedEdit {
  std::uint64_t events = 0;
  Time time;
  std::size_t typedBefore = 0;  ///< how many lines had been typed
  std::shared_ptr<const project::Draft> draft;
};

/// The draft that a World stands for, and which device is which node.
struct Standing {
  std::uint64_t events = 0;  ///< in force from the moment after so many events
  std::shared_ptr<const project::Draft> draft;
  project::Places places;
};

/// The line that stands in a session file for Ctrl+C.
inline constexpr std::string_view kInterrupt = "^C";

class Session {
 public:
  /// The session of a document, with its start lines typed at time 0; or what is wrong with it.
  static Expected<Session, project::ProjectError> open(project::Document document);
  /// The same for a document that may be unfinished: while it has errors the network is empty.
  static Session draw(project::Document document);
  ~Session();
  Session(Session&&) noexcept;
  Session& operator=(Session&&) noexcept;

  /// The document that is edited and saved. There is one, whatever moment is displayed.
  const project::Document& document() const;
  const std::shared_ptr<const project::Draft>& draft() const;
  /// What the World of the displayed moment stands for: older than draft() after going back in time,
  /// or while the draft has errors.
  const Standing& standing() const;
  /// The document from which the World of time 0 was built.
  const project::Document& initialDocument() const { return initialDraft().document; }
  const project::Draft& initialDraft() const;
  const std::vector<RecordedEdit>& recordedEdits() const;
  /// Another number: the World was built anew, ids of devices mean others.
  std::uint64_t builds() const;
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

  // Editing. At the beginning the World is built anew; later the edit is an input at the displayed
  // moment, in the past it makes another future. While the draft has errors the World stays as it is.
  Expected<void, project::Problem> edit(const project::Edit& edit);
  /// Undo is the inverse edit, at the displayed moment: time never moves back by it.
  void undo();
  void redo();
  /// What undo() and redo() would take back or do again; empty: nothing.
  std::string undoTitle(Language language) const;
  std::string redoTitle(Language language) const;
  /// What is wrong with the draft, warnings included.
  const std::vector<project::Finding>& findings() const;
  bool runs() const;
  /// Counts the changes of the document; undo counts too.
  std::uint64_t revision() const;
  /// Another draft of the same network, as recordedEdits() has it.
  void replay(const RecordedEdit& edit);

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
  Session(std::shared_ptr<const project::Draft> draft, World world);
  struct Impl;
  std::unique_ptr<Impl> m;
};

}  // namespace hw
