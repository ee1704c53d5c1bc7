#include <gtest/gtest.h>

#include "tests/core/sim/networks.h"

namespace hw::test {
namespace {

TEST(Ping, throughARouterAnswersAndEveryFrameIsRebuiltFromTheJournal) {
  std::vector<std::pair<TransmissionId, std::vector<std::uint8_t>>> tapped;
  Timeline::Options options;
  options.tap = [&](const Transmission& what, const Frame& frame) {
    tapped.emplace_back(what.id, frame.toVector());
  };
  Timeline t(routedPair().world(), options);
  start(t, "h1", ping("10.0.2.10", 3));
  t.runUntil(Time{} + seconds(20));
  EXPECT_EQ(printed(t, "h1"),
            "PING 10.0.2.10 (10.0.2.10) 56(84) bytes of data.\n"
            "64 bytes from 10.0.2.10: icmp_seq=1 ttl=63 time=0.008 ms\n"
            "64 bytes from 10.0.2.10: icmp_seq=2 ttl=63 time=0.004 ms\n"
            "64 bytes from 10.0.2.10: icmp_seq=3 ttl=63 time=0.004 ms\n"
            "\n--- 10.0.2.10 ping statistics ---\n"
            "3 packets transmitted, 3 received, 0% packet loss, time 2000ms\n"
            "rtt min/avg/max/mdev = 0.004/0.005/0.008/0.002 ms\n");
  EXPECT_GT(tapped.size(), 16u);
  for (const auto& [id, bytes] : tapped) EXPECT_EQ(t.journal().frame(id).toVector(), bytes);
}

TEST(TimeTravel, theWorldAfterASeekIsTheWorldOfAStraightRun) {
  Timeline t(routedPair().world());
  start(t, "h1", ping("10.0.2.10", 3));
  std::vector<std::uint64_t> hashes{hashOf(t.initial())};
  t.seek(0);
  while (t.step(Time{} + seconds(20))) hashes.push_back(hashOf(t.world()));
  for (std::uint64_t i : {std::uint64_t{5}, std::uint64_t{1}, hashes.size() - 1, std::uint64_t{0}, hashes.size() / 2}) {
    t.seek(i);
    EXPECT_EQ(hashOf(t.world()), hashes[i]) << i;
  }
}

}  // namespace
}  // namespace hw::test
