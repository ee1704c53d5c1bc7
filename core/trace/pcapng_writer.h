// Writes pcapng: named interfaces, nanoseconds, direction flags and comments in UTF-8.
//
//   PcapngWriter writer(file);
//   const auto eth0 = writer.addInterface({"h1:eth0", "", 1, 1'000'000'000});
//   writer.write({eth0, timeNs, bytes, "why it was dropped", Direction::Outbound});
#pragma once

#include <ostream>

#include "core/trace/capture.h"

namespace hw::trace {

class PcapngWriter {
 public:
  /// Writes the section header. `out` must stay while the writer is used.
  explicit PcapngWriter(std::ostream& out);

  /// Result: the index for CapturePacket::interface. Interfaces may be added between packets.
  std::uint32_t addInterface(const CaptureInterface& interface);
  /// Packets in any order of time; bytes beyond kMaxPacketBytes and a comment beyond 65535 bytes
  /// are cut off. The interface must have been added.
  void write(const CapturePacket& packet);
  /// How many packets each interface saw, at the end.
  void writeStatistics(std::int64_t timeNs);
  /// False once the stream failed, as on a full disk.
  bool good() const { return m_out->good(); }

 private:
  std::ostream* m_out;
  std::vector<std::uint64_t> m_packets;  ///< written, per interface
};

}  // namespace hw::trace
