// A header as a table. Schema<H> binds the members of the plain struct H to bit ranges of the wire,
// each with Wireshark's key, a label and a meaning; encode, decode and describe are derived.
//
//   template <> struct Schema<udp::Header> {
//     static constexpr SchemaInfo info{"udp", {"User Datagram Protocol", "用户数据报协议"}, "RFC 768", 8};
//     static constexpr auto fields = std::tuple{
//         bind<&udp::Header::sourcePort, 0, 16>({"udp.srcport", {"Source port", "源端口"}, {...}})};
//   };
#pragma once

#include <cstdint>
#include <tuple>
#include <type_traits>

#include "core/base/bytes.h"
#include "core/base/expected.h"
#include "core/base/text.h"
#include "core/wire/address.h"
#include "core/wire/byte_order.h"

namespace hw {

/// How a value is written for people, as Wireshark writes it. `None` is a heading without a value.
enum class Show : std::uint8_t { Dec, Hex, Bool, Mac, Ipv4, Ipv6, Bytes, Text, Seconds, UtcTime, None };

struct Field {
  std::string_view key;    ///< Wireshark's field name: "arp.opcode"
  Text label;              ///< "Opcode"
  Text meaning;            ///< one sentence for a learner
  Show show = Show::Dec;
};

struct SchemaInfo {
  std::string_view key;    ///< Wireshark's protocol name: "arp"
  Text title;
  std::string_view source; ///< "RFC 826"
  std::uint16_t bytes = 0; ///< size of the fixed part
};

/// A field bound to a member and to the bits [Bit, Bit + Width) of the header.
template <auto Member, int Bit, int Width> struct Bound {
  Field field;
  static constexpr int bit = Bit;
  static constexpr int width = Width;
  static constexpr auto member = Member;
};

template <auto Member, int Bit, int Width> constexpr Bound<Member, Bit, Width> bind(Field field) {
  return {field};
}

template <class H> struct Schema;

enum class DecodeProblem : std::uint8_t { Truncated, BadVersion, BadLength, BadChecksum };
struct DecodeError {
  DecodeProblem problem{};
  std::uint32_t at = 0;  ///< offset of the offending byte in the header
  bool operator==(const DecodeError&) const = default;
};

namespace detail {

/// The bits [bit, bit + width) at `header`; width at most 57 unless byte-aligned.
template <int Bit, int Width> constexpr std::uint64_t loadBits(const std::uint8_t* header) {
  constexpr int first = Bit / 8, last = (Bit + Width - 1) / 8;
  const std::uint64_t word = loadBig<last - first + 1>(header + first);
  constexpr int right = (last + 1) * 8 - (Bit + Width);
  if constexpr (Width == 64) return word;
  else return word >> right & ((std::uint64_t{1} << Width) - 1);
}

template <int Bit, int Width> constexpr void storeBits(std::uint8_t* header, std::uint64_t value) {
  constexpr int first = Bit / 8, last = (Bit + Width - 1) / 8, bytes = last - first + 1;
  if constexpr (Bit % 8 == 0 && Width % 8 == 0) {
    storeBig<bytes>(header + first, value);
  } else {
    constexpr int right = (last + 1) * 8 - (Bit + Width);
    constexpr std::uint64_t mask = ((std::uint64_t{1} << Width) - 1) << right;
    const std::uint64_t word = loadBig<bytes>(header + first);
    storeBig<bytes>(header + first, (word & ~mask) | (value << right & mask));
  }
}

template <class T> constexpr T fromBits(std::uint64_t bits) {
  if constexpr (std::is_same_v<T, MacAddress>) return MacAddress{bits};
  else if constexpr (std::is_same_v<T, Ipv4Address>) return Ipv4Address{static_cast<std::uint32_t>(bits)};
  else return static_cast<T>(bits);
}

template <class T> constexpr std::uint64_t toBits(const T& value) {
  if constexpr (std::is_same_v<T, MacAddress> || std::is_same_v<T, Ipv4Address>) return value.value;
  else return static_cast<std::uint64_t>(value);
}

/// One member of the header, by its Bound type (clang 14 takes no constants from references).
template <class B, class H> constexpr void loadField(H& header, const std::uint8_t* bytes) {
  auto& member = header.*B::member;
  if constexpr (std::is_same_v<std::remove_cvref_t<decltype(member)>, Ipv6Address>)
    member = {loadBig<8>(bytes + B::bit / 8), loadBig<8>(bytes + B::bit / 8 + 8)};
  else member = fromBits<std::remove_cvref_t<decltype(member)>>(loadBits<B::bit, B::width>(bytes));
}

template <class B, class H> constexpr void storeField(const H& header, std::uint8_t* bytes) {
  const auto& member = header.*B::member;
  if constexpr (std::is_same_v<std::remove_cvref_t<decltype(member)>, Ipv6Address>) {
    storeBig<8>(bytes + B::bit / 8, member.high);
    storeBig<8>(bytes + B::bit / 8 + 8, member.low);
  } else {
    storeBits<B::bit, B::width>(bytes, toBits(member));
  }
}

}  // namespace detail

/// The header at the front of `bytes`, which must hold Schema<H>::info.bytes of them.
template <class H> constexpr H load(const std::uint8_t* bytes) {
  H header{};
  std::apply(
      [&](const auto&... bound) {
        (detail::loadField<std::remove_cvref_t<decltype(bound)>>(header, bytes), ...);
      },
      Schema<H>::fields);
  return header;
}

template <class H> constexpr void store(const H& header, std::uint8_t* bytes) {
  std::apply(
      [&](const auto&... bound) {
        (detail::storeField<std::remove_cvref_t<decltype(bound)>>(header, bytes), ...);
      },
      Schema<H>::fields);
}

/// Strict decoding of the fixed part: the header, or Truncated at the first missing byte.
template <class H> Expected<H, DecodeError> decode(ByteView bytes) {
  if (bytes.size() < Schema<H>::info.bytes)
    return unexpected(DecodeError{DecodeProblem::Truncated, static_cast<std::uint32_t>(bytes.size())});
  return load<H>(bytes.data());
}

/// The description of one field as plain data, for views and for the dissector.
struct FieldView {
  const Field* field = nullptr;
  std::uint16_t bit = 0;
  std::uint16_t width = 0;
};

/// describe(): calls `visit(FieldView)` for each field in wire order as written in the table.
template <class H, class Visitor> constexpr void describe(Visitor&& visit) {
  std::apply(
      [&](const auto&... bound) {
        (visit(FieldView{&bound.field, static_cast<std::uint16_t>(bound.bit),
                         static_cast<std::uint16_t>(bound.width)}),
         ...);
      },
      Schema<H>::fields);
}

/// The field with this key, at compile time: a key that stands in no table does not compile.
template <class H> consteval const Field& fieldOf(std::string_view key) {
  const Field* found = nullptr;
  std::apply([&](const auto&... bound) { ((bound.field.key == key ? (found = &bound.field) : found), ...); },
             Schema<H>::fields);
  return *found;
}

}  // namespace hw
