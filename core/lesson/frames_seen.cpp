#include "core/lesson/frames_seen.h"

#include <algorithm>

#include "core/dissect/dissect.h"
#include "core/lesson/limits.h"

namespace hw::lesson {

/// From the newest event back until the limit; arrivals are met before what they are arrivals of.
void FramesSeen::gather() {
  m_gathered = true;
  const Journal& journal = m_timeline.journal();
  std::map<TransmissionId, DeviceId> arrived;
  std::uint64_t index = std::min(m_timeline.world().events, journal.size());
  for (std::uint64_t looked = 0; index > 0 && m_frames.size() < kMaxFramesSeen && looked < 2 * kMaxFramesSeen; ++looked) {
    const EventRecord event = journal.read(--index);
    if (event.kind == EventKind::Arrival) arrived[event.arrived] = event.device;
    for (auto sent = event.sent.rbegin(); sent != event.sent.rend(); ++sent) {
      if (!sent->link.valid()) continue;  // lo: nobody sees it
      if (sent->fate == Fate::Waiting || sent->fate == Fate::Collided) continue;  // it is seen when it gets through
      const auto to = arrived.find(sent->id);
      m_frames.push_back({sent->id, event.device, to == arrived.end() ? DeviceId{} : to->second});
    }
  }
  std::reverse(m_frames.begin(), m_frames.end());
}

std::vector<SeenFrame> FramesSeen::since(std::uint64_t since) {
  if (!m_gathered) gather();
  std::vector<SeenFrame> frames;
  std::copy_if(m_frames.begin(), m_frames.end(), std::back_inserter(frames),
               [since](const SeenFrame& one) { return one.id.event >= since; });
  return frames;
}

std::uint16_t FramesSeen::linkTypeOf(TransmissionId id) const {
  const EventRecord event = m_timeline.journal().read(id.event);
  const auto& interfaces = m_timeline.world().device(event.device).config().interfaces;
  const InterfaceId port = event.sent[id.ordinal].port;
  return port.value < interfaces.size() ? hw::linkTypeOf(interfaces[port.value]) : std::uint16_t{dissect::kLinkEthernet};
}

const dissect::PacketTree& FramesSeen::tree(TransmissionId id) {
  const auto known = m_trees.find(id);
  if (known != m_trees.end()) return known->second;
  const std::vector<std::uint8_t> bytes = m_timeline.journal().frame(id).toVector();
  const auto size = static_cast<std::uint32_t>(bytes.size());
  return m_trees.emplace(id, dissect::dissectPacket({bytes, linkTypeOf(id), size, 0, {}})).first->second;
}

}  // namespace hw::lesson
