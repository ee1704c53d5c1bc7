// What devices did to frames in the shown beat: header fields rewritten, frames dropped.
#pragma once

#include <vector>

#include "ui/model/snapshot.h"

namespace hw::model {

/// More than so many are no longer readable on a canvas.
inline constexpr std::size_t kMaxHappenings = 12;

/// Of the beat that is displayed, in the order of events.
std::vector<Happening> happeningsOf(const Session& session, Language language);

}  // namespace hw::model
