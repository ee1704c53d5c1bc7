#include <algorithm>

#include "core/project/adopt.h"
#include "core/project/build.h"
#include "core/session/session_impl.h"

namespace hw {
namespace {

bool isError(const project::Finding& one) { return severityOf(one.problem) == project::Severity::Error; }

bool hasErrors(const std::vector<project::Finding>& findings) {
  return std::any_of(findings.begin(), findings.end(), isError);
}

}  // namespace

Session::Impl::Impl(DraftPtr d, World world) : timeline(std::move(world)), draft(std::move(d)) {
  findings = project::check(draft->document);
  if (runs()) standings.push_back({0, draft, project::placesOf(*draft)});
  else standings.push_back({0, std::make_shared<project::Draft>(), {}});
}

/// Types the start lines of the document; what they configure is theirs, not the document's.
void Session::Impl::start() {
  const auto& nodes = standings.front().draft->document.nodes;
  for (std::uint32_t i = 0; i < nodes.size(); ++i)
    for (const std::string& line : nodes[i].start) type(DeviceId{i}, line);
  startEvents = timeline.world().events;
  adopts = true;
}

Session Session::draw(project::Document document) {
  auto world = project::buildWorld(document);
  World empty = makeWorld({}, {}, document.seed);
  return Session(std::make_shared<project::Draft>(project::draftOf(std::move(document))),
                 world ? std::move(*world) : std::move(empty));
}

const project::Document& Session::document() const { return m->draft->document; }
const std::shared_ptr<const project::Draft>& Session::draft() const { return m->draft; }
const Standing& Session::standing() const { return m->standing(); }
const project::Draft& Session::initialDraft() const { return *m->standings.front().draft; }
const std::vector<RecordedEdit>& Session::recordedEdits() const { return m->edits; }
std::uint64_t Session::builds() const { return m->builds; }
const std::vector<project::Finding>& Session::findings() const { return m->findings; }
bool Session::runs() const { return m->runs(); }
std::uint64_t Session::revision() const { return m->revision; }

bool Session::Impl::runs() const { return !hasErrors(findings); }

bool Session::Impl::atBeginning() const {
  return timeline.now() == Time{} && timeline.world().events <= startEvents;
}

const Standing& Session::Impl::standing() const {
  const auto later = [](std::uint64_t events, const Standing& one) { return events < one.events; };
  return *std::prev(std::upper_bound(standings.begin(), standings.end(), timeline.world().events, later));
}

namespace {

/// Whether an input configures something that the document has no node for: namespaces, and the pairs and cables between devices.
bool isBeyondNodes(const Input& input, const project::Places& places) {
  const auto* command = std::get_if<DeviceCommand>(&input);
  if (!command) return true;
  if (!std::holds_alternative<Reconfigure>(command->what) && !std::holds_alternative<EditNeighbour>(command->what)) return false;
  return std::none_of(places.devices.begin(), places.devices.end(),
                      [&](const auto& one) { return one.second == command->device; });
}

}  // namespace

/// Gives the inputs of a command to the World; configuration is written into the document too.
void Session::Impl::give(const std::vector<Input>& inputs, DeviceId prompt, const std::string& line) {
  const project::Places places = adopts ? standing().places : project::Places{};
  const bool asLine = std::any_of(inputs.begin(), inputs.end(), [&](const Input& one) { return isBeyondNodes(one, places); });
  for (const Input& input : inputs) {
    const auto* command = std::get_if<DeviceCommand>(&input);
    const Cow<DeviceConfig> before =
        command ? timeline.world().device(command->device).sharedConfig() : Cow<DeviceConfig>();
    timeline.input(input);
    if (command && adopts && !asLine) adopt(*command, before, prompt, line);
    hear();
  }
  if (asLine && adopts) keepLine(prompt, line);
}

/// Changes a device's node in the document. The World has it already: what it stands for changes along.
void Session::Impl::writeInto(project::NodeKey key, const std::function<void(project::Node&)>& write) {
  const Standing now = standing();
  project::Draft stands = *now.draft;
  if (project::Node* node = stands.node(key)) write(*node);
  project::Draft next = *draft;
  if (project::Node* node = next.node(key)) write(*node);
  const bool same = *now.draft == *draft;
  draft = std::make_shared<project::Draft>(std::move(next));
  findings = project::check(draft->document);
  standings.push_back({timeline.world().events, same ? draft : std::make_shared<project::Draft>(std::move(stands)),
                       now.places});
}

std::optional<project::NodeKey> Session::Impl::nodeOf(DeviceId device) const {
  for (const auto& [key, place] : standing().places.devices)
    if (place == device) return key;
  return std::nullopt;
}

/// Keeps a line that was typed as a start line: of the device, or of the machine if it is a namespace that has no node.
void Session::Impl::keepLine(DeviceId prompt, std::string line) {
  const auto& space = timeline.world().device(prompt).config().space;
  auto node = nodeOf(prompt);
  if (!node && space) {
    node = nodeOf(space->machine);
    line = "ip netns exec " + shell::quoted(space->name) + " sh -c " + shell::quoted(line);
  }
  if (node) writeInto(*node, [&](project::Node& one) { one.start.push_back(line); });
}

void Session::Impl::adopt(const DeviceCommand& command, const Cow<DeviceConfig>& before, DeviceId prompt, const std::string& line) {
  const auto* edit = std::get_if<EditNeighbour>(&command.what);
  if (!edit && !std::holds_alternative<Reconfigure>(command.what)) return;
  const auto key = nodeOf(command.device);
  if (!key) return;
  const DeviceConfig& after = timeline.world().device(command.device).config();
  const project::Node* drawn = draft->node(*key);
  if (!drawn) return;
  const auto own = project::ownInterfaces(draft->document, *drawn);
  const bool hasKeys = edit ? !edit->port.valid() || own.contains(after.at(edit->port).name) : project::hasKeysFor(*before, after, own);
  if (!hasKeys) return keepLine(prompt, line);
  writeInto(*key, [&](project::Node& node) {
    node = edit ? project::adopted(std::move(node), after, *edit) : project::adopted(std::move(node), *before, after);
  });
}

void Session::Impl::rememberChange(const project::Draft& before, const Done& title) {
  project::Change change = project::changeBetween(before, *draft);
  if (change.empty()) return;
  ++revision;
  undone.clear();
  done.push_back(title);
  done.back().change = std::move(change);
  if (done.size() > kMaxUndo) done.erase(done.begin());
}

void Session::Impl::setDraft(project::Draft next) {
  draft = std::make_shared<project::Draft>(std::move(next));
  findings = project::check(draft->document);
  ++revision;
  reconcile();
}

/// Before something is typed: in the past this is another future, in which the network is as drawn.
/// The device may have another id then, or none.
std::optional<DeviceId> Session::Impl::catchUp(DeviceId device) {
  if (timeline.atEnd()) return device;
  const Standing before = standing();
  forgetFuture();
  reconcile();
  const Standing after = standing();
  for (const auto& [key, place] : before.places.devices)
    if (place == device)
      if (const auto now = after.places.devices.find(key);
          now != after.places.devices.end() && timeline.world().isPresent(now->second))
        return now->second;
  return std::nullopt;
}

/// Brings the World to the draft, if that can run.
void Session::Impl::reconcile() {
  if (!runs()) return;
  const Standing now = standing();
  if (project::sameNetwork(*now.draft, *draft)) {
    if (!project::sameNetwork(*standings.back().draft, *draft)) forgetFuture();
    for (Standing& one : standings)
      if (one.events == now.events) one.draft = draft;
  } else if (atBeginning()) {
    rebuild();
  } else {
    change();
  }
}

/// At time 0: a new World, with ids as if the document had just been opened.
void Session::Impl::rebuild() {
  auto world = project::buildWorld(draft->document);
  HW_CHECK(world);
  Impl fresh(draft, std::move(*world));
  fresh.start();
  fresh.done = std::move(done);
  fresh.undone = std::move(undone);
  fresh.builds = builds + 1;
  fresh.revision = revision;
  *this = std::move(fresh);
}

/// Later: inputs at the displayed moment.
void Session::Impl::change() {
  forgetFuture();
  const Standing now = standing();
  edits.push_back({timeline.world().events, timeline.now(), typed.size(), draft});
  project::Places places = now.places;
  for (const Input& input : project::inputsTowards(*draft, *now.draft, timeline.world(), places)) {
    if (const auto* gone = std::get_if<RemoveDevice>(&input); gone && jobs.erase(gone->device) > 0)
      remember(gone->device, std::nullopt);
    timeline.input(input);
    hear();
  }
  standings.push_back({timeline.world().events, draft, std::move(places)});
  beats.follow(timeline.journal());
}

Expected<void, project::Problem> Session::edit(const project::Edit& edit) {
  auto next = project::edited(*m->draft, edit);
  if (!next) return hw::unexpected(next.error());
  const Text title = project::titleOf(edit);
  const auto before = m->draft;
  if (project::changeBetween(*before, *next).empty()) return {};
  m->setDraft(std::move(*next));
  --m->revision;
  m->rememberChange(*before, {{}, std::string(title.en), std::string(title.zh)});
  return {};
}

void Session::undo() {
  if (m->done.empty()) return;
  Done step = std::move(m->done.back());
  m->done.pop_back();
  project::Draft next = *m->draft;
  project::apply(step.change.inverse(), next);
  m->undone.push_back(std::move(step));
  m->setDraft(std::move(next));
}

void Session::redo() {
  if (m->undone.empty()) return;
  Done step = std::move(m->undone.back());
  m->undone.pop_back();
  project::Draft next = *m->draft;
  project::apply(step.change, next);
  m->done.push_back(std::move(step));
  m->setDraft(std::move(next));
}

std::string Session::undoTitle(Language language) const {
  return m->done.empty() ? std::string() : m->done.back().title(language);
}
std::string Session::redoTitle(Language language) const {
  return m->undone.empty() ? std::string() : m->undone.back().title(language);
}

void Session::replay(const RecordedEdit& edit) {
  const project::Draft before = *m->draft;
  m->setDraft(*edit.draft);
  --m->revision;
  m->rememberChange(before, {{}, "edit", "编辑"});
}

}  // namespace hw
