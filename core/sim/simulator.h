// The stepper: World in, World out. It holds only scratch, never state; whoever wants to know what
// happened gives it sinks.
#pragma once

#include <functional>
#include <variant>

#include "core/sim/world.h"

namespace hw {

/// What comes from outside: a person, a script, a lesson. Recorded, so that a session replays.
struct DeviceCommand {
  DeviceId device;
  DeviceInput what;
};
/// Changes a cable: latency, loss, rate, cut or repaired. Its ends stay.
struct LinkCommand {
  LinkId link;
  LinkConfig config;
};
/// A device that was not there: its id is the next one, or that of a device which was removed.
struct AddDevice {
  DeviceId device;
  Cow<DeviceConfig> config;
};
/// Takes a device away with its cables, its programs and all that it has learned.
struct RemoveDevice {
  DeviceId device;
};
/// A cable that was not there: its id is the next one, or that of a cable between the same
/// interfaces that was taken away.
struct PlugCable {
  LinkId link;
  LinkConfig config;
};
/// What is under way in the cable is lost.
struct UnplugCable {
  LinkId link;
};
/// One end of a cable leads to another interface from now on: `ip link set eth0 netns blue`.
struct MoveEnd {
  LinkId link;
  std::uint8_t end = 0;
  LinkEnd to;
};
using Input = std::variant<DeviceCommand, LinkCommand, AddDevice, RemoveDevice, PlugCable, UnplugCable, MoveEnd>;

/// What a program printed, or that it ended.
struct ConsoleEntry {
  std::uint64_t event = 0;
  Time time;
  DeviceId device;
  ProcessId process;
  std::variant<process::Record, int> what;  ///< a record, or the exit code
};

/// Who listens while events happen. All are optional.
struct Sinks {
  Journal* journal = nullptr;
  std::vector<ConsoleEntry>* console = nullptr;
  /// Called for every transmission, delivered or not, with the bytes as sent.
  std::function<void(const Transmission&, const Frame&)> tap;
  /// Called for each event.
  std::function<void(const EventEntry&)> event;
  bool alternatives = false;  ///< candidates that lost are wanted too
};

class Simulator {
 public:
  /// When the next event will happen; kNever if nothing is to come.
  static Time nextTime(const World& world);
  /// Handles the next event that counts. False if there is none at or before `until`.
  bool step(World& world, Time until, const Sinks& sinks);
  /// Applies an input at `at`, from world.now to the next event; result: how many events it made, at
  /// least one.
  int apply(World& world, Time at, const Input& input, const Sinks& sinks);

 private:
  void handle(World& world, DeviceId device, EventKind kind, InterfaceId port, TransmissionId arrived,
              const DeviceInput& input, const Sinks& sinks);
  void arrive(World& world, std::uint32_t slot, const Sinks& sinks);
  int change(World& world, const DeviceCommand& command, const Sinks& sinks);
  int change(World& world, const LinkCommand& command, const Sinks& sinks);
  int change(World& world, const AddDevice& command, const Sinks& sinks);
  int change(World& world, const RemoveDevice& command, const Sinks& sinks);
  int change(World& world, const PlugCable& command, const Sinks& sinks);
  int change(World& world, const UnplugCable& command, const Sinks& sinks);
  int change(World& world, const MoveEnd& command, const Sinks& sinks);
  int unplug(World& world, LinkId link, EventKind first, const Sinks& sinks);
  int tellEnds(World& world, LinkId link, EventKind first, const Sinks& sinks);
  int tellPeers(World& world, DeviceId device, const std::vector<bool>& before, const Sinks& sinks);
  void sendAll(World& world, DeviceId device);
  void sendOne(World& world, DeviceId device, bool copy);
  void tellTransfer(Fate fate, const Link& link, const InterfaceConfig& interface);
  bool passNetem(const Netem& netem, Link& link, std::size_t end, bool copy, Duration& held);
  void flip(std::size_t index, std::uint32_t bit);
  Transfer cross(World& world, const Plug& plug, const InterfaceConfig& interface, Duration held);
  std::uint32_t metresTo(const World& world, const Plug& out) const;
  Transfer tellWeak(const Transfer& transfer, const Link& link, std::uint32_t before);
  Fate share(World& world, const Plug& plug, const InterfaceConfig& interface, Duration held);
  medium::Others heardAt(const World& world, LinkId link, std::size_t end);
  void planAdapter(World& world, LinkId link, std::size_t end);
  void planDomain(World& world, LinkId link, std::size_t end);
  void planAllAdapters(World& world);
  void startSending(World& world, LinkId link, std::size_t end);
  bool handToAdapter(World& world, LinkId link, std::size_t end, Time ready);
  Transmission& tellWaiting(const World& world, LinkId link, const WaitingFrame& waiting, Fate fate, InterfaceId port);
  void dropFirst(const World& world, Adapter& adapter);
  void collide(World& world, LinkId link, std::size_t end);
  void finishSending(World& world, LinkId link, std::size_t end);
  void dropWaiting(World& world, LinkId link, std::size_t end, LinkEnd at);
  void beginAdapterEvent();
  void endAdapterEvent(World& world, LinkEnd at, const Sinks& sinks);
  void adapterEvent(World& world, std::uint32_t which, const Sinks& sinks);
  int resetAdapters(World& world, LinkId link, const Sinks& sinks);
  bool isGarbled(const World& world, const Delivery& delivery);
  void tell(const World& world, DeviceId device, EventKind kind, InterfaceId port,
            TransmissionId arrived, const Sinks& sinks);
  void scheduleWake(World& world, DeviceId device);
  void settle(World& world);

  Out m_out;
  std::vector<TransmissionEntry> m_sent;
  InterfaceId m_arrivedAt;  ///< where the frame of this event came in
  std::vector<medium::Heard> m_heard;
};

}  // namespace hw
