// IPv4 in: checks, the routing decision, delivery or forwarding.
// Read first: RFC 1122 3.2.1, RFC 1812 5.2.1.
#include <algorithm>

#include "core/device/stack.h"
#include "core/proto/ethernet/ethernet_wire.h"
#include "core/proto/ipv4/ipv4.h"

namespace hw {

using Ipv4Rule = ipv4::Rule;

bool Stack::isGroupAddress(Ipv4Address address) const {
  if (address.isMulticast() || address.isLimitedBroadcast()) return true;
  const route::Route* route = plan().fib.find(address);
  return route && route->type == route::Type::Broadcast;
}

void Stack::receiveIp(InterfaceId port) {
  Frame& frame = hand();
  const std::uint32_t available = frame.size() - kLink;
  frame.ensureHead(kLink + std::min(available, ipv4::kHeaderSize));
  if (available > ipv4::kHeaderSize) {
    const std::uint32_t claimed = (frame.head()[kLink] & 0x0Fu) * 4;
    frame.ensureHead(kLink + std::min(available, claimed));
  }
  auto header = ipv4::decodeHeader(frame.head() + kLink, frame.headSize() - kLink, available);
  if (!header) {
    const bool sum = header.error().problem == DecodeProblem::BadChecksum;
    decisions().decide(sum ? Ipv4Rule::BadChecksum : Ipv4Rule::BadHeader);
    return;
  }
  if (plan().filter.active && !passesIn(port, *header)) return;
  const bool loopback = config().at(port).kind == InterfaceKind::Loopback;
  const bool impossible = header->source.isMulticast() || header->source.isLimitedBroadcast() ||
                          (!loopback && (header->source.isLoopback() || header->destination.isLoopback() ||
                                         plan().isOwn(header->source)));
  if (impossible) {
    decisions().decide(Ipv4Rule::BadSource, header->source);
    return;
  }
  if (!loopback && isFiltered(port, *header)) return;
  if (header->headerSize() > ipv4::kHeaderSize && !readOptions(port, *header)) return;
  const Ipv4Address to = header->destination;
  if (to.isLimitedBroadcast()) return deliver(port, *header, datagramInHand(*header));
  if (to.isMulticast()) {
    const bool allSystems = to == Ipv4Address::of(224, 0, 0, 1);  // RFC 1112 7.2
    if (allSystems || state().igmp.isMember(port, to)) deliver(port, *header, datagramInHand(*header));
    else decisions().decide(Ipv4Rule::GroupNotJoined, to);
    return;
  }
  const route::Route* route = plan().fib.lookup(decisions(), flowInHand(port, *header));
  if (route && route->type == route::Type::Local) return deliver(port, *header, datagramInHand(*header));
  if (route && route->type == route::Type::Broadcast) {
    const bool sendsOn = config().knobs.all.bcForwarding && config().at(port).knobs.bcForwarding;
    if (sendsOn && config().knobs.forwarding) return forward(port, *header, *route);
    if (route->port != port) decisions().decide(Ipv4Rule::BroadcastNotForwarded, to);
    return deliver(port, *header, datagramInHand(*header));
  }
  if (!config().knobs.forwarding) {
    decisions().decide(Ipv4Rule::NotARouter, to);
    return;
  }
  if (!route || route->type != route::Type::Unicast) {
    icmp::Error error{icmp::kUnreachable, icmp::kNetUnreachable, 0};
    if (route && route->type == route::Type::Blackhole) return;
    if (route && route->type == route::Type::Unreachable && !route->isOfRule()) error.code = icmp::kHostUnreachable;
    if (route && route->type == route::Type::Prohibit) error.code = icmp::kAdministrativelyProhibited;
    if (!icmp::withinRouteErrorRate(state().icmpLimiter, env(), header->source)) return;
    return complain(error, *header, datagramInHand(*header).bytesFrom(0), toGroup());
  }
  forward(port, *header, *route);
}

route::Flow Stack::flowInHand(InterfaceId in, const ipv4::Header& header) const {
  route::Flow flow;
  flow.destination = header.destination;
  flow.source = header.source;
  flow.in = in;
  flow.mark = m_passage.mark;
  flow.tos = header.tos & route::kDscpBits;
  flow.protocol = header.protocol;
  const Frame& frame = m_out.frames[m_hand];
  const std::uint32_t transport = kLink + header.headerSize();
  const bool ports = (header.protocol == ipv4::kUdp || header.protocol == ipv4::kTcp) && !header.isFragment() &&
                     frame.headSize() >= transport + 4;
  if (!ports) return flow;
  flow.sourcePort = load16(frame.head() + transport);
  flow.destinationPort = load16(frame.head() + transport + 2);
  return flow;
}

/// Reverse path filter: would an answer leave where the datagram came in (strict), or anywhere (loose)? RFC 3704.
bool Stack::isFiltered(InterfaceId in, const ipv4::Header& header) {
  const std::uint8_t level = std::max(config().knobs.all.rpFilter, config().at(in).knobs.rpFilter);
  if (level == 0 || header.source.isAny()) return false;
  route::Flow back = route::flowTo(header.source);
  back.source = header.destination;
  back.tos = header.tos & route::kDscpBits;
  const route::Route* route = plan().fib.find(back);
  if (!route || route->type != route::Type::Unicast) {
    decisions().decide(Ipv4Rule::ReversePathUnknown, header.source);
    return true;
  }
  if (level == 2 || route->port == in) return false;
  decisions().decide(Ipv4Rule::ReversePathElsewhere, header.source, route->port, in);
  return true;
}

/// The frame in hand without its link header and padding.
Frame Stack::datagramInHand(const ipv4::Header& header) const {
  Frame datagram = m_out.frames[m_hand];
  datagram.popFront(kLink);
  datagram.truncate(header.totalLength);
  return datagram;
}

void Stack::deliver(InterfaceId port, const ipv4::Header& header, const Frame& datagram) {
  if (header.isFragment()) {
    const Bytes bytes = datagram.bytesFrom(0);
    const auto whole = ipv4::reassemble(state().reassembly, env(), header, bytes.slice(0, header.headerSize()),
                                        bytes.slice(header.headerSize()));
    if (!whole) return;
    return deliver(port, load<ipv4::Header>(whole->data()), Frame(*whole));
  }
  if (!plan().filter.active) return handOver(port, header, datagram);
  ipv4::Header passed = header;
  Frame copy = datagram;
  if (passesToUs(passed, copy)) handOver(port, passed, copy);
}

/// To whom it is for: a raw socket, ICMP, UDP.
void Stack::handOver(InterfaceId port, const ipv4::Header& header, const Frame& datagram) {
  decisions().decide(Ipv4Rule::ForUs, header.destination, header.protocol);
  if (!state().sockets.empty() && deliverToRawSockets(header, datagram)) return;
  switch (header.protocol) {
    case ipv4::kIcmp: return receiveIcmp(header, datagram.bytesFrom(0));
    case ipv4::kUdp: return receiveUdp(port, header, datagram);
    case ipv4::kTcp: return receiveTcp(port, header, datagram);
    case ipv4::kIgmp: return igmp::receive(state().igmp, env(), port, datagram.bytesFrom(header.headerSize()).view());
    case ipv4::kGre:
    case ipv4::kIpip:
    case ipv4::kIpv6:
      if (receivedTunnel(header, datagram)) return;
      [[fallthrough]];
    default:
      decisions().decide(Ipv4Rule::UnknownProtocol, header.protocol);
      complain({icmp::kUnreachable, icmp::kProtocolUnreachable, 0}, header, datagram.bytesFrom(0),
               toGroup() || isGroupAddress(header.destination));
  }
}

/// RFC 1812 5.2.1: one less to live, the next link's MTU, a new frame around it.
void Stack::forward(InterfaceId in, const ipv4::Header& header, const route::Route& route) {
  if (toGroup()) {
    decisions().decide(Ipv4Rule::NotUnicastFrame, header.destination);
    return;
  }
  if (header.ttl <= 1) {
    decisions().decide(Ipv4Rule::TtlExpired, header.ttl, header.source);
    return complain({icmp::kTimeExceeded, icmp::kTtlExceeded, 0}, header, datagramInHand(header).bytesFrom(0), false);
  }
  const std::uint32_t mtu = config().at(route.port).mtu;
  if (header.totalLength > mtu && header.dontFragment) {
    decisions().decide(Ipv4Rule::DontFragment, header.totalLength, mtu, route.port);
    return complain({icmp::kUnreachable, icmp::kFragmentationNeeded, mtu}, header, datagramInHand(header).bytesFrom(0), false);
  }
  decisions().decide(Ipv4Rule::Forwarded, header.destination, header.ttl, header.ttl - 1);
  std::uint8_t* ip = hand().head() + kLink;
  const std::uint16_t before = load16(ip + 8);
  --ip[8];
  store16(ip + 10, updateChecksum(load16(ip + 10), before, load16(ip + 8)));
  if (route.port == in) tellBetterGateway(in, header, route);
  const bool broadcast = route.type == route::Type::Broadcast;
  const Ipv4Address nextHop = broadcast ? Ipv4Address{0xFFFF'FFFFu} : route.via.value_or(header.destination);
  ipv4::Header leaving = header;
  if (plan().filter.active && !passesOn(leaving, route.port, nextHop)) return;
  if (leaving.headerSize() > ipv4::kHeaderSize && m_slots.written) fillOptionsInHand(route, broadcast ? header.destination : nextHop);
  const std::uint32_t most = m_largestPiece == 0 ? mtu : std::min(mtu, m_largestPiece);
  if (leaving.totalLength > most) return sendInPieces(hand(), {route.port, nextHop, mtu, false}, most, true);
  const bool padded = hand().size() > kLink + leaving.totalLength;
  if (padded) hand().truncate(kLink + leaving.totalLength);
  toNeighbour(nextHop, leaving.source,
              {route.port, m_hand, padded ? Origin::Made : unchanged(Origin::Forwarded), 0, true, UINT64_MAX});
}

/// The datagram leaves where it came in: its source could have reached the next hop itself (RFC 1812 5.2.7.2;
/// Linux asks that the source is on that link).
void Stack::tellBetterGateway(InterfaceId in, const ipv4::Header& header, const route::Route& route) {
  if (!config().knobs.all.sendRedirects && !config().at(in).knobs.sendRedirects) return;
  const route::Route* back = plan().fib.find(header.source);
  if (!back || back->type != route::Type::Unicast || back->via || back->port != in) return;
  if (!route::mayRedirect(state().redirects, env(), header.source)) return;
  const Ipv4Address gateway = route.via.value_or(header.destination);
  decisions().decide(route::Rule::BetterGatewayTold, header.source, gateway, header.destination);
  complain({icmp::kRedirect, icmp::kRedirectHost, gateway.value}, header, datagramInHand(header).bytesFrom(0), false);
}

void Stack::receiveUdp(InterfaceId port, const ipv4::Header& header, const Frame& datagram) {
  Frame segment = datagram;
  segment.popFront(header.headerSize());
  const auto udp = udp::receive(env(), header.source, header.destination, segment);
  if (!udp) return;
  const socket::Endpoint to{header.destination, udp->destinationPort};
  const socket::Endpoint from{header.source, udp->sourcePort};
  if (!plan().tunnels.empty()) {
    Frame payload = segment;
    payload.popFront(udp::kHeaderSize);
    payload.truncate(udp->length - udp::kHeaderSize);
    if (receivedVxlan(header, to.port, payload)) return;
  }
  const bool group = header.destination.isMulticast();
  Socket* socket = group ? nullptr : udpSocket(to, from, port);
  if (group) {
    const socket::Datagram data{segment.bytesFrom(udp::kHeaderSize).slice(0, udp->length - udp::kHeaderSize), from, to,
                                header.ttl, {}, true, port, {}, {}};
    if (deliverToGroup(to, from, port, data)) return;
  }
  if (!socket) {
    if (toGroup() || isGroupAddress(header.destination)) {
      decisions().decide(udp::Rule::NoSocketBroadcast, udp->destinationPort);
      return;
    }
    decisions().decide(udp::Rule::NoSocket, udp->destinationPort, header.source);
    return complain({icmp::kUnreachable, icmp::kPortUnreachable, 0}, header, datagram.bytesFrom(0), false);
  }
  socket::Datagram data;
  data.data = segment.bytesFrom(udp::kHeaderSize).slice(0, udp->length - udp::kHeaderSize);
  data.from = from;
  data.to = to;
  data.ttl = header.ttl;
  data.port = port;
  enqueue(*socket, std::move(data));
}

}  // namespace hw
