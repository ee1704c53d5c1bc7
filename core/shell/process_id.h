// How a terminal numbers programs: number 1 is the device itself.
#pragma once

#include <cstdint>

#include "core/base/id.h"

namespace hw::shell {

inline constexpr std::uint64_t kFirstPid = 2;

constexpr std::uint64_t pidOf(ProcessId id) { return id.value + kFirstPid; }
/// None if no program has this number.
constexpr ProcessId processOf(std::uint64_t pid) {
  return pid < kFirstPid || pid - kFirstPid >= ProcessId::kNone
             ? ProcessId{}
             : ProcessId{static_cast<std::uint32_t>(pid - kFirstPid)};
}

}  // namespace hw::shell
