// Which cables share a wire, hear the same broadcasts, have the same IP network.
#include "core/lens/domains.h"

#include <gtest/gtest.h>

#include "core/project/build.h"
#include "core/project/load.h"

namespace hw::test {
namespace {

using lens::DomainKind;

World worldOf(const std::string& nodesAndLinks) {
  const auto loaded = project::loadText("version: 1\n" + nodesAndLinks, "net.yaml");
  EXPECT_TRUE(loaded) << (loaded ? "" : loaded.error().text());
  return project::buildWorld(loaded->document).value();
}

/// "1: 0 1; VLAN 10: 2": names, each with the numbers of its cables.
std::string told(const World& world, DomainKind kind) {
  std::string text;
  for (const lens::Domain& one : lens::domainsOf(world, kind)) {
    text += (text.empty() ? "" : "; ") + one.name + ":";
    for (const LinkId link : one.links) text += " " + std::to_string(link.value);
  }
  return text;
}

/// Two hosts on a hub, the hub and a host on a switch, a router to a second switch with one host.
constexpr const char* kMixed = R"(
nodes:
  h1: {kind: host, interfaces: {eth0: {addresses: [192.0.2.1/24]}}}
  h2: {kind: host, interfaces: {eth0: {addresses: [192.0.2.2/24]}}}
  h3: {kind: host, interfaces: {eth0: {addresses: [192.0.2.3/24]}}}
  h4: {kind: host, interfaces: {eth0: {addresses: [198.51.100.4/24]}}}
  x1: {kind: hub}
  s1: {kind: switch}
  r1: {kind: router, interfaces: {a: {addresses: [192.0.2.254/24]}, b: {addresses: [198.51.100.254/24]}}}
  s2: {kind: switch}
links:
  - {ends: [h1:eth0, x1:1]}
  - {ends: [h2:eth0, x1:2]}
  - {ends: [x1:3, s1:p1]}
  - {ends: [h3:eth0, s1:p2]}
  - {ends: [s1:p3, r1:a]}
  - {ends: [r1:b, s2:p1]}
  - {ends: [s2:p2, h4:eth0]}
)";

TEST(Domains, aHubJoinsCollisionDomainsAndASwitchEndsThem) {
  EXPECT_EQ(told(worldOf(kMixed), DomainKind::Collision), "1: 0 1 2; 2: 3; 3: 4; 4: 5; 5: 6");
}

TEST(Domains, aSwitchJoinsBroadcastDomainsAndARouterEndsThem) {
  EXPECT_EQ(told(worldOf(kMixed), DomainKind::Broadcast), "1: 0 1 2 3 4; 2: 5 6");
}

TEST(Domains, aSubnetIsABroadcastDomainWithItsNetwork) {
  EXPECT_EQ(told(worldOf(kMixed), DomainKind::Subnet), "192.0.2.0/24: 0 1 2 3 4; 198.51.100.0/24: 5 6");
}

TEST(Domains, twoNetworksOnOneWireAreBothNamed) {
  EXPECT_EQ(told(worldOf(R"(
nodes:
  h1: {kind: host, interfaces: {eth0: {addresses: [192.0.2.1/24]}}}
  h2: {kind: host, interfaces: {eth0: {addresses: [203.0.113.2/25]}}}
  h3: {kind: host}
links: [{ends: [h1:eth0, h2:eth0]}, {ends: [h2:eth1, h3:eth0]}]
)"), DomainKind::Subnet), "192.0.2.0/24, 203.0.113.0/25: 0");
}

TEST(Domains, aCableThatIsUnpluggedBelongsToNone) {
  EXPECT_EQ(told(worldOf(R"(
nodes: {h1: {kind: host}, s1: {kind: switch}, h2: {kind: host}}
links: [{ends: [h1:eth0, s1:p1], down: true}, {ends: [s1:p2, h2:eth0]}]
)"), DomainKind::Broadcast), "1: 1");
}

TEST(Domains, vlansDivideASwitchAndMeetInATrunk) {
  const World world = worldOf(R"(
nodes:
  h1: {kind: host, interfaces: {eth0: {addresses: [192.0.2.1/24]}}}
  h2: {kind: host, interfaces: {eth0: {addresses: [198.51.100.2/24]}}}
  h3: {kind: host}
  s1: {kind: switch, interfaces: {p1: {vlan: {access: 10}}, p2: {vlan: {access: 20}}, t: {vlan: {trunk: [10, 20]}}}}
  s2: {kind: switch, interfaces: {t: {vlan: {trunk: [10, 20]}}, p1: {vlan: {access: 10}}}}
links:
  - {ends: [h1:eth0, s1:p1]}
  - {ends: [h2:eth0, s1:p2]}
  - {ends: [s1:t, s2:t]}
  - {ends: [s2:p1, h3:eth0]}
)");
  EXPECT_EQ(told(world, DomainKind::Broadcast), "VLAN 10: 0 2 3; VLAN 20: 1 2");
  EXPECT_EQ(told(world, DomainKind::Subnet), "192.0.2.0/24: 0 2 3; 198.51.100.0/24: 1 2");
  EXPECT_EQ(told(world, DomainKind::Collision), "1: 0; 2: 1; 3: 2; 4: 3");
}

}  // namespace
}  // namespace hw::test
