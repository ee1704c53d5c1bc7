// What the journal holds: events, what was decided in each and which frames left.
#pragma once

#include <cstdint>
#include <span>
#include <vector>

#include "core/base/id.h"
#include "core/base/time.h"
#include "core/journal/decisions.h"
#include "core/wire/frame.h"

namespace hw {

/// Identity of a transmission: the event that sent it and its ordinal there.
struct TransmissionId {
  std::uint64_t event = UINT64_MAX;
  std::uint16_t ordinal = 0;
  bool valid() const { return event != UINT64_MAX; }
  auto operator<=>(const TransmissionId&) const = default;
  HW_FIELDS(TransmissionId, event, ordinal)
};

enum class EventKind : std::uint8_t {
  Arrival,
  Wake,
  Input,
  Medium,  ///< a half-duplex interface began to send, collided or was done; the device itself did nothing
};

/// How a sent frame relates to the frame in hand.
enum class Origin : std::uint8_t {
  Made,       ///< a frame of its own: all bytes are stored
  Same,       ///< repeated or bridged: no byte changed
  Forwarded,  ///< MACs, TTL and header checksum rewritten, all else equal
};

/// What became of a transmission on its link.
enum class Fate : std::uint8_t {
  Delivered,
  Lost,
  QueueFull,
  NoCarrier,
  PassedDown,  ///< no wire: the stack gave the frame to a virtual interface of the same device
  PassedUp,    ///< ... and got it from one
  Discarded,   ///< thrown away on purpose in front of the interface (netem)
  Waiting,     ///< handed to a half-duplex interface: what becomes of it is told later
  Collided,    ///< another signal ran into it: it is sent again, or given up
};
/// Whether a frame was seen inside a device only.
constexpr bool isPass(Fate fate) { return fate == Fate::PassedDown || fate == Fate::PassedUp; }
/// Whether a frame left its interface, as a capture there would show it.
constexpr bool reachesWire(Fate fate) {
  return fate == Fate::Delivered || fate == Fate::Lost || isPass(fate);
}
/// Whether a frame got where it was sent to.
constexpr bool arrivesThere(Fate fate) { return fate == Fate::Delivered || isPass(fate); }

struct Transmission {
  TransmissionId id;
  InterfaceId port;
  LinkId link;
  Origin origin = Origin::Made;
  Fate fate = Fate::Delivered;
  std::uint16_t decision = 0;  ///< ordinal of the decision that sent it
  /// The datagram inside came with the frame that arrived (it was cut, padded or had to wait).
  bool continuesArrival = false;
  /// The earlier event in which the frame was made and had to wait, if it had to.
  std::uint64_t waitedSince = UINT64_MAX;
  Time sent;                   ///< when the event happened
  Time departs;                ///< when the first bit enters the wire (later if it had to queue)
  Time arrives;                ///< when the last bit is received
  std::uint32_t size = 0;      ///< bytes without FCS
};

struct EventRecord {
  std::uint64_t index = 0;
  Time time;
  EventKind kind = EventKind::Wake;
  DeviceId device;
  InterfaceId port;           ///< of an arrival
  TransmissionId arrived;     ///< of an arrival: which transmission
  std::vector<std::uint64_t> decisions;  ///< words, see Decisions::visit
  std::vector<Transmission> sent;
};

/// What the simulator tells a sink about one transmission.
struct TransmissionEntry {
  Transmission what;
  const Frame* frame = nullptr;
};

/// What the simulator tells a sink about one event.
struct EventEntry {
  std::uint64_t index = 0;
  Time time;
  EventKind kind = EventKind::Wake;
  DeviceId device;
  InterfaceId port;
  TransmissionId arrived;
  std::span<const std::uint64_t> decisions;
  std::span<const TransmissionEntry> sent;
};

}  // namespace hw
