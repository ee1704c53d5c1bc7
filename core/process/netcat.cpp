// Read first: nc(1) of OpenBSD.
#include "core/process/netcat.h"

#include <fmt/format.h>

namespace hw::process {
namespace {

constexpr std::uint32_t kMostRead = 16'384;
constexpr std::size_t kMostLine = 65'536;

Next failed(const Netcat& n, Context& context, socket::Errno error) {
  if (n.options.verbose)
    context.print(Line{fmt::format("nc: connect to {} port {} (tcp) failed: {}", n.options.name, n.options.port, socket::message(error))});
  return Next::exit(1);
}

/// What has come, line by line.
void printLines(Netcat& n, Context& context, ByteView bytes) {
  for (const std::uint8_t byte : bytes) {
    if (byte == '\n' || n.partial.size() >= kMostLine) {
      context.print(Line{std::move(n.partial)});
      n.partial.clear();
    }
    if (byte != '\n') n.partial.push_back(static_cast<char>(byte));
  }
}

std::optional<Next> beginListening(Netcat& n, Context& context) {
  auto& calls = context.calls;
  n.listener = calls.open(socket::Kind::Tcp);
  if (const auto error = calls.bind(n.listener, {n.options.source, n.options.port})) {
    context.print(Line{"nc: " + std::string(socket::message(*error))});
    return Next::exit(1);
  }
  calls.listen(n.listener, 1);
  if (n.options.verbose) context.print(Line{fmt::format("Listening on {} {}", n.options.source.text(), n.options.port)});
  return std::nullopt;
}

std::optional<Next> beginConnecting(Netcat& n, Context& context) {
  auto& calls = context.calls;
  n.socket = calls.open(socket::Kind::Tcp);
  if (n.options.sourcePort != 0 || !n.options.source.isAny())
    if (const auto error = calls.bind(n.socket, {n.options.source, n.options.sourcePort})) {
      context.print(Line{"nc: bind failed: " + std::string(socket::message(*error))});
      return Next::exit(1);
    }
  if (const auto error = calls.connect(n.socket, {n.options.target, n.options.port})) return failed(n, context, *error);
  return std::nullopt;
}

/// Waits for the other side; nothing when it is there.
std::optional<Next> waitForPeer(Netcat& n, Context& context) {
  auto& calls = context.calls;
  if (n.options.listen) {
    const auto accepted = calls.accept(n.listener);
    if (!accepted) return Next::wait();
    n.socket = accepted->socket;
    if (n.options.verbose)
      context.print(Line{fmt::format("Connection received on {} {}", accepted->peer.address.text(), accepted->peer.port)});
  } else if (!calls.isConnected(n.socket)) {
    if (const auto error = calls.takeError(n.socket)) return failed(n, context, *error);
    if (context.now >= n.until) return failed(n, context, socket::Errno::TimedOut);
    return Next::wait(n.until);
  } else if (n.options.verbose) {
    context.print(Line{fmt::format("Connection to {} {} port [tcp/*] succeeded!", n.options.name, n.options.port)});
  }
  n.open = true;
  if (n.options.patience.ns != 0) n.until = context.now + n.options.patience;
  return std::nullopt;
}

/// True if the stream goes on.
bool sendInput(Netcat& n, Context& context) {
  while (n.sent < n.options.input.size()) {
    const auto taken = context.calls.write(n.socket, n.options.input.slice(n.sent));
    if (!taken) return taken.error() == socket::Errno::WouldBlock;
    n.sent += *taken;
  }
  if (n.options.piped && n.options.shutAtEnd && !n.shut) {
    context.calls.shutdown(n.socket);
    n.shut = true;
  }
  return true;
}

/// The other side has ended the stream, or the connection is gone.
Next ended(Netcat& n, Context& context) {
  if (!n.partial.empty()) context.print(Line{std::move(n.partial)});
  n.partial.clear();
  context.calls.close(n.socket);
  n.socket = SocketId{};
  n.open = false;
  if (!n.options.keepListening || !n.options.listen) return Next::exit(0);
  n.sent = 0;
  return Next::wait();
}

}  // namespace

Next Netcat::step(Context& context) {
  if (context.signal != Signal::None) return Next::exit(0);
  const bool fresh = !listener.valid() && !socket.valid();
  if (fresh) {
    if (options.patience.ns != 0) until = context.now + options.patience;
    if (const auto exit = options.listen ? beginListening(*this, context) : beginConnecting(*this, context)) return *exit;
  }
  if (!open)
    if (const auto next = waitForPeer(*this, context)) return *next;
  if (options.scan) return ended(*this, context);
  if (!sendInput(*this, context)) return ended(*this, context);
  for (;;) {
    const auto data = context.calls.read(socket, kMostRead);
    if (!data && data.error() == socket::Errno::WouldBlock) break;
    if (!data || data->empty()) return ended(*this, context);
    printLines(*this, context, data->view());
    if (options.patience.ns != 0) until = context.now + options.patience;
  }
  if (context.now >= until) return ended(*this, context);
  return Next::wait(until);
}

}  // namespace hw::process
