// The server's end of HTTP connections: requests come out one after the other, answers go in, and the stream carries them.
//
//   proceed(connection, context)   ->   a request to be answered, or: it waits, it is over
//
// Read first: RFC 9112 9 ("Connection Management").
#pragma once

#include "core/process/http.h"
#include "core/process/program.h"

namespace hw::process {

struct HttpConnection {
  SocketId socket;
  socket::Endpoint peer;
  std::string heard;           ///< not read yet, at most http::kMostHead bytes
  std::uint64_t skip = 0;      ///< bytes of a request's content that are still to come
  Bytes out;                   ///< what is being sent: a head and a short content ...
  std::uint32_t outSent = 0;
  std::uint64_t pattern = 0;   ///< ... or a head, and behind it so many bytes of a pattern
  std::uint64_t patternSent = 0;
  bool busy = false;           ///< a request is not answered yet, or its answer not sent
  bool last = false;           ///< the connection is closed behind this answer
  bool lingering = false;      ///< nothing more is said; what comes is dropped until the peer closes
  Time until = kNever;
  HW_FIELDS(HttpConnection, socket, peer, heard, skip, out, outSent, pattern, patternSent, busy, last, lingering, until)
};

struct HttpTurn {
  enum class What : std::uint8_t { Wait, Request, Over } what = What::Wait;
  std::string line;                     ///< of a request: its first line, fit to be printed
  http::Request request;
  std::optional<http::Status> problem;  ///< it is none: how to answer
};

/// Sends what is to be sent, reads what has come, and returns the next request as soon as the one before is answered. Waits until
/// connection.until at the latest. A program answers each request by respond(), at once or later.
HttpTurn proceed(HttpConnection& connection, Context& context);

/// What is sent back: a text, or so many bytes of a pattern.
struct HttpContent {
  http::Status status = http::Status::Ok;
  std::string text;
  std::uint64_t pattern = 0;
};
/// Answers the request of a turn; proceed() then sends it. A HEAD gets the head alone (RFC 9110 9.3.2).
void respond(HttpConnection& connection, const HttpTurn& turn, HttpContent content, std::string_view server);
/// A content that says what a status means: "404 Not Found\n".
HttpContent contentFor(http::Status status);

/// Opens a listening socket; prints why not, and is false then.
bool listenForHttp(SocketId& listener, std::uint16_t port, Context& context, std::string_view program);
/// So many connections are served at the same time; others wait in the accept queue.
inline constexpr std::size_t kMostHttpConnections = 64;
std::optional<HttpConnection> acceptHttp(SocketId listener, std::size_t open, Context& context);
/// "192.0.2.1 - - [1.000250] "GET / HTTP/1.1" 200 12": the line of an access log, with virtual time in seconds.
std::string accessLine(const HttpConnection& connection, const HttpTurn& turn, const HttpContent& content, Time now);

/// Serves each connection, and those that wait. `serve` is false for one that is over; it is closed then. One is an HttpConnection, or
/// has it as its `http`.
template <class One, class Serve>
void serveHttp(SocketId listener, std::vector<One>& connections, Context& context, Serve&& serve) {
  const auto http = [](One& one) -> HttpConnection& {
    if constexpr (std::is_same_v<One, HttpConnection>) return one;
    else return one.http;
  };
  for (std::size_t i = 0; i < connections.size();) {
    if (serve(connections[i])) {
      ++i;
      continue;
    }
    context.calls.close(http(connections[i]).socket);
    connections.erase(connections.begin() + static_cast<std::ptrdiff_t>(i));
  }
  while (auto fresh = acceptHttp(listener, connections.size(), context)) {
    One one;
    http(one) = std::move(*fresh);
    if (serve(one)) connections.push_back(std::move(one));
    else context.calls.close(http(one).socket);
  }
}

}  // namespace hw::process
