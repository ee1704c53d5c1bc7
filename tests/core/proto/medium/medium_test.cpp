// Carrier sense, collisions and back-off by themselves: stations on a wire, without frames (IEEE 802.3 clause 4).
#include <gtest/gtest.h>

#include <algorithm>
#include <string>

#include "core/proto/medium/medium.h"

namespace hw::medium {
namespace {

constexpr std::uint64_t kRate = 10'000'000;  // a bit takes 100 ns

/// Stations with frames to send, and what happened to them.
class Wire {
 public:
  /// `delays[i][j]`: microseconds from i to j.
  explicit Wire(std::vector<std::vector<int>> delays, std::uint64_t seed = 1) : m_delays(std::move(delays)) {
    for (std::size_t i = 0; i < m_delays.size(); ++i) {
      m_stations.emplace_back();
      m_random.emplace_back(seed, i);
    }
    m_frames.resize(m_delays.size());
  }
  /// All stations hear each other after the same time.
  Wire(std::size_t stations, int delay, std::uint64_t seed = 1)
      : Wire(std::vector(stations, std::vector(stations, delay)), seed) {}

  struct Wanted {
    Time at;
    std::uint32_t bytes;
  };
  void offers(std::size_t station, double us, std::uint32_t bytes = 60) { m_frames[station].push_back({at(us), bytes}); }
  static Time at(double us) { return Time{static_cast<std::int64_t>(us * 1000)}; }

  void run(Time until) {
    for (;;) {
      std::size_t first = 0;
      Time when = kNever;
      for (std::size_t i = 0; i < m_stations.size(); ++i)
        if (const Time next = nextOf(i); next < when) when = next, first = i;
      if (when > until || when == kNever) return;
      happen(first, when);
    }
  }

  std::string log;            ///< "5.0 b begins\n" ...
  std::size_t sent = 0, collisions = 0, late = 0, gaveUp = 0;
  std::vector<std::pair<std::size_t, Signal>> got;  ///< what was sent to its end
  std::vector<Collision> drawn;

  std::vector<Heard> others(std::size_t i) const {
    std::vector<Heard> all;
    for (std::size_t j = 0; j < m_stations.size(); ++j)
      if (j != i) all.push_back({&m_stations[j], microseconds(m_delays[i][j])});
    return all;
  }
  const Station& station(std::size_t i) const { return m_stations[i]; }
  const Timing timing = timingOf(kRate);

 private:
  Time nextOf(std::size_t i) {
    Station& one = m_stations[i];
    if (one.phase == Phase::Idle && !m_frames[i].empty()) offer(one, std::max(m_frames[i].front().at, m_now));
    return nextEvent(one, timing, others(i));
  }
  void note(std::size_t i, const std::string& what) {
    const std::string tenths = std::to_string(m_now.ns / 100);
    const std::string whole = std::to_string(m_now.ns / 1000);
    log += whole + "." + tenths.back() + " " + static_cast<char>('a' + i) + " " + what + "\n";
  }
  void happen(std::size_t i, Time when) {
    EXPECT_GE(when, m_now);
    m_now = when;
    Station& one = m_stations[i];
    if (one.phase == Phase::Ready) {
      begin(one, when, timing.signalOf(m_frames[i].front().bytes));
      note(i, "begins");
      return;
    }
    if (collisionOf(one, others(i)) <= when) {
      const Collision what = collide(one, timing, when, m_random[i]);
      drawn.push_back(what);
      ++collisions;
      late += what.late;
      gaveUp += what.gaveUp;
      note(i, what.late ? "collides late" : "collides");
      if (what.gaveUp) m_frames[i].erase(m_frames[i].begin());
      return;
    }
    got.emplace_back(i, one.voice.back());
    finish(one);
    ++sent;
    note(i, "is done");
    m_frames[i].erase(m_frames[i].begin());
  }

