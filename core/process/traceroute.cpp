// Read first: traceroute(8). One probe is under way at a time (-N 1).
#include "core/process/traceroute.h"

#include <algorithm>

#include "core/proto/icmp/icmp_wire.h"

namespace hw::process {
namespace {

/// A probe without data: an IPv4 header and one of 8 bytes for UDP or ICMP.
constexpr std::uint32_t kMinSize = 28;

std::uint32_t hopOf(const Traceroute& t) {
  return t.options.first + (t.sent - 1) / t.options.probes;
}

std::string markOf(std::uint8_t type, std::uint8_t code, std::uint32_t info) {
  if (type != icmp::kUnreachable) return "";
  switch (code) {
    case icmp::kNetUnreachable: return "!N";
    case icmp::kHostUnreachable: return "!H";
    case icmp::kProtocolUnreachable: return "!P";
    case icmp::kPortUnreachable: return "";
    case icmp::kFragmentationNeeded: return "!F-" + std::to_string(info);
    case 5: return "!S";
    case icmp::kAdministrativelyProhibited: return "!X";
    default: return "!" + std::to_string(code);
  }
}

void openProbe(Traceroute& t, Context& context, bool keepSocket) {
  if (!keepSocket) {
    if (t.socket.valid()) context.calls.close(t.socket);
    t.socket = context.calls.open(t.options.icmp ? socket::Kind::Ping : socket::Kind::Udp);
  }
  socket::Options& knobs = context.calls.options(t.socket);
  knobs.receiveErrors = true;
  knobs.pathMtu = socket::PathMtu::Dont;
  knobs.ttl = static_cast<std::uint8_t>(hopOf(t));
}

std::optional<socket::Errno> sendProbe(Traceroute& t, Context& context) {
  ++t.sent;
  openProbe(t, context, t.options.icmp && t.socket.valid());
  t.probeSent = context.now;
  const std::uint32_t front = t.options.icmp ? icmp::kHeaderSize : 0;
  const std::uint32_t inside = std::max(t.options.size, kMinSize) - kMinSize;
  std::vector<std::uint8_t> message(front + inside);
  for (std::uint32_t i = 0; i < inside; ++i) message[front + i] = static_cast<std::uint8_t>('@' + i);
  if (!t.options.icmp) {
    const auto port = static_cast<std::uint16_t>(t.options.port + t.sent - 1);
    if (const auto error = context.calls.connect(t.socket, {t.options.address, port})) return error;
    return context.calls.send(t.socket, {Bytes(std::move(message)), std::nullopt, false});
  }
  store(icmp::Header{icmp::kEchoRequest, 0, 0, t.sent & 0xFFFF}, message.data());
  return context.calls.send(t.socket,
                            {Bytes(std::move(message)), socket::Endpoint{t.options.address, 0}, false});
}

void printAnswer(Traceroute& t, Context& context, std::optional<Ipv4Address> from,
                 std::string mark) {
  const std::uint32_t probe = (t.sent - 1) % t.options.probes;
  if (probe == 0) t.lastFrom = {};
  TracerouteProbe record;
  record.hop = hopOf(t);
  record.probe = probe;
  record.probes = t.options.probes;
  record.answered = from.has_value();
  if (from) {
    record.from = *from;
    record.sameAsBefore = t.lastFrom == *from;
    record.roundTrip = context.now - t.probeSent;
    record.mark = std::move(mark);
    t.lastFrom = *from;
  }
  context.print(std::move(record));
}

/// True if the probe under way was answered, or nobody will.
bool answered(Traceroute& t, Context& context) {
  if (const auto report = context.calls.receiveError(t.socket)) {
    const Ipv4Address from = report->local ? context.calls.local(t.socket).address : report->offender;
    printAnswer(t, context, from, markOf(report->type, report->code, report->info));
    t.reached = t.reached || report->type == icmp::kUnreachable || report->offender == t.options.address;
    return true;
  }
  if (const auto reply = context.calls.receive(t.socket)) {
    printAnswer(t, context, reply->from.address, "");
    t.reached = true;
    return true;
  }
  if (context.now < t.probeSent + t.options.wait) return false;
  printAnswer(t, context, std::nullopt, "");
  return true;
}

}  // namespace

Next Traceroute::step(Context& context) {
  const bool first = !started;
  if (first) {
    started = true;
    context.print(TracerouteStarted{options.target, options.address, options.hops, options.size});
  }
  if (context.signal != Signal::None) return Next::exit(1);
  if (first || answered(*this, context)) {
    const bool hopDone = sent % options.probes == 0;
    if (sent > 0 && hopDone && (reached || hopOf(*this) >= options.hops)) {
      context.calls.close(socket);
      return Next::exit(0);
    }
    if (const auto error = sendProbe(*this, context)) {
      context.print(Line{(sent == 1 ? "connect: " : "send: ") + std::string(socket::message(*error))});
      return Next::exit(1);
    }
  }
  return Next::wait(probeSent + options.wait);
}

}  // namespace hw::process
