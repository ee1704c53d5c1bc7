// Read first: ping(8); iputils' ping_common.c in behaviour. RFC 1122 3.2.2.6.
#include "core/process/ping.h"

#include <algorithm>

#include "core/proto/icmp/icmp_wire.h"
#include "core/wire/byte_order.h"

namespace hw::process {
namespace {

constexpr std::uint32_t kTimeSize = 16;   // struct timeval in front of the data
constexpr std::size_t kSeen = 1024;

/// Time stamp in little endian as on the machines where Linux runs, then a counting pattern.
Bytes echoData(std::uint32_t size, Time now) {
  std::vector<std::uint8_t> data(size);
  for (std::uint32_t i = 0; i < size; ++i) data[i] = static_cast<std::uint8_t>(i);
  if (size < kTimeSize) return Bytes(std::move(data));
  std::uint64_t stamp[2] = {static_cast<std::uint64_t>(now.ns / 1'000'000'000),
                            static_cast<std::uint64_t>(now.ns / 1000 % 1'000'000)};
  for (std::uint32_t i = 0; i < kTimeSize; ++i)
    data[i] = static_cast<std::uint8_t>(stamp[i / 8] >> (i % 8 * 8));
  return Bytes(std::move(data));
}

Time stampIn(const Bytes& data) {
  std::uint64_t stamp[2] = {0, 0};
  for (std::uint32_t i = 0; i < kTimeSize; ++i)
    stamp[i / 8] |= static_cast<std::uint64_t>(data[i]) << (i % 8 * 8);
  return Time{static_cast<std::int64_t>(stamp[0] * 1'000'000'000 + stamp[1] * 1000)};
}

/// The options of a request: a list with as much room as there is (ping.c of iputils).
Bytes optionsOf(PingOption wanted) {
  constexpr std::uint8_t kNoOperation = 1, kRecordRoute = 7, kTimestamp = 68;
  if (wanted == PingOption::None) return {};
  std::vector<std::uint8_t> bytes(40);
  if (wanted == PingOption::RecordRoute) {
    const std::uint8_t head[] = {kNoOperation, kRecordRoute, 39, 4};
    std::copy(std::begin(head), std::end(head), bytes.begin());
    return Bytes(std::move(bytes));
  }
  const bool addresses = wanted == PingOption::TimesAndAddresses;
  bytes.resize(addresses ? 36 : 40);
  const std::uint8_t head[] = {kTimestamp, static_cast<std::uint8_t>(bytes.size()), 5, addresses ? std::uint8_t{1} : std::uint8_t{0}};
  std::copy(std::begin(head), std::end(head), bytes.begin());
  return Bytes(std::move(bytes));
}

void acknowledge(Ping& ping, std::uint16_t sequence) {
  const auto behind = static_cast<std::uint16_t>(ping.sent - sequence);
  if (behind > 0x7FFF) return;
  ping.pipe = std::max<std::uint32_t>(ping.pipe, behind + 1u);
  const auto newer = static_cast<std::uint16_t>(sequence - ping.acknowledged);
  if (newer != 0 && newer <= 0x7FFF) ping.acknowledged = sequence;
}

Next failed(Context& context, const std::string& what) {
  context.print(Line{"ping: " + what});
  return Next::exit(2);
}

/// An address as ping writes it: one of the link with its interface.
std::string textOf(Ipv6Address address, const std::string& zone) {
  return address.text() + (address.isLinkLocal() || address.isMulticast() ? (zone.empty() ? "" : "%" + zone) : "");
}

/// The socket to an IPv6 target, or the exit after a message.
std::optional<Next> openSix(Ping& ping, Context& context) {
  const PingOptions& options = ping.options;
  socket::SixPeer peer;
  peer.to = *options.six;
  peer.from = options.fromSix;
  for (const std::string& name : {options.zone, options.device})
    if (!name.empty()) {
      const auto port = context.calls.interfaceNamed(name);
      if (!port) return failed(context, "unknown iface: " + name);
      peer.device = *port;
    }
  ping.socket = context.calls.open(socket::Kind::PingSix);
  socket::Options& knobs = context.calls.options(ping.socket);
  if (options.ttl != 0) knobs.ttl = knobs.multicastTtl = options.ttl;
  knobs.tos = options.tos;
  knobs.pathMtu = options.pathMtu;
  knobs.receiveErrors = true;
  const auto error = context.calls.connectSix(ping.socket, peer);
  if (error == socket::Errno::AddressNotAvailable && options.fromSix) return failed(context, "bind icmp socket: Cannot assign requested address");
  if (error) return failed(context, "connect: " + std::string(socket::message(*error)));
  PingStarted started{options.target, {}, {}, options.device, options.size, 0, textOf(*options.six, options.zone), {}};
  if (options.fromSix || !options.device.empty()) started.fromSix = textOf(context.calls.localSix(ping.socket), options.device);
  context.print(std::move(started));
  return std::nullopt;
}

/// The socket with its options, or the exit after a message.
std::optional<Next> open(Ping& ping, Context& context) {
  const PingOptions& options = ping.options;
  if (options.six) return openSix(ping, context);
  ping.socket = context.calls.open(socket::Kind::Ping);
  // A copy: what options() refers to does not outlive another open().
  socket::Options knobs = context.calls.options(ping.socket);
  knobs.ttl = options.ttl;
  knobs.tos = options.tos;
  knobs.pathMtu = options.pathMtu;
  knobs.broadcast = options.broadcast;
  knobs.receiveErrors = true;
  knobs.ipOptions = optionsOf(options.option);
  if (!options.device.empty()) {
    const auto port = context.calls.interfaceNamed(options.device);
    if (!port) return failed(context, "unknown iface: " + options.device);
    knobs.device = *port;
  }
  context.calls.options(ping.socket) = knobs;
  if (options.from && context.calls.bind(ping.socket, {*options.from, 0}))
    return failed(context, "bind: Cannot assign requested address");
  // A connected UDP socket finds out whether there is a way and from which address.
  const SocketId probe = context.calls.open(socket::Kind::Udp);
  context.calls.options(probe) = knobs;
  context.calls.options(probe).broadcast = false;
  auto error = context.calls.connect(probe, {options.address, 1025});
  const bool forbidden = error == socket::Errno::Access;
  if (forbidden && options.broadcast) {
    context.calls.options(probe).broadcast = true;
    error = context.calls.connect(probe, {options.address, 1025});
  }
  const socket::Endpoint local = context.calls.local(probe);
  context.calls.close(probe);
  if (error == socket::Errno::Access)
    return failed(context, "Do you want to ping broadcast? Then -b. If not, check your local firewall rules");
  if (error) return failed(context, "connect: " + std::string(socket::message(*error)));
  if (forbidden) context.print(Line{"WARNING: pinging broadcast address"});
  PingStarted started{options.target, options.address, {}, options.device, options.size,
                      options.option == PingOption::None ? 0u : 40u, {}, {}};
  if (options.from || !options.device.empty()) started.from = options.from ? *options.from : local.address;
  context.print(std::move(started));
  return std::nullopt;
}

void reportErrors(Ping& ping, Context& context) {
  while (const auto report = context.calls.receiveError(ping.socket)) {
    if (report->local) {
      ++ping.errors;
      if (ping.options.quiet) continue;
      const bool size = report->error == socket::Errno::MessageSize;
      const char* const mtu = ping.options.six ? "mtu: " : "mtu=";
      context.print(Line{size ? "ping: local error: message too long, " + (mtu + std::to_string(report->info))
                              : "ping: local error: " + std::string(socket::message(report->error))});
      continue;
    }
    if (report->payload.size() < icmp::kHeaderSize) continue;
    const auto echo = load<icmp::Header>(report->payload.data());
    // ping6_receive_error_msg of iputils does not count an error as an answer.
    if (!ping.options.six) acknowledge(ping, echo.sequence());
    ++ping.errors;
    if (!ping.options.quiet)
      context.print(PingError{report->offender, echo.sequence(), report->type, report->code, report->info,
                              ping.options.six ? textOf(report->offenderSix, ping.options.zone) : std::string()});
  }
}

void count(Ping& ping, Context& context, const socket::Datagram& reply) {
  const std::uint16_t sequence = load<icmp::Header>(reply.data.data()).sequence();
  const Bytes data = reply.data.slice(icmp::kHeaderSize);
  PingReply record{reply.data.size(), reply.from.address, sequence, reply.ttl, {}, data.size() >= kTimeSize,
                   std::find(ping.seen.begin(), ping.seen.end(), sequence) != ping.seen.end(), reply.options, false, {}};
  if (ping.options.six) record.six = textOf(reply.fromSix, ping.options.zone);
  record.sameRoute = !reply.options.empty() && reply.options == ping.route;
  ping.route = reply.options;
  if (record.timed) {
    record.roundTrip = context.now - stampIn(data);
    ping.least = ping.timed == 0 ? record.roundTrip : std::min(ping.least, record.roundTrip);
    ping.most = std::max(ping.most, record.roundTrip);
    ping.sum = ping.sum + record.roundTrip;
    const auto us = static_cast<std::uint64_t>(record.roundTrip.ns / 1000);
    ping.sumOfSquares += us * us;
    ++ping.timed;
  }
  if (record.duplicate) {
    ++ping.duplicates;
  } else {
    ++ping.received;
    if (ping.seen.size() >= kSeen) ping.seen.erase(ping.seen.begin());
    ping.seen.push_back(sequence);
    acknowledge(ping, sequence);
    ping.confirm = true;
  }
  if (!ping.options.quiet) context.print(std::move(record));
}

void send(Ping& ping, Context& context) {
  std::vector<std::uint8_t> message(icmp::kHeaderSize + ping.options.size);
  const auto sequence = static_cast<std::uint16_t>(ping.sent + 1);
  store(icmp::Header{icmp::kEchoRequest, 0, 0, sequence}, message.data());
  const Bytes data = echoData(ping.options.size, context.now);
  std::copy(data.view().begin(), data.view().end(), message.begin() + icmp::kHeaderSize);
  const auto error = context.calls.send(
      ping.socket, {Bytes(std::move(message)), socket::Endpoint{ping.options.address, 0}, ping.confirm});
  ping.confirm = false;
  ++ping.sent;
  ping.nextSend = ping.nextSend + ping.options.interval;
  if (!error) return;
  const std::uint64_t before = ping.errors;
  reportErrors(ping, context);
  if (ping.errors != before) return;
  if (!ping.options.quiet) context.print(Line{"ping: sendmsg: " + std::string(socket::message(*error))});
}

Next finish(Ping& ping, Context& context) {
  context.calls.close(ping.socket);
  // iputils counts until the last request left, however long the answers were waited for.
  const Duration elapsed = ping.sent == 0 ? Duration{} : ping.nextSend - ping.options.interval - ping.started;
  context.print(PingSummary{ping.options.target, ping.sent, ping.received, ping.duplicates, ping.errors,
                            elapsed, ping.least, ping.most, ping.sum,
                            ping.sumOfSquares, ping.timed, ping.pipe});
  const bool deadlineMissed = ping.options.deadline.ns > 0 && ping.options.count > 0 &&
                              ping.received < ping.options.count;
  return Next::exit(ping.received == 0 || deadlineMissed ? 1 : 0);
}

/// How long the last answers are waited for: twice the longest round trip, at least an interval.
Time lastWait(const Ping& ping, Time now) {
  if (ping.received == 0) return now + ping.options.linger;
  return now + std::max(ping.most * 2, ping.options.interval);
}

}  // namespace

Next Ping::step(Context& context) {
  if (!socket.valid()) {
    if (const auto exit = open(*this, context)) return *exit;
    started = nextSend = context.now;
    if (options.deadline.ns > 0) giveUp = context.now + options.deadline;
  }
  if (context.signal != Signal::None) return finish(*this, context);
  reportErrors(*this, context);
  while (const auto reply = context.calls.receive(socket)) count(*this, context, *reply);

  const bool enough = options.count > 0 && received + errors >= options.count;
  if (enough || context.now >= giveUp) return finish(*this, context);
  const bool mayStop = options.count > 0 && options.deadline.ns == 0;
  if (context.now >= nextSend && !(mayStop && sent >= options.count)) {
    send(*this, context);
    if (options.count > 0 && received + errors >= options.count) return finish(*this, context);
  }
  if (mayStop && sent >= options.count && !waiting) {
    waiting = true;
    giveUp = lastWait(*this, context.now);
  }
  return Next::wait(waiting ? giveUp : std::min(nextSend, giveUp));
}

}  // namespace hw::process
