#include "core/proto/medium/medium.h"

#include <algorithm>

#include "core/base/check.h"

namespace hw::medium {
namespace {

Duration bits(std::uint64_t count, std::uint64_t rate) {
  return {static_cast<std::int64_t>(count * 1'000'000'000u / rate)};
}

/// All that a station hears, its own voice too, from a moment on; sorted.
std::vector<Signal> carriersAt(const Station& station, Others others, Time after) {
  std::vector<Signal> all;
  const auto take = [&](const Station& from, Duration delay) {
    for (const Signal& one : from.voice)
      if (one.to + delay > after) all.push_back({one.from + delay, one.to + delay});
  };
  take(station, {});
  for (const Heard& one : others)
    if (one.station) take(*one.station, one.delay);
  std::sort(all.begin(), all.end(), [](const Signal& a, const Signal& b) { return a.from < b.from; });
  return all;
}

/// When a station that is ready may begin: the wire has been quiet for the gap. In the last third of the gap a new carrier does not
/// stop it, so that nobody who waits is always last (4.2.3.2.2).
Time startOf(const Station& station, const Timing& timing, Others others) {
  Time quiet{INT64_MIN / 2};  // when the last carrier ended
  for (const Signal& carrier : carriersAt(station, others, station.readyAt - timing.gap)) {
    const Time free = quiet + timing.gap;
    const Time start = std::max(station.readyAt, free);
    if (start <= carrier.from) return start;
    const bool lastPart = carrier.from >= quiet + timing.gapFirstPart && carrier.from < free;
    if (lastPart && station.readyAt <= free) return free;
    quiet = std::max(quiet, carrier.to);
  }
  return std::max(station.readyAt, quiet + timing.gap);
}

}  // namespace

Timing timingOf(std::uint64_t rate) {
  const std::uint64_t slot = rate >= 1'000'000'000 ? kGigabitSlotBits : kSlotBits;
  return {bits(slot, rate), bits(kGapBits, rate), bits(kGapFirstPartBits, rate), bits(kPreambleBits, rate), bits(kJamBits, rate), rate};
}

Duration Timing::signalOf(std::uint32_t frameBytes) const {
  const std::uint64_t frameBits = frameBytes * std::uint64_t{8} + kFcsBits;
  const std::uint64_t extended = rate >= 1'000'000'000 ? std::max(frameBits, kGigabitSlotBits) : frameBits;
  return bits(kPreambleBits + extended, rate);
}

Time collisionOf(const Station& station, Others others) {
  if (station.phase != Phase::Sending) return kNever;
  const Signal& own = station.voice.back();
  Time first = kNever;
  for (const Heard& other : others) {
    if (!other.station) continue;
    for (const Signal& one : other.station->voice)
      if (one.from + other.delay < own.to && one.to + other.delay > own.from)
        first = std::min(first, std::max(own.from, one.from + other.delay));
  }
  return first;
}

Time nextEvent(const Station& station, const Timing& timing, Others others) {
  switch (station.phase) {
    case Phase::Idle: return kNever;
    case Phase::Ready: return startOf(station, timing, others);
    case Phase::Sending: return std::min(collisionOf(station, others), station.voice.back().to);
  }
  return kNever;
}

void offer(Station& station, Time at) {
  HW_CHECK(station.phase == Phase::Idle);
  station.phase = Phase::Ready;
  station.readyAt = at;
  station.attempts = 0;
}

void begin(Station& station, Time now, Duration signal) {
  HW_CHECK(station.phase == Phase::Ready);
  station.phase = Phase::Sending;
  if (station.voice.size() == Station::kSignals) station.voice.erase(station.voice.begin());
  station.voice.push_back({now, now + signal});
}

void finish(Station& station) {
  HW_CHECK(station.phase == Phase::Sending);
  station.phase = Phase::Idle;
}

Collision collide(Station& station, const Timing& timing, Time now, RandomStream& random) {
  HW_CHECK(station.phase == Phase::Sending);
  Collision result;
  Signal& own = station.voice.back();
  result.late = now - own.from > timing.slot;
  // The preamble is sent to its end before the jam (4.2.8, BitTransmitter).
  own.to = std::max(now, own.from + timing.preamble) + timing.jam;
  result.attempt = ++station.attempts;
  result.gaveUp = station.attempts >= kAttemptLimit;
  if (result.gaveUp) {
    station.phase = Phase::Idle;
    return result;
  }
  result.most = (1u << std::min(station.attempts, kBackOffLimit)) - 1;
  result.drawn = static_cast<std::uint32_t>(random.below(std::uint64_t{result.most} + 1));
  result.wait = timing.slot * result.drawn;
  station.phase = Phase::Ready;
  station.readyAt = own.to + result.wait;
  return result;
}

bool isGarbled(const Station* receiver, Others others, Time now, Duration signal) {
  const Time from = now - signal;
  const auto overlaps = [&](const Signal& one, Duration delay) { return one.from + delay < now && one.to + delay > from; };
  bool itself = true;  // the frame's own signal is the one that ends now
  for (const Heard& other : others) {
    if (!other.station) continue;
    for (const Signal& one : other.station->voice) {
      if (itself && one.to + other.delay == now) itself = false;
      else if (overlaps(one, other.delay)) return true;
    }
  }
  if (!receiver) return false;
  return std::any_of(receiver->voice.begin(), receiver->voice.end(), [&](const Signal& one) { return overlaps(one, {}); });
}

}  // namespace hw::medium
