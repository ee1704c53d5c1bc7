// Time travel and branches: what was, is again.
#include <gtest/gtest.h>

#include "tests/core/sim/lab.h"

namespace hw::test {
namespace {

constexpr const char* kPair = R"(
  host h1 eth0 192.0.2.1/24
  host h2 eth0 192.0.2.2/24
  link h1:eth0 h2:eth0 delay 1ms)";

LinkCommand slower(const Timeline& t, Duration latency) {
  LinkCommand command{LinkId{0}, t.world().links[0].config};
  command.config.latency = latency;
  return command;
}

/// The World's hash after each event that a replay from the start shows.
std::map<std::uint64_t, std::uint64_t> hashesOf(Timeline& t) {
  t.seek(0);
  std::map<std::uint64_t, std::uint64_t> hashes{{0, hashOf(t.world())}};
  const std::uint64_t known = t.known();
  while (t.world().events < known && t.step()) hashes[t.world().events] = hashOf(t.world());
  return hashes;
}

TEST(Timeline, aChangedDelayIsAnEventThatASeekComesBackTo) {
  Timeline t(network(kPair).world());
  t.runUntil(Time{} + seconds(1));
  const std::uint64_t before = t.known();
  t.input(slower(t, milliseconds(70)));
  EXPECT_GT(t.known(), before) << "an input without an event cannot be told apart from its absence";
  const std::uint64_t after = hashOf(t.world());
  t.seek(before);
  EXPECT_EQ(t.world().links[0].config.latency, milliseconds(1));
  t.seek(t.known());
  EXPECT_EQ(t.world().links[0].config.latency, milliseconds(70));
  EXPECT_EQ(hashOf(t.world()), after);
}

TEST(Timeline, theWorldKnowsTheTimeOfAnInputThatOnlyChangesACable) {
  Timeline t(network(kPair).world());
  t.runUntil(Time{} + seconds(3));
  t.input(slower(t, milliseconds(2)));
  EXPECT_EQ(t.world().now, Time{} + seconds(3));
  EXPECT_EQ(t.journal().read(t.known() - 1).time, Time{} + seconds(3));
}

TEST(Timeline, twoChangesOfACableInTheSameMomentStayInOrder) {
  Timeline t(network(kPair).world());
  start(t, "h1", ping("192.0.2.2", 3));
  t.runUntil(Time{} + milliseconds(1500));
  t.input(slower(t, milliseconds(70)));
  t.input(slower(t, milliseconds(20)));
  t.runUntil(Time{} + seconds(10));
  const std::uint64_t end = hashOf(t.at(t.known()));
  const auto hashes = hashesOf(t);
  EXPECT_EQ(t.world().links[0].config.latency, milliseconds(20));
  EXPECT_EQ(hashes.at(t.known()), end);
}

TEST(Timeline, anInputAfterAQuietWhileReplaysToTheSameHash) {
  // Wake-ups that were overtaken still stand in the queue while time passes without an event.
  Timeline t(network(kPair).world());
  for (int i = 0; i < 5; ++i) {
    start(t, "h1", ping("192.0.2.2", 2));
    t.runUntil(t.now() + milliseconds(3300));
  }
  const std::uint64_t straight = hashOf(t.world());
  EXPECT_EQ(hashOf(t.at(t.known())), straight);
  t.seek(0);
  t.seek(t.known());
  EXPECT_EQ(hashOf(t.world()), straight);
}

TEST(Timeline, waitingForNothingLeavesTheHashAlone) {
  Timeline t(network(kPair).world());
  start(t, "h1", ping("192.0.2.2", 1));
  while (t.nextTime() < Time{} + seconds(2)) t.step();
  const std::uint64_t before = hashOf(t.world());
  const Time next = t.nextTime();
  t.runUntil(next - nanoseconds(1));
  EXPECT_EQ(hashOf(t.world()), before);
  EXPECT_EQ(t.nextTime(), next);
}

TEST(Timeline, nextTimeIsTheTimeOfTheNextEvent) {
  Timeline t(network(kPair).world());
  start(t, "h1", ping("192.0.2.2", 3));
  for (int i = 0; i < 60 && t.nextTime() != kNever; ++i) {
    const Time next = t.nextTime();
    ASSERT_TRUE(t.step());
    EXPECT_EQ(t.world().now, next) << "event " << t.world().events - 1;
  }
}

TEST(Timeline, seekingToATimeHandlesAllThatHappenedUpToIt) {
  Timeline t(network(kPair).world());
  start(t, "h1", ping("192.0.2.2", 5));
  t.runUntil(Time{} + seconds(20));
  for (const std::int64_t ms : {2500, 500, 4001, 0, 19999}) {
    t.seekTime(Time{} + milliseconds(ms));
    EXPECT_EQ(t.now(), Time{} + milliseconds(ms));
    EXPECT_LE(t.world().now, t.now());
    EXPECT_GT(t.nextTime(), t.now());
  }
}

TEST(Timeline, anInputInThePastDropsTheFutureAndMakesAnother) {
  Timeline t(network(kPair).world());
  start(t, "h1", ping("192.0.2.2", 3));
  t.runUntil(Time{} + seconds(10));
  const std::string whole = printed(t, "h1");
  t.seekTime(Time{} + milliseconds(1500));
  LinkCommand cut{LinkId{0}, t.world().links[0].config};
  cut.config.up = false;
  t.input(cut);
  EXPECT_EQ(t.known(), t.world().events);
  t.runUntil(Time{} + seconds(30));
  EXPECT_NE(printed(t, "h1"), whole);
  EXPECT_NE(printed(t, "h1").find("3 packets transmitted, 2 received"), std::string::npos)
      << printed(t, "h1");
}

/// A session of some hundred thousand events that keeps so much of its journal.
Timeline longSession(std::uint64_t journalBytes) {
  Timeline::Options options;
  options.journalBytes = journalBytes;
  Timeline t(network(kPair).world(), options);
  process::Ping fast = ping("192.0.2.2", 90'000);
  fast.options.interval = milliseconds(10);
  start(t, "h1", fast);
  t.runUntil(Time{} + seconds(100));
  LinkCommand slow{LinkId{0}, t.world().links[0].config};
  slow.config.latency = milliseconds(1);
  t.input(slow);
  t.runUntil(Time{} + seconds(1000));
  return t;
}

void expectSameEvent(const Timeline& t, const Timeline& other, std::uint64_t event) {
  const EventRecord one = t.journal().read(event), two = other.journal().read(event);
  ASSERT_EQ(one.time, two.time) << event;
  ASSERT_EQ(one.decisions, two.decisions) << event;
  ASSERT_EQ(one.sent.size(), two.sent.size()) << event;
  for (std::size_t i = 0; i < one.sent.size(); ++i)
    ASSERT_EQ(t.journal().frame(one.sent[i].id), other.journal().frame(two.sent[i].id)) << event;
}

TEST(Timeline, detailThatWasDroppedIsMadeAgainAlsoForACopyAndForAnotherFuture) {
  const Timeline whole = longSession(UINT64_MAX);
  Timeline small = longSession(1);
  ASSERT_GT(whole.known(), 3 * Journal::kVolumeEvents);
  ASSERT_EQ(small.known(), whole.known());
  EXPECT_LT(small.journal().keptBytes() * 3, whole.journal().keptBytes());
  for (std::uint64_t i = 3; i < whole.known(); i += 20'011) expectSameEvent(small, whole, i);
  Timeline copy = small;
  Timeline moved = std::move(small);
  for (std::uint64_t i = 5; i < whole.known(); i += 40'009) {
    expectSameEvent(copy, whole, i);
    expectSameEvent(moved, whole, i);
  }
  // Another future, from a moment of which the detail is gone.
  const std::uint64_t fork = Journal::kVolumeEvents + 77;
  copy.seek(fork);
  start(copy, "h2", ping("192.0.2.1", 3));
  copy.runUntil(copy.now() + seconds(200));
  for (std::uint64_t i = 0; i < fork; i += 9'001) expectSameEvent(copy, whole, i);
  EXPECT_NE(copy.journal().read(fork).decisions, whole.journal().read(fork).decisions);
}

TEST(Timeline, aCopyAndItsOriginalGoOnWithoutDisturbingEachOther) {
  Timeline::Options options;
  std::map<TransmissionId, std::vector<std::uint8_t>> tapped;
  Timeline t(network(kPair).world(), options);
  start(t, "h1", ping("192.0.2.2", 2));
  t.runUntil(Time{} + milliseconds(500));
  Timeline copy = t;
  const std::uint64_t common = t.known();
  start(t, "h2", ping("192.0.2.1", 9));
  process::Ping large = ping("192.0.2.2", 9);
  large.options.size = 400;
  start(copy, "h1", large);
  t.runUntil(Time{} + seconds(20));
  copy.runUntil(Time{} + seconds(20));

  Timeline alone(network(kPair).world());
  start(alone, "h1", ping("192.0.2.2", 2));
  alone.runUntil(Time{} + milliseconds(500));
  start(alone, "h2", ping("192.0.2.1", 9));
  alone.runUntil(Time{} + seconds(20));
  ASSERT_EQ(t.known(), alone.known());
  EXPECT_GT(common, 0u);
  for (std::uint64_t i = 0; i < alone.known(); ++i) {
    const EventRecord one = t.journal().read(i), other = alone.journal().read(i);
    ASSERT_EQ(one.time, other.time) << i;
    ASSERT_EQ(one.decisions, other.decisions) << i;
    for (std::size_t j = 0; j < one.sent.size(); ++j)
      ASSERT_EQ(t.journal().frame(one.sent[j].id), alone.journal().frame(other.sent[j].id)) << i;
  }
}

TEST(Timeline, losingRoutesAreMadeAgainWhenSomebodyAsks) {
  Timeline t(network(R"(
    host h1 eth0 192.0.2.1/24
    host h2 eth0 192.0.2.2/24
    link h1:eth0 h2:eth0
    route h1 default via 192.0.2.2
    route h1 198.51.100.0/24 via 192.0.2.2 metric 5
    route h1 198.51.100.0/24 via 192.0.2.2 metric 50
    route h1 203.0.113.0/24 via 192.0.2.2)").world());
  start(t, "h1", ping("198.51.100.7", 1));
  // Twice: the program asks for the way first (connect), and each datagram goes it.
  const std::string once =
      "lost route.lost_no_match route=192.0.2.0/24 dst=198.51.100.7\n"
      "lost route.lost_metric route=198.51.100.0/24 metric=50 winner=5\n"
      "lost route.lost_no_match route=203.0.113.0/24 dst=198.51.100.7\n"
      "lost route.lost_shorter route=default winner=24\n";
  EXPECT_EQ(decisionText(t.explain(0), t.world().devices[0]->config(), "route.lost"), once + once);
  Decisions::visit(t.journal().read(0).decisions,
                   [](const Decision& one) { EXPECT_FALSE(one.alternative); });
}

}  // namespace
}  // namespace hw::test
