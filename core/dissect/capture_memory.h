// What a capture teaches about its packets beyond their own bytes: which conversation a packet
// belongs to, which request a reply answers, which fragments make a datagram.
#pragma once

#include <map>
#include <optional>
#include <vector>

#include "core/dissect/conversation.h"
#include "core/dissect/reassembly.h"
#include "core/dissect/tcp_streams.h"
#include "core/proto/arp/arp_wire.h"

namespace hw::dissect {

/// An address that an ARP packet gives to another MAC address than an earlier one did.
struct DuplicateAddress {
  Ipv4Address address;
  MacAddress mac;
  MacAddress earlierMac;
  std::uint32_t earlierFrame = 0;
  std::uint64_t secondsSince = 0;
};

/// Where a datagram stands in its conversation.
struct StreamTimes {
  std::uint32_t index = 0;
  std::int64_t sinceFirstNs = 0;
  std::int64_t sincePreviousNs = 0;
};

struct PingKey {
  Conversation between;
  std::uint16_t checksum = 0;  ///< of the reply to come: the data is the same
  std::uint32_t identifierAndSequence = 0;
  auto operator<=>(const PingKey&) const = default;
};

struct PingRequest {
  std::uint32_t frame = 0;
  std::int64_t timeNs = 0;
};

class CaptureMemory {
 public:
  /// At most so many conversations, addresses and open requests are remembered; what comes later is
  /// still read, without its past.
  static constexpr std::size_t kMaxEntries = 32768;

  /// The addresses in the packet that contradict earlier ones. At most two.
  std::vector<DuplicateAddress> seeArp(const arp::Header& header, std::uint32_t frame,
                                       std::int64_t timeNs);
  /// The index of the conversation; a new one gets the next number.
  StreamTimes seeUdp(Endpoint from, Endpoint to, std::int64_t timeNs);
  /// The index alone, without counting the packet: a quotation in an ICMP error.
  std::uint32_t quoteUdp(Endpoint from, Endpoint to, std::int64_t timeNs);
  void seePing(const PingKey& key, PingRequest request);
  /// The request that a reply answers; each request is answered once.
  std::optional<PingRequest> answerPing(const PingKey& key);
  Reassembly& reassembly() { return m_reassembly; }
  TcpStreams& tcp() { return m_tcp; }

 private:
  struct Claim {
    MacAddress mac;
    std::uint32_t frame = 0;
    std::int64_t second = 0;
  };
  struct Stream {
    std::uint32_t index = 0;
    std::int64_t firstNs = 0;
    std::int64_t previousNs = 0;
  };
  void claim(std::vector<DuplicateAddress>& found, Ipv4Address address, const Claim& claim);
  Stream* stream(Endpoint from, Endpoint to, std::int64_t timeNs);

  std::map<Ipv4Address, Claim> m_addresses;
  std::map<Conversation, Stream> m_udp;
  std::map<PingKey, PingRequest> m_pings;
  Reassembly m_reassembly;
  TcpStreams m_tcp;
};

}  // namespace hw::dissect
