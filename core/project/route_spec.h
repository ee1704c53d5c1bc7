// A route as one writes it behind `ip route add`: "default via 192.0.2.1 dev eth0 metric 100".
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "core/base/expected.h"
#include "core/base/fields.h"
#include "core/base/text.h"
#include "core/wire/address.h"

namespace hw::project {

enum class RouteType : std::uint8_t { Unicast, Blackhole, Unreachable, Prohibit, Throw };

/// The table in which a route stands unless it says otherwise (rt_tables: main).
inline constexpr std::uint32_t kMainTable = 254;

struct RouteSpec {
  Ipv4Prefix prefix;
  RouteType type = RouteType::Unicast;
  std::optional<Ipv4Address> via;
  std::string device;  ///< empty: found through `via`
  std::optional<Ipv4Address> src;
  std::uint32_t metric = 0;
  std::uint32_t table = kMainTable;
  std::optional<int> mtu;
  bool onlink = false;
  HW_FIELDS(RouteSpec, prefix, type, via, device, src, metric, table, mtu, onlink)
};

/// Why a text is no route: the word, where it starts in the text, and what would be right there.
struct RouteSpecError {
  std::size_t at = 0;
  std::string found;  ///< empty: the text ends too early
  Text wanted;
  std::string right;  ///< an example, or the nearest known word
};

/// The route that the words mean. Options may stand in any order, each at most once.
Expected<RouteSpec, RouteSpecError> parseRoute(std::string_view text);

/// The words in the order in which `ip route` prints them: parseRoute(routeText(r)) = r.
std::string routeText(const RouteSpec& route);

}  // namespace hw::project
