// Spanning trees of small networks: who becomes root, which ports forward, which block (IEEE 802.1D-1998 8.3).
#include "core/proto/stp/stp.h"

#include <gtest/gtest.h>

#include <sstream>

#include "tests/core/sim/frames.h"
#include "tests/core/sim/lab.h"

namespace hw::test {
namespace {

/// "A 4096" is a bridge with that priority; "A:p1 B:p1" a cable; "A:p1 cost 7"; "hub H".
struct Plan {
  Builder builder;
  std::vector<std::string> bridges;
};

void addLine(Plan& plan, const std::string& line) {
  std::istringstream words(line);
  std::string a, b;
  words >> a >> b;
  const std::size_t colon = a.find(':');
  if (a == "hub") {
    plan.builder.hub(b.c_str());
  } else if (colon == a.npos) {
    plan.builder.bridge(a.c_str());
    plan.bridges.push_back(a);
    stp::Config& tree = plan.builder.named(a).interfaces.back().stp.emplace();
    tree.enabled = true;
    if (!b.empty()) tree.priority = static_cast<std::uint16_t>(std::stoul(b));
  } else if (b == "cost" || b == "prio") {
    std::uint32_t value = 0;
    words >> value;
    DeviceConfig& device = plan.builder.named(a.substr(0, colon));
    stp::Config& tree = *device.interfaces[device.interfaceNamed("br0")->value].stp;
    const InterfaceId port = *device.interfaceNamed(a.substr(colon + 1));
    tree.ports.push_back({port, b == "cost" ? value : 4, b == "prio" ? static_cast<std::uint8_t>(value) : std::uint8_t{32}});
  } else {
    plan.builder.link(a.c_str(), b.c_str());
  }
}

/// "A is root; B: p1 root, p2 blocks" with designated ports left out.
std::string told(const Lab& lab, const std::vector<std::string>& bridges) {
  std::string text;
  for (const std::string& name : bridges) {
    const Device& device = lab.world.device(lab.device(name));
    const stp::State& tree = device.state().bridges.at(0).tree;
    std::string ports;
    for (const stp::Port& port : tree.ports) {
      const std::string label = device.config().at(port.port).name;
      const bool root = port.port == tree.rootPort;
      if (root) ports += (ports.empty() ? "" : ", ") + label + " root";
      else if (port.state == stp::PortState::Blocking) ports += (ports.empty() ? "" : ", ") + label + " blocks";
      else EXPECT_NE(port.state, stp::PortState::Learning) << name << ":" << label;
    }
    text += (text.empty() ? "" : "; ") + name + (tree.isRoot() ? " is root" : ": " + ports);
  }
  return text;
}

std::string treeOf(const char* lines) {
  Plan plan;
  std::istringstream text(lines);
  for (std::string line; std::getline(text, line, ';');) {
    line.erase(0, line.find_first_not_of(' '));
    if (!line.empty()) addLine(plan, line);
  }
  Lab lab(plan.builder);
  lab.run("60s");
  return told(lab, plan.bridges);
}

TEST(SpanningTree, ofSmallNetworks) {
  const std::tuple<const char*, const char*, const char*> cases[] = {
      {"two bridges: the lower address is root", "A; B; A:p1 B:p1", "A is root; B: p1 root"},
      {"a priority beats an address", "A; B 4096; A:p1 B:p1", "A: p1 root; B is root"},
      {"two cables: the lower port of the other side wins", "A; B; A:p1 B:p1; A:p2 B:p2", "A is root; B: p1 root, p2 blocks"},
      {"two crossed cables: the other side's number counts", "A; B; A:p1 B:p2; A:p2 B:p1", "A is root; B: p2 root, p1 blocks"},
      {"two cables: a cost decides first", "A; B; A:p1 B:p1; A:p2 B:p2; B:p1 cost 10", "A is root; B: p1 blocks, p2 root"},
      {"two cables: a port priority decides before the number", "A; B; A:p1 B:p1; A:p2 B:p2; A:p2 prio 16",
       "A is root; B: p1 blocks, p2 root"},
      {"a line has nothing to block", "A; B; C; A:p1 B:p1; B:p2 C:p1", "A is root; B: p1 root; C: p1 root"},
      {"a ring of three blocks opposite the root", "A; B; C; A:p1 B:p1; B:p2 C:p2; C:p1 A:p2",
       "A is root; B: p1 root; C: p2 blocks, p1 root"},
      {"a ring of four blocks at the far bridge", "A; B; C; D; A:p1 B:p1; B:p2 D:p1; A:p2 C:p1; C:p2 D:p2",
       "A is root; B: p1 root; C: p1 root; D: p1 root, p2 blocks"},
      {"a square with a costly side", "A; B; C; D; A:p1 B:p1; B:p2 D:p1; A:p2 C:p1; C:p2 D:p2; B:p1 cost 100",
       "A is root; B: p1 blocks, p2 root; C: p1 root; D: p2 root"},
      {"a full mesh of four is a star around the root",
       "A; B; C; D; A:p1 B:p1; A:p2 C:p1; A:p3 D:p1; B:p2 C:p2; B:p3 D:p2; C:p3 D:p3",
       "A is root; B: p1 root; C: p1 root, p2 blocks; D: p1 root, p2 blocks, p3 blocks"},
      {"a star needs nothing", "A; B; C; D; A:p1 B:p1; A:p2 C:p1; A:p3 D:p1", "A is root; B: p1 root; C: p1 root; D: p1 root"},
      {"on a shared segment one bridge is designated", "A; B; C; hub H; A:p1 B:p1; A:p2 C:p1; B:p2 H:1; C:p2 H:2",
       "A is root; B: p1 root; C: p1 root, p2 blocks"},
      {"two ports on one segment: the second is a backup", "A; B; hub H; A:p1 B:p1; B:p2 H:1; B:p3 H:2",
       "A is root; B: p1 root, p3 blocks"},
      {"the root itself blocks where it hears itself", "A; hub H; A:p1 H:1; A:p2 H:2", "A is root"},
  };
  for (const auto& [name, lines, wanted] : cases) EXPECT_EQ(treeOf(lines), wanted) << name;
}

/// Two hosts on a ring of three bridges.
struct Ring : testing::Test {
  Ring() {
    for (const char* line : {"A", "B", "C", "A:p1 B:p1", "B:p2 C:p2", "C:p1 A:p2"}) addLine(plan, line);
    plan.builder.host("h1").host("h2").link("h1:eth0", "B:h").link("h2:eth0", "C:h");
    plan.builder.address("h1:eth0", "192.0.2.1/24").address("h2:eth0", "192.0.2.2/24");
    lab = std::make_unique<Lab>(plan.builder);
  }
  int pings() {
    const ProcessId id = lab->start("h1", ping("192.0.2.2"));
    lab->run("3s");
    return lab->exitCode("h1", id).value_or(-1);
  }
  Plan plan;
  std::unique_ptr<Lab> lab;
};

TEST_F(Ring, forwardsNothingBeforeItHasListenedAndLearned) {
  EXPECT_NE(pings(), 0);
  EXPECT_GE(lab->count("B", "stp.frame_not_forwarded"), 1u);
  lab->run("14s");
  EXPECT_NE(pings(), 0);
  EXPECT_GE(lab->count("B", "stp.frame_only_learned"), 1u);
  lab->run("20s");
  EXPECT_EQ(pings(), 0);
}

TEST_F(Ring, doesNotLoop) {
  lab->run("60s");
  const std::size_t before = lab->tapped.size();
  lab->inject("h1:eth0", ethernetFrame(lab->macOf("h1:eth0"), mac("02:00:00:00:00:99"), 0x88B5, counting(46)));
  EXPECT_EQ(pings(), 0);
  EXPECT_LT(lab->tapped.size() - before, 60u);
}

TEST_F(Ring, healsWhenACableIsCutAndTellsTheChange) {
  lab->run("60s");
  lab->cable("A:p1", [](LinkConfig& link) { link.up = false; });
  lab->run("80s");
  EXPECT_EQ(told(*lab, {"A", "B", "C"}), "A is root; B: p2 root; C: p1 root");
  EXPECT_EQ(pings(), 0);
  EXPECT_GE(lab->count("B", "stp.message_aged") + lab->count("C", "stp.message_aged"), 1u);
  EXPECT_GE(lab->count("C", "stp.change_told"), 1u);
  EXPECT_GE(lab->count("A", "stp.change_heard"), 1u);
  EXPECT_GE(lab->count("C", "stp.change_acknowledged"), 1u);
  lab->run("60s");
  EXPECT_GE(lab->count("A", "stp.change_over"), 1u);
}

TEST_F(Ring, findsAnotherRootWhenTheRootIsGone) {
  lab->run("60s");
  DeviceConfig gone = lab->config("A");
  for (InterfaceConfig& one : gone.interfaces) one.up = false;
  lab->reconfigure("A", gone);
  lab->run("60s");
  EXPECT_EQ(told(*lab, {"B", "C"}), "B is root; C: p2 root");
}

TEST_F(Ring, aCostSetByHandMovesTheBlockedPort) {
  lab->run("60s");
  DeviceConfig changed = lab->config("C");
  InterfaceConfig& bridge = changed.interfaces[changed.interfaceNamed("br0")->value];
  bridge.stp->ports.push_back({*changed.interfaceNamed("p1"), 100, 32});
  lab->reconfigure("C", changed);
  lab->run("60s");
  EXPECT_EQ(told(*lab, {"A", "B", "C"}), "A is root; B: p1 root; C: p2 root, p1 blocks");
}

TEST_F(Ring, anotherPriorityMovesTheRootWhilePortsKeepTheirStates) {
  lab->run("40s");
  DeviceConfig config = lab->config("C");
  config.interfaces[config.interfaceNamed("br0")->value].stp->priority = 4096;
  lab->reconfigure("C", config);
  const stp::State& tree = lab->state("C").bridges[0].tree;
  EXPECT_TRUE(tree.isRoot());
  // One of its ports was the root port and goes on forwarding; none starts anew.
  EXPECT_TRUE(std::ranges::any_of(tree.ports, [](const stp::Port& one) { return one.state == stp::PortState::Forwarding; }));
  lab->run("40s");
  for (const char* other : {"A", "B"}) EXPECT_EQ(lab->state(other).bridges[0].tree.root, tree.self);
}

TEST_F(Ring, stopsWhenItIsSwitchedOff) {
  lab->run("60s");
  DeviceConfig off = lab->config("C");
  off.interfaces[off.interfaceNamed("br0")->value].stp->enabled = false;
  lab->reconfigure("C", off);
  EXPECT_FALSE(lab->state("C").bridges.at(0).tree.running);
}

TEST_F(Ring, bytesThatAreNoBpduAreDropped) {
  lab->run("60s");
  const MacAddress from = mac("02:00:00:00:00:98");
  for (const Raw& inside : {Raw{0x42, 0x42, 0x03, 0, 1, 0, 0}, Raw{0x42, 0x42, 0x03, 0, 0, 0, 0x02}, Raw{0xAA, 0xAA, 0x03, 0, 0, 0, 0}}) {
    const Raw padded = inside + Raw(46 - inside.size());
    lab->inject("B:p1", ethernetFrame(stp::kGroup, from, static_cast<std::uint16_t>(inside.size()), padded));
  }
  lab->run("1ms");
  EXPECT_EQ(lab->count("B", "stp.malformed"), 3u);
}

TEST_F(Ring, worseNewsIsAnsweredByWhoKnowsBetter) {
  lab->run("60s");
  stp::Header message;
  message.rootPriority = message.bridgePriority = 0xF000;
  message.rootMac = message.bridgeMac = mac("02:00:00:00:ff:ff");
  message.maxAge = 20 * 256;
  const Raw inside = Raw(stp::kLlc.begin(), stp::kLlc.end()) + encoded(message);
  const auto send = [&](const char* at) {
    lab->inject(at, ethernetFrame(stp::kGroup, mac("02:00:00:00:00:98"), static_cast<std::uint16_t>(inside.size()), inside + Raw(8)));
    lab->run("1ms");
  };
  send("B:h");
  EXPECT_GE(lab->count("B", "stp.worse_answered"), 1u);
  send("C:p2");  // blocked: somebody else speaks for that segment
  EXPECT_GE(lab->count("C", "stp.worse_ignored"), 1u);
}

}  // namespace
}  // namespace hw::test
