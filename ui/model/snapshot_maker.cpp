#include "ui/model/snapshot_maker.h"

#include <algorithm>
#include <optional>

#include "ui/model/happenings.h"

namespace hw::model {
namespace {

Freshness freshnessOf(const lens::TableRow& row, const lens::TableCard* before) {
  if (!before) return Freshness::Old;
  for (const lens::TableRow& old : before->rows)
    if (old.key == row.key) return old.cells == row.cells ? Freshness::Old : Freshness::Changed;
  return Freshness::New;
}

/// The World before the displayed beat.
std::optional<World> worldBefore(const Session& session) {
  if (session.beat() == 0) return std::nullopt;
  return session.timeline().at(session.beats().at(session.beat() - 1).firstEvent);
}

/// The device's tables now; what the displayed beat changed in them is marked.
std::vector<TableView> tablesNow(const Session& session, DeviceId device, const std::optional<World>& then) {
  std::vector<lens::TableCard> before;
  if (then && then->isPresent(device)) before = lens::tablesOf(*then, device);
  std::vector<TableView> views;
  for (lens::TableCard& table : lens::tablesOf(session.timeline().world(), device)) {
    const auto old = std::find_if(before.begin(), before.end(),
                                  [&table](const auto& one) { return one.id == table.id; });
    TableView view{std::move(table), {}};
    for (const lens::TableRow& row : view.table.rows)
      view.fresh.push_back(freshnessOf(row, old == before.end() ? nullptr : &*old));
    views.push_back(std::move(view));
  }
  return views;
}

bool isQuiet(const Session& session, const Snapshot& snapshot) {
  if (session.busy() || !snapshot.flights.empty()) return false;
  for (const RecordedInput& input : session.timeline().inputs())
    if (input.events >= snapshot.events) return false;
  return lens::packetRows(session.timeline(), session.beats(), snapshot.events, session.timeline().known(), 1).empty();
}

/// Whether the last line that was typed has not ended at the displayed moment.
bool runs(const std::vector<TerminalEntry>& terminal) {
  for (auto entry = terminal.rbegin(); entry != terminal.rend(); ++entry)
    if (entry->kind != TerminalEntry::Kind::Output) return entry->kind == TerminalEntry::Kind::Typed;
  return false;
}

std::shared_ptr<const PacketView> packetNow(const Session& session, const Looking& looking) {
  const Timeline& timeline = session.timeline();
  const std::uint64_t events = timeline.world().events;
  if (!looking.packet.valid() || looking.packet.event >= events) return nullptr;
  auto view = std::make_shared<PacketView>();
  view->card =
      lens::packetCard(timeline, session.beats(), looking.packet, looking.language, events);
  if (view->card.receiver.valid())
    view->receiverName = timeline.world().device(view->card.receiver).config().name;
  view->hops = lens::hopStrip(timeline, session.beats(), looking.packet, events);
  return view;
}

}  // namespace

Snapshot makeSnapshot(const Session& session, const Looking& looking) {
  const World& world = session.timeline().world();
  Snapshot snapshot;
  snapshot.beat = session.beat();
  snapshot.beats = session.beats().size();
  snapshot.events = world.events;
  snapshot.time = session.timeline().now();
  snapshot.busy = session.busy();
  snapshot.draft = session.draft();
  snapshot.revision = session.revision();
  for (const project::Finding& one : session.findings())
    snapshot.troubles.push_back({one.path, project::message(one.problem, looking.language),
                                 severityOf(one.problem) == project::Severity::Error});
  snapshot.undoTitle = session.undoTitle(looking.language);
  snapshot.redoTitle = session.redoTitle(looking.language);
  snapshot.nodes = lens::nodeCards(world);
  snapshot.links = lens::linkCards(world);
  snapshot.domainKind = looking.domains;
  if (looking.domains) snapshot.domains = lens::domainsOf(world, *looking.domains);
  snapshot.drawing = drawingOf(session, snapshot.nodes, snapshot.links);
  if (snapshot.beat > 0)
    snapshot.flights = lens::flightsAt(session.timeline(), session.beats(), snapshot.beat - 1);
  snapshot.quiet = isQuiet(session, snapshot);
  snapshot.happenings = happeningsOf(session, looking.language);
  snapshot.device = looking.device;
  if (looking.device.valid()) {
    const std::optional<World> before = worldBefore(session);
    snapshot.tables = tablesNow(session, looking.device, before);
    snapshot.inside = lens::insideOf(session.timeline(), session.beats(), looking.device, snapshot.beat - 1, before ? &*before : nullptr);
  }
  snapshot.terminalDevice = looking.terminal;
  if (looking.terminal.valid()) {
    snapshot.terminal = session.terminal(looking.terminal);
    snapshot.terminalBusy = runs(snapshot.terminal);
  }
  snapshot.selected = looking.packet;
  snapshot.packet = packetNow(session, looking);
  return snapshot;
}

namespace {

constexpr std::size_t kMostMessages = 20'000;
constexpr std::size_t kMostSaid = 64 * 1024;

ConversationView viewOf(const Session& session, const lens::ConversationMap& map, std::size_t index) {
  ConversationView view;
  view.index = index;
  view.what = map.at(index, session.timeline().world().events, kMostMessages);
  for (const lens::Message& one : view.what.messages) view.beats.push_back(session.beats().beatOf(one.id.event) + 1);
  view.roundTrips = lens::roundTrips(view.what);
  view.said = lens::whatWasSaid(session.timeline(), view.what, kMostSaid);
  return view;
}

}  // namespace

std::shared_ptr<const ConversationsView> conversationsNow(const Session& session, const Looking& looking, lens::ConversationMap& map) {
  map.follow(session.timeline());
  auto view = std::make_shared<ConversationsView>();
  for (const std::size_t count : map.messagesAt(session.timeline().world().events)) view->all.push_back({map.headOf(view->all.size()), count});
  if (view->all.empty()) return view;
  std::size_t shown = looking.conversation.value_or(view->all.size() - 1);
  if (shown >= view->all.size()) shown = view->all.size() - 1;
  view->shown = viewOf(session, map, shown);
  if (looking.beside && *looking.beside < view->all.size()) view->beside = viewOf(session, map, *looking.beside);
  return view;
}

}  // namespace hw::model
