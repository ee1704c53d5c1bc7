// Who hears whom on half-duplex cables: what hubs join is one collision domain (IEEE 802.3 clause 9).
#pragma once

#include <vector>

#include "core/base/id.h"
#include "core/base/time.h"

namespace hw {

struct World;
struct Wiring;

/// A station, by its end of a cable, and how long a signal takes to it.
struct Listener {
  LinkId link;
  std::uint8_t end = 0;
  Duration delay;
};

/// For each end of each link (2 * link + end) the stations that hear it, in the order in which they do; a ring of hubs makes a station
/// hear itself. Empty if no cable is shared. `wiring.plugs` is there already. O(stations^2) in a domain.
std::vector<std::vector<Listener>> listenersOf(const World& world, const Wiring& wiring);

}  // namespace hw
