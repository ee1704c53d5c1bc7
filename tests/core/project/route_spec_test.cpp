#include <gtest/gtest.h>

#include "core/project/route_spec.h"

namespace hw::project {
namespace {

TEST(RouteSpec, isReadAsIpRouteAddReadsIt) {
  const auto route = parseRoute("198.51.100.0/24 via 192.0.2.1 dev eth0 metric 100 table 10 src 192.0.2.9 mtu 1400");
  ASSERT_TRUE(route);
  EXPECT_EQ(route->prefix.text(), "198.51.100.0/24");
  EXPECT_EQ(route->via, Ipv4Address::of(192, 0, 2, 1));
  EXPECT_EQ(route->device, "eth0");
  EXPECT_EQ(route->metric, 100u);
  EXPECT_EQ(route->table, 10u);
  EXPECT_EQ(route->src, Ipv4Address::of(192, 0, 2, 9));
  EXPECT_EQ(route->mtu, 1400);
}

TEST(RouteSpec, takesItsOptionsInAnyOrder) {
  EXPECT_EQ(*parseRoute("default metric 5 dev eth0 via 192.0.2.1"), *parseRoute("default via 192.0.2.1 dev eth0 metric 5"));
}

TEST(RouteSpec, ofABareAddressIsAHostRoute) {
  EXPECT_EQ(parseRoute("198.51.100.7 dev eth0")->prefix.length, 32);
}

TEST(RouteSpec, isWrittenAsItIsRead) {
  for (const char* text :
       {"default via 192.0.2.1", "198.51.100.0/24 via 192.0.2.1 dev eth0 table 10 src 192.0.2.9 metric 100 mtu 1400",
        "blackhole 198.51.100.0/24", "unreachable default metric 4294967295", "prohibit 198.51.100.7/32",
        "throw 198.51.100.0/24 table 10", "default via 192.0.2.1 dev eth0 onlink", "default dev eth0"}) {
    const auto route = parseRoute(text);
    ASSERT_TRUE(route) << text;
    EXPECT_EQ(routeText(*route), text);
  }
  EXPECT_EQ(routeText(*parseRoute("unicast 0.0.0.0/0 via 192.0.2.1 table main")), "default via 192.0.2.1");
}

struct Wrong {
  const char* text;
  std::size_t at;
  const char* found;
  const char* right;
};

TEST(RouteSpec, thatIsWrongIsAnErrorAtTheWord) {
  const Wrong all[] = {
      {"", 0, "", "198.51.100.0/24"},
      {"defualt via 192.0.2.1", 0, "defualt", "198.51.100.0/24"},
      {"198.51.100.1/24 via 192.0.2.1", 0, "198.51.100.1/24", "198.51.100.0/24"},
      {"default via", 11, "", "192.0.2.1"},
      {"default via 192.0.2", 12, "192.0.2", "192.0.2.1"},
      {"default via 192.0.2.1 dev", 25, "", "eth0"},
      {"default via 192.0.2.1 metrik 5", 22, "metrik", "metric"},
      {"default via 192.0.2.1 metric -1", 29, "-1", "0-4294967295"},
      {"default via 192.0.2.1 table 0", 28, "0", "1-4294967295"},
      {"default via 192.0.2.1 via 192.0.2.2", 22, "via", ""},
      {"default", 7, "", "via 192.0.2.1"},
      {"blackhole default via 192.0.2.1", 18, "via", "blackhole 0.0.0.0/0"},
      {"default nexthop via 192.0.2.1 weight 1", 8, "nexthop", "via, dev, src, metric, table, onlink, mtu"},
  };
  for (const Wrong& wrong : all) {
    const auto route = parseRoute(wrong.text);
    ASSERT_FALSE(route) << wrong.text;
    EXPECT_EQ(route.error().at, wrong.at) << wrong.text;
    EXPECT_EQ(route.error().found, wrong.found) << wrong.text;
    EXPECT_EQ(route.error().right, wrong.right) << wrong.text;
  }
}

}  // namespace
}  // namespace hw::project
