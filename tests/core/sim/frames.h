// Crafted frames for tests: each layer wraps the bytes of the next.
#pragma once

#include <algorithm>
#include <vector>

#include "core/proto/arp/arp_wire.h"
#include "core/proto/ethernet/ethernet_wire.h"
#include "core/proto/icmp/icmp.h"
#include "core/proto/ipv4/ipv4.h"
#include "core/proto/udp/udp.h"
#include "tests/core/sim/networks.h"

namespace hw::test {

using Raw = std::vector<std::uint8_t>;

inline Raw operator+(Raw front, const Raw& back) {
  front.insert(front.end(), back.begin(), back.end());
  return front;
}

/// So many bytes 0, 1, 2 ...
inline Raw counting(std::size_t size) {
  Raw bytes(size);
  for (std::size_t i = 0; i < size; ++i) bytes[i] = static_cast<std::uint8_t>(i);
  return bytes;
}

template <class H> Raw encoded(const H& header) {
  Raw bytes(Schema<H>::info.bytes);
  store(header, bytes.data());
  return bytes;
}

inline Raw ethernetFrame(MacAddress to, MacAddress from, std::uint16_t type, const Raw& inside) {
  return encoded(ethernet::Header{to, from, type}) + inside;
}

/// An ARP message in a frame from its sender.
inline Raw arpFrame(MacAddress to, std::uint16_t opcode, MacAddress senderMac, const char* senderIp,
                    const char* targetIp, MacAddress targetMac = {}) {
  arp::Header h;
  h.opcode = opcode;
  h.senderMac = senderMac;
  h.senderIp = address(senderIp);
  h.targetMac = targetMac;
  h.targetIp = address(targetIp);
  return ethernetFrame(to, senderMac, ethernet::kArp, encoded(h));
}

inline ipv4::Header ipHeader(const char* from, const char* to, std::uint8_t protocol) {
  ipv4::Header h;
  h.source = address(from);
  h.destination = address(to);
  h.protocol = protocol;
  return h;
}

/// A datagram whose lengths and checksum are right.
inline Raw ipDatagram(const ipv4::Header& header, const Raw& payload, const Raw& options = {}) {
  Raw front(ipv4::kHeaderSize + options.size());
  ipv4::encodeHeader(header, options, static_cast<std::uint32_t>(payload.size()), front.data());
  return front + payload;
}

inline Raw udpSegment(const ipv4::Header& ip, std::uint16_t from, std::uint16_t to, const Raw& data) {
  return encoded(udp::makeHeader(ip.source, from, ip.destination, to, data)) + data;
}

inline Raw echoMessage(icmp::Type type, std::uint16_t identifier, std::uint16_t sequence, const Raw& data) {
  const Bytes bytes = icmp::encodeEcho(type, identifier, sequence, Bytes(ByteView(data)));
  return {bytes.view().begin(), bytes.view().end()};
}

inline Raw errorMessage(icmp::Error error, const Raw& quoted) {
  const Bytes bytes = icmp::encodeError(error, Bytes(ByteView(quoted)));
  return {bytes.view().begin(), bytes.view().end()};
}

/// The bytes of a frame behind its Ethernet header.
inline Raw insideOf(const Raw& frame) { return {frame.begin() + ethernet::kHeaderSize, frame.end()}; }
inline ipv4::Header ipOf(const Raw& frame) { return load<ipv4::Header>(frame.data() + ethernet::kHeaderSize); }
inline icmp::Header icmpOf(const Raw& frame) {
  return load<icmp::Header>(frame.data() + ethernet::kHeaderSize + ipOf(frame).headerSize());
}
inline arp::Header arpOf(const Raw& frame) {
  return load<arp::Header>(frame.data() + ethernet::kHeaderSize);
}
inline bool isIp(const Raw& frame) { return frame.size() > 34 && load16(frame.data() + 12) == ethernet::kIpv4; }

/// The IP frames among frames.
inline std::vector<Raw> ipOnly(std::vector<Raw> frames) {
  std::erase_if(frames, [](const Raw& one) { return !isIp(one); });
  return frames;
}

}  // namespace hw::test
