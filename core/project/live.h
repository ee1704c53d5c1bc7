// A draft and a World that runs: which device stands for which node, and what must happen in the
// World so that it becomes another draft. What was typed at devices and learned by them stays.
#pragma once

#include <map>

#include "core/project/draft.h"
#include "core/sim/simulator.h"

namespace hw::project {

/// Nodes and links that were removed keep their places: undo brings the same ids back.
struct Places {
  std::map<NodeKey, DeviceId> devices;
  std::map<LinkKey, LinkId> links;
};

/// In the World that buildWorld() makes of the draft's document.
Places placesOf(const Draft& draft);

/// The inputs that turn `world`, which stands for `from`, into one that stands for `to`, in order.
/// Both drafts must be free of errors. New parts are added to `places`. None if they differ only in
/// what the World does not know (positions, labels, notes). O(n log n)
std::vector<Input> inputsTowards(const Draft& to, const Draft& from, const World& world, Places& places);

/// Whether two drafts describe the same network: they differ in positions, labels, notes at most.
bool sameNetwork(const Draft& a, const Draft& b);

/// `current` with what differs between `before` and `after`; these have the same ids of interfaces.
DeviceConfig merged(const DeviceConfig& before, const DeviceConfig& after, DeviceConfig current);

}  // namespace hw::project
