// Routes and the routing decision: the longest prefix wins, then the lowest metric.
//
// Read first: RFC 1812 5.2.4.3; ip-route(8).
#pragma once

#include <optional>
#include <vector>

#include "core/base/hash.h"
#include "core/journal/env.h"
#include "core/proto/route/route_rules.h"

namespace hw::route {

enum class Type : std::uint8_t { Unicast, Local, Broadcast, Blackhole, Unreachable, Prohibit };
/// Who made a route (rtnetlink's RTPROT_*): printed by `ip route`, boot is not.
enum class Protocol : std::uint8_t { Kernel = 2, Boot = 3, Static = 4 };
/// rtnetlink's RT_SCOPE_*.
enum class Scope : std::uint8_t { Universe = 0, Link = 253, Host = 254 };

inline constexpr std::uint32_t kTableLocal = 255;
inline constexpr std::uint32_t kTableMain = 254;
inline constexpr std::uint32_t kTableDefault = 253;

struct Route {
  Ipv4Prefix prefix;
  Type type = Type::Unicast;
  std::optional<Ipv4Address> via;
  InterfaceId port;  ///< none for blackhole, unreachable, prohibit
  std::uint32_t metric = 0;
  std::uint32_t table = kTableMain;
  Scope scope = Scope::Universe;
  Protocol protocol = Protocol::Boot;
  std::optional<Ipv4Address> source;  ///< preferred source address ("src")
  WrittenBy by;
  HW_FIELDS(Route, prefix, type, via, port, metric, table, scope, protocol, source, by)
};

/// The forwarding information base: the routes of all tables, ordered for the decision. Derived
/// from configuration, so no part of the State.
class Fib {
 public:
  Fib() = default;
  explicit Fib(std::vector<Route> routes);

  /// The best route for `to` in the tables local, main, default in this order, or null. Records the
  /// decision, and the candidates that lost if somebody listens. O(prefix lengths * log routes).
  const Route* lookup(Decisions& decisions, Ipv4Address to) const;
  /// The same without a word.
  const Route* find(Ipv4Address to) const;

  /// All routes in the order in which `ip route` lists them within a table.
  const std::vector<Route>& routes() const { return m_routes; }

 private:
  /// The routes of one table with one prefix length: [first, last) of m_ordered.
  struct Group {
    std::uint32_t table = 0;
    std::uint8_t length = 0;
    std::uint32_t mask = 0;
    std::uint32_t first = 0;
    std::uint32_t last = 0;
  };
  void alternatives(Decisions& decisions, Ipv4Address to, const Route* winner) const;

  std::vector<Route> m_routes;
  std::vector<std::uint32_t> m_ordered;   ///< indices by (table, length desc, prefix, metric)
  std::vector<std::uint32_t> m_networks;  ///< of m_ordered, side by side for the search
  std::vector<Group> m_groups;
};

}  // namespace hw::route
