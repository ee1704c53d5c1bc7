// What holds for every session: travelling in time, branching, recording and resending change nothing.
#include <gtest/gtest.h>

#include <map>

#include "core/proto/medium/medium_rules.h"
#include "core/sim/link_rules.h"
#include "tests/core/sim/busy_network.h"

namespace hw::test {
namespace {

constexpr int kInputs = 1200;
constexpr std::uint64_t kSeeds[] = {1, 20240229};

using Bytes = std::vector<std::uint8_t>;

struct Session {
  std::map<TransmissionId, Bytes> tapped;
  Timeline timeline;

  explicit Session(std::uint64_t seed, bool journal = true) : timeline(busyWorld(seed), options(journal)) {}
  Session(const Session&) = delete;

 private:
  Timeline::Options options(bool journal) {
    Timeline::Options all;
    all.journal = journal;
    all.tap = [this](const Transmission& what, const Frame& frame) { tapped[what.id] = frame.toVector(); };
    return all;
  }
};

class Properties : public testing::TestWithParam<std::uint64_t> {};
INSTANTIATE_TEST_SUITE_P(OfSeed, Properties, testing::ValuesIn(kSeeds), testing::PrintToStringParamName());

/// The hash after each event, by a run from the start.
std::vector<std::uint64_t> straightRun(Timeline& t) {
  t.seek(0);
  std::vector<std::uint64_t> hashes(t.known() + 1);
  hashes[0] = hashOf(t.world());
  while (t.world().events < t.known() && t.step()) hashes[t.world().events] = hashOf(t.world());
  return hashes;
}

TEST_P(Properties, theWorldAfterAnySeekIsTheWorldOfAStraightRun) {
  Session s(GetParam());
  playBusy(s.timeline, GetParam(), kInputs);
  Timeline& t = s.timeline;
  const std::uint64_t known = t.known(), end = hashOf(t.world());
  ASSERT_GE(known, 10'000u) << "the session is too quiet to show anything";
  const std::vector<std::uint64_t> hashes = straightRun(t);
  EXPECT_EQ(hashes.back(), end);
  RandomStream random(GetParam(), 5);
  for (int i = 0; i < 50; ++i) {
    std::uint64_t to = random.below(known + 1);
    t.seek(to);
    // A change of a cable is one input and two events.
    ASSERT_TRUE(t.world().events == to || t.world().events == to + 1);
    ASSERT_EQ(hashOf(t.world()), hashes[t.world().events]) << "seed " << GetParam() << ", event " << to;
    ASSERT_EQ(hashOf(t.at(to)), hashes[t.world().events]) << "seed " << GetParam() << ", event " << to;
  }
  EXPECT_EQ(t.known(), known);
}

TEST_P(Properties, theJournalTakesNoPart) {
  Session with(GetParam()), without(GetParam(), false);
  playBusy(with.timeline, GetParam(), kInputs);
  playBusy(without.timeline, GetParam(), kInputs);
  EXPECT_EQ(without.timeline.journal().size(), 0u);
  EXPECT_EQ(with.timeline.known(), without.timeline.known());
  EXPECT_EQ(hashOf(with.timeline.world()), hashOf(without.timeline.world())) << "seed " << GetParam();
}

TEST_P(Properties, everyFrameIsRebuiltFromTheJournal) {
  Session s(GetParam());
  playBusy(s.timeline, GetParam(), kInputs);
  ASSERT_GT(s.tapped.size(), 5'000u);
  for (const auto& [id, bytes] : s.tapped)
    ASSERT_EQ(s.timeline.journal().frame(id).toVector(), bytes) << "seed " << GetParam() << ", event " << id.event;
}

void expectSameRecord(const EventRecord& a, const EventRecord& b, std::uint64_t seed) {
  ASSERT_EQ(a.time, b.time) << "seed " << seed << ", event " << a.index;
  ASSERT_EQ(a.device, b.device) << "seed " << seed << ", event " << a.index;
  ASSERT_EQ(a.decisions, b.decisions) << "seed " << seed << ", event " << a.index;
  ASSERT_EQ(a.sent.size(), b.sent.size()) << "seed " << seed << ", event " << a.index;
  for (std::size_t i = 0; i < a.sent.size(); ++i) {
    ASSERT_EQ(a.sent[i].id, b.sent[i].id);
    ASSERT_EQ(a.sent[i].arrives, b.sent[i].arrives);
    ASSERT_EQ(a.sent[i].fate, b.sent[i].fate);
  }
}

TEST_P(Properties, aBranchDiffersOnlyAfterItsPoint) {
  Session s(GetParam());
  playBusy(s.timeline, GetParam(), kInputs);
  Timeline& trunk = s.timeline;
  const std::uint64_t end = hashOf(trunk.world()), known = trunk.known();
  std::map<TransmissionId, Bytes> trunkFrames = s.tapped;
  for (const std::uint64_t part : {3u, 2u}) {
    Timeline branch = trunk;
    s.tapped.clear();
    branch.seek(known / part);
    const std::uint64_t fork = branch.world().events;
    process::Ping other = ping("192.0.2.2", 50);
    other.options.interval = milliseconds(7);
    start(branch, "h5", other);
    branch.runUntil(branch.now() + seconds(3));
    const auto branchFrames = s.tapped;

    for (std::uint64_t i = 0; i < fork; ++i) expectSameRecord(trunk.journal().read(i), branch.journal().read(i), GetParam());
    EXPECT_NE(branch.journal().read(fork).decisions, trunk.journal().read(fork).decisions);
    RandomStream random(GetParam(), part);
    for (int i = 0; i < 5; ++i) {
      const std::uint64_t at = random.below(fork);
      ASSERT_EQ(hashOf(branch.at(at)), hashOf(trunk.at(at))) << "seed " << GetParam() << ", event " << at;
    }
    ASSERT_FALSE(branchFrames.empty());
    for (const auto& [id, bytes] : branchFrames) ASSERT_EQ(branch.journal().frame(id).toVector(), bytes);
  }
  EXPECT_EQ(trunk.known(), known);
  EXPECT_EQ(hashOf(trunk.at(known)), end);
  for (const auto& [id, bytes] : trunkFrames) ASSERT_EQ(trunk.journal().frame(id).toVector(), bytes);
}

template <IsRule R> bool names(const EventRecord& record, R rule) {
  bool found = false;
  Decisions::visit(record.decisions, [&](const Decision& one) { found |= one.rule == ruleId(rule); });
  return found;
}

TEST_P(Properties, everyDeliveredFrameArrivesOnceAndEveryOtherHasAReason) {
  Session s(GetParam());
  playBusy(s.timeline, GetParam(), kInputs);
  const Journal& journal = s.timeline.journal();
  std::map<TransmissionId, Time> underWay;
  for (std::uint64_t i = 0; i < journal.size(); ++i) {
    const EventRecord record = journal.read(i);
    if (record.kind == EventKind::Arrival) {
      const auto sent = underWay.find(record.arrived);
      ASSERT_NE(sent, underWay.end()) << "seed " << GetParam() << ": event " << i << " arrives twice or from nowhere";
      ASSERT_EQ(sent->second, record.time);
      underWay.erase(sent);
    }
    for (const Transmission& one : record.sent) {
      if (one.fate == Fate::Delivered) underWay[one.id] = one.arrives;
      if (one.fate == Fate::Lost) {
        ASSERT_TRUE(names(record, link::Rule::Lost)) << i;
      }
      if (one.fate == Fate::QueueFull) {
        ASSERT_TRUE(names(record, link::Rule::QueueFull) || names(record, medium::Rule::QueueFull)) << i;
      }
      if (one.fate == Fate::NoCarrier) {
        ASSERT_TRUE(names(record, link::Rule::NoCable) || names(record, medium::Rule::Reset)) << i;
      }
    }
    if (record.kind == EventKind::Arrival) {
      ASSERT_FALSE(record.decisions.empty()) << i;
    }
  }
  std::size_t waiting = 0;
  s.timeline.world().queue.visitDeliveries([&](Time at, const Delivery& one) {
    ++waiting;
    ASSERT_EQ(underWay.at(one.id), at);
  });
  EXPECT_EQ(waiting, underWay.size());
}

/// Holds for every compiler and level: ./test.sh --long runs it with four. A change of behaviour or of
/// a State's fields changes it, and is then looked at and written down anew.
TEST(Golden, theHashOfAFixedSession) {
  Timeline t(busyWorld(7));
  playBusy(t, 7, 120);
  EXPECT_EQ(t.known(), 3816u);
  EXPECT_EQ(hashOf(t.world()), 1201018664345476499u);
}

}  // namespace
}  // namespace hw::test
