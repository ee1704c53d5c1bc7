#include "core/lens/packet_rows.h"

#include <fmt/format.h>

#include <algorithm>
#include <map>

#include "core/dissect/dissect.h"
#include "core/proto/ethernet/ethernet_wire.h"
#include "core/proto/ipv4/ipv4_wire.h"
#include "core/proto/ppp/ppp_wire.h"

namespace hw::lens {

std::uint16_t linkTypeOf(const World& world, DeviceId device, InterfaceId port) {
  const auto& interfaces = world.device(device).config().interfaces;
  return port.value < interfaces.size() ? hw::linkTypeOf(interfaces[port.value]) : std::uint16_t{dissect::kLinkEthernet};
}

namespace {

constexpr std::uint32_t kLink = ethernet::kHeaderSize;

/// Empty if the device has not been added yet at the displayed moment.
std::string endName(const World& world, DeviceId device, InterfaceId port) {
  if (device.value >= world.devices.size()) return {};
  const DeviceConfig& config = world.device(device).config();
  return port.value < config.interfaces.size() ? config.name + ":" + config.at(port).name : config.name;
}

/// The other end of the link that a transmission was sent into.
std::optional<LinkEnd> farEnd(const World& world, const Transmission& what, DeviceId from) {
  if (!what.link.valid()) {
    if (arrivesThere(what.fate)) return LinkEnd{from, what.port};  // lo, or inside the device
    return std::nullopt;
  }
  if (what.link.value >= world.links.size()) return std::nullopt;  // as above
  const auto& ends = world.links[what.link.value].config.ends;
  return ends[0].device == from && ends[0].port == what.port ? ends[1] : ends[0];
}

}  // namespace

std::optional<std::uint64_t> arrivalOf(const Journal& journal, const Transmission& what) {
  if (what.fate != Fate::Delivered) return std::nullopt;
  for (std::uint64_t i = std::max(journal.firstAtOrAfter(what.arrives), what.id.event + 1);
       i < journal.size(); ++i) {
    const EventRecord event = journal.read(i);
    if (event.time > what.arrives) return std::nullopt;
    if (event.kind == EventKind::Arrival && event.arrived == what.id) return i;
  }
  return std::nullopt;
}

namespace {

/// A frame as it would be on an Ethernet: one of an interface without a link header gets a blank one.
Frame withLinkHeader(const World& world, DeviceId device, const Transmission& what, const Journal& journal) {
  Frame frame = journal.frame(what.id);
  const std::uint16_t type = linkTypeOf(world, device, what.port);
  if (type == dissect::kLinkPpp) frame.popFront(ppp::kHeaderSize);
  if (type != dissect::kLinkEthernet)
    store(ethernet::Header{{}, {}, ethernet::kIpv4}, frame.pushFront(kLink));
  return frame;
}

}  // namespace

PacketRow rowOf(const Timeline& timeline, const BeatMap& beats, const EventRecord& event,
                const Transmission& what) {
  const World& world = timeline.world();
  PacketRow row;
  row.id = what.id;
  row.time = what.sent;
  row.beat = beats.beatOf(event.index);
  row.from = event.device;
  row.fromName = endName(world, event.device, what.port);
  row.fate = what.fate;
  row.size = what.size;
  row.line = packetLine(withLinkHeader(world, event.device, what, timeline.journal()));
  if (const auto to = farEnd(world, what, event.device)) {
    row.toName = endName(world, to->device, to->port);
    if (arrivesThere(what.fate)) row.to = to->device;
  }
  return row;
}

namespace {

std::vector<explain::Sentence> told(const Timeline& timeline, std::uint64_t event, DeviceId device,
                                    Language language) {
  const auto words = timeline.explain(event);
  return explain::sentences(words, timeline.world().device(device).config(), language);
}

/// The frames under way after `end` events, and those that a beat from `begin` on lost, in order of sending.
std::vector<TransmissionId> inTheAir(const Timeline& timeline, std::uint64_t begin, std::uint64_t end) {
  std::vector<TransmissionId> ids;
  const auto take = [&ids](Time, const Delivery& one) {
    if (one.link.valid()) ids.push_back(one.id);
  };
  if (timeline.world().events == end) timeline.world().queue.visitDeliveries(take);
  else timeline.at(end).queue.visitDeliveries(take);
  for (std::uint64_t i = begin; i < end; ++i)
    for (const Transmission& what : timeline.journal().read(i).sent)
      if (what.fate != Fate::Delivered && what.link.valid()) ids.push_back(what.id);
  std::sort(ids.begin(), ids.end());
  return ids;
}

/// What arrived from `from` on, and in which event, as far as that is known.
std::map<TransmissionId, std::uint64_t> arrivalsFrom(const Journal& journal, std::uint64_t from, Time latest) {
  std::map<TransmissionId, std::uint64_t> arrivals;
  for (std::uint64_t i = from; i < journal.size(); ++i) {
    const EventRecord event = journal.read(i);
    if (event.time > latest) break;
    if (event.kind == EventKind::Arrival) arrivals[event.arrived] = i;
  }
  return arrivals;
}

}  // namespace

std::vector<Flight> flightsAt(const Timeline& timeline, const BeatMap& beats, std::size_t beat) {
  std::vector<Flight> flights;
  if (beat >= beats.size()) return flights;
  const Journal& journal = timeline.journal();
  const std::uint64_t end = beats.endOf(beat);
  std::vector<Transmission> sent;
  Time latest;
  for (const TransmissionId id : inTheAir(timeline, beats.at(beat).firstEvent, end)) {
    sent.push_back(*journal.transmission(id));
    latest = std::max(latest, sent.back().arrives);
  }
  const auto arrivals = arrivalsFrom(journal, end, latest);
  for (const Transmission& what : sent) {
    Flight flight;
    flight.id = what.id;
    flight.link = what.link;
    flight.sentBeat = beats.beatOf(what.id.event);
    flight.fate = what.fate;
    // A frame whose arrival nobody has simulated yet is under way for one more beat at least.
    const auto arrival = arrivals.find(what.id);
    const std::size_t unknown = (what.fate == Fate::Delivered ? beat : flight.sentBeat) + 1;
    flight.arrivalBeat = arrival != arrivals.end() ? beats.beatOf(arrival->second) : unknown;
    const auto& ends = timeline.world().links[what.link.value].config.ends;
    const DeviceId from = journal.read(what.id.event).device;
    flight.fromEnd = ends[0].device == from && ends[0].port == what.port ? 0 : 1;
    flight.line = packetLine(journal.frame(what.id));  // a cable carries Ethernet
    flights.push_back(std::move(flight));
  }
  return flights;
}

std::vector<PacketRow> packetRows(const Timeline& timeline, const BeatMap& beats, std::uint64_t from,
                                  std::uint64_t to, std::size_t limit) {
  std::vector<PacketRow> rows;
  for (std::uint64_t i = from; i < std::min(to, timeline.journal().size()); ++i) {
    const EventRecord event = timeline.journal().read(i);
    for (const Transmission& what : event.sent) {
      if (rows.size() >= limit) return rows;
      rows.push_back(rowOf(timeline, beats, event, what));
    }
  }
  return rows;
}

PacketCard packetCard(const Timeline& timeline, const BeatMap& beats, TransmissionId id,
                      Language language, std::uint64_t shown) {
  const Journal& journal = timeline.journal();
  const EventRecord event = journal.read(id.event);
  const Transmission& what = event.sent[id.ordinal];
  PacketCard card;
  card.row = rowOf(timeline, beats, event, what);
  card.bytes = journal.frame(id).toVector();
  card.tree = dissect::dissectPacket({card.bytes, linkTypeOf(timeline.world(), event.device, what.port), what.size, what.sent.ns, {}});
  if (what.waitedSince != UINT64_MAX)
    card.sentBecause = told(timeline, what.waitedSince, event.device, language);
  for (explain::Sentence& one : told(timeline, id.event, event.device, language))
    card.sentBecause.push_back(std::move(one));
  card.arrivalEvent = arrivalOf(journal, what);
  if (const auto to = farEnd(timeline.world(), what, event.device)) card.receiver = to->device;
  if (card.arrivalEvent && *card.arrivalEvent < shown)
    card.receivedAs = told(timeline, *card.arrivalEvent, card.receiver, language);
  return card;
}

}  // namespace hw::lens
