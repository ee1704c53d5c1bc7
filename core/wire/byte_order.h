// Big-endian loads and stores of 1 to 8 bytes (RFC 791 appendix B: network order).
#pragma once

#include <bit>
#include <cstdint>
#include <cstring>
#include <type_traits>

namespace hw {

namespace detail {

constexpr std::uint16_t swapped(std::uint16_t v) { return __builtin_bswap16(v); }
constexpr std::uint32_t swapped(std::uint32_t v) { return __builtin_bswap32(v); }
constexpr std::uint64_t swapped(std::uint64_t v) { return __builtin_bswap64(v); }

/// Compilers do not see one load in a loop over bytes, so it is said.
template <class Word> Word loadWord(const std::uint8_t* at) {
  Word word;
  std::memcpy(&word, at, sizeof word);
  return std::endian::native == std::endian::little ? swapped(word) : word;
}
template <class Word> void storeWord(std::uint8_t* at, Word word) {
  if (std::endian::native == std::endian::little) word = swapped(word);
  std::memcpy(at, &word, sizeof word);
}

}  // namespace detail

template <int Bytes> constexpr std::uint64_t loadBig(const std::uint8_t* at) {
  if (!std::is_constant_evaluated()) {
    if constexpr (Bytes == 2) return detail::loadWord<std::uint16_t>(at);
    if constexpr (Bytes == 4) return detail::loadWord<std::uint32_t>(at);
    if constexpr (Bytes == 6)
      return std::uint64_t{detail::loadWord<std::uint32_t>(at)} << 16 |
             detail::loadWord<std::uint16_t>(at + 4);
    if constexpr (Bytes == 8) return detail::loadWord<std::uint64_t>(at);
  }
  std::uint64_t value = 0;
  for (int i = 0; i < Bytes; ++i) value = value << 8 | at[i];
  return value;
}

template <int Bytes> constexpr void storeBig(std::uint8_t* at, std::uint64_t value) {
  if (!std::is_constant_evaluated()) {
    if constexpr (Bytes == 2) return detail::storeWord(at, static_cast<std::uint16_t>(value));
    if constexpr (Bytes == 4) return detail::storeWord(at, static_cast<std::uint32_t>(value));
    if constexpr (Bytes == 6) {
      detail::storeWord(at, static_cast<std::uint32_t>(value >> 16));
      return detail::storeWord(at + 4, static_cast<std::uint16_t>(value));
    }
    if constexpr (Bytes == 8) return detail::storeWord(at, value);
  }
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
