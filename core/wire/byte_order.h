// Big-endian loads and stores of 1 to 8 bytes (RFC 791 appendix B: network order).
#pragma once

#include <cstdint>

namespace hw {

template <int Bytes> constexpr std::uint64_t loadBig(const std::uint8_t* at) {
  std::uint64_t value = 0;
  for (int i = 0; i < Bytes; ++i) value = value << 8 | at[i];
  return value;
}

template <int Bytes> constexpr void storeBig(std::uint8_t* at, std::uint64_t value) {
  for (int i = Bytes - 1; i >= 0; --i, value >>= 8) at[i] = static_cast<std::uint8_t>(value);
}

constexpr std::uint16_t load16(const std::uint8_t* at) {
  return static_cast<std::uint16_t>(loadBig<2>(at));
}
constexpr std::uint32_t load32(const std::uint8_t* at) {
  return static_cast<std::uint32_t>(loadBig<4>(at));
}
constexpr void store16(std::uint8_t* at, std::uint16_t value) { storeBig<2>(at, value); }
constexpr void store32(std::uint8_t* at, std::uint32_t value) { storeBig<4>(at, value); }

}  // namespace hw