  std::vector<std::vector<int>> m_delays;
  std::vector<Station> m_stations;
  std::vector<RandomStream> m_random;
  std::vector<std::vector<Wanted>> m_frames;
  Time m_now;
};

TEST(Medium, theNumbersAreThoseOfTheStandard) {
  const Timing ten = timingOf(kRate);
  EXPECT_EQ(ten.slot, nanoseconds(51'200));
  EXPECT_EQ(ten.gap, nanoseconds(9'600));
  EXPECT_EQ(ten.jam, nanoseconds(3'200));
  EXPECT_EQ(ten.signalOf(60), nanoseconds(57'600));  // 8 + 60 + 4 bytes
  EXPECT_EQ(timingOf(100'000'000).slot, nanoseconds(5'120));
  const Timing gigabit = timingOf(1'000'000'000);
  EXPECT_EQ(gigabit.slot, nanoseconds(4'096));
  EXPECT_EQ(gigabit.signalOf(60), nanoseconds(64 + 4'096));  // extended
}

TEST(Medium, whoHearsACarrierWaitsUntilItHasBeenQuietForTheGap) {
  Wire wire(2, 10);
  wire.offers(0, 0);
  wire.offers(1, 20);
  wire.run(Wire::at(1000));
  EXPECT_EQ(wire.log, "0.0 a begins\n57.6 a is done\n77.2 b begins\n134.8 b is done\n");  // 57.6 + 10 + 9.6
}

TEST(Medium, aStationLeavesAGapBetweenItsOwnFrames) {
  Wire wire(2, 10);
  wire.offers(0, 0);
  wire.offers(0, 0);
  wire.run(Wire::at(1000));
  EXPECT_EQ(wire.log, "0.0 a begins\n57.6 a is done\n67.2 a begins\n124.8 a is done\n");
}

TEST(Medium, whoBeginsBeforeItCanHearTheOtherCollides) {
  Wire wire(2, 10);
  wire.offers(0, 0);
  wire.offers(1, 5);
  wire.run(Wire::at(15));
  EXPECT_EQ(wire.log, "0.0 a begins\n5.0 b begins\n10.0 b collides\n15.0 a collides\n");
  // b is still in its preamble, which it completes before 32 bits of jam; a is not.
  EXPECT_EQ(wire.station(1).voice.back().to, Wire::at(5 + 6.4 + 3.2));
  EXPECT_EQ(wire.station(0).voice.back().to, Wire::at(15 + 3.2));
  wire.run(Wire::at(100'000));
  EXPECT_EQ(wire.sent, 2u);
}

TEST(Medium, inTheLastThirdOfTheGapACarrierStopsNobodyWhoWaits) {
  // c has been waiting for a; b, who hears a later than c does, but whom c hears soon.
  Wire wire({{0, 1, 1}, {1, 0, 8}, {1, 8, 0}});
  wire.offers(0, 0);      // until 57.6; c hears it until 58.6, so its gap ends at 68.2
  wire.offers(2, 20);
  wire.offers(1, 57);     // waits too: 58.6 + 9.6
  wire.run(Wire::at(69));
  EXPECT_NE(wire.log.find("68.2 b begins"), std::string::npos) << wire.log;
  EXPECT_NE(wire.log.find("68.2 c begins"), std::string::npos) << wire.log;

  Station waits;
  offer(waits, Wire::at(20));
  Station talker, late;
  talker.voice = {{Wire::at(0), Wire::at(50)}};
  const auto startIfHeardAt = [&](double us) {
    late.voice = {{Wire::at(us), Wire::at(us + 100)}};
    const std::vector<Heard> both{{&talker, {}}, {&late, {}}};
    return nextEvent(waits, timingOf(kRate), both);
  };
  EXPECT_EQ(startIfHeardAt(56.5), Wire::at(59.6));          // 65 bits after the end: too late to stop it
  EXPECT_EQ(startIfHeardAt(56.3), Wire::at(156.3 + 9.6));   // 63 bits: it starts to wait anew
}

TEST(Medium, theRangeOfTheBackOffDoublesUpTo1023AndTheSixteenthCollisionIsTheLast) {
  Station one;
  RandomStream random(1, 1);
  offer(one, Time{});
  const std::vector<std::uint32_t> most{1, 3, 7, 15, 31, 63, 127, 255, 511, 1023, 1023, 1023, 1023, 1023, 1023};
  for (std::size_t i = 0; i < 16; ++i) {
    begin(one, one.readyAt, microseconds(100));
    const Time now = one.readyAt + microseconds(20);
    const Collision what = collide(one, timingOf(kRate), now, random);
    EXPECT_EQ(what.attempt, i + 1);
    EXPECT_EQ(what.gaveUp, i == 15);
    if (what.gaveUp) break;
    EXPECT_EQ(what.most, most[i]);
    EXPECT_LE(what.drawn, what.most);
    EXPECT_EQ(one.readyAt, now + microseconds(3) + nanoseconds(200) + nanoseconds(51'200) * what.drawn);
  }
  EXPECT_EQ(one.phase, Phase::Idle);
}

TEST(Medium, allNumbersOfTheRangeAreDrawn) {
  std::vector<int> seen(8, 0);
  for (std::uint64_t seed = 0; seed < 800; ++seed) {
    Station one;
    RandomStream random(seed, 3);
    offer(one, Time{});
    one.attempts = 2;
    begin(one, Time{}, microseconds(100));
    ++seen[collide(one, timingOf(kRate), Wire::at(20), random).drawn];
  }
  for (const int count : seen) EXPECT_NEAR(count, 100, 40);
}

TEST(Medium, onASegmentThatIsTooLongACollisionComesLate) {
  Wire wire(2, 60);
  wire.offers(0, 0, 1514);
  wire.offers(1, 50, 1514);
  wire.run(Wire::at(111));
  EXPECT_EQ(wire.log, "0.0 a begins\n50.0 b begins\n60.0 b collides\n110.0 a collides late\n");
}

TEST(Medium, aFrameShorterThanTheWayBackIsLostAndItsSenderDoesNotKnow) {
  Wire wire({{0, 60, 30}, {60, 0, 30}, {30, 30, 0}});
  wire.offers(0, 0);
  wire.offers(1, 55);
  wire.run(Wire::at(58));
  EXPECT_EQ(wire.log, "0.0 a begins\n55.0 b begins\n57.6 a is done\n");
  // The third station, in the middle, hears a until 87.6 and b from 85 on.
  EXPECT_TRUE(isGarbled(&wire.station(2), wire.others(2), Wire::at(87.6), wire.timing.signalOf(60)));
  Wire alone({{0, 60, 30}, {60, 0, 30}, {30, 30, 0}});
  alone.offers(0, 0);
  alone.run(Wire::at(58));
  EXPECT_FALSE(isGarbled(&alone.station(2), alone.others(2), Wire::at(87.6), alone.timing.signalOf(60)));
}

TEST(Medium, aStationThatHearsItselfNeverGetsThrough) {
  Station one;
  const std::vector<Heard> itself{{&one, microseconds(3)}};
  offer(one, Time{});
  begin(one, Time{}, microseconds(57));
  EXPECT_EQ(nextEvent(one, timingOf(kRate), itself), Wire::at(3));
  EXPECT_EQ(collisionOf(one, itself), Wire::at(3));
}

TEST(Medium, manyStationsShareTheWireAndNothingThatGotThroughWasHit) {
  for (std::uint64_t seed = 1; seed <= 20; ++seed) {
    Wire wire(10, 8, seed);
    for (std::size_t i = 0; i < 10; ++i)
      for (int n = 0; n < 20; ++n) wire.offers(i, 0, 1514);
    wire.run(Wire::at(10'000'000));
    EXPECT_EQ(wire.sent + wire.gaveUp, 200u);
    EXPECT_EQ(wire.late, 0u);
    EXPECT_GT(wire.collisions, 20u);
    for (std::size_t i = 1; i < wire.got.size(); ++i)
      EXPECT_GE(wire.got[i].second.from, wire.got[i - 1].second.to + microseconds(8)) << "a frame began before all heard the end of another";
    // Metcalfe and Boggs: with frames this long most of the time is well used.
    const double busy = static_cast<double>(wire.timing.signalOf(1514).ns) * static_cast<double>(wire.sent);
    const double used = busy / static_cast<double>(wire.got.back().second.to.ns);
    EXPECT_GT(used, 0.6);
    EXPECT_LT(used, 0.99);
  }
}

TEST(Medium, theSameSeedPlaysTheSameGame) {
  const auto played = [](std::uint64_t seed) {
    Wire wire(4, 5, seed);
    for (std::size_t i = 0; i < 4; ++i)
      for (int n = 0; n < 5; ++n) wire.offers(i, 3.0 * n);
    wire.run(Wire::at(1'000'000));
    return wire.log;
  };
  EXPECT_EQ(played(1), played(1));
  EXPECT_NE(played(1), played(2));
}

}  // namespace
}  // namespace hw::medium
