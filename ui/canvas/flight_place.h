// Where a packet is at a moment: a pure function.
//
// A moment is a number. The index of a beat: that beat is displayed and time stands. Between two of
// them: time moves from one to the other. Halfway between two beats the packets that arrive in the
// later one reach their devices and those sent in it leave theirs, so that a packet that was sent in
// a beat stands on its link, well away from both ends, while the beat is displayed.
#pragma once

#include <optional>

#include "core/lens/packets.h"

namespace hw::canvas {

struct FlightPlace {
  double way = 0;      ///< 0 at the sender, 1 at the receiver
  double opacity = 1;
  bool lost = false;   ///< it has come to grief already
};

/// Nothing if the packet is not on its link at that moment.
std::optional<FlightPlace> placeOf(const lens::Flight& flight, double moment);

}  // namespace hw::canvas
