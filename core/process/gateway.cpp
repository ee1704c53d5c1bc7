// Read first: RFC 9110 3.7 ("A gateway ... acts as an origin server for the outbound connection but translates received requests"),
// 15.6.3 and 15.6.5 (502, 504).
#include "core/process/gateway.h"

#include <algorithm>

#include <fmt/format.h>

namespace hw::process {
namespace {

constexpr std::string_view kGateway = "gateway";
constexpr std::string_view kAsk = "/ask/";
constexpr std::uint32_t kMostAsked = 4;           // once, and three times again
constexpr Duration kAnswerWait = seconds(1);
constexpr std::size_t kMostText = 1400;           // bytes of a question: it fits into a datagram that nobody has to cut

/// What is asked, or how to answer at once.
Expected<std::string, http::Status> questionOf(const HttpTurn& turn) {
  using http::Status;
  if (turn.problem) return unexpected(*turn.problem);
  if (turn.request.method == http::Method::Other) return unexpected(Status::NotImplemented);
  if (!turn.request.target.starts_with(kAsk)) return unexpected(Status::NotFound);
  const auto text = http::decodePercent(std::string_view(turn.request.target).substr(kAsk.size()));
  if (!text || text->empty()) return unexpected(Status::BadRequest);
  if (text->size() > kMostText) return unexpected(Status::UriTooLong);
  return *text;
}

/// Answers the question, and says so: one line that names both sides.
void settle(const Gateway& g, GatewayConnection& one, HttpContent content, Context& context) {
  const GatewayQuestion& q = *one.question;
  const std::string came =
      content.status == http::Status::Ok ? fmt::format("{} bytes back", content.text.size()) : std::string("no answer");
  context.print(
      Line{fmt::format("http {}:{} \"{}\" -> udp {}:{} {} bytes, sent {} times, {} -> {}", one.http.peer.address.text(), one.http.peer.port,
                       q.line, g.beyond.address.text(), g.beyond.port, q.text.size(), q.sent, came, static_cast<int>(content.status))});
  const HttpTurn turn{HttpTurn::What::Request, {}, q.request, {}};
  context.calls.close(q.socket);
  respond(one.http, turn, std::move(content), kGateway);
  one.question.reset();
}

/// Sends the question once more; an error ends it.
void askBeyond(const Gateway& g, GatewayConnection& one, Context& context) {
  GatewayQuestion& q = *one.question;
  ++q.sent;
  q.until = context.now + kAnswerWait;
  if (context.calls.send(q.socket, {Bytes(asBytes(q.text)), std::nullopt, false}))
    settle(g, one, contentFor(http::Status::BadGateway), context);
}

void beginQuestion(const Gateway& g, GatewayConnection& one, const HttpTurn& turn, std::string text, Context& context) {
  const SocketId socket = context.calls.open(socket::Kind::Udp);
  one.question = GatewayQuestion{turn.request, turn.line, std::move(text), socket, 0, kNever};
  if (context.calls.connect(socket, g.beyond)) return settle(g, one, contentFor(http::Status::BadGateway), context);
  askBeyond(g, one, context);
}

/// What has come from the other side: an answer, an error, or nothing for too long.
void hearBeyond(const Gateway& g, GatewayConnection& one, Context& context) {
  const GatewayQuestion& q = *one.question;
  if (const auto answer = context.calls.receive(q.socket)) {
    const ByteView bytes = answer->data.view();
    return settle(g, one, {http::Status::Ok, std::string(bytes.begin(), bytes.end()), 0}, context);
  }
  if (context.calls.takeError(q.socket)) return settle(g, one, contentFor(http::Status::BadGateway), context);
  if (context.now < q.until) return;
  if (q.sent == kMostAsked) return settle(g, one, contentFor(http::Status::GatewayTimeout), context);
  askBeyond(g, one, context);
}

/// False when the connection is over.
bool translate(const Gateway& g, GatewayConnection& one, Context& context) {
  for (;;) {
    if (one.question) hearBeyond(g, one, context);
    const HttpTurn turn = proceed(one.http, context);
    if (turn.what == HttpTurn::What::Over && one.question) context.calls.close(one.question->socket);
    if (turn.what != HttpTurn::What::Request) return turn.what == HttpTurn::What::Wait;
    auto text = questionOf(turn);
    if (text) {
      beginQuestion(g, one, turn, std::move(*text), context);
      continue;
    }
    HttpContent content = contentFor(text.error());
    context.print(Line{accessLine(one.http, turn, content, context.now)});
    respond(one.http, turn, std::move(content), kGateway);
  }
}

}  // namespace

Next Gateway::step(Context& context) {
  if (context.signal != Signal::None) return Next::exit(0);
  if (!listener.valid() && !listenForHttp(listener, port, context, kGateway)) return Next::exit(1);
  serveHttp(listener, connections, context, [&](GatewayConnection& one) { return translate(*this, one, context); });
  Time until = kNever;
  for (const GatewayConnection& one : connections) until = std::min({until, one.http.until, one.question ? one.question->until : kNever});
  return Next::wait(until);
}

}  // namespace hw::process
