// What the files of this room share about transmissions.
#pragma once

#include "core/lens/packets.h"

namespace hw::lens {

/// The event in which a transmission arrived, among those known. O(events until then).
std::optional<std::uint64_t> arrivalOf(const Journal& journal, const Transmission& what);
PacketRow rowOf(const Timeline& timeline, const BeatMap& beats, const EventRecord& event, const Transmission& what);

}  // namespace hw::lens
