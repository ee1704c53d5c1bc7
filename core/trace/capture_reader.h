// Reads pcap and pcapng, packet by packet, in both byte orders. Memory is bounded by one packet and
// the list of interfaces, whatever the file claims.
//
//   auto reader = CaptureReader::open(file);
//   while (auto packet = reader->next()) { if (!*packet) break; use(**packet); }
#pragma once

#include <istream>
#include <optional>

#include "core/trace/file_bytes.h"

namespace hw::trace {

/// How an interface counts time.
struct TimeScale {
  std::uint8_t resolution = 6;  ///< 10^-n seconds, or 2^-n if the top bit is set
  std::int64_t offsetSeconds = 0;
  /// Nanoseconds since 1970-01-01; beyond the years 1678 to 2262 the nearest of them.
  std::int64_t nanoseconds(std::uint64_t ticks) const;
};

class CaptureReader {
 public:
  /// Reads the head of the file. `in` must stay while the reader is used.
  static Expected<CaptureReader, CaptureError> open(std::istream& in);

  /// The next packet, nothing at the end, or why the file cannot be read further.
  Expected<std::optional<CapturePacket>, CaptureError> next();
  /// All interfaces described so far; a pcap file has one.
  const std::vector<CaptureInterface>& interfaces() const { return m_interfaces; }

 private:
  struct Block {
    std::uint32_t type = 0;
    std::uint64_t offset = 0;
    std::vector<std::uint8_t> body;
  };
  struct Scale {
    TimeScale time;
    std::uint32_t snapLength = 0;
  };
  using Status = Expected<void, CaptureError>;
  using Next = Expected<std::optional<CapturePacket>, CaptureError>;

  explicit CaptureReader(std::istream& in) : m_bytes(in) {}
  Status readPcapHeader(std::uint32_t magic);
  Next nextPcapRecord();
  Status readSectionHeader(std::uint64_t offset);
  Next nextPcapngPacket();
  Expected<std::uint32_t, CaptureError> readBlockLength(std::uint64_t offset);
  Status readBody(Block& block, std::uint32_t length);
  Status finishBlock(std::uint32_t length);
  Status addInterface(const Block& block);
  Next enhancedPacket(const Block& block);
  Next simplePacket(const Block& block);
  Next oldPacket(const Block& block);

  FileBytes m_bytes;
  ByteOrder m_order;
  bool m_pcapng = false;
  std::vector<CaptureInterface> m_interfaces;
  std::vector<Scale> m_scales;
  std::size_t m_firstOfSection = 0;
};

}  // namespace hw::trace
