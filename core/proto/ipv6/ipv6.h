// IPv6: what is read from headers, cutting at the source and putting together, learned path MTUs.
//
// Read first: RFC 8200 3 to 5; RFC 8201; RFC 5722.
#pragma once

#include <optional>
#include <vector>

#include "core/base/expected.h"
#include "core/journal/env.h"
#include "core/proto/ipv6/ipv6_rules.h"
#include "core/proto/ipv6/ipv6_wire.h"

namespace hw::ipv6 {

/// The header at the front of a datagram of which `available` bytes are there.
Expected<Header, DecodeError> decodeHeader(ByteView bytes, std::uint32_t available);

/// Extension headers, more than which no datagram has that somebody means.
inline constexpr int kMaxExtensions = 16;

/// What stands behind the extension headers of a datagram.
struct Chain {
  std::uint8_t next = kNone;       ///< the protocol, or kFragment
  std::uint32_t at = kHeaderSize;  ///< where that begins in the datagram
  std::uint32_t namedAt = 6;       ///< the byte that names it
  /// Why the datagram cannot be read.
  enum class Fault : std::uint8_t { None, Cut, UnknownOption } fault = Fault::None;
  std::uint32_t faultAt = 0;
  std::uint8_t option = 0;         ///< whose first two bits say what to do (RFC 8200 4.2)
};
/// Walks over hop-by-hop, routing and destination headers.
Chain readChain(ByteView datagram);

/// One fragment of a payload.
struct Piece {
  std::uint32_t offset = 0;
  std::uint32_t size = 0;
  bool more = false;
};
/// Pieces of at most (mtu - 48) bytes, multiples of 8 but the last; none if the MTU leaves no room.
std::vector<Piece> fragment(std::uint32_t payloadSize, std::uint32_t mtu);

/// ip6frag_time of Linux.
inline constexpr Duration kReassemblyTime = seconds(60);
inline constexpr std::size_t kMaxIncomplete = 64;
inline constexpr std::size_t kMaxFragments = 8192;

struct FragmentPiece {
  std::uint32_t offset = 0;
  Bytes bytes;
  HW_FIELDS(FragmentPiece, offset, bytes)
};

/// The fragments of one datagram that have come so far.
struct Incomplete {
  Ipv6Address source;
  Ipv6Address destination;
  std::uint32_t identification = 0;
  InterfaceId port;
  Time deadline;
  std::uint32_t size = 0;  ///< of the whole payload, 0 while the last fragment is missing
  Bytes front;             ///< the first fragment's header, as it will be in front of the whole
  std::vector<FragmentPiece> pieces;  ///< sorted by offset
  HW_FIELDS(Incomplete, source, destination, identification, port, deadline, size, front, pieces)
};

struct Reassembly {
  std::vector<Incomplete> incomplete;
  Time nextDeadline = kNever;
  HW_FIELDS(Reassembly, incomplete, nextDeadline)
};

/// A fragment as it came: `datagram` with its fragment header at `at`.
struct Fragment {
  Header header;
  FragmentHeader piece;
  std::uint32_t at = kHeaderSize;
  Bytes datagram;
  InterfaceId port;
};
/// The whole datagram once `fragment` completes it: the first fragment's header, its length and next header put right.
std::optional<Bytes> reassemble(Reassembly& state, const Env& env, const Fragment& fragment);
/// What has waited too long.
std::vector<Incomplete> expire(Reassembly& state, const Env& env);

/// mtu_expires of Linux.
inline constexpr Duration kPathMtuTime = seconds(600);
inline constexpr std::size_t kMaxPathMtus = 1024;
struct PathMtu {
  Ipv6Address to;
  std::uint32_t mtu = 0;
  Time until;
  HW_FIELDS(PathMtu, to, mtu, until)
};
struct PathMtus {
  std::vector<PathMtu> known;
  HW_FIELDS(PathMtus, known)

  const PathMtu* find(Ipv6Address to, Time now) const;
};
/// Takes what "packet too big" told; larger than `current` or below the minimum is not believed (RFC 8201 4).
bool learn(PathMtus& state, const Env& env, Ipv6Address to, std::uint32_t told, std::uint32_t current);

}  // namespace hw::ipv6
