#include "core/journal/volume.h"

#include <algorithm>

#include "core/base/check.h"
#include "core/wire/byte_order.h"

namespace hw {
namespace {

// A record never straddles two chunks, so each one's size is bounded before it is written.
constexpr std::size_t kMaxVarint = 10;
constexpr std::size_t kMaxInternedLists = std::size_t{1} << 20;
constexpr std::size_t kRewriteSize = 15;  // two MACs, TTL, header checksum
constexpr std::uint32_t kTtlAt = 14 + 8;
constexpr std::uint32_t kChecksumAt = 14 + 10;

std::uint64_t hashWords(std::span<const std::uint64_t> words) {
  std::uint64_t h = words.size();
  for (std::uint64_t word : words) {
    h = (h ^ word) * 0x9FB21C651E98DF25u;
    h ^= h >> 29;
  }
  return h;
}

}  // namespace

Volume::Volume(std::uint64_t first, Time before) : m_first(first), m_before(before), m_last(before), m_table(1024, 0) {}

Volume Volume::after(const Volume& previous) {
  Volume next(previous.end(), previous.lastTime());
  next.m_table.resize(previous.m_table.size());
  return next;
}

void Volume::reserve(std::size_t bytes) {
  if (static_cast<std::size_t>(m_pen.end - m_pen.at) >= bytes) return;
  const std::size_t size = std::max(kChunkSize, bytes);
  m_chunks.push_back({std::shared_ptr<std::uint8_t[]>(new std::uint8_t[size]), 0});
  m_pen.at = m_chunks.back().bytes.get();
  m_pen.end = m_pen.at + size;
}

inline void Volume::put(std::uint64_t value) {
  while (value >= 0x80) {
    *m_pen.at++ = static_cast<std::uint8_t>(value | 0x80);
    value >>= 7;
  }
  *m_pen.at++ = static_cast<std::uint8_t>(value);
}

inline void Volume::putRaw(const std::uint8_t* bytes, std::size_t count) {
  std::memcpy(m_pen.at, bytes, count);
  m_pen.at += count;
}

std::uint64_t Volume::Reader::get() {
  std::uint64_t value = 0;
  int shift = 0;
  while (*at >= 0x80) {
    value |= static_cast<std::uint64_t>(*at++ & 0x7F) << shift;
    shift += 7;
  }
  return value | static_cast<std::uint64_t>(*at++) << shift;
}

void Volume::append(const EventEntry& entry) {
  HW_CHECK(entry.index == end());
  reserve((16 + entry.decisions.size()) * kMaxVarint +
          entry.sent.size() * (8 * kMaxVarint + Frame::kHeadCapacity));
  if (m_count % kIndexEvery == 0)
    m_index.push_back({{static_cast<std::uint32_t>(m_chunks.size() - 1),
                        static_cast<std::uint32_t>(m_chunks.back().used)},
                       m_last});
  put(static_cast<std::uint64_t>(entry.time.ns - m_last.ns) << 2 |
      static_cast<std::uint64_t>(entry.kind));
  m_last = entry.time;
  ++m_count;
  put(entry.device.value + std::uint64_t{1});
  if (entry.kind == EventKind::Arrival) {
    put(entry.port.value);
    put(entry.index - entry.arrived.event);
    put(entry.arrived.ordinal);
  }
  putDecisions(entry.decisions);
  put(entry.sent.size());
  for (const TransmissionEntry& one : entry.sent) putTransmission(one);
  Chunk& chunk = m_chunks.back();
  chunk.used = static_cast<std::size_t>(m_pen.at - chunk.bytes.get());
}

void Volume::putDecisions(std::span<const std::uint64_t> words) {
  const std::uint32_t number = intern(words);
  put(number);
  if (number != 0) return;
  put(words.size());
  for (std::uint64_t word : words) put(word);
}

/// 1 + the number of the list of words, or 0 when the dictionary is full.
std::uint32_t Volume::intern(std::span<const std::uint64_t> words) {
  std::size_t slot = hashWords(words) & (m_table.size() - 1);
  for (; m_table[slot] != 0; slot = (slot + 1) & (m_table.size() - 1)) {
    const Interned& known = m_interned[m_table[slot] - 1];
    if (known.count == words.size() &&
        std::equal(words.begin(), words.end(), m_words.begin() + known.first))
      return m_table[slot];
  }
  if (m_interned.size() >= kMaxInternedLists) return 0;
  m_interned.push_back(
      {static_cast<std::uint32_t>(m_words.size()), static_cast<std::uint32_t>(words.size())});
  m_words.insert(m_words.end(), words.begin(), words.end());
  const auto number = static_cast<std::uint32_t>(m_interned.size());
  m_table[slot] = number;
  if (m_interned.size() * 2 > m_table.size()) growTable();
  return number;
}

void Volume::growTable() {
  m_table.assign(m_table.size() * 2, 0);
  for (std::uint32_t number = 1; number <= m_interned.size(); ++number) {
    const Interned& list = m_interned[number - 1];
    std::size_t slot = hashWords({m_words.data() + list.first, list.count}) & (m_table.size() - 1);
    while (m_table[slot] != 0) slot = (slot + 1) & (m_table.size() - 1);
    m_table[slot] = number;
  }
}

void Volume::putTransmission(const TransmissionEntry& entry) {
  const Transmission& what = entry.what;
  const Frame& frame = *entry.frame;
  const bool waited = what.waitedSince != UINT64_MAX;
  put(static_cast<std::uint64_t>(what.origin) | static_cast<std::uint64_t>(what.fate) << 2 |
      std::uint64_t{what.continuesArrival} << 6 | std::uint64_t{waited} << 7 |
      static_cast<std::uint64_t>(what.decision) << 8);
  if (waited) put(end() - what.waitedSince);
  put(what.port.value);
  put(what.link.value + std::uint64_t{1});
  put(static_cast<std::uint64_t>(what.departs.ns - what.sent.ns));
  put(static_cast<std::uint64_t>(what.arrives.ns - what.departs.ns));
  put(frame.size());
  if (what.origin == Origin::Made) {
    put(frame.headSize());
    putRaw(frame.head(), frame.headSize());
    put(payloadNumber(frame.tail()));
  } else if (what.origin == Origin::Forwarded) {
    putRaw(frame.head(), 12);
    putRaw(frame.head() + kTtlAt, 1);
    putRaw(frame.head() + kChecksumAt, 2);
  }
}

std::uint32_t Volume::payloadNumber(const Bytes& tail) {
  if (tail.empty()) return 0;
  // Programs send the same buffer again and again: each has a place where it is looked for.
  std::uint32_t& seen = m_seenPayloads[(reinterpret_cast<std::uintptr_t>(tail.data()) >> 4) % kSeenPayloads];
  if (seen != 0) {
    const Bytes& known = m_payloads[seen - 1];
    if (known.data() == tail.data() && known.size() == tail.size()) return seen;
  }
  m_payloads.push_back(tail);
  return seen = static_cast<std::uint32_t>(m_payloads.size());
}

Volume::Reader Volume::readerAt(std::uint64_t index) const {
  HW_CHECK(index >= m_first && index < end());
  const std::uint64_t within = index - m_first;
  const IndexEntry& entry = m_index[within / kIndexEvery];
  Reader reader{m_chunks[entry.at.chunk].bytes.get() + entry.at.offset, entry.base, entry.at.chunk};
  for (std::uint64_t i = index - within % kIndexEvery; i < index; ++i) read(reader, i);
  return reader;
}

EventRecord Volume::read(Reader& reader, std::uint64_t index,
                                std::vector<Body>* bodies) const {
  const Chunk& chunk = m_chunks[reader.chunk];
  const bool chunkEnds = reader.at == chunk.bytes.get() + chunk.used;
  if (chunkEnds) reader.at = m_chunks[++reader.chunk].bytes.get();
  EventRecord record;
  record.index = index;
  const std::uint64_t first = reader.get();
  reader.time.ns += static_cast<std::int64_t>(first >> 2);
  record.time = reader.time;
  record.kind = static_cast<EventKind>(first & 3);
  record.device = DeviceId{static_cast<std::uint32_t>(reader.get() - 1)};
  if (record.kind == EventKind::Arrival) {
    record.port = InterfaceId{static_cast<std::uint32_t>(reader.get())};
    record.arrived.event = index - reader.get();
    record.arrived.ordinal = static_cast<std::uint16_t>(reader.get());
  }
  if (const std::uint64_t number = reader.get()) {
    const Interned& list = m_interned[number - 1];
    record.decisions.assign(m_words.begin() + list.first,
                            m_words.begin() + list.first + list.count);
  } else {
    record.decisions.resize(reader.get());
    for (std::uint64_t& word : record.decisions) word = reader.get();
  }
  const std::uint64_t count = reader.get();
  for (std::uint64_t i = 0; i < count; ++i)
    record.sent.push_back(readTransmission(reader, record, bodies));
  return record;
}

Transmission Volume::readTransmission(Reader& reader, const EventRecord& event,
                                       std::vector<Body>* bodies) const {
  Transmission what;
  what.id = {event.index, static_cast<std::uint16_t>(event.sent.size())};
  const std::uint64_t flags = reader.get();
  what.origin = static_cast<Origin>(flags & 3);
  what.fate = static_cast<Fate>(flags >> 2 & 15);
  what.continuesArrival = (flags >> 6 & 1) != 0;
  what.decision = static_cast<std::uint16_t>(flags >> 8);
  if ((flags >> 7 & 1) != 0) what.waitedSince = event.index + 1 - reader.get();
  what.port = InterfaceId{static_cast<std::uint32_t>(reader.get())};
  what.link = LinkId{static_cast<std::uint32_t>(reader.get() - 1)};
  what.sent = event.time;
  what.departs = what.sent + Duration{static_cast<std::int64_t>(reader.get())};
  what.arrives = what.departs + Duration{static_cast<std::int64_t>(reader.get())};
  what.size = static_cast<std::uint32_t>(reader.get());
  Body body;
  if (what.origin == Origin::Made) {
    body.headSize = static_cast<std::uint32_t>(reader.get());
    body.bytes = reader.at;
    reader.at += body.headSize;
    body.payload = static_cast<std::uint32_t>(reader.get());
  } else if (what.origin == Origin::Forwarded) {
    body.bytes = reader.at;
    reader.at += kRewriteSize;
  }
  if (bodies) bodies->push_back(body);
  return what;
}

namespace {

void rewrite(Frame& frame, const std::uint8_t* bytes) {
  HW_CHECK(frame.ensureHead(kChecksumAt + 2));
  std::memcpy(frame.head(), bytes, 12);
  frame.head()[kTtlAt] = bytes[12];
  std::memcpy(frame.head() + kChecksumAt, bytes + 13, 2);
}

}  // namespace

/// The frame of a transmission, given the one that arrived before it if it is no frame of its own.
Frame Volume::rebuilt(const Transmission& what, const Body& body, const Frame* before) const {
  if (what.origin == Origin::Made) {
    Frame frame(body.payload == 0 ? Bytes() : m_payloads[body.payload - 1]);
    std::memcpy(frame.pushFront(body.headSize), body.bytes, body.headSize);
    return frame;
  }
  HW_CHECK(before != nullptr);
  Frame frame = *before;
  if (what.origin == Origin::Forwarded) rewrite(frame, body.bytes);
  return frame;
}

Volume Volume::fork(std::uint64_t end) const {
  Volume branch = *this;
  if (end >= this->end()) return branch;
  if (end == m_first) return Volume(m_first, m_before);
  const Reader reader = readerAt(end);
  branch.m_chunks.resize(reader.chunk + 1);
  branch.m_chunks.back().used = static_cast<std::size_t>(reader.at - m_chunks[reader.chunk].bytes.get());
  branch.m_count = end - m_first;
  branch.m_index.resize((branch.m_count + kIndexEvery - 1) / kIndexEvery);
  branch.m_last = reader.time;
  return branch;
}

std::uint64_t Volume::recordBytes() const {
  std::uint64_t bytes = m_words.size() * sizeof(std::uint64_t) +
                        m_interned.size() * sizeof(Interned) + m_table.size() * 4 +
                        m_index.size() * sizeof(IndexEntry) + m_payloads.size() * sizeof(Bytes);
  for (const Chunk& chunk : m_chunks) bytes += chunk.used;
  return bytes;
}

std::uint64_t Volume::payloadBytes(std::set<const void*>& seen) const {
  std::uint64_t bytes = 0;
  for (const Bytes& payload : m_payloads)
    if (seen.insert(payload.buffer()).second) bytes += payload.size();
  return bytes;
}

}  // namespace hw
