// Ports whose payload the recorder's decoder (tshark 4.0) reads as a protocol of its own, so that a
// story has no layer "data" for it.
#pragma once

#include <algorithm>
#include <cstdint>
#include <iterator>

namespace hw::oracle {

/// Decoders that take whatever comes.
inline constexpr std::uint64_t kReadAlways[] = {13, 19, 37, 53, 67, 68, 69, 123, 137, 138, 514, 5353};

/// True if the payload of `size` bytes between these ports is no mere data.
inline bool isReadFurther(std::uint64_t a, std::uint64_t b, std::uint64_t size) {
  for (const std::uint64_t port : {a, b}) {
    if (std::find(std::begin(kReadAlways), std::end(kReadAlways), port) != std::end(kReadAlways)) return true;
    // Decoders that look at the length first.
    if ((port == 5000 && size == 4) || (port == 5001 && size < 4) || (port == 4000 && size == 1)) return true;
    if (port == 3000 && size >= 12) return true;
  }
  return false;
}

}  // namespace hw::oracle
