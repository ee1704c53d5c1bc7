// VLAN tags in a frame, behind its two addresses (IEEE 802.1Q 9.6).
#pragma once

#include <cstring>

#include "core/wire/byte_order.h"
#include "core/wire/frame.h"

namespace hw {

inline constexpr std::uint32_t kTagSize = 4;

/// The frame must have its first 18 bytes in the header block.
inline void removeTag(Frame& frame) {
  std::memmove(frame.head() + kTagSize, frame.head(), 12);
  frame.popFront(kTagSize);
}

inline void addTag(Frame& frame, std::uint16_t type, std::uint16_t vlan) {
  std::uint8_t* const head = frame.pushFront(kTagSize);
  std::memmove(head, head + kTagSize, 12);
  store16(head + 12, type);
  store16(head + 14, vlan);
}

}  // namespace hw
