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
                     bool group) {
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
  answer.payload = icmp::encodeError(error, datagram);
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
  if (icmp.isError() && icmp.type != icmp::kRedirect) return receiveError(header, message);
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
  enqueue(*socket, std::move(reply));
}

void Stack::answerEcho(const ipv4::Header& header, const Bytes& message, const Bytes&) {
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
  static_cast<void>(sendDatagram(answer));
}

namespace {

struct Meaning {
  Errno error;
  bool fatal;
};

/// RFC 1122 4.2.3.9 as Linux has it (icmp_err_convert): which errors a connected socket hears.
Meaning meaningOf(const icmp::Header& message) {
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

void Stack::receiveError(const ipv4::Header& header, const Bytes& message) {
  const auto icmp = load<icmp::Header>(message.data());
  const auto nobody = [&] { decisions().decide(IcmpRule::ErrorForNobody, header.source, icmp.type, icmp.code); };
  const Bytes quoted = message.slice(icmp::kHeaderSize);
  constexpr std::uint32_t kQuotedTransport = 8;  // RFC 792: at least 64 bits
  if (quoted.size() < ipv4::kHeaderSize) return nobody();
  const auto original = load<ipv4::Header>(quoted.data());
  const Bytes transport = quoted.slice(original.headerSize());
  if (original.headerSize() < ipv4::kHeaderSize || transport.size() < kQuotedTransport) return nobody();

  Socket* socket = nullptr;
  std::uint16_t remotePort = 0;
  if (original.protocol == ipv4::kUdp) {
    const auto udp = load<udp::Header>(transport.data());
    remotePort = udp.destinationPort;
    socket = udpSocket({original.source, udp.sourcePort}, {original.destination, remotePort}, InterfaceId{});
  } else if (original.protocol == ipv4::kIcmp) {
    socket = pingSocket(load<icmp::Header>(transport.data()).identifier());
  }
  if (!socket) return nobody();
  decisions().decide(IcmpRule::ErrorReceived, header.source, icmp.type, icmp.code);
  const Meaning meaning = meaningOf(icmp);
  const Bytes payload = original.protocol == ipv4::kUdp ? transport.slice(udp::kHeaderSize) : transport;
  report(*socket,
         {meaning.error, false, icmp.type, icmp.code, icmp.rest, header.source,
          {original.destination, remotePort}, payload},
         meaning.fatal);
}

}  // namespace hw
