#include "core/process/http.h"

#include <algorithm>
#include <charconv>

#include <fmt/format.h>

#include "core/base/ascii.h"

namespace hw::process::http {
namespace {

/// RFC 9110 5.6.2: what names are made of.
bool isTokenCharacter(char c) { return isLetter(c) || isDigit(c) || std::string_view("!#$%&'*+-.^_`|~").find(c) != std::string_view::npos; }
bool isToken(std::string_view text) { return !text.empty() && std::ranges::all_of(text, isTokenCharacter); }
/// RFC 9110 5.5: field values have no control characters but tabs.
bool isValueCharacter(char c) { return c == '\t' || (static_cast<unsigned char>(c) >= 0x20 && c != 0x7F); }
bool isTargetCharacter(char c) { return c > 0x20 && c < 0x7F; }

bool isSame(std::string_view text, std::string_view lower) {
  return std::ranges::equal(text, lower, [](char a, char b) { return toLower(a) == b; });
}

std::string_view trimmed(std::string_view text) {
  const auto blank = [](char c) { return c == ' ' || c == '\t'; };
  while (!text.empty() && blank(text.front())) text.remove_prefix(1);
  while (!text.empty() && blank(text.back())) text.remove_suffix(1);
  return text;
}

template <int Base = 10> std::optional<std::uint64_t> numberOf(std::string_view text) {
  std::uint64_t value = 0;
  const char* const end = text.data() + text.size();
  const auto [at, error] = std::from_chars(text.data(), end, value, Base);
  if (text.empty() || error != std::errc{} || at != end) return std::nullopt;
  return value;
}

/// The line at the beginning without its end; the text then starts behind it.
std::string_view takeLine(std::string_view& text) {
  const std::size_t end = std::min(text.find('\n'), text.size());
  std::string_view line = text.substr(0, end);
  text.remove_prefix(std::min(end + 1, text.size()));
  if (line.ends_with('\r')) line.remove_suffix(1);
  return line;
}

/// True if a list of tokens contains one (RFC 9110 5.6.1).
bool listHas(std::string_view list, std::string_view lower) {
  while (!list.empty()) {
    const std::size_t comma = std::min(list.find(','), list.size());
    if (isSame(trimmed(list.substr(0, comma)), lower)) return true;
    list.remove_prefix(std::min(comma + 1, list.size()));
  }
  return false;
}

/// What the fields of a head say about the message itself.
struct Framing {
  std::optional<std::uint64_t> length;
  bool coded = false;          ///< it has a transfer coding
  bool chunked = false;        ///< and that is "chunked" alone
  bool close = false;
  std::uint32_t hosts = 0;
};

/// False if the line is no field, or contradicts another.
bool takeField(Framing& framing, std::string_view line) {
  const std::size_t colon = line.find(':');
  if (colon == line.npos || !isToken(line.substr(0, colon))) return false;
  const std::string_view name = line.substr(0, colon), value = trimmed(line.substr(colon + 1));
  if (!std::ranges::all_of(value, isValueCharacter)) return false;
  if (isSame(name, "host")) ++framing.hosts;
  if (isSame(name, "connection") && listHas(value, "close")) framing.close = true;
  if (isSame(name, "transfer-encoding")) {
    framing.chunked = !framing.coded && isSame(value, "chunked");
    framing.coded = true;
  }
  if (!isSame(name, "content-length")) return true;
  const auto length = numberOf(value);
  if (!length || (framing.length && framing.length != length)) return false;
  framing.length = length;
  return true;
}

/// Of the lines behind the first one; nothing if one of them is bad.
std::optional<Framing> framingOf(std::string_view lines) {
  Framing framing;
  while (!lines.empty()) {
    const std::string_view line = takeLine(lines);
    if (line.empty()) break;
    if (!takeField(framing, line)) return std::nullopt;
  }
  // RFC 9112 6.1: an attack, not a message.
  if (framing.coded && framing.length) return std::nullopt;
  return framing;
}

/// The minor version of "HTTP/1.x"; the error is for a request.
Expected<int, Status> minorVersion(std::string_view word) {
  if (word.size() != 8 || !word.starts_with("HTTP/") || !isDigit(word[5]) || word[6] != '.' || !isDigit(word[7]))
    return unexpected(Status::BadRequest);
  if (word[5] != '1') return unexpected(Status::VersionNotSupported);
  return word[7] - '0';
}

/// The path of a request target; empty for one that no server here has (RFC 9112 3.2).
std::string_view pathOf(std::string_view target) {
  constexpr std::string_view kScheme = "http://";
  if (target.size() < kScheme.size() || !isSame(target.substr(0, kScheme.size()), kScheme)) return target.starts_with('/') ? target : "";
  const std::size_t slash = target.find('/', kScheme.size());
  return slash == target.npos ? "/" : target.substr(slash);
}

}  // namespace

std::string_view reason(Status status) {
  switch (status) {
    case Status::Ok: return "OK";
    case Status::BadRequest: return "Bad Request";
    case Status::NotFound: return "Not Found";
    case Status::RequestTimeout: return "Request Timeout";
    case Status::UriTooLong: return "URI Too Long";
    case Status::HeadTooLarge: return "Request Header Fields Too Large";
    case Status::NotImplemented: return "Not Implemented";
    case Status::BadGateway: return "Bad Gateway";
    case Status::GatewayTimeout: return "Gateway Timeout";
    case Status::VersionNotSupported: return "HTTP Version Not Supported";
  }
  return "";
}

std::size_t emptyLines(std::string_view bytes) {
  std::size_t at = 0;
  for (;;) {
    const std::string_view rest = bytes.substr(at);
    if (rest.starts_with("\r\n")) at += 2;
    else if (rest.starts_with('\n')) at += 1;
    else return at;
  }
}

std::optional<std::size_t> headEnd(std::string_view bytes) {
  for (std::size_t at = bytes.find('\n'); at != bytes.npos; at = bytes.find('\n', at + 1)) {
    const std::string_view rest = bytes.substr(at + 1);
    if (rest.starts_with('\n')) return at + 2;
    if (rest.starts_with("\r\n")) return at + 3;
  }
  return std::nullopt;
}

std::string_view firstLine(std::string_view head) { return takeLine(head); }

Expected<Request, Status> parseRequest(std::string_view head) {
  const std::string_view line = takeLine(head);
  const std::size_t first = line.find(' '), last = line.rfind(' ');
  if (first == line.npos || first == last) return unexpected(Status::BadRequest);
  const std::string_view method = line.substr(0, first), target = line.substr(first + 1, last - first - 1);
  if (!isToken(method) || target.empty() || !std::ranges::all_of(target, isTargetCharacter)) return unexpected(Status::BadRequest);
  const auto minor = minorVersion(line.substr(last + 1));
  if (!minor) return unexpected(minor.error());
  const auto framing = framingOf(head);
  if (!framing || framing->hosts > 1 || (*minor > 0 && framing->hosts == 0)) return unexpected(Status::BadRequest);
  if (framing->coded) return unexpected(Status::NotImplemented);
  Request request;
  // Names of methods are as they are written (RFC 9110 9.1).
  request.method = method == "GET" ? Method::Get : method == "HEAD" ? Method::Head : Method::Other;
  request.target = pathOf(target);
  if (request.target.empty() && request.method != Method::Other) return unexpected(Status::BadRequest);
  request.persistent = *minor > 0 && !framing->close;
  request.bodySize = framing->length.value_or(0);
  return request;
}

std::optional<Response> parseResponse(std::string_view head) {
  constexpr std::size_t kVersion = 8, kShortest = kVersion + 4;
  const std::string_view line = takeLine(head);
  if (line.size() < kShortest || line[kVersion] != ' ') return std::nullopt;
  const auto minor = minorVersion(line.substr(0, kVersion));
  const auto status = numberOf(line.substr(kVersion + 1, 3));
  if (!minor || !status || *status < 100 || (line.size() > kShortest && line[kShortest] != ' ')) return std::nullopt;
  const auto framing = framingOf(head);
  if (!framing) return std::nullopt;
  Response response;
  response.status = static_cast<std::uint16_t>(*status);
  response.bodySize = framing->length;
  response.chunked = framing->chunked;
  response.persistent = *minor > 0 && !framing->close;
  // RFC 9112 6.3: these have no content, whatever their fields say.
  if (response.status < 200 || response.status == 204 || response.status == 304) response.bodySize = 0, response.chunked = false;
  return response;
}

std::string responseHead(const Answer& answer, std::string_view server) {
  return fmt::format("HTTP/1.1 {} {}\r\nServer: {}\r\nContent-Type: text/plain\r\nContent-Length: {}\r\n{}\r\n",
                     static_cast<std::uint16_t>(answer.status), reason(answer.status), server, answer.size,
                     answer.persistent ? "" : "Connection: close\r\n");
}

std::optional<std::string> decodePercent(std::string_view text) {
  std::string out;
  for (std::size_t i = 0; i < text.size(); ++i) {
    if (text[i] != '%') {
      out.push_back(text[i]);
      continue;
    }
    const std::string_view digits = text.substr(i + 1, 2);
    const auto value = digits.size() == 2 ? numberOf<16>(digits) : std::nullopt;
    if (!value) return std::nullopt;
    out.push_back(static_cast<char>(*value));
    i += 2;
  }
  return out;
}

Expected<Url, UrlProblem> parseUrl(std::string_view text) {
  constexpr std::size_t kMostUrl = 4096;
  if (text.size() > kMostUrl || !std::ranges::all_of(text, isTargetCharacter)) return unexpected(UrlProblem::Malformed);
  if (const std::size_t colon = text.find("://"); colon != text.npos) {
    if (!isToken(text.substr(0, colon))) return unexpected(UrlProblem::Malformed);
    if (!isSame(text.substr(0, colon), "http")) return unexpected(UrlProblem::OtherScheme);
    text.remove_prefix(colon + 3);
  }
  text = text.substr(0, text.find('#'));
  const std::size_t end = std::min(text.find_first_of("/?"), text.size());
  const std::string_view authority = text.substr(0, end), rest = text.substr(end);
  const std::size_t colon = authority.find(':');
  Url url;
  url.host = authority.substr(0, colon);
  if (url.host.empty() || url.host.find_first_of("@[]") != url.host.npos) return unexpected(UrlProblem::Malformed);
  if (colon != authority.npos && colon + 1 < authority.size()) {
    const auto port = numberOf(authority.substr(colon + 1));
    if (!port || *port == 0 || *port > 65535) return unexpected(UrlProblem::Malformed);
    url.port = static_cast<std::uint16_t>(*port);
  }
  url.target = rest.starts_with('/') ? std::string(rest) : "/" + std::string(rest);
  return url;
}

std::string Chunks::take(std::string_view bytes) {
  constexpr std::size_t kMostLine = 1024;
  std::string content;
  while (!bytes.empty() && at != At::Done && at != At::Broken) {
    if (at == At::Data) {
      const auto count = static_cast<std::size_t>(std::min<std::uint64_t>(left, bytes.size()));
      content.append(bytes.substr(0, count));
      bytes.remove_prefix(count);
      left -= count;
      if (left == 0) at = At::DataEnd;
      continue;
    }
    const std::size_t end = bytes.find('\n');
    line.append(bytes.substr(0, end));
    bytes.remove_prefix(end == bytes.npos ? bytes.size() : end + 1);
    if (line.size() > kMostLine) at = At::Broken;
    if (end == bytes.npos || at == At::Broken) continue;
    if (line.ends_with('\r')) line.pop_back();
    const auto size = numberOf<16>(trimmed(std::string_view(line).substr(0, line.find(';'))));
    if (at == At::DataEnd) at = line.empty() ? At::Size : At::Broken;
    else if (at == At::Trailer) at = line.empty() ? At::Done : At::Trailer;
    else if (!size) at = At::Broken;
    else at = *size == 0 ? At::Trailer : At::Data, left = *size;
    line.clear();
  }
  return content;
}

}  // namespace hw::process::http
