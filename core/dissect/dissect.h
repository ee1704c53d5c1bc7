// Bytes to a tree of layers and fields. Never fails: what cannot be read is shown as far as it goes
// and the packet is marked malformed.
#pragma once

#include <memory>
#include <span>

#include "core/dissect/packet_tree.h"

namespace hw::dissect {

/// Link types of captures (https://www.tcpdump.org/linktypes.html) that can be taken apart; the
/// frames of any other are data.
enum LinkType : std::uint16_t { kLinkEthernet = 1, kLinkPpp = 9, kLinkRaw = 101, kLinkCooked = 113, kLinkCooked2 = 276 };

/// What the payload of a UDP port is, where nothing in the packet says it.
struct DecodeAs {
  enum class Inside : std::uint8_t { Ipv4, Ethernet };
  std::uint16_t udpPort = 0;
  Inside inside = Inside::Ipv4;
};

struct PacketBytes {
  ByteView bytes;
  std::uint16_t linkType = kLinkEthernet;
  std::uint32_t originalLength = 0;  ///< as sent; 0: the same as captured
  std::int64_t timeNs = 0;           ///< since 1970-01-01
  std::span<const DecodeAs> decodeAs = {};
};

/// The packet by itself.
PacketTree dissectPacket(const PacketBytes& packet);

/// Packets of one capture in order: adds what follows from those before, such as the frame of the
/// request that a reply answers, stream numbers and reassembled datagrams.
class CaptureDissector {
 public:
  CaptureDissector();
  ~CaptureDissector();
  CaptureDissector(CaptureDissector&&) noexcept;
  CaptureDissector& operator=(CaptureDissector&&) noexcept;

  /// The next packet of the capture; the first one has number 1.
  PacketTree next(const PacketBytes& packet);

 private:
  std::unique_ptr<class CaptureMemory> m_memory;
  std::uint32_t m_number = 0;
};

}  // namespace hw::dissect
