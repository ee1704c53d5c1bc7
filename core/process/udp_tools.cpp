// Read first: udp(7). The printed lines are those of the oracle's own tool.
#include "core/process/udp_tools.h"

#include <algorithm>

#include <fmt/format.h>

namespace hw::process {
namespace {

constexpr std::uint32_t kMaxWrite = 1u << 20;
constexpr int kMaxSendsPerStep = 64;

/// 0123456789abcdef over and over.
Bytes pattern(std::uint32_t size) {
  std::vector<std::uint8_t> bytes(size);
  for (std::uint32_t i = 0; i < size; ++i) bytes[i] = static_cast<std::uint8_t>("0123456789abcdef"[i % 16]);
  return Bytes(std::move(bytes));
}

Line received(const socket::Datagram& datagram) {
  return {fmt::format("received {} bytes from {} port {}", datagram.data.size(),
                      datagram.from.address.text(), datagram.from.port)};
}

}  // namespace

Next UdpServe::step(Context& context) {
  if (!socket.valid()) {
    socket = context.calls.open(socket::Kind::Udp);
    if (const auto error = context.calls.bind(socket, {options.bind, options.port})) {
      context.print(Line{"bind: " + std::string(socket::message(*error))});
      return Next::exit(1);
    }
    if (options.group) {
      const auto port = options.interface ? context.calls.interfaceOf(*options.interface) : std::nullopt;
      const auto error = options.interface && !port ? std::optional(socket::Errno::NoDevice)
                                                    : context.calls.join(socket, *options.group, port);
      if (error) {
        context.print(Line{"join: " + std::string(socket::message(*error))});
        return Next::exit(1);
      }
    }
    if (!options.quiet) context.print(Line{"listening " + std::to_string(options.port)});
  }
  if (context.signal != Signal::None) return Next::exit(0);
  while (const auto datagram = context.calls.receive(socket)) {
    if (!options.quiet) context.print(received(*datagram));
    if (options.echo) context.calls.send(socket, {datagram->data, datagram->from, false});
    if (++served == options.count) {
      context.calls.close(socket);
      return Next::exit(0);
    }
  }
  return Next::wait();
}

namespace {

std::optional<Next> open(UdpSend& s, Context& context) {
  const UdpSendOptions& options = s.options;
  const auto failed = [&](const char* call, socket::Errno error) {
    context.print(Line{fmt::format("{} -> {}", call, socket::symbol(error))});
    return Next::exit(1);
  };
  s.socket = context.calls.open(socket::Kind::Udp);
  if (options.sourcePort != 0 || !options.bind.isAny())
    if (const auto error = context.calls.bind(s.socket, {options.bind, options.sourcePort}))
      return failed("bind", *error);
  socket::Options& knobs = context.calls.options(s.socket);
  if (options.pathMtu) knobs.pathMtu = *options.pathMtu;
  if (options.ttl) knobs.ttl = knobs.multicastTtl = *options.ttl;
  if (options.interface) {
    const auto port = context.calls.interfaceOf(*options.interface);
    if (!port) return failed("setsockopt", socket::Errno::AddressNotAvailable);
    knobs.multicastDevice = *port;
  }
  knobs.broadcast = options.broadcast;
  // The kernel doubles what is asked for, and keeps a minimum.
  if (options.sendBuffer > 0) knobs.sendBuffer = std::max(options.sendBuffer * 2, 4608u);
  if (options.connect)
    if (const auto error = context.calls.connect(s.socket, {options.target, options.port}))
      return failed("connect", *error);
  return std::nullopt;
}

void sendOne(UdpSend& s, Context& context) {
  const UdpSendOptions& options = s.options;
  const std::uint32_t size = std::min(options.sizes[s.sent % options.sizes.size()], kMaxWrite);
  if (s.payload.size() < size) s.payload = pattern(size);
  socket::SendRequest request{s.payload.slice(0, size), std::nullopt, false};
  if (!options.connect) request.to = socket::Endpoint{options.target, options.port};
  const auto error = context.calls.send(s.socket, request);
  if (error) context.print(Line{fmt::format("send {} -> {}", size, socket::symbol(*error))});
  else if (!options.quiet) context.print(Line{fmt::format("sent {} bytes", size)});
  ++s.sent;
  s.next = s.next + options.gap;
}

Next finish(UdpSend& s, Context& context) {
  if (s.options.connect && s.options.pathMtu)
    context.print(Line{fmt::format("path mtu {}", context.calls.pathMtu(s.socket))});
  context.calls.close(s.socket);
  return Next::exit(0);
}

/// The first answer, error or silence ends the wait.
std::optional<Next> hear(UdpSend& s, Context& context) {
  if (const auto error = context.calls.takeError(s.socket)) {
    context.print(Line{fmt::format("recv -> {}", socket::symbol(*error))});
    return finish(s, context);
  }
  if (const auto datagram = context.calls.receive(s.socket)) {
    context.print(received(*datagram));
    return finish(s, context);
  }
  if (context.now < s.waitUntil) return std::nullopt;
  context.print(Line{"recv -> TIMEOUT"});
  return finish(s, context);
}

}  // namespace

Next UdpSend::step(Context& context) {
  if (!socket.valid()) {
    if (const auto exit = open(*this, context)) return *exit;
    next = context.now;
  }
  if (context.signal != Signal::None) return Next::exit(0);
  const std::uint64_t all = options.count * options.sizes.size();
  for (int i = 0; i < kMaxSendsPerStep && sent < all && context.now >= next; ++i)
    sendOne(*this, context);
  if (sent < all || context.now < next) return Next::wait(next);
  if (options.wait.ns == 0) return finish(*this, context);
  if (!waiting) {
    waiting = true;
    waitUntil = context.now + options.wait;
  }
  if (const auto exit = hear(*this, context)) return *exit;
  return Next::wait(waitUntil);
}

}  // namespace hw::process
