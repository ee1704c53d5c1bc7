// Sockets and the system calls on them.
// Read first: udp(7), icmp(7), packet(7); RFC 1122 4.1.4.
#include <algorithm>

#include "core/device/stack.h"
#include "core/proto/ethernet/ethernet_rules.h"
#include "core/proto/ethernet/ethernet_wire.h"
#include "core/proto/ipv4/ipv4.h"

namespace hw {

using socket::Errno;
using socket::Kind;

namespace {
constexpr std::uint16_t kFirstEphemeral = 32768;  // net.ipv4.ip_local_port_range
constexpr std::uint16_t kLastEphemeral = 60999;
constexpr std::size_t kMaxErrors = 64;
constexpr std::uint32_t kDatagramOverhead = 768;  // struct sk_buff and shared info
}  // namespace

void Stack::setCarrier(InterfaceId port, bool carrier) {
  if (state().carrier[port.value] == carrier) return;
  state().carrier[port.value] = carrier;
  m_device.replan();
}

/// Closes the sockets that `which` names; an interface that a program held loses its carrier.
void Stack::closeSockets(const std::function<bool(const Socket&)>& which) {
  std::vector<InterfaceId> left;
  for (const Socket& socket : state().sockets)
    if (which(socket)) leaveGroups(socket), closeStream(socket);
  for (const Socket& socket : state().sockets)
    if (which(socket) && socket.kind == Kind::Interface && socket.options.device.valid()) left.push_back(socket.options.device);
  std::erase_if(state().sockets, which);
  for (const InterfaceId port : left) setCarrier(port, false);
}

Socket* Stack::find(SocketId id) {
  for (Socket& socket : state().sockets)
    if (socket.id == id) return &socket;
  return nullptr;
}

Socket* Stack::pingSocket(std::uint16_t identifier) {
  for (Socket& socket : state().sockets)
    if (socket.kind == Kind::Ping && socket.local.port == identifier) return &socket;
  return nullptr;
}

/// The socket that fits best: connected to the peer before bound to the address before any.
Socket* Stack::udpSocket(socket::Endpoint local, socket::Endpoint remote, InterfaceId port) {
  Socket* best = nullptr;
  int bestScore = -1;
  for (Socket& socket : state().sockets) {
    if (socket.kind != Kind::Udp || socket.local.port != local.port) continue;
    if (!socket.local.address.isAny() && socket.local.address != local.address) continue;
    if (socket.peer && *socket.peer != remote) continue;
    if (socket.options.device.valid() && port.valid() && socket.options.device != port) continue;
    const int score = (socket.peer ? 4 : 0) + (socket.local.address.isAny() ? 0 : 2) +
                      (socket.options.device.valid() ? 1 : 0);
    if (score > bestScore) best = &socket, bestScore = score;
  }
  return best;
}

void Stack::enqueue(Socket& socket, socket::Datagram datagram) {
  const std::uint32_t cost = datagram.data.size() + kDatagramOverhead;
  if (socket.receivedBytes + cost > socket.options.receiveBuffer) {
    decisions().decide(udp::Rule::ReceiveBufferFull, socket.local.port);
    return;
  }
  if (socket.kind == Kind::Udp)
    decisions().decide(udp::Rule::Delivered, socket.local.port, datagram.data.size());
  socket.receivedBytes += cost;
  socket.received.push_back(std::move(datagram));
  wake(socket.owner);
}

/// Gives an error to a socket as Linux does: to its error queue if it wants that (IP_RECVERR), else
/// only a fatal one to a connected socket.
void Stack::report(Socket& socket, const socket::ErrorReport& what, bool fatal) {
  if (socket.options.receiveErrors) {
    if (socket.errors.size() < kMaxErrors) socket.errors.push_back(what);
  } else if (!fatal || !socket.peer) {
    return;
  }
  if (!what.local) socket.pending = what.error;
  wake(socket.owner);
}

SocketId Stack::open(Kind kind) {
  Socket socket;
  socket.id = SocketId{state().nextSocket++};
  socket.kind = kind;
  socket.owner = m_running;
  socket.options.ttl = config().knobs.defaultTtl;
  if (config().knobs.noPathMtuDiscovery) socket.options.pathMtu = socket::PathMtu::Dont;
  if (kind == Kind::PingSix) socket.options.ttl = config().six ? config().six->hopLimit : 64;
  if (kind == Kind::Ping || kind == Kind::PingSix) socket.local.port = static_cast<std::uint16_t>(state().random.between(1, 65535));
  state().sockets.push_back(std::move(socket));
  return state().sockets.back().id;
}

void Stack::close(SocketId id) {
  closeSockets([id](const Socket& socket) { return socket.id == id; });
}

std::optional<InterfaceId> Stack::interfaceOf(Ipv4Address address) {
  for (const OwnAddress& own : plan().own)
    if (own.address == address) return own.port;
  return std::nullopt;
}

/// Opens an interface for programs: from now on it has a carrier.
std::optional<Errno> Stack::attach(SocketId id, InterfaceId port) {
  Socket& socket = *find(id);
  if (!isForPrograms(config().at(port).kind)) return Errno::InvalidArgument;
  for (const Socket& other : state().sockets)
    if (other.id != id && other.kind == Kind::Interface && other.options.device == port) return Errno::Busy;
  socket.options.device = port;
  setCarrier(port, true);
  return std::nullopt;
}

/// A raw socket hears every datagram of its protocol, header and all; true if one did.
bool Stack::deliverToRawSockets(const ipv4::Header& header, const Frame& datagram) {
  bool heard = false;
  for (Socket& socket : state().sockets) {
    if (socket.kind != Kind::Raw || socket.local.port != header.protocol) continue;
    if (!socket.local.address.isAny() && socket.local.address != header.destination) continue;
    socket::Datagram copy;
    copy.data = datagram.bytesFrom(0);
    copy.from = {header.source, 0};
    copy.to = {header.destination, 0};
    copy.ttl = header.ttl;
    enqueue(socket, std::move(copy));
    heard = true;
  }
  return heard && header.protocol != ipv4::kIcmp && header.protocol != ipv4::kUdp;
}

socket::Options& Stack::options(SocketId id) { return find(id)->options; }
socket::Endpoint Stack::local(SocketId id) { return find(id)->local; }

/// An ephemeral port that no socket has.
std::uint16_t Stack::freePort(Kind kind) {
  const int span = kLastEphemeral - kFirstEphemeral + 1;
  const auto start = static_cast<int>(state().random.below(static_cast<std::uint64_t>(span)));
  for (int i = 0; i < span; ++i) {
    const auto port = static_cast<std::uint16_t>(kFirstEphemeral + (start + i) % span);
    const bool taken = std::any_of(state().sockets.begin(), state().sockets.end(), [&](const Socket& s) {
      return s.kind == kind && s.local.port == port;
    });
    if (!taken && (kind != Kind::Tcp || !state().tcp.isUsed(port))) return port;
  }
  return 0;
}

std::optional<Errno> Stack::bind(SocketId id, socket::Endpoint local) {
  Socket& socket = *find(id);
  if (socket.kind == Kind::Packet || socket.kind == Kind::Raw) {
    socket.local = local;
    return std::nullopt;
  }
  if (socket.kind == Kind::Tcp) return bindStream(socket, local);
  if (!local.address.isAny() && !plan().isOwn(local.address) && !isGroupAddress(local.address))
    return Errno::AddressNotAvailable;
  if (socket.kind == Kind::Ping) {
    socket.local.address = local.address;
    return std::nullopt;
  }
  if (local.port == 0) local.port = freePort(Kind::Udp);
  for (const Socket& other : state().sockets) {
    const bool sameAddress = other.local.address == local.address || other.local.address.isAny() ||
                             local.address.isAny();
    if (other.id != id && other.kind == Kind::Udp && other.local.port == local.port && sameAddress)
      return Errno::AddressInUse;
  }
  socket.local = local;
  return std::nullopt;
}

std::optional<Errno> Stack::connect(SocketId id, socket::Endpoint peer) {
  Socket& socket = *find(id);
  if (socket.kind == Kind::Tcp) return connectStream(socket, peer);
  Outgoing way;
  way.header.source = socket.local.address;
  way.header.destination = peer.address;
  way.device = socket.options.device;
  way.mark = socket.options.mark;
  way.header.protocol = ipv4::kUdp;
  way.sourcePort = socket.local.port;
  way.destinationPort = peer.port;
  const route::Route* route = routeFor(way);
  if (const auto error = routeError(route)) return error;
  if ((route->type == route::Type::Broadcast || peer.address.isLimitedBroadcast()) && !socket.options.broadcast)
    return Errno::Access;
  if (socket.local.address.isAny() && plan().fib.hasOwnRules()) {
    // With the address that was chosen another rule may apply (Linux ip_route_connect).
    way.route = nullptr;
    route = routeFor(way);
    if (const auto error = routeError(route)) return error;
  }
  socket.local.address = way.header.source;
  if (socket.local.port == 0) socket.local.port = freePort(Kind::Udp);
  socket.peer = peer;
  socket.identification = static_cast<std::uint16_t>(state().random.below(65536));
  return std::nullopt;
}

std::optional<Errno> Stack::send(SocketId id, const socket::SendRequest& request) {
  Socket& socket = *find(id);
  if (socket.pending) {
    const Errno error = *socket.pending;
    socket.pending.reset();
    return error;
  }
  if (socket.kind == Kind::Interface) return takeFromProgram(socket.options.device, request.data);
  if (socket.kind == Kind::PingSix) return sendPingSix(socket, request);
  if (!request.to && !socket.peer) return Errno::DestinationRequired;
  const socket::Endpoint to = request.to ? *request.to : *socket.peer;
  if (!socket.options.broadcast && isGroupAddress(to.address) && !to.address.isMulticast()) return Errno::Access;
  if (socket.kind == Kind::Raw) {
    Outgoing outgoing = outgoingFor(socket, to, static_cast<std::uint8_t>(socket.local.port));
    outgoing.payload = request.data;
    return sendDatagram(outgoing);
  }
  return socket.kind == Kind::Ping ? sendPing(socket, request, to) : sendUdp(socket, request, to);
}

Outgoing Stack::outgoingFor(Socket& socket, socket::Endpoint to, std::uint8_t protocol) {
  Outgoing outgoing;
  outgoing.header.source = socket.local.address;
  outgoing.header.destination = to.address;
  outgoing.header.protocol = protocol;
  const bool group = to.address.isMulticast();
  outgoing.header.ttl = group ? socket.options.multicastTtl : socket.options.ttl;
  outgoing.header.tos = socket.options.tos;
  outgoing.pathMtu = socket.options.pathMtu;
  outgoing.device = group && socket.options.multicastDevice.valid() ? socket.options.multicastDevice : socket.options.device;
  outgoing.from = socket.id;
  outgoing.mark = socket.options.mark;
  outgoing.sourcePort = socket.local.port;
  outgoing.destinationPort = to.port;
  if (socket.peer) outgoing.identification = ++socket.identification;
  return outgoing;
}

std::optional<Errno> Stack::sendUdp(Socket& socket, const socket::SendRequest& request,
                                    socket::Endpoint to) {
  if (request.data.size() > udp::kMaxPayload) return Errno::MessageSize;
  if (socket.local.port == 0) socket.local.port = freePort(Kind::Udp);
  Outgoing outgoing = outgoingFor(socket, to, ipv4::kUdp);
  // The checksum covers the source address, so the route is asked before the header is made.
  if (outgoing.header.source.isAny())
    if (const auto error = routeError(routeFor(outgoing))) return error;
  decisions().decide(udp::Rule::Sent, request.data.size(), socket.local.port, to.port);
  const udp::Header header = udp::makeHeader(outgoing.header.source, socket.local.port, to.address,
                                             to.port, request.data.view());
  outgoing.transportSize = udp::kHeaderSize;
  store(header, outgoing.transport.data());
  outgoing.payload = request.data;
  outgoing.confirm = request.confirm;
  return sendDatagram(outgoing);
}

std::optional<Errno> Stack::sendPing(Socket& socket, const socket::SendRequest& request,
                                     socket::Endpoint to) {
  if (request.data.size() < icmp::kHeaderSize) return Errno::InvalidArgument;
  Outgoing outgoing = outgoingFor(socket, to, ipv4::kIcmp);
  const auto header = load<icmp::Header>(request.data.data());
  outgoing.payload = icmp::encodeEcho(icmp::kEchoRequest, socket.local.port, header.sequence(),
                                      request.data.slice(icmp::kHeaderSize));
  if (!socket.options.ipOptions.empty() && !giveOptions(outgoing, socket.options.ipOptions)) return Errno::InvalidArgument;
  outgoing.confirm = request.confirm;
  return sendDatagram(outgoing);
}

std::optional<socket::Datagram> Stack::receive(SocketId id) {
  Socket& socket = *find(id);
  if (socket.received.empty()) return std::nullopt;
  socket::Datagram datagram = std::move(socket.received.front());
  socket.received.erase(socket.received.begin());
  socket.receivedBytes -= datagram.data.size() + kDatagramOverhead;
  return datagram;
}

std::optional<Errno> Stack::takeError(SocketId id) {
  Socket& socket = *find(id);
  if (socket.kind == Kind::Tcp) return problemOf(socket);
  return std::exchange(socket.pending, std::nullopt);
}

std::optional<socket::ErrorReport> Stack::receiveError(SocketId id) {
  Socket& socket = *find(id);
  if (socket.errors.empty()) return std::nullopt;
  socket::ErrorReport report = std::move(socket.errors.front());
  socket.errors.erase(socket.errors.begin());
  socket.pending.reset();
  return report;
}

std::uint32_t Stack::pathMtu(SocketId id) {
  const Socket& socket = *find(id);
  const route::Route* route = socket.peer ? plan().fib.find(socket.peer->address) : nullptr;
  return route && route->port.valid() ? mtuTo(socket.peer->address, route->port) : 0;
}

std::optional<Errno> Stack::sendFrame(SocketId id, MacAddress to, std::uint16_t type, ByteView payload) {
  const InterfaceId port = find(id)->options.device;
  if (!port.valid()) return Errno::NoDevice;
  decisions().decide(ethernet::Rule::SentByProgram, type, to, port);
  makeFrame(port, to, type, Frame(payload));
  return std::nullopt;
}

std::optional<InterfaceId> Stack::interfaceNamed(std::string_view name) {
  return config().interfaceNamed(name);
}

MacAddress Stack::macOf(InterfaceId port) { return config().at(port).mac; }

}  // namespace hw
