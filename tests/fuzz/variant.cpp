#include "tests/fuzz/variant.h"

std::string_view hw::fuzz::variant() { return HOPWISE_VARIANT; }
