// The policy database chooses the table; several ways share the flows.
#include <gtest/gtest.h>

#include <array>

#include "tests/core/sim/frames.h"
#include "tests/core/sim/lab.h"

namespace hw::test {
namespace {

using route::Action;
using route::Fib;
using route::Flow;
using route::PolicyRule;
using route::Route;

PolicyRule ruleAt(std::uint32_t preference, Action action) {
  PolicyRule rule;
  rule.preference = preference;
  rule.action = action;
  return rule;
}

Route wayTo(const char* text, std::uint32_t table, std::uint32_t port = 1, route::Type type = route::Type::Unicast) {
  Route r;
  r.prefix = prefix(text);
  r.port = InterfaceId{port};
  r.table = table;
  r.type = type;
  return r;
}

Flow flow(const char* from, const char* to) {
  Flow f;
  f.source = address(from);
  f.destination = address(to);
  return f;
}

TEST(Policy, aRuleChoosesItsTableByTheSource) {
  auto rules = route::defaultRules();
  PolicyRule own = ruleAt(100, Action::Lookup);
  own.from = prefix("192.0.2.1/32");
  own.table = 200;
  route::insertRule(rules, own);
  const Fib fib({wayTo("0.0.0.0/0", route::kTableMain, 1), wayTo("0.0.0.0/0", 200, 2)}, rules);
  EXPECT_EQ(fib.find(flow("192.0.2.1", "203.0.113.1"))->port.value, 2u);
  EXPECT_EQ(fib.find(flow("192.0.2.2", "203.0.113.1"))->port.value, 1u);
}

TEST(Policy, everySelectorMustFitAndNotTurnsItRound) {
  Flow f = flow("192.0.2.1", "203.0.113.1");
  f.in = InterfaceId{3};
  f.out = InterfaceId{4};
  f.mark = 0x15;
  f.tos = 0x10;
  PolicyRule rule;
  EXPECT_EQ(mismatch(rule, f), route::Mismatch::None);
  rule.mark = 0x10, rule.markMask = 0xF0, rule.tos = 0x10, rule.in = InterfaceId{3}, rule.out = InterfaceId{4};
  EXPECT_EQ(mismatch(rule, f), route::Mismatch::None);
  for (const auto change : std::array<void (*)(PolicyRule&), 4>{
           [](PolicyRule& r) { r.mark = 0x20; }, [](PolicyRule& r) { r.tos = 8; },
           [](PolicyRule& r) { r.in = InterfaceId{9}; }, [](PolicyRule& r) { r.out = InterfaceId{9}; }}) {
    PolicyRule other = rule;
    change(other);
    EXPECT_EQ(mismatch(other, f), route::Mismatch::Other);
    other.inverted = true;
    EXPECT_EQ(mismatch(other, f), route::Mismatch::None);
  }
  rule.to = prefix("198.51.100.0/24");
  EXPECT_EQ(mismatch(rule, f), route::Mismatch::To);
}

TEST(Policy, packetsOfOurOwnComeFromLo) {
  PolicyRule rule;
  rule.in = InterfaceId{0};
  EXPECT_EQ(mismatch(rule, flow("192.0.2.1", "203.0.113.1")), route::Mismatch::None);
}

TEST(Policy, aTableThatKnowsNothingOrThrowsLetsTheNextRuleTry) {
  auto rules = route::defaultRules();
  PolicyRule first = ruleAt(10, Action::Lookup);
  first.table = 10;
  route::insertRule(rules, first);
  const Fib fib({wayTo("203.0.113.0/24", 10, 0, route::Type::Throw), wayTo("0.0.0.0/0", 10, 2),
                 wayTo("0.0.0.0/0", route::kTableMain, 1)},
                rules);
  EXPECT_EQ(fib.find(address("203.0.113.1"))->port.value, 1u);
  EXPECT_EQ(fib.find(address("198.51.100.1"))->port.value, 2u);
}

TEST(Policy, gotoSkipsTheRulesBetween) {
  auto rules = route::defaultRules();
  PolicyRule jump = ruleAt(10, Action::Goto);
  jump.target = 30;
  route::insertRule(rules, jump);
  route::insertRule(rules, ruleAt(20, Action::Prohibit));
  route::insertRule(rules, ruleAt(30, Action::Nop));
  const Fib fib({wayTo("0.0.0.0/0", route::kTableMain)}, rules);
  EXPECT_EQ(fib.find(address("203.0.113.1"))->type, route::Type::Unicast);
}

TEST(SeveralWays, splitTheFlowsByWeightAndKeepEachFlow) {
  Route shared = wayTo("0.0.0.0/0", route::kTableMain);
  for (std::uint32_t weight : {1u, 2u, 5u}) shared.nextHops.push_back({address("192.0.2.9"), InterfaceId{weight}, weight});
  for (const auto policy : {route::HashPolicy::Addresses, route::HashPolicy::AddressesAndPorts}) {
    const Fib fib({shared}, route::defaultRules(), {policy, 77});
    std::array<int, 6> count{};
    constexpr int kFlows = 10'000;
    for (std::uint32_t i = 0; i < kFlows; ++i) {
      Flow f = flow("192.0.2.1", "10.0.0.0");
      if (policy == route::HashPolicy::Addresses) f.destination.value += i * 7919;
      else f.protocol = 17, f.destinationPort = 9, f.sourcePort = static_cast<std::uint16_t>(1024 + i);
      const Route* way = fib.find(f);
      ++count[way->port.value];
      EXPECT_EQ(fib.find(f), way);
      Flow back = f;
      std::swap(back.source, back.destination);
      std::swap(back.sourcePort, back.destinationPort);
      EXPECT_EQ(flowHash(f, policy, 77), flowHash(back, policy, 77));
    }
    EXPECT_NEAR(count[1], kFlows / 8, kFlows / 50);
    EXPECT_NEAR(count[2], kFlows / 4, kFlows / 50);
    EXPECT_NEAR(count[5], kFlows * 5 / 8, kFlows / 50);
  }
}

TEST(SeveralWays, aDeadOneGetsNothing) {
  Route shared = wayTo("0.0.0.0/0", route::kTableMain);
  shared.nextHops = {{address("192.0.2.9"), InterfaceId{1}, 1}, {address("192.0.2.8"), InterfaceId{2}, 1}};
  const Fib fib({shared}, route::defaultRules(), {}, [](const void*, InterfaceId port) { return port.value == 2; }, nullptr);
  for (std::uint32_t i = 0; i < 100; ++i) EXPECT_EQ(fib.find(Ipv4Address{i << 8})->port.value, 2u);
}

/// h1 with two gateways, and a policy: what it decides about a ping, losers and all.
struct Decided : testing::Test {
  Decided() {
    Lab& l = lab;
    config = l.config("h1");
    PolicyRule chao = ruleAt(100, Action::Lookup);
    chao.from = prefix("192.0.2.77/32");
    chao.table = 200;
    route::insertRule(config.rules, chao);
    PolicyRule far = ruleAt(101, Action::Prohibit);
    far.to = prefix("203.0.113.128/25");
    route::insertRule(config.rules, far);
  }
  std::string about(const char* to, const char* from = nullptr) {
    Timeline time(lab.world);
    time.input(DeviceCommand{lab.device("h1"), Reconfigure{Cow<DeviceConfig>(config)}});
    process::Ping p = ping(to);
    if (from) p.options.from = address(from);
    const std::uint64_t event = time.world().events;
    test::start(time, "h1", p);
    return decisionText(time.explain(event), config, "route.");
  }
  Lab lab{R"(
    host h1 eth0 192.0.2.1/24 192.0.2.77/24
    host h2 eth0 192.0.2.2/24
    link h1:eth0 h2:eth0
    route h1 default via 192.0.2.2)"};
  DeviceConfig config;
};

TEST_F(Decided, theRuleThatWasAskedIsNamedAndTheOthersLostForAReason) {
  Route chao = wayTo("0.0.0.0/0", 200);
  chao.via = address("192.0.2.2");
  config.routes.push_back(chao);
  const std::string text = about("203.0.113.1", "192.0.2.77");
  EXPECT_NE(text.find("route.rule_asked preference=100 from=192.0.2.77/32 table=200"), std::string::npos) << text;
  EXPECT_NE(text.find("route.rule_table_knows_nothing preference=0 table=local dst=203.0.113.1"), std::string::npos) << text;
  EXPECT_NE(text.find("route.rule_later preference=32766 winner=100"), std::string::npos) << text;
  const std::string other = about("203.0.113.1");
  EXPECT_NE(other.find("route.rule_other_source preference=100 from=192.0.2.77/32"), std::string::npos) << other;
  EXPECT_NE(other.find("route.rule_other_destination preference=101 to=203.0.113.128/25 dst=203.0.113.1"), std::string::npos);
}

TEST_F(Decided, rulesRefuseThemselves) {
  EXPECT_NE(about("203.0.113.129").find("route.rule_prohibits preference=101"), std::string::npos);
  config.rules[2].action = Action::Unreachable;
  EXPECT_NE(about("203.0.113.129").find("route.rule_unreachable preference=101"), std::string::npos);
  config.rules[2].action = Action::Blackhole;
  EXPECT_NE(about("203.0.113.129").find("route.rule_blackhole preference=101"), std::string::npos);
  config.rules[2].mark = 7, config.rules[2].markMask = 7;
  EXPECT_NE(about("203.0.113.129").find("route.rule_no_fit preference=101"), std::string::npos);
}

TEST_F(Decided, theWaysThatAFlowDoesNotTakeAreNamed) {
  Route shared = wayTo("198.51.100.0/24", route::kTableMain);
  shared.via = address("192.0.2.2");
  shared.nextHops = {{address("192.0.2.2"), InterfaceId{1}, 1}, {address("192.0.2.3"), InterfaceId{1}, 1}};
  config.routes.push_back(shared);
  config.routes.push_back(wayTo("198.51.100.1/32", route::kTableMain, 1, route::Type::Throw));
  const std::string text = about("198.51.100.2");
  EXPECT_NE(text.find("route.way_chosen ways=2"), std::string::npos) << text;
  EXPECT_NE(text.find("route.way_lost"), std::string::npos) << text;
  EXPECT_NE(about("198.51.100.1").find("route.matched_throw"), std::string::npos);
  InterfaceConfig closed;
  closed.name = "eth1";
  closed.up = false;
  config.interfaces.push_back(closed);
  config.routes[1].nextHops[1].port = InterfaceId{2};
  EXPECT_NE(about("198.51.100.2").find("route.way_dead"), std::string::npos);
}

}  // namespace
}  // namespace hw::test
