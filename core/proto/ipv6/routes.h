// Routes of IPv6: the longest prefix wins, then the lowest metric.
//
// Read first: RFC 4861 5.2; ip-route(8).
#pragma once

#include <optional>
#include <string_view>
#include <vector>

#include "core/base/hash.h"
#include "core/base/id.h"
#include "core/wire/address.h"

namespace hw::ipv6 {

enum class RouteType : std::uint8_t { Unicast, Local, Anycast, Multicast, Blackhole, Unreachable, Prohibit };
std::string_view name(RouteType type);  ///< "unicast", as ip-route(8) has it
/// Who made a route (rtnetlink's RTPROT_*): printed by `ip route`, boot is not.
enum class RouteProtocol : std::uint8_t { Kernel = 2, Boot = 3, Static = 4 };

inline constexpr std::uint32_t kOwnMetric = 256;      ///< of prefixes of addresses
inline constexpr std::uint32_t kDefaultMetric = 1024; ///< IP6_RT_PRIO_USER

struct Route {
  Ipv6Prefix prefix;
  RouteType type = RouteType::Unicast;
  std::optional<Ipv6Address> via;
  InterfaceId port;  ///< none where the type refuses
  std::uint32_t metric = kDefaultMetric;
  RouteProtocol protocol = RouteProtocol::Boot;
  std::optional<Ipv6Address> source;  ///< preferred source address ("src")
  HW_FIELDS(Route, prefix, type, via, port, metric, protocol, source)

  bool refuses() const { return type == RouteType::Blackhole || type == RouteType::Unreachable || type == RouteType::Prohibit; }
};

/// Puts routes into the order in which `ip -6 route` lists them: a prefix stands behind those within it.
void order(std::vector<Route>& routes);

/// The route of a datagram to `to`, or null; only those of `out` count if it is valid.
const Route* find(const std::vector<Route>& routes, Ipv6Address to, InterfaceId out);

}  // namespace hw::ipv6
