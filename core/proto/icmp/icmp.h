// ICMP: when an error may be sent, how it quotes, how often (as Linux does).
//
// Read first: RFC 792; RFC 1122 3.2.2; RFC 1812 4.3.2.
#pragma once

#include <vector>

#include "core/journal/env.h"
#include "core/proto/icmp/icmp_rules.h"
#include "core/proto/icmp/icmp_wire.h"
#include "core/proto/ipv4/ipv4_wire.h"
#include "core/wire/checksum.h"

namespace hw::icmp {

/// An error is at most 576 bytes long, IPv4 header included (RFC 1812 4.3.2.3).
inline constexpr std::uint32_t kMaxErrorDatagram = 576;
/// TOS of errors: precedence 6, internetwork control (RFC 1812 4.3.2.5).
inline constexpr std::uint8_t kErrorTos = 0xC0;

struct Error {
  std::uint8_t type = kUnreachable;
  std::uint8_t code = 0;
  std::uint32_t rest = 0;  ///< the MTU of "fragmentation needed", the gateway of a redirect
};

/// error(e, datagram, o) is the message about a datagram, quoting as much of it as fits in 576 bytes behind a header with `o`
/// bytes of options.
Bytes encodeError(const Error& error, const Bytes& datagram, std::uint32_t options = 0);
/// An echo message with this identifier, sequence number and data; the checksum is right.
Bytes encodeEcho(Type type, std::uint16_t identifier, std::uint16_t sequence, const Bytes& data);

/// What the receiver knows of the datagram that an error would be about.
struct Complaint {
  ipv4::Header header;
  ByteView payload;
  bool toGroup = false;  ///< arrived as link-layer or IP broadcast or multicast
};
/// RFC 1122 3.2.2: no error about errors, later fragments, groups. Records why not.
bool mayComplain(const Env& env, const Complaint& about);

/// Tokens per destination as Linux's inet_peer has them: one error per second, six at once.
struct Limit {
  Ipv4Address to;
  std::int64_t tokens = 0;  ///< ns
  Time last;
  HW_FIELDS(Limit, to, tokens, last)
};
struct Limiter {
  std::vector<Limit> limits;  ///< sorted by address
  HW_FIELDS(Limiter, limits)
};
inline constexpr std::size_t kMaxLimits = 1024;
/// True if the rate limit lets an error of this type pass now (icmp_ratelimit, icmp_ratemask).
bool withinRate(Limiter& limiter, const Env& env, Ipv4Address to, const Error& error);
/// A router that finds no way has a limit in front of that one, with the same tokens (Linux ip_error).
bool withinRouteErrorRate(Limiter& limiter, const Env& env, Ipv4Address to);

}  // namespace hw::icmp
