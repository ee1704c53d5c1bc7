// Which of its variants a fuzz target is: "router" of fuzz_device_router.
#pragma once

#include <string_view>

namespace hw::fuzz {

std::string_view variant();

}  // namespace hw::fuzz
