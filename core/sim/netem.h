// Trouble on purpose in front of an interface: delay, loss, duplicates, damage, disorder.
// Read first: tc-netem(8); Linux net/sched/sch_netem.c, netem_enqueue().
#pragma once

#include <optional>
#include <vector>

#include "core/base/hash.h"
#include "core/base/random.h"
#include "core/device/config.h"

namespace hw {

/// What netem at an end of a cable remembers.
struct NetemState {
  std::uint32_t sinceReordered = 0;  ///< frames that were held back since one left at once
  std::vector<Time> leaves;          ///< when the frames that wait will go, sorted; at most kMaxHeldBack
  HW_FIELDS(NetemState, sinceReordered, leaves)
};
/// Whatever `limit` says, no more frames than so many wait at an end.
inline constexpr std::uint32_t kMaxHeldBack = 100'000;

/// What befalls a frame in front of an interface.
struct Impairment {
  enum class What : std::uint8_t { Passes, Lost, Full };
  What what = What::Passes;
  Duration delay;                        ///< how long it is held back
  bool reordered = false;                ///< it leaves at once, before those that are held back
  bool twice = false;                    ///< a copy goes first
  std::optional<std::uint32_t> flipped;  ///< which bit of the frame is turned over
};
/// impair(netem, state, random, now, size, copy): draws in Linux's order. A copy is not duplicated again. Each kind of trouble that is
/// off draws nothing.
Impairment impair(const Netem& netem, NetemState& state, RandomStream& random, Time now, std::uint32_t frameBytes, bool copy);

}  // namespace hw
