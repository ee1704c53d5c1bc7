// The list of the fragments of which a datagram was put together.
#pragma once

#include "core/dissect/dissection.h"
#include "core/dissect/reassembly.h"

namespace hw::dissect {

/// The fields of the list: those of IPv4 or of IPv6.
struct FragmentFields {
  const Field& all;
  const Field& one;
  const Field& wrong;
  const Field& overlap;
  const Field& conflict;
  const Field& tails;
  const Field& tooLong;
  const Field& count;
  const Field& length;
  const Field& data;
  Text source;  ///< the name of the datagram as a data source
};

/// Adds the list, and the datagram as a source of its own; `pos` is where the layer starts.
void addFragmentList(Dissection& d, Fields& out, const FragmentFields& about, const Reassembled& whole, std::uint32_t pos);

}  // namespace hw::dissect
