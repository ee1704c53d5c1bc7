// What happened on the wires, as a capture that Wireshark opens: one interface block per captured
// interface, each frame as sent and as received, the explanation as comment where the decision fell.
#pragma once

#include <ostream>
#include <vector>

#include "core/base/text.h"
#include "core/sim/timeline.h"

namespace hw::trace {

struct PcapngOptions {
  std::vector<LinkEnd> interfaces;  ///< empty: all that have a cable, and lo where it was used
  bool explain = true;
  Language language = Language::English;
};

/// Writes all transmissions of the journal; false if the stream failed.
bool exportPcapng(const Timeline& timeline, const PcapngOptions& options, std::ostream& out);

}  // namespace hw::trace
