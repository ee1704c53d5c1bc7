// Packets as views show them: on their way, in a list, taken apart, hop by hop.
#pragma once

#include <array>
#include <optional>
#include <string>
#include <vector>

#include "core/dissect/packet_tree.h"
#include "core/explain/explain.h"
#include "core/lens/beats.h"
#include "core/sim/timeline.h"

namespace hw::lens {

/// A frame in a line: who, to whom, what. `protocol` is Wireshark's name of the innermost one.
struct PacketLine {
  std::string protocol;     ///< "ARP", "ICMP", "UDP" ...
  std::string source;       ///< the innermost addresses: IP, else MAC
  std::string destination;
  std::string info;         ///< "Echo (ping) request seq=1 ttl=64"
  bool operator==(const PacketLine&) const = default;
};
PacketLine packetLine(const Frame& frame);
/// What frames of an interface begin with, as captures say it: 1 Ethernet, 101 IP.
std::uint16_t linkTypeOf(const World& world, DeviceId device, InterfaceId port);

/// A frame on a link, for the canvas. It moves from (beat sent) to (beat of arrival).
struct Flight {
  TransmissionId id;
  LinkId link;
  std::uint8_t fromEnd = 0;  ///< which end of the link it left
  std::size_t sentBeat = 0;
  std::size_t arrivalBeat = 0;  ///< sentBeat + 1 if it never arrives
  Fate fate = Fate::Delivered;
  PacketLine line;
  bool operator==(const Flight&) const = default;
};
/// The frames under way while beat `beat` is shown: sent in it or before, not arrived yet.
std::vector<Flight> flightsAt(const Timeline& timeline, const BeatMap& beats, std::size_t beat);

/// A row of the list of events: one transmission.
struct PacketRow {
  TransmissionId id;
  Time time;
  std::size_t beat = 0;
  DeviceId from;
  DeviceId to;               ///< none if it never arrived
  std::string fromName;      ///< "h1:eth0"
  std::string toName;
  Fate fate = Fate::Delivered;
  std::uint32_t size = 0;
  PacketLine line;
};
/// The transmissions of the events [from, to), at most `limit` of them.
std::vector<PacketRow> packetRows(const Timeline& timeline, const BeatMap& beats, std::uint64_t from,
                                  std::uint64_t to, std::size_t limit = 10'000);

/// A transmission in full: its bytes and layers, and the decisions at both its ends.
struct PacketCard {
  PacketRow row;
  std::vector<std::uint8_t> bytes;
  dissect::PacketTree tree;
  /// Why it was sent: the decisions of the event that sent it (and of the one where it began to wait).
  std::vector<explain::Sentence> sentBecause;
  /// What the receiver decided: the decisions of the arrival, empty until it has arrived.
  std::vector<explain::Sentence> receivedAs;
  DeviceId receiver;
  std::optional<std::uint64_t> arrivalEvent;
};
/// `shown`: how many events have happened at the displayed moment; later ones are not told.
PacketCard packetCard(const Timeline& timeline, const BeatMap& beats, TransmissionId id,
                      Language language, std::uint64_t shown);

/// The rows of the strip "what changed at every hop", Wireshark's names.
inline constexpr std::array<std::string_view, 7> kHopFields{"eth.src", "eth.dst", "vlan.id",    "ip.src",
                                                            "ip.dst",  "ip.ttl",  "ip.checksum"};
struct Hop {
  TransmissionId id;
  std::string fromName;   ///< "r1:eth1"
  std::string toName;
  Time time;
  std::size_t beat = 0;
  std::array<std::string, kHopFields.size()> values;  ///< empty: the frame has no such field
  std::array<bool, kHopFields.size()> changed{};      ///< against the hop before
};
/// The way of the datagram in a transmission, from where it was made to where it stands now; through tunnels too: a virtual interface
/// that packs or unpacks it is a hop from a device to itself.
std::vector<Hop> hopStrip(const Timeline& timeline, const BeatMap& beats, TransmissionId id,
                          std::uint64_t shown);

}  // namespace hw::lens
