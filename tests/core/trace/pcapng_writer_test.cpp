#include <gtest/gtest.h>

#include <sstream>

#include "core/trace/capture_reader.h"
#include "core/trace/pcapng_writer.h"

namespace hw::trace {
namespace {

TEST(PcapngWriter, whatIsWrittenComesBack) {
  std::stringstream file;
  PcapngWriter writer(file);
  const std::vector<CaptureInterface> interfaces{{"h1:eth0", "to s1", 1, 1'000'000'000},
                                                 {"r1:ppp0", "", 101, 0}};
  std::vector<CapturePacket> packets;
  for (std::uint32_t i = 0; i < 40; ++i) {
    CapturePacket packet{i % 2,
                         1'795'333'060'123'456'789 + i,
                         std::vector<std::uint8_t>(i, 7),
                         "",
                         Direction::Unknown,
                         i};
    if (i % 3 == 0) packet.comment = std::string(i, '#') + "TTL 减到 0";
    if (i % 4 != 0) packet.direction = i % 4 == 1 ? Direction::Inbound : Direction::Outbound;
    if (i % 5 == 0) packet.originalLength = 1500;
    packets.push_back(packet);
  }
  for (const CaptureInterface& interface : interfaces) writer.addInterface(interface);
  for (const CapturePacket& packet : packets) writer.write(packet);
  writer.writeStatistics(1'795'333'061'000'000'000);
  ASSERT_TRUE(writer.good());

  auto reader = CaptureReader::open(file);
  ASSERT_TRUE(reader);
  for (const CapturePacket& packet : packets) {
    const auto back = reader->next();
    ASSERT_TRUE(back && *back);
    EXPECT_EQ(**back, packet);
  }
  const auto end = reader->next();
  ASSERT_TRUE(end);
  EXPECT_FALSE(*end);
  EXPECT_EQ(reader->interfaces(), interfaces);
}

TEST(PcapngWriter, aCommentThatIsTooLongIsCutBetweenCharacters) {
  std::stringstream file;
  PcapngWriter writer(file);
  std::string comment;
  while (comment.size() < 70'000) comment += "网";
  writer.write(
      {writer.addInterface({"h1:eth0", "", 1, 0}), 0, {1}, comment, Direction::Unknown, 0});
  auto reader = CaptureReader::open(file);
  const auto back = reader->next();
  ASSERT_TRUE(back && *back);
  EXPECT_EQ((*back)->comment, comment.substr(0, 65'535 / 3 * 3));
  EXPECT_EQ((*back)->originalLength, 1u);
}

}  // namespace
}  // namespace hw::trace
