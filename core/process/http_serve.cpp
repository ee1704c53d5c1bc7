// Read first: RFC 9110 9 (methods), 15 (status codes).
#include "core/process/http_serve.h"

#include <algorithm>
#include <charconv>

#include <fmt/format.h>

namespace hw::process {
namespace {

constexpr std::string_view kServer = "http-serve";

/// N of "/bytes/N".
std::optional<std::uint64_t> bytesOf(std::string_view path) {
  constexpr std::string_view kBytes = "/bytes/";
  if (!path.starts_with(kBytes)) return std::nullopt;
  path.remove_prefix(kBytes.size());
  std::uint64_t count = 0;
  const auto [at, error] = std::from_chars(path.data(), path.data() + path.size(), count);
  if (path.empty() || error != std::errc{} || at != path.data() + path.size() || count > kMostServed) return std::nullopt;
  return count;
}

HttpContent contentOf(const HttpServe& server, const HttpTurn& turn, Time now) {
  using http::Status;
  if (turn.problem) return contentFor(*turn.problem);
  if (turn.request.method == http::Method::Other) return contentFor(Status::NotImplemented);
  const std::string_view target = turn.request.target;
  const std::string_view path = target.substr(0, target.find('?'));
  if (path == "/")
    return {Status::Ok,
            fmt::format("This is {}, port {}.\nThere is more at /bytes/N (N bytes) and /time (virtual time).\n", server.device, server.port), 0};
  if (path == "/time") return {Status::Ok, fmt::format("{}.{:09}\n", now.ns / 1'000'000'000, now.ns % 1'000'000'000), 0};
  if (const auto count = bytesOf(path)) return {Status::Ok, {}, *count};
  return contentFor(Status::NotFound);
}

/// False when the connection is over.
bool serveOne(const HttpServe& server, HttpConnection& connection, Context& context) {
  for (;;) {
    const HttpTurn turn = proceed(connection, context);
    if (turn.what == HttpTurn::What::Over) return false;
    if (turn.what == HttpTurn::What::Wait) return true;
    HttpContent content = contentOf(server, turn, context.now);
    context.print(Line{accessLine(connection, turn, content, context.now)});
    respond(connection, turn, std::move(content), kServer);
  }
}

}  // namespace

Next HttpServe::step(Context& context) {
  if (context.signal != Signal::None) return Next::exit(0);
  if (!listener.valid() && !listenForHttp(listener, port, context, kServer)) return Next::exit(1);
  serveHttp(listener, connections, context, [&](HttpConnection& one) { return serveOne(*this, one, context); });
  Time until = kNever;
  for (const HttpConnection& one : connections) until = std::min(until, one.until);
  return Next::wait(until);
}

}  // namespace hw::process
