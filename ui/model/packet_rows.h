// The rows of the packet list up to the displayed moment, kept from snapshot to snapshot.
#pragma once

#include <memory>
#include <vector>

#include "core/session/session.h"

namespace hw::model {

/// The list shows the newest so many.
inline constexpr std::size_t kMaxPacketRows = 2'000;

class PacketRows {
 public:
  using Rows = std::shared_ptr<const std::vector<lens::PacketRow>>;
  /// Rows of all transmissions before the displayed moment. O(events since the last call).
  Rows follow(const Session& session);
  void clear() { *this = PacketRows(); }

 private:
  Rows m_rows = std::make_shared<std::vector<lens::PacketRow>>();
  std::uint64_t m_events = 0;   ///< rows of the events before
  std::uint64_t m_settled = 0;  ///< rows of events before this one do not change any more
};

}  // namespace hw::model
