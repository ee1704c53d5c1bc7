// Address translation: which addresses and ports a connection gets, and how its datagrams are rewritten.
//
// Read first: RFC 3022; RFC 4787 4 (mapping: the same outside port for the same inside port, if it is free).
#pragma once

#include "core/proto/netfilter/conntrack.h"

namespace hw::netfilter {

/// What a rule allows: addresses and ports, both ends included.
struct NatRange {
  std::optional<Range> addresses;  ///< none: the address stays
  std::optional<Range> ports;      ///< none: any, if one must be changed
  bool persistent = false;
};

/// Settles one side of a connection that begins: the tuple that it leaves with must have an answer that is nobody
/// else's. False if there is no free port.
bool settle(const Connections& connections, const Env& env, Tracked& tracked, const NatRange& range, Side side);

/// Rewrites a datagram as its connection says, at a hook where this side is due. False: it must not go on.
bool translate(Connections& connections, const Env& env, const Packet& packet, Tracked& tracked, Side side);

/// "address:port" of a side, as a fact.
std::uint64_t endOf(const Tuple& tuple, Side side);

}  // namespace hw::netfilter
