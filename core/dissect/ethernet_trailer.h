// What stands behind the packet in an Ethernet frame: padding to 60 bytes, a trailer, perhaps the
// FCS.
#pragma once

#include "core/dissect/dissection.h"

namespace hw::dissect {

/// Adds padding, trailer and check sequence, as far as `rest` (the bytes behind the packet) has
/// them. A capture does not say whether it holds the FCS: four bytes that are not needed as padding
/// at the end of a frame of 64 bytes or more are taken for it, as Wireshark does.
void addEthernetTrailer(Fields& out, const Slice& frame, const Slice& rest, const Field& trailer);
/// The same behind a VLAN tag, whose frame started 18 bytes before the payload; never an FCS.
void addVlanTrailer(Fields& out, const Slice& rest);

}  // namespace hw::dissect
