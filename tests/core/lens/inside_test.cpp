// The picture of a device's inside, and the way that data took through it in a beat.
#include <gtest/gtest.h>

#include <algorithm>

#include "core/lens/inside.h"
#include "core/lens/packets.h"
#include "core/project/load.h"
#include "core/session/session.h"

namespace hw::lens {
namespace {

class InsideOf : public testing::Test {
 protected:
  void open(const char* text) {
    auto loaded = project::loadText(text, "network");
    ASSERT_TRUE(loaded) << loaded.error().text(Language::English);
    auto opened = Session::open(std::move(loaded->document));
    ASSERT_TRUE(opened);
    session.emplace(std::move(*opened));
    session->runUntil(session->timeline().now() + milliseconds(500));
  }
  DeviceId device(const char* name) const { return *session->timeline().world().deviceNamed(name); }
  Inside inside(const char* name, std::size_t beat = SIZE_MAX) const {
    return insideOf(session->timeline(), session->beats(), device(name), beat);
  }
  static std::string nameOf(const InsidePart& part) { return part.kind == InsidePart::Kind::Stack ? "stack" : part.name; }
  static std::string linesOf(const Inside& inside) {
    std::vector<std::string> lines;
    for (const InsideLine& one : inside.lines)
      lines.push_back(nameOf(inside.parts[one.upper]) + (one.around ? "~" : "-") + nameOf(inside.parts[one.lower]));
    std::sort(lines.begin(), lines.end());
    std::string text;
    for (const std::string& one : lines) text += one + " ";
    return text;
  }
  /// "ping>ICMP>stack>eth0": parts in the order of the steps; a gap is " | ".
  static std::string stepsOf(const Inside& inside) {
    std::string text, last;
    for (const InsideStep& step : inside.steps) {
      const InsideLine& line = inside.lines[step.line];
      const std::string from = nameOf(inside.parts[step.down ? line.upper : line.lower]);
      const std::string to = nameOf(inside.parts[step.down ? line.lower : line.upper]);
      text += last.empty() ? from : from == last ? "" : " | " + from;
      text += ">" + to;
      last = to;
    }
    return text;
  }
  /// Beats in which something went through a device.
  std::vector<std::string> waysOf(const char* name, std::size_t from = 0) const {
    std::vector<std::string> ways;
    for (std::size_t i = from; i < session->beats().size(); ++i)
      if (std::string way = stepsOf(inside(name, i)); !way.empty()) ways.push_back(std::move(way));
    return ways;
  }
  std::optional<Session> session;
};

constexpr const char* kRouted = R"(
version: 1
nodes:
  h1: {kind: host, interfaces: {eth0: {addresses: [192.0.2.1/26]}}, routes: [default via 192.0.2.62]}
  r1: {kind: router, interfaces: {eth0: {addresses: [192.0.2.62/26]}, eth1: {addresses: [192.0.2.65/26]}}}
  h2: {kind: host, interfaces: {eth0: {addresses: [192.0.2.66/26]}}, routes: [default via 192.0.2.65]}
links: [{ends: [h1:eth0, r1:eth0]}, {ends: [r1:eth1, h2:eth0]}]
)";

TEST_F(InsideOf, aPingGoesDownFromItsProgramAndItsReplyUpToIt) {
  open(kRouted);
  session->type(device("h1"), "ping -c 3 192.0.2.66");
  session->runUntil(session->timeline().now() + milliseconds(1005));
  EXPECT_EQ(linesOf(inside("h1")), "ICMP-stack eth0-r1:eth0 ping-ICMP stack-eth0 ");
  // The first echo request waits for ARP; the second goes at once.
  const std::vector<std::string> ways = waysOf("h1");
  EXPECT_EQ(ways.front(), "stack>eth0>r1:eth0") << "the ARP request is the stack's own";
  EXPECT_NE(std::find(ways.begin(), ways.end(), "ping>ICMP>stack>eth0>r1:eth0"), ways.end()) << testing::PrintToString(ways);
  EXPECT_EQ(ways.back(), "r1:eth0>eth0>stack>ICMP>ping");
  EXPECT_EQ(waysOf("r1").back(), "h2:eth0>eth1>stack>eth0>h1:eth0");
  EXPECT_EQ(waysOf("h2").back(), "r1:eth1>eth0>stack>eth0>r1:eth1") << "the stack answers an echo request itself";
}

TEST_F(InsideOf, aProgramThatEndsWithTheBeatIsStillTold) {
  open(kRouted);
  session->type(device("h1"), "ping -c 1 192.0.2.66");
  session->runUntil(session->timeline().now() + seconds(2));
  std::size_t last = session->beats().size() - 1;
  while (stepsOf(inside("h1", last)).empty()) --last;
  EXPECT_EQ(stepsOf(inside("h1", last)), "r1:eth0>eth0>stack");
  session->seekBeat(last);
  const World before = session->timeline().world();
  session->seekBeat(last + 1);
  EXPECT_EQ(stepsOf(insideOf(session->timeline(), session->beats(), device("h1"), last, &before)), "r1:eth0>eth0>stack>ICMP>ping");
}

TEST_F(InsideOf, stepsThatHaveNotHappenedAreNotTold) {
  open(kRouted);
  session->type(device("h1"), "ping -c 1 192.0.2.66");
  session->runUntil(session->timeline().now() + seconds(2));
  const std::size_t last = session->beats().size() - 1;
  session->seekBeat(1);
  EXPECT_EQ(stepsOf(inside("h1", last)), "");
}

TEST_F(InsideOf, aFloodLeavesASwitchByEveryOtherPort) {
  open(R"(
version: 1
nodes:
  h1: {kind: host, interfaces: {eth0: {addresses: [192.0.2.1/24]}}}
  h2: {kind: host, interfaces: {eth0: {addresses: [192.0.2.2/24]}}}
  h3: {kind: host, interfaces: {eth0: {addresses: [192.0.2.3/24]}}}
  sw: {kind: switch}
links: [{ends: [h1:eth0, sw:p1]}, {ends: [h2:eth0, sw:p2]}, {ends: [h3:eth0, sw:p3]}]
)");
  session->type(device("h1"), "ping -c 1 192.0.2.2");
  session->runUntil(session->timeline().now() + seconds(1));
  const std::vector<std::string> ways = waysOf("sw");
  ASSERT_GE(ways.size(), 2u);
  EXPECT_EQ(ways[0], "h1:eth0>p1>br0>p3>h3:eth0 | p1>br0>p2>h2:eth0");
  EXPECT_EQ(ways[1], "h2:eth0>p2>br0>p1>h1:eth0");
}

TEST_F(InsideOf, aTrunkStandsBelowItsVlans) {
  open(R"(
version: 1
nodes:
  r1: {kind: router, interfaces: {eth0: {}}, start: ["ip link add link eth0 name eth0.10 type vlan id 10",
    "ip addr add 192.0.2.1/24 dev eth0.10", "ip link set eth0.10 up"]}
  r2: {kind: router, interfaces: {eth0: {}}, start: ["ip link add link eth0 name eth0.10 type vlan id 10",
    "ip addr add 192.0.2.2/24 dev eth0.10", "ip link set eth0.10 up"]}
links: [{ends: [r1:eth0, r2:eth0]}]
)");
  EXPECT_EQ(linesOf(inside("r1")), "eth0-r2:eth0 eth0.10-eth0 stack-eth0 stack-eth0.10 ");
  session->type(device("r1"), "ping -c 3 192.0.2.2");
  session->runUntil(session->timeline().now() + milliseconds(1005));
  EXPECT_EQ(waysOf("r1").back(), "r2:eth0>eth0>eth0.10>stack>ICMP>ping");
  EXPECT_EQ(waysOf("r2").front(), "r1:eth0>eth0>eth0.10>stack>eth0.10>eth0>r1:eth0");
}

TEST_F(InsideOf, theFigureOfTheNotesWithAProgramBehindTun) {
  open(R"(
version: 1
nodes:
  h1: {kind: host, interfaces: {eth0: {addresses: [192.0.2.1/24]}}, start: ["ip tuntap add dev tun0 mode tun",
    "ip addr add 198.51.100.1/24 dev tun0", "ip link set tun0 up", "tunapp tun0 tun 192.0.2.1 5555 192.0.2.2 5555 &"]}
  h2: {kind: host, interfaces: {eth0: {addresses: [192.0.2.2/24]}}, start: ["ip tuntap add dev tun0 mode tun",
    "ip addr add 198.51.100.2/24 dev tun0", "ip link set tun0 up", "tunapp tun0 tun 192.0.2.2 5555 192.0.2.1 5555 &"]}
links: [{ends: [h1:eth0, h2:eth0]}]
)");
  EXPECT_EQ(linesOf(inside("h1")), "UDP 5555-stack eth0-h2:eth0 stack-eth0 stack-tun0 tunapp-UDP 5555 tunapp~tun0 ");
  session->type(device("h1"), "ping -c 3 198.51.100.2");
  session->runUntil(session->timeline().now() + milliseconds(1005));
  std::string all;
  for (const std::string& way : waysOf("h1")) all += way + "\n";
  EXPECT_NE(all.find("ping>ICMP>stack>tun0>tunapp>UDP 5555>stack>eth0>h2:eth0"), std::string::npos)
      << "1 to 8 of the figure in section 1.4\n" << all;
  EXPECT_NE(all.find("h2:eth0>eth0>stack>UDP 5555>tunapp>tun0>stack>ICMP>ping"), std::string::npos) << all;
}

TEST_F(InsideOf, aTunnelGoesThroughTheStackTwice) {
  open(R"(
version: 1
nodes:
  h1: {kind: host, interfaces: {eth0: {addresses: [192.0.2.1/24]}}, start: [
    "ip link add vx0 type vxlan id 10 remote 192.0.2.2 dstport 4789", "ip addr add 198.51.100.1/24 dev vx0", "ip link set vx0 up"]}
  h2: {kind: host, interfaces: {eth0: {addresses: [192.0.2.2/24]}}, start: [
    "ip link add vx0 type vxlan id 10 remote 192.0.2.1 dstport 4789", "ip addr add 198.51.100.2/24 dev vx0", "ip link set vx0 up"]}
links: [{ends: [h1:eth0, h2:eth0]}]
)");
  EXPECT_EQ(linesOf(inside("h1")), "eth0-h2:eth0 stack-eth0 stack-vx0 stack~vx0 ");
  session->type(device("h1"), "ping -c 3 198.51.100.2");
  session->runUntil(session->timeline().now() + milliseconds(1005));
  std::string all;
  for (const std::string& way : waysOf("h1")) all += way + "\n";
  EXPECT_NE(all.find("ping>ICMP>stack>vx0>stack>eth0>h2:eth0"), std::string::npos) << all;
  EXPECT_NE(all.find("h2:eth0>eth0>stack>vx0>stack>ICMP>ping"), std::string::npos) << all;
}

}  // namespace
}  // namespace hw::lens
