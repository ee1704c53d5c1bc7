// The options of a TCP header: as fields, and the few values that the analysis needs before.
#pragma once

#include "core/dissect/dissection.h"
#include "core/dissect/tcp_streams.h"
#include "core/proto/tcp/tcp_wire.h"

namespace hw::dissect {

struct TcpOptions {
  int windowShift = -1;      ///< -1: no such option; at most 14
  std::uint32_t sacked = 0;  ///< bytes in SACK blocks
};

/// Reads what is well-formed and skips the rest.
TcpOptions scanTcpOptions(const Slice& options);

/// What the fields of options depend on.
struct TcpOptionBytes {
  Slice options;
  const tcp::Header& header;
  const TcpSight& sight;
  std::uint32_t headerSize = 0;
};
void dissectTcpOptions(Dissection& d, Fields& out, const TcpOptionBytes& bytes);

/// ASCII as it is, other bytes as U+FFFD.
std::string printableText(ByteView bytes);

}  // namespace hw::dissect
