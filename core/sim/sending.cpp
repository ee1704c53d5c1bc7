// From what a device wants to send to what is under way, and to what is told of it.
#include <algorithm>

#include "core/sim/link_rules.h"
#include "core/sim/simulator.h"

namespace hw {

void Simulator::sendAll(World& world, DeviceId device) {
  m_sent.clear();
  const std::size_t wanted = m_out.sends.size();  // those behind are copies that netem made
  for (std::size_t i = 0; i < m_out.sends.size(); ++i) {
    const Send& send = m_out.sends[i];
    Transmission& what = m_sent.emplace_back().what;
    what.id = {world.events, static_cast<std::uint16_t>(m_sent.size() - 1)};
    what.port = send.port;
    what.origin = send.origin;
    what.decision = send.decision;
    what.continuesArrival = send.continuesArrival;
    what.waitedSince = send.waitedSince;
    what.sent = what.departs = what.arrives = world.now;
    what.size = m_out.frames[send.frame].size();
    if (isPass(send.pass)) what.fate = send.pass;
    else sendOne(world, device, i >= wanted);
  }
}

void Simulator::sendOne(World& world, DeviceId device, bool copy) {
  Transmission& what = m_sent.back().what;
  const InterfaceConfig& interface = world.device(device).config().at(what.port);
  LinkEnd to{device, what.port};
  std::uint32_t cuts = 0;
  const bool loopback = interface.kind == InterfaceKind::Loopback;
  const Plug* plug = loopback ? nullptr : world.plugAt(device, what.port);
  Transfer transferred{loopback ? Fate::Delivered : Fate::NoCarrier, world.now, world.now};
  if (plug) {
    Link& link = world.links[plug->link.value];
    what.link = plug->link;
    Duration held;
    if (interface.netem && !passNetem(*interface.netem, link, plug->end, copy, held)) return;
    to = link.config.ends[1 - plug->end];
    cuts = link.state.cuts;
    transferred = cross(world, *plug, interface, held);
    if (transferred.fate == Fate::Waiting) {
      what.fate = Fate::Waiting;
      return;
    }
  }
  if (transferred.fate == Fate::NoCarrier) m_out.decisions.decide(link::Rule::NoCable, what.port);
  what.fate = transferred.fate;
  what.departs = transferred.departs;
  what.arrives = transferred.arrives;
  if (what.fate != Fate::Delivered) return;
  Delivery& delivery = world.queue.pushDelivery(what.arrives);
  delivery.to = to;
  delivery.link = what.link;
  delivery.linkCuts = cuts;
  delivery.id = what.id;
  delivery.frame = m_out.frames[m_out.sends[m_sent.size() - 1].frame];
}

/// The last of m_sent goes into a cable.
Transfer Simulator::cross(World& world, const Plug& plug, const InterfaceConfig& interface, Duration held) {
  Link& link = world.links[plug.link.value];
  const Transmission& what = m_sent.back().what;
  Transfer transferred;
  if (!link.isShared()) {
    transferred = transfer(link, plug.end, world.now, what.size, interface.shaper ? &*interface.shaper : nullptr);
  } else if (const DeviceConfig& device = world.device(link.config.ends[plug.end].device).config(); device.hub) {
    const std::uint32_t within = m_arrivedAt.valid() ? device.metresBetween(m_arrivedAt, what.port) : 0;
    const std::uint32_t before = device.joint == Joint::Bus ? within + metresTo(world, plug) : 0;
    transferred = repeat(link, world.now, within, before);
    if (transferred.loss == Loss::TooWeak) return tellWeak(transferred, link, before);
  } else {
    return {share(world, plug, interface, held), world.now, world.now};
  }
  transferred.departs = transferred.departs + held;
  transferred.arrives = transferred.arrives + held;
  if (transferred.loss == Loss::TooWeak) return tellWeak(transferred, link, 0);
  tellTransfer(transferred.fate, link, interface);
  return transferred;
}

/// Metres of the cable through which the frame in hand has come to a bus.
std::uint32_t Simulator::metresTo(const World& world, const Plug& out) const {
  const Plug* in = m_arrivedAt.valid() ? world.plugAt(world.links[out.link.value].config.ends[out.end].device, m_arrivedAt) : nullptr;
  return in ? world.links[in->link.value].config.metres : 0;
}

Transfer Simulator::tellWeak(const Transfer& transfer, const Link& link, std::uint32_t before) {
  m_out.decisions.decide(link::Rule::TooWeak, m_sent.back().what.port, before + link.config.metres, link.config.reach);
  return transfer;
}

/// The last of m_sent goes to a half-duplex interface, which sends it when it may.
Fate Simulator::share(World& world, const Plug& plug, const InterfaceConfig& interface, Duration held) {
  Link& link = world.links[plug.link.value];
  if (!link.config.up) return Fate::NoCarrier;
  Time ready = world.now + held;
  if (interface.shaper) {
    const auto released = releaseTime(link, plug.end, *interface.shaper, world.now, m_sent.back().what.size);
    if (!released) {
      tellTransfer(Fate::QueueFull, link, interface);
      return Fate::QueueFull;
    }
    ready = std::max(ready, *released);
  }
  return handToAdapter(world, plug.link, plug.end, ready) ? Fate::Waiting : Fate::QueueFull;
}

/// Why a cable did not take a frame, or lost it.
void Simulator::tellTransfer(Fate fate, const Link& link, const InterfaceConfig& interface) {
  const InterfaceId port = m_sent.back().what.port;
  if (fate == Fate::Lost) m_out.decisions.decide(link::Rule::Lost, port, link.config.lossPpm);
  if (fate != Fate::QueueFull) return;
  if (!interface.shaper && link.hasNoWire()) m_out.decisions.decide(link::Rule::BacklogFull, port, kMaxBacklog);
  else m_out.decisions.decide(link::Rule::QueueFull, port, interface.shaper ? interface.shaper->limit : link.config.queueBytes);
}

/// The last of m_sent comes to netem; result: whether it goes on, after `held`. For a delay that is always the same it makes no
/// difference whether the frame waits in front of the cable's queue, as on Linux, or behind it; otherwise it keeps time the same for all.
bool Simulator::passNetem(const Netem& netem, Link& link, std::size_t end, bool copy, Duration& held) {
  const std::size_t index = m_sent.size() - 1;
  Transmission& what = m_sent.back().what;
  Boxed<NetemState>& state = link.state.netem[end];
  if (!state) state.emplace();
  const Impairment fate = impair(netem, *state, link.state.random, what.sent, what.size, copy);
  Decisions& decisions = m_out.decisions;
  if (fate.what == Impairment::What::Lost) {
    what.fate = Fate::Discarded;
    decisions.decide(link::Rule::NetemLost, what.port, netem.lossPpm);
    return false;
  }
  if (fate.twice) {
    decisions.decide(link::Rule::NetemDuplicated, what.port, netem.duplicatePpm);
    m_out.sends.push_back(Send(m_out.sends[index]));
  }
  if (fate.what == Impairment::What::Full) {
    what.fate = Fate::QueueFull;
    decisions.decide(link::Rule::NetemFull, what.port, std::min(netem.limit, kMaxHeldBack));
    return false;
  }
  if (fate.flipped) flip(index, *fate.flipped);
  if (fate.reordered) decisions.decide(link::Rule::NetemReordered, what.port, netem.reorderPpm);
  if (fate.delay.ns > 0) decisions.decide(link::Rule::NetemDelayed, what.port, fate.delay);
  held = fate.delay;
  return true;
}

/// Turns a bit of a frame over that is about to leave; copies of it stay whole.
void Simulator::flip(std::size_t index, std::uint32_t bit) {
  Send& send = m_out.sends[index];
  std::vector<std::uint8_t> bytes = m_out.frames[send.frame].toVector();
  bytes[bit / 8] = static_cast<std::uint8_t>(bytes[bit / 8] ^ 1u << bit % 8);
  m_out.frames.push_back(Frame(ByteView(bytes)));
  send.frame = static_cast<std::uint32_t>(m_out.frames.size() - 1);
  send.origin = Origin::Made;
  m_sent[index].what.origin = Origin::Made;
  m_out.decisions.decide(link::Rule::NetemCorrupted, send.port, bit / 8);
}

}  // namespace hw
