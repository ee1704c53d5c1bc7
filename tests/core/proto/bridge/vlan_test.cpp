// A bridge that tells VLANs apart: access and trunk ports, native VLAN, VLANs by address (IEEE 802.1Q 6.9, 8.6, 8.8).
#include <gtest/gtest.h>

#include "core/proto/bridge/vlans.h"
#include "tests/core/sim/frames.h"
#include "tests/core/sim/lab.h"

namespace hw::test {
namespace {

constexpr const char* kVlanSwitch = R"(
  bridge sw ageing 20s
  host h1 eth0 192.0.2.1/24
  host h2 eth0 192.0.2.2/24
  host h3 eth0 192.0.2.3/24
  host h4 eth0 192.0.2.4/24
  link h1:eth0 sw:p1
  link h2:eth0 sw:p2
  link h3:eth0 sw:p3
  link h4:eth0 sw:t)";

const MacAddress kSender = mac("02:00:00:00:00:aa");
const MacAddress kEveryone = MacAddress::broadcast();

Raw bare(MacAddress to, MacAddress from) { return ethernetFrame(to, from, 0x88B5, counting(60)); }
Raw tagged(std::uint16_t vlan, MacAddress to, MacAddress from) {
  Raw inner(4);
  store16(inner.data(), vlan);
  store16(inner.data() + 2, 0x88B5);
  return ethernetFrame(to, from, ethernet::kVlan, inner + counting(60));
}

/// p1 and p2 are access ports of VLAN 10 and 20, p3 of 10; t is a trunk for both without a native VLAN.
struct VlanBridge : testing::Test {
  Lab lab{kVlanSwitch};
  VlanBridge() {
    change([&](bridge::Vlans& vlans) {
      vlans.filtering = true;
      for (const auto& [port, id] : {std::pair("sw:p1", 10), {"sw:p2", 20}, {"sw:p3", 10}}) access(vlans, port, id);
      vlans.ports.push_back({lab.end("sw:t").port, 0, {{10, false}, {20, false}}, {}, {}});
    });
  }
  void access(bridge::Vlans& vlans, const char* port, int id) {
    const auto vlan = static_cast<std::uint16_t>(id);
    vlans.ports.push_back({lab.end(port).port, vlan, {{vlan, true}}, {}, {}});
  }
  void change(const std::function<void(bridge::Vlans&)>& how) {
    DeviceConfig config = lab.config("sw");
    how(config.interfaces[config.interfaceNamed("br0")->value].bridge->vlans);
    lab.reconfigure("sw", config);
  }
  /// What the bridge decides about a frame that comes in at a port, by its keys.
  std::string hear(const char* port, const Raw& bytes) {
    const std::size_t before = lab.keys("sw", "bridge.").size();
    lab.inject(port, bytes);
    lab.run("1ms");
    const std::string after = lab.keys("sw", "bridge.").substr(before);
    return after.substr(std::min(after.size(), after.find_first_not_of(' ')));
  }
  std::size_t countAt(const char* port) { return lab.sent(port).size(); }
};

TEST_F(VlanBridge, aBroadcastStaysInItsVlanAndGetsATagOnTheTrunk) {
  EXPECT_EQ(hear("sw:p1", bare(kEveryone, kSender)),
            "bridge.vlan_of_port bridge.learned bridge.flooded_group bridge.leaves_tagged bridge.leaves_untagged");
  EXPECT_EQ(countAt("sw:p2"), 0u);
  EXPECT_EQ(lab.sent("sw:p3").at(0), bare(kEveryone, kSender));
  EXPECT_EQ(lab.sent("sw:t").at(0), tagged(10, kEveryone, kSender));
}

TEST_F(VlanBridge, aTaggedFrameLosesItsTagAtAnAccessPort) {
  EXPECT_EQ(hear("sw:t", tagged(20, kEveryone, kSender)), "bridge.learned bridge.flooded_group bridge.leaves_untagged");
  EXPECT_EQ(lab.sent("sw:p2").at(0), bare(kEveryone, kSender));
  EXPECT_EQ(countAt("sw:p1") + countAt("sw:p3"), 0u);
}

TEST_F(VlanBridge, eachVlanLearnsForItself) {
  hear("sw:p1", bare(kEveryone, kSender));
  // The same address, known in VLAN 10 only: in VLAN 20 it is flooded.
  EXPECT_EQ(hear("sw:p2", bare(kSender, mac("02:00:00:00:00:bb"))),
            "bridge.vlan_of_port bridge.learned bridge.flooded_unknown bridge.leaves_tagged");
  EXPECT_EQ(hear("sw:t", tagged(10, kSender, mac("02:00:00:00:00:cc"))), "bridge.learned bridge.forwarded bridge.leaves_untagged");
}

TEST_F(VlanBridge, aTrunkWithoutANativeVlanRefusesFramesWithoutATag) {
  EXPECT_EQ(hear("sw:t", bare(kEveryone, kSender)), "bridge.untagged_refused");
}

TEST_F(VlanBridge, aTagThatAPortDoesNotTakePartInIsRefused) {
  EXPECT_EQ(hear("sw:t", tagged(30, kEveryone, kSender)), "bridge.not_of_vlan");
  EXPECT_EQ(hear("sw:p1", tagged(20, kEveryone, kSender)), "bridge.not_of_vlan");
}

TEST_F(VlanBridge, theNativeVlanOfATrunkHasNoTag) {
  change([&](bridge::Vlans& vlans) {
    bridge::PortVlans& trunk = vlans.change(lab.end("sw:t").port);
    trunk.pvid = 10;
    trunk.add({10, true});
  });
  hear("sw:t", bare(kEveryone, kSender));
  EXPECT_EQ(countAt("sw:p1") + countAt("sw:p3"), 2u);
  hear("sw:p1", bare(kEveryone, kSender));
  EXPECT_EQ(lab.sent("sw:t").at(0), bare(kEveryone, kSender));
}

TEST_F(VlanBridge, aTagForAPriorityAloneCountsAsNone) {
  hear("sw:p1", tagged(0xE000, kEveryone, kSender));
  EXPECT_EQ(lab.sent("sw:p3").at(0), bare(kEveryone, kSender));
}

TEST_F(VlanBridge, anAddressLeftBehindInAVlanIsNotReached) {
  hear("sw:p3", bare(kEveryone, kSender));
  change([&](bridge::Vlans& vlans) { vlans.change(lab.end("sw:p3").port).remove(10); });
  EXPECT_EQ(hear("sw:p1", bare(kSender, mac("02:00:00:00:00:bb"))), "bridge.vlan_of_port bridge.learned bridge.left_vlan");
}

TEST_F(VlanBridge, theSenderCanDecideOfWhichVlanItIs) {
  change([&](bridge::Vlans& vlans) {
    bridge::PortVlans& port = vlans.change(lab.end("sw:p2").port);
    port.byMac.push_back({kSender, 10});
    port.bySubnet.push_back({prefix("192.0.2.0/24"), 10});
    port.add({10, true});
  });
  EXPECT_EQ(hear("sw:p2", bare(kEveryone, kSender)).substr(0, 18), "bridge.vlan_of_mac");
  EXPECT_EQ(countAt("sw:p1"), 1u);
  EXPECT_EQ(hear("sw:p2", bare(kEveryone, mac("02:00:00:00:00:bb"))).substr(0, 19), "bridge.vlan_of_port");
  EXPECT_EQ(countAt("sw:p1"), 1u);
  lab.start("h2", ping("192.0.2.1"));  // its question names its address
  lab.run("1ms");
  EXPECT_GE(lab.count("sw", "bridge.vlan_of_subnet"), 1u);
  EXPECT_GE(countAt("sw:p1"), 2u);
}

TEST_F(VlanBridge, theSwitchItselfIsInTheVlansOfItsOwnInterfaceOnly) {
  DeviceConfig config = lab.config("sw");
  InterfaceConfig& own = config.interfaces[config.interfaceNamed("br0")->value];
  own.addresses = {prefix("192.0.2.100/24")};
  own.mac = mac("02:00:00:00:01:00");
  lab.reconfigure("sw", config);
  EXPECT_EQ(hear("sw:p1", bare(own.mac, kSender)), "bridge.vlan_of_port bridge.learned bridge.for_us bridge.not_our_vlan");
  const auto pings = [&](const char* to) {
    const ProcessId id = lab.start("h1", ping(to));
    lab.run("15s");
    return lab.exitCode("h1", id).value_or(-1);
  };
  EXPECT_NE(pings("192.0.2.100"), 0);
  change([&](bridge::Vlans& vlans) {
    const InterfaceId bridge = *lab.config("sw").interfaceNamed("br0");
    vlans.ports.push_back({bridge, 10, {{10, true}}, {}, {}});
  });
  EXPECT_EQ(pings("192.0.2.100"), 0);
}

}  // namespace
}  // namespace hw::test
