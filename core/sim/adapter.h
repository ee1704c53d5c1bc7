// What a half-duplex interface has to send: on a wire that others use too a frame waits until it is quiet there.
#pragma once

#include <vector>

#include "core/proto/medium/medium.h"
#include "core/wire/frame.h"

namespace hw {

/// A frame that has been handed over to be sent.
struct WaitingFrame {
  Time readyAt;                        ///< later than it came if a queueing discipline holds it back
  std::uint64_t since = 0;             ///< the event that the datagram in it has been here since
  bool continuesArrival = false;       ///< ... and whether it came with a frame that arrived then
  Frame frame;
  HW_FIELDS(WaitingFrame, readyAt, since, continuesArrival, frame)
};

struct Adapter {
  medium::Station station;
  std::vector<WaitingFrame> frames;  ///< the first one is the station's; at most kTransmitQueue
  std::uint32_t bytes = 0;           ///< of all frames
  Time wakeAt = kNever;              ///< the entry in the queue that counts
  HW_FIELDS(Adapter, station, frames, bytes, wakeAt)
};

/// As many frames as wait in front of an interface by default (txqueuelen).
inline constexpr std::size_t kTransmitQueue = 1000;

}  // namespace hw
