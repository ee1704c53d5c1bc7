// Bytes that end too early, contradict themselves or mean nothing.
#include <gtest/gtest.h>

#include "core/base/random.h"
#include "core/dissect/dissect.h"
#include "core/dissect/tree_json.h"
#include "core/dissect/tree_text.h"
#include "tests/core/dissect/frames.h"
#include "tests/core/dissect/tree_check.h"

namespace hw::dissect {
namespace {

using Octets = std::vector<std::uint8_t>;

PacketTree treeOf(const Octets& bytes, std::uint32_t original = 0) {
  return dissectPacket({bytes, kLinkEthernet, original, 0});
}

/// Where the packet ends: what stands behind is padding, which may be missing.
std::size_t packetEnd(const Octets& bytes) {
  const PacketTree tree = treeOf(bytes);
  const TreeField* padding = findField(tree, "eth.padding");
  return padding != nullptr ? padding->where.pos : bytes.size();
}

TEST(Malformed, everyTruncationOfEveryFrameIsReadAsFarAsItGoesAndMarked) {
  for (const frames::Named& frame : frames::kAll) {
    const Octets whole = frames::bytesOf(frame.hex);
    EXPECT_FALSE(treeOf(whole).malformed) << frame.name;
    for (std::size_t size = 0; size < packetEnd(whole); ++size) {
      const Octets cut(whole.begin(), whole.begin() + static_cast<std::ptrdiff_t>(size));
      const PacketTree tree = treeOf(cut);
      ASSERT_EQ(flaw(tree), "") << frame.name << " cut to " << size;
      EXPECT_TRUE(tree.malformed) << frame.name << " cut to " << size;
      EXPECT_EQ(tree.layers.back().name(), "_ws.malformed") << frame.name << " cut to " << size;
    }
  }
}

TEST(Malformed, aFrameThatTheCaptureCutShortIsNotTheSendersFault) {
  for (const frames::Named& frame : frames::kAll) {
    const Octets whole = frames::bytesOf(frame.hex);
    for (std::size_t size = 0; size < packetEnd(whole); ++size) {
      const Octets cut(whole.begin(), whole.begin() + static_cast<std::ptrdiff_t>(size));
      const PacketTree tree = treeOf(cut, static_cast<std::uint32_t>(whole.size()));
      ASSERT_EQ(flaw(tree), "") << frame.name << " cut to " << size;
      EXPECT_FALSE(tree.malformed) << frame.name << " cut to " << size;
    }
  }
}

TEST(Malformed, everyByteReplacedByEveryHostileValueIsSurvived) {
  for (const frames::Named& frame : frames::kAll) {
    const Octets whole = frames::bytesOf(frame.hex);
    for (std::size_t at = 0; at < whole.size(); ++at) {
      for (const int value : {0x00, 0x01, 0x44, 0x7F, 0x81, 0xFF}) {
        Octets bytes = whole;
        bytes[at] = static_cast<std::uint8_t>(value);
        ASSERT_EQ(flaw(treeOf(bytes)), "") << frame.name << " byte " << at << " = " << value;
      }
    }
  }
}

TEST(Malformed, randomBytesAreSurvivedWithAndWithoutMemory) {
  RandomStream random(1, 0);
  CaptureDissector capture;
  for (int i = 0; i < 20'000; ++i) {
    Octets bytes(random.below(120));
    for (std::uint8_t& byte : bytes) byte = static_cast<std::uint8_t>(random.next());
    // Half of them shall get past the first header.
    if (bytes.size() > 34 && i % 2 == 0) {
      bytes[12] = 8, bytes[13] = 0, bytes[14] = static_cast<std::uint8_t>(0x45 + random.below(3));
      bytes[16] = 0;
      constexpr std::uint8_t kProtocols[] = {1, 4, 6, 17};
      bytes[23] = kProtocols[random.below(4)];
    }
    ASSERT_EQ(flaw(treeOf(bytes)), "") << i;
    const PacketTree tree = capture.next({bytes, kLinkEthernet, 0, i});
    ASSERT_EQ(flaw(tree), "") << i;
    EXPECT_FALSE(toJson(tree, 1, 0).empty());
    EXPECT_EQ(toText(tree, Language::Chinese).find('\0'), std::string::npos);
  }
}

TEST(Malformed, aTowerOfTagsEndsAtTheNamedBound) {
  Octets bytes(12, 2);
  for (int i = 0; i < 16'000; ++i) bytes.insert(bytes.end(), {0x81, 0x00, 0x00, 0x05});
  const PacketTree tree = treeOf(bytes);
  EXPECT_LE(tree.layers.size(), 66u);
  EXPECT_GE(tree.layers.size(), 60u);
  EXPECT_EQ(flaw(tree), "");
}

TEST(Malformed, theContradictionIsNamedAtItsField) {
  Octets bytes = frames::bytesOf(frames::kUdp);
  bytes[38] = 0, bytes[39] = 7;  // UDP length below the header's size
  const PacketTree tree = treeOf(bytes);
  EXPECT_TRUE(tree.malformed);
  ASSERT_NE(findField(tree, "udp.length.bad"), nullptr);
  EXPECT_EQ(findField(tree, "udp.length")->fields[0].name(), "_ws.expert");
  EXPECT_EQ(findField(tree, "_ws.expert.message")->show, "Bad length value 7 < 8");
}

TEST(Malformed, aBadChecksumOfAPingIsSeenAndTheRightOneTold) {
  Octets bytes = frames::bytesOf(frames::kPing);
  const PacketTree good = treeOf(bytes);
  const std::string right = findField(good, "icmp.checksum")->show;
  bytes[36] ^= 1;
  const PacketTree tree = treeOf(bytes);
  EXPECT_EQ(findField(tree, "icmp.checksum.status")->show, "0");
  EXPECT_EQ(findField(tree, "_ws.expert.message")->show, "Bad checksum [should be " + right + "]");
}

}  // namespace
}  // namespace hw::dissect
