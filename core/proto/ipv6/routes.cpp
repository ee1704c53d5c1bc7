#include "core/proto/ipv6/routes.h"

#include <algorithm>

namespace hw::ipv6 {

std::string_view name(RouteType type) {
  constexpr std::string_view names[] = {"unicast", "local", "anycast", "multicast", "blackhole", "unreachable", "prohibit"};
  return names[static_cast<std::size_t>(type)];
}

void order(std::vector<Route>& routes) {
  const auto before = [](const Route& a, const Route& b) {
    if (a.prefix != b.prefix) {
      // The walk over the tree of prefixes comes to a node when it is done with those below.
      if (a.prefix.length < b.prefix.length && a.prefix.contains(b.prefix.address)) return false;
      if (b.prefix.length < a.prefix.length && b.prefix.contains(a.prefix.address)) return true;
      return a.prefix.network() < b.prefix.network();
    }
    // Of equal ones the kernel lists the younger interface first.
    return a.metric != b.metric ? a.metric < b.metric : b.port < a.port;
  };
  std::stable_sort(routes.begin(), routes.end(), before);
}

const Route* find(const std::vector<Route>& routes, Ipv6Address to, InterfaceId out) {
  const Route* best = nullptr;
  for (const Route& one : routes) {
    if (!one.prefix.contains(to) || (out.valid() && one.port.valid() && one.port != out)) continue;
    const bool better = !best || one.prefix.length > best->prefix.length ||
                        (one.prefix.length == best->prefix.length && one.metric < best->metric);
    if (better) best = &one;
  }
  return best;
}

}  // namespace hw::ipv6
