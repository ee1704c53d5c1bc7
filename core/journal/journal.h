// The append-only journal: what happened in every event, and why. It is derived: the World's hash
// is the same whether it is kept or not. It is a row of volumes of the same number of events. When they take
// more memory than wanted, the oldest are dropped; what is read in them is made again by whoever can.
#pragma once

#include <functional>
#include <map>
#include <optional>

#include "core/journal/volume.h"

namespace hw {

class Journal {
 public:
  static constexpr std::uint64_t kVolumeEvents = std::uint64_t{1} << 16;
  /// Makes events [volume.end(), end) again and appends them.
  using Remake = std::function<void(Volume& volume, std::uint64_t end)>;

  void append(const EventEntry& entry);
  /// Number of events, from 0; the record of each can be read.
  std::uint64_t size() const { return m_open.end(); }
  /// The record of an event. `index` must be below size().
  EventRecord read(std::uint64_t index) const;
  /// The first event at or after a time; size() if none. O(log n).
  std::uint64_t firstAtOrAfter(Time time) const;
  /// The bytes of a transmitted frame, rebuilt along its hops. O(hops).
  Frame frame(TransmissionId id) const;
  /// The record of a transmission, or nothing if no such event or ordinal is kept.
  std::optional<Transmission> transmission(TransmissionId id) const;

  /// Reads the journal from its start, every frame rebuilt: visit(record, frames of record.sent).
  /// Frames under way are kept, so the cost is O(events), not O(events * hops).
  template <class Visitor> void replay(Visitor&& visit) const;

  /// The first `events` events as a journal of its own that can go on differently; volumes are shared.
  Journal fork(std::uint64_t events) const;

  /// Old volumes are dropped when records and payloads take more than so many bytes. Only for a journal that
  /// is told how to make them again before it is read.
  void keepAtMost(std::uint64_t bytes) { m_budget = bytes; }
  void remadeBy(Remake remake) const { m_remade.how = std::move(remake); }

  /// Bytes of all records that were written, dropped or not.
  std::uint64_t recordBytes() const { return m_closedRecordBytes + m_open.recordBytes(); }
  /// Bytes of the shared payload buffers that are kept, each counted once.
  std::uint64_t payloadBytes() const;
  /// Bytes of what is kept now.
  std::uint64_t keptBytes() const;

 private:
  using Pages = std::shared_ptr<const Volume>;
  struct Closed {
    Pages pages;  ///< nothing when dropped
    Time before;  ///< of the event before its first
    std::uint64_t recordBytes = 0;
    std::uint64_t bytes = 0;  ///< with payloads
  };
  /// Volumes that were made again, the latest first; a copy of the journal starts without.
  struct Remade {
    Remake how;
    std::vector<Pages> latest;
    Remade() = default;
    Remade(const Remade&) {}
    Remade(Remade&&) = default;
    Remade& operator=(Remade o) {
      how = std::move(o.how);
      latest = std::move(o.latest);
      return *this;
    }
  };
  static constexpr std::size_t kRemadeKept = 4;

  void close();
  /// The volume of an event. It stays as long as the result, or, if it is the open one, as the journal.
  Pages volumeOf(std::uint64_t index) const;
  Pages remade(std::uint64_t number) const;

  std::vector<Closed> m_closed;
  Volume m_open;
  std::uint64_t m_closedRecordBytes = 0;
  std::uint64_t m_keptBytes = 0;  ///< of the closed volumes
  std::size_t m_firstKept = 0;
  std::uint64_t m_budget = UINT64_MAX;
  mutable Remade m_remade;
};

template <class Visitor> void Journal::replay(Visitor&& visit) const {
  std::map<TransmissionId, Frame> underWay;
  for (std::uint64_t first = 0; first < size(); first += kVolumeEvents) {
    const Pages pages = volumeOf(first);
    Volume::Reader reader = pages->readerAt(first);
    for (std::uint64_t i = first; i < pages->end(); ++i) {
      std::vector<Volume::Body> bodies;
      const EventRecord record = pages->read(reader, i, &bodies);
      const auto in = underWay.find(record.arrived);
      std::vector<Frame> frames;
      for (std::size_t j = 0; j < bodies.size(); ++j)
        frames.push_back(pages->rebuilt(record.sent[j], bodies[j], in == underWay.end() ? nullptr : &in->second));
      visit(record, frames);
      if (in != underWay.end()) underWay.erase(in);
      for (std::size_t j = 0; j < frames.size(); ++j)
        if (record.sent[j].fate == Fate::Delivered) underWay.emplace(record.sent[j].id, std::move(frames[j]));
    }
  }
}

}  // namespace hw
