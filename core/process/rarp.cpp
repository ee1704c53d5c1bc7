// Read first: RFC 903; rarpd(8).
#include "core/process/rarp.h"

#include <algorithm>

#include "core/proto/arp/arp_wire.h"
#include "core/proto/ethernet/ethernet_wire.h"

namespace hw::process {
namespace {

/// A packet socket for RARP at an interface; nothing if there is none of that name.
std::optional<InterfaceId> open(const std::string& device, SocketId& socket, Context& context) {
  const auto port = context.calls.interfaceNamed(device);
  if (!port) return std::nullopt;
  socket = context.calls.open(socket::Kind::Packet);
  context.calls.options(socket).device = *port;
  context.calls.bind(socket, {{}, ethernet::kRarp});
  return port;
}

void send(Context& context, SocketId socket, MacAddress to, const arp::Header& message) {
  std::vector<std::uint8_t> bytes(arp::kHeaderSize);
  store(message, bytes.data());
  context.calls.sendFrame(socket, to, ethernet::kRarp, bytes);
}

Next noDevice(Context& context, const char* program, const std::string& device) {
  context.print(Line{std::string(program) + ": no interface " + device});
  return Next::exit(2);
}

void answer(const RarpServe& server, Context& context, const arp::Header& question) {
  const auto known = std::find_if(server.table.begin(), server.table.end(),
                                  [&](const RarpEntry& one) { return one.mac == question.targetMac; });
  if (known == server.table.end()) {
    context.print(Line{"rarpd: nobody has told me the address of " + question.targetMac.text()});
    return;
  }
  arp::Header reply;
  reply.opcode = arp::kRarpReply;
  reply.senderMac = context.calls.macOf(server.port);
  reply.senderIp = context.calls.addressOf(server.port, known->address).value_or(Ipv4Address{});
  reply.targetMac = question.targetMac;
  reply.targetIp = known->address;
  send(context, server.socket, question.senderMac, reply);
  context.print(Line{"rarpd: " + question.targetMac.text() + " is " + known->address.text()});
}

}  // namespace

Next RarpServe::step(Context& context) {
  if (!socket.valid()) {
    const auto found = open(device, socket, context);
    if (!found) return noDevice(context, "rarpd", device);
    port = *found;
  }
  while (const auto frame = context.calls.receive(socket)) {
    const auto question = decode<arp::Header>(frame->data.view());
    if (question && question->opcode == arp::kRarpRequest) answer(*this, context, *question);
  }
  if (context.signal == Signal::None) return Next::wait();
  context.calls.close(socket);
  return Next::exit(0);
}

Next RarpAsk::step(Context& context) {
  if (!socket.valid()) {
    const auto found = open(device, socket, context);
    if (!found) return noDevice(context, "rarp", device);
    port = *found;
    nextSend = context.now;
  }
  const MacAddress self = context.calls.macOf(port);
  while (const auto frame = context.calls.receive(socket)) {
    const auto reply = decode<arp::Header>(frame->data.view());
    if (!reply || reply->opcode != arp::kRarpReply || reply->targetMac != self) continue;
    context.print(Line{device + ": my address is " + reply->targetIp.text() + ", says " + reply->senderIp.text() + " [" +
                       reply->senderMac.text() + "]"});
    context.calls.close(socket);
    return Next::exit(0);
  }
  const bool over = context.now >= nextSend && sent >= count;
  if (over || context.signal != Signal::None) {
    context.print(Line{"rarp: nobody answers"});
    context.calls.close(socket);
    return Next::exit(1);
  }
  if (context.now >= nextSend) {
    arp::Header question;
    question.opcode = arp::kRarpRequest;
    question.senderMac = question.targetMac = self;
    send(context, socket, MacAddress::broadcast(), question);
    ++sent;
    nextSend = nextSend + seconds(1);
  }
  return Next::wait(nextSend);
}

}  // namespace hw::process
