// The only clocks of core: for benchmarks, never for behaviour.
#pragma once

namespace hw::bench {

double cpuSeconds();
double wallSeconds();
double peakRssMb();

}  // namespace hw::bench
