// The inside of a device: programs, sockets, protocol stack, interfaces and what lies behind them, and the way that data took
// through them in the displayed beat.
#pragma once

#include <string>
#include <vector>

#include "core/base/text.h"
#include "core/lens/beats.h"
#include "core/sim/timeline.h"

namespace hw::lens {

struct InsidePart {
  enum class Kind : std::uint8_t { Program, Socket, Stack, Bridge, Interface, Wire } kind = Kind::Interface;
  std::string name;                ///< "eth0", "ping", "UDP 5000"; of a wire the far end: "r1:eth1"
  std::string about;               ///< what it is, as people call it: "VXLAN 10", "VLAN 20", "TUN"; empty if the name says it
  std::vector<std::string> addresses;
  InterfaceId port;                ///< of an interface, a bridge, a wire
  std::size_t row = 0;             ///< from 0, downwards: programs, sockets, stack, then as many rows of interfaces as it takes, wires
  bool active = true;              ///< false: down
  bool operator==(const InsidePart&) const = default;
};

/// Two parts that hand data to each other, as indices into Inside::parts.
struct InsideLine {
  std::size_t upper = 0;
  std::size_t lower = 0;
  bool around = false;             ///< passes the rows between beside them: a program and its TUN interface, a tunnel and the stack
  bool operator==(const InsideLine&) const = default;
};

/// Data that went along a line in the displayed beat.
struct InsideStep {
  std::size_t line = 0;
  bool down = true;
  TransmissionId frame;            ///< what it became or came from
  bool operator==(const InsideStep&) const = default;
};

struct Inside {
  std::vector<InsidePart> parts;
  std::vector<InsideLine> lines;
  std::vector<InsideStep> steps;   ///< in the order in which they happened
  std::size_t rows = 0;
  bool operator==(const Inside&) const = default;
};

/// At most so many steps are told of a beat.
inline constexpr std::size_t kMostInsideSteps = 40;

/// Nothing for what repeats bits. The device as it is at the moment of the timeline's World; the steps are those of beat `beat` that have happened.
/// `beat` is an index into `beats`; SIZE_MAX: none. `before`: the World before that beat, or null: a program that ended in the beat
/// is told too. O(parts^2 + events of the beat).
Inside insideOf(const Timeline& timeline, const BeatMap& beats, DeviceId device, std::size_t beat, const World* before = nullptr);

}  // namespace hw::lens
