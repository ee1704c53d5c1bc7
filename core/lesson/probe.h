// "Would a ping be answered now?": tried in a copy of the World, which the session never sees.
#pragma once

#include "core/sim/world.h"

namespace hw::lesson {

/// True if a single ping from the device is answered within kMaxProbeTime and kMaxProbeEvents.
bool pingIsAnswered(World world, DeviceId from, Ipv4Address to);

}  // namespace hw::lesson
