// What will happen, ordered by (time, sequence). Entries are small; frames under way stand in slots
// beside them. Equality and hash see the order of events, not how they are kept.
#pragma once

#include <cstdint>
#include <vector>

#include "core/base/hash.h"
#include "core/journal/journal.h"
#include "core/sim/link.h"

namespace hw {

/// A frame under way.
struct Delivery {
  LinkEnd to;
  LinkId link;               ///< none for lo
  std::uint32_t linkCuts = 0;
  TransmissionId id;
  Frame frame;
  HW_FIELDS(Delivery, to, link, linkCuts, id, frame)
};

struct QueueEntry {
  Time at;
  std::uint64_t sequence = 0;
  DeviceId wake;             ///< a wake-up of this device, or none: then `slot` is a delivery
  std::uint32_t slot = 0;    ///< of a wake-up: 0, or 1 + the half-duplex interface that it is for (2 * link + end)

  bool before(const QueueEntry& o) const { return key() < o.key(); }
  __extension__ typedef unsigned __int128 Key;
  /// Both in one number: a comparison without a branch that nobody can predict. No event is before time 0.
  Key key() const { return static_cast<Key>(static_cast<std::uint64_t>(at.ns)) << 64 | sequence; }
};

/// Entries of which the first is always in front.
class EntryHeap {
 public:
  bool empty() const { return m_entries.empty(); }
  std::size_t size() const { return m_entries.size(); }
  const QueueEntry& top() const { return m_entries.front(); }
  void push(const QueueEntry& entry);
  QueueEntry pop();
  std::vector<QueueEntry>& entries() { return m_entries; }
  const std::vector<QueueEntry>& entries() const { return m_entries; }

 private:
  std::vector<QueueEntry> m_entries;  ///< 4-ary
};

/// Arrivals are near and many, wake-ups far and as many as devices: kept apart, an arrival never has to
/// be sorted in among the wake-ups.
class EventQueue {
 public:
  EventQueue() = default;
  EventQueue(EventQueue&&) = default;
  EventQueue& operator=(EventQueue&&) = default;
  ~EventQueue() = default;
  /// A copy keeps no free slot: a checkpoint of a quiet network is small, whatever once was under way.
  EventQueue(const EventQueue& o);
  EventQueue& operator=(const EventQueue& o) { return *this = EventQueue(o); }

  bool empty() const { return m_arrivals.empty() && m_wakes.empty(); }
  std::size_t size() const { return m_arrivals.size() + m_wakes.size(); }
  const QueueEntry& top() const { return wakeIsFirst() ? m_wakes.top() : m_arrivals.top(); }

  void pushWake(Time at, DeviceId device) { m_wakes.push({at, m_next++, device, 0}); }
  void pushAdapter(Time at, DeviceId device, std::uint32_t which) { m_wakes.push({at, m_next++, device, which + 1}); }
  /// Room for a delivery at `at`; the caller fills it.
  Delivery& pushDelivery(Time at);
  QueueEntry pop() { return wakeIsFirst() ? m_wakes.pop() : m_arrivals.pop(); }
  /// The delivery of a popped entry; free it after use.
  Delivery& delivery(std::uint32_t slot) { return m_slots[slot]; }
  void free(std::uint32_t slot) { m_free.push_back(slot); }

  /// Calls visit(at, delivery) for every frame under way, in order of arrival.
  template <class Visitor> void visitDeliveries(Visitor&& visit) const {
    for (const QueueEntry& entry : ordered())
      if (!entry.wake.valid()) visit(entry.at, m_slots[entry.slot]);
  }

  bool operator==(const EventQueue& o) const;
  void hashInto(Hasher& h) const;
  void dumpInto(std::vector<struct DumpLine>& out, const std::string& path) const;

 private:
  bool wakeIsFirst() const {
    return m_arrivals.empty() || (!m_wakes.empty() && m_wakes.top().before(m_arrivals.top()));
  }
  std::vector<QueueEntry> ordered() const;

  EntryHeap m_arrivals;
  EntryHeap m_wakes;
  std::vector<Delivery> m_slots;
  std::vector<std::uint32_t> m_free;
  std::uint64_t m_next = 0;
};

}  // namespace hw
