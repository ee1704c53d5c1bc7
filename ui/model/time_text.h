// Virtual time as people read it.
#pragma once

#include <QString>

#include "core/base/time.h"

namespace hw::model {

/// "0.000 021 344 s": nanoseconds in groups of three, so that moments can be compared by eye.
QString timeText(Time time);

}  // namespace hw::model
