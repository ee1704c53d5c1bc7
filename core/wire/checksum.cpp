#include "core/wire/checksum.h"

#include <array>

#include "core/wire/byte_order.h"

namespace hw {

void ChecksumSum::add(ByteView bytes) {
  std::size_t i = 0;
  for (; i + 4 <= bytes.size(); i += 4) m_sum += load32(bytes.data() + i);
  for (; i + 2 <= bytes.size(); i += 2) m_sum += load16(bytes.data() + i);
  if (i < bytes.size()) m_sum += static_cast<std::uint64_t>(bytes[i]) << 8;
}

std::uint16_t ChecksumSum::checksum() const {
  std::uint64_t sum = (m_sum >> 32) + (m_sum & 0xFFFF'FFFF);
  sum = (sum >> 16) + (sum & 0xFFFF);
  sum = (sum >> 16) + (sum & 0xFFFF);
  sum = (sum >> 16) + (sum & 0xFFFF);
  return static_cast<std::uint16_t>(~sum);
}

std::uint16_t internetChecksum(ByteView bytes) {
  ChecksumSum sum;
  sum.add(bytes);
  return sum.checksum();
}

namespace {
constexpr std::array<std::uint32_t, 256> makeCrcTable() {
  std::array<std::uint32_t, 256> table{};
  for (std::uint32_t i = 0; i < 256; ++i) {
    std::uint32_t c = i;
    for (int bit = 0; bit < 8; ++bit) c = (c & 1) != 0 ? 0xEDB88320u ^ (c >> 1) : c >> 1;
    table[i] = c;
  }
  return table;
}
constexpr auto kCrcTable = makeCrcTable();
}  // namespace

std::uint32_t frameCheckSequence(ByteView bytes) {
  std::uint32_t crc = 0xFFFF'FFFFu;
  for (std::uint8_t byte : bytes) crc = kCrcTable[(crc ^ byte) & 0xFF] ^ (crc >> 8);
  return ~crc;
}

}  // namespace hw
