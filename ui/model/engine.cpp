#include "ui/model/engine.h"

#include <atomic>
#include <map>

#include "core/base/check.h"
#include "core/project/file.h"
#include "ui/model/follow.h"
#include "ui/model/packet_rows.h"
#include "ui/model/snapshot_maker.h"

namespace hw::model {

/// A script that goes on longer than this is not watched by anybody.
constexpr std::size_t kMaxScriptBeats = 200'000;

/// Networks opened by this program: no two snapshots of different ones have the same number.
std::atomic<std::uint64_t> networks{0};

struct Engine::Impl {
  std::optional<Session> session;
  std::uint64_t builds = 0;
  std::uint64_t network = 0;
  Looking looking;
  bool follow = true;
  std::map<std::size_t, TransmissionId> trail;  ///< what was looked at, by beat
  PacketRows rows;
  lens::ConversationMap conversations;
  std::vector<lesson::Watch> watches;
  std::vector<project::NodeKey> freshNodes;
  std::vector<project::NoteKey> freshNotes;
  Answer answer;
  bool ended = false;

  void operator()(const OpenProject& request);
  void operator()(const NewProject&) { begin(Session::draw({})); }
  void operator()(const EditNetwork& request);
  void operator()(const Undo&);
  void operator()(const Redo&);
  void operator()(const StepForward&) { ended = !forward(); }
  void operator()(const StepBack&);
  void operator()(const SeekBeat& request);
  void operator()(const PlayScript& request);
  void operator()(const TypeLine& request);
  void operator()(const InterruptProgram& request);
  void operator()(const CompleteLine& request);
  void operator()(const SelectDevice& request) {
    check(request.device);
    looking.node = keyOf(request.device);
  }
  void operator()(const SelectPacket& request);
  void operator()(const ShowTerminal& request) {
    check(request.device);
    looking.terminalNode = keyOf(request.device);
  }
  void operator()(const FollowPacket& request) { follow = request.follow; }
  void operator()(const ShowDomains& request) { looking.domains = request.kind; }
  void operator()(const WatchConversations& request) { looking.conversations = request.wanted; }
  void operator()(const ChooseConversation& request) {
    looking.conversation = request.shown;
    looking.beside = request.beside;
  }
  void operator()(const SetLanguage& request) { looking.language = request.language; }
  void operator()(const WatchLesson& request) { watches = request.watches; }

