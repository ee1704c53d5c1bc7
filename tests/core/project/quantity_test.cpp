#include <gtest/gtest.h>

#include "core/project/quantity.h"

namespace hw::project {
namespace {

TEST(Quantity, durationsAreWholeNanoseconds) {
  EXPECT_EQ(parseDuration("10us"), microseconds(10));
  EXPECT_EQ(parseDuration("1.5ms"), microseconds(1500));
  EXPECT_EQ(parseDuration("2s"), seconds(2));
  EXPECT_EQ(parseDuration("0.25ns"), std::nullopt);
  EXPECT_EQ(parseDuration("1.000000001s"), nanoseconds(1'000'000'001));
  EXPECT_EQ(parseDuration("0"), nanoseconds(0));
  for (const char* wrong : {"", "10", "us", "-1us", "+1us", "1 us", "1e3us", ".5s", "5.s", "1.2.3s", "10US", "0x1s",
                            "9223372037s", "99999999999999999999ns"}) {
    EXPECT_EQ(parseDuration(wrong), std::nullopt) << wrong;
  }
}

TEST(Quantity, ratesAreBitsASecond) {
  EXPECT_EQ(parseRate("1Gbit"), 1'000'000'000);
  EXPECT_EQ(parseRate("9600bit"), 9600);
  EXPECT_EQ(parseRate("2.5Gbit"), 2'500'000'000);
  EXPECT_EQ(parseRate("0bit"), std::nullopt);
  EXPECT_EQ(parseRate("1Gb"), std::nullopt);
}

TEST(Quantity, lossesAreMillionths) {
  EXPECT_EQ(parseLoss("1%"), 10'000u);
  EXPECT_EQ(parseLoss("0.0001%"), 1u);
  EXPECT_EQ(parseLoss("100%"), 1'000'000u);
  EXPECT_EQ(parseLoss("0.00001%"), std::nullopt);
  EXPECT_EQ(parseLoss("100.0001%"), std::nullopt);
}

TEST(Quantity, queuesHoldPacketsOrBytes) {
  EXPECT_EQ(parseQueue("100packets"), (QueueLimit{100, QueueLimit::Unit::Packets}));
  EXPECT_EQ(parseQueue("64kB"), (QueueLimit{64'000, QueueLimit::Unit::Bytes}));
  EXPECT_EQ(parseQueue("1.5packets"), std::nullopt);
  EXPECT_EQ(parseQueue("100"), std::nullopt);
}

TEST(Quantity, textsAreShortAndMeanExactlyTheValue) {
  EXPECT_EQ(durationText(microseconds(10)), "10us");
  EXPECT_EQ(durationText(microseconds(1500)), "1500us");
  EXPECT_EQ(rateText(1'000'000'000), "1Gbit");
  EXPECT_EQ(rateText(2'500'000'000), "2500Mbit");
  EXPECT_EQ(lossText(12'345), "1.2345%");
  EXPECT_EQ(lossText(50), "0.005%");
  for (std::int64_t ns : {0L, 1L, 999L, 1000L, 1'000'001L, 60'000'000'000L, INT64_MAX}) {
    EXPECT_EQ(parseDuration(durationText({ns})), Duration{ns});
  }
  for (std::uint32_t ppm : {1u, 10u, 9'999u, 10'000u, 123'456u, 1'000'000u}) EXPECT_EQ(parseLoss(lossText(ppm)), ppm);
}

TEST(Quantity, integersStandAlone) {
  EXPECT_EQ(parseInteger("1500", 68, 65535), 1500);
  for (const char* wrong : {"", " 1", "1 ", "+1", "0x10", "1.0", "1e3", "67"}) {
    EXPECT_EQ(parseInteger(wrong, 68, 65535), std::nullopt) << wrong;
  }
}

}  // namespace
}  // namespace hw::project
