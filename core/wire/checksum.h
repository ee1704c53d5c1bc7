// The Internet checksum (RFC 1071), its incremental update (RFC 1624) and the CRC-32 of Ethernet.
#pragma once

#include <cstdint>

#include "core/base/bytes.h"

namespace hw {

/// The one's complement sum of 16-bit words, not yet complemented. Pieces may be summed in turn as
/// long as every piece but the last has an even size.
class ChecksumSum {
 public:
  constexpr void add16(std::uint16_t word) { m_sum += word; }
  constexpr void add32(std::uint32_t words) { m_sum += (words >> 16) + (words & 0xFFFF); }
  void add(ByteView bytes);
  /// The checksum field: the complement of the folded sum.
  std::uint16_t checksum() const;

 private:
  std::uint64_t m_sum = 0;
};

/// checksum(bytes) == 0 for bytes that contain their own correct checksum.
std::uint16_t internetChecksum(ByteView bytes);

/// RFC 1624 equation 3: HC' = ~(~HC + ~m + m') when the 16-bit word `before` becomes `after`.
constexpr std::uint16_t updateChecksum(std::uint16_t checksum, std::uint16_t before,
                                       std::uint16_t after) {
  std::uint32_t sum = static_cast<std::uint16_t>(~checksum) +
                      static_cast<std::uint32_t>(static_cast<std::uint16_t>(~before)) + after;
  sum = (sum >> 16) + (sum & 0xFFFF);
  sum = (sum >> 16) + (sum & 0xFFFF);
  return static_cast<std::uint16_t>(~sum);
}

/// CRC-32 (IEEE 802.3 3.2.9) of the bytes in order, as transmitted in the FCS.
std::uint32_t frameCheckSequence(ByteView bytes);

}  // namespace hw
