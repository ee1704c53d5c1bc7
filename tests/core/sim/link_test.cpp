// Arithmetic of a cable: wire time, queue, loss.
#include <gtest/gtest.h>

#include "core/sim/link.h"

namespace hw {
namespace {

Link link(std::uint64_t rate, Medium medium = Medium::Ethernet) {
  Link one;
  one.config.rate = rate;
  one.config.medium = medium;
  one.config.latency = microseconds(5);
  return one;
}

TEST(Link, onEthernetAFrameCostsPreambleFcsAndGapBesides) {
  EXPECT_EQ(link(1'000'000'000).wireTime(1514), nanoseconds(1538 * 8));
  EXPECT_EQ(link(10'000'000).wireTime(60), nanoseconds(84 * 800));
  EXPECT_EQ(link(1'000'000'000, Medium::Veth).wireTime(1514), nanoseconds(1514 * 8));
  EXPECT_EQ(link(0).wireTime(1514), Duration{});
}

TEST(Link, framesLeaveOneAfterTheOtherAndArriveAfterTheLatency) {
  Link one = link(1'000'000'000);
  const Time now = Time{} + seconds(1);
  const Transfer first = transfer(one, 0, now, 1514), second = transfer(one, 0, now, 1514);
  EXPECT_EQ(first.departs, now);
  EXPECT_EQ(first.arrives, now + nanoseconds(12304) + microseconds(5));
  EXPECT_EQ(second.departs, now + nanoseconds(12304));
  EXPECT_EQ(second.arrives - first.arrives, nanoseconds(12304));
}

TEST(Link, theTwoDirectionsDoNotDisturbEachOther) {
  Link one = link(1'000'000);
  transfer(one, 0, Time{}, 1514);
  EXPECT_EQ(transfer(one, 1, Time{}, 1514).departs, Time{});
}

TEST(Link, aQueueHoldsWhatItsLimitSays) {
  Link one = link(8'000'000, Medium::Veth);  // a byte a microsecond
  one.config.queueBytes = 2500;
  int delivered = 0;
  for (int i = 0; i < 10; ++i) delivered += transfer(one, 0, Time{}, 1000).fate == Fate::Delivered;
  EXPECT_EQ(delivered, 3);
  EXPECT_EQ(transfer(one, 0, Time{} + microseconds(499), 1000).fate, Fate::QueueFull);
  EXPECT_EQ(transfer(one, 0, Time{} + microseconds(500), 1000).fate, Fate::Delivered);
}

TEST(Link, withoutARateNothingWaits) {
  Link one = link(0);
  for (int i = 0; i < 5; ++i) EXPECT_EQ(transfer(one, 0, Time{}, 60000).arrives, Time{} + microseconds(5));
}

TEST(Link, aDeadCableTakesNothing) {
  Link one = link(1'000'000);
  one.config.up = false;
  EXPECT_EQ(transfer(one, 0, Time{}, 100).fate, Fate::NoCarrier);
  EXPECT_EQ(one.state.busyUntil[0], Time{});
}

TEST(Link, aLostFrameUsesTheWireAllTheSame) {
  Link one = link(1'000'000);
  one.config.lossPpm = 1'000'000;
  EXPECT_EQ(transfer(one, 0, Time{}, 100).fate, Fate::Lost);
  EXPECT_EQ(one.state.busyUntil[0], Time{} + one.wireTime(100));
}

TEST(Link, withoutLossTheRandomStreamIsNotTouched) {
  Link one = link(1'000'000);
  const RandomStream before = one.state.random;
  transfer(one, 0, Time{}, 100);
  EXPECT_EQ(one.state.random, before);
}

TEST(Shaper, letsABurstGoAndThenHoldsTheRate) {
  Link one;
  const Shaper shaper{8'000'000, 2000, 5000};  // a byte a microsecond
  const auto departs = [&](std::uint32_t size) { return transfer(one, 0, Time{}, size, &shaper).departs.ns / 1000; };
  EXPECT_EQ(departs(1000), 0);
  EXPECT_EQ(departs(1000), 0);
  EXPECT_EQ(departs(1000), 1000);
  EXPECT_EQ(departs(500), 1500);
  EXPECT_EQ(transfer(one, 0, Time{} + seconds(1), 2000, &shaper).departs, Time{} + seconds(1));
}

TEST(Shaper, dropsWhatNeverFitsAndWhatWouldWaitTooLong) {
  Link one;
  const Shaper shaper{8'000'000, 1000, 3000};
  EXPECT_EQ(transfer(one, 0, Time{}, 1001, &shaper).fate, Fate::QueueFull);
  int delivered = 0;
  for (int i = 0; i < 10; ++i) delivered += transfer(one, 0, Time{}, 1000, &shaper).fate == Fate::Delivered ? 1 : 0;
  EXPECT_EQ(delivered, 4);  // one at once, three that wait
}

}  // namespace
}  // namespace hw
