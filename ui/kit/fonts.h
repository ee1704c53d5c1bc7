// The letters of the window. One family has Latin and Chinese of one design, so that a change of the
// language moves nothing.
#pragma once

#include <QFont>

namespace hw::kit {

enum class TextSize { Small, Normal, Title };

QFont textFont(TextSize size = TextSize::Normal, bool bold = false);
/// Letters of one width: addresses, bytes, the terminal.
QFont monoFont(TextSize size = TextSize::Normal);

}  // namespace hw::kit
