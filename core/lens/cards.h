// What a view shows of the World at a moment: plain structs, in the order in which they are drawn.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "core/base/text.h"
#include "core/sim/world.h"

namespace hw::lens {

enum class DeviceKind : std::uint8_t { Host, Router, Switch, Hub, Repeater, Bus };
/// Whether it only repeats bits: it has neither tables nor a terminal.
constexpr bool repeatsBits(DeviceKind kind) { return kind >= DeviceKind::Hub; }
DeviceKind kindOf(const DeviceConfig& config);

struct PortCard {
  InterfaceId id;
  std::string name;
  std::string mac;
  std::vector<std::string> addresses;  ///< "192.0.2.10/24"
  std::uint32_t mtu = 0;
  bool up = false;
  bool carrier = false;
  bool operator==(const PortCard&) const = default;
};

struct NodeCard {
  DeviceId id;
  std::string name;
  DeviceKind kind = DeviceKind::Host;
  DeviceId machine;             ///< of a network namespace: the device that it belongs to
  std::string space;            ///< of a network namespace: its name there
  std::vector<PortCard> ports;  ///< without lo
  bool present = true;          ///< false: removed, it only keeps its place
  bool operator==(const NodeCard&) const = default;
};

/// What kind of device it is: "Router", "Network namespace".
const Text& kindText(const NodeCard& card);

struct LinkCard {
  LinkId id;
  LinkEnd a;
  LinkEnd b;
  std::string aName;  ///< "h1:eth0"
  std::string bName;
  bool up = true;
  std::string about;  ///< "1 Gbit/s, 10 us"
  bool present = true;
  bool operator==(const LinkCard&) const = default;
};

/// One for each DeviceId and LinkId, removed ones included.
std::vector<NodeCard> nodeCards(const World& world);
std::vector<LinkCard> linkCards(const World& world);

/// A table of a device: ARP cache, forwarding table, routes, sockets, programs.
struct TableRow {
  std::string key;                 ///< identity of the row, to mark what changed
  std::vector<std::string> cells;
  WrittenBy by;                    ///< the decision that wrote the row, if it is known
  bool operator==(const TableRow&) const = default;
};
struct TableCard {
  std::string id;                  ///< "arp", "fdb", "vlan", "tree", "group", "route", "filter", "connection", "socket", "process"
  Text title;
  std::vector<Text> columns;
  std::vector<TableRow> rows;
};
/// The tables that a device of its kind has, empty ones included; those of the packet filter if it has rules.
std::vector<TableCard> tablesOf(const World& world, DeviceId device);

}  // namespace hw::lens
