// Tunnels in IPv4: datagrams and frames into datagrams, and out of them.
// Read first: RFC 2784, RFC 2003; Linux ip_tunnel_xmit and ip_tunnel_rcv.
#include <algorithm>

#include "core/device/stack.h"
#include "core/proto/ethernet/ethernet_wire.h"
#include "core/proto/gre/gre_wire.h"
#include "core/proto/ipv4/ipv4.h"
#include "core/proto/tunnel/tunnel.h"

namespace hw {

using TunnelRule = tunnel::Rule;

namespace {

constexpr std::uint8_t kEcnBits = 3, kCongestionExperienced = 3;

tunnel::State& stateOf(DeviceState& state, InterfaceId port) {
  const auto found = std::ranges::find(state.tunnels, port, &TunnelState::port);
  if (found != state.tunnels.end()) return found->tunnel;
  return state.tunnels.emplace_back(TunnelState{port, {}}).tunnel;
}

/// RFC 6040 4.1: the carrier shows congestion as the passenger does, but for "experienced".
std::uint8_t carrierTos(const tunnel::Config& tunnel, std::uint8_t passenger) {
  const std::uint8_t tos = tunnel.inheritTos ? passenger : tunnel.tos;
  const std::uint8_t ecn = passenger & kEcnBits;
  return static_cast<std::uint8_t>((tos & ~kEcnBits) | (ecn == kCongestionExperienced ? 2 : ecn));
}

std::uint8_t protocolOf(tunnel::Mode mode) {
  return mode == tunnel::Mode::Ipip ? ipv4::kIpip : mode == tunnel::Mode::Sit ? ipv4::kIpv6 : ipv4::kGre;
}

}  // namespace

void Stack::transmitTunnel(const Send& what) {
  const tunnel::Config& tunnel = *config().at(what.port).tunnel;
  if (m_depth >= kMaxTunnelDepth) {
    decisions().decide(TunnelRule::LeadsIntoItself, tunnel.remote, what.port);
    return;
  }
  ++m_depth;
  Frame passenger = m_out.frames[what.frame];
  pass(what.port, passenger, Fate::PassedDown);
  const std::uint16_t type = load<ethernet::Header>(passenger.head()).type;
  const bool framed = tunnel.mode == tunnel::Mode::Gretap;
  const bool carried = framed || (type == ethernet::kIpv4 && tunnel.mode != tunnel::Mode::Sit) ||
                       (type == ethernet::kIpv6 && tunnel.mode != tunnel::Mode::Ipip);
  if (!carried) decisions().decide(TunnelRule::NotCarried, what.port, type);
  else if (tunnel.remote.isAny()) decisions().decide(TunnelRule::NoRemote, what.port);
  else carry(what.port, tunnel, type, std::move(passenger));
  --m_depth;
}

/// The carrier around a passenger, whose Ethernet header goes along in frames only.
void Stack::carry(InterfaceId port, const tunnel::Config& tunnel, std::uint16_t type, Frame passenger) {
  ipv4::Header inner;
  inner.ttl = config().knobs.defaultTtl;
  inner.dontFragment = false;
  if (type == ethernet::kIpv4 && passenger.ensureHead(kLink + ipv4::kHeaderSize)) inner = load<ipv4::Header>(passenger.head() + kLink);
  const bool six = type == ethernet::kIpv6 && passenger.ensureHead(kLink + ipv6::kHeaderSize);
  ipv6::Header innerSix;
  if (six) {
    innerSix = load<ipv6::Header>(passenger.head() + kLink);
    inner.ttl = innerSix.hopLimit;
    inner.tos = innerSix.trafficClass;
  }
  const Bytes datagram = passenger.bytesFrom(kLink);
  if (tunnel.mode != tunnel::Mode::Gretap) passenger.popFront(kLink);
  Outgoing outer;
  outer.header.source = tunnel.local;
  outer.header.destination = tunnel.remote;
  outer.header.protocol = protocolOf(tunnel.mode);
  outer.header.ttl = tunnel.ttl != 0 ? tunnel.ttl : inner.ttl;
  outer.header.tos = carrierTos(tunnel, inner.tos);
  outer.device = tunnel.lower;
  const route::Route* route = routeFor(outer);
  if (routeError(route)) return;
  if (route->port == port) {
    decisions().decide(TunnelRule::LeadsIntoItself, tunnel.remote, port);
    return;
  }
  const std::uint32_t way = route->port.valid() ? mtuTo(tunnel.remote, route->port) : config().at(port).mtu + tunnel.overhead();
  const bool narrow = six && way < ipv6::kMinimumMtu + tunnel.overhead();
  const bool dontFragment = (tunnel.pathMtuDiscovery || inner.dontFragment) && !narrow;
  const std::uint32_t most = way > tunnel.overhead() ? way - tunnel.overhead() : 0;
  if (inner.dontFragment && passenger.size() > most) {
    decisions().decide(TunnelRule::TooLarge, passenger.size(), most, tunnel.remote);
    return complain({icmp::kUnreachable, icmp::kFragmentationNeeded, most}, inner, datagram, false);
  }
  // IPv6 must pass with 1280 bytes: a narrower carrier is cut (RFC 4213 3.2.1).
  const std::uint32_t mostSix = std::max(most, ipv6::kMinimumMtu);
  if (six && datagram.size() > mostSix && tunnel.mode != tunnel::Mode::Gretap) {
    decisions().decide(TunnelRule::TooLarge, datagram.size(), mostSix, tunnel.remote);
    if (config().six) complainSix({icmp6::kPacketTooBig, 0, mostSix}, {innerSix, datagram, InterfaceId{0}}, false);
    return;
  }
  decisions().decide(TunnelRule::Wrapped, port, tunnel.remote, tunnel.overhead());
  tunnel::wrap(tunnel, stateOf(state(), port), type, passenger);
  outer.payload = passenger.bytesFrom(0);
  outer.pathMtu = dontFragment ? socket::PathMtu::Want : socket::PathMtu::Dont;
  outer.identification = state().identifications.take(outer.header.source, outer.header.destination, outer.header.protocol);
  static_cast<void>(sendDatagram(outer));
}

/// A carrier for us; false if no tunnel of its kind is here at all.
bool Stack::receivedTunnel(const ipv4::Header& header, const Frame& datagram) {
  const bool gre = header.protocol == ipv4::kGre;
  const auto isOfKind = [&](InterfaceId one) { return protocolOf(config().at(one).tunnel->mode) == header.protocol; };
  if (std::none_of(plan().ipTunnels.begin(), plan().ipTunnels.end(), isOfKind)) return false;
  const Bytes bytes = datagram.bytesFrom(header.headerSize());
  tunnel::Received received;
  received.type = header.protocol == ipv4::kIpv6 ? ethernet::kIpv6 : ethernet::kIpv4;
  if (gre) {
    const auto read = tunnel::readGre(bytes.view());
    if (!read) {
      decisions().decide(TunnelRule::BadHeader, header.source);
      return true;
    }
    received = *read;
  }
  const bool framed = gre && received.type == gre::kBridged;
  const auto fits = [&](InterfaceId one) {
    const tunnel::Config& tunnel = *config().at(one).tunnel;
    return isOfKind(one) && (tunnel.mode == tunnel::Mode::Gretap) == framed && tunnel.remote == header.source &&
           (tunnel.local.isAny() || tunnel.local == header.destination) && tunnel.inKey == received.key;
  };
  const auto at = std::find_if(plan().ipTunnels.begin(), plan().ipTunnels.end(), fits);
  if (at == plan().ipTunnels.end()) {
    decisions().decide(TunnelRule::NoTunnel, header.source);
    complain({icmp::kUnreachable, icmp::kPortUnreachable, 0}, header, datagram.bytesFrom(0), toGroup());
    return true;
  }
  if (gre && !tunnel::accepts(*config().at(*at).tunnel, stateOf(state(), *at), env(), *at, received)) return true;
  decisions().decide(TunnelRule::Unwrapped, header.source, *at);
  Frame passenger(bytes.slice(received.size));
  if (!framed) store(ethernet::Header{{}, {}, received.type}, passenger.pushFront(kLink));
  later(*at, std::move(passenger));
  return true;
}

}  // namespace hw
