#include "core/project/text_check.h"

#include <fmt/format.h>

#include <cstdint>

namespace hw::project {
namespace {

/// The allowed second byte of a sequence (RFC 3629 4): no overlong form, no surrogate, no more than
/// U+10FFFF.
struct Lead {
  std::size_t size;
  unsigned low;
  unsigned high;
};

Lead leadOf(unsigned byte) {
  if (byte < 0x80) return {1, 0, 0};
  if (byte >= 0xC2 && byte <= 0xDF) return {2, 0x80, 0xBF};
  if (byte == 0xE0) return {3, 0xA0, 0xBF};
  if (byte == 0xED) return {3, 0x80, 0x9F};
  if (byte >= 0xE1 && byte <= 0xEF) return {3, 0x80, 0xBF};
  if (byte == 0xF0) return {4, 0x90, 0xBF};
  if (byte >= 0xF1 && byte <= 0xF3) return {4, 0x80, 0xBF};
  if (byte == 0xF4) return {4, 0x80, 0x8F};
  return {0, 0, 0};
}

constexpr bool isControl(unsigned byte) {
  return (byte < 0x20 && byte != '\t' && byte != '\n' && byte != '\r') || byte == 0x7F;
}

}  // namespace

std::optional<std::size_t> firstNoText(std::string_view bytes) {
  const auto at = [&](std::size_t i) { return static_cast<std::uint8_t>(bytes[i]); };
  for (std::size_t i = 0; i < bytes.size();) {
    const Lead lead = leadOf(at(i));
    if (lead.size == 0 || i + lead.size > bytes.size() || isControl(at(i))) return i;
    for (std::size_t k = 1; k < lead.size; ++k) {
      const unsigned low = k == 1 ? lead.low : 0x80;
      const unsigned high = k == 1 ? lead.high : 0xBF;
      if (at(i + k) < low || at(i + k) > high) return i;
    }
    i += lead.size;
  }
  return std::nullopt;
}

Problem noTextProblem(std::string_view bytes, std::size_t at, Place place) {
  return {.id = ProblemId::NotText,
          .place = place,
          .found = fmt::format("0x{:02x}", static_cast<unsigned char>(bytes[at]))};
}

}  // namespace hw::project
