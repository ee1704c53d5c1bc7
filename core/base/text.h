// A text of the program in its two languages, beside the id it belongs to.
#pragma once

#include <string_view>

namespace hw {

enum class Language { English, Chinese };

struct Text {
  std::string_view en;
  std::string_view zh;
  constexpr std::string_view in(Language language) const {
    return language == Language::Chinese ? zh : en;
  }
};

}  // namespace hw
