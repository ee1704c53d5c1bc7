#include "core/sim/netem.h"

#include <algorithm>

namespace hw {
namespace {

bool happens(RandomStream& random, std::uint32_t ppm) { return ppm > 0 && random.below(1'000'000) < ppm; }

/// Uniform in [delay - jitter, delay + jitter); nobody leaves before it has come.
Duration drawDelay(const Netem& netem, RandomStream& random) {
  if (netem.jitter.ns == 0) return netem.delay;
  return {std::max<std::int64_t>(0, netem.delay.ns + random.between(-netem.jitter.ns, netem.jitter.ns - 1))};
}

}  // namespace

Impairment impair(const Netem& netem, NetemState& state, RandomStream& random, Time now, std::uint32_t frameBytes, bool copy) {
  Impairment result;
  const bool doubled = !copy && happens(random, netem.duplicatePpm);
  const bool lost = happens(random, netem.lossPpm);
  if (lost && !doubled) {
    result.what = Impairment::What::Lost;
    return result;
  }
  result.twice = doubled && !lost;
  if (happens(random, netem.corruptPpm)) result.flipped = static_cast<std::uint32_t>(random.below(frameBytes * std::uint64_t{8}));
  std::vector<Time>& leaves = state.leaves;
  leaves.erase(leaves.begin(), std::upper_bound(leaves.begin(), leaves.end(), now));
  if (leaves.size() >= std::min(netem.limit, kMaxHeldBack)) {
    result.what = Impairment::What::Full;
    return result;
  }
  const bool mayOvertake = netem.gap > 0 && state.sinceReordered + 1 >= netem.gap;
  if (mayOvertake && happens(random, netem.reorderPpm)) {
    state.sinceReordered = 0;
    result.reordered = true;
    return result;
  }
  ++state.sinceReordered;
  result.delay = drawDelay(netem, random);
  if (result.delay.ns > 0) leaves.insert(std::upper_bound(leaves.begin(), leaves.end(), now + result.delay), now + result.delay);
  return result;
}

}  // namespace hw
