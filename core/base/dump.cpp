#include "core/base/dump.h"

#include <algorithm>

namespace hw {

std::string hexText(ByteView bytes) {
  static constexpr char digits[] = "0123456789abcdef";
  std::string text;
  text.reserve(bytes.size() * 2);
  for (std::uint8_t byte : bytes) text += digits[byte >> 4], text += digits[byte & 15];
  return text;
}

std::optional<Difference> firstDifference(const Dump& a, const Dump& b) {
  const auto [x, y] = std::mismatch(a.begin(), a.end(), b.begin(), b.end());
  if (x == a.end() && y == b.end()) return std::nullopt;
  if (x == a.end()) return Difference{y->path, "nothing", y->value};
  if (y == b.end()) return Difference{x->path, x->value, "nothing"};
  if (x->path == y->path) return Difference{x->path, x->value, y->value};
  return Difference{x->path, x->value, "nothing (" + y->path + " is next)"};
}

}  // namespace hw
