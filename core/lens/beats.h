// Time as people watch it. A beat is a moment at which something happens: a run of events so close
// together that none of them can be the effect of another's frame. Idle time between beats is skipped.
#pragma once

#include <vector>

#include "core/journal/journal.h"

namespace hw::lens {

struct Beat {
  std::uint64_t firstEvent = 0;  ///< events [firstEvent, next beat's firstEvent)
  Time time;                     ///< of its first event
  bool operator==(const Beat&) const = default;
};

/// Events at most this far apart may share a beat.
inline constexpr Duration kSimultaneous = microseconds(2);

/// beats(journal): a pure function of the journal, made bit by bit as that grows.
class BeatMap {
 public:
  /// Takes in what the journal has got since.
  void follow(const Journal& journal);
  /// Forgets the events from `events` on, before another future begins there.
  void cut(std::uint64_t events);
  std::size_t size() const { return m_beats.size(); }
  const Beat& at(std::size_t beat) const { return m_beats[beat]; }
  /// The event behind the last event of a beat: seek there to show the beat.
  std::uint64_t endOf(std::size_t beat) const;
  /// The beat that an event belongs to.
  std::size_t beatOf(std::uint64_t event) const;
  /// How many beats have been shown when `events` events have happened.
  std::size_t shown(std::uint64_t events) const;

 private:
  std::vector<Beat> m_beats;
  std::uint64_t m_events = 0;
};

}  // namespace hw::lens
