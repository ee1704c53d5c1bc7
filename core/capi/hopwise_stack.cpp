// Read first: hopwise_stack.h, which says what each call promises; core/device/device.h.
#include "core/capi/hopwise_stack.h"

#include <algorithm>
#include <cerrno>
#include <cstring>
#include <deque>
#include <map>
#include <new>

#include "core/device/device.h"
#include "core/device/sysctl.h"

namespace hw {

/// Where a frame came out.
struct LeftFrame {
  InterfaceId port;
  Time at;
  Frame frame;
};

namespace {

int codeOf(socket::Errno error) {
  using enum socket::Errno;
  switch (error) {
    case Access: return EACCES;
    case AddressInUse: return EADDRINUSE;
    case AddressNotAvailable: return EADDRNOTAVAIL;
    case WouldBlock: return EAGAIN;
    case Busy: return EBUSY;
    case BadDescriptor: return EBADF;
    case ConnectionRefused: return ECONNREFUSED;
    case ConnectionReset: return ECONNRESET;
    case DestinationRequired: return EDESTADDRREQ;
    case HostUnreachable: return EHOSTUNREACH;
    case InvalidArgument: return EINVAL;
    case IsConnected: return EISCONN;
    case MessageSize: return EMSGSIZE;
    case NetworkUnreachable: return ENETUNREACH;
    case NoBuffers: return ENOBUFS;
    case NoDevice: return ENODEV;
    case NoProtocol: return ENOPROTOOPT;
    case NotConnected: return ENOTCONN;
    case NotPermitted: return EPERM;
    case BrokenPipe: return EPIPE;
    case Protocol: return EPROTO;
    case RemoteInputOutput: return EREMOTEIO;
    case TimedOut: return ETIMEDOUT;
  }
  return EIO;
}

int answer(const std::optional<socket::Errno>& error) { return error ? -codeOf(*error) : 0; }
socket::Endpoint endpointOf(const hopwise_endpoint& one) { return {{one.address}, one.port}; }
hopwise_endpoint endpointOf(const socket::Endpoint& one) { return {one.address.value, one.port}; }

constexpr std::uint32_t kMaxWrite = 1u << 30;
Bytes copyOf(const void* data, std::size_t size) { return Bytes(ByteView(static_cast<const std::uint8_t*>(data), size)); }

}  // namespace
}  // namespace hw

struct hopwise_stack {
  hopwise_stack(const char* name, std::uint64_t seed) : device(hw::makeDeviceConfig(name), seed, hw::DeviceId{0}) {}

  hw::Device device;
  hw::Time now;
  std::uint64_t events = 0;
  hw::Out out;
  std::deque<hw::LeftFrame> left;    ///< until somebody takes them
  std::deque<hw::LeftFrame> looped;  ///< on lo, not yet back

  struct Open {
    hw::SocketId id;
    bool stream = false;
    bool connecting = false;
  };
  std::map<int, Open> sockets;

  bool isPort(int interface) const {
    return interface >= 1 && static_cast<std::size_t>(interface) < device.config().interfaces.size();
  }
  Open* find(int socket) {
    const auto at = sockets.find(socket);
    return at == sockets.end() ? nullptr : &at->second;
  }
  /// The lowest number that is free, as open(2) gives it.
  int keep(Open open) {
    int number = 0;
    for (const auto& [taken, socket] : sockets) {
      if (taken != number) break;
      ++number;
    }
    sockets.emplace(number, open);
    return number;
  }

  void step(const hw::DeviceInput& input) {
    device.step(now, events++, input, out);
    collect();
    settle();
  }
  void reconfigure(hw::DeviceConfig config) {
    out.clear();
    step(hw::Reconfigure{std::move(config)});
  }
  void arrive(hw::InterfaceId port, hw::Frame frame) {
    out.clear();
    out.frames.push_back(std::move(frame));
    device.step(now, events++, hw::FrameArrived{port}, out);
    collect();
  }
  /// A program calls the stack.
  template <class Call> auto call(Call&& what) {
    out.clear();
    decltype(what(std::declval<hw::socket::Calls&>())) result{};
    device.call(now, events++, [&](hw::socket::Calls& calls) { result = what(calls); }, out);
    collect();
    settle();
    return result;
  }
  /// What the device sent goes where it belongs.
  void collect() {
    for (const hw::Send& send : out.sends) {
      if (hw::isPass(send.pass)) continue;
      const bool loops = device.config().at(send.port).kind == hw::InterfaceKind::Loopback;
      (loops ? looped : left).push_back({send.port, now, out.frames[send.frame]});
    }
  }
  /// What was sent to lo arrives at the same instant. Two programs of one machine could answer each other for ever; a call does not.
  void settle() {
    constexpr int kMostAtOnce = 100'000;
    for (int i = 0; i < kMostAtOnce && !looped.empty(); ++i) {
      hw::LeftFrame next = std::move(looped.front());
      looped.pop_front();
      arrive(next.port, std::move(next.frame));
    }
  }
};

