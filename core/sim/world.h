// The World: a simulated network at an instant, as a value. It can be copied, compared and hashed.
#pragma once

#include <memory>
#include <vector>

#include "core/base/cow.h"
#include "core/device/device.h"
#include "core/sim/collision_domain.h"
#include "core/sim/event_queue.h"
#include "core/sim/link.h"

namespace hw {

/// Where a cable leads from an interface; none if nothing is plugged in.
struct Plug {
  LinkId link;
  std::uint8_t end = 0;
};

/// Derived from the links: outside ==, hash and copy.
struct Wiring {
  std::vector<std::vector<Plug>> plugs;  ///< by device and interface
  std::vector<std::vector<Listener>> listeners;  ///< see listenersOf()
};

struct World {
  Time now;                  ///< of the last event
  std::uint64_t events = 0;  ///< how many have happened: the index of the next one
  std::uint64_t seed = 1;
  std::vector<Cow<Device>> devices;
  std::vector<Link> links;
  std::vector<DeviceId> removed;  ///< sorted; their places stay, so that the ids of the others do
  EventQueue queue;
  std::vector<Time> wakeAt;  ///< the wake-up in the queue that counts, per device
  std::shared_ptr<const Wiring> wiring;

  bool operator==(const World& o) const;
  template <class Self, class V> static void visitFields(Self& self, V&& visit) {
    visit("now", self.now);
    visit("events", self.events);
    visit("seed", self.seed);
    visit("devices", self.devices);
    visit("links", self.links);
    visit("removed", self.removed);
    visit("queue", self.queue);
    visit("wakeAt", self.wakeAt);
  }

  const Device& device(DeviceId id) const { return *devices[id.value]; }
  /// Whether there is such a device at this moment: it has been added, and not removed since.
  bool isPresent(DeviceId id) const;
  std::optional<DeviceId> deviceNamed(std::string_view name) const;
  /// Whether an end of a link has a carrier: the cable is whole and the interface at its other end up.
  bool carries(LinkId link, std::size_t end) const;
  /// The link at an interface, or nothing.
  const Plug* plugAt(DeviceId device, InterfaceId port) const;
};

HW_FIELDS_ELSEWHERE(World)

/// The first World of a network: devices know nothing, links are idle.
World makeWorld(std::vector<DeviceConfig> devices, std::vector<LinkConfig> links, std::uint64_t seed);

/// Derives the wiring after links were added or changed.
std::shared_ptr<const Wiring> makeWiring(const World& world);

}  // namespace hw
