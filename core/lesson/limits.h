// What a lesson may cost before it is refused, and what looking at the network for it may cost.
// A lesson comes from strangers: whatever stands in it, loading takes well under a second and a check
// some milliseconds.
#pragma once

#include <cstddef>
#include <cstdint>

#include "core/base/time.h"

namespace hw::lesson {

/// Bytes of one language's file.
inline constexpr std::size_t kMaxFileBytes = 256 * 1024;
inline constexpr std::size_t kMaxSteps = 60;
/// Texts and directives of one step.
inline constexpr std::size_t kMaxBlocks = 60;
/// Bytes of one text or directive.
inline constexpr std::size_t kMaxBlockBytes = 16 * 1024;
inline constexpr std::size_t kMaxChoices = 8;
inline constexpr std::size_t kMaxIdBytes = 40;
/// Lists, quotations and emphasis within each other.
inline constexpr int kMaxMarkdownDepth = 12;
/// Bytes of HTML that one text may become.
inline constexpr std::size_t kMaxHtmlBytes = 128 * 1024;
/// Bytes, parts and nesting of an expression.
inline constexpr std::size_t kMaxExpressionBytes = 500;
inline constexpr std::size_t kMaxExpressionParts = 120;
inline constexpr int kMaxExpressionDepth = 16;
/// Expressions in the running text of one step: {value}`...`.
inline constexpr std::size_t kMaxValues = 60;
/// Bytes of a command line that a lesson may type.
inline constexpr std::size_t kMaxCommandBytes = 200;

/// Errors of a file that are reported, and so many warnings.
inline constexpr std::size_t kMaxProblems = 20;

/// Frames that all expressions of a step together may look at, the newest first.
inline constexpr std::size_t kMaxFramesSeen = 20'000;
/// What trying a ping in a copy of the network may take; and how many are tried for a step.
inline constexpr std::uint64_t kMaxProbeEvents = 20'000;
inline constexpr Duration kMaxProbeTime = seconds(5);
inline constexpr int kMaxProbes = 8;

}  // namespace hw::lesson