using hw::socket::Calls;

int hopwise_stack_version(void) { return HOPWISE_STACK_VERSION; }

hopwise_stack* hopwise_stack_new(const char* name, uint64_t seed) {
  return new (std::nothrow) hopwise_stack(name ? name : "host", seed);
}

void hopwise_stack_free(hopwise_stack* stack) { delete stack; }

int hopwise_stack_add_interface(hopwise_stack* stack, const char* name, const char* mac, unsigned mtu) {
  constexpr std::size_t kMostInterfaces = 256;
  constexpr std::size_t kLongestName = 15;  // IFNAMSIZ - 1
  if (!name || !mac) return -EINVAL;
  const auto address = hw::MacAddress::parse(mac);
  const std::size_t length = std::strlen(name);
  if (!address || length == 0 || length > kLongestName || mtu < 68 || mtu > 65535) return -EINVAL;
  hw::DeviceConfig config = stack->device.config();
  if (config.interfaceNamed(name)) return -EEXIST;
  if (config.interfaces.size() > kMostInterfaces) return -ENOSPC;
  hw::InterfaceConfig interface;
  interface.name = name;
  interface.mac = *address;
  interface.mtu = mtu;
  interface.knobs = config.knobs.fresh;
  config.interfaces.push_back(std::move(interface));
  stack->reconfigure(std::move(config));
  return static_cast<int>(stack->device.config().interfaces.size() - 1);
}

int hopwise_stack_add_address(hopwise_stack* stack, int interface, const char* prefix) {
  if (!stack->isPort(interface)) return -ENODEV;
  const auto parsed = prefix ? hw::Ipv4Prefix::parse(prefix) : std::nullopt;
  if (!parsed) return -EINVAL;
  hw::DeviceConfig config = stack->device.config();
  auto& addresses = config.interfaces[static_cast<std::size_t>(interface)].addresses;
  if (std::find(addresses.begin(), addresses.end(), *parsed) != addresses.end()) return -EEXIST;
  addresses.push_back(*parsed);
  stack->reconfigure(std::move(config));
  return 0;
}

int hopwise_stack_add_route(hopwise_stack* stack, const char* prefix, const char* gateway, int interface) {
  if (!stack->isPort(interface)) return -ENODEV;
  const auto parsed = prefix ? hw::Ipv4Prefix::parse(prefix) : std::nullopt;
  const auto via = gateway ? hw::Ipv4Address::parse(gateway) : std::nullopt;
  if (!parsed || (gateway && !via)) return -EINVAL;
  const hw::InterfaceId port{static_cast<std::uint32_t>(interface)};
  hw::DeviceConfig config = stack->device.config();
  const auto& addresses = config.at(port).addresses;
  const auto near = [&](const hw::Ipv4Prefix& own) { return own.contains(*via); };
  if (via && std::none_of(addresses.begin(), addresses.end(), near)) return -ENETUNREACH;
  hw::route::Route route;
  route.prefix = {parsed->network(), parsed->length};
  route.via = via;
  route.port = port;
  if (!via) route.scope = hw::route::Scope::Link;
  for (const hw::route::Route& other : config.routes)
    if (other.prefix == route.prefix && other.via == route.via && other.port == route.port) return -EEXIST;
  config.routes.push_back(std::move(route));
  stack->reconfigure(std::move(config));
  return 0;
}

