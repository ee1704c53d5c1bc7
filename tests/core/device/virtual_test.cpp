// Interfaces whose other end is no cable: tags, and programs that read and write packets.
#include <gtest/gtest.h>

#include "tests/core/sim/frames.h"
#include "tests/core/sim/lab.h"

namespace hw::test {
namespace {

InterfaceConfig interfaceOf(InterfaceKind kind, const char* name, const char* address) {
  InterfaceConfig made;
  made.name = name;
  made.kind = kind;
  made.medium = Medium::Veth;
  made.mac = mac("02:00:00:00:aa:01");
  made.addresses = {prefix(address)};
  return made;
}

/// h1 and h2 on one link, each with an interface on top.
struct Pair : testing::Test {
  Lab lab{R"(
    host h1 eth0 192.0.2.1/24
    host h2 eth0 192.0.2.2/24
    link h1:eth0 h2:eth0 veth)"};
  void add(const char* device, InterfaceConfig interface) {
    DeviceConfig config = lab.config(device);
    if (interface.vlan) interface.mac = config.interfaces[1].mac;
    config.interfaces.push_back(std::move(interface));
    lab.reconfigure(device, config);
  }
  static InterfaceConfig vlan(std::uint16_t id, const char* address, std::uint32_t parent = 1) {
    InterfaceConfig made = interfaceOf(InterfaceKind::Vlan, "v", address);
    made.name += std::to_string(id);
    made.vlan = VlanConfig{InterfaceId{parent}, id, 0x8100};
    return made;
  }
};

TEST_F(Pair, AVlanIsATagOnTheCableAndNothingAbove) {
  add("h1", vlan(10, "198.51.100.1/24"));
  add("h2", vlan(10, "198.51.100.2/24"));
  const ProcessId id = lab.start("h1", ping("198.51.100.2"));
  lab.run("2s");
  EXPECT_EQ(lab.exitCode("h1", id), 0);
  const Raw first = lab.sent("h1:eth0").at(0);
  EXPECT_EQ(load16(first.data() + 12), 0x8100);
  EXPECT_EQ(load16(first.data() + 14), 10);
  EXPECT_EQ(load16(first.data() + 16), ethernet::kArp);
  EXPECT_EQ(first.size(), 46u);
  EXPECT_GE(lab.count("h1", "vif.tag_added"), 2u);
  EXPECT_GE(lab.count("h2", "vif.tag_removed"), 2u);
  for (const auto& [what, bytes] : lab.tapped) EXPECT_EQ(lab.journal.frame(what.id).toVector(), bytes);
}

TEST_F(Pair, AnotherVlanDoesNotHear) {
  add("h1", vlan(10, "198.51.100.1/24"));
  add("h2", vlan(20, "198.51.100.2/24"));
  lab.start("h1", ping("198.51.100.2"));
  lab.run("10ms");
  EXPECT_EQ(lab.count("h2", "vif.tag_unknown"), 1u);
  EXPECT_TRUE(lab.sent("h2:eth0").empty());
}

TEST_F(Pair, TagsStack) {
  for (const char* device : {"h1", "h2"}) {
    InterfaceConfig outer = vlan(100, "203.0.113.9/32");
    outer.vlan->type = 0x88A8;
    outer.addresses.clear();
    add(device, outer);
    InterfaceConfig inner = vlan(5, device[1] == '1' ? "198.51.100.1/24" : "198.51.100.2/24", 2);
    add(device, inner);
  }
  const ProcessId id = lab.start("h1", ping("198.51.100.2"));
  lab.run("2s");
  EXPECT_EQ(lab.exitCode("h1", id), 0);
  const Raw first = lab.sent("h1:eth0").at(0);
  EXPECT_EQ(load16(first.data() + 12), 0x88A8);
  EXPECT_EQ(load16(first.data() + 14), 100);
  EXPECT_EQ(load16(first.data() + 16), 0x8100);
  EXPECT_EQ(load16(first.data() + 18), 5);
}

TEST_F(Pair, AVlanIsDownWithItsParent) {
  add("h1", vlan(10, "198.51.100.1/24"));
  lab.cable("h1:eth0", [](LinkConfig& link) { link.up = false; });
  EXPECT_FALSE(lab.world.device(lab.device("h1")).plan().interfaces[2].running);
}

process::TunApp tunApp(const char* device, const char* local, const char* peer, process::TunMode mode = process::TunMode::Tun) {
  process::TunApp app;
  app.options.device = device;
  app.options.mode = mode;
  app.options.local = {address(local), 5555};
  app.options.peer = {address(peer), 5555};
  return app;
}

TEST_F(Pair, AProgramCarriesWhatItReadsFromATunToItsPeer) {
  add("h1", interfaceOf(InterfaceKind::Tun, "tun0", "198.51.100.1/24"));
  add("h2", interfaceOf(InterfaceKind::Tun, "tun0", "198.51.100.2/24"));
  EXPECT_FALSE(lab.world.device(lab.device("h1")).plan().interfaces[2].running);
  const ProcessId carrier = lab.start("h1", tunApp("tun0", "192.0.2.1", "192.0.2.2"));
  lab.start("h2", tunApp("tun0", "192.0.2.2", "192.0.2.1"));
  EXPECT_TRUE(lab.world.device(lab.device("h1")).plan().interfaces[2].running);
  const ProcessId id = lab.start("h1", ping("198.51.100.2"));
  lab.run("2s");
  EXPECT_EQ(lab.exitCode("h1", id), 0);
  EXPECT_EQ(lab.count("h1", "vif.given_to_program"), 1u);
  EXPECT_EQ(lab.count("h2", "vif.program_wrote"), 1u);
  std::vector<Raw> passes;
  for (const auto& [what, bytes] : lab.tapped)
    if (what.fate == Fate::PassedDown) passes.push_back(bytes);
  ASSERT_EQ(passes.size(), 2u);  // the request on h1, the reply on h2
  EXPECT_EQ(passes[0].size(), 84u);
  EXPECT_EQ(passes[0][0], 0x45);
  lab.input("h1", SignalProcess{carrier, process::Signal::Terminate});
  EXPECT_FALSE(lab.world.device(lab.device("h1")).plan().interfaces[2].running);
}

TEST_F(Pair, NobodyBehindATapHearsAndTwoProgramsCannotShareIt) {
  add("h1", interfaceOf(InterfaceKind::Tap, "tap0", "198.51.100.1/24"));
  lab.start("h1", tunApp("tap0", "192.0.2.1", "192.0.2.2", process::TunMode::Tap));
  const ProcessId second = lab.start("h1", tunApp("tap0", "192.0.2.1", "192.0.2.2", process::TunMode::Tap));
  EXPECT_EQ(lab.exitCode("h1", second), 1);
  EXPECT_NE(lab.printed("h1").find("tunapp: tap0: Device or resource busy"), std::string::npos);
}

TEST_F(Pair, BytesThatAreNoPacketAreRefused) {
  add("h2", interfaceOf(InterfaceKind::Tun, "tun0", "198.51.100.2/24"));
  lab.start("h2", tunApp("tun0", "192.0.2.2", "192.0.2.1"));
  process::UdpSend send;
  send.options.target = address("192.0.2.2");
  send.options.port = 5555;
  send.options.sizes = {20};
  lab.start("h1", send);
  lab.run("10ms");
  EXPECT_EQ(lab.count("h2", "vif.program_wrote_nonsense"), 1u);
}

}  // namespace
}  // namespace hw::test
