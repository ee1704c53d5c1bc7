// Typed identities. An id is an index that survives delete and undo; ids of two kinds never mix.
#pragma once

#include <compare>
#include <cstdint>

namespace hw {

template <class Tag> struct Id {
  static constexpr std::uint32_t kNone = UINT32_MAX;
  std::uint32_t value = kNone;
  constexpr auto operator<=>(const Id&) const = default;
  constexpr bool valid() const { return value != kNone; }
};

using DeviceId = Id<struct DeviceTag>;
using LinkId = Id<struct LinkTag>;
/// Index of an interface within its device (0 is lo).
using InterfaceId = Id<struct InterfaceTag>;
using SocketId = Id<struct SocketTag>;
using ProcessId = Id<struct ProcessTag>;

}  // namespace hw
