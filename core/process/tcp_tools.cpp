// Read first: tcp(7). The printed lines are those of the oracle's own tool.
#include "core/process/tcp_tools.h"

#include <algorithm>
#include <charconv>

#include <fmt/format.h>

#include "core/process/pattern.h"

namespace hw::process {
namespace {

using What = TcpOperation::What;

struct OperationName {
  std::string_view word;
  What what = What::Info;
};
constexpr OperationName kOperations[] = {
    {"connect", What::Connect}, {"accept", What::Accept},   {"send", What::Send},   {"recv", What::Receive},
    {"recveof", What::ReceiveAll}, {"sleep", What::Sleep}, {"at", What::At},        {"shut", What::Shutdown},
    {"close", What::Close},     {"reset", What::Reset},     {"rcvbuf", What::ReceiveBuffer}, {"sndbuf", What::SendBuffer},
    {"nodelay", What::NoDelay}, {"maxseg", What::MaxSegment}, {"keepalive", What::KeepAlive}, {"info", What::Info}};

std::string_view wordOf(What what) {
  const auto at = std::ranges::find(kOperations, what, &OperationName::what);
  return at->word;
}

/// "0.25" as a span; nothing for other texts.
std::optional<Duration> spanOf(std::string_view text) {
  std::uint64_t whole = 0, part = 0;
  const char* const end = text.data() + text.size();
  auto read = std::from_chars(text.data(), end, whole);
  if (read.ec != std::errc{} || whole > 1'000'000) return std::nullopt;
  if (read.ptr == end) return seconds(static_cast<std::int64_t>(whole));
  if (*read.ptr != '.' || end - read.ptr > 10) return std::nullopt;
  const char* const digits = read.ptr + 1;
  read = std::from_chars(digits, end, part);
  if (read.ec != std::errc{} || read.ptr != end) return std::nullopt;
  std::int64_t unit = 1'000'000'000;
  for (const char* one = digits; one != end; ++one) unit /= 10;
  return seconds(static_cast<std::int64_t>(whole)) + nanoseconds(static_cast<std::int64_t>(part) * unit);
}

/// What a step of the script needs besides the context.
struct Player {
  Context& context;
  TcpScript& script;
  SocketId listener;           ///< of a server
  socket::Endpoint target;     ///< of a client

