// IPv6 in: checks, groups, delivery or forwarding.
// Read first: RFC 8200 3 and 4; RFC 4291 2.
#include <algorithm>

#include "core/device/stack.h"
#include "core/proto/ethernet/ethernet_wire.h"
#include "core/proto/udp/udp.h"

namespace hw {

using Ipv6Rule = ipv6::Rule;

bool Stack::speaksSix(InterfaceId port) const {
  return config().six && (config().at(port).six || config().at(port).kind == InterfaceKind::Loopback);
}

/// Whether datagrams for an address that came in at a port are for us: one of the link only there.
bool Stack::isOurSix(InterfaceId port, Ipv6Address address) {
  const bool loopback = config().at(port).kind == InterfaceKind::Loopback;
  if (address.isLoopback()) return loopback;
  if (!address.isLinkLocal() || loopback) return state().six->addresses.own(address) != nullptr;
  const nd::Address* own = state().six->addresses.find(port, address);
  return own && own->usable();
}

void Stack::receiveIp6(InterfaceId port) {
  Frame& frame = hand();
  const std::uint32_t available = frame.size() - kLink;
  frame.ensureHead(kLink + std::min(available, ipv6::kHeaderSize));
  const auto header = ipv6::decodeHeader({frame.head() + kLink, frame.headSize() - kLink}, available);
  if (!header) {
    decisions().decide(Ipv6Rule::BadHeader);
    return;
  }
  const bool loopback = config().at(port).kind == InterfaceKind::Loopback;
  const Ipv6Address to = header->destination;
  if (header->source.isMulticast() || to.isAny() || (!loopback && (header->source.isLoopback() || to.isLoopback()))) {
    decisions().decide(Ipv6Rule::BadSource, header->source);
    return;
  }
  Datagram6 datagram{*header, frame.bytesFrom(kLink).slice(0, ipv6::kHeaderSize + header->payloadLength), port};
  if (to.isMulticast()) {
    if (to == Ipv6Address::allNodes() || state().six->groups.isMember(port, to)) return deliverSix(datagram);
    decisions().decide(Ipv6Rule::GroupNotJoined, to);
    return;
  }
  if (isOurSix(port, to)) return deliverSix(datagram);
  if (!config().six->forwarding) {
    decisions().decide(Ipv6Rule::NotARouter, to);
    return;
  }
  forwardSix(datagram);
}

/// A datagram for us, without its extension headers, and whole.
void Stack::deliverSix(const Datagram6& datagram) {
  const ipv6::Chain chain = ipv6::readChain(datagram.bytes.view());
  if (chain.fault == ipv6::Chain::Fault::Cut) {
    decisions().decide(Ipv6Rule::BadHeader);
    return;
  }
  if (chain.fault == ipv6::Chain::Fault::UnknownOption) {
    decisions().decide(Ipv6Rule::UnknownOption, chain.option);
    const unsigned action = chain.option >> 6;  // 2: tell, 3: tell unless it went to a group
    if (action == 2 || (action == 3 && !datagram.header.destination.isMulticast()))
      complainSix({icmp6::kParameterProblem, icmp6::kUnknownOption, chain.faultAt}, datagram, true);
    return;
  }
  if (chain.next != ipv6::kFragment) return handOverSix(datagram, chain);
  if (datagram.bytes.size() < chain.at + ipv6::kFragmentHeaderSize) {
    decisions().decide(Ipv6Rule::BadHeader);
    return;
  }
  const auto piece = load<ipv6::FragmentHeader>(datagram.bytes.data() + chain.at);
  const auto whole = ipv6::reassemble(state().six->reassembly, env(), {datagram.header, piece, chain.at, datagram.bytes, datagram.port});
  if (!whole) return;
  const Datagram6 complete{load<ipv6::Header>(whole->data()), *whole, datagram.port};
  const ipv6::Chain behind = ipv6::readChain(whole->view());
  if (behind.fault == ipv6::Chain::Fault::None) handOverSix(complete, behind);
  else decisions().decide(Ipv6Rule::BadHeader);
}

void Stack::handOverSix(const Datagram6& datagram, const ipv6::Chain& chain) {
  const Ipv6Address to = datagram.header.destination;
  decisions().decide(Ipv6Rule::ForUs, to, chain.next);
  const Bytes inside = datagram.bytes.slice(chain.at);
  switch (chain.next) {
    case ipv6::kIcmp: return receiveIcmp6(datagram, inside);
    case ipv6::kNone: return;
    case ipv6::kUdp: {
      if (to.isMulticast() || inside.size() < udp::kHeaderSize) return;
      const std::uint16_t port = load<udp::Header>(inside.data()).destinationPort;
      decisions().decide(Ipv6Rule::NoSocket, port, datagram.header.source);
      return complainSix({icmp6::kUnreachable, icmp6::kPortUnreachable, 0}, datagram, false);
    }
    default:
      decisions().decide(Ipv6Rule::UnknownNextHeader, chain.next);
      complainSix({icmp6::kParameterProblem, icmp6::kUnknownNextHeader, chain.namedAt}, datagram, false);
  }
}

/// RFC 8200 3 and 5: one less to live, and never cut.
void Stack::forwardSix(const Datagram6& datagram) {
  const ipv6::Header& header = datagram.header;
  if (header.source.isAny()) {
    decisions().decide(Ipv6Rule::BadSource, header.source);
    return;
  }
  if (header.source.staysOnLink() || header.destination.staysOnLink()) {
    decisions().decide(Ipv6Rule::StaysOnLink, header.source, header.destination);
    if (header.source.isLinkLocal() && !header.destination.staysOnLink())
      complainSix({icmp6::kUnreachable, icmp6::kBeyondScope, 0}, datagram, false);
    return;
  }
  const ipv6::Route* route = routeSix(header.destination, InterfaceId{});
  if (!route || route->refuses()) {
    if (route && route->type == ipv6::RouteType::Blackhole) return;
    const bool prohibited = route && route->type == ipv6::RouteType::Prohibit;
    return complainSix({icmp6::kUnreachable, prohibited ? icmp6::kProhibited : icmp6::kNoRoute, 0}, datagram, false);
  }
  if (header.hopLimit <= 1) {
    decisions().decide(Ipv6Rule::HopLimitExpired, header.hopLimit, header.source);
    return complainSix({icmp6::kTimeExceeded, icmp6::kHopLimitExceeded, 0}, datagram, false);
  }
  const std::uint32_t mtu = config().at(route->port).mtu;
  if (datagram.bytes.size() > mtu) {
    decisions().decide(Ipv6Rule::TooBig, datagram.bytes.size(), mtu, route->port);
    return complainSix({icmp6::kPacketTooBig, 0, mtu}, datagram, false);
  }
  decisions().decide(Ipv6Rule::Forwarded, header.destination, header.hopLimit, header.hopLimit - 1);
  --hand().head()[kLink + 7];
  hand().truncate(kLink + datagram.bytes.size());
  // What the journal keeps of a forwarded frame are the bytes that IPv4 rewrites; this one it keeps whole.
  toNeighbourSix(route->via.value_or(header.destination), header.source, {route->port, m_hand, Origin::Made, 0, true, UINT64_MAX});
}

}  // namespace hw
