// The dissectors, one file each. Every one takes what bytes there are, adds its layer and goes on
// with what is inside; none fails.
#pragma once

#include "core/dissect/dissection.h"

namespace hw::dissect {

/// An Ethernet frame: Ethernet II or IEEE 802.3 with a length.
void dissectEthernet(Dissection& d, const Slice& frame);
/// What an EtherType announces. Result: how many bytes belong to it; the rest is padding.
std::uint32_t dissectEtherType(Dissection& d, std::uint16_t type, const Slice& payload);
/// The tag behind an EtherType 0x8100 and what it carries. Shows its own padding.
void dissectVlan(Dissection& d, const Slice& tag);
void dissectStp(Dissection& d, const Slice& payload);
void dissectLlc(Dissection& d, const Slice& payload);
/// Result: how many bytes belong to the packet.
std::uint32_t dissectArp(Dissection& d, const Slice& payload);
std::uint32_t dissectIpv4(Dissection& d, const Slice& payload);
std::uint32_t dissectIpv6(Dissection& d, const Slice& payload);
/// The options of an IPv4 header, all bytes of `options`.
void dissectIpv4Options(Dissection& d, Fields& out, const Slice& options);
/// What a protocol number announces.
void dissectIpProtocol(Dissection& d, std::uint8_t protocol, const Slice& payload);
/// PPP, with HDLC's address and control in front or without.
void dissectPpp(Dissection& d, const Slice& frame);
/// Result: how many bytes belong to it; the rest is padding.
std::uint32_t dissectPppoe(Dissection& d, const Slice& packet, bool session);
/// Captures of all interfaces of a Linux machine.
void dissectCooked(Dissection& d, const Slice& packet);
void dissectCooked2(Dissection& d, const Slice& packet);
void dissectIgmp(Dissection& d, const Slice& payload);
void dissectIcmp(Dissection& d, const Slice& payload);
void dissectIcmp6(Dissection& d, const Slice& payload);
/// The options of neighbour discovery; the message is layer `self`.
void dissectNdOptions(Dissection& d, Fields& out, const Slice& options, std::uint8_t self);
/// A datagram that an ICMPv6 message quotes, which is layer `self`.
void dissectQuotedIpv6(Dissection& d, std::uint8_t self, const Slice& quoted);
void dissectUdp(Dissection& d, const Slice& payload);
/// Tunnels, with what they carry.
void dissectGre(Dissection& d, const Slice& payload);
void dissectVxlan(Dissection& d, const Slice& payload);
void dissectTcp(Dissection& d, const Slice& payload);
/// The payload of a UDP datagram between these ports.
void dissectUdpPayload(Dissection& d, std::uint16_t from, std::uint16_t to, const Slice& payload);
/// Bytes that nothing explains.
void dissectData(Dissection& d, const Slice& bytes);

}  // namespace hw::dissect
