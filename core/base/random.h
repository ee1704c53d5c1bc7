// Deterministic random streams: one per link and per device, made from (seed, id).
// No std::*_distribution: their results differ between standard libraries.
#pragma once

#include <cstdint>

#include "core/base/fields.h"

namespace hw {

/// SplitMix64 (Steele, Lea, Flood 2014): 64 bits of state, passes BigCrush, trivially copyable.
class RandomStream {
 public:
  constexpr RandomStream() = default;
  constexpr RandomStream(std::uint64_t seed, std::uint64_t id)
      : m_state(mix(seed + 0x9E3779B97F4A7C15u) ^ mix(id * 0xD1B54A32D192ED03u + 1)) {}

  constexpr std::uint64_t next() {
    m_state += 0x9E3779B97F4A7C15u;
    return mix(m_state);
  }
  /// Uniform in [0, bound) by multiplication; the bias is below bound / 2^64.
  constexpr std::uint64_t below(std::uint64_t bound) {
    __extension__ using Wide = unsigned __int128;
    return static_cast<std::uint64_t>((static_cast<Wide>(next()) * bound) >> 64);
  }
  /// Uniform in [low, high].
  constexpr std::int64_t between(std::int64_t low, std::int64_t high) {
    return low + static_cast<std::int64_t>(below(static_cast<std::uint64_t>(high - low) + 1));
  }
  bool operator==(const RandomStream&) const = default;

  template <class Self, class Visitor> static void visitFields(Self& self, Visitor&& visit) {
    visit("state", self.m_state);
  }

 private:
  static constexpr std::uint64_t mix(std::uint64_t z) {
    z = (z ^ (z >> 30)) * 0xBF58476D1CE4E5B9u;
    z = (z ^ (z >> 27)) * 0x94D049BB133111EBu;
    return z ^ (z >> 31);
  }
  std::uint64_t m_state = 0;
};

}  // namespace hw
