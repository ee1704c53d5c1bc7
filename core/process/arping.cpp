// Read first: arping(8); RFC 5227 2.1.1 for -D.
#include "core/process/arping.h"

#include "core/proto/arp/arp_wire.h"
#include "core/proto/ethernet/ethernet_wire.h"

namespace hw::process {
namespace {

std::optional<Next> open(Arping& a, Context& context) {
  const ArpingOptions& options = a.options;
  const auto port = context.calls.interfaceNamed(options.device);
  if (!port) {
    context.print(Line{"arping: Device " + options.device + " not available."});
    return Next::exit(2);
  }
  a.port = *port;
  if (options.source) a.source = *options.source;
  else if (options.unsolicited || options.answer) a.source = options.target;
  else if (!options.duplicateDetection)
    a.source = context.calls.addressOf(*port, options.target).value_or(Ipv4Address{});
  a.socket = context.calls.open(socket::Kind::Packet);
  context.calls.options(a.socket).device = *port;
  context.calls.bind(a.socket, {{}, ethernet::kArp});
  if (!options.quiet) context.print(ArpingStarted{options.target, a.source, options.device});
  return std::nullopt;
}

void send(Arping& a, Context& context) {
  arp::Header message;
  message.opcode = a.options.answer ? arp::kReply : arp::kRequest;
  message.senderMac = context.calls.macOf(a.port);
  message.senderIp = a.source;
  message.targetMac = a.options.answer ? message.senderMac : a.to;
  message.targetIp = a.options.target;
  std::vector<std::uint8_t> bytes(arp::kHeaderSize);
  store(message, bytes.data());
  context.calls.sendFrame(a.socket, a.to, ethernet::kArp, bytes);
  ++a.sent;
  if (a.to.isBroadcast()) ++a.broadcasts;
  a.lastSent = context.now;
}

bool isAnswer(const Arping& a, Context& context, const arp::Header& message) {
  const MacAddress us = context.calls.macOf(a.port);
  if (message.opcode != arp::kRequest && message.opcode != arp::kReply) return false;
  if (message.senderIp != a.options.target) return false;
  if (a.options.duplicateDetection)
    return message.senderMac != us && (a.source.isAny() || a.source == message.targetIp);
  return message.targetIp == a.source && message.targetMac == us;
}

void hear(Arping& a, Context& context, const socket::Datagram& frame) {
  const auto message = decode<arp::Header>(frame.data.view());
  if (!message || !isAnswer(a, context, *message)) return;
  ++a.received;
  if (!a.options.quiet)
    context.print(ArpingReply{!frame.toGroup, message->opcode == arp::kRequest, message->senderIp,
                              message->senderMac, context.now - a.lastSent});
  if (!a.options.broadcastOnly) a.to = message->senderMac;
}

Next finish(Arping& a, Context& context) {
  context.calls.close(a.socket);
  if (!a.options.quiet) context.print(ArpingSummary{a.sent, a.broadcasts, a.received});
  if (a.options.duplicateDetection) return Next::exit(a.received > 0 ? 1 : 0);
  if (a.options.unsolicited || a.options.answer) return Next::exit(0);
  return Next::exit(a.received > 0 ? 0 : 1);
}

}  // namespace

Next Arping::step(Context& context) {
  if (!socket.valid()) {
    if (const auto exit = open(*this, context)) return *exit;
    nextTick = context.now;
  }
  if (context.signal != Signal::None) return finish(*this, context);
  const bool quit = options.quitOnReply || options.duplicateDetection;
  while (const auto frame = context.calls.receive(socket)) {
    hear(*this, context, *frame);
    // With a time limit the last answer that was wanted ends it (iputils recv_pack).
    const bool all = options.timeout > 0 && options.count > 0 && received == options.count;
    if (received > 0 && (quit || all)) return finish(*this, context);
  }
  if (context.now >= nextTick) {
    ++ticks;
    const bool timeIsUp = options.timeout > 0 && ticks > options.timeout;
    if ((options.count > 0 && ticks > options.count) || timeIsUp) return finish(*this, context);
    send(*this, context);
    nextTick = nextTick + seconds(1);
  }
  return Next::wait(nextTick);
}

}  // namespace hw::process
