// Benchmarks of the engine: workloads after docs/bench.csv, each a network that really runs, with real
// bytes, checksums and the full journal. Times are CPU time of this process.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace hw::bench {

struct Options {
  std::uint64_t packets = 200'000;
  bool journal = true;
  bool verify = false;  ///< rebuild every frame from the journal and compare with a tap's
};

struct Result {
  std::string workload;
  std::uint64_t packets = 0;
  std::uint64_t packetHops = 0;  ///< frames delivered over a link
  std::uint64_t events = 0;
  double wallSeconds = 0;
  double cpuSeconds = 0;
  double cpuNsPerHop = 0;
  double limitNs = 0;            ///< the least honest work of a hop, measured in this run
  double journalBytesPerHop = 0;
  double payloadBytesPerHop = 0;
  double peakRssMb = 0;
  double medianMs = 0;           ///< of `seek`
  double p99Ms = 0;
  double goodputMbps = 0;        ///< of `tcp`, in virtual time
  double goodputLaterMbps = 0;   ///< ... after the first 200 ms
  std::optional<bool> verified;

  std::string json() const;
};

/// Runs `chain`, `switch`, `campus`, `tcp`, `seek` or `calibrate`; nothing if there is no such workload.
std::optional<Result> run(std::string_view workload, const Options& options);

/// The least honest work of one hop in CPU nanoseconds: copy 554 bytes, rewrite MACs, TTL and
/// checksum, look up 16 routes, push and pop a heap of 1,000 events, write a record of 32 bytes.
double calibrate();

}  // namespace hw::bench