int hopwise_stack_add_neighbour(hopwise_stack* stack, int interface, const char* address, const char* mac) {
  if (!stack->isPort(interface)) return -ENODEV;
  const auto ip = address ? hw::Ipv4Address::parse(address) : std::nullopt;
  const auto link = mac ? hw::MacAddress::parse(mac) : std::nullopt;
  if (!ip || !link) return -EINVAL;
  hw::EditNeighbour edit;
  edit.port = hw::InterfaceId{static_cast<std::uint32_t>(interface)};
  edit.address = *ip;
  edit.mac = *link;
  stack->out.clear();
  stack->step(edit);
  return 0;
}

int hopwise_stack_set_carrier(hopwise_stack* stack, int interface, int carrier) {
  if (!stack->isPort(interface)) return -ENODEV;
  stack->out.clear();
  stack->step(hw::CarrierChanged{hw::InterfaceId{static_cast<std::uint32_t>(interface)}, carrier != 0});
  return 0;
}

int hopwise_stack_set(hopwise_stack* stack, const char* knob, const char* value) {
  if (!knob || !value) return -EINVAL;
  hw::DeviceConfig config = stack->device.config();
  if (const auto problem = hw::writeSysctl(config, knob, value)) {
    switch (*problem) {
      case hw::SysctlProblem::Unknown: return -ENOENT;
      case hw::SysctlProblem::Invalid: return -EINVAL;
      case hw::SysctlProblem::NotBuilt: return -ENOSYS;
    }
  }
  stack->reconfigure(std::move(config));
  return 0;
}

int hopwise_stack_get(hopwise_stack* stack, const char* knob, char* text, size_t room) {
  const auto value = knob ? hw::readSysctl(stack->device.config(), knob) : std::nullopt;
  if (!value) return -ENOENT;
  if (value->size() + 1 > room) return -ENOSPC;
  std::memcpy(text, value->c_str(), value->size() + 1);
  return static_cast<int>(value->size());
}

int64_t hopwise_stack_now(const hopwise_stack* stack) { return stack->now.ns; }

int64_t hopwise_stack_next_timer(const hopwise_stack* stack) {
  const hw::Time next = stack->device.nextDeadline();
  return next == hw::kNever ? HOPWISE_STACK_NEVER : std::max(next, stack->now).ns;
}

int hopwise_stack_advance(hopwise_stack* stack, int64_t time) {
  if (time < stack->now.ns) return -EINVAL;
  constexpr int kMostAtOnce = 100'000;  // a timer that is set anew for the same instant would hold the clock for ever
  int atOnce = 0;
  for (;;) {
    const hw::Time next = std::max(stack->device.nextDeadline(), stack->now);
    if (next == hw::kNever || next.ns > time) break;
    atOnce = next == stack->now ? atOnce + 1 : 0;
    if (atOnce > kMostAtOnce) break;
    stack->now = next;
    stack->out.clear();
    stack->step(hw::TimeReached{});
  }
  stack->now = std::max(stack->now, hw::Time{time});
  return 0;
}

int hopwise_stack_inject(hopwise_stack* stack, int interface, const void* frame, size_t size) {
  constexpr std::size_t kHeader = 14;
  if (!stack->isPort(interface)) return -ENODEV;
  if (!frame || size < kHeader || size > HOPWISE_STACK_MAX_FRAME) return -EMSGSIZE;
  stack->arrive(hw::InterfaceId{static_cast<std::uint32_t>(interface)},
                hw::Frame(hw::ByteView(static_cast<const std::uint8_t*>(frame), size)));
  stack->settle();
  return 0;
}

int hopwise_stack_take(hopwise_stack* stack, hopwise_frame* what, void* bytes, size_t room) {
  if (stack->left.empty()) return 0;
  const hw::LeftFrame& next = stack->left.front();
  const std::vector<std::uint8_t> content = next.frame.toVector();
  if (what) *what = {static_cast<int>(next.port.value), static_cast<std::uint32_t>(content.size()), next.at.ns};
  if (content.size() > room) return -ENOSPC;
  std::memcpy(bytes, content.data(), content.size());
  stack->left.pop_front();
  return 1;
}

