// ICMP in a device: echoes, errors about datagrams, errors that reach sockets.
// Read first: RFC 1122 3.2.2, RFC 1812 4.3.
#include <algorithm>

#include "core/device/stack.h"
#include "core/proto/ipv4/ipv4.h"

namespace hw {

using IcmpRule = icmp::Rule;
using socket::Errno;

/// Tells the source of a datagram that it was not delivered, if that may and should be told.
void Stack::complain(const icmp::Error& error, const ipv4::Header& header, const Bytes& datagram,
                     bool group, const netfilter::Tracked* about) {
  const Bytes payload = datagram.slice(header.headerSize());
  if (!icmp::mayComplain(env(), {header, payload.view(), group})) return;
  if (!icmp::withinRate(state().icmpLimiter, env(), header.source, error)) return;
  decisions().decide(IcmpRule::ErrorSent, header.source, error.type, error.code);
  Outgoing answer;
  // The error comes from the address that the datagram was for, if that is ours (Linux icmp_send).
  if (plan().isOwn(header.destination)) answer.header.source = header.destination;
  answer.header.destination = header.source;
  answer.header.protocol = ipv4::kIcmp;
  answer.header.tos = icmp::kErrorTos;
  answer.header.ttl = config().knobs.defaultTtl;
  echoOptions(answer, header, datagram);
  answer.payload = icmp::encodeError(error, datagram, answer.options.size());
  if (plan().filter.active) answer.tracked = netfilter::answerTo(about ? *about : m_passage.tracked, true);
  static_cast<void>(sendDatagram(answer));
}

void Stack::receiveIcmp(const ipv4::Header& header, const Bytes& datagram) {
  const Bytes message = datagram.slice(header.headerSize());
  if (message.size() < icmp::kHeaderSize) {
    decisions().decide(IcmpRule::Truncated);
    return;
  }
  if (internetChecksum(message.view()) != 0) {
    decisions().decide(IcmpRule::BadChecksum);
    return;
  }
  const auto icmp = load<icmp::Header>(message.data());
  if (icmp.type == icmp::kEchoRequest) return answerEcho(header, message, datagram);
  if (icmp.type == icmp::kRedirect) return receiveRedirect(header, message);
  if (icmp.isError()) return receiveError(header, message);
  if (icmp.type != icmp::kEchoReply) {
    decisions().decide(IcmpRule::UnknownType, icmp.type);
    return;
  }
  Socket* socket = pingSocket(icmp.identifier());
  if (!socket) {
    decisions().decide(IcmpRule::EchoReplyUnwanted, header.source);
    return;
  }
  decisions().decide(IcmpRule::EchoReplyDelivered, header.source);
  socket::Datagram reply;
  reply.data = message;
  reply.from = {header.source, 0};
  reply.to = {header.destination, 0};
  reply.ttl = header.ttl;
  reply.options = datagram.slice(ipv4::kHeaderSize, header.headerSize() - ipv4::kHeaderSize);
  enqueue(*socket, std::move(reply));
}

/// RFC 1122 3.2.2.6: an answer goes on with the lists that the options of what it answers keep.
void Stack::echoOptions(Outgoing& answer, const ipv4::Header& header, const Bytes& datagram) const {
  if (header.headerSize() == ipv4::kHeaderSize) return;
  auto echoed = ipv4::echoOptions(datagram.slice(ipv4::kHeaderSize, header.headerSize() - ipv4::kHeaderSize).view());
  answer.options = std::move(echoed.options);
  answer.slots = echoed.slots;
}

void Stack::answerEcho(const ipv4::Header& header, const Bytes& message, const Bytes& datagram) {
  const bool group = isGroupAddress(header.destination);
  if ((group && config().knobs.ignoreBroadcastEcho) || config().knobs.ignoreAllEcho) {
    decisions().decide(IcmpRule::BroadcastEchoIgnored);
    return;
  }
  decisions().decide(IcmpRule::EchoAnswered, header.source);
  const auto request = load<icmp::Header>(message.data());
  Outgoing answer;
  if (!group) answer.header.source = header.destination;
  answer.header.destination = header.source;
  answer.header.protocol = ipv4::kIcmp;
  answer.header.tos = header.tos;
  answer.header.ttl = config().knobs.defaultTtl;
  answer.payload = icmp::encodeEcho(icmp::kEchoReply, request.identifier(), request.sequence(),
                                    message.slice(icmp::kHeaderSize));
  echoOptions(answer, header, datagram);
  static_cast<void>(sendDatagram(answer));
}

namespace {

struct Meaning {
  Errno error;
  bool fatal;
};

/// RFC 1122 4.2.3.9 as Linux has it (icmp_err_convert): which errors a connected socket hears.
Meaning meaningOf(const icmp::Header& message) {
  if (message.type == icmp::kRedirect) return {Errno::RemoteInputOutput, false};
  if (message.type == icmp::kParameterProblem) return {Errno::Protocol, true};
  if (message.type != icmp::kUnreachable) return {Errno::HostUnreachable, false};
  switch (message.code) {
    case icmp::kNetUnreachable: return {Errno::NetworkUnreachable, false};
    case icmp::kProtocolUnreachable: return {Errno::NoProtocol, true};
    case icmp::kPortUnreachable: return {Errno::ConnectionRefused, true};
    case icmp::kFragmentationNeeded: return {Errno::MessageSize, false};
    case 6: return {Errno::NetworkUnreachable, true};
    case icmp::kNetProhibited: return {Errno::NetworkUnreachable, true};
    case icmp::kHostProhibited:
    case icmp::kAdministrativelyProhibited: return {Errno::HostUnreachable, true};
    default: return {Errno::HostUnreachable, false};
  }
}

}  // namespace

/// The datagram that an error quotes, as far as it is there.
std::optional<Stack::Quoted> Stack::quotedIn(const Bytes& message) const {
  constexpr std::uint32_t kQuotedTransport = 8;  // RFC 792: at least 64 bits
  const Bytes quoted = message.slice(icmp::kHeaderSize);
  if (quoted.size() < ipv4::kHeaderSize) return std::nullopt;
  const auto original = load<ipv4::Header>(quoted.data());
  const Bytes transport = quoted.slice(original.headerSize());
  if (original.headerSize() < ipv4::kHeaderSize || transport.size() < kQuotedTransport) return std::nullopt;
  return Quoted{original, transport};
}

/// The socket that sent a quoted datagram, or null.
Socket* Stack::senderOf(const Quoted& quoted) {
  if (quoted.header.protocol == ipv4::kIcmp)
    return pingSocket(load<icmp::Header>(quoted.transport.data()).identifier());
  if (quoted.header.protocol != ipv4::kUdp) return nullptr;
  const auto udp = load<udp::Header>(quoted.transport.data());
  return udpSocket({quoted.header.source, udp.sourcePort}, {quoted.header.destination, udp.destinationPort}, InterfaceId{});
}

void Stack::receiveError(const ipv4::Header& header, const Bytes& message) {
  const auto icmp = load<icmp::Header>(message.data());
  const auto quoted = quotedIn(message);
  Socket* socket = quoted ? senderOf(*quoted) : nullptr;
  const bool carrier = quoted && !plan().ipTunnels.empty() && (quoted->header.protocol == ipv4::kGre || quoted->header.protocol == ipv4::kIpip ||
                                                                     quoted->header.protocol == ipv4::kIpv6);
  if (carrier && icmp.type == icmp::kUnreachable && icmp.code == icmp::kFragmentationNeeded) {
    // The mouth of a tunnel is told: the next passenger that is too large hears of it.
    decisions().decide(IcmpRule::ErrorReceived, header.source, icmp.type, icmp.code);
    return learnPathMtu(quoted->header.destination, icmp.rest & 0xFFFF);
  }
  if (quoted && quoted->header.protocol == ipv4::kTcp) return receiveTcpError(icmp, header, *quoted);
  if (!socket) {
    decisions().decide(IcmpRule::ErrorForNobody, header.source, icmp.type, icmp.code);
    return;
  }
  decisions().decide(IcmpRule::ErrorReceived, header.source, icmp.type, icmp.code);
  if (icmp.type == icmp::kUnreachable && icmp.code == icmp::kFragmentationNeeded)
    learnPathMtu(quoted->header.destination, icmp.rest & 0xFFFF);
  tellSender(*socket, header, icmp, *quoted);
}

void Stack::learnPathMtu(Ipv4Address destination, std::uint32_t told) {
  const route::Route* route = plan().fib.find(destination);
  if (told != 0 && route && route->port.valid())
    route::learnMtu(state().exceptions, env(), destination, told, mtuTo(destination, route->port));
}

void Stack::tellSender(Socket& socket, const ipv4::Header& header, const icmp::Header& icmp, const Quoted& quoted) {
  const Meaning meaning = meaningOf(icmp);
  const bool udp = quoted.header.protocol == ipv4::kUdp;
  const std::uint16_t remotePort = udp ? load<udp::Header>(quoted.transport.data()).destinationPort : std::uint16_t{0};
  report(socket,
         {meaning.error, false, icmp.type, icmp.code, icmp.rest, header.source,
          {quoted.header.destination, remotePort}, udp ? quoted.transport.slice(udp::kHeaderSize) : quoted.transport, {}},
         meaning.fatal);
}

/// RFC 1122 3.2.2.2 as Linux has it (__ip_do_redirect): only the gateway in use is believed, and the new one
/// must be known to be there.
void Stack::receiveRedirect(const ipv4::Header& header, const Bytes& message) {
  const auto quoted = quotedIn(message);
  if (!quoted) {
    decisions().decide(IcmpRule::Truncated);
    return;
  }
  const ipv4::Header& original = quoted->header;
  if (Socket* socket = senderOf(*quoted)) tellSender(*socket, header, load<icmp::Header>(message.data()), *quoted);
  const Ipv4Address gateway{load<icmp::Header>(message.data()).rest};
  const route::Exception* known = state().exceptions.find(original.destination, m_now);
  const route::Route* route = plan().fib.find(original.destination);
  const bool gatewayRoute = route && route->type == route::Type::Unicast && route->via;
  const Ipv4Address current = known && known->gateway ? *known->gateway
                              : gatewayRoute          ? *route->via
                                                      : original.destination;
  const auto believes = [&] {
    if (!route || !route->port.valid() || current != header.source || gateway == current) return false;
    const bool all = config().knobs.all.acceptRedirects, own = config().at(route->port).knobs.acceptRedirects;
    if (config().knobs.forwarding ? !(all && own) : !(all || own)) return false;
    const route::Route* there = plan().fib.find(gateway);
    return there && there->type == route::Type::Unicast && !gateway.isMulticast();
  };
  if (!believes()) {
    decisions().decide(route::Rule::RedirectRefused, header.source, original.destination, gateway);
    return;
  }
  const arp::Entry* neighbour = state().arp.find(route->port, gateway);
  if (neighbour && neighbour->valid()) return route::learnGateway(state().exceptions, env(), original.destination, gateway);
  decisions().decide(route::Rule::RedirectAsksFirst, gateway);
  arp::Out out;
  arp::inquire(state().arp, config().knobs.arp, env(), route->port, gateway, out);
  carryOut(out);
}

}  // namespace hw
