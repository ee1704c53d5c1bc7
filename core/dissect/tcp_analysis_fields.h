// The judgement about a segment as fields.
#pragma once

#include "core/dissect/field_writer.h"
#include "core/dissect/tcp_streams.h"

namespace hw::dissect {

/// Adds tcp.analysis, if there is anything to say; `pos` is where the segment starts.
void addTcpAnalysis(Fields& out, const TcpSight& sight, std::uint32_t pos);

}  // namespace hw::dissect
