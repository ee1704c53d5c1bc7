// The worked examples of IEEE 802.1D as text: bridges and ports in, roles out.
#include <gtest/gtest.h>

#include "tests/core/proto/stp/topologies.h"
#include "tests/core/proto/stp/tree_text.h"
#include "tests/core/sim/frames.h"

namespace hw::test {
namespace {

TEST(WorkedExamples, comeToTheRolesOfTheStandard) {
  for (const Topology& one : kTopologies) EXPECT_EQ(TreePlay(one.text).differences(), "") << one.name;
}

TEST(WorkedExamples, aWrongExpectationIsFound) {
  EXPECT_NE(TreePlay("bridge A\nbridge B\nlan A.1 B.1\nexpect\nB root; 1 designated forwarding").differences(), "");
}

/// How often B believed to be the root itself within a minute; A says which times hold.
std::size_t timesRoot(const std::string& times) {
  TreePlay play("bridge A\nbridge B\nlan A.1 B.1\ntime A " + times + "\nexpect\nB cost 4 root A; 1 root forwarding");
  EXPECT_EQ(play.differences(), "");
  return play.lab().count("B", "stp.became_root");
}

TEST(WorkedExamples, aMaximumAgeBelowTheHelloTimeForgetsTheRootBetweenTwoHellos) {
  EXPECT_EQ(timesRoot("max 20 hello 2"), 0u);
  EXPECT_GE(timesRoot("max 6 hello 10"), 6u);
}

TEST(WorkedExamples, aCutCableIsToldToTheRootWhichHasEverybodyForget) {
  TreePlay play(R"(
    bridge A
    bridge B
    bridge C
    lan A.1 B.1
    lan B.2 C.1
    lan C.2 A.2
    expect
    C cost 4 root A; 1 alternate blocking, 2 root forwarding
    cut A.1
    wait 45s
    expect
    B cost 8 root A; 1 disabled, 2 root forwarding
    C cost 4 root A; 1 designated learning, 2 root forwarding
    wait 10s
    expect
    C cost 4 root A; 1 designated forwarding, 2 root forwarding)");
  EXPECT_EQ(play.differences(), "");
  EXPECT_GE(play.lab().count("C", "stp.change_told"), 1u);
  EXPECT_GE(play.lab().count("A", "stp.topology_changed"), 1u);
  EXPECT_TRUE(play.lab().state("B").bridges[0].tree.changing);
}

TEST(WorkedExamples, aPortThatLeavesDoesNotMoveTheNumbersOfTheOthers) {
  TreePlay play("bridge A\nbridge B\nlan A.1 B.1\nlan A.2 B.2\nlan A.3 B.3\nexpect");
  play.differences();
  DeviceConfig config = play.lab().config("A");
  const auto port = *config.interfaceNamed("1");
  config.interfaces[port.value].master = {};
  InterfaceConfig& bridge = config.interfaces[config.interfaceNamed("br0")->value];
  std::erase(bridge.bridge->ports, port);
  play.lab().reconfigure("A", config);
  const stp::State& tree = play.lab().state("A").bridges[0].tree;
  ASSERT_EQ(tree.ports.size(), 2u);
  EXPECT_EQ(tree.ports[0].id & 0x3FF, 2);
  EXPECT_EQ(tree.ports[1].id & 0x3FF, 3);
  // Whoever comes next gets the number that is free.
  config.interfaces[port.value].master = *config.interfaceNamed("br0");
  bridge.bridge->ports.push_back(port);
  play.lab().reconfigure("A", config);
  EXPECT_EQ(play.lab().state("A").bridges[0].tree.find(port)->id & 0x3FF, 1);
}

void rapidly(stp::Config& tree) { tree.rapid = true; }

TEST(RapidTree, comesToTheSameRoles) {
  for (const Topology& one : kTopologies) EXPECT_EQ(TreePlay(one.text, rapidly).differences(), "") << one.name;
}

constexpr const char* kRing = R"(
    bridge A
    bridge B
    bridge C
    lan A.1 B.1
    lan A.2 C.1
    lan B.2 C.2
    wait 2100ms
    expect
    A root; 1 designated forwarding, 2 designated forwarding
    B cost 4 root A; 1 root forwarding, 2 designated forwarding
    C cost 4 root A; 1 root forwarding, 2 alternate blocking)";

/// The first messages are the hellos, after two seconds.
TEST(RapidTree, forwardsWithTheFirstMessagesWhereTheOldOneNeedsThirtySeconds) {
  TreePlay play(kRing, rapidly);
  EXPECT_EQ(play.differences(), "");
  EXPECT_GE(play.lab().count("B", "rstp.agreed"), 1u);
  EXPECT_NE(TreePlay(kRing).differences(), "");
}

TEST(RapidTree, healsACutWithinAMillisecond) {
  TreePlay play(std::string(kRing) + R"(
    cut A.2
    wait 1ms
    expect
    C cost 8 root A; 1 disabled, 2 root forwarding)", rapidly);
  EXPECT_EQ(play.differences(), "");
  EXPECT_GE(play.lab().count("C", "rstp.root_forwards"), 1u);
  EXPECT_GE(play.lab().count("A", "rstp.flushed"), 1u);
}

TEST(RapidTree, aPortWithoutABridgeIsAnEdge) {
  TreePlay play("bridge A\nbridge B\nstation X\nlan A.1 B.1\nlan A.2 X.1\nwait 4s\nexpect\nA root; 1 designated forwarding, 2 designated forwarding", rapidly);
  EXPECT_EQ(play.differences(), "");
  EXPECT_EQ(play.lab().count("A", "rstp.is_edge"), 1u);
}

TEST(RapidTree, speaksTheOldProtocolToAnOldNeighbour) {
  TreePlay play("bridge A\nbridge B 8192\nlan A.1 B.1\nexpect\nA cost 4 root B; 1 root forwarding", rapidly);
  DeviceConfig old = play.lab().config("B");
  old.interfaces[old.interfaceNamed("br0")->value].stp->rapid = false;
  play.lab().reconfigure("B", old);
  EXPECT_EQ(play.differences(), "");
  EXPECT_GE(play.lab().count("A", "rstp.legacy_heard"), 1u);
  EXPECT_EQ(play.lab().state("B").bridges[0].tree.ports[0].state, stp::PortState::Forwarding);
}

TEST(RapidTree, aMaximumAgeTooSmallForTheDiameterIsNotBelieved) {
  std::string text = "bridge A 4096\n";
  for (char c = 'B'; c <= 'H'; ++c) text += std::string("bridge ") + c + "\n";
  for (char c = 'A'; c < 'H'; ++c) text += std::string("lan ") + c + ".2 " + static_cast<char>(c + 1) + ".1\n";
  TreePlay play(text + "time A max 6\nexpect\nF cost 20 root A; 1 root forwarding, 2 designated forwarding\nH root; 1 designated forwarding", rapidly);
  EXPECT_GE((play.differences(), play.lab().count("H", "rstp.too_old") + play.lab().count("G", "rstp.too_old")), 1u);
}

TEST(ReservedGroups, areNotForwarded) {
  Builder builder;
  builder.bridge("sw").host("h1").host("h2").link("h1:eth0", "sw:p1").link("h2:eth0", "sw:p2");
  Lab lab(builder);
  const auto heard = [&](const char* to) {
    lab.inject("sw:p1", ethernetFrame(mac(to), mac("02:00:00:00:00:99"), 0x88B5, counting(46)));
    lab.run("1ms");
    return lab.sent("sw:p2").size();
  };
  EXPECT_EQ(heard("01:80:c2:00:00:0e"), 0u);
  EXPECT_EQ(lab.keys("sw", "bridge."), "bridge.learned bridge.reserved_group");
  EXPECT_EQ(heard("01:80:c2:00:00:01"), 0u);
  EXPECT_EQ(heard("01:80:c2:00:00:00"), 1u);  // the tree is off: so that loops are found
  EXPECT_EQ(heard("01:80:c2:00:00:10"), 2u);
}

}  // namespace
}  // namespace hw::test
