// What inputs do to a World.
#include <algorithm>

#include "core/sim/simulator.h"

namespace hw {
namespace {

/// Which interfaces of a device are administratively up.
std::vector<bool> upOf(const World& world, DeviceId device) {
  std::vector<bool> up;
  for (const InterfaceConfig& interface : world.device(device).config().interfaces) up.push_back(interface.up);
  return up;
}

/// What stays of a removed device: its name and those of its interfaces, for what is told of the past.
DeviceConfig remainsOf(DeviceConfig config) {
  for (InterfaceConfig& interface : config.interfaces) {
    interface.up = false;
    interface.addresses.clear();
  }
  config.routes.clear();
  config.neighbours.clear();
  return config;
}

}  // namespace

int Simulator::apply(World& world, Time at, const Input& input, const Sinks& sinks) {
  HW_CHECK(at >= world.now && nextTime(world) >= at);
  world.now = at;
  return std::visit([&](const auto& command) { return change(world, command, sinks); }, input);
}

int Simulator::change(World& world, const DeviceCommand& command, const Sinks& sinks) {
  const std::vector<bool> before = upOf(world, command.device);
  handle(world, command.device, EventKind::Input, InterfaceId{}, TransmissionId{}, command.what, sinks);
  return 1 + tellPeers(world, command.device, before, sinks);
}

int Simulator::change(World& world, const LinkCommand& command, const Sinks& sinks) {
  Link& link = world.links[command.link.value];
  const bool was = link.config.up;
  const auto ends = link.config.ends;
  const bool wasShared = link.isShared();
  const std::uint64_t rate = link.config.rate;
  link.config = command.config;
  link.config.ends = ends;
  if (was != link.config.up) {
    link.state.cuts += was ? 1 : 0;
    link.state.busyUntil = {world.now, world.now};
  }
  const bool shared = link.isShared();
  if (wasShared || shared) world.wiring = makeWiring(world);
  int events = tellEnds(world, command.link, EventKind::Input, sinks);
  if (wasShared && (!shared || was != command.config.up || rate != command.config.rate)) events += resetAdapters(world, command.link, sinks);
  if (wasShared || shared) planAllAdapters(world);
  settle(world);
  return events;
}

/// Both ends hear of it even if the carrier stays: every input is an event, so it has a place in time.
/// The second end is woken by the first: one input is one moment that can be watched.
int Simulator::tellEnds(World& world, LinkId link, EventKind first, const Sinks& sinks) {
  const auto ends = world.links[link.value].config.ends;
  for (std::size_t i = 0; i < ends.size(); ++i)
    handle(world, ends[i].device, i == 0 ? first : EventKind::Wake, ends[i].port, TransmissionId{},
           CarrierChanged{ends[i].port, world.carries(link, i)}, sinks);
  return 2;
}

/// The other ends of cables whose interface went up or down hear of it, and new interfaces that no
/// cable leads to; result: how many events.
int Simulator::tellPeers(World& world, DeviceId device, const std::vector<bool>& before, const Sinks& sinks) {
  const std::vector<bool> after = upOf(world, device);
  int events = 0;
  const auto tellCarrier = [&](LinkEnd end, bool carrier) {
    handle(world, end.device, EventKind::Wake, end.port, TransmissionId{}, CarrierChanged{end.port, carrier}, sinks);
    ++events;
  };
  for (std::uint32_t i = 0; i < after.size(); ++i) {
    const Plug* plug = world.plugAt(device, InterfaceId{i});
    const bool fresh = i >= before.size();
    if (fresh && !plug && world.device(device).config().interfaces[i].kind == InterfaceKind::Ethernet)
      tellCarrier({device, InterfaceId{i}}, false);
    if (!plug || (!fresh && before[i] == after[i])) continue;
    const std::size_t other = 1u - plug->end;
    const LinkId link = plug->link;
    tellCarrier(world.links[link.value].config.ends[other], world.carries(link, other));
  }
  return events;
}

int Simulator::change(World& world, const AddDevice& command, const Sinks& sinks) {
  const DeviceId id = command.device;
  HW_CHECK(id.value <= world.devices.size() && !world.isPresent(id));
  Device fresh(*command.config, world.seed, id);
  for (std::uint32_t i = 1; i < command.config->interfaces.size(); ++i) {
    if (command.config->interfaces[i].kind != InterfaceKind::Ethernet) continue;
    m_out.clear();
    fresh.step(world.now, world.events, CarrierChanged{InterfaceId{i}, false}, m_out);
  }
  if (id.value == world.devices.size()) {
    world.devices.emplace_back(std::move(fresh));
    world.wakeAt.push_back(kNever);
  } else {
    world.devices[id.value] = std::move(fresh);
    std::erase(world.removed, id);
  }
  world.wiring = makeWiring(world);
  handle(world, id, EventKind::Input, InterfaceId{}, TransmissionId{}, TimeReached{}, sinks);
  return 1;
}

int Simulator::change(World& world, const RemoveDevice& command, const Sinks& sinks) {
  const DeviceId id = command.device;
  HW_CHECK(world.isPresent(id));
  world.devices[id.value] = Device(remainsOf(world.device(id).config()), world.seed, id);
  world.removed.insert(std::upper_bound(world.removed.begin(), world.removed.end(), id), id);
  handle(world, id, EventKind::Input, InterfaceId{}, TransmissionId{}, TimeReached{}, sinks);
  int events = 1;
  for (std::uint32_t i = 0; i < world.links.size(); ++i) {
    const LinkConfig& link = world.links[i].config;
    if (link.plugged && (link.ends[0].device == id || link.ends[1].device == id))
      events += unplug(world, LinkId{i}, EventKind::Wake, sinks);
  }
  // Its namespaces go with a machine.
  for (std::uint32_t i = 0; i < world.devices.size(); ++i) {
    const auto& space = world.device(DeviceId{i}).config().space;
    if (space && space->machine == id && world.isPresent(DeviceId{i})) events += change(world, RemoveDevice{DeviceId{i}}, sinks);
  }
  return events;
}

int Simulator::change(World& world, const PlugCable& command, const Sinks& sinks) {
  const std::uint32_t id = command.link.value;
  HW_CHECK(id <= world.links.size());
  if (id == world.links.size()) {
    world.links.push_back({command.config, {{}, {}, RandomStream(world.seed, std::uint64_t{id} << 1 | 1), 0, {}, {}}});
  } else {
    HW_CHECK(!world.links[id].config.plugged && world.links[id].config.ends == command.config.ends);
    world.links[id].config = command.config;
  }
  world.links[id].config.plugged = true;
  world.links[id].state.busyUntil = {world.now, world.now};
  world.wiring = makeWiring(world);
  const int events = tellEnds(world, command.link, EventKind::Input, sinks);
  planAllAdapters(world);
  settle(world);
  return events;
}

int Simulator::change(World& world, const UnplugCable& command, const Sinks& sinks) {
  return unplug(world, command.link, EventKind::Input, sinks);
}

int Simulator::change(World& world, const MoveEnd& command, const Sinks& sinks) {
  Link& link = world.links[command.link.value];
  HW_CHECK(link.config.plugged && !world.plugAt(command.to.device, command.to.port));
  const int dropped = resetAdapters(world, command.link, sinks);
  link.config.ends[command.end] = command.to;
  ++link.state.cuts;
  link.state.busyUntil = {world.now, world.now};
  world.wiring = makeWiring(world);
  const int events = dropped + tellEnds(world, command.link, EventKind::Input, sinks);
  planAllAdapters(world);
  settle(world);
  return events;
}

int Simulator::unplug(World& world, LinkId id, EventKind first, const Sinks& sinks) {
  Link& link = world.links[id.value];
  HW_CHECK(link.config.plugged);
  link.config.plugged = false;
  ++link.state.cuts;
  world.wiring = makeWiring(world);
  int events = tellEnds(world, id, first, sinks);
  events += resetAdapters(world, id, sinks);
  planAllAdapters(world);
  settle(world);
  return events;
}

}  // namespace hw
