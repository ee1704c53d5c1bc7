// Numbers of the pcapng format that reader and writer share.
#pragma once

#include <cstdint>

namespace hw::trace::pcapng {

inline constexpr std::uint32_t kByteOrderMagic = 0x1A2B3C4D;
inline constexpr std::uint16_t kMajorVersion = 1;
/// The least section header block.
inline constexpr std::uint32_t kSectionBytes = 28;

enum BlockType : std::uint32_t {
  kSectionHeader = 0x0A0D0D0A,
  kInterfaceDescription = 1,
  kOldPacket = 2,
  kSimplePacket = 3,
  kInterfaceStatistics = 5,
  kEnhancedPacket = 6
};

/// Option codes; most mean different things in different blocks.
inline constexpr std::uint16_t kEndOfOptions = 0;
inline constexpr std::uint16_t kComment = 1;
inline constexpr std::uint16_t kSectionApplication = 4;
inline constexpr std::uint16_t kInterfaceName = 2;
inline constexpr std::uint16_t kInterfaceText = 3;
inline constexpr std::uint16_t kInterfaceSpeed = 8;
inline constexpr std::uint16_t kTimeResolution = 9;
inline constexpr std::uint16_t kTimeOffset = 14;
inline constexpr std::uint16_t kPacketFlags = 2;

}  // namespace hw::trace::pcapng
