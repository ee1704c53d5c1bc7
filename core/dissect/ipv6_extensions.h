// The headers between an IPv6 header and what it carries.
#pragma once

#include "core/dissect/dissection.h"

namespace hw::dissect {

/// What the extension headers lead to.
struct Ipv6Chain {
  std::uint8_t next = 0;     ///< the protocol of the payload, or 44 where a fragment header stands
  std::uint32_t size = 0;    ///< of the headers that were read
  bool cut = false;          ///< the bytes ended within a header
};

/// Reads hop-by-hop, routing and destination headers from the start of `payload` as long as there are any. Addresses that
/// stand in them become sender and receiver: the checksum is over those.
Ipv6Chain dissectIpv6Extensions(Dissection& d, Fields& out, std::uint8_t first, const Slice& payload);

}  // namespace hw::dissect
