// Half-duplex interfaces: frames that wait for the wire, collisions, and what is told of them. When a station may speak is decided
// in core/proto/medium; here stand the frames, the cables and the time.
#include <algorithm>

#include "core/proto/medium/medium_rules.h"
#include "core/sim/link_rules.h"
#include "core/sim/simulator.h"

namespace hw {
namespace {

const medium::Station* stationAt(const World& world, LinkId link, std::size_t end) {
  const Boxed<Adapter>& adapter = world.links[link.value].state.adapters[end];
  return adapter ? &adapter->station : nullptr;
}

}  // namespace

/// What the station at an end of a cable hears, until the next call.
medium::Others Simulator::heardAt(const World& world, LinkId link, std::size_t end) {
  m_heard.clear();
  if (world.wiring->listeners.empty()) return m_heard;
  // The way back is as long: who hears it is heard by it.
  for (const Listener& one : world.wiring->listeners[link.value * 2 + end])
    if (const medium::Station* station = stationAt(world, one.link, one.end)) m_heard.push_back({station, one.delay});
  return m_heard;
}

/// Puts the next thing that happens to a station into the queue.
void Simulator::planAdapter(World& world, LinkId id, std::size_t end) {
  Link& link = world.links[id.value];
  Boxed<Adapter>& adapter = link.state.adapters[end];
  if (!adapter || adapter->frames.empty()) return;
  Time next = world.now;  // a cable that is no longer shared drops what waits
  if (link.isShared()) next = std::max(next, medium::nextEvent(adapter->station, medium::timingOf(link.config.rate), heardAt(world, id, end)));
  if (next == adapter->wakeAt) return;
  adapter->wakeAt = next;
  world.queue.pushAdapter(next, link.config.ends[end].device, id.value * 2 + static_cast<std::uint32_t>(end));
}

/// ... and of all who hear it.
void Simulator::planDomain(World& world, LinkId link, std::size_t end) {
  planAdapter(world, link, end);
  if (world.wiring->listeners.empty()) return;
  for (const Listener& one : world.wiring->listeners[link.value * 2 + end]) planAdapter(world, one.link, one.end);
}

void Simulator::planAllAdapters(World& world) {
  for (std::uint32_t i = 0; i < world.links.size(); ++i)
    for (std::size_t end = 0; end < 2; ++end) planAdapter(world, LinkId{i}, end);
}

void Simulator::startSending(World& world, LinkId id, std::size_t end) {
  Link& link = world.links[id.value];
  Adapter& adapter = *link.state.adapters[end];
  m_out.decisions.decide(medium::Rule::Started, link.config.ends[end].port, adapter.station.attempts + 1u);
  medium::begin(adapter.station, world.now, medium::timingOf(link.config.rate).signalOf(adapter.frames.front().frame.size()));
}

/// The last of m_sent goes into a shared cable, at `ready` or later; result: whether the interface took it.
bool Simulator::handToAdapter(World& world, LinkId id, std::size_t end, Time ready) {
  Link& link = world.links[id.value];
  Transmission& what = m_sent.back().what;
  const Send& send = m_out.sends[m_sent.size() - 1];
  Boxed<Adapter>& adapter = link.state.adapters[end];
  if (!adapter) adapter.emplace();
  auto& frames = adapter->frames;
  if (adapter->bytes > link.config.queueBytes || frames.size() >= kTransmitQueue) {
    m_out.decisions.decide(medium::Rule::QueueFull, what.port, frames.size());
    return false;
  }
  const bool waited = send.waitedSince != UINT64_MAX;
  const WaitingFrame waiting{ready, waited ? send.waitedSince : world.events, send.continuesArrival || send.origin != Origin::Made,
                             m_out.frames[send.frame]};
  const auto behind = frames.begin() + (frames.empty() ? 0 : 1);  // the first one is being sent
  const auto place = std::upper_bound(behind, frames.end(), waiting, [](const auto& a, const auto& b) { return a.readyAt < b.readyAt; });
  const auto ahead = static_cast<std::uint64_t>(place - frames.begin());
  adapter->bytes += waiting.frame.size();
  frames.insert(place, waiting);
  if (ahead > 0) {
    m_out.decisions.decide(medium::Rule::Queued, what.port, ahead);
    return true;
  }
  medium::offer(adapter->station, ready);
  const Time start = medium::nextEvent(adapter->station, medium::timingOf(link.config.rate), heardAt(world, id, end));
  if (start <= world.now) startSending(world, id, end);
  else if (start > ready) m_out.decisions.decide(medium::Rule::Deferred, what.port, start - world.now);
  planDomain(world, id, end);
  return true;
}

/// Tells of the first frame of an adapter: what became of it in this event.
Transmission& Simulator::tellWaiting(const World& world, LinkId link, const WaitingFrame& waiting, Fate fate, InterfaceId port) {
  m_out.frames.push_back(waiting.frame);
  const auto number = static_cast<std::uint32_t>(m_out.frames.size() - 1);
  const auto decision = static_cast<std::uint16_t>(m_out.decisions.count() - 1);
  m_out.sends.push_back({port, number, Origin::Made, decision, waiting.continuesArrival, waiting.since});
  Transmission& what = m_sent.emplace_back().what;
  what.id = {world.events, static_cast<std::uint16_t>(m_sent.size() - 1)};
  what.port = port;
  what.link = link;
  what.fate = fate;
  what.decision = decision;
  what.continuesArrival = waiting.continuesArrival;
  what.waitedSince = waiting.since;
  what.sent = what.departs = what.arrives = world.now;
  what.size = waiting.frame.size();
  return what;
}

/// The first frame is done with; the next one may try.
void Simulator::dropFirst(const World& world, Adapter& adapter) {
  adapter.bytes -= adapter.frames.front().frame.size();
  adapter.frames.erase(adapter.frames.begin());
  if (!adapter.frames.empty()) medium::offer(adapter.station, std::max(world.now, adapter.frames.front().readyAt));
}

void Simulator::collide(World& world, LinkId id, std::size_t end) {
  Link& link = world.links[id.value];
  Adapter& adapter = *link.state.adapters[end];
  const InterfaceId port = link.config.ends[end].port;
  const Time began = adapter.station.voice.back().from;
  const medium::Timing timing = medium::timingOf(link.config.rate);
  const medium::Collision what = medium::collide(adapter.station, timing, world.now, link.state.random);
  if (what.gaveUp) m_out.decisions.decide(medium::Rule::GaveUp, port, what.attempt);
  else if (what.late) m_out.decisions.decide(medium::Rule::LateCollision, port, world.now - began, timing.slot, what.wait);
  else m_out.decisions.decide(medium::Rule::Collided, port, what.attempt, what.drawn, what.most, what.wait);
  tellWaiting(world, id, adapter.frames.front(), Fate::Collided, port).departs = began;
  if (what.gaveUp) dropFirst(world, adapter);
}

void Simulator::finishSending(World& world, LinkId id, std::size_t end) {
  Link& link = world.links[id.value];
  Adapter& adapter = *link.state.adapters[end];
  const InterfaceId port = link.config.ends[end].port;
  m_out.decisions.decide(medium::Rule::Sent, port);
  const Loss loss = link.losesOne();
  const bool lost = loss != Loss::None;
  Transmission& what = tellWaiting(world, id, adapter.frames.front(), lost ? Fate::Lost : Fate::Delivered, port);
  what.departs = adapter.station.voice.back().from;
  what.arrives = world.now + link.config.latency;
  medium::finish(adapter.station);
  if (loss == Loss::TooWeak) {
    m_out.decisions.decide(link::Rule::TooWeak, port, link.config.metres, link.config.reach);
  } else if (lost) {
    m_out.decisions.decide(link::Rule::Lost, port, link.config.lossPpm);
  } else {
    Delivery& delivery = world.queue.pushDelivery(what.arrives);
    delivery.to = link.config.ends[1 - end];
    delivery.link = id;
    delivery.linkCuts = link.state.cuts;
    delivery.id = what.id;
    delivery.frame = m_out.frames.back();
  }
  dropFirst(world, adapter);
}

/// All that waits at an end of a cable is dropped.
void Simulator::dropWaiting(World& world, LinkId id, std::size_t end, LinkEnd at) {
  Adapter& adapter = *world.links[id.value].state.adapters[end];
  for (const WaitingFrame& one : adapter.frames) {
    m_out.decisions.decide(medium::Rule::Reset, at.port);
    tellWaiting(world, id, one, Fate::NoCarrier, at.port);
  }
  adapter.frames.clear();
  adapter.bytes = 0;
  adapter.wakeAt = kNever;
  if (adapter.station.phase == medium::Phase::Sending) adapter.station.voice.back().to = world.now;
  adapter.station.phase = medium::Phase::Idle;
}

void Simulator::beginAdapterEvent() {
  m_out.clear();
  m_sent.clear();
}
void Simulator::endAdapterEvent(World& world, LinkEnd at, const Sinks& sinks) {
  tell(world, at.device, EventKind::Medium, at.port, TransmissionId{}, sinks);
  ++world.events;
}

/// The moment has come that was planned for a station.
void Simulator::adapterEvent(World& world, std::uint32_t which, const Sinks& sinks) {
  const LinkId id{which / 2};
  const std::size_t end = which % 2;
  Link& link = world.links[id.value];
  Adapter& adapter = *link.state.adapters[end];
  const LinkEnd at = link.config.ends[end];
  adapter.wakeAt = kNever;
  beginAdapterEvent();
  if (!link.isShared() || !world.carries(id, 1 - end)) dropWaiting(world, id, end, at);
  else if (adapter.station.phase == medium::Phase::Ready) startSending(world, id, end);
  else if (medium::collisionOf(adapter.station, heardAt(world, id, end)) <= world.now) collide(world, id, end);
  else finishSending(world, id, end);
  endAdapterEvent(world, at, sinks);
  planDomain(world, id, end);
  settle(world);
}

/// The adapters at both ends of a cable start anew; result: how many events that made.
int Simulator::resetAdapters(World& world, LinkId id, const Sinks& sinks) {
  int events = 0;
  for (std::size_t end = 0; end < 2; ++end) {
    const Boxed<Adapter>& adapter = world.links[id.value].state.adapters[end];
    if (!adapter || adapter->frames.empty()) continue;
    const LinkEnd at = world.links[id.value].config.ends[end];
    beginAdapterEvent();
    dropWaiting(world, id, end, at);
    endAdapterEvent(world, at, sinks);
    ++events;
  }
  return events;
}

/// Whether another signal ran into what arrives at a station on a shared wire.
bool Simulator::isGarbled(const World& world, const Delivery& delivery) {
  const Link& link = world.links[delivery.link.value];
  if (!link.isShared() || world.device(delivery.to.device).config().hub) return false;
  const std::size_t end = link.config.ends[0] == delivery.to ? 0 : 1;
  return medium::isGarbled(stationAt(world, delivery.link, end), heardAt(world, delivery.link, end), world.now,
                           medium::timingOf(link.config.rate).signalOf(delivery.frame.size()));
}

}  // namespace hw
