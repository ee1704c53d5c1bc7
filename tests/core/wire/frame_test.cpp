#include <gtest/gtest.h>

#include <numeric>

#include "core/wire/frame.h"

namespace hw {
namespace {

std::vector<std::uint8_t> counting(std::size_t n) {
  std::vector<std::uint8_t> bytes(n);
  std::iota(bytes.begin(), bytes.end(), std::uint8_t{0});
  return bytes;
}

TEST(Frame, isTheSameHoweverItsBytesAreSplit) {
  const auto bytes = counting(300);
  Frame whole{ByteView(bytes)};
  Frame pushed{Bytes(ByteView(bytes).subspan(14))};
  std::copy_n(bytes.begin(), 14, pushed.pushFront(14));
  EXPECT_EQ(whole, pushed);
  EXPECT_EQ(hashOf(whole), hashOf(pushed));
  EXPECT_EQ(pushed.toVector(), bytes);
  EXPECT_TRUE(pushed.ensureHead(34));
  EXPECT_EQ(whole, pushed);
}

TEST(Frame, headersArePushedAndPoppedBeyondTheHeaderBlock) {
  Frame frame{ByteView(counting(90))};
  for (int i = 0; i < 5; ++i) std::fill_n(frame.pushFront(50), 50, static_cast<std::uint8_t>(200 + i));
  EXPECT_EQ(frame.size(), 340u);
  EXPECT_EQ(frame.head()[0], 204);
  frame.popFront(250);
  EXPECT_EQ(frame.toVector(), counting(90));
}

TEST(Frame, isPaddedWithZerosAndTruncated) {
  Frame small{ByteView(counting(42))};
  small.padTo(60);
  EXPECT_EQ(small.size(), 60u);
  EXPECT_EQ(small.toVector()[41], 41);
  EXPECT_EQ(small.toVector()[42], 0);
  small.truncate(42);
  EXPECT_EQ(small.toVector(), counting(42));
  Frame big{ByteView(counting(200))};
  big.padTo(1500);
  EXPECT_EQ(big.size(), 1500u);
  big.truncate(150);
  EXPECT_EQ(big.toVector(), counting(150));
}

}  // namespace
}  // namespace hw
