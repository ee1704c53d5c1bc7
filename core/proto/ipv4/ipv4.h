// IPv4: validation, identification, fragmentation and reassembly, as pure functions of bytes.
//
// Read first: RFC 791 3.2 (fragmentation and reassembly), RFC 1122 3.2.1 and 3.3.2.
#pragma once

#include <vector>

#include "core/base/hash.h"
#include "core/journal/env.h"
#include "core/proto/ipv4/ipv4_rules.h"
#include "core/proto/ipv4/ipv4_wire.h"
#include "core/wire/checksum.h"

namespace hw::ipv4 {


/// The strict reading of a datagram's front: version, lengths, checksum (RFC 1122 3.2.1.1 and .2).
/// `available` is how many bytes the frame really has behind its link header.
Expected<Header, DecodeError> decodeHeader(const std::uint8_t* bytes, std::uint32_t contiguous,
                                           std::uint32_t available);

/// Writes a header with its options, lengths and checksum filled in: kHeaderSize + options.size()
/// bytes, where options.size() is a multiple of 4.
void encodeHeader(Header header, ByteView options, std::uint32_t payloadSize, std::uint8_t* to);

/// One fragment: a slice of the payload with the header fields that differ.
struct Piece {
  std::uint32_t offset = 0;  ///< in bytes, relative to the cut payload
  std::uint32_t size = 0;
  bool more = false;
};
/// fragment(n, header, mtu): pieces of at most (mtu - header) bytes, multiples of 8 but the last.
std::vector<Piece> fragment(std::uint32_t payloadSize, std::uint32_t headerSize, std::uint32_t mtu,
                            bool moreBehind);

/// Identifications, counted per hash of (source, destination, protocol) as Linux does.
struct Identifications {
  std::array<std::uint16_t, 64> next{};
  HW_FIELDS(Identifications, next)

  void seed(RandomStream& random);
  std::uint16_t take(Ipv4Address source, Ipv4Address destination, std::uint8_t protocol);
};

/// ipfrag_time of Linux.
inline constexpr Duration kReassemblyTime = seconds(30);
inline constexpr std::size_t kMaxIncomplete = 64;
inline constexpr std::size_t kMaxFragments = 8192;

struct FragmentPiece {
  std::uint32_t offset = 0;
  Bytes bytes;
  HW_FIELDS(FragmentPiece, offset, bytes)
};

/// The fragments of one datagram that have come so far.
struct Incomplete {
  Ipv4Address source;
  Ipv4Address destination;
  std::uint16_t identification = 0;
  std::uint8_t protocol = 0;
  Time deadline;
  std::uint32_t size = 0;  ///< of the whole payload, 0 while the last fragment is missing
  Bytes front;             ///< the first fragment's header, empty while it is missing
  std::vector<FragmentPiece> pieces;  ///< sorted by offset
  HW_FIELDS(Incomplete, source, destination, identification, protocol, deadline, size, front, pieces)
};

struct Reassembly {
  std::vector<Incomplete> incomplete;
  Time nextDeadline = kNever;
  HW_FIELDS(Reassembly, incomplete, nextDeadline)
};

/// The whole datagram (header bytes and payload) once `fragment` completes it.
std::optional<Bytes> reassemble(Reassembly& state, const Env& env, const Header& header,
                                const Bytes& headerBytes, const Bytes& payload);

/// The largest fragment, header included, that has come of the datagram to which this one belongs; this one counts too.
std::uint32_t largestPiece(const Reassembly& state, const Header& header);

/// What has waited too long; a datagram whose first fragment came is told to its source.
std::vector<Incomplete> expire(Reassembly& state, const Env& env);

}  // namespace hw::ipv4
