// A cable between two interfaces: latency, rate, loss and a queue at each end.
#pragma once

#include <array>
#include <optional>

#include "core/base/hash.h"
#include "core/base/random.h"
#include "core/device/config.h"
#include "core/journal/journal.h"
#include "core/sim/adapter.h"
#include "core/sim/netem.h"

namespace hw {

struct LinkEnd {
  DeviceId device;
  InterfaceId port;
  HW_FIELDS(LinkEnd, device, port)
};

struct LinkConfig {
  std::array<LinkEnd, 2> ends;
  Medium medium = Medium::Ethernet;
  Duration latency = microseconds(1);
  std::uint64_t rate = 0;               ///< bits per second, 0 for unlimited
  std::uint32_t lossPpm = 0;            ///< of a million frames
  std::uint32_t queueBytes = 1'500'000; ///< what may wait at an end
  bool up = true;
  bool plugged = true;                  ///< false: taken away; it only keeps its place
  bool halfDuplex = false;              ///< one station at a time may send (CSMA/CD), if there is a rate
  std::uint32_t metres = 0;             ///< its length, for how weak signals get
  std::uint32_t reach = 0;              ///< so many metres a signal can be read; 0: however long
  HW_FIELDS(LinkConfig, ends, medium, latency, rate, lossPpm, queueBytes, up, plugged, halfDuplex, metres, reach)
};

struct LinkState {
  std::array<Time, 2> busyUntil{};  ///< when each end's last bit so far will have left
  std::array<Time, 2> bucketFull{}; ///< when the token bucket in front of each end will be full again
  RandomStream random;
  std::uint32_t cuts = 0;           ///< a frame under way when the cable was cut never arrives
  std::array<Boxed<NetemState>, 2> netem;  ///< of an end whose interface makes trouble on purpose
  std::array<Boxed<Adapter>, 2> adapters;  ///< of an end at which somebody has sent into a shared wire
  HW_FIELDS(LinkState, busyUntil, bucketFull, random, cuts, netem, adapters)
};

/// Why a cable loses a frame. Beyond the reach of a cable more and more frames cannot be read: at twice the reach none can.
enum class Loss : std::uint8_t { None, Configured, TooWeak };

struct Link {
  LinkConfig config;
  LinkState state;
  HW_FIELDS(Link, config, state)

  /// A veth pair within a machine.
  bool hasNoWire() const { return config.latency.ns == 0; }
  /// Part of a wire that stations share and take turns on. Without a rate sending takes no time, so nothing can collide.
  bool isShared() const { return config.halfDuplex && config.rate > 0 && config.medium == Medium::Ethernet; }
  /// Draws whether the cable loses a frame whose signal has come `before` metres already.
  Loss losesOne(std::uint32_t before = 0) {
    if (config.lossPpm > 0 && state.random.below(1'000'000) < config.lossPpm) return Loss::Configured;
    if (before + config.metres <= config.reach || config.reach == 0) return Loss::None;
    return state.random.below(config.reach) < before + config.metres - config.reach ? Loss::TooWeak : Loss::None;
  }
  /// Wire time of a frame: on Ethernet with preamble, FCS and gap (IEEE 802.3 4.4.2).
  Duration wireTime(std::uint32_t frameBytes) const;
};

/// A veth pair within a machine has no wire: it hands frames over at once. So that time goes on in any loop, a machine hands over
/// this many at one instant, one in a microsecond afterwards; as many more may wait (net.core.netdev_max_backlog).
inline constexpr std::int64_t kHandedOverAtOnce = 1000;
inline constexpr std::int64_t kMaxBacklog = 1000;

/// What becomes of a frame that `end` sends now.
struct Transfer {
  Fate fate = Fate::Delivered;
  Time departs;
  Time arrives;
  Loss loss = Loss::None;
};
/// transfer(link, end, now, size): moves the end's queue on; draws loss from the link's own stream. A shaper in front of
/// the end may hold the frame back.
/// What becomes of a frame that a hub sends on, bit by bit, into a shared cable. `within`: metres inside the hub; `before`: metres that
/// the signal has come since it was made.
Transfer repeat(Link& link, Time now, std::uint32_t within, std::uint32_t before);
/// When a token bucket in front of an end lets a frame go; nothing if it never does or too much waits already.
std::optional<Time> releaseTime(Link& link, std::size_t end, const Shaper& shaper, Time now, std::uint32_t frameBytes);
Transfer transfer(Link& link, std::size_t end, Time now, std::uint32_t frameBytes, const Shaper* shaper = nullptr);

}  // namespace hw
