// nc(1), and ss(8): which sockets there are.
#include <algorithm>

#include <fmt/format.h>

#include "core/shell/families.h"
#include "core/shell/hosts.h"
#include "core/shell/options.h"

namespace hw::shell {
namespace {

constexpr std::string_view kNcUsage = "usage: nc [-klNnvz] [-p source_port] [-s source] [-w timeout] [destination] [port]\n";

std::optional<std::uint16_t> ncPort(const std::string& word) {
  const auto number = parseNumber(word);
  return number && *number > 0 && *number <= 65535 ? std::optional(static_cast<std::uint16_t>(*number)) : std::nullopt;
}

CommandResult ncUsage() { return CommandResult::failure(1, std::string(kNcUsage)); }

}  // namespace

CommandResult netcat(const Call& call) {
  const auto options = Options::parse(call.words, "klNnvzp:s:w:");
  if (!options) return CommandResult::failure(1, "nc: " + options.error() + "\n" + std::string(kNcUsage));
  process::Netcat program;
  process::NetcatOptions& o = program.options;
  o.listen = options->has('l');
  o.keepListening = options->has('k');
  o.shutAtEnd = options->has('N');
  o.verbose = options->has('v');
  o.scan = options->has('z');
  o.piped = !call.input.empty();
  o.input = Bytes(asBytes(call.input));
  if (options->has('w')) {
    const auto wait = parseSeconds(options->value('w'));
    if (!wait) return CommandResult::failure(1, "nc: timeout invalid: " + options->value('w') + "\n");
    o.patience = *wait;
  }
  if (options->has('s')) {
    const auto source = Ipv4Address::parse(options->value('s'));
    if (!source) return CommandResult::failure(1, "nc: " + options->value('s') + ": invalid address\n");
    o.source = *source;
  }
  const Words& rest = options->rest();
  const std::string* port = rest.empty() ? nullptr : &rest.back();
  if (o.listen && !port && options->has('p')) port = &options->value('p');
  if (!port || rest.size() > 2 || (!o.listen && rest.size() != 2)) return ncUsage();
  const auto number = ncPort(*port);
  if (!number) return CommandResult::failure(1, "nc: port number invalid: " + *port + "\n");
  o.port = *number;
  if (!o.listen && options->has('p')) {
    const auto source = ncPort(options->value('p'));
    if (!source) return CommandResult::failure(1, "nc: port number invalid: " + options->value('p') + "\n");
    o.sourcePort = *source;
  }
  if (rest.size() == 2) {
    const auto host = addressOfHost(call.world, rest[0]);
    if (!host) return CommandResult::failure(1, fmt::format("nc: getaddrinfo for host \"{}\" port {}: Name or service not known\n", rest[0], *port));
    o.name = rest[0];
    (o.listen ? o.source : o.target) = *host;
  }
  return CommandResult::start(std::move(program));
}

namespace {

/// A line of ss(8).
struct SocketLine {
  std::string net;
  std::string state;
  std::uint64_t received = 0;
  std::uint64_t sent = 0;
  socket::Endpoint local;
  std::optional<socket::Endpoint> peer;
  std::string details;
};

std::string detailsOf(const DeviceConfig& config, const tcp::Connection& c) {
  const auto ms = [](std::uint64_t us) { return fmt::format("{}.{:03}", us / 1000, us % 1000); };
  std::string text = fmt::format("\t {}", tcp::name(config.knobs.tcp.control));
  if (c.out.scale != 0 || c.in.scale != 0) text += fmt::format(" wscale:{},{}", c.out.scale, c.in.scale);
  text += fmt::format(" rto:{} rtt:{}/{}", c.roundTrip.timeout.ns / 1'000'000, ms(c.roundTrip.smoothed8 >> 3), ms(c.roundTrip.deviation4 >> 2));
  text += fmt::format(" mss:{} pmtu:{} rcvmss:{} advmss:{} cwnd:{}", c.out.mss, c.out.mtu, c.in.mss, c.in.announcedMss, c.congestion.window);
  if (c.congestion.threshold < INT32_MAX) text += fmt::format(" ssthresh:{}", c.congestion.threshold);
  if (c.congestion.packets != 0) text += fmt::format(" unacked:{}", c.congestion.packets);
  if (c.congestion.lost != 0) text += fmt::format(" lost:{}", c.congestion.lost);
  if (c.congestion.sacked != 0) text += fmt::format(" sacked:{}", c.congestion.sacked);
  text += fmt::format(" rcv_space:{} rcv_ssthresh:{} snd_wnd:{} rcv_wnd:{}", c.arrivals.space, c.in.threshold, c.out.window, c.in.window);
  return text;
}

std::uint64_t unreadOf(const tcp::Connection& c) {
  std::uint64_t bytes = 0;
  for (const tcp::Received& one : c.in.queue) bytes += one.data.size();
  return bytes;
}

void addStreams(const Device& device, std::vector<SocketLine>& lines) {
  const tcp::State& state = device.state().tcp;
  const auto endpoint = [](const tcp::Endpoint& one) { return socket::Endpoint{one.address, one.port}; };
  for (const tcp::Listener& one : state.listeners) {
    lines.push_back({"tcp", "LISTEN", one.ready.size(), one.backlog, endpoint(one.local), std::nullopt, {}});
    for (const tcp::Request& request : one.requests)
      lines.push_back({"tcp", "SYN-RECV", 0, 0, endpoint(request.local), endpoint(request.remote), {}});
  }
  for (const auto& box : state.connections) {
    const tcp::Connection& c = *box;
    if (c.phase == tcp::Phase::Closed) continue;
    const bool waits = c.phase == tcp::Phase::TimeWait;
    lines.push_back({"tcp", std::string(tcp::name(c.phase)), waits ? 0 : unreadOf(c), waits ? 0 : c.out.written - c.out.unacked,
                     endpoint(c.local), endpoint(c.remote), waits ? std::string() : detailsOf(device.config(), c)});
  }
}

void addDatagrams(const Device& device, std::vector<SocketLine>& lines) {
  for (const Socket& one : device.state().sockets)
    if (one.kind == socket::Kind::Udp && one.local.port != 0)
      lines.push_back({"udp", one.peer ? "ESTAB" : "UNCONN", one.receivedBytes, 0, one.local, one.peer, {}});
}

bool isWanted(const SocketLine& line, const Options& options) {
  const bool listening = line.state == "LISTEN" || line.state == "UNCONN";
  if (options.has('a')) return true;
  if (options.has('l')) return listening;
  return !listening && line.state != "TIME-WAIT" && line.state != "SYN-RECV";
}

std::string addressText(const std::optional<socket::Endpoint>& end) { return end ? end->address.text() : "0.0.0.0"; }
std::string portText(const std::optional<socket::Endpoint>& end) { return end && end->port != 0 ? std::to_string(end->port) : "*"; }

}  // namespace

/// `ss [-t] [-u] [-a] [-l] [-n] [-i] [-H]`.
CommandResult socketStatistics(const Call& call) {
  const auto options = Options::parse(call.words, "tualniHop46");
  if (!options) return CommandResult::failure(255, "ss: " + options.error() + "\n");
  const bool both = options->has('t') == options->has('u');
  std::vector<SocketLine> lines;
  if (both || options->has('u')) addDatagrams(call.self(), lines);
  if (both || options->has('t')) addStreams(call.self(), lines);
  std::erase_if(lines, [&](const SocketLine& line) { return !isWanted(line, *options); });
  std::size_t local = 13, localPort = 4, peer = 12, peerPort = 4;
  for (const SocketLine& line : lines) {
    local = std::max(local, addressText(line.local).size());
    localPort = std::max(localPort, portText(line.local).size());
    peer = std::max(peer, addressText(line.peer).size());
    peerPort = std::max(peerPort, portText(line.peer).size());
  }
  std::string text;
  const auto add = [&](std::string_view net, std::string_view state, std::string_view in, std::string_view out, std::string_view a,
                       std::string_view ap, std::string_view b, std::string_view bp) {
    if (both) text += fmt::format("{:<6}", net);
    std::string line = fmt::format("{:<11}{:<7}{:<7} {:>{}}:{:<{}}  {:>{}}:{:<{}}", state, in, out, a, local, ap, localPort, b, peer, bp, peerPort);
    line.erase(line.find_last_not_of(' ') + 1);
    text += line + "\n";
  };
  if (!options->has('H')) add("Netid", "State", "Recv-Q", "Send-Q", "Local Address", "Port", "Peer Address", "Port");
  for (const SocketLine& line : lines) {
    add(line.net, line.state, std::to_string(line.received), std::to_string(line.sent), addressText(line.local), portText(line.local),
        addressText(line.peer), portText(line.peer));
    if (options->has('i') && !line.details.empty()) text += line.details + "\n";
  }
  return CommandResult::text(std::move(text));
}

}  // namespace hw::shell
