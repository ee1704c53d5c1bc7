// Several devices changed together: interfaces that come, go and move, with the cables and veth pairs between them.
#pragma once

#include <map>

#include "core/sim/simulator.h"

namespace hw::shell {

class Rewiring {
 public:
  explicit Rewiring(const World& world) : m_world(world) {}

  /// The configuration of a device, to be changed.
  DeviceConfig& at(DeviceId device);
  /// Puts an interface into a device; with its former number (`index`) if nobody has that there.
  LinkEnd place(DeviceId device, InterfaceConfig interface, std::optional<InterfaceId> index = std::nullopt);
  /// Takes an interface away for good; a veth pair goes as a whole.
  void remove(LinkEnd end);
  /// Takes an interface to another device: it is down there, without addresses and bridge; its cable follows.
  LinkEnd move(LinkEnd from, DeviceId to);
  /// Makes a veth pair of two interfaces.
  void join(LinkEnd a, LinkEnd b);

  /// What has to happen, in order.
  std::vector<Input> inputs() const;

 private:
  std::uint32_t freeLink(const std::array<LinkEnd, 2>& ends) const;
  void noteMeeting(DeviceId a, DeviceId b);

  const World& m_world;
  std::map<DeviceId, DeviceConfig> m_configs;
  std::vector<Input> m_cables;
};

/// Whether an interface is one end of a veth pair that goes as a whole, no matter which end is deleted.
bool isVeth(const World& world, LinkEnd end);

}  // namespace hw::shell
