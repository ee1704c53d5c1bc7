// HTTP/1.1 messages as text: heads are read and made by pure functions; nobody waits or sends here.
// Read first: RFC 9112 (what a message looks like), RFC 9110 (what it means), RFC 3986 3 (what a URL is).
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "core/base/expected.h"
#include "core/base/fields.h"

namespace hw::process::http {

/// A head, its empty line included, has at most so many bytes; a longer request is answered with 431 (RFC 6585 5).
inline constexpr std::size_t kMostHead = 8192;

enum class Status : std::uint16_t {
  Ok = 200,
  BadRequest = 400,
  NotFound = 404,
  RequestTimeout = 408,
  UriTooLong = 414,
  HeadTooLarge = 431,
  NotImplemented = 501,
  BadGateway = 502,
  GatewayTimeout = 504,
  VersionNotSupported = 505,
};
/// "Not Found" (RFC 9110 15).
std::string_view reason(Status status);

enum class Method : std::uint8_t { Get, Head, Other };

struct Request {
  Method method = Method::Other;
  std::string target;          ///< the path and its query, from the first '/' on
  bool persistent = true;      ///< more requests may follow on the connection (RFC 9112 9.3)
  std::uint64_t bodySize = 0;  ///< bytes of content behind the head
  HW_FIELDS(Request, method, target, persistent, bodySize)
};

struct Response {
  std::uint16_t status = 0;
  std::optional<std::uint64_t> bodySize;  ///< none: until the end of the stream, if it is not chunked
  bool chunked = false;
  bool persistent = true;
  HW_FIELDS(Response, status, bodySize, chunked, persistent)
};

/// How many bytes of empty lines stand in front of a request; they are to be skipped (RFC 9112 2.2).
std::size_t emptyLines(std::string_view bytes);
/// Where the head at the beginning of the bytes ends, behind its empty line; nothing if it goes on. A line ends with CRLF, or with LF
/// alone (RFC 9112 2.2).
std::optional<std::size_t> headEnd(std::string_view bytes);
/// The first line, without its end.
std::string_view firstLine(std::string_view head);

/// The request of a whole head. The error is the status that answers it: 400 for what breaks the grammar or has no Host (RFC 9112 3.2,
/// 5.1, 5.2), 501 for a transfer coding (6.1), 505 for another version (RFC 9110 15.6.6). An unknown method is no error here.
Expected<Request, Status> parseRequest(std::string_view head);
/// The response of a whole head; nothing if it is none of HTTP/1.x (RFC 9112 4).
std::optional<Response> parseResponse(std::string_view head);

/// What a server answers.
struct Answer {
  Status status = Status::Ok;
  std::uint64_t size = 0;      ///< of the content
  bool persistent = true;
};
/// The head of an answer with text in it. It has no Date: a device has virtual time but no calendar (RFC 9110 6.6.1).
std::string responseHead(const Answer& answer, std::string_view server);

/// The text of a path segment with its %XX decoded (RFC 3986 2.1); nothing if one of them is none.
std::optional<std::string> decodePercent(std::string_view text);

struct Url {
  std::string host;
  std::uint16_t port = 80;
  std::string target = "/";    ///< path and query, without the fragment
  HW_FIELDS(Url, host, port, target)
};
enum class UrlProblem : std::uint8_t { Malformed, OtherScheme };
/// A URL with the scheme http, or with none. Users, passwords and IPv6 addresses are malformed here.
Expected<Url, UrlProblem> parseUrl(std::string_view text);

/// The chunked transfer coding, taken apart as it comes (RFC 9112 7.1).
struct Chunks {
  enum class At : std::uint8_t { Size, Data, DataEnd, Trailer, Done, Broken } at = At::Size;
  std::uint64_t left = 0;      ///< of the chunk
  std::string line;            ///< one that has not ended
  HW_FIELDS(Chunks, at, left, line)

  /// The content in the bytes that come next. Bytes behind the last chunk are dropped.
  std::string take(std::string_view bytes);
};

}  // namespace hw::process::http
