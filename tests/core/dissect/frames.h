// Frames for the tests of the dissector, as hexadecimal digits.
#pragma once

#include <cstdint>
#include <string_view>
#include <vector>

namespace hw::dissect::frames {

/// An ARP request, padded to 60 bytes.
inline constexpr std::string_view kArpRequest =
    "ffffffffffff020000000001080600010800060400010200000000010a0000010000000000000a0000020000"
    "00000000000000000000000000000000";

/// An ARP probe.
inline constexpr std::string_view kArpProbe =
    "ffffffffffff02000000000108060001080006040001020000000001000000000000000000000a000001";

/// An echo request with the time of sending.
inline constexpr std::string_view kPing =
    "02000000000202000000000108004500005400014000400126a60a0000010a000002080090bf1234000100f1"
    "53650000000040e2010000000000101112131415161718191a1b1c1d1e1f202122232425262728292a2b2c2d"
    "2e2f3031323334353637";

/// Its reply.
inline constexpr std::string_view kPingReply =
    "02000000000202000000000108004500005400014000400126a60a0000020a000001000098bf1234000100f1"
    "53650000000040e2010000000000101112131415161718191a1b1c1d1e1f202122232425262728292a2b2c2d"
    "2e2f3031323334353637";

/// Port unreachable, quoting a UDP datagram.
inline constexpr std::string_view kPortUnreachable =
    "02000000000202000000000108004500004000014000400126ba0a0000010a00000203031121000000004500"
    "002400014000401126c60a0000010a00000213880fa00010370e6162636465666768";

/// Fragmentation needed, with the MTU.
inline constexpr std::string_view kFragmentationNeeded =
    "02000000000202000000000108004500004000014000400126ba0a0000010a00000203040b44000005dc4500"
    "002400014000401126c60a0000010a00000213880fa00010370e6162636465666768";

/// A redirect, quoting 8 bytes of data.
inline constexpr std::string_view kRedirect =
    "02000000000202000000000108004500004000014000400126ba0a0000010a0000020501051a0a0000094500"
    "002400014000401126c60a0000010a00000213880fa00010370e6162636465666768";

/// A UDP datagram with 20 bytes.
inline constexpr std::string_view kUdp =
    "02000000000202000000000108004500003000014000401126ba0a0000010a00000213889c40001c6e136162"
    "616261626162616261626162616261626162";

/// A UDP datagram to the echo port.
inline constexpr std::string_view kEcho =
    "02000000000202000000000108004500002100014000401126c90a0000010a00000213880007000d94706865"
    "6c6c6f";

/// A SYN with the usual options.
inline constexpr std::string_view kSyn =
    "02000000000202000000000108004500003c00014000400626b90a0000010a00000203e81f90000000640000"
    "0000a002faf015300000020405b40402080a000000010000000001030307";

/// A segment with two SACK blocks.
inline constexpr std::string_view kSack =
    "02000000000202000000000108004500003d00014000400626b80a0000010a00000203e81f900000006a0000"
    "01f5a03801f699f700010101051200000259000002bd000003210000038578";

/// A ping with the record route option.
inline constexpr std::string_view kRecordRoute =
    "02000000000202000000000108004800005000014000400113950a0000010a000002070b080a000001000000"
    "0000080026f812340001101112131415161718191a1b1c1d1e1f202122232425262728292a2b2c2d2e2f3031"
    "323334353637";

/// A ping with a strict source route.
inline constexpr std::string_view kSourceRoute =
    "020000000002020000000001080048000050000140004001878a0a0000010a000002890b080a0000050a0000"
    "0600080026f812340001101112131415161718191a1b1c1d1e1f202122232425262728292a2b2c2d2e2f3031"
    "323334353637";

/// A ping with time stamps.
inline constexpr std::string_view kTimestamps =
    "02000000000202000000000108004a000058000140004001bc500a0000010a00000244140d310a0000050000"
    "00010a00000600000000080026f812340001101112131415161718191a1b1c1d1e1f20212223242526272829"
    "2a2b2c2d2e2f3031323334353637";

/// A ping in two VLAN tags.
inline constexpr std::string_view kVlans =
    "020000000002020000000001810070648100000508004500004400014000400126b60a0000010a0000020800"
    "26f812340001101112131415161718191a1b1c1d1e1f202122232425262728292a2b2c2d2e2f303132333435"
    "3637";

/// An ARP request in a provider tag and a VLAN tag.
inline constexpr std::string_view kProviderTag =
    "02000000000202000000000188a8006481000005080600010800060400010200000000010a00000100000000"
    "00000a000002";

/// An IEEE 802.3 frame with LLC.
inline constexpr std::string_view kSpanningTree =
    "0180c20000000200000000010026424203000000000000000000000000000000000000000000000000000000"
    "0000000000000000";

/// A designated port that proposes (and agrees, so that many flags are set).
inline constexpr std::string_view kRapidTree =
    "0180c20000000200000000020027424203000002027e80000200000000010000000480000200000000028001"
    "0100140002000f000000000000000000";

/// A ping behind an LLC and SNAP header.
inline constexpr std::string_view kSnap =
    "020000000002020000000001004caaaa0300000008004500004400014000400126b60a0000010a0000020800"
    "26f812340001101112131415161718191a1b1c1d1e1f202122232425262728292a2b2c2d2e2f303132333435"
    "3637";

/// A ping in an IP-in-IP tunnel.
inline constexpr std::string_view kIpInIp =
    "020000000002020000000001080045000058000140004004269f0a0000010a00000245000044000140004001"
    "26b60a0000010a000002080026f812340001101112131415161718191a1b1c1d1e1f20212223242526272829"
    "2a2b2c2d2e2f3031323334353637";

/// The answer of an access concentrator.
inline constexpr std::string_view kPppoeOffer =
    "0200000000020200000000018863110700000014010100000102000261630103" "0002cafe01040000";

/// An echo request in a PPPoE session.
inline constexpr std::string_view kPppoeSession =
    "02000000000202000000000188641100000100560021" "4500005400014000400126a60a0000010a000002080090bf1234000100f1"
    "53650000000040e2010000000000101112131415161718191a1b1c1d1e1f202122232425262728292a2b2c2d"
    "2e2f3031323334353637";

struct Named {
  std::string_view name;
  std::string_view hex;
};
inline constexpr Named kAll[] = {
    {"ArpRequest", kArpRequest},
    {"ArpProbe", kArpProbe},
    {"Ping", kPing},
    {"PingReply", kPingReply},
    {"PortUnreachable", kPortUnreachable},
    {"FragmentationNeeded", kFragmentationNeeded},
    {"Redirect", kRedirect},
    {"Udp", kUdp},
    {"Echo", kEcho},
    {"Syn", kSyn},
    {"Sack", kSack},
    {"RecordRoute", kRecordRoute},
    {"PppoeOffer", kPppoeOffer},
    {"PppoeSession", kPppoeSession},
    {"SourceRoute", kSourceRoute},
    {"Timestamps", kTimestamps},
    {"Vlans", kVlans},
    {"ProviderTag", kProviderTag},
    {"SpanningTree", kSpanningTree},
    {"Snap", kSnap},
    {"IpInIp", kIpInIp},
};

inline std::vector<std::uint8_t> bytesOf(std::string_view hex) {
  const auto digit = [](char c) { return c <= '9' ? c - '0' : c - 'a' + 10; };
  std::vector<std::uint8_t> bytes;
  for (std::size_t i = 0; i + 1 < hex.size(); i += 2)
    bytes.push_back(static_cast<std::uint8_t>(digit(hex[i]) * 16 + digit(hex[i + 1])));
  return bytes;
}

}  // namespace hw::dissect::frames
