// Who talks with whom.
#pragma once

#include <cstdint>

#include "core/wire/address.h"

namespace hw::dissect {

/// An address of either version.
struct HostAddress {
  std::uint64_t high = 0;
  std::uint64_t low = 0;
  bool six = false;
  constexpr HostAddress() = default;
  constexpr HostAddress(Ipv4Address address) : low(address.value) {}
  constexpr HostAddress(Ipv6Address address) : high(address.high), low(address.low), six(true) {}
  constexpr Ipv6Address ipv6() const { return {high, low}; }
  constexpr Ipv4Address ipv4() const { return {static_cast<std::uint32_t>(low)}; }
  auto operator<=>(const HostAddress&) const = default;
};

struct Endpoint {
  HostAddress address;
  std::uint16_t port = 0;
  auto operator<=>(const Endpoint&) const = default;
};

/// Two endpoints without direction: the lower one first.
struct Conversation {
  Endpoint low;
  Endpoint high;
  static Conversation between(Endpoint a, Endpoint b) {
    return a < b ? Conversation{a, b} : Conversation{b, a};
  }
  auto operator<=>(const Conversation&) const = default;
};

}  // namespace hw::dissect
