#include <gtest/gtest.h>

#include "core/project/suggest.h"

namespace hw::project {
namespace {

TEST(Suggest, countsInsertionsDeletionsReplacementsAndSwaps) {
  EXPECT_EQ(editDistance("latency", "latency", 3), 0u);
  EXPECT_EQ(editDistance("latncy", "latency", 3), 1u);
  EXPECT_EQ(editDistance("latenncy", "latency", 3), 1u);
  EXPECT_EQ(editDistance("latemcy", "latency", 3), 1u);
  EXPECT_EQ(editDistance("latecny", "latency", 3), 1u);
  EXPECT_EQ(editDistance("rate", "latency", 3), 4u);
  EXPECT_EQ(editDistance("", "abc", 3), 3u);
}

TEST(Suggest, ofADistanceBeyondTheLimitSaysOnlyThat) {
  EXPECT_EQ(editDistance("aaaaaaaa", "bbbbbbbb", 2), 3u);
  EXPECT_EQ(editDistance(std::string(65, 'a'), std::string(65, 'a'), 2), 3u);
}

TEST(Suggest, takesTheNearestOfThoseThatAreNear) {
  const std::vector<std::string_view> keys{"ends", "medium", "latency", "rate", "loss", "queue", "down"};
  EXPECT_EQ(nearest("latenzy", keys), "latency");
  EXPECT_EQ(nearest("lost", keys), "loss");
  EXPECT_EQ(nearest("bandwidth", keys), "");
  EXPECT_EQ(nearest("x", {}), "");
}

}  // namespace
}  // namespace hw::project
