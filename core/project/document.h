// The document: a network as a person describes it. Plain values that remember nothing of the file
// they came from. Canvas positions, labels and notes are here and never reach the World.
#pragma once

#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <vector>

#include "core/base/boxed.h"
#include "core/base/fields.h"
#include "core/base/text.h"
#include "core/base/time.h"
#include "core/project/quantity.h"
#include "core/project/route_spec_six.h"
#include "core/wire/address.h"

namespace hw::project {

/// The newest version of the format: the one that is written.
inline constexpr int kFormatVersion = 1;
/// The device that a switch is made of: an interface of this name is the bridge itself, no port.
inline constexpr std::string_view kBridgeName = "br0";
/// The interface that every node has and no link reaches.
inline constexpr std::string_view kLoopbackName = "lo";

/// A text that a person wrote: the same in both languages, or one for each.
struct DocumentText {
  std::string en;
  std::string zh;  ///< empty: as in English
  bool empty() const { return en.empty() && zh.empty(); }
  const std::string& in(Language language) const {
    return (language == Language::Chinese && !zh.empty()) || en.empty() ? zh : en;
  }
  HW_FIELDS(DocumentText, en, zh)
};

/// A place on the canvas, in its pixels; x grows to the right, y downwards.
struct Position {
  int x = 0;
  int y = 0;
  HW_FIELDS(Position, x, y)
};

/// A run of VLAN numbers, both ends included.
struct VlanRange {
  int first = 1;
  int last = 1;
  HW_FIELDS(VlanRange, first, last)
};
/// Untagged frames of these senders belong to a VLAN of their own.
struct VlanOfMac {
  MacAddress mac;
  int id = 1;
  HW_FIELDS(VlanOfMac, mac, id)
};
struct VlanOfSubnet {
  Ipv4Prefix subnet;
  int id = 1;
  HW_FIELDS(VlanOfSubnet, subnet, id)
};
/// Which VLANs a port of a switch takes part in: an access port has one, a trunk several and at most one native (untagged).
struct VlanSpec {
  std::optional<int> access;
  std::vector<VlanRange> trunk;
  std::optional<int> native;
  std::vector<VlanOfMac> byMac;
  std::vector<VlanOfSubnet> bySubnet;
  HW_FIELDS(VlanSpec, access, trunk, native, byMac, bySubnet)
};

struct InterfaceSpec {
  std::string name;
  std::optional<MacAddress> mac;  ///< nothing: derived, see complete.h
  std::vector<Ipv4Prefix> addresses;
  std::optional<int> mtu;  ///< nothing: that of the medium, 1500
  bool down = false;
  Boxed<VlanSpec> vlan;  ///< of a switch's port, or br0: the switch tells VLANs apart if one has it
  std::optional<std::vector<Ipv6Prefix>> six;  ///< speaks IPv6, with these addresses besides that of the link
  HW_FIELDS(InterfaceSpec, name, mac, addresses, mtu, down, vlan, six)
};

/// A permanent entry of the ARP cache.
struct NeighbourSpec {
  Ipv4Address address;
  MacAddress mac;
  std::string device;
  HW_FIELDS(NeighbourSpec, address, mac, device)
};

/// What differs from a Linux bridge as it is created. Its MAC and addresses are those of br0.
struct BridgeSpec {
  std::optional<Duration> ageingTime;
  std::optional<bool> stp;
  std::optional<int> priority;  ///< of the spanning tree: the lowest becomes root
  HW_FIELDS(BridgeSpec, ageingTime, stp, priority)
};

/// A repeater is a hub with two ports; a bus is a piece of coax, its interfaces are the taps.
enum class NodeKind : std::uint8_t { Host, Router, Switch, Hub, Repeater, Bus };
/// Whether a node only repeats bits: it has no stack, no addresses and no programs.
constexpr bool repeatsBits(NodeKind kind) { return kind >= NodeKind::Hub; }
/// From one tap of a bus to the next, in metres.
inline constexpr int kTapMetres = 20;

struct Node {
  std::string name;
  NodeKind kind = NodeKind::Host;
  DocumentText label;  ///< what the canvas shows instead of the name
  std::optional<Position> position;
  std::vector<InterfaceSpec> interfaces;
  BridgeSpec bridge;  ///< of a switch
  std::optional<int> tapMetres;  ///< of a bus: from one tap to the next; nothing: kTapMetres
  std::vector<RouteSpec> routes;
  std::vector<NeighbourSpec> neighbours;
  std::map<std::string, std::string> sysctl;
  std::vector<std::string> start;  ///< command lines that run at time 0, in order
  std::vector<RouteSpecSix> routesSix;
  HW_FIELDS(Node, name, kind, label, position, interfaces, bridge, tapMetres, routes, neighbours, sysctl, start, routesSix)
};

/// Bus: Ethernet on coax, which stations share.
enum class Medium : std::uint8_t { Ethernet, Veth, Ppp, Bus };
enum class Duplex : std::uint8_t { Half, Full };

/// One end of a link: an interface of a node.
struct LinkEnd {
  std::string node;
  std::string interface;
  auto operator<=>(const LinkEnd&) const = default;
  std::string text() const { return node + ":" + interface; }
};

struct LinkSpec {
  LinkEnd a;
  LinkEnd b;
  Medium medium = Medium::Ethernet;
  Duration latency = microseconds(1);  ///< above 0, so that time goes on in any loop
  std::optional<std::int64_t> bitsPerSecond;  ///< nothing: sending takes no time
  std::uint32_t lossPpm = 0;                  ///< lost frames of a million
  std::optional<QueueLimit> queue;            ///< nothing: no limit
  bool down = false;
  std::optional<Duplex> duplex;  ///< nothing: half on coax and, if there is a rate, at what repeats bits; else full
  std::optional<int> metres;     ///< a longer cable than its kind allows loses frames; nothing: short enough
  HW_FIELDS(LinkSpec, a, b, medium, latency, bitsPerSecond, lossPpm, queue, down, duplex, metres)
};

/// A text on the canvas.
struct Note {
  DocumentText text;
  std::optional<Position> position;
  HW_FIELDS(Note, text, position)
};

struct Document {
  int version = kFormatVersion;
  std::uint64_t seed = 1;
  DocumentText title;
  std::vector<Node> nodes;
  std::vector<LinkSpec> links;
  std::vector<Note> notes;
  HW_FIELDS(Document, version, seed, title, nodes, links, notes)
};

}  // namespace hw::project
