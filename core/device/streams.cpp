// TCP in a device: segments in and out, the calls on stream sockets, errors that reach them.
// Read first: core/proto/tcp/tcp.h; tcp(7).
#include <algorithm>

#include "core/device/stack.h"
#include "core/proto/ipv4/ipv4.h"

namespace hw {

using socket::Errno;
using socket::Kind;

namespace {

/// What a system call takes: segments that arrive meanwhile wait until it is over.
constexpr Duration kCallTime = microseconds(20);
/// Until a program that waited runs again.
constexpr Duration kWakeTime = microseconds(50);

tcp::Endpoint endpoint(const socket::Endpoint& one) { return {one.address, one.port}; }
socket::Endpoint endpoint(const tcp::Endpoint& one) { return {one.address, one.port}; }

tcp::Buffers buffersOf(const Socket& socket) {
  const socket::StreamOptions& wanted = socket.options.stream;
  return {wanted.receiveBuffer, wanted.sendBuffer, wanted.maxSegment};
}

tcp::Choices choicesOf(const Socket& socket) {
  const socket::Options& o = socket.options;
  return {o.stream.noDelay, o.stream.keepAlive, o.ttl, o.tos, o.mark, o.device};
}

Errno errorOf(tcp::Problem problem) {
  switch (problem) {
    case tcp::Problem::Refused: return Errno::ConnectionRefused;
    case tcp::Problem::Reset: return Errno::ConnectionReset;
    case tcp::Problem::TimedOut: return Errno::TimedOut;
    case tcp::Problem::BrokenPipe: return Errno::BrokenPipe;
    case tcp::Problem::NetUnreachable: return Errno::NetworkUnreachable;
    case tcp::Problem::NoProtocol: return Errno::NoProtocol;
    case tcp::Problem::HostUnreachable:
    case tcp::Problem::Unreachable:
    case tcp::Problem::None: break;
  }
  return Errno::HostUnreachable;
}

}  // namespace

/// A program that waits in a call runs again when the scheduler gets to it.
void Stack::wakeSoon(ProcessId process) {
  for (process::Process& one : state().processes)
    if (one.id == process) one.deadline = std::min(one.deadline, m_now + kWakeTime);
}

void Stack::receiveTcp(InterfaceId port, const ipv4::Header& header, const Frame& datagram) {
  Frame segment = datagram;
  segment.popFront(header.headerSize());
  if (toGroup() || isGroupAddress(header.destination)) return decisions().decide(ipv4::Rule::NotUnicastFrame, header.destination), void();
  auto arrived = tcp::decode(m_env, header.source, header.destination, segment);
  if (!arrived) return;
  if (arrived->header.has(tcp::kSyn)) arrived->mtu = mtuTo(header.source, port);
  tcp::receive(tcpWork(), *arrived);
  carryOutStreams();
}

void Stack::expireStreams() {
  if (m_now < state().tcp.nextDeadline) return;
  tcp::expire(tcpWork());
  carryOutStreams();
}

/// Sends what TCP has made, and wakes the programs that it has news for.
void Stack::carryOutStreams() {
  // A segment that turns out to be too large makes TCP cut others, behind those that wait already.
  for (std::size_t i = 0; i < m_out.tcp.segments.size(); ++i) sendSegment(m_out.tcp.segments[i]);
  for (const SocketId id : m_out.tcp.news)
    if (const Socket* socket = find(id)) wakeSoon(socket->owner);
  m_out.tcp.clear();
}

void Stack::sendSegment(const tcp::Segment& segment) {
  tcp::Header header = segment.header;
  header.checksum = tcp::checksumOf(segment);
  Outgoing outgoing;
  outgoing.header.source = segment.local.address;
  outgoing.header.destination = segment.remote.address;
  outgoing.header.protocol = ipv4::kTcp;
  outgoing.header.ttl = segment.choices.ttl;
  outgoing.header.tos = segment.choices.tos;
  outgoing.pathMtu = socket::PathMtu::Do;
  outgoing.device = segment.choices.device;
  outgoing.mark = segment.choices.mark;
  outgoing.sourcePort = segment.local.port;
  outgoing.destinationPort = segment.remote.port;
  outgoing.identification = segment.identification;
  outgoing.confirm = segment.confirm;
  store(header, outgoing.transport.data());
  std::copy_n(segment.options.data(), segment.optionsSize, outgoing.transport.data() + tcp::kHeaderSize);
  outgoing.transportSize = tcp::kHeaderSize + segment.optionsSize;
  outgoing.payload = segment.payload;
  const tcp::Endpoint local = segment.local, remote = segment.remote;
  if (sendDatagram(outgoing) != Errno::MessageSize || !outgoing.route) return;
  tcp::pathMtuIsLower(tcpWork(), local, remote, header.sequence, mtuTo(remote.address, outgoing.route->port));
}

/// A call that sent something goes on for a moment.
void Stack::holdIfSent(const Socket& socket, std::size_t before) {
  if (m_out.tcp.segments.size() > before) tcp::hold(tcpWork(), socket.stream, m_now + kCallTime);
}

std::optional<Errno> Stack::bindStream(Socket& socket, socket::Endpoint local) {
  if (!local.address.isAny() && !plan().isOwn(local.address)) return Errno::AddressNotAvailable;
  if (local.port == 0) local.port = freePort(Kind::Tcp);
  for (const Socket& other : state().sockets) {
    const bool sameAddress = other.local.address == local.address || other.local.address.isAny() || local.address.isAny();
    const bool taken = other.listens || other.stream == 0;
    if (other.id != socket.id && other.kind == Kind::Tcp && other.local.port == local.port && sameAddress && taken)
      return Errno::AddressInUse;
  }
  socket.local = local;
  return std::nullopt;
}

std::optional<Errno> Stack::connectStream(Socket& socket, socket::Endpoint peer) {
  if (socket.stream != 0) return Errno::IsConnected;
  if (isGroupAddress(peer.address)) return Errno::NetworkUnreachable;
  Outgoing way = outgoingFor(socket, peer, ipv4::kTcp);
  const route::Route* route = routeFor(way);
  if (const auto error = routeError(route)) return error;
  if (socket.local.address.isAny() && plan().fib.hasOwnRules()) {
    way.route = nullptr;
    route = routeFor(way);
    if (const auto error = routeError(route)) return error;
  }
  socket.local.address = way.header.source;
  if (socket.local.port == 0) socket.local.port = freePort(Kind::Tcp);
  const std::uint32_t mtu = wayOf(way, *route).mtu;
  const auto id = tcp::open(tcpWork(), {endpoint(socket.local), endpoint(peer), socket.id, mtu, buffersOf(socket), choicesOf(socket)});
  if (!id) return Errno::AddressNotAvailable;
  socket.stream = *id;
  socket.peer = peer;
  carryOutStreams();
  return std::nullopt;
}

std::optional<Errno> Stack::listen(SocketId id, std::uint32_t backlog) {
  Socket& socket = *find(id);
  if (socket.kind != Kind::Tcp || socket.stream != 0) return Errno::InvalidArgument;
  if (socket.local.port == 0) socket.local.port = freePort(Kind::Tcp);
  socket.listens = true;
  socket.stream = tcp::listen(tcpWork(), endpoint(socket.local), id, backlog, buffersOf(socket), choicesOf(socket));
  return std::nullopt;
}

Expected<socket::Accepted, Errno> Stack::accept(SocketId id) {
  const Socket listener = *find(id);
  if (!listener.listens) return unexpected(Errno::InvalidArgument);
  const SocketId fresh{state().nextSocket};
  const auto stream = tcp::accept(tcpWork(), listener.stream, fresh);
  if (!stream) return unexpected(Errno::WouldBlock);
  const tcp::Connection& connection = *state().tcp.find(*stream);
  Socket socket;
  socket.id = fresh;
  ++state().nextSocket;
  socket.kind = Kind::Tcp;
  socket.owner = m_running;
  socket.options = listener.options;
  socket.local = endpoint(connection.local);
  socket.peer = endpoint(connection.remote);
  socket.stream = *stream;
  const socket::Endpoint peer = *socket.peer;
  state().sockets.push_back(std::move(socket));
  return socket::Accepted{fresh, peer};
}

bool Stack::isConnected(SocketId id) {
  const tcp::Connection* connection = state().tcp.find(find(id)->stream);
  return connection && connection->phase >= tcp::Phase::Established;
}

/// SO_ERROR of a stream, cleared by being read.
std::optional<Errno> Stack::problemOf(const Socket& socket) {
  tcp::Connection* connection = socket.listens ? nullptr : state().tcp.find(socket.stream);
  if (!connection || connection->problem == tcp::Problem::None) return std::nullopt;
  return errorOf(std::exchange(connection->problem, tcp::Problem::None));
}

Expected<std::uint32_t, Errno> Stack::write(SocketId id, const Bytes& data) {
  Socket& socket = *find(id);
  if (socket.stream == 0 || socket.listens) return unexpected(Errno::NotConnected);
  if (const auto error = problemOf(socket)) return unexpected(*error);
  const tcp::Connection* connection = state().tcp.find(socket.stream);
  if (!connection || connection->phase == tcp::Phase::Closed || connection->out.closed) return unexpected(Errno::BrokenPipe);
  if (connection->phase < tcp::Phase::Established) return unexpected(Errno::WouldBlock);
  const std::size_t before = m_out.tcp.segments.size();
  const std::uint32_t taken = tcp::write(tcpWork(), socket.stream, data);
  holdIfSent(socket, before);
  carryOutStreams();
  if (taken == 0 && !data.empty()) return unexpected(Errno::WouldBlock);
  return taken;
}

Expected<Bytes, Errno> Stack::read(SocketId id, std::uint32_t most) {
  Socket& socket = *find(id);
  if (socket.stream == 0 || socket.listens) return unexpected(Errno::NotConnected);
  const std::size_t before = m_out.tcp.segments.size();
  Bytes data = tcp::read(tcpWork(), socket.stream, most);
  if (!data.empty()) {
    holdIfSent(socket, before);
    carryOutStreams();
    return data;
  }
  if (const auto error = problemOf(socket)) return unexpected(*error);
  const tcp::Connection* connection = state().tcp.find(socket.stream);
  if (!connection || connection->phase == tcp::Phase::Closed || connection->in.ended) return data;
  return unexpected(Errno::WouldBlock);
}

std::optional<Errno> Stack::shutdown(SocketId id) {
  Socket& socket = *find(id);
  const tcp::Connection* connection = socket.listens ? nullptr : state().tcp.find(socket.stream);
  if (!connection || connection->phase < tcp::Phase::Established) return Errno::NotConnected;
  tcp::shutdown(tcpWork(), socket.stream);
  carryOutStreams();
  return std::nullopt;
}

void Stack::closeStream(const Socket& socket) {
  if (socket.kind != Kind::Tcp || socket.stream == 0) return;
  if (socket.listens) tcp::closeListener(tcpWork(), socket.stream);
  else tcp::close(tcpWork(), socket.stream, socket.options.stream.abortOnClose);
  carryOutStreams();
}

void Stack::applyOptions(SocketId id) {
  const Socket& socket = *find(id);
  if (socket.kind != Kind::Tcp || socket.stream == 0) return;
  if (tcp::Listener* listener = state().tcp.listener(socket.stream)) {
    listener->buffers = buffersOf(socket);
    listener->choices = choicesOf(socket);
    return;
  }
  tcp::setBuffers(tcpWork(), socket.stream, buffersOf(socket));
  tcp::setNoDelay(tcpWork(), socket.stream, socket.options.stream.noDelay);
  tcp::setKeepAlive(tcpWork(), socket.stream, socket.options.stream.keepAlive);
  carryOutStreams();
}

socket::StreamInfo Stack::streamInfo(SocketId id) {
  const Socket& socket = *find(id);
  const tcp::Connection* connection = socket.listens ? nullptr : state().tcp.find(socket.stream);
  if (!connection) {
    const socket::StreamOptions& set = socket.options.stream;
    const tcp::Config& usual = config().knobs.tcp;
    socket::StreamInfo info;
    info.sendBuffer = set.sendBuffer != 0 ? set.sendBuffer : usual.sendDefault;
    info.receiveBuffer = set.receiveBuffer != 0 ? set.receiveBuffer : usual.receiveDefault;
    return info;
  }
  return {connection->out.mss,  connection->out.mtu,           connection->out.buffer,
          connection->in.buffer, connection->congestion.window, connection->roundTrip.smoothed8 >> 3};
}

/// RFC 9293 3.9.2.2: which ICMP errors are about a connection, and which of them end it.
void Stack::receiveTcpError(const icmp::Header& icmp, const ipv4::Header& header, const Quoted& quoted) {
  const tcp::Endpoint local{quoted.header.source, load16(quoted.transport.data())};
  const tcp::Endpoint remote{quoted.header.destination, load16(quoted.transport.data() + 2)};
  const std::uint32_t sequence = load32(quoted.transport.data() + 4);
  const bool known = state().tcp.find(local, remote) != nullptr;
  decisions().decide(known ? icmp::Rule::ErrorReceived : icmp::Rule::ErrorForNobody, header.source, icmp.type, icmp.code);
  if (!known) return;
  if (icmp.type == icmp::kUnreachable && icmp.code == icmp::kFragmentationNeeded) {
    learnPathMtu(remote.address, icmp.rest & 0xFFFF);
    const route::Route* route = plan().fib.find(remote.address);
    if (route && route->port.valid()) tcp::pathMtuIsLower(tcpWork(), local, remote, sequence, mtuTo(remote.address, route->port));
    return carryOutStreams();
  }
  if (icmp.type == icmp::kRedirect) return;
  tcp::Problem problem = tcp::Problem::HostUnreachable;
  if (icmp.type == icmp::kUnreachable) {
    if (icmp.code == icmp::kPortUnreachable) problem = tcp::Problem::Refused;
    if (icmp.code == icmp::kNetUnreachable) problem = tcp::Problem::NetUnreachable;
    if (icmp.code == icmp::kProtocolUnreachable) problem = tcp::Problem::NoProtocol;
  }
  tcp::heardError(tcpWork(), local, remote, sequence, problem);
  carryOutStreams();
}

}  // namespace hw
