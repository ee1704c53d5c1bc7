// The check language: what a lesson may ask of the network and of what happened in it.
//
//   device("h1").arp["192.0.2.1"].mac == device("r1").interface("eth0").mac
//   packets("icmp.type == 8").sent_by("r1").first["ip.ttl"] == 63
//   reaches("h1", "198.51.100.10") and not device("h2").forwards
//
// An expression is checked whole when the lesson is loaded: its words, their types, the devices and
// fields it names. It has no variables, no loops and no effects, so asking costs a known little.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "core/base/expected.h"
#include "core/lesson/packet_filter.h"
#include "core/lesson/problem.h"
#include "core/project/document.h"

namespace hw::lesson {

/// Scalar is a field of a packet: a number or a text, as the packet has it.
enum class Type : std::uint8_t {
  None, Bool, Number, Text, Scalar, Device, Interface, ArpCache, ArpEntry, ForwardingTable, Route, Packets, Packet
};
Text nounOf(Type type);

enum class WordId : std::uint8_t {
  Device, PacketsFunction, Reaches, Owner,
  DeviceName, DeviceForwards, DeviceGateway, DeviceInterface, DeviceArp, DeviceFdb, DeviceRoute,
  InterfaceMac, InterfaceAddress, InterfacePrefix, InterfaceUp, InterfaceMtu,
  ArpLookup, ArpCount, EntryMac, EntryState, EntryInterface,
  FdbLookup, FdbCount,
  RouteVia, RouteInterface, RoutePrefix,
  PacketsCount, PacketsFirst, PacketsLast, PacketsSentBy, PacketsReceivedBy,
  PacketField, PacketSender, PacketReceiver
};

struct Node {
  enum class Kind : std::uint8_t {
    None, Bool, Number, Text, Call, And, Or, Not, Equal, NotEqual, Less, LessEqual, Greater, GreaterEqual, In, Plus, Minus
  };
  Kind kind = Kind::None;
  Type type = Type::None;
  WordId word{};                     ///< of Call
  std::int64_t number = 0;           ///< of Number and Bool; of packets("..."): the index of the filter
  std::string text{};                ///< of Text
  std::vector<std::uint32_t> parts{};  ///< operands; of Call: what the word is asked of, then arguments
  std::size_t at = 0;                ///< first byte in the source
};

struct Expression {
  std::string source;
  std::vector<Node> nodes;  ///< the last one is the whole
  std::vector<PacketFilter> filters;
  Type type() const { return nodes.empty() ? Type::None : nodes.back().type; }
};

/// The expression of a line, or what is wrong: place.column is the byte from 0. `network` gives the
/// names of devices and interfaces; null: they are not checked.
Expected<Expression, Problem> parseExpression(std::string_view line, const project::Document* network);

}  // namespace hw::lesson
