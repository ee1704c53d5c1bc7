#include "ui/model/follow.h"

#include <algorithm>

namespace hw::model {
namespace {

constexpr std::size_t kMaxLookedAt = 64;

/// Where the datagram was made: the same for all copies of a flood.
TransmissionId madeAs(const Session& session, TransmissionId id) {
  return lens::hopStrip(session.timeline(), session.beats(), id, id.event + 1).front().id;
}

DeviceId receiverOf(const Session& session, const lens::Flight& flight) {
  return session.timeline().world().links[flight.link.value].config.ends[1 - flight.fromEnd].device;
}

DeviceId senderOf(const Session& session, const lens::Flight& flight) {
  return session.timeline().world().links[flight.link.value].config.ends[flight.fromEnd].device;
}

/// The devices that copies of the datagram reached in the displayed beat.
std::vector<DeviceId> reachedBy(const Session& session, TransmissionId made, std::size_t shown) {
  std::vector<DeviceId> reached;
  if (shown == 0) return reached;
  auto before = lens::flightsAt(session.timeline(), session.beats(), shown - 1);
  before.resize(std::min(before.size(), kMaxLookedAt));
  for (const lens::Flight& flight : before)
    if (flight.arrivalBeat == shown && madeAs(session, flight.id) == made)
      reached.push_back(receiverOf(session, flight));
  return reached;
}

}  // namespace

TransmissionId followed(const Session& session, TransmissionId selected) {
  if (session.beat() == 0) return selected;
  const std::size_t shown = session.beat() - 1;
  auto flights = lens::flightsAt(session.timeline(), session.beats(), shown);
  flights.resize(std::min(flights.size(), kMaxLookedAt));
  std::erase_if(flights, [&](const lens::Flight& one) {
    return one.sentBeat != shown && one.id != selected;
  });
  if (flights.empty()) return selected;
  if (!selected.valid()) return flights.front().id;
  const TransmissionId made = madeAs(session, selected);
  for (const lens::Flight& one : flights)
    if (one.id == selected || madeAs(session, one.id) == made) return one.id;
  const auto reached = reachedBy(session, made, shown);
  for (const lens::Flight& one : flights)
    if (std::count(reached.begin(), reached.end(), senderOf(session, one)) != 0) return one.id;
  return flights.front().id;
}

}  // namespace hw::model
