// What an expression comes to: nothing (what it asks for is not there), a truth, a number or a text.
#pragma once

#include <cstdint>
#include <string>
#include <variant>

namespace hw::lesson {

using Value = std::variant<std::monostate, bool, std::int64_t, std::string>;

inline bool isThere(const Value& value) { return !std::holds_alternative<std::monostate>(value); }
inline bool isTrue(const Value& value) {
  const bool* truth = std::get_if<bool>(&value);
  return truth && *truth;
}
/// "63", "02:00:00:04:00:02"; empty if there is nothing.
std::string textOf(const Value& value);

}  // namespace hw::lesson
