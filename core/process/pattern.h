// What senders send when nobody cares about the bytes.
#pragma once

#include "core/base/bytes.h"

namespace hw::process {

/// So many bytes may be asked for at once.
inline constexpr std::uint32_t kMostPattern = 1u << 20;

/// `size` bytes of 0123456789abcdef over and over, from an offset of the stream on: byte i is digit (from + i) % 16. All results are
/// slices of the same bytes, clipped to kMostPattern.
Bytes patternFrom(std::uint64_t from, std::uint32_t size);

}  // namespace hw::process
