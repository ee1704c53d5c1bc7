// The longest prefix wins, then the lowest metric; a slow and obvious table agrees.
#include <gtest/gtest.h>

#include "core/base/random.h"
#include "tests/core/sim/networks.h"

namespace hw::test {
namespace {

using route::Fib;
using route::Route;

Route to(const char* text, std::uint32_t metric = 0, std::uint32_t table = route::kTableMain) {
  Route r;
  r.prefix = prefix(text);
  r.port = InterfaceId{1};
  r.metric = metric;
  r.table = table;
  return r;
}

TEST(Fib, anEmptyTableHasNoRoute) { EXPECT_EQ(Fib().find(address("192.0.2.1")), nullptr); }

TEST(Fib, theDefaultRouteMatchesWhatNothingElseDoes) {
  const Fib fib({to("0.0.0.0/0"), to("192.0.2.0/24"), to("192.0.2.128/25"), to("192.0.2.130/32")});
  EXPECT_EQ(fib.find(address("203.0.113.1"))->prefix.length, 0);
  EXPECT_EQ(fib.find(address("192.0.2.127"))->prefix.length, 24);
  EXPECT_EQ(fib.find(address("192.0.2.129"))->prefix.length, 25);
  EXPECT_EQ(fib.find(address("192.0.2.130"))->prefix.length, 32);
}

TEST(Fib, localComesBeforeMainAndMainBeforeDefaultWhateverTheLength) {
  const Fib fib({to("192.0.2.1/32", 0, route::kTableDefault), to("192.0.2.0/24"),
                 to("198.51.100.0/24", 0, route::kTableLocal), to("198.51.100.7/32")});
  EXPECT_EQ(fib.find(address("192.0.2.1"))->table, route::kTableMain);
  EXPECT_EQ(fib.find(address("198.51.100.7"))->table, route::kTableLocal);
}

TEST(Fib, otherTablesAreNotAsked) {
  const Fib fib({to("192.0.2.0/24", 0, 100)});
  EXPECT_EQ(fib.find(address("192.0.2.1")), nullptr);
  EXPECT_EQ(fib.routes().size(), 1u);
}

int rankOf(const Route& r) {
  switch (r.table) {
    case route::kTableLocal: return 0;
    case route::kTableMain: return 1;
    case route::kTableDefault: return 2;
    default: return 3;
  }
}

/// The best route by looking at all of them.
std::optional<std::tuple<int, int, std::uint32_t>> slowly(const std::vector<Route>& routes, Ipv4Address to) {
  std::optional<std::tuple<int, int, std::uint32_t>> best;
  for (const Route& r : routes) {
    if (rankOf(r) == 3 || !r.prefix.contains(to)) continue;
    const std::tuple key(rankOf(r), 32 - r.prefix.length, r.metric);
    if (!best || key < *best) best = key;
  }
  return best;
}

TEST(Fib, agreesWithASlowTableOnRandomRoutes) {
  for (std::uint64_t seed = 1; seed <= 60; ++seed) {
    RandomStream random(seed, 7);
    std::vector<Route> routes;
    const std::uint64_t count = random.below(80);
    for (std::uint64_t i = 0; i < count; ++i) {
      Route r;
      // Few different high bits, so that prefixes contain each other.
      r.prefix.address = {static_cast<std::uint32_t>(0xC0000000u | random.below(16) << 20 | random.below(8) << 8 | random.below(4))};
      r.prefix.length = static_cast<std::uint8_t>(random.below(33));
      r.metric = static_cast<std::uint32_t>(random.below(3));
      const std::uint32_t tables[] = {route::kTableLocal, route::kTableMain, route::kTableMain, route::kTableDefault, 100};
      r.table = tables[random.below(5)];
      routes.push_back(r);
    }
    const Fib fib(routes);
    for (int i = 0; i < 200; ++i) {
      const Ipv4Address asked{static_cast<std::uint32_t>(0xC0000000u | random.below(16) << 20 | random.below(8) << 8 | random.below(4))};
      const Route* found = fib.find(asked);
      const auto expected = slowly(routes, asked);
      ASSERT_EQ(found != nullptr, expected.has_value()) << "seed " << seed << " asks " << asked.text();
      if (found) {
        ASSERT_TRUE(found->prefix.contains(asked));
        ASSERT_EQ(std::tuple(rankOf(*found), 32 - found->prefix.length, found->metric), *expected)
            << "seed " << seed << " asks " << asked.text();
      }
    }
  }
}

}  // namespace
}  // namespace hw::test
