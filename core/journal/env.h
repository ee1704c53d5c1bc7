// All that a protocol's handler may know besides its own state and the header in hand.
#pragma once

#include "core/base/random.h"
#include "core/base/time.h"
#include "core/journal/decisions.h"

namespace hw {

struct Env {
  Time now;
  std::uint64_t event = 0;  ///< index of the event, for WrittenBy
  RandomStream& random;
  Decisions& decisions;

  /// Provenance for an entry written because of the decision with this ordinal.
  WrittenBy by(std::uint16_t ordinal) const { return {{event, ordinal}}; }
  WrittenBy byLast() const {
    return by(static_cast<std::uint16_t>(decisions.count() == 0 ? 0 : decisions.count() - 1));
  }
};

}  // namespace hw
