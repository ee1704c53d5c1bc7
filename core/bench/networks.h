// The networks of the benchmarks, with the programs that load them.
#pragma once

#include "core/sim/world.h"
#include "core/sim/simulator.h"

namespace hw::bench {

struct Workload {
  World world;
  std::vector<Input> inputs;  ///< programs, all started at time 0
};

Workload chain(std::uint64_t packets);
Workload switched(std::uint64_t packets);
Workload campus(std::uint64_t packets);
/// So many bytes in one TCP connection over three routers.
Workload stream(std::uint64_t bytes);

}  // namespace hw::bench
