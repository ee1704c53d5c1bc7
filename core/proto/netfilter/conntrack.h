// Connections: which datagrams belong together, and what becomes of their addresses on the way.
//
// A connection is confirmed, and kept, when its first datagram leaves or is delivered. Both directions are found by
// their tuple; the reply's is what the answer will look like when it arrives here, after translation.
//
// Read first: RFC 2663 (terms), RFC 4787 (UDP), RFC 5382 (TCP), RFC 5508 (ICMP).
#pragma once

#include <optional>
#include <vector>

#include "core/base/hash.h"
#include "core/base/time.h"
#include "core/journal/env.h"
#include "core/proto/ipv4/ipv4_wire.h"
#include "core/proto/netfilter/ruleset.h"
#include "core/wire/frame.h"

namespace hw::netfilter {

/// What tells a flow from others. Of ICMP queries the identifier stands for the source port, type and code
/// for the destination port; protocols without ports have zeros.
struct Tuple {
  Ipv4Address source;
  Ipv4Address destination;
  std::uint8_t protocol = 0;
  std::uint16_t sourcePort = 0;
  std::uint16_t destinationPort = 0;
  auto operator<=>(const Tuple&) const = default;
  static void visitFields(auto& self, auto&& visit) {
    visit("source", self.source);
    visit("destination", self.destination);
    visit("protocol", self.protocol);
    visit("sourcePort", self.sourcePort);
    visit("destinationPort", self.destinationPort);
  }
};

/// The tuple of an answer.
Tuple inverted(const Tuple& tuple);

/// A datagram inside a frame: `at` is the offset of its IP header.
struct Packet {
  Frame* frame = nullptr;
  std::uint32_t at = 0;

  ipv4::Header header() const;
  /// Up to `out.size()` bytes behind the IP header; result: how many there are.
  std::uint32_t transport(std::span<std::uint8_t> out, std::uint32_t from = 0) const;
};

/// The tuple of a datagram; none if its ports cannot be read.
std::optional<Tuple> tupleOf(const Packet& packet);

/// Which end of a tuple is rewritten.
enum class Side : std::uint8_t { Source, Destination };
constexpr Side other(Side side) { return side == Side::Source ? Side::Destination : Side::Source; }
/// Gives one side of a datagram the addresses and ports of a tuple, checksums included (RFC 1624, RFC 3022 4.1).
void rewrite(Packet packet, const Tuple& target, Side side);
/// The same for the datagram that an ICMP error quotes; the error's checksum is made anew (RFC 5508 4.2).
void rewriteQuoted(Packet packet, const Tuple& target, Side side);

enum class Tcp : std::uint8_t { None, SynSent, SynReceived, Established, FinWait, CloseWait, LastAck, TimeWait, Close, SynSent2 };

struct Connection {
  std::uint32_t id = 0;
  Tuple original;
  Tuple reply;
  std::uint32_t status = 0;     ///< bits of CtStatus
  Tcp tcp = Tcp::None;
  Time expires;
  Time streamFrom;              ///< of UDP: from then on it counts as a stream
  std::uint32_t mark = 0;
  InterfaceId masquerade;       ///< it has that interface's address
  WrittenBy by;
  HW_FIELDS(Connection, id, original, reply, status, tcp, expires, streamFrom, mark, masquerade, by)

  bool has(CtStatus bit) const { return (status & bit) != 0; }
  const Tuple& tuple(bool ofReply) const { return ofReply ? reply : original; }
};

/// How long what is known of a connection lasts, and how many there may be (net.netfilter.nf_conntrack_*).
struct Tracking {
  std::uint32_t most = 65536;
  Duration icmp = seconds(30);
  Duration udp = seconds(30);
  Duration udpStream = seconds(120);
  Duration other = seconds(600);
  Duration tcpEstablished = seconds(432'000);
  HW_FIELDS(Tracking, most, icmp, udp, udpStream, other, tcpEstablished)
};

struct Connections {
  struct Place {
    Tuple tuple;
    std::uint32_t id = 0;
    bool reply = false;
    HW_FIELDS(Place, tuple, id, reply)
  };
  std::vector<Connection> all;    ///< in the order in which they began
  std::vector<Place> places;      ///< sorted by tuple
  std::uint32_t nextId = 1;
  Time nextDeadline = kNever;
  HW_FIELDS(Connections, all, places, nextId, nextDeadline)

  Connection* find(std::uint32_t id);
  const Place* find(const Tuple& tuple) const;
  /// Keeps a connection; false if one of its tuples is taken.
  bool insert(const Connection& one);
  void erase(std::uint32_t id);
};

/// What is known of one datagram on its way through the hooks.
struct Tracked {
  CtState state = kUntracked;
  bool isReply = false;
  bool isError = false;              ///< an ICMP error about the connection
  std::uint32_t id = 0;              ///< of a connection that is kept
  std::optional<Connection> fresh;   ///< of one that begins
  bool sourceDone = false;           ///< its addresses have been settled
  bool destinationDone = false;
  bool refused = false;              ///< there is no room for its connection: it is dropped
};

/// What this device itself answers to a datagram belongs to the same connection, in the other direction: an ICMP error
/// or a TCP reset. None if the datagram belongs to nothing.
std::optional<Tracked> answerTo(const Tracked& tracked, bool isError);
/// The connection of a tracked datagram, or null.
Connection* connectionOf(Connections& connections, Tracked& tracked);

/// Finds the connection of a datagram, or begins one. Records what it found.
Tracked track(Connections& connections, const Tracking& knobs, const Env& env, const Packet& packet);
/// The end of its way: a connection that begins is kept. False if its place is taken: the datagram is dropped.
bool confirm(Connections& connections, const Tracking& knobs, const Env& env, Tracked& tracked);
/// Forgets what is due.
void expire(Connections& connections, const Env& env);

}  // namespace hw::netfilter
