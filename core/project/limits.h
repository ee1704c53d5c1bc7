// What a project file may cost before it is refused. Together they keep a hostile file below 16 MB
// of memory and about a second, whatever it holds; a network of 1,000 devices needs half.
#pragma once

#include <cstddef>

namespace hw::project {

/// Bytes of the file.
inline constexpr std::size_t kMaxFileBytes = 2 * 1024 * 1024;
/// Lists and maps within each other. The format itself needs 5.
inline constexpr int kMaxDepth = 32;
/// Keys, scalars, lists and maps of the file.
inline constexpr std::size_t kMaxValues = 60'000;
/// Bytes that are read before the YAML parser must have told of a value: what one text or comment
/// may hold. yaml-cpp keeps up to 200 bytes for each byte it could not yet make sense of.
inline constexpr std::size_t kMaxUntoldBytes = 16 * 1024;
/// Bytes of a text of the document (title, label, note): written with escapes it still fits above.
inline constexpr std::size_t kMaxTextBytes = 4 * 1024;
/// Errors of a file that are reported, and so many warnings.
inline constexpr std::size_t kMaxProblems = 20;
/// Bytes of a value that are quoted in a message.
inline constexpr std::size_t kMaxQuoted = 60;

}  // namespace hw::project