int hopwise_socket(hopwise_stack* stack, hopwise_socket_kind kind) {
  if (kind != HOPWISE_UDP && kind != HOPWISE_TCP) return -EPROTONOSUPPORT;
  constexpr std::size_t kMostSockets = 65536;
  if (stack->sockets.size() >= kMostSockets) return -EMFILE;
  const bool stream = kind == HOPWISE_TCP;
  const hw::SocketId id = stack->call([&](Calls& calls) { return calls.open(stream ? hw::socket::Kind::Tcp : hw::socket::Kind::Udp); });
  return stack->keep({id, stream, false});
}

int hopwise_close(hopwise_stack* stack, int socket) {
  const auto* open = stack->find(socket);
  if (!open) return -EBADF;
  stack->call([&](Calls& calls) { return calls.close(open->id), 0; });
  stack->sockets.erase(socket);
  return 0;
}

int hopwise_set_option(hopwise_stack* stack, int socket, hopwise_socket_option option, uint32_t value) {
  const auto* open = stack->find(socket);
  if (!open) return -EBADF;
  constexpr std::uint32_t kMostBuffer = 1u << 29;
  constexpr std::uint32_t kLeastReceive = 2304, kLeastSend = 4608;  // of Linux
  if (!open->stream && option >= HOPWISE_NODELAY && option <= HOPWISE_MAX_SEGMENT) return -ENOPROTOOPT;
  return stack->call([&](Calls& calls) {
    hw::socket::Options& options = calls.options(open->id);
    const std::uint32_t doubled = std::min(value, kMostBuffer) * 2;
    switch (option) {
      case HOPWISE_NODELAY: options.stream.noDelay = value != 0; break;
      case HOPWISE_KEEPALIVE: options.stream.keepAlive = value != 0; break;
      case HOPWISE_ABORT_ON_CLOSE: options.stream.abortOnClose = value != 0; break;
      case HOPWISE_MAX_SEGMENT:
        if (value < 88 || value > 32767) return -EINVAL;  // Linux TCP_MIN_MSS, MAX_TCP_WINDOW
        options.stream.maxSegment = value;
        break;
      case HOPWISE_SEND_BUFFER:
        (open->stream ? options.stream.sendBuffer : options.sendBuffer) = std::max(doubled, kLeastSend);
        break;
      case HOPWISE_RECEIVE_BUFFER:
        (open->stream ? options.stream.receiveBuffer : options.receiveBuffer) = std::max(doubled, kLeastReceive);
        break;
      case HOPWISE_TTL:
        if (value < 1 || value > 255) return -EINVAL;
        options.ttl = static_cast<std::uint8_t>(value);
        break;
      case HOPWISE_TOS: options.tos = static_cast<std::uint8_t>(value); break;
      case HOPWISE_BROADCAST: options.broadcast = value != 0; break;
      default: return -ENOPROTOOPT;
    }
    calls.applyOptions(open->id);
    return 0;
  });
}

int hopwise_bind(hopwise_stack* stack, int socket, hopwise_endpoint local) {
  const auto* open = stack->find(socket);
  if (!open) return -EBADF;
  return hw::answer(stack->call([&](Calls& calls) { return calls.bind(open->id, hw::endpointOf(local)); }));
}

int hopwise_local(hopwise_stack* stack, int socket, hopwise_endpoint* local) {
  const auto* open = stack->find(socket);
  if (!open) return -EBADF;
  *local = hw::endpointOf(stack->call([&](Calls& calls) { return calls.local(open->id); }));
  return 0;
}

int hopwise_listen(hopwise_stack* stack, int socket, unsigned backlog) {
  const auto* open = stack->find(socket);
  if (!open) return -EBADF;
  if (!open->stream) return -EOPNOTSUPP;
  return hw::answer(stack->call([&](Calls& calls) { return calls.listen(open->id, std::min(backlog, 4096u)); }));
}

int hopwise_accept(hopwise_stack* stack, int socket, hopwise_endpoint* peer) {
  const auto* open = stack->find(socket);
  if (!open) return -EBADF;
  if (!open->stream) return -EOPNOTSUPP;
  int code = 0;
  const auto accepted = stack->call([&](Calls& calls) {
    const auto result = calls.accept(open->id);
    if (!result) code = -hw::codeOf(result.error());
    return result ? *result : hw::socket::Accepted{};
  });
  if (code != 0) return code;
  if (peer) *peer = hw::endpointOf(accepted.peer);
  return stack->keep({accepted.socket, true, false});
}

