#include "core/sim/world.h"

#include <algorithm>

#include "core/base/dump.h"

namespace hw {

HW_FIELDS_COMPILED(World)

bool World::operator==(const World& o) const {
  return now == o.now && events == o.events && seed == o.seed && devices == o.devices && links == o.links && removed == o.removed &&
         queue == o.queue && wakeAt == o.wakeAt;
}

bool World::isPresent(DeviceId id) const {
  return id.value < devices.size() && !std::binary_search(removed.begin(), removed.end(), id);
}

std::optional<DeviceId> World::deviceNamed(std::string_view name) const {
  for (std::uint32_t i = 0; i < devices.size(); ++i)
    if (devices[i]->config().name == name && isPresent(DeviceId{i})) return DeviceId{i};
  return std::nullopt;
}

const Plug* World::plugAt(DeviceId device, InterfaceId port) const {
  const auto& plugs = wiring->plugs[device.value];
  return port.value < plugs.size() && plugs[port.value].link.valid() ? &plugs[port.value] : nullptr;
}

bool World::carries(LinkId link, std::size_t end) const {
  const LinkConfig& config = links[link.value].config;
  const LinkEnd& other = config.ends[1 - end];
  return config.plugged && config.up && device(other.device).config().at(other.port).up;
}

std::shared_ptr<const Wiring> makeWiring(const World& world) {
  auto wiring = std::make_shared<Wiring>();
  for (const Cow<Device>& device : world.devices)
    wiring->plugs.emplace_back(device->config().interfaces.size());
  for (std::uint32_t i = 0; i < world.links.size(); ++i)
    for (std::uint8_t end = 0; end < 2; ++end) {
      if (!world.links[i].config.plugged) continue;
      const LinkEnd& at = world.links[i].config.ends[end];
      wiring->plugs[at.device.value][at.port.value] = {LinkId{i}, end};
    }
  wiring->listeners = listenersOf(world, *wiring);
  return wiring;
}

World makeWorld(std::vector<DeviceConfig> devices, std::vector<LinkConfig> links, std::uint64_t seed) {
  World world;
  world.seed = seed;
  for (std::uint32_t i = 0; i < links.size(); ++i) {
    // Odd stream numbers are the links', even ones the devices'.
    world.links.push_back({links[i], {{}, {}, RandomStream(seed, std::uint64_t{i} << 1 | 1), 0, {}, {}}});
    for (const LinkEnd& end : links[i].ends) {
      InterfaceConfig& interface = devices[end.device.value].interfaces[end.port.value];
      interface.medium = links[i].medium;
      interface.speed = speedOf(links[i].rate);
    }
  }
  for (std::uint32_t i = 0; i < devices.size(); ++i)
    world.devices.emplace_back(Device(std::move(devices[i]), seed, DeviceId{i}));
  world.wakeAt.assign(world.devices.size(), kNever);
  world.wiring = makeWiring(world);
  for (std::uint32_t i = 0; i < world.devices.size(); ++i) {
    const auto& interfaces = world.devices[i]->config().interfaces;
    for (std::uint32_t j = 1; j < interfaces.size(); ++j) {
      const Plug* plug = world.plugAt(DeviceId{i}, InterfaceId{j});
      const bool live = plug && world.carries(plug->link, plug->end);
      if (interfaces[j].kind == InterfaceKind::Ethernet && !live) {
        Out out;
        world.devices[i].mutate().step(Time{}, 0, CarrierChanged{InterfaceId{j}, false}, out);
      }
    }
  }
  for (std::uint32_t i = 0; i < world.devices.size(); ++i)
    if (const Time first = world.devices[i]->nextDeadline(); first != kNever) {
      world.wakeAt[i] = std::max(first, Time{});
      world.queue.pushWake(world.wakeAt[i], DeviceId{i});
    }
  return world;
}

}  // namespace hw
