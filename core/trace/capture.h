// What a capture file holds, as values: interfaces and packets. Read by CaptureReader, written by
// PcapngWriter.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "core/base/text.h"

namespace hw::trace {

/// No interface is known to capture more of a packet; Wireshark has the same bound.
inline constexpr std::uint32_t kMaxPacketBytes = 262'144;
/// A block with a packet of that size and generous options. Other blocks may be longer: they are
/// skipped as a stream.
inline constexpr std::uint32_t kMaxBlockBytes = 1u << 20;
inline constexpr std::size_t kMaxInterfaces = 4096;
/// Of an interface's name or description.
inline constexpr std::size_t kMaxNameBytes = 1024;

struct CaptureInterface {
  std::string name;  ///< "h1:eth0"
  std::string description;
  std::uint16_t linkType = 1;  ///< https://www.tcpdump.org/linktypes.html: 1 is Ethernet
  std::uint64_t speed = 0;     ///< bits per second; 0: unknown
  bool operator==(const CaptureInterface&) const = default;
};

enum class Direction : std::uint8_t { Unknown = 0, Inbound = 1, Outbound = 2 };

struct CapturePacket {
  std::uint32_t interface = 0;  ///< index into the interfaces of the file
  std::int64_t timeNs = 0;      ///< since 1970-01-01
  std::vector<std::uint8_t> bytes;
  std::string comment;  ///< UTF-8
  Direction direction = Direction::Unknown;
  std::uint32_t originalLength = 0;  ///< as sent; at least bytes.size(); 0 in writing: the same
  bool operator==(const CapturePacket&) const = default;
};

enum class CaptureProblem : std::uint8_t {
  UnknownMagic,
  UnsupportedVersion,
  Truncated,
  BadByteOrder,
  BadBlockLength,
  BlockLengthsDiffer,
  BlockTooLong,
  PacketTooLong,
  PacketPastBlock,
  UnknownInterface,
  TooManyInterfaces,
  OptionPastBlock,
  NameTooLong,
};

/// Why a file cannot be read any further.
struct CaptureError {
  CaptureProblem problem{};
  std::uint64_t offset = 0;  ///< of the offending bytes in the file
  std::uint64_t found = 0;   ///< the value that stands there
  bool operator==(const CaptureError&) const = default;

  /// Where it is, what was found and what would be right.
  std::string text(Language language) const;
};

}  // namespace hw::trace
