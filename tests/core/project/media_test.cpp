// Hubs, repeaters, buses and long cables, from the file to what happens.
#include <gtest/gtest.h>

#include <map>

#include "core/explain/explain.h"
#include "core/project/build.h"
#include "core/project/file.h"
#include "core/project/save.h"
#include "tests/core/sim/networks.h"

namespace hw::project {
namespace {

std::string host(int n) {
  const std::string number = std::to_string(n);
  return "  h" + number + ": {kind: host, interfaces: {eth0: {addresses: [192.0.2." + number + "/24]}}}\n";
}

World worldOf(const std::string& nodes, const std::string& links) {
  auto loaded = loadText("version: 1\nnodes:\n" + nodes + "links:\n" + links, "net.yaml");
  EXPECT_TRUE(loaded) << loaded.error().text();
  auto world = buildWorld(loaded->document);
  EXPECT_TRUE(world) << world.error().text();
  return world ? *world : World{};
}

/// How many of 100 pings from h1 are answered; `key` counts a rule.
struct Played {
  int answered = 0;
  std::map<std::string, int> rules;
};
Played pinged(const World& world, const char* to) {
  Timeline t(world);
  process::Ping ping = test::ping(to, 100);
  ping.options.interval = hw::milliseconds(100);
  test::start(t, "h1", std::move(ping));
  t.runUntil(Time{} + seconds(30));
  Played played;
  const std::string text = test::printed(t, "h1");
  const std::size_t received = text.find(" received");
  EXPECT_NE(received, text.npos) << text;
  if (received != text.npos) played.answered = std::stoi(text.substr(text.rfind(' ', received - 1) + 1));
  for (std::uint64_t i = 0; i < t.journal().size(); ++i)
    Decisions::visit(t.journal().read(i).decisions, [&](const Decision& one) { ++played.rules[std::string(explain::info(one.rule).key)]; });
  return played;
}

TEST(Media, aHubWithARateIsHalfDuplexUnlessTheFileSaysFull) {
  const World world = worldOf(host(1) + host(2) + "  x: {kind: hub}\n  h3: {kind: host}\n",
                              "  - {ends: [h1:eth0, x:p1], rate: 10Mbit}\n  - {ends: [h2:eth0, x:p2], rate: 10Mbit, duplex: full}\n"
                              "  - {ends: [h1:eth1, h3:eth0], rate: 10Mbit}\n  - {ends: [h2:eth1, h3:eth1], rate: 10Mbit, duplex: half}\n");
  std::string shared;
  for (const Link& link : world.links) shared += link.isShared() ? "half " : "full ";
  EXPECT_EQ(shared, "half full full half ");
}

TEST(Media, stationsOfABusShareItAt10MegabitAndHearEachOtherAfterTheirDistance) {
  const World world = worldOf(host(1) + host(2) + host(3) + "  coax: {kind: bus, tap_distance: 60m}\n",
                              "  - {ends: [h1:eth0, coax:t1], length: 2m}\n  - {ends: [h2:eth0, coax:t2], length: 2m}\n"
                              "  - {ends: [h3:eth0, coax:t3], length: 2m}\n");
  EXPECT_EQ(world.links[0].config.rate, 10'000'000u);
  EXPECT_TRUE(world.links[0].isShared());
  ASSERT_EQ(world.wiring->listeners[0].size(), 2u);
  EXPECT_EQ(world.wiring->listeners[0][1].delay, nanoseconds((2 + 120 + 2) * 5));
  Played played = pinged(world, "192.0.2.3");
  EXPECT_EQ(played.answered, 100);
  EXPECT_GT(played.rules["medium.sent"], 200);
}

TEST(Media, aSegmentThatIsTooLongLosesFramesUntilARepeaterJoinsIt) {
  // 3 * 80 m and two cables of 5 m: 250 m, which is 65 m more than coax allows.
  Played far = pinged(worldOf(host(1) + host(2) + "  coax: {kind: bus, tap_distance: 80m}\n  h3: {kind: host}\n  h4: {kind: host}\n",
                                    "  - {ends: [h1:eth0, coax:t1], length: 5m}\n  - {ends: [h3:eth0, coax:t2]}\n"
                                    "  - {ends: [h4:eth0, coax:t3]}\n  - {ends: [h2:eth0, coax:t4], length: 5m}\n"),
                            "192.0.2.2");
  EXPECT_GT(far.answered, 15);
  EXPECT_LT(far.answered, 70);  // each way 65 of 185 are lost
  EXPECT_GT(far.rules["link.too_weak"], 30);
  Played joined = pinged(worldOf(host(1) + host(2) + "  a: {kind: bus, tap_distance: 80m}\n  b: {kind: bus, tap_distance: 80m}\n"
                                                           "  rep: {kind: repeater}\n",
                                       "  - {ends: [h1:eth0, a:t1], length: 5m}\n  - {ends: [a:t2, rep:p1], length: 20m}\n"
                                       "  - {ends: [rep:p2, b:t1], length: 20m}\n  - {ends: [h2:eth0, b:t2], length: 80m}\n"),
                               "192.0.2.2");
  EXPECT_EQ(joined.answered, 100);
  EXPECT_EQ(joined.rules["link.too_weak"], 0);
}

TEST(Media, aTwistedPairOf150MetresLosesAboutHalfOfItsFramesEachWay) {
  Played played = pinged(worldOf(host(1) + host(2), "  - {ends: [h1:eth0, h2:eth0], length: 150m}\n"), "192.0.2.2");
  EXPECT_LT(played.answered, 50);
  EXPECT_GT(played.rules["link.too_weak"], 10);
  EXPECT_EQ(pinged(worldOf(host(1) + host(2), "  - {ends: [h1:eth0, h2:eth0], length: 100m}\n"), "192.0.2.2").answered, 100);
}

TEST(Media, theFileIsSavedAsItWasRead) {
  const std::string text =
      "version: 1\n"
      "seed: 1\n"
      "nodes:\n"
      "  h1:\n"
      "    kind: host\n"
      "  coax:\n"
      "    kind: bus\n"
      "    tap_distance: 60m\n"
      "links:\n"
      "  - {ends: [h1:eth0, coax:t1], medium: bus, duplex: half, length: 185m}\n";
  const auto loaded = loadText(text, "net.yaml");
  ASSERT_TRUE(loaded) << loaded.error().text();
  EXPECT_EQ(saveText(loaded->document), text);
}

}  // namespace
}  // namespace hw::project
