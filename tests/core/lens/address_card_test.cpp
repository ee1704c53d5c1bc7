// The arithmetic of addresses, against values worked out by hand and by ipcalc(1).
#include <gtest/gtest.h>

#include <random>

#include "core/lens/address_card.h"

namespace hw::lens {
namespace {

std::string factOf(std::string_view text, std::string_view label) {
  const auto card = addressCard(text);
  if (!card) return std::string(card.error().en);
  for (const AddressFact& one : card->facts)
    if (one.label.en == label) return one.value + (one.words.en.empty() ? "" : one.value.empty() ? "" : ": ") + std::string(one.words.en);
  return "-";
}

TEST(AddressCard, APrefixAndItsMaskAreTheSame) {
  for (const char* text : {"192.0.2.77/26", "192.0.2.77/255.255.255.192", "192.0.2.77 255.255.255.192", " 192.0.2.77 / 26 "}) {
    EXPECT_EQ(factOf(text, "Subnet"), "192.0.2.64/26") << text;
    EXPECT_EQ(factOf(text, "Mask"), "255.255.255.192");
    EXPECT_EQ(factOf(text, "Inverted mask"), "0.0.0.63");
    EXPECT_EQ(factOf(text, "Network address"), "192.0.2.64");
    EXPECT_EQ(factOf(text, "Broadcast address"), "192.0.2.127");
    EXPECT_EQ(factOf(text, "First host"), "192.0.2.65");
    EXPECT_EQ(factOf(text, "Last host"), "192.0.2.126");
    EXPECT_EQ(factOf(text, "Addresses for hosts"), "62");
  }
  EXPECT_EQ(addressCard("192.0.2.77/26")->addressBits, "11000000000000000000001001001101");
}

TEST(AddressCard, TheSmallestSubnetsHaveNoAddressToSpare) {
  EXPECT_EQ(factOf("192.0.2.8/31", "Addresses for hosts"), "2");
  EXPECT_EQ(factOf("192.0.2.8/31", "Broadcast address"), "-");
  EXPECT_EQ(factOf("192.0.2.8/32", "Addresses for hosts"), "1");
  EXPECT_EQ(factOf("192.0.2.8/30", "Addresses for hosts"), "2");
  EXPECT_EQ(factOf("0.0.0.0/0", "Addresses for hosts"), "4294967294");
}

TEST(AddressCard, WithoutAMaskTheClassDecides) {
  EXPECT_EQ(factOf("10.1.2.3", "Subnet"), "10.0.0.0/8");
  EXPECT_EQ(factOf("172.16.9.1", "Subnet"), "172.16.0.0/16");
  EXPECT_EQ(factOf("192.168.7.1", "Subnet"), "192.168.7.0/24");
  EXPECT_TRUE(addressCard("10.1.2.3")->classful);
  EXPECT_EQ(factOf("127.255.255.255/8", "Class").substr(0, 1), "A");
  EXPECT_EQ(factOf("128.0.0.0/8", "Class").substr(0, 1), "B");
  EXPECT_EQ(factOf("191.255.0.0/8", "Class").substr(0, 1), "B");
  EXPECT_EQ(factOf("192.0.0.0/8", "Class").substr(0, 1), "C");
  EXPECT_EQ(factOf("223.255.255.255/8", "Class").substr(0, 1), "C");
  EXPECT_EQ(factOf("224.0.0.1/32", "Class").substr(0, 1), "D");
  EXPECT_EQ(factOf("240.0.0.1/32", "Class").substr(0, 1), "E");
}

TEST(AddressCard, TellsWhatAnAddressIsFor) {
  EXPECT_EQ(factOf("10.255.0.1/24", "Use"), "private (RFC 1918)");
  EXPECT_EQ(factOf("172.31.255.1/24", "Use"), "private (RFC 1918)");
  EXPECT_EQ(factOf("172.32.0.1/24", "Use"), "public");
  EXPECT_EQ(factOf("192.168.0.1/24", "Use"), "private (RFC 1918)");
  EXPECT_EQ(factOf("100.127.0.1/24", "Use"), "between a provider and its customers (RFC 6598)");
  EXPECT_EQ(factOf("8.8.8.8/24", "Use"), "public");
  EXPECT_EQ(factOf("255.255.255.255/32", "Use"), "broadcast to everybody on the link (RFC 919)");
}

TEST(AddressCard, MistakesSayWhatWouldBeRight) {
  EXPECT_NE(factOf("192.0.2", "Mask").find("four numbers"), std::string::npos);
  EXPECT_NE(factOf("192.0.2.256/24", "Mask").find("four numbers"), std::string::npos);
  EXPECT_NE(factOf("", "Mask").find("four numbers"), std::string::npos);
  EXPECT_NE(factOf("192.0.2.1/33", "Mask").find("0 to 32"), std::string::npos);
  EXPECT_NE(factOf("192.0.2.1/", "Mask").find("0 to 32"), std::string::npos);
  EXPECT_NE(factOf("192.0.2.1/-1", "Mask").find("0 to 32"), std::string::npos);
  EXPECT_NE(factOf("192.0.2.1/255.0.255.0", "Mask").find("ones, then zeros"), std::string::npos);
}

TEST(AddressCard, PartsCoverTheWholeAndDoNotOverlap) {
  std::mt19937 random(7);
  for (int i = 0; i < 500; ++i) {
    const auto length = static_cast<std::uint8_t>(random() % 33);
    const Ipv4Prefix whole{{static_cast<std::uint32_t>(random())}, length};
    const auto by = static_cast<std::uint8_t>(std::min<std::uint32_t>(32, length + static_cast<std::uint32_t>(random() % 9)));
    const auto parts = partsOf(whole, by);
    ASSERT_EQ(parts.size(), std::size_t{1} << (by - length));
    EXPECT_EQ(parts.front().network(), whole.network());
    EXPECT_EQ(parts.back().broadcast(), whole.broadcast());
    for (std::size_t k = 1; k < parts.size(); ++k) EXPECT_EQ(parts[k].network().value, parts[k - 1].broadcast().value + 1);
  }
  EXPECT_TRUE(partsOf(*Ipv4Prefix::parse("192.0.2.0/24"), 23).empty());
  EXPECT_EQ(partsOf(*Ipv4Prefix::parse("0.0.0.0/0"), 32).size(), kMostParts);
}

}  // namespace
}  // namespace hw::lens
