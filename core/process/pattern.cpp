#include "core/process/pattern.h"

#include <algorithm>

namespace hw::process {

Bytes patternFrom(std::uint64_t from, std::uint32_t size) {
  static const Bytes all = [] {
    std::vector<std::uint8_t> bytes(kMostPattern + 16);
    for (std::size_t i = 0; i < bytes.size(); ++i) bytes[i] = static_cast<std::uint8_t>("0123456789abcdef"[i % 16]);
    return Bytes(std::move(bytes));
  }();
  return all.slice(static_cast<std::uint32_t>(from % 16), std::min(size, kMostPattern));
}

}  // namespace hw::process