  TcpOperation& operation() { return script.operations[script.at]; }
  void say(std::string text) { context.print(Line{std::move(text)}); }
  void failed(socket::Errno error) { say(fmt::format("{} -> {}", wordOf(operation().what), socket::symbol(error))); }
};

/// Done: on to the next one. Wait: the call would block. Stop: the program ends.
enum class Went : std::uint8_t { Done, Wait, Stop };

Went connectNow(Player& p) {
  auto& calls = p.context.calls;
  if (!p.script.begun) {
    if (const auto error = calls.connect(p.script.socket, p.target)) {
      p.failed(*error);
      return Went::Stop;
    }
    return Went::Wait;
  }
  if (calls.isConnected(p.script.socket)) {
    p.say("connected");
    return Went::Done;
  }
  if (const auto error = calls.takeError(p.script.socket)) {
    p.failed(*error);
    return Went::Stop;
  }
  return Went::Wait;
}

Went acceptNow(Player& p) {
  const auto accepted = p.context.calls.accept(p.listener);
  if (!accepted) return Went::Wait;
  p.script.socket = accepted->socket;
  p.say("accepted from " + accepted->peer.address.text());
  return Went::Done;
}

Went sendNow(Player& p) {
  const std::uint64_t all = p.operation().number;
  while (p.script.done < all) {
    const auto size = static_cast<std::uint32_t>(std::min<std::uint64_t>(all - p.script.done, kMostPattern));
    const auto taken = p.context.calls.write(p.script.socket, patternFrom(p.script.done, size));
    if (!taken && taken.error() == socket::Errno::WouldBlock) return Went::Wait;
    if (!taken) {
      p.failed(taken.error());
      return Went::Done;
    }
    p.script.done += *taken;
  }
  p.say(fmt::format("sent {}", all));
  return Went::Done;
}

Went receiveNow(Player& p) {
  constexpr std::uint64_t kMostAtOnce = 65'536;
  const bool all = p.operation().what == What::ReceiveAll;
  const std::uint64_t wanted = p.operation().number;
  while (all || p.script.done < wanted) {
    const auto most = static_cast<std::uint32_t>(all ? kMostAtOnce : std::min(wanted - p.script.done, kMostAtOnce));
    const auto data = p.context.calls.read(p.script.socket, most);
    if (!data && data.error() == socket::Errno::WouldBlock) return Went::Wait;
    if (!data) {
      p.failed(data.error());
      return Went::Done;
    }
    if (data->empty()) break;
    p.script.done += data->size();
  }
  p.say(all ? fmt::format("received {} then end of stream", p.script.done) : fmt::format("received {}", p.script.done));
  return Went::Done;
}

Went sleepNow(Player& p) {
  const TcpOperation& operation = p.operation();
  if (!p.script.begun) {
    const Duration span = operation.span;
    const bool at = operation.what == What::At && span.ns > 0;
    p.script.until = p.context.now + (at ? Duration{span.ns - p.context.now.ns % span.ns} : span);
  }
  return p.context.now >= p.script.until ? Went::Done : Went::Wait;
}

void setOption(Player& p) {
  const TcpOperation& operation = p.operation();
  const auto number = static_cast<std::uint32_t>(std::min<std::uint64_t>(operation.number, 1u << 30));
  constexpr std::uint32_t kLeastReceive = 2304, kLeastSend = 4608;
  for (const SocketId socket : {p.listener, p.script.socket}) {
    if (!socket.valid()) continue;
    socket::StreamOptions& stream = p.context.calls.options(socket).stream;
    if (operation.what == What::ReceiveBuffer) stream.receiveBuffer = std::max(number * 2, kLeastReceive);
    if (operation.what == What::SendBuffer) stream.sendBuffer = std::max(number * 2, kLeastSend);
    if (operation.what == What::NoDelay) stream.noDelay = true;
    if (operation.what == What::KeepAlive) stream.keepAlive = true;
    if (operation.what == What::MaxSegment) stream.maxSegment = number;
    p.context.calls.applyOptions(socket);
  }
}

void closeNow(Player& p) {
  const bool reset = p.operation().what == What::Reset;
  if (reset) p.context.calls.options(p.script.socket).stream.abortOnClose = true;
  p.context.calls.close(p.script.socket);
  p.script.socket = SocketId{};
  p.say(reset ? "reset" : "closed");
}

Went carryOut(Player& p) {
  const What what = p.operation().what;
  const bool needsSocket = what != What::Accept && what != What::Sleep && what != What::At && what != What::ReceiveBuffer &&
                           what != What::SendBuffer && what != What::NoDelay && what != What::MaxSegment && what != What::KeepAlive;
  if (needsSocket && !p.script.socket.valid()) {
    p.failed(socket::Errno::BadDescriptor);
    return what == What::Connect ? Went::Stop : Went::Done;
  }
  switch (what) {
    case What::Connect: return connectNow(p);
    case What::Accept: return acceptNow(p);
    case What::Send: return sendNow(p);
    case What::Receive:
    case What::ReceiveAll: return receiveNow(p);
    case What::Sleep:
    case What::At: return sleepNow(p);
    case What::Shutdown:
      if (const auto error = p.context.calls.shutdown(p.script.socket)) p.failed(*error);
      else p.say("shutdown write");
      return Went::Done;
    case What::Close:
    case What::Reset: closeNow(p); return Went::Done;
    case What::Info: {
      const socket::StreamInfo info = p.context.calls.streamInfo(p.script.socket);
      p.say(fmt::format("mss {} pmtu {}", info.mss, info.pathMtu));
      return Went::Done;
    }
    default: setOption(p); return Went::Done;
  }
}

bool waitsForPeer(What what) { return what != What::Sleep && what != What::At; }

Next playOn(Player& p) {
  TcpScript& script = p.script;
  while (script.at < script.operations.size()) {
    const bool fresh = !script.begun;
    Went went = carryOut(p);
    if (went == Went::Wait && waitsForPeer(p.operation().what)) {
      if (fresh) script.until = script.patience.ns == 0 ? kNever : p.context.now + script.patience;
      if (p.context.now >= script.until) {
        p.say(fmt::format("{} -> TIMEOUT", wordOf(p.operation().what)));
        went = p.operation().what == What::Connect ? Went::Stop : Went::Done;
      }
    }
    script.begun = true;
    if (went == Went::Wait) return Next::wait(script.until);
    if (went == Went::Stop) break;
    ++script.at;
    script.begun = false;
    script.done = 0;
    script.until = kNever;
  }
  return Next::exit(0);
}

}  // namespace

std::optional<TcpOperation> tcpOperation(std::string_view word) {
  const std::size_t colon = word.find(':');
  const auto known = std::ranges::find(kOperations, word.substr(0, colon), &OperationName::word);
  if (known == std::end(kOperations)) return std::nullopt;
  TcpOperation operation;
  operation.what = known->what;
  const std::string_view argument = colon == word.npos ? std::string_view() : word.substr(colon + 1);
  if (operation.what == What::Sleep || operation.what == What::At) {
    const auto span = spanOf(argument);
    if (!span) return std::nullopt;
    operation.span = *span;
    return operation;
  }
  const bool counts = operation.what == What::Send || operation.what == What::Receive;
  if (argument.empty()) return counts ? std::nullopt : std::optional(operation);
  const auto read = std::from_chars(argument.data(), argument.data() + argument.size(), operation.number);
  if (read.ec != std::errc{} || read.ptr != argument.data() + argument.size()) return std::nullopt;
  return operation;
}

Next TcpServe::step(Context& context) {
  if (context.signal != Signal::None) return Next::exit(0);
  Player player{context, script, listener, {}};
  if (listener.valid()) return playOn(player);
  player.listener = listener = context.calls.open(socket::Kind::Tcp);
  if (const auto error = context.calls.bind(listener, {{}, port})) {
    context.print(Line{"bind: " + std::string(socket::message(*error))});
    return Next::exit(1);
  }
  // What stands in front of accept is about the listener.
  while (script.at < script.operations.size() && script.operations[script.at].what != What::Accept) {
    carryOut(player);
    ++script.at;
  }
  constexpr std::uint32_t kBacklog = 5;
  context.calls.listen(listener, kBacklog);
  context.print(Line{"listening " + std::to_string(port)});
  return playOn(player);
}

Next TcpClient::step(Context& context) {
  if (context.signal != Signal::None) return Next::exit(0);
  const bool fresh = script.patience.ns == 0;
  if (fresh) {
    script.patience = seconds(30);
    script.socket = context.calls.open(socket::Kind::Tcp);
    if (const auto error = context.calls.bind(script.socket, {source, sourcePort})) {
      context.print(Line{"bind: " + std::string(socket::message(*error))});
      return Next::exit(1);
    }
  }
  Player player{context, script, {}, {target, port}};
  return playOn(player);
}

}  // namespace hw::process
