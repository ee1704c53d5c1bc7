// A wire that several stations share: who may speak, and what happens when two do (CSMA/CD).
// Read first: IEEE 802.3 4.1.2 (functions), 4.2.3.2 (access), 4.2.8 (transmission, as a program), 4.4.2 (numbers).
//
// Stations hear each other later than they speak. A signal is when a station puts energy onto its own end of the wire; another one
// hears it shifted by the delay between both. All else follows: a station that hears nothing may begin although somebody has begun
// already, and whoever hears another signal while it sends has had a collision.
#pragma once

#include <cstdint>
#include <span>
#include <vector>

#include "core/base/hash.h"
#include "core/base/random.h"
#include "core/base/time.h"

namespace hw::medium {

inline constexpr std::uint64_t kSlotBits = 512;          ///< a collision comes within so many bits, if the segment is not too long
inline constexpr std::uint64_t kGigabitSlotBits = 4096;  ///< a shorter frame is extended to so many
inline constexpr std::uint64_t kGapBits = 96;
inline constexpr std::uint64_t kGapFirstPartBits = 64;   ///< a carrier that comes back after it does not stop who waits
inline constexpr std::uint64_t kPreambleBits = 64;
inline constexpr std::uint64_t kFcsBits = 32;
inline constexpr std::uint64_t kJamBits = 32;
inline constexpr std::uint8_t kAttemptLimit = 16;
inline constexpr std::uint8_t kBackOffLimit = 10;

/// The numbers of IEEE 802.3 4.4.2 at a rate in bits per second, above 0.
struct Timing {
  Duration slot, gap, gapFirstPart, preamble, jam;
  std::uint64_t rate = 0;
  /// How long a frame of so many bytes (without FCS) is on the wire, its preamble included.
  Duration signalOf(std::uint32_t frameBytes) const;
};
Timing timingOf(std::uint64_t rate);

/// Energy on a station's own end of the wire, [from, to).
struct Signal {
  Time from, to;
  HW_FIELDS(Signal, from, to)
};

enum class Phase : std::uint8_t {
  Idle,     ///< it has nothing to send
  Ready,    ///< a frame waits until the wire is quiet
  Sending,
};

/// The transmitting side of a station: one frame at a time.
struct Station {
  static constexpr std::size_t kSignals = 8;  ///< so many of its own are remembered: others may hear them still

  Phase phase = Phase::Idle;
  Time readyAt;               ///< Ready: not before this; later than the frame came after a collision
  std::uint8_t attempts = 0;  ///< collisions that the frame has had
  std::vector<Signal> voice;  ///< its own, oldest first; the last one is that of Sending
  HW_FIELDS(Station, phase, readyAt, attempts, voice)
};

/// Somebody whom a station hears, and how much later. In a ring of wires it hears itself.
struct Heard {
  const Station* station = nullptr;
  Duration delay;
};
using Others = std::span<const Heard>;

/// When something will happen to a station if nobody else begins or stops: it begins to send, notices a collision or has sent its
/// last bit. kNever if it is idle. O(signals).
Time nextEvent(const Station& station, const Timing& timing, Others others);
/// When a station that sends hears another signal; kNever if it will not.
Time collisionOf(const Station& station, Others others);

/// A frame is there, to be sent at `at` or later. The station must be idle.
void offer(Station& station, Time at);
/// The first bit leaves.
void begin(Station& station, Time now, Duration signal);
/// The last bit has left, and nobody was heard.
void finish(Station& station);

/// What a collision means for the frame.
struct Collision {
  std::uint8_t attempt = 0;   ///< its number, from 1
  bool late = false;          ///< it came later than a slot time after the first bit: the segment is too long
  bool gaveUp = false;        ///< it was the last one: the frame is dropped
  std::uint32_t drawn = 0;    ///< drawn from [0, most]
  std::uint32_t most = 0;
  Duration wait;              ///< from the end of the jam
};
/// The station sends a jam, stops, and waits for a time that it draws (4.2.3.2.5); idle if it gave up.
Collision collide(Station& station, const Timing& timing, Time now, RandomStream& random);

/// Whether what a station has received until `now` was hit by a second signal while it came in, its own included.
/// `signal`: how long the frame took.
bool isGarbled(const Station* receiver, Others others, Time now, Duration signal);

}  // namespace hw::medium