int hopwise_connect(hopwise_stack* stack, int socket, hopwise_endpoint peer) {
  auto* open = stack->find(socket);
  if (!open) return -EBADF;
  if (!open->stream) return hw::answer(stack->call([&](Calls& calls) { return calls.connect(open->id, hw::endpointOf(peer)); }));
  if (open->connecting) {
    const bool connected = stack->call([&](Calls& calls) { return calls.isConnected(open->id); });
    if (connected) return -EISCONN;
    const auto problem = stack->call([&](Calls& calls) { return calls.takeError(open->id); });
    return problem ? -hw::codeOf(*problem) : -EALREADY;
  }
  const auto problem = stack->call([&](Calls& calls) { return calls.connect(open->id, hw::endpointOf(peer)); });
  if (problem) return -hw::codeOf(*problem);
  open->connecting = true;
  return -EINPROGRESS;
}

int64_t hopwise_send(hopwise_stack* stack, int socket, const void* data, size_t size) {
  const auto* open = stack->find(socket);
  if (!open) return -EBADF;
  if (!data && size > 0) return -EFAULT;
  return stack->call([&](Calls& calls) -> std::int64_t {
    if (open->stream) {
      const auto taken = calls.write(open->id, hw::copyOf(data, std::min<std::size_t>(size, hw::kMaxWrite)));
      return taken ? std::int64_t{*taken} : -hw::codeOf(taken.error());
    }
    if (size > HOPWISE_STACK_MAX_FRAME) return -EMSGSIZE;
    const auto problem = calls.send(open->id, {hw::copyOf(data, size), std::nullopt, false});
    return problem ? -hw::codeOf(*problem) : static_cast<std::int64_t>(size);
  });
}

int64_t hopwise_send_to(hopwise_stack* stack, int socket, const void* data, size_t size, hopwise_endpoint to) {
  const auto* open = stack->find(socket);
  if (!open) return -EBADF;
  if (open->stream) return hopwise_send(stack, socket, data, size);
  if (!data && size > 0) return -EFAULT;
  if (size > HOPWISE_STACK_MAX_FRAME) return -EMSGSIZE;
  const auto problem = stack->call([&](Calls& calls) { return calls.send(open->id, {hw::copyOf(data, size), hw::endpointOf(to), false}); });
  return problem ? -hw::codeOf(*problem) : static_cast<std::int64_t>(size);
}

int64_t hopwise_receive(hopwise_stack* stack, int socket, void* data, size_t room) {
  return hopwise_receive_from(stack, socket, data, room, nullptr);
}

int64_t hopwise_receive_from(hopwise_stack* stack, int socket, void* data, size_t room, hopwise_endpoint* from) {
  const auto* open = stack->find(socket);
  if (!open) return -EBADF;
  if (!data && room > 0) return -EFAULT;
  return stack->call([&](Calls& calls) -> std::int64_t {
    hw::Bytes bytes;
    if (open->stream) {
      auto got = calls.read(open->id, static_cast<std::uint32_t>(std::min<std::size_t>(room, hw::kMaxWrite)));
      if (!got) return -hw::codeOf(got.error());
      bytes = std::move(*got);
    } else {
      if (const auto problem = calls.takeError(open->id)) return -hw::codeOf(*problem);
      auto got = calls.receive(open->id);
      if (!got) return -EAGAIN;
      if (from) *from = hw::endpointOf(got->from);
      bytes = std::move(got->data);
    }
    const std::size_t size = std::min<std::size_t>(bytes.size(), room);
    if (size > 0) std::memcpy(data, bytes.data(), size);
    return static_cast<std::int64_t>(size);
  });
}

int hopwise_shutdown(hopwise_stack* stack, int socket) {
  const auto* open = stack->find(socket);
  if (!open) return -EBADF;
  if (!open->stream) return -EOPNOTSUPP;
  return hw::answer(stack->call([&](Calls& calls) { return calls.shutdown(open->id); }));
}

int hopwise_error(hopwise_stack* stack, int socket) {
  const auto* open = stack->find(socket);
  if (!open) return -EBADF;
  return hw::answer(stack->call([&](Calls& calls) { return calls.takeError(open->id); }));
}
