#include "core/dissect/capture_memory.h"

namespace hw::dissect {
namespace {

constexpr std::int64_t kSecondNs = 1'000'000'000;

bool belongsToOneDevice(MacAddress mac) {
  return !mac.isGroup() && !mac.isZero();
}

}  // namespace

std::vector<DuplicateAddress> CaptureMemory::seeArp(const arp::Header& header, std::uint32_t frame,
                                                    std::int64_t timeNs) {
  std::vector<DuplicateAddress> found;
  const std::int64_t second = timeNs / kSecondNs;
  claim(found, header.senderIp, {header.senderMac, frame, second});
  // In a request the target's MAC address means nothing (RFC 826).
  if (header.opcode != arp::kRequest && found.empty())
    claim(found, header.targetIp, {header.targetMac, frame, second});
  return found;
}

void CaptureMemory::claim(std::vector<DuplicateAddress>& found, Ipv4Address address,
                          const Claim& claim) {
  if (address.isAny() || !belongsToOneDevice(claim.mac)) return;
  const auto known = m_addresses.find(address);
  if (known == m_addresses.end()) {
    if (m_addresses.size() < kMaxEntries) m_addresses.emplace(address, claim);
    return;
  }
  if (known->second.mac == claim.mac) {
    known->second = claim;
    return;
  }
  found.push_back({address, claim.mac, known->second.mac, known->second.frame,
                   static_cast<std::uint32_t>(claim.second - known->second.second)});
}

CaptureMemory::Stream* CaptureMemory::stream(Endpoint from, Endpoint to, std::int64_t timeNs) {
  const Conversation key = Conversation::between(from, to);
  const auto known = m_udp.find(key);
  if (known != m_udp.end()) return &known->second;
  if (m_udp.size() >= kMaxEntries) return nullptr;
  const auto index = static_cast<std::uint32_t>(m_udp.size());
  return &m_udp.emplace(key, Stream{index, timeNs, timeNs}).first->second;
}

StreamTimes CaptureMemory::seeUdp(Endpoint from, Endpoint to, std::int64_t timeNs) {
  Stream* known = stream(from, to, timeNs);
  if (known == nullptr) return {static_cast<std::uint32_t>(kMaxEntries), 0, 0};
  const StreamTimes times{known->index, timeNs - known->firstNs, timeNs - known->previousNs};
  known->previousNs = timeNs;
  return times;
}

std::uint32_t CaptureMemory::quoteUdp(Endpoint from, Endpoint to, std::int64_t timeNs) {
  const Stream* known = stream(from, to, timeNs);
  return known == nullptr ? static_cast<std::uint32_t>(kMaxEntries) : known->index;
}

void CaptureMemory::seePing(const PingKey& key, PingRequest request) {
  if (m_pings.size() >= kMaxEntries) m_pings.clear();
  m_pings[key] = request;
}

std::optional<PingRequest> CaptureMemory::answerPing(const PingKey& key) {
  const auto open = m_pings.find(key);
  if (open == m_pings.end()) return std::nullopt;
  const PingRequest request = open->second;
  m_pings.erase(open);
  return request;
}

}  // namespace hw::dissect
