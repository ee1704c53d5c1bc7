// Connections begin and end; how they are found.
#include <algorithm>
#include <tuple>

#include "core/proto/tcp/hand.h"

namespace hw::tcp {
namespace {

auto keyOf(const State::Place& place) { return std::tie(place.local, place.remote); }

template <class Places> auto placeOf(Places& places, const Endpoint& local, const Endpoint& remote) {
  return std::lower_bound(places.begin(), places.end(), std::tie(local, remote),
                          [](const State::Place& one, const auto& key) { return keyOf(one) < key; });
}

template <class Connections> auto connectionWith(Connections& all, std::uint32_t id) {
  return std::lower_bound(all.begin(), all.end(), id, [](const auto& one, std::uint32_t key) { return one->id < key; });
}

}  // namespace

std::string_view name(Phase phase) {
  constexpr std::string_view names[] = {"CLOSED",     "SYN-SENT",   "SYN-RECV", "ESTAB",    "FIN-WAIT-1",
                                        "FIN-WAIT-2", "CLOSE-WAIT", "CLOSING",  "LAST-ACK", "TIME-WAIT"};
  return names[static_cast<std::size_t>(phase)];
}

std::string_view name(Control control) { return control == Control::Reno ? "reno" : "cubic"; }

Connection* State::find(std::uint32_t id) {
  const auto at = connectionWith(connections, id);
  return at != connections.end() && (*at)->id == id ? &**at : nullptr;
}

const Connection* State::find(std::uint32_t id) const {
  const auto at = connectionWith(connections, id);
  return at != connections.end() && (*at)->id == id ? &**at : nullptr;
}

Connection* State::find(const Endpoint& local, const Endpoint& remote) {
  const auto at = placeOf(places, local, remote);
  return at != places.end() && at->local == local && at->remote == remote ? find(at->id) : nullptr;
}

Listener* State::listenerAt(const Endpoint& local) {
  Listener* any = nullptr;
  for (Listener& one : listeners) {
    if (one.local.port != local.port) continue;
    if (one.local.address == local.address) return &one;
    if (one.local.address.isAny()) any = &one;
  }
  return any;
}

Listener* State::listener(std::uint32_t id) {
  const auto at = std::ranges::find(listeners, id, &Listener::id);
  return at == listeners.end() ? nullptr : &*at;
}

bool State::isUsed(std::uint16_t port) const {
  return std::ranges::any_of(listeners, [port](const Listener& one) { return one.local.port == port; }) ||
         std::ranges::any_of(places, [port](const Place& one) { return one.local.port == port; });
}

void noteDeadline(State& state, const Connection& c) { state.nextDeadline = std::min(state.nextDeadline, c.deadline()); }

Connection& addConnection(Work work, const Endpoint& local, const Endpoint& remote) {
  State& state = work.state;
  Connection c;
  c.id = state.nextId++;
  c.local = local;
  c.remote = remote;
  c.identification = static_cast<std::uint16_t>(work.env.random.below(65'536));
  c.by = work.env.byLast();
  c.out.buffer = work.config.sendDefault;
  c.in.buffer = work.config.receiveDefault;
  const auto at = placeOf(state.places, local, remote);
  state.places.insert(at, State::Place{local, remote, c.id});
  state.connections.emplace_back(std::move(c));
  return *state.connections.back();
}

void removeConnection(Work work, std::uint32_t id) {
  State& state = work.state;
  const auto at = connectionWith(state.connections, id);
  if (at == state.connections.end() || (*at)->id != id) return;
  const auto place = placeOf(state.places, (*at)->local, (*at)->remote);
  if (place != state.places.end() && place->id == id) state.places.erase(place);
  for (Listener& one : state.listeners) std::erase(one.ready, id);
  state.connections.erase(at);
}

void enter(Hand& h, Phase phase) {
  h.c.phase = phase;
  if (phase == Phase::Closed) {
    stopRetransmit(h);
    h.c.ack.deadline = h.c.timers.keepAlive = kNever;
  }
}

/// The handshake is over on our side: buffers and windows get their sizes.
void establish(Hand& h) {
  Connection& c = h.c;
  enter(h, Phase::Established);
  c.timers.attempts = 0;
  c.timers.heard = h.now();
  stopRetransmit(h);
  beginBuffers(h);
  beginCongestion(h);
  constexpr std::uint32_t kUsualMss = 536, kSmallMss = 88;
  c.in.mss = std::max(std::min({c.in.announcedMss, c.out.mss, c.in.window / 2, kUsualMss}), kSmallMss);
  if (c.choices.keepAlive) keepAliveAfter(h, h.config.keepAliveTime);
}

/// RFC 9293 3.6.1: buffers are not needed any more.
void beginTimeWait(Hand& h) {
  Connection& c = h.c;
  enter(h, Phase::TimeWait);
  stopRetransmit(h);
  c.ack.deadline = kNever;
  c.minimal = true;
  c.out.unsent.clear();
  c.out.flight.clear();
  c.congestion.packets = c.congestion.sacked = c.congestion.lost = c.congestion.again = 0;
  for (const Received& one : c.in.early) c.in.used -= one.cost;
  c.in.early.clear();
  c.in.blocks.clear();
  keepAliveAfter(h, kTimeWait);
  h.decide(Rule::TimeWaitBegins, kTimeWait);
}

/// The connection is over before its time: the program is told why.
void endWith(Hand& h, Problem problem) {
  h.c.problem = problem;
  h.c.out.unsent.clear();
  h.c.out.flight.clear();
  Congestion& g = h.c.congestion;
  g.packets = g.sacked = g.lost = g.again = 0;
  h.c.in.ended = true;
  enter(h, Phase::Closed);
  h.tell();
}

/// What is over and belongs to no program is forgotten.
void finishClose(Hand& h) {
  if (h.c.phase == Phase::Closed && !h.c.socket.valid()) removeConnection(h.work(), h.c.id);
}

}  // namespace hw::tcp
