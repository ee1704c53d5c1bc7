// A stretch of the journal: its records, dictionary and index, which need no other volume. One record per event:
//
//   time, device, input (frame arrived: which transmission), decisions, transmissions
//
// Decisions (rules with their facts) repeat from packet to packet and are interned; a frame's header
// bytes are stored where the frame was made, later hops store what was rewritten. Payloads are shared.
#pragma once

#include <array>
#include <memory>
#include <set>
#include <utility>

#include "core/journal/records.h"

namespace hw {

class Volume {
 public:
  /// Begins with event `first`; `before` is the time of the event before it.
  explicit Volume(std::uint64_t first = 0, Time before = {});
  /// The volume after `previous`; its dictionary is as roomy.
  static Volume after(const Volume& previous);

  /// The stored part of a transmitted frame: its header bytes or what was rewritten.
  struct Body {
    const std::uint8_t* bytes = nullptr;
    std::uint32_t headSize = 0;
    std::uint32_t payload = 0;  ///< 1 + index into m_payloads, 0 for none
  };
  /// Where a record's reader stands.
  struct Reader {
    const std::uint8_t* at = nullptr;
    Time time;  ///< of the record before
    std::uint32_t chunk = 0;
    std::uint64_t get();
  };

  void append(const EventEntry& entry);
  std::uint64_t first() const { return m_first; }
  std::uint64_t end() const { return m_first + m_count; }
  Time startsAfter() const { return m_before; }
  Time lastTime() const { return m_last; }
  /// A reader in front of an event. O(kIndexEvery).
  Reader readerAt(std::uint64_t index) const;
  /// The record in front of the reader, and where the bytes of its frames are if that is wanted.
  EventRecord read(Reader& reader, std::uint64_t index, std::vector<Body>* bodies = nullptr) const;
  /// The frame of a transmission, given the one that arrived before it if it is no frame of its own.
  Frame rebuilt(const Transmission& what, const Body& body, const Frame* before) const;
  /// The events before `end` as a volume that can go on differently; chunks are shared.
  Volume fork(std::uint64_t end) const;

  std::uint64_t recordBytes() const;
  /// Bytes of the shared payload buffers that `seen` does not hold yet, which does after it.
  std::uint64_t payloadBytes(std::set<const void*>& seen) const;

 private:
  static constexpr std::uint64_t kIndexEvery = 32;
  static constexpr std::size_t kChunkSize = std::size_t{1} << 18;
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
  /// Where the next byte goes in the last chunk. A copied pen is blank: the copy of a volume opens a
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
  void reserve(std::size_t bytes);
  void put(std::uint64_t value);
  void putRaw(const std::uint8_t* bytes, std::size_t count);
  void putDecisions(std::span<const std::uint64_t> words);
  void putTransmission(const TransmissionEntry& entry);
  std::uint32_t intern(std::span<const std::uint64_t> words);
  void growTable();
  std::uint32_t payloadNumber(const Bytes& tail);
  Transmission readTransmission(Reader& reader, const EventRecord& event,
                                std::vector<Body>* bodies) const;

  std::uint64_t m_first = 0;
  Time m_before;  ///< of the event before the first
  std::vector<Chunk> m_chunks;
  Pen m_pen;
  std::vector<IndexEntry> m_index;
  std::uint64_t m_count = 0;
  Time m_last;

  std::vector<std::uint64_t> m_words;      ///< interned decision lists, one after the other
  std::vector<Interned> m_interned;
  std::vector<std::uint32_t> m_table;      ///< open addressing: 1 + index into m_interned
  std::vector<Bytes> m_payloads;
  static constexpr std::size_t kSeenPayloads = 256;
  std::array<std::uint32_t, kSeenPayloads> m_seenPayloads{};  ///< 1 + index into m_payloads, by address
};

}  // namespace hw
