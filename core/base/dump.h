// A value as text, one line per leaf ("devices[2].arp.entries[0].mac = 02:00:..."), made from the
// field lists. The difference of two values is the first line that is not the same.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "core/base/hash.h"

namespace hw {

struct DumpLine {
  std::string path;
  std::string value;
  bool operator==(const DumpLine&) const = default;
};

using Dump = std::vector<DumpLine>;

std::string hexText(ByteView bytes);

template <class T> void dumpInto(Dump& out, const std::string& path, const T& value) {
  const auto leaf = [&](std::string text) { out.push_back({path, std::move(text)}); };
  if constexpr (requires { value.text(); }) {
    leaf(std::string(value.text()));
  } else if constexpr (HasFields<const T>) {
    T::visitFields(value, [&](const char* name, const auto& field) {
      dumpInto(out, path.empty() ? name : path + "." + name, field);
    });
  } else if constexpr (std::is_enum_v<T>) {
    leaf(std::to_string(static_cast<std::int64_t>(value)));
  } else if constexpr (std::is_integral_v<T>) {
    leaf(std::to_string(value));
  } else if constexpr (std::is_same_v<T, std::string> || std::is_same_v<T, std::string_view>) {
    leaf(std::string(value));
  } else if constexpr (std::is_same_v<T, Time> || std::is_same_v<T, Duration>) {
    leaf(std::to_string(value.ns) + "ns");
  } else if constexpr (std::is_same_v<T, Bytes>) {
    leaf(hexText(value.view()));
  } else if constexpr (detail::isId<T>) {
    leaf(value.valid() ? std::to_string(value.value) : "none");
  } else if constexpr (detail::isCow<T>) {
    dumpInto(out, path, *value);
  } else if constexpr (detail::isOptional<T>) {
    if (value) dumpInto(out, path, *value);
    else leaf("nothing");
  } else if constexpr (detail::isVariant<T>) {
    leaf("alternative " + std::to_string(value.index()));
    std::visit([&](const auto& one) { dumpInto(out, path, one); }, value);
  } else if constexpr (detail::isMap<T>) {
    leaf("map of " + std::to_string(value.size()));
    std::size_t i = 0;
    for (const auto& [key, one] : value) {
      dumpInto(out, path + "[" + std::to_string(i) + "].key", key);
      dumpInto(out, path + "[" + std::to_string(i++) + "]", one);
    }
  } else if constexpr (detail::isVector<T> || detail::isArray<T>) {
    leaf("list of " + std::to_string(value.size()));
    std::size_t i = 0;
    for (const auto& one : value) dumpInto(out, path + "[" + std::to_string(i++) + "]", one);
  } else if constexpr (std::is_same_v<T, std::monostate>) {
    leaf("empty");
  } else {
    value.dumpInto(out, path);
  }
}

template <class T> Dump dumpOf(const T& value) {
  Dump out;
  dumpInto(out, "", value);
  return out;
}

struct Difference {
  std::string path;
  std::string here;   ///< the value in the first dump, or "nothing"
  std::string there;  ///< the value in the second
};

/// The first line in which two dumps differ, or nothing.
std::optional<Difference> firstDifference(const Dump& a, const Dump& b);

}  // namespace hw
