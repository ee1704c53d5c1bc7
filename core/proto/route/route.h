// Routes and the routing decision: the longest prefix wins, then the lowest metric.
//
// Read first: RFC 1812 5.2.4.3; ip-route(8).
#pragma once

#include <optional>
#include <vector>

#include "core/proto/route/multipath.h"
#include "core/proto/route/policy.h"
#include "core/proto/route/route_rules.h"

namespace hw::route {

enum class Type : std::uint8_t { Unicast, Local, Broadcast, Blackhole, Unreachable, Prohibit, Throw };
/// Who made a route (rtnetlink's RTPROT_*): printed by `ip route`, boot is not.
enum class Protocol : std::uint8_t { Kernel = 2, Boot = 3, Static = 4 };
/// rtnetlink's RT_SCOPE_*.
enum class Scope : std::uint8_t { Universe = 0, Link = 253, Host = 254 };

/// One of several ways of a route.
struct NextHop {
  std::optional<Ipv4Address> via;
  InterfaceId port;
  std::uint32_t weight = 1;
  HW_FIELDS(NextHop, via, port, weight)
};

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
  std::vector<NextHop> nextHops;      ///< several ways: then `via` and `port` are those of the first
  WrittenBy by;
  HW_FIELDS(Route, prefix, type, via, port, metric, table, scope, protocol, source, nextHops, by)

  /// True of what a rule of the policy database answers itself, without a table.
  bool isOfRule() const { return table == kTableUnspecified; }
};

/// How flows are spread over several ways.
struct Spreading {
  HashPolicy policy = HashPolicy::Addresses;
  std::uint32_t seed = 0;
  HW_FIELDS(Spreading, policy, seed)
};

/// A port whose interface is up: a way through another one is dead.
using PortIsUsable = bool (*)(const void* context, InterfaceId port);

/// The forwarding information base: the routes of all tables and the rules that choose among them,
/// ordered for the decision. Derived from configuration, so no part of the State.
class Fib {
 public:
  Fib() : Fib(std::vector<Route>()) {}
  explicit Fib(std::vector<Route> routes, std::vector<PolicyRule> rules = defaultRules(), Spreading spreading = {},
               PortIsUsable usable = nullptr, const void* context = nullptr);

  /// The best route for a packet, or null. A route with several ways is given as the one that the flow
  /// takes; what a rule refuses is a route that isOfRule(). Records the decision, and the candidates that
  /// lost if somebody listens. O(rules * prefix lengths * log routes).
  const Route* lookup(Decisions& decisions, const Flow& flow) const;
  /// The same without a word.
  const Route* find(const Flow& flow) const;
  const Route* find(Ipv4Address to) const { return find(flowTo(to)); }

  /// All routes in the order in which `ip route` lists them within a table.
  const std::vector<Route>& routes() const { return m_routes; }
  const std::vector<PolicyRule>& rules() const { return m_rules; }
  /// Whether there are other rules than every device has: then the source address may matter.
  bool hasOwnRules() const { return !m_plainRules; }

 private:
  /// The routes of one table with one prefix length: [first, last) of m_ordered.
  struct Group {
    std::uint32_t table = 0;
    std::uint8_t length = 0;
    std::uint32_t mask = 0;
    std::uint32_t first = 0;
    std::uint32_t last = 0;
  };
  /// The groups of one table.
  struct Table {
    std::uint32_t number = 0;
    std::uint32_t first = 0;
    std::uint32_t last = 0;
  };
  /// The ways of a route that has several: [first, last) of m_ways, and up to which hash each is taken.
  struct Ways {
    std::uint32_t first = 0;
    std::uint32_t last = 0;
  };
  struct Found {
    const Route* route = nullptr;
    const PolicyRule* rule = nullptr;  ///< that asked the table, or refused
  };

  void order();
  void spread(PortIsUsable usable, const void* context);
  const Route* in(std::uint32_t firstGroup, std::uint32_t lastGroup, Ipv4Address to) const;
  Found findFrom(const Flow& flow) const;
  Found findByRules(const Flow& flow) const;
  const Route* wayOf(const Route& route, const Flow& flow) const;
  void alternatives(Decisions& decisions, const Flow& flow, const Found& winner) const;
  void otherRules(Decisions& decisions, const Flow& flow, const Found& winner) const;
  void otherWays(Decisions& decisions, const Route& route, const Route* way) const;

  std::vector<Route> m_routes;
  std::vector<PolicyRule> m_rules;
  Spreading m_spreading;
  bool m_plainRules = true;               ///< the three of every device: tables are asked as they are ordered
  std::vector<std::uint32_t> m_ordered;   ///< indices by (table, length desc, prefix, metric)
  std::vector<std::uint32_t> m_networks;  ///< of m_ordered, side by side for the search
  std::vector<Group> m_groups;
  std::uint32_t m_plainGroups = 0;        ///< those of local, main and default come first
  std::vector<Table> m_tables;
  std::vector<Ways> m_waysOf;             ///< by index of m_routes; empty if no route has several ways
  std::vector<Route> m_ways;
  std::vector<std::int64_t> m_bounds;     ///< of m_ways: the last hash that takes it, -1 if it is dead
};

}  // namespace hw::route
