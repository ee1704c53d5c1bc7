// Which packet to look at next while time goes on: the thread of a conversation.
#pragma once

#include "core/session/session.h"

namespace hw::model {

/// The packet of the displayed beat that carries on what `selected` was about: the same datagram on
/// its next link, else the answer of a device that it reached, else (if it is over) the first packet
/// that was sent now. `selected` itself if it is still under way or nothing was sent.
TransmissionId followed(const Session& session, TransmissionId selected);

}  // namespace hw::model
