#include "core/wire/address.h"

#include <fmt/format.h>

#include <charconv>

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

}  // namespace hw
