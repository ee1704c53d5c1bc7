// Arithmetic of sequence numbers, which wrap around (RFC 9293 3.4).
#pragma once

#include <cstdint>

namespace hw::tcp {

constexpr bool before(std::uint32_t a, std::uint32_t b) { return static_cast<std::int32_t>(a - b) < 0; }
constexpr bool after(std::uint32_t a, std::uint32_t b) { return before(b, a); }
/// low <= seq <= high.
constexpr bool isBetween(std::uint32_t seq, std::uint32_t low, std::uint32_t high) { return high - low >= seq - low; }

}  // namespace hw::tcp
