// IPv6 in project files: addresses, routes, what the World makes of them.
#include <gtest/gtest.h>

#include "core/project/build.h"
#include "core/project/load.h"
#include "core/project/save.h"

namespace hw::project {
namespace {

constexpr const char* kSixFile = R"(version: 1
nodes:
  h1:
    kind: host
    interfaces: {eth0: {ipv6: ["2001:db8:1::1/64"]}}
    ipv6_routes:
      - default via 2001:db8:1::ff
      - unreachable 2001:db8:9::/48
  r1:
    kind: router
    interfaces: {eth0: {ipv6: ["2001:db8:1::ff/64"]}, eth1: {ipv6: []}}
  h2: {kind: host, interfaces: {eth0: {addresses: [192.0.2.1/24]}}}
links:
  - ends: [h1:eth0, r1:eth0]
  - ends: [h2:eth0, r1:eth1]
)";

TEST(SixFile, saysWhoSpeaksIpv6AndWithWhichAddresses) {
  const auto document = loadText(kSixFile, "six.hopwise");
  ASSERT_TRUE(document);
  const auto world = buildWorld(document->document);
  ASSERT_TRUE(world);
  const DeviceConfig& host = world->device(DeviceId{0}).config();
  ASSERT_TRUE(host.six && host.interfaces[1].six);
  EXPECT_EQ(host.interfaces[1].six->addresses.at(0).prefix.text(), "2001:db8:1::1/64");
  EXPECT_FALSE(host.six->forwarding);
  ASSERT_EQ(host.six->routes.size(), 2u);
  EXPECT_EQ(host.six->routes[0].port, InterfaceId{1});
  EXPECT_EQ(host.six->routes[1].type, ipv6::RouteType::Unreachable);
  const DeviceConfig& router = world->device(DeviceId{1}).config();
  EXPECT_TRUE(router.six->forwarding);
  EXPECT_TRUE(router.interfaces[2].six && router.interfaces[2].six->addresses.empty());
  EXPECT_FALSE(world->device(DeviceId{2}).config().six);
}

TEST(SixFile, isReadAgainAsItWasSaved) {
  const auto document = loadText(kSixFile, "six.hopwise");
  ASSERT_TRUE(document);
  const auto again = loadText(saveText(document->document), "six.hopwise");
  ASSERT_TRUE(again);
  EXPECT_EQ(again->document.nodes, document->document.nodes);
}

TEST(RouteSpecSix, comesBackFromItsWords) {
  for (const char* text : {"default via 2001:db8::1", "2001:db8:2::/64 dev eth0", "2001:db8:2::/64 via fe80::1 dev eth0 metric 5",
                           "blackhole 2001:db8:3::/48", "prohibit default"}) {
    const auto route = parseRouteSix(text);
    ASSERT_TRUE(route) << text;
    EXPECT_EQ(routeText(*route), text);
  }
  for (const char* text : {"", "default", "default via", "default via 192.0.2.1", "2001:db8::1/64 dev eth0", "blackhole default via ::1",
                           "default via ::1 metric x", "default via ::1 via", "throw 2001:db8::/32"})
    EXPECT_FALSE(parseRouteSix(text)) << text;
}

}  // namespace
}  // namespace hw::project
