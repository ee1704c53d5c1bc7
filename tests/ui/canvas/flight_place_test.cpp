#include "ui/canvas/flight_place.h"

#include <gtest/gtest.h>

namespace hw::canvas {
namespace {

lens::Flight flight(std::size_t sent, std::size_t arrives, Fate fate = Fate::Delivered) {
  lens::Flight one;
  one.sentBeat = sent;
  one.arrivalBeat = arrives;
  one.fate = fate;
  return one;
}

TEST(FlightPlace, APacketStandsInTheMiddleOfItsLinkWhileTheBeatItWasSentInIsShown) {
  EXPECT_DOUBLE_EQ(placeOf(flight(3, 4), 3)->way, 0.5);
}

TEST(FlightPlace, ItLeavesItsSenderHalfwayFromTheBeatBefore) {
  EXPECT_FALSE(placeOf(flight(3, 4), 2.49));
  EXPECT_NEAR(placeOf(flight(3, 4), 2.5)->way, 0, 1e-9);
}

TEST(FlightPlace, ItReachesTheReceiverHalfwayToTheBeatOfArrival) {
  EXPECT_NEAR(placeOf(flight(3, 4), 3.5)->way, 1, 1e-9);
  EXPECT_FALSE(placeOf(flight(3, 4), 3.51));
}

TEST(FlightPlace, ALongWayTakesAsManyBeatsAsThePacketDoes) {
  EXPECT_NEAR(placeOf(flight(2, 6), 2)->way, 0.125, 1e-9);
  EXPECT_NEAR(placeOf(flight(2, 6), 5)->way, 0.875, 1e-9);
  EXPECT_FALSE(placeOf(flight(2, 6), 6));
}

TEST(FlightPlace, ALostPacketStopsInTheMiddleIsMarkedAndFades) {
  const auto shown = placeOf(flight(3, 4, Fate::Lost), 3);
  EXPECT_DOUBLE_EQ(shown->way, 0.5);
  EXPECT_TRUE(shown->lost);
  EXPECT_DOUBLE_EQ(shown->opacity, 1);
  const auto later = placeOf(flight(3, 4, Fate::Lost), 3.25);
  EXPECT_DOUBLE_EQ(later->way, 0.5);
  EXPECT_DOUBLE_EQ(later->opacity, 0.5);
  EXPECT_FALSE(placeOf(flight(3, 4, Fate::Lost), 2.6)->lost);
}

TEST(FlightPlace, APacketThatFindsNoRoomInTheQueueNeverGetsFarFromItsSender) {
  EXPECT_LT(placeOf(flight(3, 4, Fate::QueueFull), 3)->way, 0.2);
  EXPECT_TRUE(placeOf(flight(3, 4, Fate::NoCarrier), 3)->lost);
}

TEST(FlightPlace, SignalsThatCollideMeetAtTheFarEndOfTheirCables) {
  const auto shown = placeOf(flight(3, 4, Fate::Collided), 3);
  EXPECT_GT(shown->way, 0.8);
  EXPECT_TRUE(shown->lost);
  EXPECT_FALSE(placeOf(flight(3, 4, Fate::Collided), 2.7)->lost);
}

TEST(FlightPlace, APacketThatWaitsForASharedWireStaysWithItsSenderUnharmed) {
  EXPECT_LT(placeOf(flight(3, 4, Fate::Waiting), 3)->way, 0.2);
  EXPECT_FALSE(placeOf(flight(3, 4, Fate::Waiting), 3)->lost);
}

}  // namespace
}  // namespace hw::canvas
