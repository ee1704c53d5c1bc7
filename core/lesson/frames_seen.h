// The frames that a look at a session may see, each taken apart at most once.
#pragma once

#include <map>
#include <vector>

#include "core/dissect/packet_tree.h"
#include "core/sim/timeline.h"

namespace hw::lesson {

struct SeenFrame {
  TransmissionId id;
  DeviceId sender;
  DeviceId receiver;  ///< none if it was lost or has not arrived at the displayed moment
};

class FramesSeen {
 public:
  explicit FramesSeen(const Timeline& timeline) : m_timeline(timeline) {}
  /// In the order of sending, from event `since` to the displayed moment.
  std::vector<SeenFrame> since(std::uint64_t since);
  const dissect::PacketTree& tree(TransmissionId id);

 private:
  std::uint16_t linkTypeOf(TransmissionId id) const;
  void gather();
  const Timeline& m_timeline;
  bool m_gathered = false;
  std::vector<SeenFrame> m_frames;
  std::map<TransmissionId, dissect::PacketTree> m_trees;
};

}  // namespace hw::lesson
