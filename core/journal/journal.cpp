#include "core/journal/journal.h"

#include <algorithm>

#include "core/base/check.h"

namespace hw {

void Journal::append(const EventEntry& entry) {
  if (entry.index == m_open.first() + kVolumeEvents) close();
  m_open.append(entry);
}

/// The open volume is full: a new one begins, and old ones go if there are too many.
void Journal::close() {
  std::set<const void*> seen;
  const std::uint64_t records = m_open.recordBytes();
  const std::uint64_t bytes = records + m_open.payloadBytes(seen);
  Volume next = Volume::after(m_open);
  const Time before = m_open.startsAfter();
  m_closed.push_back({std::make_shared<const Volume>(std::move(m_open)), before, records, bytes});
  m_open = std::move(next);
  m_closedRecordBytes += records;
  m_keptBytes += bytes;
  for (; m_keptBytes > m_budget && m_firstKept < m_closed.size(); ++m_firstKept) {
    m_closed[m_firstKept].pages.reset();
    m_keptBytes -= m_closed[m_firstKept].bytes;
  }
}

Journal::Pages Journal::volumeOf(std::uint64_t index) const {
  HW_CHECK(index < size());
  const std::uint64_t number = index / kVolumeEvents;
  if (number == m_closed.size()) return {Pages(), &m_open};
  return m_closed[number].pages ? m_closed[number].pages : remade(number);
}

Journal::Pages Journal::remade(std::uint64_t number) const {
  std::vector<Pages>& latest = m_remade.latest;
  const std::uint64_t first = number * kVolumeEvents;
  auto known = std::find_if(latest.begin(), latest.end(), [first](const Pages& one) { return one->first() == first; });
  if (known == latest.end()) {
    HW_CHECK(m_remade.how != nullptr);
    Volume volume(first, m_closed[number].before);
    m_remade.how(volume, first + kVolumeEvents);
    HW_CHECK(volume.end() == first + kVolumeEvents);
    if (latest.size() == kRemadeKept) latest.pop_back();
    known = latest.insert(latest.end(), std::make_shared<const Volume>(std::move(volume)));
  }
  std::rotate(latest.begin(), known, known + 1);
  return latest.front();
}

EventRecord Journal::read(std::uint64_t index) const {
  const Pages pages = volumeOf(index);
  Volume::Reader reader = pages->readerAt(index);
  return pages->read(reader, index);
}

std::uint64_t Journal::firstAtOrAfter(Time time) const {
  // It is in the last volume in front of which all is earlier.
  std::size_t number = static_cast<std::size_t>(
      std::partition_point(m_closed.begin(), m_closed.end(), [time](const Closed& one) { return one.before < time; }) -
      m_closed.begin());
  if (number > 0 && (number < m_closed.size() || m_open.startsAfter() >= time)) --number;
  std::uint64_t low = number * kVolumeEvents;
  std::uint64_t high = std::min(low + kVolumeEvents, size());
  while (low < high) {
    const std::uint64_t middle = low + (high - low) / 2;
    if (read(middle).time < time) low = middle + 1;
    else high = middle;
  }
  return low;
}

std::optional<Transmission> Journal::transmission(TransmissionId id) const {
  if (id.event >= size()) return std::nullopt;
  const EventRecord record = read(id.event);
  if (id.ordinal >= record.sent.size()) return std::nullopt;
  return record.sent[id.ordinal];
}

Frame Journal::frame(TransmissionId id) const {
  struct Hop {
    Pages pages;
    Transmission what;
    Volume::Body body;
  };
  // Back to the hop where the frame was made, then forward again with what was rewritten.
  std::vector<Hop> hops;
  for (;;) {
    std::vector<Volume::Body> bodies;
    const Pages pages = volumeOf(id.event);
    Volume::Reader reader = pages->readerAt(id.event);
    const EventRecord record = pages->read(reader, id.event, &bodies);
    HW_CHECK(id.ordinal < record.sent.size());
    hops.push_back({pages, record.sent[id.ordinal], bodies[id.ordinal]});
    if (hops.back().what.origin == Origin::Made) break;
    HW_CHECK(record.arrived.valid());
    id = record.arrived;
  }
  Frame frame;
  for (auto hop = hops.rbegin(); hop != hops.rend(); ++hop)
    frame = hop->pages->rebuilt(hop->what, hop->body, hop == hops.rbegin() ? nullptr : &frame);
  return frame;
}

Journal Journal::fork(std::uint64_t events) const {
  Journal branch = *this;
  if (events >= size()) return branch;
  const std::uint64_t number = events / kVolumeEvents;
  branch.m_open = volumeOf(events)->fork(events);
  branch.m_closed.resize(std::min<std::size_t>(number, m_closed.size()));
  branch.m_firstKept = std::min(m_firstKept, branch.m_closed.size());
  branch.m_closedRecordBytes = branch.m_keptBytes = 0;
  for (const Closed& one : branch.m_closed) {
    branch.m_closedRecordBytes += one.recordBytes;
    if (one.pages) branch.m_keptBytes += one.bytes;
  }
  return branch;
}

std::uint64_t Journal::payloadBytes() const {
  std::set<const void*> seen;
  std::uint64_t bytes = m_open.payloadBytes(seen);
  for (const Closed& one : m_closed)
    if (one.pages) bytes += one.pages->payloadBytes(seen);
  return bytes;
}

std::uint64_t Journal::keptBytes() const { return m_keptBytes + m_open.recordBytes(); }

}  // namespace hw
