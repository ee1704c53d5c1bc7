#include "core/sim/link.h"

#include <algorithm>

#include "core/proto/ethernet/ethernet_wire.h"
#include "core/proto/ppp/ppp_wire.h"

namespace hw {

Duration Link::wireTime(std::uint32_t frameBytes) const {
  if (config.rate == 0) return {};
  std::uint64_t bytes = frameBytes;
  if (config.medium == Medium::Ethernet)
    bytes += ethernet::kFcsSize + ethernet::kPreambleSize + ethernet::kGapSize;
  if (config.medium == Medium::Ppp) bytes += ppp::kLineBytes;
  return {static_cast<std::int64_t>(bytes * 8 * 1'000'000'000u / config.rate)};
}

namespace {

/// Nanoseconds in which so many bytes earn their tokens.
Duration earned(const Shaper& shaper, std::uint64_t bytes) {
  return {static_cast<std::int64_t>(bytes * 8 * 1'000'000'000u / shaper.rate)};
}

/// When a token bucket lets a frame go; nothing if it never does or too much waits already.
std::optional<Time> release(Time& bucketFull, const Shaper& shaper, Time now, std::uint32_t frameBytes) {
  if (frameBytes > shaper.burst) return std::nullopt;
  const Time full = std::max(bucketFull, now);
  const Time departs = std::max(now, full + earned(shaper, frameBytes) - earned(shaper, shaper.burst));
  if (departs > now + earned(shaper, shaper.limit)) return std::nullopt;
  bucketFull = full + earned(shaper, frameBytes);
  return departs;
}

/// When a veth pair hands a frame over; nothing if too many wait already. `spent` is when it could have handed over all so far,
/// one in a microsecond.
std::optional<Time> handOver(Time& spent, Time now) {
  const Duration each = microseconds(1);
  const Time before = std::max(spent, now);
  const Time departs = std::max(now, before - each * (kHandedOverAtOnce - 1));
  if (departs > now + each * kMaxBacklog) return std::nullopt;
  spent = before + each;
  return departs;
}

}  // namespace

std::optional<Time> releaseTime(Link& link, std::size_t end, const Shaper& shaper, Time now, std::uint32_t frameBytes) {
  return release(link.state.bucketFull[end], shaper, now, frameBytes);
}

Transfer repeat(Link& link, Time now, std::uint32_t within, std::uint32_t before) {
  if (!link.config.up) return {Fate::NoCarrier, now, now};
  const Time departs = now + nanoseconds(within * kNanosecondsPerMetre);
  const Loss loss = link.losesOne(before);
  return {loss == Loss::None ? Fate::Delivered : Fate::Lost, departs, departs + link.config.latency, loss};
}

Transfer transfer(Link& link, std::size_t end, Time now, std::uint32_t frameBytes, const Shaper* shaper) {
  if (!link.config.up) return {Fate::NoCarrier, now, now};
  const Time asked = now;
  if (shaper) {
    const auto released = release(link.state.bucketFull[end], *shaper, now, frameBytes);
    if (!released) return {Fate::QueueFull, asked, asked};
    now = *released;
  }
  Time& busyUntil = link.state.busyUntil[end];
  if (link.hasNoWire()) {
    const auto handedOver = handOver(busyUntil, now);
    return handedOver ? Transfer{Fate::Delivered, *handedOver, *handedOver} : Transfer{Fate::QueueFull, asked, asked};
  }
  const Time departs = std::max(now, busyUntil);
  if (link.config.rate > 0) {
    const auto waiting = static_cast<std::uint64_t>((departs - now).ns) / 8 * link.config.rate / 1'000'000'000u;
    if (waiting > link.config.queueBytes) return {Fate::QueueFull, asked, asked};
  }
  busyUntil = departs + link.wireTime(frameBytes);
  const Time arrives = busyUntil + link.config.latency;
  const Loss loss = link.losesOne();
  return {loss == Loss::None ? Fate::Delivered : Fate::Lost, departs, arrives, loss};
}

}  // namespace hw
