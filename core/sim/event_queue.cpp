#include "core/sim/event_queue.h"

#include <algorithm>

#include "core/base/dump.h"

namespace hw {

EventQueue::EventQueue(const EventQueue& o) : m_arrivals(o.m_arrivals), m_wakes(o.m_wakes), m_next(o.m_next) {
  m_slots.reserve(o.m_slots.size() - o.m_free.size());
  for (QueueEntry& entry : m_arrivals.entries()) {
    m_slots.push_back(o.m_slots[entry.slot]);
    entry.slot = static_cast<std::uint32_t>(m_slots.size() - 1);
  }
}

void EntryHeap::push(const QueueEntry& entry) {
  std::size_t i = m_entries.size();
  m_entries.push_back(entry);
  while (i > 0) {
    const std::size_t parent = (i - 1) / 4;
    if (!entry.before(m_entries[parent])) break;
    m_entries[i] = m_entries[parent];
    i = parent;
  }
  m_entries[i] = entry;
}

Delivery& EventQueue::pushDelivery(Time at) {
  std::uint32_t slot = 0;
  if (m_free.empty()) {
    slot = static_cast<std::uint32_t>(m_slots.size());
    m_slots.emplace_back();
  } else {
    slot = m_free.back();
    m_free.pop_back();
  }
  m_arrivals.push({at, m_next++, DeviceId{}, slot});
  return m_slots[slot];
}

QueueEntry EntryHeap::pop() {
  const QueueEntry top = m_entries.front();
  const QueueEntry last = m_entries.back();
  m_entries.pop_back();
  const std::size_t n = m_entries.size();
  if (n == 0) return top;
  std::size_t i = 0;
  for (;;) {
    const std::size_t first = i * 4 + 1;
    if (first >= n) break;
    std::size_t least = first;
    QueueEntry::Key leastKey = m_entries[first].key();
    for (std::size_t child = first + 1; child < std::min(first + 4, n); ++child) {
      const QueueEntry::Key key = m_entries[child].key();
      least = key < leastKey ? child : least;
      leastKey = key < leastKey ? key : leastKey;
    }
    if (leastKey >= last.key()) break;
    m_entries[i] = m_entries[least];
    i = least;
  }
  m_entries[i] = last;
  return top;
}

std::vector<QueueEntry> EventQueue::ordered() const {
  std::vector<QueueEntry> entries = m_arrivals.entries();
  entries.insert(entries.end(), m_wakes.entries().begin(), m_wakes.entries().end());
  std::sort(entries.begin(), entries.end(),
            [](const QueueEntry& a, const QueueEntry& b) { return a.before(b); });
  return entries;
}

bool EventQueue::operator==(const EventQueue& o) const {
  if (m_next != o.m_next || size() != o.size()) return false;
  const auto a = ordered(), b = o.ordered();
  return std::equal(a.begin(), a.end(), b.begin(), [&](const QueueEntry& x, const QueueEntry& y) {
    if (x.at != y.at || x.sequence != y.sequence || x.wake != y.wake) return false;
    return x.wake.valid() ? x.slot == y.slot : m_slots[x.slot] == o.m_slots[y.slot];
  });
}

void EventQueue::hashInto(Hasher& h) const {
  h.add(m_next);
  for (const QueueEntry& entry : ordered()) {
    h.add(static_cast<std::uint64_t>(entry.at.ns));
    h.add(entry.sequence);
    h.add(entry.wake.value);
    if (entry.wake.valid()) h.add(entry.slot);
    else hw::hashInto(h, m_slots[entry.slot]);
  }
}

void EventQueue::dumpInto(Dump& out, const std::string& path) const {
  std::size_t i = 0;
  for (const QueueEntry& entry : ordered()) {
    const std::string here = path + "[" + std::to_string(i++) + "]";
    out.push_back({here + ".at", std::to_string(entry.at.ns) + "ns"});
    if (entry.wake.valid()) out.push_back({here + ".wake", std::to_string(entry.wake.value)});
    else hw::dumpInto(out, here, m_slots[entry.slot]);
  }
}

}  // namespace hw
