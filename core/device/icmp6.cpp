// ICMPv6 in a device: echoes, errors about datagrams, errors that reach sockets.
// Read first: RFC 4443 2.4 and 4.
#include <algorithm>

#include "core/device/stack.h"

namespace hw {

using Icmp6Rule = icmp6::Rule;
using socket::Errno;

/// Tells the source of a datagram that it was not delivered, if that may and should be told.
void Stack::complainSix(const icmp6::Error& error, const Datagram6& datagram, bool mayAnswerGroup) {
  const ipv6::Header& header = datagram.header;
  const ipv6::Chain chain = ipv6::readChain(datagram.bytes.view());
  const Bytes inside = datagram.bytes.slice(std::min(chain.at, datagram.bytes.size()));
  const bool group = datagram.port.value != 0 && toGroup();
  if (!icmp6::mayComplain(env(), {header, chain.next, inside.view(), group, mayAnswerGroup})) return;
  const ipv6::Route* back = ipv6::find(plan().routesSix, header.source, InterfaceId{});
  if (!icmp6::withinRate(state().six->limiter, env(), header.source, back ? back->prefix.length : std::uint8_t{128}, error)) return;
  decisions().decide(Icmp6Rule::ErrorSent, header.source, error.type, error.code);
  Outgoing6 answer;
  if (!header.destination.isMulticast() && isOurSix(datagram.port, header.destination)) answer.header.source = header.destination;
  answer.header.destination = header.source;
  answer.header.hopLimit = config().six->hopLimit;
  if (header.source.isLinkLocal()) answer.device = datagram.port;
  answer.message = icmp6::encodeError(error, datagram.bytes);
  static_cast<void>(sendSix(answer));
}

void Stack::receiveIcmp6(const Datagram6& datagram, const Bytes& message) {
  if (message.size() < icmp6::kHeaderSize) {
    decisions().decide(Icmp6Rule::Truncated);
    return;
  }
  if (!icmp6::isSound(message.view(), datagram.header.source, datagram.header.destination)) {
    decisions().decide(Icmp6Rule::BadChecksum);
    return;
  }
  const auto icmp = load<icmp6::Header>(message.data());
  switch (icmp.type) {
    case icmp6::kEchoRequest: return answerEchoSix(datagram, message);
    case icmp6::kEchoReply: return receiveEchoReply(datagram, message);
    case icmp6::kNeighbourSolicitation:
    case icmp6::kNeighbourAdvertisement: return receiveNeighbour(datagram, message);
    case icmp6::kListenerQuery: {
      constexpr std::uint32_t kQuery = 24;
      const auto most = milliseconds(std::max<std::int64_t>(icmp.rest >> 16, 1));
      if (message.size() >= kQuery && datagram.header.source.isLinkLocal())
        mld::hearQuery(state().six->groups, env(), datagram.port, datagram.header.source, most);
      return;
    }
    case icmp6::kListenerReport:
    case icmp6::kListenerDone:
    case icmp6::kListenerReportV2:
    case icmp6::kRouterSolicitation:
    case icmp6::kRouterAdvertisement:
    case icmp6::kRedirect: decisions().decide(Icmp6Rule::UnknownType, icmp.type); return;
    default:
      if (icmp.isError()) return receiveErrorSix(datagram, message);
      decisions().decide(Icmp6Rule::UnknownType, icmp.type);
  }
}

void Stack::answerEchoSix(const Datagram6& datagram, const Bytes& message) {
  decisions().decide(Icmp6Rule::EchoAnswered, datagram.header.source);
  const auto request = load<icmp6::Header>(message.data());
  Outgoing6 answer;
  if (!datagram.header.destination.isMulticast()) answer.header.source = datagram.header.destination;
  answer.header.destination = datagram.header.source;
  answer.header.hopLimit = config().six->hopLimit;
  answer.header.trafficClass = datagram.header.trafficClass;
  if (datagram.header.source.staysOnLink() && datagram.port.value != 0) answer.device = datagram.port;
  answer.message = icmp6::encodeEcho(icmp6::kEchoReply, request.identifier(), request.sequence(),
                                     message.slice(icmp6::kHeaderSize).view());
  static_cast<void>(sendSix(answer));
}

Socket* Stack::pingSocketSix(std::uint16_t identifier) {
  for (Socket& socket : state().sockets)
    if (socket.kind == socket::Kind::PingSix && socket.local.port == identifier) return &socket;
  return nullptr;
}

void Stack::receiveEchoReply(const Datagram6& datagram, const Bytes& message) {
  Socket* socket = pingSocketSix(load<icmp6::Header>(message.data()).identifier());
  if (!socket) {
    decisions().decide(Icmp6Rule::EchoReplyUnwanted, datagram.header.source);
    return;
  }
  decisions().decide(Icmp6Rule::EchoReplyDelivered, datagram.header.source);
  socket::Datagram reply;
  reply.data = message;
  reply.fromSix = datagram.header.source;
  reply.ttl = datagram.header.hopLimit;
  reply.port = datagram.port;
  enqueue(*socket, std::move(reply));
}

namespace {

/// What an error means to a socket (Linux icmpv6_err_convert).
Errno errnoOf(const icmp6::Header& icmp) {
  switch (icmp.type) {
    case icmp6::kPacketTooBig: return Errno::MessageSize;
    case icmp6::kParameterProblem: return Errno::Protocol;
    case icmp6::kTimeExceeded: return Errno::HostUnreachable;
    default: break;
  }
  switch (icmp.code) {
    case icmp6::kNoRoute: return Errno::NetworkUnreachable;
    case icmp6::kProhibited:
    case icmp6::kPolicyFailed:
    case icmp6::kRejectedRoute: return Errno::Access;
    case icmp6::kPortUnreachable: return Errno::ConnectionRefused;
    default: return Errno::HostUnreachable;
  }
}

}  // namespace

void Stack::receiveErrorSix(const Datagram6& datagram, const Bytes& message) {
  const auto icmp = load<icmp6::Header>(message.data());
  const Bytes quoted = message.slice(icmp6::kHeaderSize);
  if (quoted.size() < ipv6::kHeaderSize) {
    decisions().decide(Icmp6Rule::Truncated);
    return;
  }
  const auto original = load<ipv6::Header>(quoted.data());
  if (icmp.type == icmp6::kPacketTooBig) {
    const ipv6::Route* route = ipv6::find(plan().routesSix, original.destination, InterfaceId{});
    if (route && route->port.valid())
      ipv6::learn(state().six->pathMtus, env(), original.destination, icmp.rest, mtuToSix(original.destination, route->port));
  }
  ipv6::Chain chain = ipv6::readChain(quoted.view());
  std::uint32_t at = chain.at;
  std::uint8_t next = chain.next;
  if (next == ipv6::kFragment && quoted.size() > at + ipv6::kFragmentHeaderSize) {
    next = quoted[at];
    at += ipv6::kFragmentHeaderSize;
  }
  const Bytes inside = quoted.slice(std::min(at, quoted.size()));
  const bool echo = next == ipv6::kIcmp && inside.size() >= icmp6::kHeaderSize;
  Socket* socket = echo ? pingSocketSix(load<icmp6::Header>(inside.data()).identifier()) : nullptr;
  if (!socket) {
    decisions().decide(Icmp6Rule::ErrorForNobody, datagram.header.source, icmp.type);
    return;
  }
  decisions().decide(Icmp6Rule::ErrorReceived, datagram.header.source, icmp.type, icmp.code);
  report(*socket, {errnoOf(icmp), false, icmp.type, icmp.code, icmp.rest, {}, {}, inside, datagram.header.source}, false);
}

std::optional<Errno> Stack::connectSix(SocketId id, const socket::SixPeer& peer) {
  Socket& socket = *find(id);
  if (!state().six) return Errno::NetworkUnreachable;
  if (peer.from && !state().six->addresses.own(*peer.from)) return Errno::AddressNotAvailable;
  socket.six = peer;
  const auto way = waySix(peer.to, peer.device);
  if (!way) return way.error();
  socket.six->device = peer.device;
  if (!socket.six->from) {
    const Ipv6Address from = sourceSix(peer.to, way->port);
    if (from.isAny()) return Errno::AddressNotAvailable;
    socket.six->chosen = from;
  } else {
    socket.six->chosen = *socket.six->from;
  }
  return std::nullopt;
}

Ipv6Address Stack::localSix(SocketId id) {
  const Socket& socket = *find(id);
  return socket.six ? socket.six->chosen : Ipv6Address{};
}

std::optional<Errno> Stack::sendPingSix(Socket& socket, const socket::SendRequest& request) {
  if (request.data.size() < icmp6::kHeaderSize) return Errno::InvalidArgument;
  if (!socket.six || !state().six) return Errno::DestinationRequired;
  Outgoing6 outgoing;
  if (socket.six->from) outgoing.header.source = *socket.six->from;
  outgoing.header.destination = socket.six->to;
  outgoing.header.trafficClass = socket.options.tos;
  const bool group = socket.six->to.isMulticast();
  outgoing.header.hopLimit = group && socket.options.ttl == 64 ? socket.options.multicastTtl : socket.options.ttl;
  outgoing.device = socket.six->device;
  outgoing.pathMtu = socket.options.pathMtu;
  outgoing.from = socket.id;
  outgoing.confirm = request.confirm;
  outgoing.message = icmp6::encodeEcho(icmp6::kEchoRequest, socket.local.port,
                                       load<icmp6::Header>(request.data.data()).sequence(),
                                       request.data.slice(icmp6::kHeaderSize).view());
  return sendSix(outgoing);
}

}  // namespace hw
