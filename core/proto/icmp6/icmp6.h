// ICMPv6: messages with their checksum, when an error may be sent, how it quotes, how often (as Linux does).
//
// Read first: RFC 4443 2.
#pragma once

#include <vector>

#include "core/journal/env.h"
#include "core/proto/icmp6/icmp6_rules.h"
#include "core/proto/icmp6/icmp6_wire.h"
#include "core/proto/ipv6/ipv6_wire.h"

namespace hw::icmp6 {

struct Error {
  std::uint8_t type = kUnreachable;
  std::uint8_t code = 0;
  std::uint32_t rest = 0;  ///< the MTU of "packet too big", the pointer of "parameter problem"
};

/// error(e, d) is the message about a datagram, quoting as much of it as fits into the minimum MTU; no checksum yet.
std::vector<std::uint8_t> encodeError(const Error& error, const Bytes& datagram);
/// An echo message; no checksum yet.
std::vector<std::uint8_t> encodeEcho(Type type, std::uint16_t identifier, std::uint16_t sequence, ByteView data);
/// Writes the checksum, which covers the addresses too.
void seal(std::vector<std::uint8_t>& message, Ipv6Address source, Ipv6Address destination);
/// Whether a message that came has the right one.
bool isSound(ByteView message, Ipv6Address source, Ipv6Address destination);

/// What the receiver knows of the datagram that an error would be about.
struct Complaint {
  ipv6::Header header;
  std::uint8_t protocol = 0;  ///< behind the extension headers
  ByteView payload;           ///< of that protocol
  bool toGroup = false;       ///< arrived as link-layer multicast
  bool mayAnswerGroup = false;  ///< "packet too big" and unknown options may (RFC 4443 2.4 e.3)
};
/// RFC 4443 2.4 (e): no error about errors, or to groups. Records why not.
bool mayComplain(const Env& env, const Complaint& about);

/// Tokens per destination as Linux's inet_peer has them.
struct Limit {
  Ipv6Address to;
  std::int64_t tokens = 0;  ///< ns
  Time last;
  HW_FIELDS(Limit, to, tokens, last)
};
struct Limiter {
  std::vector<Limit> limits;  ///< sorted by address
  HW_FIELDS(Limiter, limits)
};
inline constexpr std::size_t kMaxLimits = 1024;
/// True if an error may pass now: one per second and six at once, four times as many to a /64 (Linux icmpv6_xrlim_allow).
/// `prefix` is the length of the route to the destination. "Packet too big" is never held back.
bool withinRate(Limiter& limiter, const Env& env, Ipv6Address to, std::uint8_t prefix, const Error& error);

}  // namespace hw::icmp6
