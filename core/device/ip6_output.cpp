// IPv6 out: the route, the source address, cutting at the source, the neighbour.
// Read first: RFC 4861 5.2; RFC 6724 5; RFC 8200 4.5 and 5.
#include <algorithm>
#include <bit>
#include <tuple>

#include "core/device/stack.h"
#include "core/proto/ethernet/ethernet_rules.h"
#include "core/proto/ethernet/ethernet_wire.h"
#include "core/proto/vif/vif_rules.h"

namespace hw {

using Ipv6Rule = ipv6::Rule;
using socket::Errno;

namespace {

/// How many leading bits two addresses share.
int sharedBits(Ipv6Address a, Ipv6Address b) {
  const int high = std::countl_zero(a.high ^ b.high);
  return high < 64 ? high : 64 + std::countl_zero(a.low ^ b.low);
}

/// RFC 6437: the same for all datagrams of a conversation, in both directions as Linux's flow dissector sees them.
std::uint32_t flowLabelOf(const ipv6::Header& header, std::uint16_t kind) {
  Hasher hash;
  const auto [low, high] = std::minmax(header.source, header.destination);
  for (const std::uint64_t word : {low.high, low.low, high.high, high.low}) hash.add(word);
  hash.add(std::uint64_t{header.nextHeader} << 16 | kind);
  const auto label = static_cast<std::uint32_t>(hash.result() & 0xFFFFF);
  return label == 0 ? 1 : label;
}

}  // namespace

/// The route of a datagram of ours or of others, and why.
const ipv6::Route* Stack::routeSix(Ipv6Address to, InterfaceId out) {
  const ipv6::Route* route = ipv6::find(plan().routesSix, to, out);
  if (!route) decisions().decide(Ipv6Rule::RouteMissing, to);
  else if (route->refuses()) decisions().decide(Ipv6Rule::RouteRefuses, to);
  else if (route->via) decisions().decide(Ipv6Rule::RouteVia, to, route->prefix.length, *route->via, route->port);
  else decisions().decide(Ipv6Rule::RouteOnLink, to, route->port);
  return route;
}

/// RFC 6724 5, rules 1, 2, 5 and 8: the destination itself, an address of its scope, of the way out, with the longest common prefix.
Ipv6Address Stack::sourceSix(Ipv6Address to, InterfaceId out) {
  if (state().six->addresses.own(to) || to.isLoopback()) return to;
  const bool linkScope = to.staysOnLink();
  const nd::Address* best = nullptr;
  const auto rank = [&](const nd::Address& one) {
    const bool sameScope = one.prefix.address.isLinkLocal() == linkScope;
    return std::tuple{sameScope, one.port == out, std::min<int>(sharedBits(one.prefix.address, to), one.prefix.length)};
  };
  for (const nd::Address& one : state().six->addresses.all) {
    if (!one.usable() || one.prefix.address.isLoopback()) continue;
    if (one.prefix.address.isLinkLocal() && one.port != out) continue;
    if (!best || rank(*best) < rank(one)) best = &one;
  }
  if (!best) {
    decisions().decide(Ipv6Rule::NoSource, to);
    return {};
  }
  decisions().decide(Ipv6Rule::SourceChosen, best->prefix.address, to);
  return best->prefix.address;
}

std::uint32_t Stack::mtuToSix(Ipv6Address to, InterfaceId port) {
  const std::uint32_t own = config().at(port).mtu;
  const ipv6::PathMtu* known = state().six->pathMtus.find(to, m_now);
  if (!known || known->mtu >= own) return own;
  decisions().decide(Ipv6Rule::PathMtuUsed, to, known->mtu);
  return known->mtu;
}

/// Where a datagram of ours leaves, or why it cannot.
Expected<Stack::Way6, Errno> Stack::waySix(Ipv6Address to, InterfaceId out) {
  const bool ours = to.isLoopback() || state().six->addresses.own(to);
  if (ours && !(to.isLinkLocal() && out.valid() && !state().six->addresses.find(out, to))) {
    decisions().decide(Ipv6Rule::RouteLocal, to);
    return Way6{InterfaceId{0}, to, config().at(InterfaceId{0}).mtu};
  }
  if (to.isMulticast()) {
    // ff00::/8 leads to every interface; without one that is named the first is taken.
    for (std::uint32_t i = 1; i < config().interfaces.size() && !out.valid(); ++i)
      if (speaksSix(InterfaceId{i}) && config().interfaces[i].up) out = InterfaceId{i};
    if (!out.valid()) return unexpected(Errno::NetworkUnreachable);
    return Way6{out, to, config().at(out).mtu};
  }
  if (to.isLinkLocal() && !out.valid()) return unexpected(Errno::InvalidArgument);
  const ipv6::Route* route = routeSix(to, out);
  if (!route) return unexpected(Errno::NetworkUnreachable);
  if (route->type == ipv6::RouteType::Blackhole) return unexpected(Errno::InvalidArgument);
  if (route->type == ipv6::RouteType::Unreachable) return unexpected(Errno::HostUnreachable);
  if (route->type == ipv6::RouteType::Prohibit) return unexpected(Errno::Access);
  return Way6{route->port, route->via.value_or(to), mtuToSix(to, route->port)};
}

std::optional<Errno> Stack::sendSix(Outgoing6& outgoing) {
  ipv6::Header& header = outgoing.header;
  const auto way = waySix(header.destination, outgoing.device);
  if (!way) return way.error();
  if (header.source.isAny()) header.source = sourceSix(header.destination, way->port);
  if (header.source.isAny()) return Errno::AddressNotAvailable;
  header.nextHeader = ipv6::kIcmp;
  const auto size = static_cast<std::uint32_t>(ipv6::kHeaderSize + outgoing.message.size());
  if (outgoing.message.size() > ipv6::kMaxPayload) return Errno::MessageSize;
  if (size > way->mtu && outgoing.pathMtu == socket::PathMtu::Do) {
    decisions().decide(Ipv6Rule::TooBigLocally, size, way->mtu);
    if (Socket* socket = find(outgoing.from)) report(*socket, {Errno::MessageSize, true, 0, 0, way->mtu, {}, {}, {}, {}}, false);
    return Errno::MessageSize;
  }
  icmp6::seal(outgoing.message, header.source, header.destination);
  if (!outgoing.plain)
    header.flowLabel = flowLabelOf(header, static_cast<std::uint16_t>(outgoing.message[0] << 8 | outgoing.message[1]));
  if (outgoing.confirm) nd::confirm(state().six->neighbours, env(), way->port, way->nextHop);
  decisions().decide(Ipv6Rule::Sent, header.source, header.destination, header.hopLimit);
  leaveSix(header, Bytes(std::move(outgoing.message)), *way);
  return std::nullopt;
}

/// A datagram of our own leaves, in pieces if it is larger than the way allows.
void Stack::leaveSix(ipv6::Header header, const Bytes& payload, const Way6& way) {
  const auto sendOne = [&](Frame frame) {
    header.payloadLength = static_cast<std::uint16_t>(frame.size());
    store(header, frame.pushFront(ipv6::kHeaderSize));
    store(ethernet::Header{{}, {}, ethernet::kIpv6}, frame.pushFront(kLink));
    if (header.destination.isMulticast()) loopBack(way.port, frame);
    m_out.frames.push_back(std::move(frame));
    toNeighbourSix(way.nextHop, header.source,
                   {way.port, static_cast<std::uint32_t>(m_out.frames.size() - 1), Origin::Made, 0, false, UINT64_MAX});
  };
  if (ipv6::kHeaderSize + payload.size() <= way.mtu) return sendOne(Frame(payload));
  const auto pieces = ipv6::fragment(payload.size(), way.mtu);
  decisions().decide(Ipv6Rule::Fragmented, ipv6::kHeaderSize + payload.size(), way.mtu, pieces.size());
  const std::uint8_t carried = header.nextHeader;
  const auto identification = static_cast<std::uint32_t>(state().random.below(std::uint64_t{1} << 32));
  header.nextHeader = ipv6::kFragment;
  for (const ipv6::Piece& piece : pieces) {
    Frame frame(payload.slice(piece.offset, piece.size));
    store(ipv6::FragmentHeader{carried, 0, static_cast<std::uint16_t>(piece.offset / 8), 0, piece.more, identification},
          frame.pushFront(ipv6::kFragmentHeaderSize));
    sendOne(std::move(frame));
  }
}

/// What goes to a group that we are in comes back to us (Linux dev_loopback_xmit); nothing passes an interface.
void Stack::loopBack(InterfaceId port, const Frame& frame) {
  const auto header = load<ipv6::Header>(frame.head() + kLink);
  const Ipv6Address group = header.destination;
  const bool member = group == Ipv6Address::allNodes() || state().six->groups.isMember(port, group);
  if (!member || header.hopLimit == nd::kHopLimit) return;
  Frame copy = frame;
  store(ethernet::Header{group.groupMac(), config().at(port).mac, ethernet::kIpv6}, copy.head());
  m_out.frames.push_back(std::move(copy));
  m_out.backlog.push_back({port, static_cast<std::uint32_t>(m_out.frames.size() - 1)});
}

/// Gives a frame (its Ethernet header still blank) to the next hop, or lets it wait.
void Stack::toNeighbourSix(Ipv6Address nextHop, Ipv6Address askAs, Send what) {
  Frame& frame = m_out.frames[what.frame];
  const InterfaceConfig& interface = config().at(what.port);
  MacAddress to;
  storeBig<6>(frame.head() + 6, interface.mac.value);
  if (interface.medium == Medium::Ppp || !hasLinkHeader(interface)) {
    what.decision = interface.medium == Medium::Ppp ? decisions().decide(vif::Rule::PointToPoint, what.port) : lastDecision();
    return transmit(what);
  }
  if (nextHop.isMulticast()) {
    to = nextHop.groupMac();
  } else if (interface.kind != InterfaceKind::Loopback) {
    nd::Out out;
    const nd::Entry* entry = nd::resolve(state().six->neighbours, env(), what.port, nextHop, askAs, frame, what.continuesArrival, out);
    if (!entry) return carryOut(out);
    to = entry->mac;
  }
  storeBig<6>(frame.head(), to.value);
  what.decision = decisions().decide(ethernet::Rule::Rewritten, interface.mac, what.port, to);
  transmit(what);
}

}  // namespace hw
