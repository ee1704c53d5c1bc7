// Sharing the load among several next hops: each flow keeps its way, the flows split by weight.
//
// Read first: RFC 2991, RFC 2992; Documentation/networking/ip-sysctl.rst, fib_multipath_hash_policy.
#pragma once

#include "core/proto/route/policy.h"

namespace hw::route {

/// What a flow's hash covers (fib_multipath_hash_policy).
enum class HashPolicy : std::uint8_t { Addresses, AddressesAndPorts };

/// The hash of a flow in [0, 2^31): SipHash-2-4 over the fields as Linux lays them out, the same for
/// both directions.
std::uint32_t flowHash(const Flow& flow, HashPolicy policy, std::uint32_t seed);

}  // namespace hw::route
