// Read first: curl(1), libcurl-errors(3). The texts are those of curl 7.88.
#include "core/process/curl.h"

#include <algorithm>

#include <fmt/format.h>

namespace hw::process {
namespace {

constexpr std::uint32_t kCurlRead = 65'536;
constexpr std::uint64_t kMostShown = 65'536;    // bytes of the content that are printed
constexpr std::string_view kMeterHead = "  % Total    % Received % Xferd  Average Speed   Time    Time     Time  Current\n"
                                        "                                 Dload  Upload   Total   Spent    Left  Speed";

/// libcurl-errors(3).
enum class CurlCode : std::uint8_t {
  UnsupportedProtocol = 1,
  CouldNotConnect = 7,
  PartialFile = 18,
  WriteError = 23,
  TimedOut = 28,
  GotNothing = 52,
  ReceiveError = 56,
};

std::int64_t millisecondsSince(const Curl& c, Time now) { return (now - c.started).ns / 1'000'000; }

bool hasMeter(const Curl& c) { return c.options.discard && !c.options.silent; }

void curlSays(const Curl& c, Context& context, const std::string& text) {
  if (c.options.verbose) context.print(Line{"* " + text});
}

void endMeter(const Curl& c, Context& context) {
  if (hasMeter(c)) context.print(Line{curlMeter(c.received, c.response.bodySize, context.now - c.started)});
}

Next curlFailed(Curl& c, Context& context, CurlCode code, const std::string& text) {
  curlSays(c, context, text);
  endMeter(c, context);
  curlSays(c, context, "Closing connection 0");
  if (!c.options.silent || c.options.showErrors) context.print(Line{fmt::format("curl: ({}) {}", static_cast<int>(code), text)});
  context.calls.close(c.socket);
  return Next::exit(static_cast<int>(code));
}

Next connectFailed(Curl& c, Context& context, socket::Errno error, bool atOnce) {
  const std::string why(socket::message(error));
  if (atOnce) curlSays(c, context, fmt::format("Immediate connect fail for {}: {}", c.options.address.text(), why));
  else curlSays(c, context, fmt::format("connect to {} port {} failed: {}", c.options.address.text(), c.options.port, why));
  const CurlCode code = error == socket::Errno::TimedOut ? CurlCode::TimedOut : CurlCode::CouldNotConnect;
  return curlFailed(c, context, code, fmt::format("Failed to connect to {} port {} after {} ms: Couldn't connect to server", c.options.host,
                                                  c.options.port, millisecondsSince(c, context.now)));
}

Next curlTimedOut(Curl& c, Context& context) {
  const std::int64_t ms = millisecondsSince(c, context.now);
  if (c.phase == Curl::Phase::Connecting)
    return curlFailed(c, context, CurlCode::TimedOut, fmt::format("Connection timed out after {} milliseconds", ms));
  const bool whole = c.phase == Curl::Phase::Body && c.response.bodySize;
  const std::string bytes = whole ? fmt::format("{} out of {}", c.received, *c.response.bodySize) : fmt::format("{}", c.received);
  return curlFailed(c, context, CurlCode::TimedOut,
                    fmt::format("Operation timed out after {} milliseconds with {} bytes received", ms, bytes));
}

Next curlLost(Curl& c, Context& context, std::string_view call, socket::Errno error) {
  return curlFailed(c, context, CurlCode::ReceiveError, fmt::format("{} failure: {}", call, socket::message(error)));
}

std::optional<Next> curlBegin(Curl& c, Context& context) {
  const CurlOptions& o = c.options;
  c.started = context.now;
  if (o.patience.ns != 0) c.until = context.now + o.patience;
  if (hasMeter(c)) context.print(Line{std::string(kMeterHead)});
  curlSays(c, context, fmt::format("  Trying {}:{}...", o.address.text(), o.port));
  c.socket = context.calls.open(socket::Kind::Tcp);
  context.calls.options(c.socket).stream.noDelay = true;
  c.phase = Curl::Phase::Connecting;
  if (const auto error = context.calls.connect(c.socket, {o.address, o.port})) return connectFailed(c, context, *error, true);
  return std::nullopt;
}

/// Nothing when the connection stands.
std::optional<Next> curlConnect(Curl& c, Context& context) {
  if (!context.calls.isConnected(c.socket)) {
    if (const auto error = context.calls.takeError(c.socket)) return connectFailed(c, context, *error, false);
    return Next::wait(c.until);
  }
  curlSays(c, context, fmt::format("Connected to {} ({}) port {} (#0)", c.options.host, c.options.address.text(), c.options.port));
  c.phase = Curl::Phase::Asking;
  return std::nullopt;
}

std::string curlRequest(const CurlOptions& o) {
  const std::string port = o.port == 80 ? std::string() : fmt::format(":{}", o.port);
  return fmt::format("{} {} HTTP/1.1\r\nHost: {}{}\r\nUser-Agent: curl/7.88.1\r\nAccept: */*\r\n\r\n", o.headOnly ? "HEAD" : "GET",
                     o.target, o.host, port);
}

/// The lines of a head, each behind a mark.
void printHead(Context& context, std::string_view head, std::string_view mark) {
  while (!head.empty()) {
    const std::size_t end = std::min(head.find('\n'), head.size() - 1);
    context.print(Line{fmt::format("{}{}", mark, http::firstLine(head))});
    head.remove_prefix(end + 1);
  }
}

std::optional<Next> curlAsk(Curl& c, Context& context) {
  const std::string request = curlRequest(c.options);
  while (c.asked < request.size()) {
    const auto taken = context.calls.write(c.socket, Bytes(asBytes(std::string_view(request).substr(c.asked))));
    if (!taken && taken.error() == socket::Errno::WouldBlock) return Next::wait(c.until);
    if (!taken) return curlLost(c, context, "Send", taken.error());
    c.asked += *taken;
  }
  if (c.options.verbose) printHead(context, request, "> ");
  c.phase = Curl::Phase::Head;
  return std::nullopt;
}

Next curlDone(Curl& c, Context& context) {
  if (c.received > kMostShown && !c.options.discard)
    context.print(Line{fmt::format("\n[{} more bytes are not shown]", c.received - kMostShown)});
  endMeter(c, context);
  const bool reusable = c.response.persistent && (c.response.bodySize || c.response.chunked);
  curlSays(c, context, reusable ? fmt::format("Connection #0 to host {} left intact", c.options.host) : "Closing connection 0");
  context.calls.close(c.socket);
  return Next::exit(0);
}

bool isWhole(const Curl& c) {
  if (c.options.headOnly) return true;
  if (c.response.chunked) return c.chunks.at == http::Chunks::At::Done;
  return c.response.bodySize && c.received >= *c.response.bodySize;
}

/// A piece of the content; something ends the program.
std::optional<Next> takeContent(Curl& c, Context& context, std::string_view bytes) {
  std::string unchunked;
  if (c.response.chunked) {
    unchunked = c.chunks.take(bytes);
    bytes = unchunked;
    if (c.chunks.at == http::Chunks::At::Broken)
      return curlFailed(c, context, CurlCode::ReceiveError, "Malformed encoding found in chunked-encoding");
  } else if (c.response.bodySize) {
    bytes = bytes.substr(0, static_cast<std::size_t>(std::min<std::uint64_t>(bytes.size(), *c.response.bodySize - c.received)));
  }
  if (c.received == 0 && !bytes.empty() && c.options.discard && c.options.verbose)
    context.print(Line{fmt::format("{{ [{} bytes data]", bytes.size())});
  const std::uint64_t room = kMostShown - std::min(kMostShown, c.received);
  c.received += bytes.size();
  if (c.options.discard) return std::nullopt;
  if (bytes.find('\0') != bytes.npos) {
    if (!c.options.silent)
      context.print(Line{"Warning: Binary output can mess up your terminal. Use \"--output -\" to tell \n"
                         "Warning: curl to output it to your terminal anyway, or consider \"--output \n"
                         "Warning: <FILE>\" to save to a file."});
    context.calls.close(c.socket);
    return Next::exit(static_cast<int>(CurlCode::WriteError));
  }
  bytes = bytes.substr(0, static_cast<std::size_t>(std::min<std::uint64_t>(bytes.size(), room)));
  if (!bytes.empty()) context.print(Piece{std::string(bytes)});
  return std::nullopt;
}

/// What was heard until the head is whole; then what follows is content.
std::optional<Next> takeHead(Curl& c, Context& context) {
  constexpr std::string_view kBegin = "HTTP/";
  const std::string_view begin = std::string_view(c.heard).substr(0, kBegin.size());
  if (begin != kBegin.substr(0, begin.size()))
    return curlFailed(c, context, CurlCode::UnsupportedProtocol, "Received HTTP/0.9 when not allowed");
  while (const auto end = http::headEnd(c.heard)) {
    const std::string head = c.heard.substr(0, *end);
    const auto response = http::parseResponse(head);
    if (!response) return curlFailed(c, context, CurlCode::ReceiveError, "Invalid response header");
    if (c.options.verbose) printHead(context, head, "< ");
    else if (c.options.headOnly || c.options.showHead) printHead(context, head, "");
    c.heard.erase(0, *end);
    // RFC 9110 15.2: an interim response; the real one follows.
    if (response->status < 200) continue;
    c.response = *response;
    c.phase = Curl::Phase::Body;
    const std::string rest = std::exchange(c.heard, {});
    return c.options.headOnly ? std::nullopt : takeContent(c, context, rest);
  }
  if (c.heard.size() > http::kMostHead) return curlFailed(c, context, CurlCode::ReceiveError, "Too large response headers");
  return std::nullopt;
}

/// The stream has ended.
Next curlEnded(Curl& c, Context& context) {
  if (c.phase == Curl::Phase::Head) {
    if (c.heard.empty()) return curlFailed(c, context, CurlCode::GotNothing, "Empty reply from server");
    return curlFailed(c, context, CurlCode::ReceiveError, "Connection closed in the middle of the head");
  }
  if (c.response.chunked) return curlFailed(c, context, CurlCode::PartialFile, "transfer closed with outstanding read data remaining");
  if (c.response.bodySize)
    return curlFailed(c, context, CurlCode::PartialFile,
                      fmt::format("transfer closed with {} bytes remaining to read", *c.response.bodySize - c.received));
  return curlDone(c, context);
}

Next curlHear(Curl& c, Context& context) {
  for (;;) {
    if (c.phase == Curl::Phase::Body && isWhole(c)) return curlDone(c, context);
    const auto data = context.calls.read(c.socket, kCurlRead);
    if (!data && data.error() == socket::Errno::WouldBlock) return Next::wait(c.until);
    if (!data) return curlLost(c, context, "Recv", data.error());
    if (data->empty()) return curlEnded(c, context);
    const std::string_view bytes(reinterpret_cast<const char*>(data->data()), data->size());
    std::optional<Next> end;
    if (c.phase == Curl::Phase::Head) {
      c.heard.append(bytes);
      end = takeHead(c, context);
    } else {
      end = takeContent(c, context, bytes);
    }
    if (end) return *end;
  }
}

/// Five places, whatever the number.
std::string fivePlaces(std::uint64_t number) {
  constexpr std::uint64_t k = 1024, m = k * k, g = m * k;
  if (number < 100'000) return fmt::format("{:5}", number);
  if (number < 10'000 * k) return fmt::format("{:4}k", number / k);
  if (number < 100 * m) return fmt::format("{:2}.{}M", number / m, number % m / (m / 10));
  if (number < 10'000 * m) return fmt::format("{:4}M", number / m);
  if (number < 100 * g) return fmt::format("{:2}.{}G", number / g, number % g / (g / 10));
  return fmt::format("{:4}G", number / g);
}

std::string meterTime(std::int64_t seconds) {
  if (seconds <= 0) return "--:--:--";
  return fmt::format("{:2}:{:02}:{:02}", seconds / 3600, seconds / 60 % 60, seconds % 60);
}

}  // namespace

std::string curlMeter(std::uint64_t received, std::optional<std::uint64_t> whole, Duration took) {
  const auto us = static_cast<std::uint64_t>(std::max<std::int64_t>(took.ns / 1000, 1));
  const std::uint64_t speed = received < UINT64_MAX / 1'000'000 ? received * 1'000'000 / us : received / us * 1'000'000;
  const std::uint64_t all = whole.value_or(received);
  const std::uint64_t percent = whole && *whole != 0 ? received * 100 / *whole : received != 0 ? 100 : 0;
  const std::int64_t spent = took.ns / 1'000'000'000;
  const std::int64_t estimate = whole && speed != 0 ? static_cast<std::int64_t>(*whole / speed) : 0;
  return fmt::format("{:3} {}  {:3} {}    0     0  {}      0 {} {} {} {}", percent, fivePlaces(all), percent, fivePlaces(received),
                     fivePlaces(speed), meterTime(estimate), meterTime(spent), meterTime(estimate - spent), fivePlaces(speed));
}

Next Curl::step(Context& context) {
  constexpr int kInterrupted = 130;
  if (context.signal != Signal::None) return Next::exit(kInterrupted);
  if (phase == Phase::Fresh)
    if (const auto end = curlBegin(*this, context)) return *end;
  if (phase == Phase::Connecting && context.now < until)
    if (const auto next = curlConnect(*this, context)) return *next;
  if (context.now >= until) return curlTimedOut(*this, context);
  if (phase == Phase::Asking)
    if (const auto next = curlAsk(*this, context)) return *next;
  return curlHear(*this, context);
}

}  // namespace hw::process
