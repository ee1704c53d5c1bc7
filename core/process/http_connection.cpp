#include "core/process/http_connection.h"

#include <algorithm>

#include <fmt/format.h>

#include "core/process/pattern.h"

namespace hw::process {
namespace {

constexpr Duration kFirstWait = seconds(60);    // for the first request
constexpr Duration kIdleWait = seconds(5);      // for another one
constexpr Duration kLingerWait = seconds(2);    // for the peer to close
constexpr std::uint64_t kMostAtOnce = 16'384;   // bytes of a pattern that leave together with their head
constexpr std::size_t kMostLogged = 200;        // bytes of a request line in the log

enum class HttpWent : std::uint8_t { On, Blocked, Gone };

HttpWent httpSend(HttpConnection& c, Context& context) {
  for (;;) {
    const bool head = c.outSent < c.out.size();
    if (!head && c.patternSent == c.pattern) return HttpWent::On;
    const std::uint64_t left = c.pattern - c.patternSent;
    const Bytes next =
        head ? c.out.slice(c.outSent) : patternFrom(c.patternSent, static_cast<std::uint32_t>(std::min<std::uint64_t>(left, kMostPattern)));
    const auto taken = context.calls.write(c.socket, next);
    if (!taken) return taken.error() == socket::Errno::WouldBlock ? HttpWent::Blocked : HttpWent::Gone;
    if (head) c.outSent += *taken;
    else c.patternSent += *taken;
  }
}

void answerIsSent(HttpConnection& c, Context& context) {
  c.busy = false;
  c.out = Bytes();
  c.outSent = 0;
  c.pattern = c.patternSent = 0;
  c.until = context.now + (c.last ? kLingerWait : kIdleWait);
  if (!c.last) return;
  // RFC 9112 9.6: a close with bytes unread resets the connection, and the answer may be lost with it.
  context.calls.shutdown(c.socket);
  c.lingering = true;
  c.heard.clear();
}

HttpWent httpHear(HttpConnection& c, Context& context) {
  constexpr std::uint32_t kMostDropped = 65'536;
  const auto room = static_cast<std::uint32_t>(http::kMostHead - std::min(http::kMostHead, c.heard.size()));
  const auto data = context.calls.read(c.socket, c.lingering ? kMostDropped : room);
  if (!data) return data.error() == socket::Errno::WouldBlock ? HttpWent::Blocked : HttpWent::Gone;
  if (data->empty()) return HttpWent::Gone;
  if (!c.lingering) c.heard.append(data->view().begin(), data->view().end());
  return HttpWent::On;
}

std::string printableLine(std::string_view head) {
  std::string line(http::firstLine(head).substr(0, kMostLogged));
  for (char& one : line) one = one >= 0x20 && one < 0x7F ? one : '?';
  return line;
}

/// The next request among the bytes that were heard; nothing if it is not whole.
std::optional<HttpTurn> requestIn(HttpConnection& c) {
  const auto content = static_cast<std::size_t>(std::min<std::uint64_t>(c.skip, c.heard.size()));
  c.heard.erase(0, content);
  c.skip -= content;
  if (c.skip > 0) return std::nullopt;
  c.heard.erase(0, http::emptyLines(c.heard));
  const auto end = http::headEnd(c.heard);
  if (!end && c.heard.size() < http::kMostHead) return std::nullopt;
  HttpTurn turn{HttpTurn::What::Request, printableLine(c.heard), {}, {}};
  if (!end) {
    turn.problem = http::Status::HeadTooLarge;
    return turn;
  }
  auto request = http::parseRequest(std::string_view(c.heard).substr(0, *end));
  c.heard.erase(0, *end);
  if (request) turn.request = std::move(*request);
  else turn.problem = request.error();
  c.skip = turn.request.bodySize;
  return turn;
}

/// Nothing has come for too long.
HttpTurn httpExpired(HttpConnection& c) {
  if (c.heard.empty() || c.lingering) return {HttpTurn::What::Over, {}, {}, {}};
  return {HttpTurn::What::Request, printableLine(c.heard), {}, http::Status::RequestTimeout};
}

}  // namespace

HttpTurn proceed(HttpConnection& c, Context& context) {
  constexpr HttpTurn::What kOver = HttpTurn::What::Over;
  for (;;) {
    if (c.busy) {
      if (c.out.empty()) return {};
      const HttpWent sent = httpSend(c, context);
      if (sent == HttpWent::Gone) return {kOver, {}, {}, {}};
      if (sent == HttpWent::Blocked) return {};
      answerIsSent(c, context);
    }
    std::optional<HttpTurn> turn = c.lingering ? std::nullopt : requestIn(c);
    if (!turn) {
      const HttpWent heard = httpHear(c, context);
      if (heard == HttpWent::Gone) return {kOver, {}, {}, {}};
      if (heard == HttpWent::On) continue;
      if (context.now < c.until) return {};
      turn = httpExpired(c);
      if (turn->what == kOver) return *turn;
    }
    c.busy = true;
    c.until = kNever;
    return *turn;
  }
}

void respond(HttpConnection& c, const HttpTurn& turn, HttpContent content, std::string_view server) {
  c.last = turn.problem || !turn.request.persistent;
  const std::uint64_t size = content.pattern != 0 ? content.pattern : content.text.size();
  std::string bytes = http::responseHead({content.status, size, !c.last}, server);
  if (turn.problem || turn.request.method != http::Method::Head) {
    bytes += content.text;
    c.pattern = content.pattern;
  }
  // A head of its own would only make one more segment of a short answer.
  if (c.pattern > 0 && c.pattern <= kMostAtOnce) {
    const Bytes whole = patternFrom(0, static_cast<std::uint32_t>(c.pattern));
    bytes.append(whole.view().begin(), whole.view().end());
    c.pattern = 0;
  }
  c.out = Bytes(asBytes(bytes));
  c.outSent = 0;
  c.patternSent = 0;
}

HttpContent contentFor(http::Status status) {
  return {status, fmt::format("{} {}\n", static_cast<std::uint16_t>(status), http::reason(status)), 0};
}

bool listenForHttp(SocketId& listener, std::uint16_t port, Context& context, std::string_view program) {
  constexpr std::uint32_t kBacklog = 128;
  listener = context.calls.open(socket::Kind::Tcp);
  // Answers are written whole: nothing is gained by waiting for more (RFC 9293 3.7.4).
  context.calls.options(listener).stream.noDelay = true;
  if (const auto error = context.calls.bind(listener, {{}, port})) {
    context.print(Line{fmt::format("{}: bind: {}", program, socket::message(*error))});
    return false;
  }
  context.calls.listen(listener, kBacklog);
  context.print(Line{fmt::format("listening {}", port)});
  return true;
}

std::optional<HttpConnection> acceptHttp(SocketId listener, std::size_t open, Context& context) {
  if (open >= kMostHttpConnections) return std::nullopt;
  const auto accepted = context.calls.accept(listener);
  if (!accepted) return std::nullopt;
  HttpConnection connection;
  connection.socket = accepted->socket;
  connection.peer = accepted->peer;
  connection.until = context.now + kFirstWait;
  return connection;
}

std::string accessLine(const HttpConnection& connection, const HttpTurn& turn, const HttpContent& content, Time now) {
  return fmt::format("{} - - [{}.{:06}] \"{}\" {} {}", connection.peer.address.text(), now.ns / 1'000'000'000, now.ns / 1000 % 1'000'000,
                     turn.line, static_cast<std::uint16_t>(content.status), content.pattern != 0 ? content.pattern : content.text.size());
}

}  // namespace hw::process
