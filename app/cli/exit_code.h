// What the commands end with, besides 0.
#pragma once

namespace hw::cli {

inline constexpr int kFailed = 1;    ///< it was tried and did not succeed
inline constexpr int kUnusable = 2;  ///< what was given can't be used: a file, a name, an option

}  // namespace hw::cli
