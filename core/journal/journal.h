// The append-only journal: what happened in every event, and why. It is derived: the World's hash
// is the same whether it is kept or not. One record per event:
//
//   time, device, input (frame arrived: which transmission), decisions, transmissions
//
// Decisions (rules with their facts) repeat from packet to packet and are interned; a frame's header
// bytes are stored where the frame was made, later hops store what was rewritten. Payloads are shared.
#pragma once

#include <array>
#include <cstdint>
#include <map>
#include <memory>
#include <optional>
#include <utility>
#include <vector>

#include "core/base/id.h"
#include "core/base/time.h"
#include "core/journal/decisions.h"
#include "core/wire/frame.h"

namespace hw {

/// Identity of a transmission: the event that sent it and its ordinal there.
struct TransmissionId {
  std::uint64_t event = UINT64_MAX;
  std::uint16_t ordinal = 0;
  bool valid() const { return event != UINT64_MAX; }
  auto operator<=>(const TransmissionId&) const = default;
  HW_FIELDS(TransmissionId, event, ordinal)
};

enum class EventKind : std::uint8_t { Arrival, Wake, Input };

/// How a sent frame relates to the frame in hand.
enum class Origin : std::uint8_t {
  Made,       ///< a frame of its own: all bytes are stored
  Same,       ///< repeated or bridged: no byte changed
  Forwarded,  ///< MACs, TTL and header checksum rewritten, all else equal
};

/// What became of a transmission on its link.
enum class Fate : std::uint8_t {
  Delivered,
  Lost,
  QueueFull,
  NoCarrier,
  PassedDown,  ///< no wire: the stack gave the frame to a virtual interface of the same device
  PassedUp,    ///< ... and got it from one
};
/// Whether a frame was seen inside a device only.
constexpr bool isPass(Fate fate) { return fate == Fate::PassedDown || fate == Fate::PassedUp; }
/// Whether a frame got where it was sent to.
constexpr bool arrivesThere(Fate fate) { return fate == Fate::Delivered || isPass(fate); }

struct Transmission {
  TransmissionId id;
  InterfaceId port;
  LinkId link;
  Origin origin = Origin::Made;
  Fate fate = Fate::Delivered;
  std::uint16_t decision = 0;  ///< ordinal of the decision that sent it
  /// The datagram inside came with the frame that arrived (it was cut, padded or had to wait).
  bool continuesArrival = false;
  /// The earlier event in which the frame was made and had to wait, if it had to.
  std::uint64_t waitedSince = UINT64_MAX;
  Time sent;                   ///< when the event happened
  Time departs;                ///< when the first bit enters the wire (later if it had to queue)
  Time arrives;                ///< when the last bit is received
  std::uint32_t size = 0;      ///< bytes without FCS
};

struct EventRecord {
  std::uint64_t index = 0;
  Time time;
  EventKind kind = EventKind::Wake;
  DeviceId device;
  InterfaceId port;           ///< of an arrival
  TransmissionId arrived;     ///< of an arrival: which transmission
  std::vector<std::uint64_t> decisions;  ///< words, see Decisions::visit
  std::vector<Transmission> sent;
};

/// What the simulator tells a sink about one transmission.
struct TransmissionEntry {
  Transmission what;
  const Frame* frame = nullptr;
};

/// What the simulator tells a sink about one event.
struct EventEntry {
  std::uint64_t index = 0;
  Time time;
  EventKind kind = EventKind::Wake;
  DeviceId device;
  InterfaceId port;
  TransmissionId arrived;
  std::span<const std::uint64_t> decisions;
  std::span<const TransmissionEntry> sent;
};

class Journal {
 public:
  Journal();

  void append(const EventEntry& entry);
  /// Number of events, from 0; the record of each can be read.
  std::uint64_t size() const { return m_count; }
  /// The record of an event. `index` must be below size(). O(kIndexEvery).
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

  /// The first `events` events as a journal of its own that can go on differently; chunks are shared.
  Journal fork(std::uint64_t events) const;

