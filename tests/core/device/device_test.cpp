// A device by itself: step() without a World, deadlines, what a new configuration keeps.
#include <gtest/gtest.h>

#include "tests/core/sim/frames.h"
#include "tests/core/sim/lab.h"

namespace hw::test {
namespace {

DeviceConfig hostConfig() {
  DeviceConfig config = makeDeviceConfig("h");
  InterfaceConfig eth;
  eth.name = "eth0";
  eth.mac = mac("02:00:00:00:00:01");
  eth.addresses = {prefix("192.0.2.1/24")};
  config.interfaces.push_back(eth);
  return config;
}

TEST(Device, answersWithoutAWorld) {
  Device device(hostConfig(), 1, DeviceId{0});
  Out out;
  out.frames.emplace_back(ByteView(arpFrame(MacAddress::broadcast(), arp::kRequest, mac("02:00:00:00:00:02"), "192.0.2.2", "192.0.2.1")));
  device.step(Time{} + seconds(1), 0, FrameArrived{InterfaceId{1}}, out);
  ASSERT_EQ(out.sends.size(), 1u);
  EXPECT_EQ(out.sends[0].port, InterfaceId{1});
  EXPECT_EQ(arpOf(out.frames[out.sends[0].frame].toVector()).senderMac, mac("02:00:00:00:00:01"));
}

TEST(Device, thatKnowsNothingWantsNothing) {
  EXPECT_EQ(Device(hostConfig(), 1, DeviceId{0}).nextDeadline(), kNever);
}

TEST(Device, wantsToBeWokenForItsNextQuestion) {
  Device device(hostConfig(), 1, DeviceId{0});
  Out out;
  device.step(Time{}, 0, StartProcess{ping("192.0.2.2", 1)}, out);
  // A question waits a second, counted in ticks of 4 ms.
  const Time asksAgain = device.nextDeadline();
  EXPECT_GE(asksAgain, Time{} + seconds(1));
  EXPECT_LE(asksAgain, Time{} + milliseconds(1100));
  out.clear();
  device.step(Time{} + milliseconds(500), 1, TimeReached{}, out);
  EXPECT_TRUE(out.sends.empty()) << "being early does no harm";
  out.clear();
  device.step(asksAgain, 2, TimeReached{}, out);
  EXPECT_EQ(out.sends.size(), 1u);
}

TEST(Device, copiesAreIndependent) {
  Device one(hostConfig(), 1, DeviceId{0});
  const Device before = one;
  Out out;
  one.step(Time{}, 0, StartProcess{ping("192.0.2.2", 1)}, out);
  EXPECT_FALSE(one == before);
  EXPECT_EQ(hashOf(before), hashOf(Device(hostConfig(), 1, DeviceId{0})));
}

TEST(Device, itsRandomStreamDependsOnSeedAndId) {
  const auto reachable = [](std::uint64_t seed, std::uint32_t id) {
    return Device(hostConfig(), seed, DeviceId{id}).state().arp.reachableTime;
  };
  EXPECT_EQ(reachable(1, 0), reachable(1, 0));
  EXPECT_NE(reachable(1, 0), reachable(2, 0));
  EXPECT_NE(reachable(1, 0), reachable(1, 1));
}

TEST(Device, staticNeighboursAreThereFromTheStart) {
  DeviceConfig config = hostConfig();
  config.neighbours = {{InterfaceId{1}, address("192.0.2.9"), mac("02:00:00:00:00:09")}};
  const Device device(config, 1, DeviceId{0});
  ASSERT_EQ(device.state().arp.entries.size(), 1u);
  EXPECT_EQ(device.state().arp.entries[0].state, arp::Nud::Permanent);
}

TEST(Device, aNewConfigurationKeepsWhatItDoesNotContradict) {
  Lab lab("host h1 eth0 192.0.2.1/24\n host h2 eth0 192.0.2.2/24\n link h1:eth0 h2:eth0");
  lab.start("h1", ping("192.0.2.2", 0));
  lab.run("100ms");
  DeviceConfig config = lab.config("h1");
  config.knobs.defaultTtl = 9;
  lab.reconfigure("h1", config);
  EXPECT_NE(lab.neighbour("h1:eth0", "192.0.2.2"), nullptr);
  EXPECT_EQ(lab.state("h1").processes.size(), 1u);
  config.interfaces[1].mac = mac("02:00:00:00:00:77");
  lab.reconfigure("h1", config);
  EXPECT_EQ(lab.neighbour("h1:eth0", "192.0.2.2"), nullptr) << "another address: its neighbours are asked anew";
}

TEST(Device, aBridgeMayComeAndGo) {
  Lab lab("bridge sw\n host h1 eth0 192.0.2.1/24\n link h1:eth0 sw:p1");
  DeviceConfig config = lab.config("sw");
  const std::uint32_t br = config.interfaceNamed("br0")->value;
  DeviceConfig without = config;
  without.interfaces[br].bridge.reset();
  without.interfaces[br].kind = InterfaceKind::Ethernet;
  without.interfaces[lab.end("sw:p1").port.value].master = InterfaceId{};
  lab.reconfigure("sw", without);
  EXPECT_TRUE(lab.state("sw").bridges.empty());
  lab.reconfigure("sw", config);
  EXPECT_EQ(lab.state("sw").bridges.size(), 1u);
}

}  // namespace
}  // namespace hw::test
