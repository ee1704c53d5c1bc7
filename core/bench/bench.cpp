#include "core/bench/bench.h"

#include <fmt/format.h>

#include <algorithm>
#include <map>

#include "core/bench/clock.h"
#include "core/bench/networks.h"
#include "core/sim/timeline.h"

namespace hw::bench {
namespace {

/// So that the usual number of packets makes 100 MB.
constexpr std::uint64_t kStreamBytesPerPacket = 500;

std::uint64_t hashFrame(const Frame& frame) {
  Hasher h;
  frame.hashInto(h);
  return h.result();
}

std::uint64_t deliveredHops(const Journal& journal) {
  std::uint64_t hops = 0;
  journal.replay([&](const EventRecord& record, const std::vector<Frame>&) {
    if (record.kind == EventKind::Arrival) ++hops;
  });
  return hops;
}

constexpr Duration kSlowStart = milliseconds(200);

/// What the program at the far end of a stream has read so far.
std::uint64_t bytesRead(const World& world) {
  std::uint64_t bytes = 0;
  for (const auto& one : world.device(DeviceId{static_cast<std::uint32_t>(world.devices.size() - 1)}).state().processes)
    if (const auto* server = std::get_if<process::TcpServe>(&one.program)) bytes += server->script.done;
  return bytes;
}

/// Runs the workload to its end on a timeline.
void play(Timeline& timeline, const Workload& workload, const Options& options, Result* result = nullptr) {
  for (const Input& input : workload.inputs) timeline.input(input);
  if (result && result->workload == "tcp") {
    const std::uint64_t all = options.packets * kStreamBytesPerPacket;
    timeline.runUntil(Time{} + kSlowStart, options.packets * 64 + 1'000'000);
    const std::uint64_t early = bytesRead(timeline.world());
    timeline.runUntil(Time{} + seconds(3600), options.packets * 64 + 1'000'000);
    for (const ConsoleEntry& entry : timeline.console()) {
      const auto* record = std::get_if<process::Record>(&entry.what);
      if (!record || process::text(*record).find("then end of stream") == std::string::npos) continue;
      result->goodputMbps = static_cast<double>(all) * 8e3 / static_cast<double>(entry.time.ns);
      result->goodputLaterMbps = static_cast<double>(all - early) * 8e3 / static_cast<double>(entry.time.ns - kSlowStart.ns);
    }
    return;
  }
  // An hour of virtual time outlasts every sender; timers go on for ever.
  timeline.runUntil(Time{} + seconds(3600), options.packets * 64 + 1'000'000);
}

/// Plays the workload again with a tap on every link and compares what the journal of the measured
/// run rebuilds, frame by frame.
bool verify(const Journal& journal, const Workload& workload, const Options& options) {
  std::vector<std::uint64_t> tapped;
  Timeline::Options how;
  how.journal = false;
  how.tap = [&](const Transmission&, const Frame& frame) { tapped.push_back(hashFrame(frame)); };
  Timeline again(workload.world, how);
  play(again, workload, options);
  std::size_t i = 0;
  bool same = true;
  journal.replay([&](const EventRecord&, const std::vector<Frame>& frames) {
    for (const Frame& frame : frames) same = same && i < tapped.size() && hashFrame(frame) == tapped[i], ++i;
  });
  return same && i == tapped.size();
}

Result measure(const char* name, const Workload& workload, const Options& options) {
  Result result;
  result.workload = name;
  result.packets = options.packets;
  Timeline::Options how;
  how.journal = options.journal;
  Timeline timeline(workload.world, how);
  const double cpu = cpuSeconds(), wall = wallSeconds();
  play(timeline, workload, options, &result);
  result.cpuSeconds = cpuSeconds() - cpu;
  result.wallSeconds = wallSeconds() - wall;
  const Journal& journal = timeline.journal();
  result.events = timeline.world().events;
  result.packetHops = options.journal ? deliveredHops(journal) : result.events;
  const auto hops = static_cast<double>(std::max<std::uint64_t>(result.packetHops, 1));
  result.cpuNsPerHop = result.cpuSeconds * 1e9 / hops;
  result.journalBytesPerHop = static_cast<double>(journal.recordBytes()) / hops;
  result.payloadBytesPerHop = static_cast<double>(journal.payloadBytes()) / hops;
  if (options.verify) result.verified = verify(journal, workload, options);
  return result;
}

Result seek(const Options& options) {
  constexpr std::uint64_t kEvents = 1'000'000;
  constexpr int kSeeks = 1'000;
  Result result;
  result.workload = "seek";
  Workload workload = chain(kEvents);
  Timeline timeline(std::move(workload.world));
  for (const Input& input : workload.inputs) timeline.input(input);
  const double cpu = cpuSeconds(), wall = wallSeconds();
  timeline.runUntil(kNever, kEvents);
  RandomStream random(11, 11);
  std::vector<double> times;
  for (int i = 0; i < kSeeks; ++i) {
    const double start = wallSeconds();
    timeline.seek(random.below(timeline.known()));
    times.push_back((wallSeconds() - start) * 1e3);
  }
  std::sort(times.begin(), times.end());
  result.packets = options.packets;
  result.events = timeline.known();
  result.cpuSeconds = cpuSeconds() - cpu;
  result.wallSeconds = wallSeconds() - wall;
  result.medianMs = times[times.size() / 2];
  result.p99Ms = times[times.size() * 99 / 100];
  return result;
}

}  // namespace

std::optional<Result> run(std::string_view workload, const Options& options) {
  std::optional<Result> result;
  if (workload == "chain") result = measure("chain", chain(options.packets), options);
  if (workload == "switch") result = measure("switch", switched(options.packets), options);
  if (workload == "campus") result = measure("campus", campus(options.packets), options);
  if (workload == "tcp") result = measure("tcp", stream(options.packets * kStreamBytesPerPacket), options);
  if (workload == "seek") result = seek(options);
  if (workload == "calibrate") {
    result = Result{};
    result->workload = "calibrate";
  }
  if (!result) return std::nullopt;
  result->limitNs = calibrate();
  if (workload == "calibrate") result->cpuNsPerHop = result->limitNs;
  result->peakRssMb = peakRssMb();
  return result;
}

std::string Result::json() const {
  std::string line = fmt::format(
      R"({{"workload":"{}","packets":{},"packet_hops":{},"events":{},"wall_s":{:.3f},"cpu_s":{:.3f},)"
      R"("cpu_ns_per_hop":{:.1f},"limit_ns":{:.1f},"ratio":{:.2f},"journal_bytes_per_hop":{:.1f},)"
      R"("payload_bytes_per_hop":{:.2f},"peak_rss_mb":{:.1f})",
      workload, packets, packetHops, events, wallSeconds, cpuSeconds, cpuNsPerHop, limitNs,
      limitNs > 0 ? cpuNsPerHop / limitNs : 0.0, journalBytesPerHop, payloadBytesPerHop, peakRssMb);
  if (workload == "seek") line += fmt::format(R"(,"median_ms":{:.3f},"p99_ms":{:.3f})", medianMs, p99Ms);
  if (workload == "tcp")
    line += fmt::format(R"(,"goodput_mbps":{:.1f},"goodput_mbps_after_200ms":{:.1f})", goodputMbps, goodputLaterMbps);
  if (verified) line += fmt::format(R"(,"verified":{})", *verified);
  return line + "}";
}

}  // namespace hw::bench
