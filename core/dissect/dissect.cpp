#include "core/dissect/dissect.h"

#include <algorithm>

#include "core/dissect/capture_memory.h"
#include "core/dissect/protocols.h"

namespace hw::dissect {
namespace {

void dissectRaw(Dissection& d, const Slice& packet) {
  const unsigned version = packet.has(0, 1) ? packet.bytes[0] >> 4 : 4u;
  if (version == 4) dissectIpv4(d, packet);
  else if (version == 6) dissectIpv6(d, packet);
  else dissectData(d, packet);
}

PacketTree run(Dissection d, const PacketBytes& packet) {
  // Times of centuries away are pulled in, so that the time between two packets is a number.
  constexpr std::int64_t kFarNs = INT64_MAX / 2;
  d.timeNs = std::clamp(packet.timeNs, -kFarNs, kFarNs);
  d.decodeAs = packet.decodeAs;
  d.tree.sources.push_back({{"Frame", "帧"}, Bytes(packet.bytes)});
  const Bytes kept = d.tree.sources.front().bytes;
  const Slice frame{kept.view(), 0, std::max(packet.originalLength, kept.size())};
  switch (packet.linkType) {
  case kLinkEthernet:
    dissectEthernet(d, frame);
    break;
  case kLinkPpp:
    dissectPpp(d, frame);
    break;
  case kLinkRaw:
    dissectRaw(d, frame);
    break;
  case kLinkCooked:
    dissectCooked(d, frame);
    break;
  case kLinkCooked2:
    dissectCooked2(d, frame);
    break;
  default:
    dissectData(d, frame);
    break;
  }
  return d.finish();
}

}  // namespace

PacketTree dissectPacket(const PacketBytes& packet) {
  return run(Dissection{}, packet);
}

CaptureDissector::CaptureDissector() : m_memory(std::make_unique<CaptureMemory>()) {}
CaptureDissector::~CaptureDissector() = default;
CaptureDissector::CaptureDissector(CaptureDissector&&) noexcept = default;
CaptureDissector& CaptureDissector::operator=(CaptureDissector&&) noexcept = default;

PacketTree CaptureDissector::next(const PacketBytes& packet) {
  Dissection d;
  d.memory = m_memory.get();
  d.number = ++m_number;
  return run(std::move(d), packet);
}

}  // namespace hw::dissect
