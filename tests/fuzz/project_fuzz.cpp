// Any text as a project file: it is refused with a place and a reason, or it is a document that is
// saved and loaded again as the same.
#include "core/base/check.h"
#include "core/project/load.h"
#include "core/project/save.h"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  using namespace hw;
  const std::string_view text{reinterpret_cast<const char*>(data), size};
  const auto loaded = project::loadText(text, "fuzz.hopwise");
  if (!loaded) {
    HW_CHECK(!loaded.error().problems.empty());
    return 0;
  }
  const std::string saved = project::saveText(loaded->document);
  const auto again = project::loadText(saved, "saved.hopwise");
  HW_CHECK(again.has_value());
  HW_CHECK(again->document == loaded->document);
  HW_CHECK(project::saveText(again->document) == saved);
  return 0;
}
