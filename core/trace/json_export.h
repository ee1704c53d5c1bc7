// The journal as JSON, for other programs: one object per event, with its decisions and frames.
#pragma once

#include <ostream>

#include "core/base/text.h"
#include "core/sim/timeline.h"

namespace hw::trace {

/// Writes {"events": [...]}; docs/formats.md describes the members. False if the stream failed.
bool exportJson(const Timeline& timeline, Language language, std::ostream& out);

}  // namespace hw::trace
