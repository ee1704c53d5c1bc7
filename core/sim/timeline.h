// A session's time: the World now, the inputs that made it, checkpoints to go back to, the journal.
// Time travel = nearest checkpoint + re-run of the recorded inputs. An input in the past makes
// another future: what was recorded after it is dropped (copy the Timeline first to keep both).
#pragma once

#include "core/sim/simulator.h"

namespace hw {

struct RecordedInput {
  std::uint64_t events = 0;  ///< how many events had happened
  Time time;
  Input input;
};

class Timeline {
 public:
  struct Options {
    bool journal = true;
    std::uint64_t journalBytes = std::uint64_t{128} << 20;  ///< older detail is made again when it is read
    std::function<void(const Transmission&, const Frame&)> tap;
  };

  explicit Timeline(World initial) : Timeline(std::move(initial), Options()) {}
  Timeline(World initial, Options options);

  const World& world() const { return m_world; }
  /// The displayed moment: at or after the last event.
  Time now() const { return m_now; }
  /// Valid as long as the Timeline stays where it is.
  const Journal& journal() const;
  const std::vector<ConsoleEntry>& console() const { return m_console; }
  const std::vector<RecordedInput>& inputs() const { return m_inputs; }
  /// How many events are known; the World may stand before the last of them.
  std::uint64_t known() const { return m_known; }
  /// How many times an input in the past has begun another future.
  std::uint64_t futures() const { return m_futures; }
  bool atEnd() const { return m_world.events == m_known && m_nextInput == m_inputs.size(); }
  const World& initial() const { return m_checkpoints.front().world; }

  /// Gives an input at the displayed moment.
  void input(const Input& input);
  /// Handles one event at or before `until`; false if there is none, and then now() is `until`
  /// (unless that is kNever).
  bool step(Time until = kNever);
  /// Runs until a moment or for at most so many events; true if the moment was reached.
  bool runUntil(Time until, std::uint64_t maxEvents = UINT64_MAX);
  /// When the next event or recorded input will be; kNever if nothing is to come.
  Time nextTime() const;

  /// Goes to the moment after `events` events, at most known().
  void seek(std::uint64_t events);
  /// Goes to a moment of virtual time: all events up to it have happened.
  void seekTime(Time time);

  /// The World after so many events, without moving. O(distance from a checkpoint).
  World at(std::uint64_t events) const;
  /// The decision words of an event with the candidates that lost, made again.
  std::vector<std::uint64_t> explain(std::uint64_t event) const;

 private:
  struct Checkpoint {
    std::uint64_t events = 0;
    std::size_t nextInput = 0;
    World world;
  };

  const Checkpoint& checkpointBefore(std::uint64_t events) const;
  /// Runs from a checkpoint until `end` events have happened; who listens hears of the events from
  /// `begin` on, with the candidates that lost if `alternatives`.
  void rerun(std::uint64_t begin, std::uint64_t end, bool alternatives,
             const std::function<void(const EventEntry&)>& heard) const;
  void dropFuture();
  void keepCheckpoint();
  /// One event of `world`, from the queue or the next recorded input.
  static bool advance(Simulator& simulator, World& world, std::size_t& nextInput,
                      const std::vector<RecordedInput>& inputs, Time until, const Sinks& sinks);

  Options m_options;
  Simulator m_simulator;
  World m_world;
  Time m_now;
  std::size_t m_nextInput = 0;
  std::uint64_t m_known = 0;
  std::uint64_t m_futures = 0;
  std::vector<RecordedInput> m_inputs;
  std::vector<Checkpoint> m_checkpoints;
  std::uint64_t m_checkpointEvery = 4096;
  Journal m_journal;
  std::vector<ConsoleEntry> m_console;
};

}  // namespace hw
