#include "core/session/session_impl.h"

#include <algorithm>

#include "core/project/build.h"
#include "core/shell/complete.h"

namespace hw {

/// What programs printed since: to the job that waits for them, else straight to the terminal.
void Session::Impl::hear() {
  const auto& console = timeline.console();
  while (heard < console.size()) {
    const ConsoleEntry& entry = console[heard++];
    if (std::any_of(jobs.begin(), jobs.end(), [&](auto& one) { return one.second.hear(entry); })) continue;
    if (const auto* record = std::get_if<process::Record>(&entry.what))
      show(entry.device, TerminalEntry::Kind::Output, process::text(*record));
  }
}

/// Carries a terminal's line on as far as it goes without waiting. What it configures is one step of
/// the document's history.
void Session::Impl::advance(DeviceId device) {
  const DraftPtr before = draft;
  carryOn(device);
  if (draft == before) return;
  const auto line = std::find_if(shown.rbegin(), shown.rend(), [device](const Shown& one) {
    return one.device == device && one.entry.kind == TerminalEntry::Kind::Typed;
  });
  const std::string title = line == shown.rend() ? std::string() : line->entry.text;
  rememberChange(*before, {{}, title, title});
}

void Session::Impl::carryOn(DeviceId device) {
  for (;;) {
    const auto at = jobs.find(device);
    if (at == jobs.end()) return;
    const shell::JobNext next = at->second.next(timeline.world());
    show(device, TerminalEntry::Kind::Output, at->second.takeOutput());
    give(next.inputs, device, at->second.lastCommand());
    show(device, TerminalEntry::Kind::Output, at->second.takeOutput());
    if (next.state == shell::JobNext::State::Running) continue;
    if (next.state == shell::JobNext::State::Done) {
      const int exitCode = at->second.exitCode();
      jobs.erase(at);
      remember(device, std::nullopt);
      return show(device, TerminalEntry::Kind::Ended, {}, exitCode);
    }
    return remember(device, at->second);
  }
}

/// Before an input in the past: what was typed, printed and begun after this moment never was.
void Session::Impl::forgetFuture() {
  if (timeline.atEnd()) return;
  const std::uint64_t events = timeline.world().events;
  beats.cut(events);
  const auto later = [events](const auto& one) { return one.events > events; };
  std::erase_if(typed, later);
  std::erase_if(jobHistory, later);
  std::erase_if(shown, [&](const Shown& one) { return later(one.entry); });
  std::erase_if(standings, [events](const Standing& one) { return one.events > events; });
  std::erase_if(edits, [events](const RecordedEdit& one) { return one.events >= events; });
  heard = static_cast<std::size_t>(std::count_if(
      timeline.console().begin(), timeline.console().end(),
      [events](const ConsoleEntry& one) { return one.event < events; }));
  jobs.clear();
  for (const JobAt& one : jobHistory) {
    if (one.job) jobs.insert_or_assign(one.device, *one.job);
    else jobs.erase(one.device);
  }
}

bool Session::Impl::step(Time until) {
  const bool fresh = timeline.atEnd();
  if (!timeline.step(until)) return false;
  if (!fresh) return true;
  hear();
  std::vector<DeviceId> waiting;
  for (const auto& [device, job] : jobs) waiting.push_back(device);
  for (const DeviceId device : waiting) advance(device);
  return true;
}

Session::Session(std::shared_ptr<const project::Draft> draft, World world)
    : m(std::make_unique<Impl>(std::move(draft), std::move(world))) {
  m->start();
}
Session::~Session() = default;
Session::Session(Session&&) noexcept = default;
Session& Session::operator=(Session&&) noexcept = default;

Expected<Session, project::ProjectError> Session::open(project::Document document) {
  auto world = project::buildWorld(document);
  if (!world) return unexpected(std::move(world.error()));
  return Session(std::make_shared<project::Draft>(project::draftOf(std::move(document))), std::move(*world));
}

const Timeline& Session::timeline() const { return m->timeline; }
const lens::BeatMap& Session::beats() const { return m->beats; }
const std::vector<TypedLine>& Session::typed() const { return m->typed; }
std::size_t Session::beat() const { return m->beats.shown(m->timeline.world().events); }
bool Session::busy() const { return !m->jobs.empty(); }

bool Session::stepForward() {
  const std::size_t beat = this->beat();
  if (!m->timeline.atEnd() && beat < m->beats.size()) {
    m->timeline.seek(m->beats.endOf(beat));
    return true;
  }
  if (!m->step(kNever)) return false;
  m->beats.follow(m->timeline.journal());
  // More events belong to this beat as long as no further beat has begun; the one that shows it has
  // is known then, and seen again later.
  const Time last = m->timeline.now() + lens::kSimultaneous;
  while (m->beats.size() <= beat + 1 && m->step(last)) m->beats.follow(m->timeline.journal());
  m->timeline.seek(m->beats.endOf(beat));
  return true;
}

bool Session::stepBack() {
  const std::size_t beat = this->beat();
  if (beat == 0) return false;
  seekBeat(beat - 1);
  return true;
}

void Session::seekBeat(std::size_t beat) {
  beat = std::min(beat, m->beats.size());
  m->timeline.seek(beat == 0 ? 0 : m->beats.endOf(beat - 1));
}

bool Session::runUntil(Time until, std::uint64_t maxEvents) {
  bool reached = false;
  for (std::uint64_t i = 0; i < maxEvents && !reached; ++i) reached = !m->step(until);
  m->beats.follow(m->timeline.journal());
  return reached;
}

bool Session::runUntilIdle(DeviceId device, Time until, std::uint64_t maxEvents) {
  for (std::uint64_t i = 0; i < maxEvents && m->jobs.contains(device); ++i)
    if (!m->step(until)) break;
  m->beats.follow(m->timeline.journal());
  return !m->jobs.contains(device);
}

void Session::type(DeviceId device, const std::string& line) {
  if (const auto target = m->catchUp(device)) m->type(*target, line);
}

void Session::Impl::type(DeviceId device, const std::string& line) {
  typed.push_back({timeline.world().events, timeline.now(), timeline.world().device(device).config().name, line});
  show(device, TerminalEntry::Kind::Typed, line);
  jobs.insert_or_assign(device, shell::Job(device, line));
  advance(device);
  beats.follow(timeline.journal());
}

void Session::interrupt(DeviceId wanted) {
  const auto found = m->catchUp(wanted);
  if (!found) return;
  const DeviceId device = *found;
  const auto job = m->jobs.find(device);
  if (job == m->jobs.end()) return;
  m->typed.push_back({m->timeline.world().events, m->timeline.now(),
                      m->timeline.world().device(device).config().name, std::string(kInterrupt)});
  m->show(device, TerminalEntry::Kind::Output, "^C\n");
  if (const auto program = job->second.foreground()) {
    m->timeline.input(DeviceCommand{program->device, SignalProcess{program->process, process::Signal::Interrupt}});
    m->hear();
    m->advance(device);
  }
  m->beats.follow(m->timeline.journal());
}

std::vector<TerminalEntry> Session::terminal(DeviceId device) const {
  std::vector<TerminalEntry> entries;
  for (const Shown& one : m->shown)
    if (one.device == device && one.entry.events <= m->timeline.world().events)
      entries.push_back(one.entry);
  return entries;
}

std::optional<int> Session::lastExit(DeviceId device) const {
  if (m->jobs.contains(device)) return std::nullopt;
  for (auto one = m->shown.rbegin(); one != m->shown.rend(); ++one)
    if (one->device == device && one->entry.kind == TerminalEntry::Kind::Ended)
      return one->entry.exitCode;
  return std::nullopt;
}

std::vector<std::string> Session::complete(DeviceId device, const std::string& line,
                                           std::size_t cursor) const {
  return shell::complete(m->timeline.world(), device, line, cursor);
}

}  // namespace hw
