// A frame in one line, as lists and the canvas show it.
#include <fmt/format.h>

#include <algorithm>

#include "core/lens/packets.h"
#include "core/proto/arp/arp_wire.h"
#include "core/proto/ethernet/ethernet_wire.h"
#include "core/proto/gre/gre_wire.h"
#include "core/proto/icmp/icmp_wire.h"
#include "core/proto/igmp/igmp_wire.h"
#include "core/proto/ipv4/ipv4_wire.h"
#include "core/proto/stp/stp_wire.h"
#include "core/proto/tcp/tcp_wire.h"
#include "core/proto/udp/udp_wire.h"
#include "core/proto/vxlan/vxlan_wire.h"

namespace hw::lens {
namespace {

/// A frame may claim any number of packets inside packets: deeper ones are not told.
constexpr int kDeepest = 4;

PacketLine frameLine(ByteView frame, int depth);

ByteView after(ByteView bytes, std::size_t header) { return bytes.subspan(std::min(header, bytes.size())); }

/// What a packet carries, with what carries it in front.
PacketLine carried(PacketLine inner, const std::string& by) {
  inner.info = by + ": " + inner.info;
  return inner;
}

std::string arpInfo(const arp::Header& message) {
  if (message.opcode == arp::kRarpRequest) return fmt::format("Who is {}? Tell {}", message.targetMac.text(), message.senderMac.text());
  if (message.opcode == arp::kRarpReply) return fmt::format("{} is at {}", message.targetMac.text(), message.targetIp.text());
  if (message.opcode == arp::kReply)
    return fmt::format("{} is at {}", message.senderIp.text(), message.senderMac.text());
  return fmt::format("Who has {}? Tell {}", message.targetIp.text(), message.senderIp.text());
}

std::string icmpInfo(const icmp::Header& message, std::uint8_t ttl) {
  const auto echo = [&](const char* what) {
    return fmt::format("Echo (ping) {} seq={} ttl={}", what, message.sequence(), ttl);
  };
  switch (message.type) {
    case icmp::kEchoRequest: return echo("request");
    case icmp::kEchoReply: return echo("reply");
    case icmp::kTimeExceeded: return message.code == 0 ? "Time to live exceeded" : "Fragment reassembly time exceeded";
    case icmp::kUnreachable: break;
    default: return fmt::format("Type {} code {}", message.type, message.code);
  }
  switch (message.code) {
    case icmp::kNetUnreachable: return "Network unreachable";
    case icmp::kHostUnreachable: return "Host unreachable";
    case icmp::kPortUnreachable: return "Port unreachable";
    case icmp::kFragmentationNeeded: return "Fragmentation needed";
    default: return fmt::format("Unreachable, code {}", message.code);
  }
}

std::string igmpInfo(ByteView message) {
  const auto report = decode<igmp::Report>(message);
  if (!report) return "Truncated";
  const auto record = decode<igmp::Record>(after(message, igmp::kHeaderSize));
  if (report->type != igmp::kReportV3 || !record) return fmt::format("Type 0x{:02x}", report->type);
  const bool leaves = record->type == igmp::kToInclude && record->sources == 0;
  return fmt::format("Report: {} {}{}", leaves ? "leave" : "join", record->group.text(),
                     report->records > 1 ? fmt::format(" and {} more", report->records - 1) : "");
}

std::string stpInfo(ByteView bpdu) {
  // A notification is shorter than a configuration, and ends behind its type.
  if (bpdu.size() >= stp::kTcnSize && bpdu[3] == stp::kTopologyChangeNotification)
    return "Topology change notification";
  const auto message = decode<stp::Header>(bpdu);
  if (!message) return "Truncated";
  return fmt::format("Root {}/{} cost {}{}", message->rootPriority, message->rootMac.text(), message->rootPathCost,
                     (message->flags & stp::kTopologyChange) != 0 ? ", topology change" : "");
}

PacketLine ipLine(ByteView packet, int depth);

/// What follows a header that names it by an EtherType.
std::optional<PacketLine> typeLine(std::uint16_t type, ByteView inside, int depth) {
  if (depth >= kDeepest) return std::nullopt;
  if (type == ethernet::kIpv4) {
    const auto ip = decode<ipv4::Header>(inside);
    if (ip && ip->headerSize() <= inside.size()) return ipLine(inside, depth);
  }
  if (type == gre::kBridged) return frameLine(inside, depth + 1);
  return std::nullopt;
}

std::optional<PacketLine> greLine(ByteView packet, int depth) {
  const auto header = decode<gre::Header>(packet);
  if (!header || (header->flags & gre::kRoutingBit) != 0) return std::nullopt;
  std::size_t size = gre::kHeaderSize;
  for (const auto bit : {gre::kChecksumBit, gre::kKeyBit, gre::kSequenceBit})
    if ((header->flags & bit) != 0) size += 4;
  auto inner = typeLine(header->protocol, after(packet, size), depth + 1);
  if (inner) return carried(*std::move(inner), "GRE");
  return std::nullopt;
}

std::optional<PacketLine> vxlanLine(ByteView packet, int depth) {
  const auto header = decode<vxlan::Header>(packet);
  if (!header || depth + 1 >= kDeepest) return std::nullopt;
  return carried(frameLine(after(packet, vxlan::kHeaderSize), depth + 1), fmt::format("VXLAN {}", header->vni));
}

std::string tcpInfo(const tcp::Header& header, std::size_t length) {
  constexpr std::pair<tcp::Flag, const char*> kNames[] = {{tcp::kFin, "FIN"}, {tcp::kSyn, "SYN"}, {tcp::kRst, "RST"}, {tcp::kPsh, "PSH"}, {tcp::kAck, "ACK"}};
  std::string flags;
  for (const auto& [flag, name] : kNames)
    if (header.has(flag)) flags += (flags.empty() ? "" : ", ") + std::string(name);
  std::string text = fmt::format("{} > {} [{}] Seq={}", header.sourcePort, header.destinationPort, flags, header.sequence);
  if (header.has(tcp::kAck)) text += fmt::format(" Ack={}", header.acknowledgment);
  return text + fmt::format(" Win={} Len={}", header.window, length);
}

PacketLine ipLine(ByteView packet, int depth) {
  const auto ip = load<ipv4::Header>(packet.data());
  const ByteView payload = after(packet, ip.headerSize());
  PacketLine line{"IPv4", ip.source.text(), ip.destination.text(), fmt::format("Protocol {}", ip.protocol)};
  if (ip.fragmentOffset != 0) {
    line.info = fmt::format("Fragment at {} of id 0x{:04x}", ip.fragmentOffset * 8, ip.identification);
    return line;
  }
  if (ip.protocol == ipv4::kIcmp && payload.size() >= icmp::kHeaderSize) {
    line.protocol = "ICMP";
    line.info = icmpInfo(load<icmp::Header>(payload.data()), ip.ttl);
  } else if (ip.protocol == ipv4::kIgmp) {
    line.protocol = "IGMP";
    line.info = igmpInfo(payload);
  } else if (ip.protocol == ipv4::kGre) {
    if (auto inner = greLine(payload, depth)) return *std::move(inner);
    line.protocol = "GRE";
  } else if (ip.protocol == ipv4::kUdp && payload.size() >= udp::kHeaderSize) {
    const auto udp = load<udp::Header>(payload.data());
    if (udp.destinationPort == vxlan::kPort)
      if (auto inner = vxlanLine(after(payload, udp::kHeaderSize), depth)) return *std::move(inner);
    line.protocol = "UDP";
    line.info = fmt::format("{} > {} len={}", udp.sourcePort, udp.destinationPort, udp.length - 8);
  }
  if (ip.protocol == ipv4::kTcp && payload.size() >= tcp::kHeaderSize) {
    const auto header = load<tcp::Header>(payload.data());
    const std::size_t front = ip.headerSize() + header.headerSize();
    line.protocol = "TCP";
    line.info = tcpInfo(header, ip.totalLength > front ? ip.totalLength - front : 0);
  }
  if (ip.moreFragments) line.info += " (first fragment)";
  return line;
}

PacketLine frameLine(ByteView frame, int depth) {
  const auto eth = decode<ethernet::Header>(frame);
  if (!eth) return {"Ethernet", "", "", "Truncated"};
  std::uint16_t type = eth->type;
  ByteView inside = after(frame, ethernet::kHeaderSize);
  std::string tags;
  while (type == ethernet::kVlan || type == ethernet::kServiceVlan) {
    const auto tag = decode<ethernet::VlanTag>(inside);
    if (!tag) break;
    tags += fmt::format("{}VLAN {}", tags.empty() ? "" : ", ", tag->id);
    type = tag->type;
    inside = after(inside, 4);
  }
  PacketLine line{"Ethernet", eth->source.text(), eth->destination.text(), fmt::format("Type 0x{:04x}", type)};
  if (type < ethernet::kFirstType) {
    line.info = fmt::format("Length {}", type);
    if (inside.size() >= stp::kLlcSize && std::equal(stp::kLlc.begin(), stp::kLlc.end(), inside.begin())) {
      line.protocol = "STP";
      line.info = stpInfo(after(inside, stp::kLlcSize));
    }
  } else if (type == ethernet::kArp || type == ethernet::kRarp) {
    if (const auto message = decode<arp::Header>(inside)) {
      line.protocol = type == ethernet::kRarp ? "RARP" : "ARP";
      line.info = arpInfo(*message);
    }
  } else if (auto inner = typeLine(type, inside, depth)) {
    line = *std::move(inner);
  }
  return tags.empty() ? line : carried(std::move(line), tags);
}

}  // namespace

PacketLine packetLine(const Frame& frame) {
  const std::vector<std::uint8_t> bytes = frame.toVector();
  return frameLine(bytes, 0);
}

}  // namespace hw::lens