  std::uint64_t recordBytes() const;
  /// Bytes of shared payload buffers, each counted once.
  std::uint64_t payloadBytes() const;

 private:
  static constexpr std::uint64_t kIndexEvery = 32;
  static constexpr std::size_t kChunkSize = std::size_t{1} << 20;
  struct Position {
    std::uint32_t chunk = 0;
    std::uint32_t offset = 0;
  };
  struct IndexEntry {
    Position at;
    Time base;
  };
  /// Records, one after the other; shared with forks and copies, which never write into it.
  struct Chunk {
    std::shared_ptr<std::uint8_t[]> bytes;
    std::size_t used = 0;
  };
  /// Where the next byte goes in the last chunk. A copied pen is blank: the copy of a journal opens a
  /// chunk of its own for its next record.
  struct Pen {
    std::uint8_t* at = nullptr;
    std::uint8_t* end = nullptr;
    Pen() = default;
    Pen(const Pen&) {}
    Pen(Pen&& o) noexcept : at(std::exchange(o.at, nullptr)), end(std::exchange(o.end, nullptr)) {}
    Pen& operator=(Pen o) {
      at = o.at;
      end = o.end;
      return *this;
    }
  };
  struct Interned {
    std::uint32_t first = 0;
    std::uint32_t count = 0;
  };
  /// Where a record's reader stands.
  struct Reader {
    const std::uint8_t* at = nullptr;
    Time time;  ///< of the record before
    std::uint32_t chunk = 0;
    std::uint64_t get();
  };
  /// The stored part of a transmitted frame: its header bytes or what was rewritten.
  struct Body {
    const std::uint8_t* bytes = nullptr;
    std::uint32_t headSize = 0;
    std::uint32_t payload = 0;  ///< 1 + index into m_payloads, 0 for none
  };

  void reserve(std::size_t bytes);
  void put(std::uint64_t value);
  void putRaw(const std::uint8_t* bytes, std::size_t count);
  void putDecisions(std::span<const std::uint64_t> words);
  void putTransmission(const TransmissionEntry& entry);
  std::uint32_t intern(std::span<const std::uint64_t> words);
  void growTable();
  std::uint32_t payloadNumber(const Bytes& tail);
  Frame rebuilt(const Transmission& what, const Body& body, const Frame* before) const;
  Reader readerAt(std::uint64_t index) const;
  EventRecord readRecord(Reader& reader, std::uint64_t index, std::vector<Body>* bodies) const;
  Transmission readTransmission(Reader& reader, const EventRecord& event,
                                std::vector<Body>* bodies) const;

  std::vector<Chunk> m_chunks;
  Pen m_pen;
  std::vector<IndexEntry> m_index;
  std::uint64_t m_count = 0;
  Time m_last;

  std::vector<std::uint64_t> m_words;      ///< interned decision lists, one after the other
  std::vector<Interned> m_interned;
  std::vector<std::uint32_t> m_table;      ///< open addressing: 1 + index into m_interned
  std::vector<Bytes> m_payloads;
};

template <class Visitor> void Journal::replay(Visitor&& visit) const {
  if (m_count == 0) return;
  std::map<TransmissionId, Frame> underWay;
  Reader reader = readerAt(0);
  for (std::uint64_t i = 0; i < m_count; ++i) {
    std::vector<Body> bodies;
    const EventRecord record = readRecord(reader, i, &bodies);
    const auto in = underWay.find(record.arrived);
    std::vector<Frame> frames;
    for (std::size_t j = 0; j < bodies.size(); ++j)
      frames.push_back(rebuilt(record.sent[j], bodies[j], in == underWay.end() ? nullptr : &in->second));
    visit(record, frames);
    if (in != underWay.end()) underWay.erase(in);
    for (std::size_t j = 0; j < frames.size(); ++j)
      if (record.sent[j].fate == Fate::Delivered) underWay.emplace(record.sent[j].id, std::move(frames[j]));
  }
}

}  // namespace hw
