#include "core/wire/address.h"

#include <fmt/format.h>

#include <charconv>
#include <vector>

namespace hw {
namespace {

template <class T> std::optional<T> number(std::string_view text, int base) {
  T value{};
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value, base);
  if (error != std::errc{} || end != text.data() + text.size()) return std::nullopt;
  return value;
}

}  // namespace

std::optional<MacAddress> MacAddress::parse(std::string_view text) {
  if (text.size() != 17) return std::nullopt;
  MacAddress mac;
  for (std::size_t i = 0; i < 17; i += 3) {
    const auto byte = number<unsigned>(text.substr(i, 2), 16);
    if (!byte || (i < 15 && text[i + 2] != ':' && text[i + 2] != '-')) return std::nullopt;
    mac.value = mac.value << 8 | *byte;
  }
  return mac;
}

std::string MacAddress::text() const {
  const auto byte = [this](int i) { return static_cast<unsigned>(value >> (40 - 8 * i) & 0xFF); };
  return fmt::format("{:02x}:{:02x}:{:02x}:{:02x}:{:02x}:{:02x}", byte(0), byte(1), byte(2), byte(3),
                     byte(4), byte(5));
}

std::optional<Ipv4Address> Ipv4Address::parse(std::string_view text) {
  Ipv4Address address;
  for (int i = 0; i < 4; ++i) {
    const std::size_t dot = text.find('.');
    if ((dot == std::string_view::npos) != (i == 3)) return std::nullopt;
    const auto part = number<unsigned>(text.substr(0, dot), 10);
    if (!part || *part > 255) return std::nullopt;
    address.value = address.value << 8 | *part;
    if (i < 3) text.remove_prefix(dot + 1);
  }
  return address;
}

std::string Ipv4Address::text() const {
  return fmt::format("{}.{}.{}.{}", value >> 24, value >> 16 & 255, value >> 8 & 255, value & 255);
}

std::optional<Ipv4Prefix> Ipv4Prefix::parse(std::string_view text) {
  if (text == "default" || text == "0/0") return Ipv4Prefix{};
  const std::size_t slash = text.find('/');
  const auto address = Ipv4Address::parse(text.substr(0, slash));
  if (!address) return std::nullopt;
  if (slash == std::string_view::npos) return Ipv4Prefix{*address, 32};
  const auto length = number<unsigned>(text.substr(slash + 1), 10);
  if (!length || *length > 32) return std::nullopt;
  return Ipv4Prefix{*address, static_cast<std::uint8_t>(*length)};
}

std::string Ipv4Prefix::text() const { return fmt::format("{}/{}", address.text(), length); }

namespace {

constexpr int kGroups = 8;  // of 16 bits

std::array<unsigned, kGroups> groupsOf(const Ipv6Address& address) {
  std::array<unsigned, kGroups> groups{};
  for (int i = 0; i < kGroups; ++i)
    groups[static_cast<std::size_t>(i)] = static_cast<unsigned>((i < 4 ? address.high : address.low) >> (48 - 16 * (i % 4)) & 0xFFFF);
  return groups;
}

/// Groups between colons; an IPv4 address at the end of all is two of them.
std::optional<std::vector<unsigned>> readGroups(std::string_view text, bool last) {
  std::vector<unsigned> groups;
  while (!text.empty()) {
    const std::size_t colon = text.find(':');
    const std::string_view part = text.substr(0, colon);
    if (last && colon == text.npos && part.find('.') != part.npos) {
      const auto tail = Ipv4Address::parse(part);
      if (!tail) return std::nullopt;
      groups.push_back(tail->value >> 16);
      groups.push_back(tail->value & 0xFFFF);
    } else {
      const auto group = part.size() <= 4 ? number<unsigned>(part, 16) : std::nullopt;
      if (!group) return std::nullopt;
      groups.push_back(*group);
    }
    if (groups.size() > kGroups || colon + 1 == text.size()) return std::nullopt;
    if (colon == text.npos) break;
    text.remove_prefix(colon + 1);
  }
  return groups;
}

}  // namespace

std::optional<Ipv6Address> Ipv6Address::parse(std::string_view text) {
  const std::size_t gap = text.find("::");
  const auto front = readGroups(text.substr(0, gap), gap == text.npos);
  if (!front) return std::nullopt;
  std::vector<unsigned> groups = *front;
  if (gap == text.npos) {
    if (groups.size() != kGroups) return std::nullopt;
  } else {
    const auto back = readGroups(text.substr(gap + 2), true);
    // "::" stands for at least one group.
    if (!back || groups.size() + back->size() >= kGroups) return std::nullopt;
    groups.resize(kGroups - back->size());
    groups.insert(groups.end(), back->begin(), back->end());
  }
  Ipv6Address address;
  for (int i = 0; i < kGroups; ++i) {
    std::uint64_t& half = i < 4 ? address.high : address.low;
    half = half << 16 | groups[static_cast<std::size_t>(i)];
  }
  return address;
}

std::string Ipv6Address::text() const {
  const auto groups = groupsOf(*this);
  // inet_ntop writes the last 32 bits of mapped and of old compatible addresses in dots.
  const bool mapped = high == 0 && low >> 32 == 0xFFFF;
  const bool compatible = high == 0 && low >> 32 == 0 && low >> 16 != 0;
  if (mapped || compatible)
    return (mapped ? "::ffff:" : "::") + Ipv4Address{static_cast<std::uint32_t>(low)}.text();
  std::size_t start = kGroups, longest = 1;
  for (std::size_t i = 0; i < kGroups; ++i) {
    std::size_t end = i;
    while (end < kGroups && groups[end] == 0) ++end;
    if (end - i > longest) start = i, longest = end - i;
  }
  std::string text;
  for (std::size_t i = 0; i < kGroups; ++i) {
    if (i == start) {
      text += "::";
      i += longest - 1;
      continue;
    }
    if (!text.empty() && text.back() != ':') text += ':';
    text += fmt::format("{:x}", groups[i]);
  }
  return text;
}

std::optional<Ipv6Prefix> Ipv6Prefix::parse(std::string_view text) {
  if (text == "default") return Ipv6Prefix{};
  const std::size_t slash = text.find('/');
  const auto address = Ipv6Address::parse(text.substr(0, slash));
  if (!address) return std::nullopt;
  if (slash == std::string_view::npos) return Ipv6Prefix{*address, 128};
  const auto length = number<unsigned>(text.substr(slash + 1), 10);
  if (!length || *length > 128) return std::nullopt;
  return Ipv6Prefix{*address, static_cast<std::uint8_t>(*length)};
}

std::string Ipv6Prefix::text() const { return fmt::format("{}/{}", address.text(), length); }

}  // namespace hw
