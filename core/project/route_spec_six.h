// A route of IPv6 as one writes it behind `ip -6 route add`: "default via 2001:db8::1 dev eth0".
#pragma once

#include "core/project/route_spec.h"

namespace hw::project {

struct RouteSpecSix {
  Ipv6Prefix prefix;
  RouteType type = RouteType::Unicast;  ///< not Throw
  std::optional<Ipv6Address> via;
  std::string device;          ///< empty: found through `via`
  std::uint32_t metric = 1024;
  HW_FIELDS(RouteSpecSix, prefix, type, via, device, metric)
};

/// The route that the words mean, or nothing.
std::optional<RouteSpecSix> parseRouteSix(std::string_view text);
/// parseRouteSix(routeText(r)) = r.
std::string routeText(const RouteSpecSix& route);
/// An address with the length of its prefix: 2001:db8::1/64.
std::optional<Ipv6Prefix> parseAddressSix(std::string_view text);

}  // namespace hw::project
