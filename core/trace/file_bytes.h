// A stream read in small, known steps, with the offset for errors. Nothing is allocated because a
// file claims a size.
#pragma once

#include <cstdint>
#include <istream>
#include <span>

#include "core/base/expected.h"
#include "core/trace/capture.h"

namespace hw::trace {

class FileBytes {
 public:
  explicit FileBytes(std::istream& in) : m_in(&in) {}

  std::uint64_t offset() const { return m_offset; }
  bool atEnd();
  /// Fills `out`, or says how many bytes are missing.
  Expected<void, CaptureError> read(std::span<std::uint8_t> out);
  Expected<void, CaptureError> skip(std::uint64_t count);
  /// An error about the bytes at `offset`.
  static CaptureError error(CaptureProblem problem, std::uint64_t offset, std::uint64_t found) {
    return {problem, offset, found};
  }

 private:
  std::istream* m_in;
  std::uint64_t m_offset = 0;
};

/// Numbers of a file that was written in either byte order.
struct ByteOrder {
  bool big = false;
  std::uint16_t u16(const std::uint8_t* at) const {
    return static_cast<std::uint16_t>(big ? at[0] << 8 | at[1] : at[1] << 8 | at[0]);
  }
  std::uint32_t u32(const std::uint8_t* at) const {
    const std::uint32_t high = u16(big ? at : at + 2), low = u16(big ? at + 2 : at);
    return high << 16 | low;
  }
  std::uint64_t u64(const std::uint8_t* at) const {
    const std::uint64_t high = u32(big ? at : at + 4), low = u32(big ? at + 4 : at);
    return high << 32 | low;
  }
};

}  // namespace hw::trace
