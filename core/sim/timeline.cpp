#include "core/sim/timeline.h"

#include <algorithm>

namespace hw {
namespace {

// A checkpoint costs the copies of the devices that change after it: large networks have fewer of them.
constexpr std::uint64_t kEventsPerDevice = 64;
constexpr std::size_t kMaxCheckpoints = 128;
constexpr std::size_t kMinCheckpoints = 16;
constexpr std::size_t kMaxDeviceCopies = 32'768;

std::size_t maxCheckpoints(const World& world) {
  return std::clamp(kMaxDeviceCopies / std::max<std::size_t>(world.devices.size(), 1), kMinCheckpoints, kMaxCheckpoints);
}

}  // namespace

Timeline::Timeline(World initial, Options options)
    : m_options(std::move(options)), m_world(std::move(initial)), m_now(m_world.now) {
  m_checkpoints.push_back({m_world.events, 0, m_world});
  m_journal.keepAtMost(m_options.journalBytes);
}

const Journal& Timeline::journal() const {
  m_journal.remadeBy([this](Volume& volume, std::uint64_t end) {
    rerun(volume.end(), end, false, [&volume](const EventEntry& one) { volume.append(one); });
  });
  return m_journal;
}

bool Timeline::advance(Simulator& simulator, World& world, std::size_t& nextInput,
                       const std::vector<RecordedInput>& inputs, Time until, const Sinks& sinks) {
  if (nextInput < inputs.size() && inputs[nextInput].events == world.events) {
    if (inputs[nextInput].time > until) return false;
    const RecordedInput& one = inputs[nextInput++];
    return simulator.apply(world, one.time, one.input, sinks) > 0;
  }
  return simulator.step(world, until, sinks);
}

Time Timeline::nextTime() const {
  if (m_nextInput < m_inputs.size() && m_inputs[m_nextInput].events == m_world.events)
    return m_inputs[m_nextInput].time;
  return Simulator::nextTime(m_world);
}

bool Timeline::step(Time until) {
  // What is known already happens again without being written down.
  const bool fresh = m_world.events >= m_known;
  Sinks sinks;
  if (fresh) {
    sinks.journal = m_options.journal ? &m_journal : nullptr;
    sinks.console = &m_console;
    sinks.tap = m_options.tap;
  }
  if (!advance(m_simulator, m_world, m_nextInput, m_inputs, until, sinks)) {
    if (until != kNever) m_now = std::max(m_now, until);
    return false;
  }
  m_now = std::max(m_now, m_world.now);
  m_known = std::max(m_known, m_world.events);
  if (fresh) keepCheckpoint();
  return true;
}

bool Timeline::runUntil(Time until, std::uint64_t maxEvents) {
  for (std::uint64_t i = 0; i < maxEvents; ++i)
    if (!step(until)) return true;
  return false;
}

void Timeline::input(const Input& input) {
  dropFuture();
  m_inputs.push_back({m_world.events, m_now, input});
  step(m_now);
}

void Timeline::dropFuture() {
  if (m_world.events < m_known) {
    const std::uint64_t events = m_world.events;
    if (m_options.journal) m_journal = journal().fork(events);
    std::erase_if(m_console, [events](const ConsoleEntry& one) { return one.event >= events; });
    std::erase_if(m_checkpoints, [events](const Checkpoint& one) { return one.events > events; });
    m_known = events;
    ++m_futures;
  }
  m_inputs.resize(m_nextInput);
}

void Timeline::keepCheckpoint() {
  if (m_world.events < m_checkpoints.back().events + m_checkpointEvery) return;
  const std::uint64_t worthIt = m_world.devices.size() * kEventsPerDevice;
  if (m_checkpointEvery < worthIt) {
    m_checkpointEvery = worthIt;
    return;
  }
  m_checkpoints.push_back({m_world.events, m_nextInput, m_world});
  if (m_checkpoints.size() < maxCheckpoints(m_world)) return;
  // Every second one goes; the first stays.
  std::size_t kept = 0;
  for (std::size_t i = 0; i < m_checkpoints.size(); i += 2) {
    if (kept != i) m_checkpoints[kept] = std::move(m_checkpoints[i]);
    ++kept;
  }
  m_checkpoints.resize(kept);
  m_checkpointEvery *= 2;
}

const Timeline::Checkpoint& Timeline::checkpointBefore(std::uint64_t events) const {
  const auto after = std::upper_bound(
      m_checkpoints.begin(), m_checkpoints.end(), events,
      [](std::uint64_t key, const Checkpoint& one) { return key < one.events; });
  HW_CHECK(after != m_checkpoints.begin());
  return *std::prev(after);
}

void Timeline::seek(std::uint64_t events) {
  events = std::min(events, m_known);
  const Checkpoint& from = checkpointBefore(events);
  if (events < m_world.events || from.events > m_world.events) {
    m_world = from.world;
    m_nextInput = from.nextInput;
  }
  while (m_world.events < events &&
         advance(m_simulator, m_world, m_nextInput, m_inputs, kNever, {})) {
  }
  m_now = m_world.now;
}

void Timeline::seekTime(Time time) {
  if (time < m_now) {
    // The latest checkpoint whose own moment is not after the wanted one.
    const auto after = std::upper_bound(
        m_checkpoints.begin() + 1, m_checkpoints.end(), time,
        [](Time key, const Checkpoint& one) { return key < one.world.now; });
    seek(std::prev(after)->events);
  }
  m_now = m_world.now;
  runUntil(time);
}

World Timeline::at(std::uint64_t events) const {
  const Checkpoint& from = checkpointBefore(events);
  World world = from.world;
  std::size_t nextInput = from.nextInput;
  Simulator simulator;
  while (world.events < events && advance(simulator, world, nextInput, m_inputs, kNever, {})) {
  }
  return world;
}

void Timeline::rerun(std::uint64_t begin, std::uint64_t end, bool alternatives,
                     const std::function<void(const EventEntry&)>& heard) const {
  const Checkpoint& from = checkpointBefore(begin);
  World world = from.world;
  std::size_t nextInput = from.nextInput;
  Simulator simulator;
  Sinks sinks;
  // One input can make several events, of which the first need not be wanted.
  sinks.event = [&](const EventEntry& one) {
    if (one.index >= begin && one.index < end) heard(one);
  };
  sinks.alternatives = alternatives;
  while (world.events < end && advance(simulator, world, nextInput, m_inputs, kNever, sinks)) {
  }
}

std::vector<std::uint64_t> Timeline::explain(std::uint64_t event) const {
  std::vector<std::uint64_t> words;
  rerun(event, event + 1, true,
        [&words](const EventEntry& one) { words.assign(one.decisions.begin(), one.decisions.end()); });
  return words;
}

}  // namespace hw
