// A cable between two interfaces: latency, rate, loss and a queue at each end.
#pragma once

#include <array>

#include "core/base/hash.h"
#include "core/base/random.h"
#include "core/device/config.h"
#include "core/journal/journal.h"
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
  HW_FIELDS(LinkConfig, ends, medium, latency, rate, lossPpm, queueBytes, up, plugged)
};

struct LinkState {
  std::array<Time, 2> busyUntil{};  ///< when each end's last bit so far will have left
  std::array<Time, 2> bucketFull{}; ///< when the token bucket in front of each end will be full again
  RandomStream random;
  std::uint32_t cuts = 0;           ///< a frame under way when the cable was cut never arrives
  std::array<Boxed<NetemState>, 2> netem;  ///< of an end whose interface makes trouble on purpose
  HW_FIELDS(LinkState, busyUntil, bucketFull, random, cuts, netem)
};

struct Link {
  LinkConfig config;
  LinkState state;
  HW_FIELDS(Link, config, state)

  /// A veth pair within a machine.
  bool hasNoWire() const { return config.latency.ns == 0; }
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
};
/// transfer(link, end, now, size): moves the end's queue on; draws loss from the link's own stream. A shaper in front of
/// the end may hold the frame back.
Transfer transfer(Link& link, std::size_t end, Time now, std::uint32_t frameBytes, const Shaper* shaper = nullptr);

}  // namespace hw
