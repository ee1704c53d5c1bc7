// A busy session made from a seed: hosts, bridges, a hub and routers under pings, datagrams, changed
// configurations and cut cables at random moments.
#pragma once

#include "tests/core/sim/network_text.h"

namespace hw::test {

/// Its first World.
World busyWorld(std::uint64_t seed);

/// One input of the session: a moment after the one before, and what happens then. Depends on the
/// World only where a configuration is changed.
struct BusyStep {
  Duration after;
  Input input;
};
BusyStep busyStep(RandomStream& random, const World& world);

/// Plays `inputs` steps of the session of a seed.
void playBusy(Timeline& timeline, std::uint64_t seed, int inputs);

}  // namespace hw::test
