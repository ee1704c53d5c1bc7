#include "core/wire/checksum.h"

#include <array>
#include <bit>
#include <cstring>

#include "core/wire/byte_order.h"

namespace hw {

void ChecksumSum::add(ByteView bytes) {
  // RFC 1071 2(B): the sum may be taken in any byte order, so words are added as they lie in memory,
  // eight bytes at a time with the carries counted, and the order is put right once.
  const std::uint8_t* at = bytes.data();
  std::size_t left = bytes.size();
  std::uint64_t sum = 0, carries = 0;
  const auto take = [&sum, &carries](const std::uint8_t* from) {
    std::uint64_t word;
    std::memcpy(&word, from, 8);
    sum += word;
    carries += sum < word ? 1 : 0;
  };
  for (; left >= 32; at += 32, left -= 32) {
    take(at);
    take(at + 8);
    take(at + 16);
    take(at + 24);
  }
  sum = (sum >> 32) + (sum & 0xFFFF'FFFF) + carries;
  for (; left >= 8; at += 8, left -= 8) {
    std::uint64_t word;
    std::memcpy(&word, at, 8);
    sum += (word & 0xFFFF'FFFF) + (word >> 32);
  }
  std::uint8_t rest[8] = {};
  if (left > 0) std::memcpy(rest, at, left);
  std::uint64_t word;
  std::memcpy(&word, rest, 8);
  sum += (word & 0xFFFF'FFFF) + (word >> 32);
  sum = (sum >> 32) + (sum & 0xFFFF'FFFF);
  sum = (sum >> 16) + (sum & 0xFFFF);
  sum = (sum >> 16) + (sum & 0xFFFF);
  sum = (sum >> 16) + (sum & 0xFFFF);
  const auto folded = static_cast<std::uint16_t>(sum);
  m_sum += std::endian::native == std::endian::little ? detail::swapped(folded) : folded;
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
