#include "core/sim/simulator.h"

#include <algorithm>

#include "core/journal/rule_coverage.h"
#include "core/proto/medium/medium_rules.h"
#include "core/sim/link_rules.h"

namespace hw {

Time Simulator::nextTime(const World& world) {
  return world.queue.empty() ? kNever : world.queue.top().at;
}

bool Simulator::step(World& world, Time until, const Sinks& sinks) {
  if (nextTime(world) > until || world.queue.empty()) return false;
  const QueueEntry entry = world.queue.pop();
  world.now = entry.at;
  if (!entry.wake.valid()) {
    arrive(world, entry.slot, sinks);
  } else if (entry.slot != 0) {
    adapterEvent(world, entry.slot - 1, sinks);
  } else {
    world.wakeAt[entry.wake.value] = kNever;
    handle(world, entry.wake, EventKind::Wake, InterfaceId{}, TransmissionId{}, TimeReached{}, sinks);
  }
  return true;
}

/// Leaves an event that counts in front of the queue. Done at the end of each event, so that the
/// queue is a function of the events alone, however long nobody looked in between.
void Simulator::settle(World& world) {
  while (!world.queue.empty() && world.queue.top().wake.valid()) {
    const QueueEntry& front = world.queue.top();
    const DeviceId device = front.wake;
    const Time at = front.at;
    if (front.slot != 0) {
      const std::uint32_t which = front.slot - 1;
      if (world.links[which / 2].state.adapters[which % 2]->wakeAt == at) return;
      world.queue.pop();
      continue;
    }
    Time& planned = world.wakeAt[device.value];
    if (planned == at && world.device(device).nextDeadline() <= at) return;
    world.queue.pop();
    // Overtaken by an earlier wake-up, or early: the deadline may have moved on since.
    if (planned != at) continue;
    planned = kNever;
    scheduleWake(world, device);
  }
}

void Simulator::arrive(World& world, std::uint32_t slot, const Sinks& sinks) {
  Delivery& delivery = world.queue.delivery(slot);
  const LinkEnd to = delivery.to;
  const TransmissionId id = delivery.id;
  const bool cut = delivery.link.valid() &&
                   world.links[delivery.link.value].state.cuts != delivery.linkCuts;
  const bool garbled = !cut && !world.wiring->listeners.empty() && delivery.link.valid() && isGarbled(world, delivery);
  m_out.clear();
  m_out.frames.push_back(std::move(delivery.frame));
  world.queue.free(slot);
  if (cut || garbled) {
    if (cut) m_out.decisions.decide(link::Rule::Cut, to.port);
    else m_out.decisions.decide(medium::Rule::Garbled, to.port);
    m_sent.clear();
    tell(world, to.device, EventKind::Arrival, to.port, id, sinks);
    ++world.events;
    settle(world);
    return;
  }
  handle(world, to.device, EventKind::Arrival, to.port, id, FrameArrived{to.port}, sinks);
}

void Simulator::handle(World& world, DeviceId device, EventKind kind, InterfaceId port,
                       TransmissionId arrived, const DeviceInput& input, const Sinks& sinks) {
  if (kind != EventKind::Arrival) m_out.clear();
  m_arrivedAt = kind == EventKind::Arrival ? port : InterfaceId{};
  m_out.decisions.wantAlternatives(sinks.alternatives);
  world.devices[device.value].mutate().step(world.now, world.events, input, m_out);
  sendAll(world, device);
  tell(world, device, kind, port, arrived, sinks);
  ++world.events;
  scheduleWake(world, device);
  settle(world);
}

void Simulator::tell(const World& world, DeviceId device, EventKind kind, InterfaceId port,
                     TransmissionId arrived, const Sinks& sinks) {
  const auto words = m_out.decisions.words();
  if (kRuleCoverage) markRulesHit(words);
  // The frames stand still only now that all are made.
  for (std::size_t i = 0; i < m_sent.size(); ++i) m_sent[i].frame = &m_out.frames[m_out.sends[i].frame];
  if (sinks.tap)
    for (const TransmissionEntry& one : m_sent) sinks.tap(one.what, *one.frame);
  const EventEntry entry{world.events, world.now, kind, device, port, arrived, words, m_sent};
  if (sinks.journal) sinks.journal->append(entry);
  if (sinks.event) sinks.event(entry);
  if (!sinks.console) return;
  for (Printed& one : m_out.printed)
    sinks.console->push_back({world.events, world.now, device, one.process, std::move(one.record)});
  for (const Ended& one : m_out.ended)
    sinks.console->push_back({world.events, world.now, device, one.process, one.exitCode});
}

void Simulator::scheduleWake(World& world, DeviceId device) {
  const Time next = world.device(device).nextDeadline();
  Time& planned = world.wakeAt[device.value];
  if (next == kNever || planned <= next) return;
  planned = std::max(next, world.now);
  world.queue.pushWake(planned, device);
}

}  // namespace hw
