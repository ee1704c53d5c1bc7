#include <gtest/gtest.h>

#include "core/base/dump.h"
#include "core/base/random.h"

namespace hw {
namespace {

struct Part {
  int size = 0;
  std::string name;
  HW_FIELDS(Part, size, name)
};
struct Whole {
  std::vector<Part> parts;
  Cow<Part> shared;
  Time when;
  HW_FIELDS(Whole, parts, shared, when)
};

TEST(Values, theHashLooksThroughSharedBoxes) {
  Whole a{{{1, "x"}}, Cow<Part>(Part{2, "y"}), Time{3}};
  Whole b{{{1, "x"}}, Cow<Part>(Part{2, "y"}), Time{3}};
  EXPECT_EQ(a, b);
  EXPECT_EQ(hashOf(a), hashOf(b));
  b.shared.mutate().name = "z";
  EXPECT_NE(hashOf(a), hashOf(b));
}

TEST(Values, theSoleOwnerChangesInPlaceAndASharerChangesACopy) {
  Cow<Part> a(Part{1, "x"});
  const Part* before = &*a;
  a.mutate().size = 2;
  EXPECT_EQ(&*a, before);
  Cow<Part> b = a;
  b.mutate().size = 3;
  EXPECT_EQ(a->size, 2);
  EXPECT_EQ(b->size, 3);
}

TEST(Values, aDifferenceNamesTheFirstFieldThatDiffers) {
  Whole a{{{1, "x"}}, {}, {}};
  Whole b{{{1, "w"}}, {}, {}};
  const auto difference = firstDifference(dumpOf(a), dumpOf(b));
  ASSERT_TRUE(difference);
  EXPECT_EQ(difference->path, "parts[0].name");
  EXPECT_EQ(difference->here, "x");
  EXPECT_EQ(difference->there, "w");
}

TEST(RandomStream, isTheSameOnEveryMachineAndStaysInItsBounds) {
  RandomStream stream(1, 2);
  const auto first = stream.next();
  EXPECT_EQ(RandomStream(1, 2).next(), first);
  EXPECT_NE(RandomStream(1, 3).next(), first);
  for (int i = 0; i < 1000; ++i) {
    const auto n = stream.between(15, 45);
    EXPECT_GE(n, 15);
    EXPECT_LE(n, 45);
  }
}

TEST(Bytes, aSliceSharesTheBufferAndIsClipped) {
  const Bytes whole(std::vector<std::uint8_t>{1, 2, 3, 4});
  const Bytes part = whole.slice(1, 2);
  EXPECT_EQ(part.buffer(), whole.buffer());
  EXPECT_EQ(part, Bytes(std::vector<std::uint8_t>{2, 3}));
  EXPECT_EQ(whole.slice(3, 100).size(), 1u);
  EXPECT_TRUE(whole.slice(9).empty());
}

}  // namespace
}  // namespace hw
