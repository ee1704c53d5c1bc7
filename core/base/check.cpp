#include "core/base/check.h"

#include <atomic>
#include <cstdio>
#include <cstdlib>

namespace hw {
namespace {
std::atomic<CheckHandler> currentHandler{nullptr};
}

CheckHandler setCheckHandler(CheckHandler handler) { return currentHandler.exchange(handler); }

void checkFailed(const char* condition, const char* file, int line) {
  if (CheckHandler handler = currentHandler.load()) handler(condition, file, line);
  std::fprintf(stderr, "%s:%d: check failed: %s\n", file, line, condition);
  std::abort();
}

}  // namespace hw
