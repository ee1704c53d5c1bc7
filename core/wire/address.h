// MAC and IPv4 addresses, prefixes. Values in host order; text as Linux and Wireshark print them.
#pragma once

#include <array>
#include <compare>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "core/base/fields.h"

namespace hw {

/// A 48-bit MAC address, kept as a number (the first byte on the wire is the highest).
struct MacAddress {
  std::uint64_t value = 0;
  static constexpr std::uint64_t kBroadcastValue = 0xFFFF'FFFF'FFFFu;
  static constexpr MacAddress broadcast() { return {kBroadcastValue}; }
  static std::optional<MacAddress> parse(std::string_view text);

  constexpr bool isBroadcast() const { return value == kBroadcastValue; }
  /// The I/G bit: multicast or broadcast (IEEE 802-2014 8.2).
  constexpr bool isGroup() const { return (value >> 40 & 1) != 0; }
  constexpr bool isZero() const { return value == 0; }
  std::string text() const;
  constexpr auto operator<=>(const MacAddress&) const = default;
  template <class Self, class V> static void visitFields(Self& self, V&& v) { v("mac", self.value); }
};

struct Ipv4Address {
  std::uint32_t value = 0;
  static constexpr Ipv4Address of(unsigned a, unsigned b, unsigned c, unsigned d) {
    return {a << 24 | b << 16 | c << 8 | d};
  }
  static std::optional<Ipv4Address> parse(std::string_view text);

  constexpr bool isAny() const { return value == 0; }
  constexpr bool isLimitedBroadcast() const { return value == 0xFFFF'FFFFu; }
  /// 224.0.0.0/4 (RFC 1112 4).
  constexpr bool isMulticast() const { return value >> 28 == 0xE; }
  /// 127.0.0.0/8 (RFC 1122 3.2.1.3).
  constexpr bool isLoopback() const { return value >> 24 == 127; }
  std::string text() const;
  constexpr auto operator<=>(const Ipv4Address&) const = default;
  template <class Self, class V> static void visitFields(Self& self, V&& v) { v("ip", self.value); }
};

/// An address with the length of its network part, 0 to 32: 192.0.2.1/24.
struct Ipv4Prefix {
  Ipv4Address address;
  std::uint8_t length = 0;

  /// "192.0.2.0/24"; a bare address is a /32; "default" and "0/0" are accepted as ip(8) does.
  static std::optional<Ipv4Prefix> parse(std::string_view text);
  constexpr std::uint32_t mask() const { return length == 0 ? 0 : ~std::uint32_t{0} << (32 - length); }
  constexpr Ipv4Address network() const { return {address.value & mask()}; }
  constexpr Ipv4Address broadcast() const { return {address.value | ~mask()}; }
  constexpr bool contains(Ipv4Address a) const { return (a.value & mask()) == (address.value & mask()); }
  /// True if no bit stands in the host part.
  constexpr bool isNetwork() const { return network() == address; }
  /// "192.0.2.0/24", a /32 with its length too.
  std::string text() const;
  HW_FIELDS(Ipv4Prefix, address, length)
  constexpr auto operator<=>(const Ipv4Prefix&) const = default;
};

}  // namespace hw
