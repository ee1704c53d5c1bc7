// Decisions as words: what goes in comes out, in order, and alternatives take no ordinal.
#include <gtest/gtest.h>

#include "core/base/hash.h"
#include "core/journal/decisions.h"
#include "core/journal/env.h"
#include "core/proto/arp/arp_rules.h"
#include "core/proto/route/route_rules.h"

namespace hw {
namespace {

TEST(Decisions, comeBackInOrderWithTheirFacts) {
  Decisions all;
  EXPECT_EQ(all.decide(arp::Rule::Malformed), 0);
  EXPECT_EQ(all.decide(arp::Rule::CacheHit, Ipv4Address::of(192, 0, 2, 1), MacAddress{0x0200000000AA}), 1);
  std::vector<std::pair<std::uint16_t, std::vector<std::uint64_t>>> seen;
  Decisions::visit(all.words(), [&](const Decision& one) {
    seen.push_back({one.rule.value, {one.facts.begin(), one.facts.end()}});
  });
  ASSERT_EQ(seen.size(), 2u);
  EXPECT_EQ(seen[0].first, ruleId(arp::Rule::Malformed).value);
  EXPECT_TRUE(seen[0].second.empty());
  EXPECT_EQ(seen[1].second, (std::vector<std::uint64_t>{0xC0000201u, 0x0200000000AAu}));
}

TEST(Decisions, alternativesAreKeptOnlyIfWantedAndTakeNoOrdinal) {
  for (const bool wanted : {false, true}) {
    Decisions all;
    all.wantAlternatives(wanted);
    all.alternative(route::Rule::LostNoMatch, Ipv4Prefix{}, Ipv4Address{});
    EXPECT_EQ(all.decide(arp::Rule::Malformed), 0);
    int seen = 0;
    Decisions::visit(all.words(), [&](const Decision& one) { seen += one.alternative; });
    EXPECT_EQ(seen, wanted ? 1 : 0);
  }
}

TEST(Decisions, aClearedListIsEmptyAndCountsFromZero) {
  Decisions all;
  all.decide(arp::Rule::Malformed);
  all.clear();
  EXPECT_TRUE(all.words().empty());
  EXPECT_EQ(all.decide(arp::Rule::Malformed), 0);
}

TEST(Decisions, aPrefixSurvivesAsAFact) {
  for (int length = 0; length <= 32; ++length) {
    const Ipv4Prefix prefix{Ipv4Address::of(255, 1, 2, 3), static_cast<std::uint8_t>(length)};
    EXPECT_EQ(prefixFromFact(toFact(prefix)), prefix);
  }
}

TEST(Decisions, whoWroteAnEntryIsNoPartOfItsValue) {
  const WrittenBy one{{5, 1}}, other{{900, 3}};
  EXPECT_EQ(one, other);
  EXPECT_EQ(hashOf(one), hashOf(other));
  EXPECT_NE(one.decision, other.decision);
  EXPECT_FALSE(WrittenBy{}.decision.valid());
}

TEST(Env, namesTheLastDecision) {
  Decisions all;
  RandomStream random(1, 1);
  const Env env{Time{}, 77, random, all};
  all.decide(arp::Rule::Malformed);
  all.decide(arp::Rule::Malformed);
  EXPECT_EQ(env.byLast().decision, (DecisionId{77, 1}));
}

}  // namespace
}  // namespace hw
