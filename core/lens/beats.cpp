#include "core/lens/beats.h"

#include <algorithm>

namespace hw::lens {

void BeatMap::cut(std::uint64_t events) {
  m_events = std::min(m_events, events);
  while (!m_beats.empty() && m_beats.back().firstEvent >= m_events) m_beats.pop_back();
}

void BeatMap::follow(const Journal& journal) {
  for (; m_events < journal.size(); ++m_events) {
    const EventRecord event = journal.read(m_events);
    const bool caused = !m_beats.empty() && event.kind == EventKind::Arrival &&
                        event.arrived.event >= m_beats.back().firstEvent;
    const bool near = !m_beats.empty() && event.kind != EventKind::Input &&
                      event.time - m_beats.back().time <= kSimultaneous;
    if (!near || caused) m_beats.push_back({m_events, event.time});
  }
}

std::uint64_t BeatMap::endOf(std::size_t beat) const {
  return beat + 1 < m_beats.size() ? m_beats[beat + 1].firstEvent : m_events;
}

std::size_t BeatMap::beatOf(std::uint64_t event) const {
  const auto after = std::upper_bound(
      m_beats.begin(), m_beats.end(), event,
      [](std::uint64_t key, const Beat& beat) { return key < beat.firstEvent; });
  return static_cast<std::size_t>(after - m_beats.begin()) - (after == m_beats.begin() ? 0 : 1);
}

std::size_t BeatMap::shown(std::uint64_t events) const {
  return static_cast<std::size_t>(
      std::lower_bound(m_beats.begin(), m_beats.end(), events,
                       [](const Beat& beat, std::uint64_t key) { return beat.firstEvent < key; }) -
      m_beats.begin());
}

}  // namespace hw::lens
