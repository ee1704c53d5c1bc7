// A packet tree as JSON: what outside tools rely on (docs/formats.md).
#pragma once

#include "core/dissect/packet_tree.h"

namespace hw::dissect {

/// {number, time, layers: [{proto, name, pos, size, fields: [{name, show, pos, size, fields}]}]}.
/// `time` is a string of seconds since 1970-01-01 with nine digits behind the point. Layers of a
/// reassembled datagram have `source`, quoted ones `within`; a packet that is marked has
/// `malformed`.
std::string toJson(const PacketTree& tree, std::uint64_t number, std::int64_t timeNs);

}  // namespace hw::dissect
