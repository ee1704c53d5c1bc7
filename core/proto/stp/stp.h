// The spanning tree protocol of IEEE 802.1D-1998 clause 8, with the habits of Linux's bridge, and the rapid one of 802.1D-2004.
//
// Read first: 8.3 (overview), 8.5 (parameters), 8.6 (elements of procedure), 8.7 (operation); of 2004: 17.3, 17.21, 17.29.
#pragma once

#include <optional>
#include <vector>

#include "core/base/hash.h"
#include "core/journal/env.h"
#include "core/proto/stp/stp_rules.h"
#include "core/proto/stp/stp_wire.h"

namespace hw::stp {

/// A bridge's identifier: the lower one is better.
struct BridgeId {
  std::uint16_t priority = 0x8000;
  MacAddress mac;
  auto operator<=>(const BridgeId&) const = default;
  HW_FIELDS(BridgeId, priority, mac)
};

struct PortConfig {
  InterfaceId port;
  std::uint32_t cost = 4;      ///< IEEE 802.1D-1998 table 8-5: 100 at 10 Mbit/s, 19, 4, 2
  std::uint8_t priority = 32;  ///< in steps of 4 of the standard's priority
  HW_FIELDS(PortConfig, port, cost, priority)
};

struct Config {
  bool enabled = false;
  bool rapid = false;  ///< the rapid protocol of IEEE 802.1D-2004 clause 17 (Linux leaves it to a program, mstpd)
  std::uint16_t priority = 0x8000;
  Duration helloTime = seconds(2);
  Duration maxAge = seconds(20);
  Duration forwardDelay = seconds(15);
  std::vector<PortConfig> ports;  ///< those that differ from the default
  HW_FIELDS(Config, enabled, rapid, priority, helloTime, maxAge, forwardDelay, ports)
};

enum class PortState : std::uint8_t { Disabled, Listening, Learning, Forwarding, Blocking };
std::string_view name(PortState state);  ///< "forwarding"
/// What a port is in the tree: the way to the root, the way from the root into its LAN, or neither. A backup stands on a LAN that
/// another port of its own bridge serves, an alternate on one of another bridge.
enum class PortRole : std::uint8_t { Disabled, Root, Designated, Alternate, Backup };
std::string_view name(PortRole role);  ///< "designated"

struct Port {
  InterfaceId port;
  std::uint16_t id = 0;
  std::uint32_t cost = 0;
  PortState state = PortState::Disabled;
  BridgeId designatedRoot;
  std::uint32_t designatedCost = 0;
  BridgeId designatedBridge;
  std::uint16_t designatedPort = 0;
  bool acknowledge = false;    ///< a notification has to be acknowledged
  bool configPending = false;  ///< to be sent when the hold time is over
  Time messageAge = kNever;    ///< when the information expires
  Time forwardDelay = kNever;
  Time hold = kNever;
  // The rapid protocol only:
  bool edge = false;       ///< no bridge is heard there: nothing to wait for
  bool legacy = false;     ///< a bridge is heard there that does not know the rapid protocol
  bool proposing = false;  ///< we ask the other end to agree
  bool agreed = false;     ///< the other end has agreed to what we tell now
  std::uint8_t sent = 0;   ///< in this hold time
  Duration age;            ///< of what was told, as it was told
  Time edgeAt = kNever;    ///< when silence will make it an edge
  Time changeUntil;        ///< until then our messages tell that the tree changes
  HW_FIELDS(Port, port, id, cost, state, designatedRoot, designatedCost, designatedBridge, designatedPort, acknowledge,
            configPending, messageAge, forwardDelay, hold, edge, legacy, proposing, agreed, sent, age, edgeAt, changeUntil)
};

struct State {
  bool running = false;
  bool rapid = false;
  BridgeId self;
  BridgeId root;
  std::uint32_t rootPathCost = 0;
  InterfaceId rootPort;
  Duration helloTime, maxAge, forwardDelay;  ///< of the root
  bool changing = false;         ///< the root says that the tree changes: addresses age quickly
  bool changeDetected = false;
  Time hello = kNever, notify = kNever, change = kNever;
  std::vector<Port> ports;       ///< in the order of their numbers
  HW_FIELDS(State, running, rapid, self, root, rootPathCost, rootPort, helloTime, maxAge, forwardDelay, changing, changeDetected,
            hello, notify, change, ports)

  bool isRoot() const { return self == root; }
  const Port* find(InterfaceId port) const;
  PortRole roleOf(const Port& port) const;
  /// The state of a port; a bridge without the protocol forwards everywhere.
  PortState stateOf(InterfaceId port) const;
  Time nextDeadline() const;
};

/// A BPDU to be sent.
struct Message {
  InterfaceId port;
  std::vector<std::uint8_t> bytes;  ///< behind LLC; none: forget the addresses that were learned at the port
};
using Messages = std::vector<Message>;

/// A port as the bridge has it now.
struct PortNow {
  InterfaceId port;
  bool usable = false;
  std::uint32_t cost = 4;
  std::uint8_t priority = 32;
};

/// Brings the protocol to what is configured and plugged in: starts, stops, ports that come and go.
void follow(State& state, const Config& config, const Env& env, bool bridgeIsUp, MacAddress mac, std::span<const PortNow> ports,
            Messages& out);
/// What comes in for the bridges' group, behind its Ethernet header.
void receive(State& state, const Config& config, const Env& env, InterfaceId port, ByteView bytes, Messages& out);
/// Runs the timers that are due.
void expire(State& state, const Config& config, const Env& env, Messages& out);

}  // namespace hw::stp
