#include "core/sim/collision_domain.h"

#include <algorithm>
#include <queue>

#include "core/sim/world.h"

namespace hw {
namespace {

/// A signal that reaches an end of a cable.
struct Reached {
  Duration after;
  LinkId link;
  std::uint8_t end = 0;
  auto operator<=>(const Reached&) const = default;
};

bool carriesSignals(const Link& link) { return link.isShared() && link.config.plugged && link.config.up; }

class Spreading {
 public:
  Spreading(const World& world, const Wiring& wiring) : m_world(world), m_wiring(wiring), m_seen(world.links.size() * 2, false) {}

  std::vector<Listener> from(LinkId link, std::uint8_t end) {
    std::vector<Listener> listeners;
    std::fill(m_seen.begin(), m_seen.end(), false);
    enter(link, end, {});
    while (!m_open.empty()) {
      const Reached here = m_open.top();
      m_open.pop();
      if (m_seen[here.link.value * 2 + here.end]) continue;
      m_seen[here.link.value * 2 + here.end] = true;
      const LinkEnd& at = m_world.links[here.link.value].config.ends[here.end];
      const DeviceConfig& device = m_world.device(at.device).config();
      if (device.hub && !(here.link == link && here.end == end)) repeat(device, at, here.after);
      else listeners.push_back({here.link, here.end, here.after});
    }
    return listeners;
  }

 private:
  /// The signal goes into a cable at an end.
  void enter(LinkId link, std::uint8_t end, Duration after) {
    const auto other = static_cast<std::uint8_t>(1 - end);
    m_open.push({after + m_world.links[link.value].config.latency, link, other});
  }
  void repeat(const DeviceConfig& hub, const LinkEnd& at, Duration after) {
    if (!hub.at(at.port).up) return;
    const std::vector<Plug>& plugs = m_wiring.plugs[at.device.value];
    for (std::uint32_t i = 1; i < plugs.size(); ++i) {
      if (i == at.port.value || !plugs[i].link.valid() || !hub.interfaces[i].up) continue;
      if (carriesSignals(m_world.links[plugs[i].link.value])) enter(plugs[i].link, plugs[i].end, after + nanoseconds(hub.metresBetween(at.port, InterfaceId{i}) * kNanosecondsPerMetre));
    }
  }

  const World& m_world;
  const Wiring& m_wiring;
  std::vector<bool> m_seen;
  std::priority_queue<Reached, std::vector<Reached>, std::greater<>> m_open;
};

}  // namespace

std::vector<std::vector<Listener>> listenersOf(const World& world, const Wiring& wiring) {
  std::vector<std::vector<Listener>> all;
  if (std::none_of(world.links.begin(), world.links.end(), [](const Link& link) { return link.isShared(); })) return all;
  all.resize(world.links.size() * 2);
  Spreading spreading(world, wiring);
  for (std::uint32_t i = 0; i < world.links.size(); ++i)
    for (std::uint8_t end = 0; end < 2 && carriesSignals(world.links[i]); ++end)
      if (!world.device(world.links[i].config.ends[end].device).config().hub) all[i * 2 + end] = spreading.from(LinkId{i}, end);
  return all;
}

}  // namespace hw
