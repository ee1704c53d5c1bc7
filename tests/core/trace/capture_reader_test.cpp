#include <gtest/gtest.h>
#include <sys/resource.h>

#include <sstream>

#include "core/trace/capture_reader.h"
#include "tests/core/trace/file_builder.h"

namespace hw::trace {
namespace {

struct ReadResult {
  std::vector<CapturePacket> packets;
  std::vector<CaptureInterface> interfaces;
  std::optional<CaptureError> error;
};

ReadResult readAll(const std::string& bytes) {
  ReadResult result;
  std::istringstream in(bytes);
  auto reader = CaptureReader::open(in);
  if (!reader) {
    result.error = reader.error();
    return result;
  }
  while (true) {
    const auto packet = reader->next();
    if (!packet) result.error = packet.error();
    if (!packet || !*packet) break;
    result.packets.push_back(**packet);
  }
  result.interfaces = reader->interfaces();
  return result;
}

std::string complaint(const ReadResult& result) {
  return result.error ? result.error->text(Language::English) : "no error";
}

const std::vector<std::uint8_t> kFourBytes{1, 2, 3, 4};

TEST(CaptureReader, readsPcapInBothByteOrdersAndResolutions) {
  for (const bool big : {false, true}) {
    for (const bool nano : {false, true}) {
      FileBuilder file(big);
      file.pcapHeader(nano ? 0xA1B23C4D : 0xA1B2C3D4, 101).pcapRecord({10, 500, 60}, kFourBytes);
      const ReadResult result = readAll(file.bytes());
      ASSERT_EQ(complaint(result), "no error");
      ASSERT_EQ(result.packets.size(), 1u);
      EXPECT_EQ(result.packets[0].bytes, kFourBytes);
      EXPECT_EQ(result.packets[0].originalLength, 60u);
      EXPECT_EQ(result.packets[0].timeNs, 10'000'000'000 + (nano ? 500 : 500'000));
      EXPECT_EQ(result.interfaces[0].linkType, 101);
    }
  }
}

TEST(CaptureReader, readsPcapngInBothByteOrders) {
  for (const bool big : {false, true}) {
    FileBuilder file(big);
    file.sectionHeader().beginBlock(1).u16(1).u16(0).u32(65535);
    file.option(2, "h1:eth0")
        .option(3, "to the switch")
        .option(8, std::string(big ? "\0\0\0\0\0\0\0\x0a" : "\x0a\0\0\0\0\0\0\0", 8));
    file.option(9, std::string(1, 9)).endOfOptions().endBlock();
    file.beginBlock(6).u32(0).u32(1).u32(2).u32(4).u32(60).raw(kFourBytes);
    file.option(1, "why")
        .option(1, "第二行")
        .option(2, std::string(big ? "\0\0\0\x02" : "\x02\0\0\0", 4))
        .endOfOptions()
        .endBlock();
    const ReadResult result = readAll(file.bytes());
    ASSERT_EQ(complaint(result), "no error");
    EXPECT_EQ(result.interfaces[0], (CaptureInterface{"h1:eth0", "to the switch", 1, 10}));
    ASSERT_EQ(result.packets.size(), 1u);
    EXPECT_EQ(result.packets[0], (CapturePacket{0, (std::int64_t{1} << 32) + 2, kFourBytes,
                                                "why\n第二行", Direction::Outbound, 60}));
  }
}

TEST(CaptureReader, readsSimpleAndObsoleteBlocksAndSkipsUnknownOnes) {
  FileBuilder file(false);
  file.sectionHeader().interface();
  file.beginBlock(0xBAD).u32(1).u32(2).endBlock();
  file.beginBlock(3).u32(4).raw(kFourBytes).endBlock();
  file.beginBlock(2).u16(0).u16(99).u32(0).u32(7).u32(4).u32(4).raw(kFourBytes).endBlock();
  const ReadResult result = readAll(file.bytes());
  ASSERT_EQ(complaint(result), "no error");
  ASSERT_EQ(result.packets.size(), 2u);
  EXPECT_EQ(result.packets[0].bytes, kFourBytes);
  EXPECT_EQ(result.packets[1].timeNs, 7000);
}

TEST(CaptureReader, interfacesOfALaterSectionAreCountedOn) {
  FileBuilder file(false);
  for (int section = 0; section < 2; ++section) {
    file.sectionHeader().interface();
    file.beginBlock(6).u32(0).u32(0).u32(1).u32(4).u32(4).raw(kFourBytes).endBlock();
  }
  const ReadResult result = readAll(file.bytes());
  ASSERT_EQ(result.packets.size(), 2u) << complaint(result);
  EXPECT_EQ(result.packets[1].interface, 1u);
  EXPECT_EQ(result.interfaces.size(), 2u);
}

TEST(TimeScale, countsInAnyResolution) {
  EXPECT_EQ((TimeScale{6, 0}.nanoseconds(5)), 5000);
  EXPECT_EQ((TimeScale{9, 2}.nanoseconds(5)), 2'000'000'005);
  EXPECT_EQ((TimeScale{0, -1}.nanoseconds(5)), 4'000'000'000);
  EXPECT_EQ((TimeScale{12, 0}.nanoseconds(5999)), 5);
  EXPECT_EQ((TimeScale{0x81, 0}.nanoseconds(3)), 1'500'000'000);
  EXPECT_EQ((TimeScale{0xFF, 0}.nanoseconds(~std::uint64_t{0})), 0);
  EXPECT_EQ((TimeScale{0, 0}.nanoseconds(~std::uint64_t{0})), INT64_MAX);
}

long peakKilobytes() {
  rusage usage{};
  getrusage(RUSAGE_SELF, &usage);
  return usage.ru_maxrss;
}

TEST(CaptureReader, blocksThatClaimFourGigabytesAreAnErrorAndCostNothing) {
  const long before = peakKilobytes();
  FileBuilder known(false);
  known.sectionHeader().interface().u32(6).u32(0xFFFFFFFC).zeros(64);
  EXPECT_EQ(complaint(readAll(known.bytes())),
            "byte 52: found a block of 4294967292 bytes; a block with a packet or an interface has "
            "at most 1048576");
  FileBuilder unknown(false);
  unknown.sectionHeader().interface().u32(77).u32(0xFFFFFFFC).zeros(64);
  EXPECT_EQ(complaint(readAll(unknown.bytes())),
            "byte 120: the file ends here, where 4294967216 more bytes were promised");
  FileBuilder section(false);
  section.u32(0x0A0D0D0A).u32(0xFFFFFFFC).u32(0x1A2B3C4D).u16(1).u16(0).zeros(64);
  EXPECT_EQ(readAll(section.bytes()).error->problem, CaptureProblem::Truncated);
  FileBuilder packet(false);
  packet.sectionHeader()
      .interface()
      .beginBlock(6)
      .u32(0)
      .u32(0)
      .u32(0)
      .u32(0x7FFFFFFF)
      .u32(0x7FFFFFFF)
      .endBlock();
  EXPECT_EQ(readAll(packet.bytes()).error->problem, CaptureProblem::PacketTooLong);
  FileBuilder old(false);
  old.pcapHeader(0xA1B2C3D4, 1).u32(0).u32(0).u32(0xFFFFFFFF).u32(0xFFFFFFFF).zeros(64);
  EXPECT_EQ(readAll(old.bytes()).error->problem, CaptureProblem::PacketTooLong);
  EXPECT_LT(peakKilobytes() - before, 16 * 1024);
}

TEST(CaptureReader, whatItComplainsAboutIsNamedWithItsPlace) {
  EXPECT_EQ(complaint(readAll("")), "byte 0: the file ends here, where 4 more bytes were promised");
  EXPECT_EQ(complaint(readAll("GIF89a")),
            "byte 0: found 0x47494638, which is no capture file; pcap starts with 0xa1b2c3d4 or "
            "0xa1b23c4d, pcapng with 0x0a0d0d0a");
  FileBuilder zero(false);
  zero.sectionHeader().interface().u32(6).u32(0).zeros(16);
  EXPECT_EQ(complaint(readAll(zero.bytes())),
            "byte 52: found a block length of 0; it must be a multiple of 4 and at least 12");
  FileBuilder order(false);
  order.u32(0x0A0D0D0A).u32(28).u32(0x12345678).zeros(16);
  EXPECT_EQ(readAll(order.bytes()).error->problem, CaptureProblem::BadByteOrder);
  FileBuilder lengths(false);
  lengths.sectionHeader().u32(77).u32(12).u32(16);
  EXPECT_EQ(readAll(lengths.bytes()).error->problem, CaptureProblem::BlockLengthsDiffer);
  FileBuilder nobody(false);
  nobody.sectionHeader().beginBlock(6).u32(3).u32(0).u32(0).u32(0).u32(0).endBlock();
  EXPECT_EQ(readAll(nobody.bytes()).error->problem, CaptureProblem::UnknownInterface);
  FileBuilder past(false);
  past.sectionHeader()
      .interface()
      .beginBlock(6)
      .u32(0)
      .u32(0)
      .u32(0)
      .u32(40)
      .u32(40)
      .u32(0)
      .endBlock();
  EXPECT_EQ(readAll(past.bytes()).error->problem, CaptureProblem::PacketPastBlock);
  FileBuilder option(false);
  option.sectionHeader().beginBlock(1).u16(1).u16(0).u32(0).u16(2).u16(500).u32(0).endBlock();
  EXPECT_EQ(readAll(option.bytes()).error->problem, CaptureProblem::OptionPastBlock);
  FileBuilder name(false);
  name.sectionHeader()
      .beginBlock(1)
      .u16(1)
      .u16(0)
      .u32(0)
      .option(2, std::string(2000, 'x'))
      .endBlock();
  EXPECT_EQ(readAll(name.bytes()).error->problem, CaptureProblem::NameTooLong);
  FileBuilder version(false);
  version.u32(0xA1B2C3D4).u16(7).u16(0).zeros(16);
  EXPECT_EQ(readAll(version.bytes()).error->problem, CaptureProblem::UnsupportedVersion);
  FileBuilder many(false);
  many.sectionHeader();
  for (int i = 0; i < 5000; ++i) many.interface();
  EXPECT_EQ(readAll(many.bytes()).error->problem, CaptureProblem::TooManyInterfaces);
}

TEST(CaptureReader, everyErrorHasItsSentenceInBothLanguages) {
  for (int i = 0; i <= static_cast<int>(CaptureProblem::NameTooLong); ++i) {
    const CaptureError error{static_cast<CaptureProblem>(i), 12, 34};
    EXPECT_GT(error.text(Language::English).size(), 20u) << i;
    EXPECT_GT(error.text(Language::Chinese).size(), 20u) << i;
    EXPECT_EQ(error.text(Language::English).find("{}"), std::string::npos) << i;
  }
}

TEST(CaptureReader, everyTruncationGivesThePacketsBeforeItAndAnErrorOrTheEnd) {
  FileBuilder ng(false);
  ng.sectionHeader().interface();
  FileBuilder old(false);
  old.pcapHeader(0xA1B2C3D4, 1);
  for (int i = 0; i < 3; ++i) {
    ng.beginBlock(6).u32(0).u32(0).u32(1).u32(4).u32(4).raw(kFourBytes).option(1, "why").endBlock();
    old.pcapRecord({1, 2, 4}, kFourBytes);
  }
  for (const std::string& whole : {ng.bytes(), old.bytes()}) {
    ASSERT_EQ(readAll(whole).packets.size(), 3u);
    int ends = 0;
    for (std::size_t size = 0; size < whole.size(); ++size) {
      const ReadResult result = readAll(whole.substr(0, size));
      if (!result.error)
        ++ends;
      else
        EXPECT_EQ(result.error->problem, CaptureProblem::Truncated) << size;
      EXPECT_LT(result.packets.size(), 3u);
    }
    EXPECT_LE(ends, 4) << "only between blocks is the end a good one";
  }
}

}  // namespace
}  // namespace hw::trace
