// A device: Config + State + Plan. step() works without a World: the simulator, the fuzzers and
// tests drive it alike.
//
//   device.step(now, input, out)   ->   out says what is sent, printed and decided
#pragma once

#include <functional>
#include <memory>
#include <span>
#include <variant>
#include <vector>

#include "core/device/config.h"
#include "core/device/plan.h"
#include "core/device/state.h"
#include "core/journal/decisions.h"
#include "core/journal/journal.h"

namespace hw {

/// A frame has come in at an interface. The stepper puts it into Out::frames[0].
struct FrameArrived {
  InterfaceId port;
};
/// Time has come for whatever is due.
struct TimeReached {};
struct StartProcess {
  process::Program program;
};
struct SignalProcess {
  ProcessId process;
  process::Signal signal = process::Signal::Interrupt;
};
/// The whole new configuration; learned state that it contradicts is dropped.
struct Reconfigure {
  Cow<DeviceConfig> config;
};
/// `ip neigh add|del|flush`.
struct EditNeighbour {
  enum class What : std::uint8_t { Set, Remove, Flush } what = What::Set;
  InterfaceId port;
  Ipv4Address address;
  MacAddress mac;
  arp::Nud nud = arp::Nud::Permanent;
};
struct EditNeighbourSix {
  EditNeighbour::What what = EditNeighbour::What::Set;
  InterfaceId port;
  Ipv6Address address;
  MacAddress mac;
  nd::Nud nud = nd::Nud::Permanent;
};
/// `bridge fdb flush`: forgets what a bridge has learned.
struct FlushBridge {
  InterfaceId bridge;
};
/// `ip route flush cache`: forgets the path MTUs and gateways that were learned.
struct FlushRoutes {};
/// `conntrack -D`, `-F`: forgets connections.
struct ForgetConnections {
  std::vector<std::uint32_t> ids;
};
/// A cable was plugged, cut or repaired, or its other end was switched.
struct CarrierChanged {
  InterfaceId port;
  bool carrier = true;
};

using DeviceInput = std::variant<FrameArrived, TimeReached, StartProcess, SignalProcess, Reconfigure,
                                 EditNeighbour, FlushBridge, FlushRoutes, ForgetConnections, CarrierChanged, EditNeighbourSix>;

/// One transmission that a device asks for; `frame` is an index into Out::frames.
struct Send {
  InterfaceId port;
  std::uint32_t frame = 0;
  Origin origin = Origin::Made;
  std::uint16_t decision = 0;
  bool continuesArrival = false;
  std::uint64_t waitedSince = UINT64_MAX;
  Fate pass = Fate::Delivered;  ///< PassedUp or PassedDown: seen at a virtual interface, sent nowhere
};

/// A program's output or end.
struct Printed {
  ProcessId process;
  process::Record record;
};
struct Ended {
  ProcessId process;
  int exitCode = 0;
};

/// Scratch of the stepper, reset per event; allocates nothing in the steady state.
struct Out {
  std::vector<Frame> frames;  ///< [0] is the frame in hand, if any
  std::vector<Send> sends;
  Decisions decisions;
  std::vector<Printed> printed;
  std::vector<Ended> ended;
  std::vector<ProcessId> woken;  ///< programs that run before the event is over
  bridge::Verdict verdict;       ///< memory for the next bridge's decision
  struct Waiting {
    InterfaceId port;
    std::uint32_t frame = 0;
  };
  tcp::Out tcp;                  ///< segments and news, until they are carried out
  std::vector<Waiting> backlog;  ///< came up from virtual interfaces, handled before the event is over

  void clear() {
    frames.clear();
    sends.clear();
    decisions.clear();
    printed.clear();
    ended.clear();
    woken.clear();
    backlog.clear();
    tcp.clear();
  }
};

class Device {
 public:
  Device() = default;
  /// A device that knows nothing yet. `seed` and `id` give its random stream.
  Device(DeviceConfig config, std::uint64_t seed, DeviceId id);

  const DeviceConfig& config() const { return *m_config; }
  const Cow<DeviceConfig>& sharedConfig() const { return m_config; }
  const DeviceState& state() const { return m_state; }
  const Plan& plan() const { return *m_plan; }

  /// Handles one event; `event` is its index in the journal.
  void step(Time now, std::uint64_t event, const DeviceInput& input, Out& out);
  /// A program that is not one of the device's own makes system calls.
  void call(Time now, std::uint64_t event, const std::function<void(socket::Calls&)>& program, Out& out);
  /// When the device wants TimeReached at the latest. Early is allowed, late never.
  Time nextDeadline() const;

  bool operator==(const Device& o) const;
  template <class Self, class V> static void visitFields(Self& self, V&& visit) {
    visit("config", self.m_config);
    visit("state", self.m_state);
  }

 private:
  friend class Stack;
  void replan();

  Cow<DeviceConfig> m_config;
  DeviceState m_state;
  std::shared_ptr<const Plan> m_plan;
};

HW_FIELDS_ELSEWHERE(Device)

}  // namespace hw
