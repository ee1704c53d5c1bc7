// Assertions that stay on in every build. A failed one ends the engine session, never the window:
// the session installs a handler that unwinds to its own boundary.
#pragma once

namespace hw {

/// Called with what failed and where. Must not return.
using CheckHandler = void (*)(const char* condition, const char* file, int line);

/// Replaces the handler of the process (default: print and abort). Result: the one before.
CheckHandler setCheckHandler(CheckHandler handler);

[[noreturn]] void checkFailed(const char* condition, const char* file, int line);

}  // namespace hw

#define HW_CHECK(condition) \
  ((condition) ? static_cast<void>(0) : ::hw::checkFailed(#condition, __FILE__, __LINE__))
