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

std::optional<Errno> Stack::sendDatagram(Outgoing& outgoing) {
  const route::Route* route = routeFor(outgoing);
  if (const auto error = routeError(route)) return error;
  const bool local = route->type == route::Type::Local;
  route::Route way = *route;
  if (local) way.port = InterfaceId{0};
  else if (outgoing.device.valid()) way.port = outgoing.device;
  const route::Exception* learned = state().exceptions.find(outgoing.header.destination, m_now);
  if (learned && learned->gateway && !local) {
    way.via = learned->gateway;
    decisions().decide(route::Rule::GatewayUsed, outgoing.header.destination, *learned->gateway);
  }
  const Ipv4Address nextHop = route->type == route::Type::Broadcast
                                  ? Ipv4Address{0xFFFF'FFFFu}
                                  : way.via.value_or(outgoing.header.destination);
  const std::uint32_t headerSize = ipv4::kHeaderSize + outgoing.options.size();
  const std::uint32_t transport = outgoing.transportSize;
  const std::uint32_t size = headerSize + transport + outgoing.payload.size();
  const std::uint32_t mtu = local ? config().at(way.port).mtu : mtuTo(outgoing.header.destination, way.port);
  if (learned && learned->mtu == mtu) decisions().decide(route::Rule::MtuUsed, outgoing.header.destination, mtu);
  if (size > ipv4::kMaxDatagram) return Errno::MessageSize;
  const bool fits = size <= mtu;
  if (!fits && outgoing.pathMtu == socket::PathMtu::Do) {
    decisions().decide(Ipv4Rule::DontFragment, size, mtu, way.port);
    if (Socket* socket = find(outgoing.from))
      report(*socket, {Errno::MessageSize, true, 0, 0, mtu, {}, {outgoing.header.destination, 0}, {}}, false);
    return Errno::MessageSize;
  }
  if (const Socket* socket = find(outgoing.from); !fits && socket && !fitsSendBuffer(*socket, size, mtu))
    return Errno::NoBuffers;
  ipv4::Header& header = outgoing.header;
  header.dontFragment = outgoing.pathMtu == socket::PathMtu::Do ||
                        (fits && outgoing.pathMtu == socket::PathMtu::Want);
  if (outgoing.identification) header.identification = *outgoing.identification;
  else if (outgoing.pathMtu == socket::PathMtu::Do) header.identification = 0;  // RFC 6864 4.1
  else
    header.identification =
        state().identifications.take(header.source, header.destination, header.protocol);
  if (outgoing.confirm) arp::confirm(state().arp, env(), way.port, nextHop);
  decisions().decide(Ipv4Rule::Sent, header.source, header.destination, header.ttl);
  if (fits) emit(outgoing, way, nextHop);
  else emitFragments(outgoing, way, nextHop);
  return std::nullopt;
}

void Stack::emit(const Outgoing& outgoing, const route::Route& way, Ipv4Address nextHop) {
  Frame frame(outgoing.payload);
  std::copy_n(outgoing.transport.data(), outgoing.transportSize, frame.pushFront(outgoing.transportSize));
  const std::uint32_t behind = frame.size();
  std::uint8_t* const header = frame.pushFront(ipv4::kHeaderSize + outgoing.options.size());
  ipv4::encodeHeader(outgoing.header, outgoing.options.view(), behind, header);
  store(ethernet::Header{{}, {}, ethernet::kIpv4}, frame.pushFront(ethernet::kHeaderSize));
  m_out.frames.push_back(std::move(frame));
  toNeighbour(nextHop, outgoing.header.source,
              {way.port, static_cast<std::uint32_t>(m_out.frames.size() - 1), Origin::Made, 0, false, UINT64_MAX});
}

/// The transport header and the payload as one shared buffer, of which each fragment is a slice.
void Stack::emitFragments(const Outgoing& outgoing, const route::Route& way, Ipv4Address nextHop) {
  std::vector<std::uint8_t> whole(outgoing.transport.data(), outgoing.transport.data() + outgoing.transportSize);
  whole.insert(whole.end(), outgoing.payload.view().begin(), outgoing.payload.view().end());
  const Bytes payload(std::move(whole));
  const std::uint32_t headerSize = ipv4::kHeaderSize + outgoing.options.size();
  const std::uint32_t mtu = mtuTo(outgoing.header.destination, way.port);
  decisions().decide(Ipv4Rule::NeedsFragmenting, headerSize + payload.size(), mtu, way.port);
  const auto pieces = ipv4::fragment(payload.size(), headerSize, mtu, false);
  decisions().decide(Ipv4Rule::Fragmented, pieces.size());
  for (const ipv4::Piece& piece : pieces) {
    Outgoing part = outgoing;
    part.transportSize = 0;
    part.payload = payload.slice(piece.offset, piece.size);
    part.header.moreFragments = piece.more;
    part.header.fragmentOffset = static_cast<std::uint16_t>(piece.offset / 8);
    emit(part, way, nextHop);
  }
}

}  // namespace hw
