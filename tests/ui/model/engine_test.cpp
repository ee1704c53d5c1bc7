#include "ui/model/engine.h"

#include <gtest/gtest.h>

#include "tests/ui/newcomers.h"

namespace hw::model {
namespace {

SnapshotPtr opened(Engine& engine) {
  const Answer answer = engine.handle(OpenProject{test::kNetwork});
  EXPECT_EQ(answer.problem, "");
  return answer.snapshot;
}

/// After the ping was typed at h1 and so many beats.
SnapshotPtr pinged(Engine& engine, std::size_t beats) {
  opened(engine);
  return engine.handle(PlayScript{{{"h1", test::kPing}}, beats, {}}).snapshot;
}

TEST(Engine, AProjectThatIsNotThereIsRefusedWithASentence) {
  Engine engine;
  const Answer answer = engine.handle(OpenProject{"no/such/folder"});
  EXPECT_EQ(answer.snapshot, nullptr);
  EXPECT_NE(answer.problem.find("no/such/folder"), std::string::npos);
}

TEST(Engine, AnOpenedNetworkShowsItsFirstHost) {
  Engine engine;
  const SnapshotPtr snapshot = opened(engine);
  EXPECT_EQ(snapshot->nodes.size(), 7u);
  EXPECT_EQ(snapshot->links.size(), 6u);
  EXPECT_EQ(snapshot->nodes[snapshot->device.value].name, "h1");
  EXPECT_EQ(snapshot->beat, 0u);
}

TEST(Engine, ACommandForADeviceThatIsNotThereIsRefused) {
  Engine engine;
  opened(engine);
  const Answer answer = engine.handle(PlayScript{{{"h9", "ping"}}, {}, {}});
  EXPECT_NE(answer.problem.find("h9"), std::string::npos);
}

TEST(Engine, AScriptUntilAMomentTypesItsCommandsFirst) {
  Engine engine;
  opened(engine);
  const Time until{50'000};
  const SnapshotPtr snapshot = engine.handle(PlayScript{{{"h1", "ip addr"}, {"h1", test::kPing}}, {}, until}).snapshot;
  EXPECT_EQ(snapshot->time, until);
  EXPECT_FALSE(snapshot->packets->empty());
  for (const lens::PacketRow& row : *snapshot->packets) EXPECT_LE(row.time, until);
}

TEST(Engine, SteppingShowsTheFlightsOfTheSessionAtThatBeat) {
  Engine engine;
  SnapshotPtr snapshot = pinged(engine, 1);
  for (std::size_t beat = 1; beat < 20; ++beat) {
    const Session alone = test::pingAt(beat);
    ASSERT_EQ(snapshot->beat, beat);
    EXPECT_EQ(snapshot->time, alone.timeline().now());
    EXPECT_EQ(snapshot->flights, lens::flightsAt(alone.timeline(), alone.beats(), beat - 1));
    snapshot = engine.handle(StepForward{}).snapshot;
  }
}

TEST(Engine, TheSelectionFollowsThePingAcrossTheRouterAndBack) {
  Engine engine;
  SnapshotPtr snapshot = pinged(engine, 1);
  std::vector<std::string> way;
  for (int i = 0; i < 60 && snapshot->busy; ++i) {
    if (snapshot->packet && (way.empty() || way.back() != snapshot->packet->card.row.fromName))
      way.push_back(snapshot->packet->card.row.fromName);
    snapshot = engine.handle(StepForward{}).snapshot;
  }
  const auto passed = [&way](const char* end) { return std::count(way.begin(), way.end(), end) > 0; };
  EXPECT_TRUE(passed("h1:eth0"));
  EXPECT_TRUE(passed("r1:eth1"));
  EXPECT_TRUE(passed("h3:eth0"));
  EXPECT_TRUE(passed("r1:eth0"));
}

TEST(Engine, SteppingBackLooksAtThePacketThatWasLookedAtThen) {
  Engine engine;
  std::vector<TransmissionId> looked;
  SnapshotPtr snapshot = pinged(engine, 1);
  for (int i = 0; i < 12; ++i) {
    looked.push_back(snapshot->selected);
    snapshot = engine.handle(StepForward{}).snapshot;
  }
  for (; !looked.empty(); looked.pop_back()) {
    snapshot = engine.handle(StepBack{}).snapshot;
    EXPECT_EQ(snapshot->selected, looked.back());
  }
}

TEST(Engine, TheRouterTellsWhatItRewrote) {
  Engine engine;
  SnapshotPtr snapshot = pinged(engine, 1);
  std::vector<Happening::Line> lines;
  for (int i = 0; i < 60 && lines.empty(); ++i) {
    for (const Happening& one : snapshot->happenings)
      if (one.kind == Happening::Kind::Rewritten) lines = one.lines;
    snapshot = engine.handle(StepForward{}).snapshot;
  }
  ASSERT_EQ(lines.size(), 3u);
  EXPECT_EQ(lines[0].field, "eth.src");
  EXPECT_NE(lines[0].before, lines[0].after);
  EXPECT_EQ(lines[1].field, "eth.dst");
  EXPECT_EQ(lines[2], (Happening::Line{"ip.ttl", "64", "63"}));
}

TEST(Engine, WhatABeatWroteIntoATableIsMarkedInThatBeatOnly) {
  Engine engine;
  SnapshotPtr snapshot = pinged(engine, 1);
  const auto arp = [](const Snapshot& s) -> const TableView& { return s.tables.front(); };
  for (int i = 0; i < 30 && arp(*snapshot).table.rows.empty(); ++i)
    snapshot = engine.handle(StepForward{}).snapshot;
  ASSERT_EQ(arp(*snapshot).table.id, "arp");
  ASSERT_EQ(arp(*snapshot).table.rows.size(), 1u);
  EXPECT_EQ(arp(*snapshot).fresh.front(), Freshness::New);
  snapshot = engine.handle(StepForward{}).snapshot;
  EXPECT_EQ(arp(*snapshot).fresh.front(), Freshness::Old);
  snapshot = engine.handle(StepBack{}).snapshot;
  EXPECT_EQ(arp(*snapshot).fresh.front(), Freshness::New);
}

TEST(Engine, ThePacketListIsThatOfTheDisplayedMoment) {
  Engine engine;
  pinged(engine, 1);
  for (const std::size_t beat : {12u, 3u, 9u, 0u, 14u}) {
    const SnapshotPtr snapshot = engine.handle(PlayScript{{}, beat, {}}).snapshot;
    const SnapshotPtr there = engine.handle(SeekBeat{beat}).snapshot;
    for (const SnapshotPtr& one : {snapshot, there})
      for (const lens::PacketRow& row : *one->packets) EXPECT_LT(row.id.event, one->events);
    const Session alone = test::pingAt(beat);
    EXPECT_EQ(there->packets->size(),
              lens::packetRows(alone.timeline(), alone.beats(), 0, alone.timeline().world().events).size());
  }
}

TEST(Engine, ExplanationsComeInTheLanguageThatWasAskedFor) {
  Engine engine;
  const SnapshotPtr english = pinged(engine, 3);
  const SnapshotPtr chinese = engine.handle(SetLanguage{Language::Chinese}).snapshot;
  ASSERT_TRUE(english->packet && chinese->packet);
  EXPECT_NE(english->packet->card.sentBecause.front().text, chinese->packet->card.sentBecause.front().text);
}

TEST(Engine, WhatALessonWatchesIsLookedAtInEverySnapshotUntilAnotherNetworkIsOpened) {
  Engine engine;
  EXPECT_EQ(opened(engine)->findings, nullptr);
  const auto count = std::make_shared<const lesson::Expression>(*lesson::parseExpression("packets(\"icmp\").count", nullptr));
  EXPECT_EQ(lesson::textOf(engine.handle(WatchLesson{{{"count", count, 0}}}).snapshot->findings->at("count")), "0");
  const SnapshotPtr sent = engine.handle(PlayScript{{{"h1", test::kPing}}, 14, {}}).snapshot;
  EXPECT_NE(lesson::textOf(sent->findings->at("count")), "0");
  EXPECT_EQ(lesson::textOf(engine.handle(SeekBeat{0}).snapshot->findings->at("count")), "0");
  EXPECT_EQ(opened(engine)->findings, nullptr);
}

}  // namespace
}  // namespace hw::model
