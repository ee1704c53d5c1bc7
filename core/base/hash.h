// The hash of a value, the same on every machine and compiler. Built from the field lists.
#pragma once

#include <array>
#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

#include "core/base/boxed.h"
#include "core/base/bytes.h"
#include "core/base/cow.h"
#include "core/base/fields.h"
#include "core/base/id.h"
#include "core/base/time.h"

namespace hw {

class Hasher {
 public:
  constexpr void add(std::uint64_t value) {
    m_hash = (m_hash ^ value) * 0x9FB21C651E98DF25u;
    m_hash ^= m_hash >> 32;
  }
  void add(ByteView bytes) {
    add(bytes.size());
    std::uint64_t word = 0;
    std::size_t i = 0;
    for (std::uint8_t byte : bytes) {
      word = word << 8 | byte;
      if (++i % 8 == 0) add(word), word = 0;
    }
    if (i % 8 != 0) add(word);
  }
  constexpr std::uint64_t result() const { return m_hash; }

 private:
  std::uint64_t m_hash = 0x243F6A8885A308D3u;
};

struct DumpLine;
template <class T> void hashInto(Hasher& h, const T& value);
template <class T> void dumpInto(std::vector<DumpLine>& out, const std::string& path, const T& value);

namespace detail {
template <class T> constexpr bool isVector = false;
template <class T, class A> constexpr bool isVector<std::vector<T, A>> = true;
template <class T> constexpr bool isArray = false;
template <class T, std::size_t N> constexpr bool isArray<std::array<T, N>> = true;
template <class T> constexpr bool isMap = false;
template <class K, class V> constexpr bool isMap<std::map<K, V>> = true;
template <class T> constexpr bool isOptional = false;
template <class T> constexpr bool isOptional<std::optional<T>> = true;
template <class T> constexpr bool isOptional<Boxed<T>> = true;
template <class T> constexpr bool isVariant = false;
template <class... T> constexpr bool isVariant<std::variant<T...>> = true;
template <class T> constexpr bool isCow = false;
template <class T> constexpr bool isCow<Cow<T>> = true;
template <class T> constexpr bool isId = false;
template <class T> constexpr bool isId<Id<T>> = true;
}  // namespace detail

template <class T> void hashInto(Hasher& h, const T& value) {
  if constexpr (HasFields<const T>) {
    T::visitFields(value, [&h](const char*, const auto& field) { hashInto(h, field); });
  } else if constexpr (std::is_enum_v<T>) {
    h.add(static_cast<std::uint64_t>(static_cast<std::underlying_type_t<T>>(value)));
  } else if constexpr (std::is_integral_v<T>) {
    h.add(static_cast<std::uint64_t>(value));
  } else if constexpr (std::is_same_v<T, std::string> || std::is_same_v<T, std::string_view>) {
    h.add(asBytes(value));
  } else if constexpr (std::is_same_v<T, Time> || std::is_same_v<T, Duration>) {
    h.add(static_cast<std::uint64_t>(value.ns));
  } else if constexpr (std::is_same_v<T, Bytes>) {
    h.add(value.view());
  } else if constexpr (detail::isId<T>) {
    h.add(value.value);
  } else if constexpr (detail::isCow<T>) {
    hashInto(h, *value);
  } else if constexpr (detail::isOptional<T>) {
    h.add(value.has_value());
    if (value) hashInto(h, *value);
  } else if constexpr (detail::isVariant<T>) {
    h.add(value.index());
    std::visit([&h](const auto& one) { hashInto(h, one); }, value);
  } else if constexpr (detail::isMap<T>) {
    h.add(value.size());
    for (const auto& [key, one] : value) hashInto(h, key), hashInto(h, one);
  } else if constexpr (detail::isVector<T> || detail::isArray<T>) {
    h.add(value.size());
    for (const auto& one : value) hashInto(h, one);
  } else if constexpr (std::is_same_v<T, std::monostate>) {
    h.add(0);
  } else {
    value.hashInto(h);
  }
}

template <class T> std::uint64_t hashOf(const T& value) {
  Hasher h;
  hashInto(h, value);
  return h.result();
}

}  // namespace hw
