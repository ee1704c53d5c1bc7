// The queue gives events by (time, order of coming), whatever came and went in between.
#include <gtest/gtest.h>

#include <map>

#include "core/sim/event_queue.h"

namespace hw {
namespace {

TEST(EventQueue, agreesWithASortedMapOnRandomPushesAndPops) {
  RandomStream random(3, 3);
  EventQueue queue;
  std::map<std::pair<Time, std::uint64_t>, std::uint32_t> reference;  // device, or 1000 + a delivery's mark
  std::uint64_t sequence = 0;
  for (int i = 0; i < 20'000; ++i) {
    const Time at = Time{} + nanoseconds(random.between(0, 50));
    const auto mark = static_cast<std::uint32_t>(random.below(1000));
    switch (random.below(3)) {
      case 0:
        queue.pushWake(at, DeviceId{mark});
        reference[{at, sequence++}] = mark;
        break;
      case 1:
        queue.pushDelivery(at).linkCuts = mark;
        reference[{at, sequence++}] = 1000 + mark;
        break;
      default: {
        ASSERT_EQ(queue.size(), reference.size());
        if (reference.empty()) break;
        const auto [key, expected] = *reference.begin();
        reference.erase(reference.begin());
        const QueueEntry entry = queue.pop();
        ASSERT_EQ(entry.at, key.first);
        ASSERT_EQ(entry.sequence, key.second);
        ASSERT_EQ(entry.wake.valid() ? entry.wake.value : 1000 + queue.delivery(entry.slot).linkCuts, expected);
        if (!entry.wake.valid()) queue.free(entry.slot);
      }
    }
  }
}

EventQueue withDeliveries(const std::vector<std::uint32_t>& marks, bool throughSlots) {
  EventQueue queue;
  for (const std::uint32_t mark : marks) {
    Delivery& one = queue.pushDelivery(Time{} + nanoseconds(mark));
    one = Delivery{};
    one.linkCuts = mark;
  }
  if (throughSlots) {
    // The first goes and a later one takes its slot.
    queue.free(queue.pop().slot);
    queue.pushDelivery(Time{} + nanoseconds(99)).linkCuts = 99;
  }
  return queue;
}

TEST(EventQueue, equalityAndHashSeeEventsNotSlots) {
  EventQueue a = withDeliveries({1, 2, 3}, true), b = withDeliveries({1, 2, 3}, false);
  EXPECT_FALSE(a == b);
  b.pop();  // its slot is not reused
  Delivery& last = b.pushDelivery(Time{} + nanoseconds(99));
  last = Delivery{};
  last.linkCuts = 99;
  EXPECT_TRUE(a == b);
  EXPECT_EQ(hashOf(a), hashOf(b));
  EXPECT_NE(hashOf(a), hashOf(withDeliveries({1, 2, 4}, true)));
}

}  // namespace
}  // namespace hw
