// Multicast groups: joining by sockets, reports, a datagram for many sockets.
// Read first: RFC 1112 6 and 7; RFC 3376 5.1.
#include <algorithm>

#include "core/device/stack.h"
#include "core/proto/igmp/igmp.h"
#include "core/proto/ipv4/ipv4.h"

namespace hw {

using socket::Errno;

std::optional<Errno> Stack::join(SocketId id, Ipv4Address group, std::optional<InterfaceId> asked) {
  Socket& socket = *find(id);
  if (!group.isMulticast()) return Errno::InvalidArgument;
  const route::Route* way = asked ? nullptr : plan().fib.find(group);
  const InterfaceId port = asked ? *asked : way ? way->port : InterfaceId{};
  if (!port.valid()) return Errno::NoDevice;
  const socket::Group wanted{group, port};
  if (std::find(socket.groups.begin(), socket.groups.end(), wanted) != socket.groups.end()) return Errno::AddressInUse;
  if (!igmp::join(state().igmp, env(), port, group)) return Errno::NoBuffers;
  socket.groups.push_back(wanted);
  return std::nullopt;
}

void Stack::leaveGroups(const Socket& socket) {
  for (const socket::Group& one : socket.groups) igmp::leave(state().igmp, env(), one.port, one.address);
}

/// Sends the reports that are due (RFC 3376 4: TTL 1, router alert).
void Stack::reportGroups() {
  for (igmp::Message& message : igmp::expire(state().igmp, env())) {
    if (!plan().interfaces[message.port.value].running) continue;
    Outgoing report;
    report.header.destination = message.to;
    report.header.source = addressOf(message.port, report.header.destination).value_or(Ipv4Address{});
    report.header.protocol = ipv4::kIgmp;
    report.header.ttl = 1;
    report.header.tos = 0xC0;
    report.options = Bytes(std::vector<std::uint8_t>{0x94, 4, 0, 0});  // RFC 2113
    report.pathMtu = socket::PathMtu::Do;
    report.device = message.port;
    report.payload = Bytes(std::move(message.bytes));
    static_cast<void>(sendDatagram(report));
  }
}

/// Every socket that is bound to the port hears what is sent to a group that the host has joined.
bool Stack::deliverToGroup(socket::Endpoint to, socket::Endpoint from, InterfaceId port, const socket::Datagram& data) {
  bool heard = false;
  for (Socket& socket : state().sockets) {
    if (socket.kind != socket::Kind::Udp || socket.local.port != to.port) continue;
    if (!socket.local.address.isAny() && socket.local.address != to.address) continue;
    if (socket.peer && *socket.peer != from) continue;
    if (socket.options.device.valid() && socket.options.device != port) continue;
    enqueue(socket, data);
    heard = true;
  }
  return heard;
}

}  // namespace hw
