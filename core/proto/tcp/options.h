// The options of a segment as values: read from bytes, written in the order of Linux.
#pragma once

#include <array>
#include <optional>
#include <span>

#include "core/base/bytes.h"
#include "core/base/hash.h"
#include "core/proto/tcp/tcp_options_wire.h"

namespace hw::tcp {

inline constexpr std::uint32_t kMaxOptions = 40;  ///< RFC 9293 3.1
inline constexpr std::uint32_t kTimestampsSize = 12;  ///< with the two bytes that align them
inline constexpr std::size_t kMaxSackBlocks = 4;
inline constexpr std::uint8_t kMaxWindowScale = 14;  ///< RFC 7323 2.3

/// Bytes [left, right) that have arrived (RFC 2018 3).
struct SackBlock {
  std::uint32_t left = 0;
  std::uint32_t right = 0;
  HW_FIELDS(SackBlock, left, right)
};

struct Stamps {
  std::uint32_t value = 0;
  std::uint32_t echo = 0;
  HW_FIELDS(Stamps, value, echo)
};

struct Options {
  std::optional<std::uint16_t> mss;
  std::optional<std::uint8_t> windowScale;
  bool sackPermitted = false;
  std::optional<Stamps> stamps;
  std::array<SackBlock, kMaxSackBlocks> sack{};
  std::uint8_t sackCount = 0;
  HW_FIELDS(Options, mss, windowScale, sackPermitted, stamps, sack, sackCount)
};

/// What can be read of an option list; it ends at the first option that does not fit. Options that only a SYN may have are
/// passed over in other segments.
Options readOptions(ByteView bytes, bool syn);
/// Writes the options; result: how many bytes, a multiple of 4, 40 at most.
std::uint32_t writeOptions(const Options& options, std::span<std::uint8_t, kMaxOptions> out);

}  // namespace hw::tcp
