// What a session is made of, for its files: session.cpp has time and terminals, session_edit.cpp the
// document.
#pragma once

#include <functional>
#include <map>

#include "core/session/session.h"
#include "core/shell/job.h"

namespace hw {

/// So many steps can be undone.
inline constexpr std::size_t kMaxUndo = 500;

/// The job of a device's terminal from some moment on; nothing when it was done.
struct JobAt {
  std::uint64_t events = 0;
  DeviceId device;
  std::optional<shell::Job> job;
};

struct Shown {
  DeviceId device;
  TerminalEntry entry;
};

/// A step of the document's history.
struct Done {
  project::Change change;
  std::string en;
  std::string zh;
  const std::string& title(Language language) const { return language == Language::Chinese ? zh : en; }
};

struct Session::Impl {
  using DraftPtr = std::shared_ptr<const project::Draft>;

  Timeline timeline;
  lens::BeatMap beats;
  std::vector<TypedLine> typed;
  std::vector<Shown> shown;          ///< of all terminals, in order
  std::map<DeviceId, shell::Job> jobs;
  std::vector<JobAt> jobHistory;     ///< so that a branch finds its jobs as they were
  std::size_t heard = 0;             ///< console entries that jobs and terminals know

  DraftPtr draft;
  std::vector<project::Finding> findings;
  std::vector<Standing> standings;   ///< by moment; the first is the World of time 0
  std::vector<RecordedEdit> edits;
  std::vector<Done> done;
  std::vector<Done> undone;
  std::uint64_t builds = 0;
  std::uint64_t revision = 0;
  std::uint64_t startEvents = 0;     ///< the moment after the start lines of the document
  bool adopts = false;               ///< configuration that is typed belongs to the document

  Impl(DraftPtr d, World world);
  void start();

  void show(DeviceId device, TerminalEntry::Kind kind, std::string text, int exitCode = 0) {
    if (kind == TerminalEntry::Kind::Output && text.empty()) return;
    shown.push_back({device, {kind, std::move(text), exitCode, timeline.world().events, timeline.now()}});
  }
  void remember(DeviceId device, std::optional<shell::Job> job) {
    jobHistory.push_back({timeline.world().events, device, std::move(job)});
  }

  // session.cpp
  void type(DeviceId device, const std::string& line);
  void hear();
  void advance(DeviceId device);
  void carryOn(DeviceId device);
  void forgetFuture();
  bool step(Time until);

  // session_edit.cpp
  bool runs() const;
  bool atBeginning() const;
  const Standing& standing() const;
  void give(const std::vector<Input>& inputs, DeviceId prompt, const std::string& line);
  void adopt(const DeviceCommand& command, const Cow<DeviceConfig>& before, DeviceId prompt, const std::string& line);
  void keepLine(DeviceId prompt, std::string line);
  void writeInto(project::NodeKey key, const std::function<void(project::Node&)>& write);
  std::optional<project::NodeKey> nodeOf(DeviceId device) const;
  void rememberChange(const project::Draft& before, const Done& title);
  void setDraft(project::Draft next);
  std::optional<DeviceId> catchUp(DeviceId device);
  void reconcile();
  void rebuild();
  void change();
};

}  // namespace hw
