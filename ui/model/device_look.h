// How a device is shown: one place for the canvas, the device page and screen readers.
#pragma once

#include <QString>

#include "core/lens/cards.h"

namespace hw::model {

/// The name of its icon.
QString iconOf(const lens::NodeCard& card);
/// What kind of device it is, in the reader's language.
QString kindText(const lens::NodeCard& card, Language language);

}  // namespace hw::model
