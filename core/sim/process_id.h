// How a terminal numbers programs: number 1 is the machine itself. Those of its namespaces have numbers of their own.
#pragma once

#include <cstdint>

#include "core/sim/world.h"

namespace hw {

inline constexpr std::uint64_t kFirstPid = 2;
/// So many numbers a stack has: those of the machine come first.
inline constexpr std::uint64_t kPidsEach = 1'000'000;

/// A program and the stack that it runs on.
struct Child {
  DeviceId device;
  ProcessId process;
  bool operator==(const Child&) const = default;
};

inline std::uint64_t pidOf(const World& world, const Child& child) {
  const bool space = world.device(child.device).config().space.has_value();
  return (space ? kPidsEach * (std::uint64_t{child.device.value} + 1) : 0) + child.process.value + kFirstPid;
}
/// Nothing valid if no program can have this number at that machine.
inline Child processOf(DeviceId machine, std::uint64_t pid) {
  const std::uint64_t stack = pid / kPidsEach, number = pid % kPidsEach;
  if (number < kFirstPid || stack > DeviceId::kNone) return {};
  const DeviceId device = stack == 0 ? machine : DeviceId{static_cast<std::uint32_t>(stack - 1)};
  return {device, ProcessId{static_cast<std::uint32_t>(number - kFirstPid)}};
}

}  // namespace hw
