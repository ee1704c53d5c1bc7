// MAC, IPv4 and IPv6 addresses, prefixes. Values in host order; text as Linux and Wireshark print them.
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

/// A 128-bit IPv6 address as two numbers in host order (RFC 4291).
struct Ipv6Address {
  std::uint64_t high = 0;
  std::uint64_t low = 0;
  /// Full, shortened and IPv4-mapped notation (RFC 4291 2.2); no zone.
  static std::optional<Ipv6Address> parse(std::string_view text);
  /// fe80::/64 with the modified EUI-64 of a MAC address (RFC 4291 appendix A).
  static constexpr Ipv6Address linkLocalOf(MacAddress mac) {
    const std::uint64_t upper = mac.value >> 24 ^ 0x020000u;
    return {0xFE80'0000'0000'0000u, upper << 40 | 0xFFFEull << 24 | (mac.value & 0xFFFFFF)};
  }
  /// ff02::1 and ff02::2 (RFC 4291 2.7.1).
  static constexpr Ipv6Address allNodes() { return {0xFF02'0000'0000'0000u, 1}; }
  static constexpr Ipv6Address allRouters() { return {0xFF02'0000'0000'0000u, 2}; }

  constexpr bool isAny() const { return high == 0 && low == 0; }
  constexpr bool isLoopback() const { return high == 0 && low == 1; }
  /// ff00::/8.
  constexpr bool isMulticast() const { return high >> 56 == 0xFF; }
  /// fe80::/10.
  constexpr bool isLinkLocal() const { return high >> 54 == 0x3FA; }
  /// The scope of a group: 1 interface, 2 link, 5 site, 14 global (RFC 7346).
  constexpr std::uint8_t groupScope() const { return static_cast<std::uint8_t>(high >> 48 & 0xF); }
  /// Of the link or less: never forwarded (RFC 4291 2.5.6).
  constexpr bool staysOnLink() const { return isLinkLocal() || (isMulticast() && groupScope() <= 2); }
  /// ff02::1:ff00:0 with the last 24 bits (RFC 4291 2.7.1).
  constexpr Ipv6Address solicitedNode() const { return {0xFF02'0000'0000'0000u, 0x1'FF00'0000u | (low & 0xFF'FFFF)}; }
  /// Where frames to a group go: 33:33 and its last 32 bits (RFC 2464 7).
  constexpr MacAddress groupMac() const { return {0x3333'0000'0000u | (low & 0xFFFF'FFFFu)}; }
  /// As inet_ntop(3) and RFC 5952 4 write it.
  std::string text() const;
  constexpr auto operator<=>(const Ipv6Address&) const = default;
  template <class Self, class V> static void visitFields(Self& self, V&& v) {
    v("high", self.high);
    v("low", self.low);
  }
};

/// An address with the length of its prefix, 0 to 128: 2001:db8::1/64.
struct Ipv6Prefix {
  Ipv6Address address;
  std::uint8_t length = 0;

  /// "2001:db8::/64"; a bare address is a /128; "default" and "::/0" as ip(8) does.
  static std::optional<Ipv6Prefix> parse(std::string_view text);
  constexpr Ipv6Address mask() const {
    const auto half = [](unsigned bits) { return bits == 0 ? 0 : bits >= 64 ? ~std::uint64_t{0} : ~std::uint64_t{0} << (64 - bits); };
    return {half(length), length <= 64 ? 0 : half(length - 64u)};
  }
  constexpr Ipv6Address network() const { return {address.high & mask().high, address.low & mask().low}; }
  constexpr bool contains(Ipv6Address a) const {
    return (a.high & mask().high) == network().high && (a.low & mask().low) == network().low;
  }
  std::string text() const;
  HW_FIELDS(Ipv6Prefix, address, length)
  constexpr auto operator<=>(const Ipv6Prefix&) const = default;
};

}  // namespace hw
