// A transparent learning bridge (IEEE 802.1D-2004 clause 7) as Linux has it.
//
// Read first: IEEE 802.1D 7.7 (the forwarding process), 7.8 (learning), 7.9 (the filtering database).
#pragma once

#include <vector>

#include "core/journal/env.h"
#include "core/proto/bridge/bridge_rules.h"
#include "core/proto/bridge/snooping.h"
#include "core/proto/bridge/vlans.h"
#include "core/proto/ethernet/ethernet_wire.h"

namespace hw::bridge {

struct Config {
  Duration ageingTime = seconds(300);
  std::vector<InterfaceId> ports;  ///< in the order of attachment
  Vlans vlans;
  Snooping snooping;
  HW_FIELDS(Config, ageingTime, ports, vlans, snooping)
};

/// No more learned addresses than this; the stalest makes room.
inline constexpr std::size_t kMaxEntries = 65536;

struct Entry {
  MacAddress mac;
  InterfaceId port;
  std::uint16_t vlan = 0;  ///< 0: of a bridge that does not tell VLANs apart
  Time seen;
  WrittenBy by;
  HW_FIELDS(Entry, mac, port, vlan, seen, by)
};

/// The filtering database: learned entries, sorted by address and VLAN: each VLAN has a table of its own.
struct State {
  std::vector<Entry> entries;
  Time nextDeadline = kNever;  ///< lower bound of the next ageing
  Duration shortAgeing;        ///< while the spanning tree changes; 0: as configured
  HW_FIELDS(State, entries, nextDeadline, shortAgeing)

  Duration ageing(const Config& config) const { return shortAgeing.ns > 0 ? shortAgeing : config.ageingTime; }

  const Entry* find(MacAddress mac, std::uint16_t vlan = 0) const;
  const Entry* inAnyVlan(MacAddress mac) const;
};

/// 01:80:c2:00:00:00 to 0f: for talk between direct neighbours, such as BPDUs, pause and LLDP.
constexpr bool isReserved(MacAddress to) { return to.value >> 4 == 0x0180'C200'000u; }
/// Whether it stays here. Linux forwards BPDUs while the spanning tree is off, so that loops are found.
constexpr bool isHeldBack(MacAddress to, bool treeRuns) { return isReserved(to) && (treeRuns || (to.value & 0xF) != 0); }

/// What a bridge wants done with a frame.
struct Verdict {
  std::vector<InterfaceId> ports;  ///< copies leave there, in this order
  bool up = false;                 ///< a copy goes to the bridge's own stack
  void clear() {
    ports.clear();
    up = false;
  }
};

/// A port that can be used: administratively up, with a carrier.
using PortIsUp = bool (*)(const void* context, InterfaceId port);
struct Ports {
  const void* context = nullptr;
  PortIsUp isUp = nullptr;
  MacAddress bridgeMac;
  std::uint16_t vlan = 0;  ///< the frame's; only ports that take part in it get it
  const std::vector<InterfaceId>* only = nullptr;  ///< of a group that is snooped: who wants it
};

/// receive(state, header) learns the source and fills `verdict`.
void receive(State& state, const Config& config, const Env& env, InterfaceId in,
             const ethernet::Header& header, const Ports& ports, Verdict& verdict);
/// Learns the source of a frame that goes nowhere.
void learn(State& state, const Config& config, const Env& env, MacAddress mac, InterfaceId port, std::uint16_t vlan = 0);
/// Where a frame leaves that the bridge's own stack sends.
void send(State& state, const Config& config, const Env& env, const ethernet::Header& header,
          const Ports& ports, Verdict& verdict);

/// Forgets what is due. O(entries) when something is due.
void expire(State& state, const Config& config, const Env& env);
/// Forgets everything learned at a port (it went down), or everything.
void flush(State& state, InterfaceId port);

}  // namespace hw::bridge