  /// Ids come from snapshots of this session; any other is a mistake of ours.
  void check(DeviceId device) const {
    HW_CHECK(!session || device.value < session->timeline().world().devices.size());
  }
  void begin(Session fresh);
  template <class What> void change(What&& what);
  void firstHost();
  project::NodeKey keyOf(DeviceId device) const;
  DeviceId deviceOf(project::NodeKey key) const;
  bool forward();
  void lookOn();
  void lookBack();
  bool runCommand(const PlayScript& script, const PlayScript::Command& command);
  bool beatReached(const PlayScript& script) const;
  bool reached(const PlayScript& script) const;
  SnapshotPtr snapshot();
};

void Engine::Impl::operator()(const OpenProject& request) {
  auto loaded = project::loadFile(request.path);
  if (!loaded) {
    answer.problem = loaded.error().text(looking.language);
    return;
  }
  begin(Session::draw(std::move(loaded->document)));
}

void Engine::Impl::begin(Session fresh) {
  session.emplace(std::move(fresh));
  network = ++networks;
  builds = session->builds();
  rows.clear();
  conversations = {};
  watches.clear();
  trail.clear();
  const Language language = looking.language;
  const bool wanted = looking.conversations;
  looking = {};
  looking.language = language;
  looking.conversations = wanted;
  for (const lens::NodeCard& node : lens::nodeCards(session->timeline().world())) {
    if (node.kind != lens::DeviceKind::Host) continue;
    looking.node = looking.terminalNode = keyOf(node.id);
    break;
  }
}

project::NodeKey Engine::Impl::keyOf(DeviceId device) const {
  if (!session || !device.valid()) return {};
  if (session->timeline().world().device(device).config().space) return model::spaceKey(device);
  for (const auto& [key, place] : session->standing().places.devices)
    if (place == device) return key;
  return {};
}

/// None if there is no such device at the displayed moment.
DeviceId Engine::Impl::deviceOf(project::NodeKey key) const {
  const World& world = session->timeline().world();
  DeviceId device = spaceOf(key);
  if (device.valid()) {
    const bool known = device.value < world.devices.size() && world.device(device).config().space;
    return known && world.isPresent(device) ? device : DeviceId{};
  }
  const auto& places = session->standing().places.devices;
  const auto place = places.find(key);
  const bool present = place != places.end() && world.isPresent(place->second);
  return present ? place->second : DeviceId{};
}

/// Changes the document; in the past or at the beginning the journal may begin anew.
template <class What> void Engine::Impl::change(What&& what) {
  if (!session) begin(Session::draw({}));
  const std::shared_ptr<const project::Draft> before = session->draft();
  const std::uint64_t known = session->timeline().known();
  what();
  const project::Change made = project::changeBetween(*before, *session->draft());
  for (const auto& one : made.nodes)
    if (!one.before) freshNodes.push_back(one.key);
  for (const auto& one : made.notes)
    if (!one.before) freshNotes.push_back(one.key);
  if (session->builds() != builds || session->timeline().known() != known) {
    trail.clear();
    if (session->timeline().known() < known || session->builds() != builds) rows.clear();
  }
  if (session->builds() != builds) {
    looking.packet = {};
    conversations = {};
  }
  builds = session->builds();
  const bool space = deviceOf(looking.terminalNode).valid() && spaceOf(looking.terminalNode).valid();
  if (!space && (!looking.terminalNode.valid() || !session->draft()->node(looking.terminalNode))) firstHost();
}

/// The terminal is that of the first device that has one.
void Engine::Impl::firstHost() {
  looking.terminalNode = {};
  for (const lens::NodeCard& node : lens::nodeCards(session->timeline().world()))
    if (node.present && node.kind == lens::DeviceKind::Host) {
      looking.terminalNode = keyOf(node.id);
      return;
    }
}

void Engine::Impl::operator()(const EditNetwork& request) {
  change([&] {
    const auto edited = session->edit(request.edit);
    if (!edited) answer.problem = project::message(edited.error(), looking.language);
  });
}
void Engine::Impl::operator()(const Undo&) {
  change([this] { session->undo(); });
}
void Engine::Impl::operator()(const Redo&) {
  change([this] { session->redo(); });
}

bool Engine::Impl::forward() {
  if (!session || !session->stepForward()) return false;
  lookOn();
  return true;
}

void Engine::Impl::lookOn() {
  if (follow) looking.packet = followed(*session, looking.packet);
  trail[session->beat()] = looking.packet;
}

/// Looks at what was looked at when this beat was shown before, if its packet is there already.
void Engine::Impl::lookBack() {
  if (!follow) return;
  const auto before = trail.find(session->beat());
  looking.packet = before != trail.end() ? before->second : followed(*session, {});
}

void Engine::Impl::operator()(const StepBack&) {
  if (session && session->stepBack()) lookBack();
}

void Engine::Impl::operator()(const SeekBeat& request) {
  if (!session) return;
  session->seekBeat(std::min(request.beat, session->beats().size()));
  lookBack();
}

void Engine::Impl::operator()(const TypeLine& request) {
  if (!session) return;
  check(request.device);
  session->type(request.device, request.line);
  trail.erase(trail.upper_bound(session->beat()), trail.end());
  lookOn();
}

void Engine::Impl::operator()(const InterruptProgram& request) {
  if (!session) return;
  session->interrupt(request.device);
  lookOn();
}

void Engine::Impl::operator()(const CompleteLine& request) {
  if (session) answer.completions = session->complete(request.device, request.line, request.cursor);
}

void Engine::Impl::operator()(const SelectPacket& request) {
  looking.packet = request.packet;
  if (!session) return;
  trail.clear();
  trail[session->beat()] = looking.packet;
}

bool Engine::Impl::beatReached(const PlayScript& script) const {
  return script.untilBeat && session->beat() >= *script.untilBeat;
}

bool Engine::Impl::reached(const PlayScript& script) const {
  return beatReached(script) || (script.untilTime && session->timeline().nextTime() > *script.untilTime);
}

/// False if the script ends with this command.
bool Engine::Impl::runCommand(const PlayScript& script, const PlayScript::Command& command) {
  const auto device = session->timeline().world().deviceNamed(command.device);
  if (!device) {
    answer.problem = command.device + (looking.language == Language::Chinese ? "：没有这个设备" : ": no such device");
    return false;
  }
  (*this)(TypeLine{*device, command.line});
  for (std::size_t i = 0; i < kMaxScriptBeats; ++i) {
    if (session->lastExit(*device)) return true;
    if (reached(script)) return false;
    if (!forward()) return false;
  }
  return false;
}

void Engine::Impl::operator()(const PlayScript& script) {
  if (!session) return;
  bool on = true;
  for (const PlayScript::Command& command : script.commands) {
    if (!on || beatReached(script)) break;
    if (const auto device = session->timeline().world().deviceNamed(command.device))
      looking.node = looking.terminalNode = keyOf(*device);
    on = runCommand(script, command);
  }
  if (!answer.problem.empty()) return;
  for (std::size_t i = 0; i < kMaxScriptBeats && (script.untilBeat || script.untilTime); ++i)
    if (reached(script) || !forward()) break;
  if (script.untilTime) session->runUntil(*script.untilTime);
}

SnapshotPtr Engine::Impl::snapshot() {
  if (!session) return nullptr;
  looking.device = deviceOf(looking.node);
  looking.terminal = deviceOf(looking.terminalNode);
  auto made = std::make_shared<Snapshot>(makeSnapshot(*session, looking));
  made->network = network;
  made->freshNodes = freshNodes;
  made->freshNotes = freshNotes;
  made->packets = rows.follow(*session);
  made->ended = ended;
  if (looking.conversations) made->conversations = conversationsNow(*session, looking, conversations);
  if (!watches.empty())
    made->findings = std::make_shared<lesson::Findings>(lesson::look(watches, session->timeline()));
  return made;
}

Engine::Engine() : m(std::make_unique<Impl>()) {}
Engine::~Engine() = default;

Answer Engine::handle(const Request& request) {
  m->answer = {};
  m->freshNodes.clear();
  m->freshNotes.clear();
  m->ended = false;
  std::visit(*m, request);
  m->answer.snapshot = m->snapshot();
  return std::move(m->answer);
}

}  // namespace hw::model
