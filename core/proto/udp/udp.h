// UDP: making and checking datagrams.
#pragma once

#include "core/journal/env.h"
#include "core/proto/udp/udp_rules.h"
#include "core/proto/udp/udp_wire.h"
#include "core/wire/frame.h"

namespace hw::udp {

/// The header of a datagram with this payload; a computed checksum of 0 is sent as 0xffff (RFC 768).
Header makeHeader(Ipv4Address source, std::uint16_t sourcePort, Ipv4Address destination,
                  std::uint16_t destinationPort, ByteView payload);

/// The header of a received segment whose length and checksum are right, or nothing; records why.
std::optional<Header> receive(const Env& env, Ipv4Address source, Ipv4Address destination,
                              const Frame& segment);

}  // namespace hw::udp
