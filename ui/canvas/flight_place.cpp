#include "ui/canvas/flight_place.h"

#include <algorithm>

namespace hw::canvas {
namespace {

/// Where a packet that does not arrive stays.
double stopOf(Fate fate) { return fate == Fate::Lost ? 0.5 : 0.12; }

/// Signals that collide meet where their wires do: they are there while the beat is displayed.
constexpr double kMeeting = 0.88;

}  // namespace

std::optional<FlightPlace> placeOf(const lens::Flight& flight, double moment) {
  const double left = moment + 0.5 - static_cast<double>(flight.sentBeat);
  const auto beats = static_cast<double>(std::max(flight.arrivalBeat, flight.sentBeat + 1) - flight.sentBeat);
  const double way = left / beats;
  if (way < 0 || way > 1) return std::nullopt;
  if (flight.fate == Fate::Delivered) return FlightPlace{way, 1, false};
  const double opacity = way <= 0.5 ? 1 : 2 - 2 * way;
  if (flight.fate == Fate::Collided) return FlightPlace{std::min(way * 2, 1.0) * kMeeting, opacity, way >= 0.45};
  const double stop = stopOf(flight.fate);
  // What waits for its wire has not come to grief.
  if (flight.fate == Fate::Waiting) return FlightPlace{std::min(way, stop), opacity, false};
  return FlightPlace{std::min(way, stop), opacity, way >= std::min(stop, 0.5)};
}

}  // namespace hw::canvas
