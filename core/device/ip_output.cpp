// IPv4 out: the route, the source address, DF and the identification, cutting at the source.
// Read first: RFC 1122 3.3.1 and 3.3.4.
#include <algorithm>

#include "core/device/stack.h"
#include "core/proto/ethernet/ethernet_wire.h"
#include "core/proto/ipv4/ipv4.h"

namespace hw {

using Ipv4Rule = ipv4::Rule;
using socket::Errno;

namespace {

/// The address of an interface that faces `towards` (Linux inet_select_addr).
std::optional<Ipv4Address> facing(const InterfaceConfig& interface, Ipv4Address towards) {
  for (const Ipv4Prefix& one : interface.addresses)
    if (one.contains(towards)) return one.address;
  if (!interface.addresses.empty()) return interface.addresses.front().address;
  return std::nullopt;
}

}  // namespace

std::optional<Ipv4Address> Stack::addressOf(InterfaceId port, Ipv4Address towards) {
  return facing(config().at(port), towards);
}

std::optional<Errno> Stack::routeError(const route::Route* route) const {
  if (!route) return Errno::NetworkUnreachable;
  switch (route->type) {
    case route::Type::Blackhole: return Errno::InvalidArgument;
    case route::Type::Unreachable: return route->isOfRule() ? Errno::NetworkUnreachable : Errno::HostUnreachable;
    case route::Type::Prohibit: return Errno::Access;
    case route::Type::Unicast:
    case route::Type::Local:
    case route::Type::Broadcast:
    case route::Type::Throw: return std::nullopt;
  }
  return std::nullopt;
}

route::Flow Stack::flowOf(const Outgoing& outgoing) const {
  route::Flow flow;
  flow.destination = outgoing.header.destination;
  flow.source = outgoing.header.source;
  flow.out = outgoing.device;
  flow.mark = outgoing.mark;
  flow.tos = outgoing.header.tos & route::kDscpBits;
  flow.protocol = outgoing.header.protocol;
  flow.sourcePort = outgoing.sourcePort;
  flow.destinationPort = outgoing.destinationPort;
  return flow;
}

/// Without a route, but bound to an interface: the destination is taken to be on that link (Linux
/// ip_route_output_key).
const route::Route* Stack::onLinkWay(const Outgoing& outgoing) {
  m_onLink = {};
  m_onLink.prefix = {outgoing.header.destination, 32};
  m_onLink.port = outgoing.device;
  decisions().decide(Ipv4Rule::AssumedOnLink, outgoing.header.destination, outgoing.device);
  return &m_onLink;
}

/// The route of a datagram of our own; fills in its source address if it has none.
const route::Route* Stack::routeFor(Outgoing& outgoing) {
  if (outgoing.route) return outgoing.route;
  const Ipv4Address to = outgoing.header.destination;
  const route::Route* route = plan().fib.lookup(decisions(), flowOf(outgoing));
  if (!route && outgoing.device.valid()) route = onLinkWay(outgoing);
  if (routeError(route)) return route;
  outgoing.route = route;
  if (!outgoing.header.source.isAny()) return route;
  const InterfaceId port = outgoing.device.valid() ? outgoing.device : route->port;
  std::optional<Ipv4Address> source = route->source;
  if (route->type == route::Type::Local) source = to;
  if (!source) source = facing(config().at(port), route->via.value_or(to));
  for (const OwnAddress& own : plan().own)
    if (!source && !own.address.isLoopback()) source = own.address;
  outgoing.header.source = source.value_or(Ipv4Address{});
  decisions().decide(Ipv4Rule::SourceChosen, outgoing.header.source);
  return route;
}

namespace {

/// What Linux counts for a fragment in flight: its memory rounded up, and struct sk_buff.
std::uint32_t memoryOf(std::uint32_t fragment) {
  constexpr std::uint32_t kRoom = 31, kSharedInfo = 320, kBuffer = 256;
  std::uint32_t memory = 512;
  while (memory < fragment + kRoom + kSharedInfo) memory *= 2;
  return memory + kBuffer;
}

/// The fragments of a datagram may take twice the send buffer, the last one not counted
/// (__ip_append_data).
bool fitsSendBuffer(const Socket& socket, std::uint32_t datagram, std::uint32_t mtu) {
  const std::uint32_t inside = (mtu - ipv4::kHeaderSize) / 8 * 8;
  const std::uint64_t fragments = (datagram - ipv4::kHeaderSize + inside - 1) / inside;
  return (fragments - 1) * memoryOf(mtu) <= 2ull * socket.options.sendBuffer;
}

}  // namespace

/// How large a datagram may be on the way to a destination: what was learned, or the interface's MTU.
std::uint32_t Stack::mtuTo(Ipv4Address destination, InterfaceId port) const {
  const std::uint32_t own = config().at(port).mtu;
  const route::Exception* learned = m_device.m_state.exceptions.find(destination, m_now);
  return learned && learned->mtu != 0 ? std::min(learned->mtu, own) : own;
}

/// Where a datagram leaves: the route's way, or a better gateway that somebody told of.
Way Stack::wayOf(const Outgoing& outgoing, const route::Route& route) {
  const Ipv4Address to = outgoing.header.destination;
  Way way{route.port, route.via.value_or(to), 0, route.type == route::Type::Local};
  if (way.local) way.port = InterfaceId{0};
  else if (outgoing.device.valid()) way.port = outgoing.device;
  const route::Exception* learned = state().exceptions.find(to, m_now);
  if (learned && learned->gateway && !way.local) {
    way.nextHop = *learned->gateway;
    decisions().decide(route::Rule::GatewayUsed, to, *learned->gateway);
  }
  if (route.type == route::Type::Broadcast) way.nextHop = Ipv4Address{0xFFFF'FFFFu};
  way.mtu = way.local ? config().at(way.port).mtu : mtuTo(to, way.port);
  if (learned && learned->mtu == way.mtu) decisions().decide(route::Rule::MtuUsed, to, way.mtu);
  return way;
}

std::optional<Errno> Stack::sendDatagram(Outgoing& outgoing) {
  const route::Route* route = routeFor(outgoing);
  if (const auto error = routeError(route)) return error;
  const Way way = wayOf(outgoing, *route);
  const std::uint32_t headerSize = ipv4::kHeaderSize + outgoing.options.size();
  const std::uint32_t size = headerSize + outgoing.transportSize + outgoing.payload.size();
  if (size > ipv4::kMaxDatagram) return Errno::MessageSize;
  const bool fits = size <= way.mtu;
  if (!fits && outgoing.pathMtu == socket::PathMtu::Do) {
    decisions().decide(Ipv4Rule::DontFragment, size, way.mtu, way.port);
    if (Socket* socket = find(outgoing.from))
      report(*socket, {Errno::MessageSize, true, 0, 0, way.mtu, {}, {outgoing.header.destination, 0}, {}, {}}, false);
    return Errno::MessageSize;
  }
  if (const Socket* socket = find(outgoing.from); !fits && socket && !fitsSendBuffer(*socket, size, way.mtu))
    return Errno::NoBuffers;
  ipv4::Header& header = outgoing.header;
  header.dontFragment = outgoing.pathMtu == socket::PathMtu::Do ||
                        (fits && outgoing.pathMtu == socket::PathMtu::Want);
  if (outgoing.identification) header.identification = *outgoing.identification;
  else if (outgoing.pathMtu == socket::PathMtu::Do) header.identification = 0;  // RFC 6864 4.1
  else
    header.identification =
        state().identifications.take(header.source, header.destination, header.protocol);
  if (outgoing.slots.any()) {
    std::vector<std::uint8_t> options(outgoing.options.view().begin(), outgoing.options.view().end());
    fillOptions(options, outgoing.slots, header.source);
    outgoing.options = Bytes(std::move(options));
  }
  if (outgoing.confirm) arp::confirm(state().arp, env(), way.port, way.nextHop);
  decisions().decide(Ipv4Rule::Sent, header.source, header.destination, header.ttl);
  if (plan().filter.active) return sendFiltered(outgoing, way);
  leave(wrap(outgoing), way);
  return std::nullopt;
}

/// The frame around a datagram of our own, without the addresses of the link.
Frame Stack::wrap(const Outgoing& outgoing) const {
  Frame frame(outgoing.payload);
  std::copy_n(outgoing.transport.data(), outgoing.transportSize, frame.pushFront(outgoing.transportSize));
  const std::uint32_t behind = frame.size();
  std::uint8_t* const header = frame.pushFront(ipv4::kHeaderSize + outgoing.options.size());
  ipv4::encodeHeader(outgoing.header, outgoing.options.view(), behind, header);
  store(ethernet::Header{{}, {}, ethernet::kIpv4}, frame.pushFront(kLink));
  return frame;
}

/// A datagram of our own leaves, in pieces if it is larger than the way allows.
void Stack::leave(Frame frame, const Way& way) {
  if (frame.size() - kLink > way.mtu) return sendInPieces(frame, way, way.mtu, false);
  const auto source = load<ipv4::Header>(frame.head() + kLink).source;
  m_out.frames.push_back(std::move(frame));
  toNeighbour(way.nextHop, source,
              {way.port, static_cast<std::uint32_t>(m_out.frames.size() - 1), Origin::Made, 0, false, UINT64_MAX});
}

/// RFC 791 3.2: a datagram leaves in pieces, which share its payload; a fragment may be cut again.
void Stack::sendInPieces(const Frame& whole, const Way& way, std::uint32_t mtu, bool continues) {
  const auto original = load<ipv4::Header>(whole.head() + kLink);
  const std::uint32_t headerSize = original.headerSize();
  decisions().decide(Ipv4Rule::NeedsFragmenting, original.totalLength, mtu, way.port);
  const Bytes datagram = whole.bytesFrom(kLink).slice(0, original.totalLength);
  const Bytes options = datagram.slice(ipv4::kHeaderSize, headerSize - ipv4::kHeaderSize);
  const Bytes later = options.empty() ? options : ipv4::optionsOfLaterFragments(options.view());
  const Bytes payload = datagram.slice(headerSize);
  const auto pieces = ipv4::fragment(payload.size(), headerSize, mtu, original.moreFragments);
  decisions().decide(Ipv4Rule::Fragmented, pieces.size());
  for (const ipv4::Piece& piece : pieces) {
    ipv4::Header header = original;
    header.moreFragments = piece.more;
    header.fragmentOffset = static_cast<std::uint16_t>(original.fragmentOffset + piece.offset / 8);
    Frame frame(payload.slice(piece.offset, piece.size));
    const bool first = piece.offset == 0 || options.empty();
    ipv4::encodeHeader(header, first ? options.view() : later.view(), piece.size, frame.pushFront(headerSize));
    store(ethernet::Header{{}, {}, ethernet::kIpv4}, frame.pushFront(kLink));
    m_out.frames.push_back(std::move(frame));
    toNeighbour(way.nextHop, header.source,
                {way.port, static_cast<std::uint32_t>(m_out.frames.size() - 1), Origin::Made, 0, continues, UINT64_MAX});
  }
}

}  // namespace hw
