// iperf -u: numbered datagrams at a rate, and a count of what came of them. Each begins with its number and the time when it was sent
// (seconds, microseconds), four bytes each; the number of the last one is negative, and is answered with what the server has counted.
#include <algorithm>
#include <array>

#include <fmt/format.h>

#include "core/process/iperf_report.h"
#include "core/wire/byte_order.h"

namespace hw::process {
namespace {

constexpr std::uint32_t kDatagram = 1470;
constexpr std::uint32_t kHeader = 16;             // number, seconds, microseconds, the number's upper half
constexpr std::uint32_t kAnswer = kHeader + 40;
constexpr std::uint32_t kAnswerVersion = 0x8000'0000;
constexpr int kMostSends = 64;                    // per step
constexpr std::uint32_t kMostTries = 10;
constexpr Duration kTryWait = milliseconds(250);
constexpr std::size_t kMostCounted = 64;          // senders at the same time
constexpr std::int64_t kMostNumber = INT32_MAX;
constexpr Duration kMostChange = seconds(1'000'000);   // of a transit time: more is nonsense
constexpr Duration kAnswerTime = seconds(5);      // so long a sender may ask again

Bytes datagram(std::int64_t number, Time sent) {
  std::vector<std::uint8_t> bytes(kDatagram);
  for (std::size_t i = kHeader; i < bytes.size(); ++i) bytes[i] = static_cast<std::uint8_t>('0' + i % 10);
  store32(bytes.data(), static_cast<std::uint32_t>(number));
  store32(bytes.data() + 4, static_cast<std::uint32_t>(sent.ns / 1'000'000'000));
  store32(bytes.data() + 8, static_cast<std::uint32_t>(sent.ns / 1000 % 1'000'000));
  return Bytes(std::move(bytes));
}

/// What the server has counted, behind a header.
Bytes answerOf(const IperfFlow& flow, Time now) {
  const std::int64_t took = (now - flow.begun).ns, jitter = flow.count.jitter16 / 16;
  const std::array<std::uint32_t, 10> words = {
      kAnswerVersion,
      static_cast<std::uint32_t>(flow.bytes >> 32),
      static_cast<std::uint32_t>(flow.bytes),
      static_cast<std::uint32_t>(took / 1'000'000'000),
      static_cast<std::uint32_t>(took / 1000 % 1'000'000),
      static_cast<std::uint32_t>(flow.count.lost),
      static_cast<std::uint32_t>(flow.count.disordered),
      static_cast<std::uint32_t>(flow.count.next - 1),
      static_cast<std::uint32_t>(jitter / 1'000'000'000),
      static_cast<std::uint32_t>(jitter / 1000 % 1'000'000),
  };
  std::vector<std::uint8_t> bytes(kAnswer);
  for (std::size_t i = 0; i < words.size(); ++i) store32(bytes.data() + kHeader + 4 * i, words[i]);
  return Bytes(std::move(bytes));
}

void printAnswer(const IperfFlow& flow, const Bytes& answer, Context& context) {
  const auto word = [&](std::uint32_t i) { return load32(answer.data() + kHeader + 4 * i); };
  const auto span = [&](std::uint32_t i) { return seconds(word(i)) + microseconds(word(i + 1)); };
  IperfCount count;
  count.lost = word(5);
  count.next = std::uint64_t{word(7)} + 1;
  count.jitter16 = std::min(span(8), kMostChange).ns * 16;
  context.print(Line{fmt::format("[{:3}] Server Report:", flow.number)});
  context.print(Line{"[ ID] Interval       Transfer     Bandwidth        Jitter   Lost/Total Datagrams"});
  context.print(Line{iperfDatagramLine(flow.number, {}, span(3), std::uint64_t{word(1)} << 32 | word(2), {}, count)});
}

std::optional<Next> beginSending(Iperf& iperf, Context& context) {
  const socket::Endpoint peer{iperf.options.target, iperf.options.port};
  IperfFlow& flow = iperf.flows.emplace_back();
  flow.number = iperf.nextNumber++;
  flow.socket = context.calls.open(socket::Kind::Udp);
  printIperfHead(iperf.options, context.calls.options(flow.socket).sendBuffer, context);
  if (const auto error = context.calls.connect(flow.socket, peer)) {
    context.print(Line{fmt::format("udp connect failed: {}", socket::message(*error))});
    return Next::exit(0);
  }
  printIperfConnected(iperf, flow, context.calls.local(flow.socket), peer, context);
  flow.begun = flow.reported = context.now;
  iperf.until = iperf.options.bytes != 0 ? kNever : context.now + iperf.options.time;
  iperf.phase = Iperf::Phase::Running;
  return std::nullopt;
}

/// When a datagram is due: the rate from the begin on, whatever was late.
Time dueAt(const Iperf& iperf, std::uint64_t index) {
  __extension__ using Wide = unsigned __int128;
  const Wide ns = static_cast<Wide>(index) * kDatagram * 8 * 1'000'000'000 / std::max<std::uint64_t>(iperf.options.rate, 1);
  return iperf.flows[0].begun + Duration{static_cast<std::int64_t>(std::min<Wide>(ns, INT64_MAX / 4))};
}

void sendNumbered(Iperf& iperf, std::int64_t number, Context& context) {
  IperfFlow& flow = iperf.flows[0];
  context.calls.send(flow.socket, {datagram(number, context.now), std::nullopt, false});
  ++iperf.sent;
  flow.bytes += kDatagram;
}

Next datagramsSent(Iperf& iperf, Context& context) {
  IperfFlow& flow = iperf.flows[0];
  sendNumbered(iperf, -static_cast<std::int64_t>(iperf.sent + 1), context);
  printIperfTotal(iperf.options, flow, context);
  context.print(Line{fmt::format("[{:3}] Sent {} datagrams", flow.number, iperf.sent)});
  iperf.phase = Iperf::Phase::Ending;
  iperf.tries = 1;
  iperf.until = context.now + kTryWait;
  return Next::wait(iperf.until);
}

/// The last datagram is sent again until it is answered.
Next awaitAnswer(Iperf& iperf, Context& context) {
  IperfFlow& flow = iperf.flows[0];
  while (const auto heard = context.calls.receive(flow.socket))
    if (heard->data.size() >= kAnswer) {
      printAnswer(flow, heard->data, context);
      return Next::exit(0);
    }
  if (const auto error = context.calls.takeError(flow.socket)) context.print(Line{fmt::format("read failed: {}", socket::message(*error))});
  if (context.now < iperf.until) return Next::wait(iperf.until);
  if (iperf.tries == kMostTries) {
    context.print(Line{fmt::format("[{:3}] WARNING: did not receive ack of last datagram after {} tries.", flow.number, kMostTries)});
    return Next::exit(0);
  }
  ++iperf.tries;
  context.calls.send(flow.socket, {datagram(-static_cast<std::int64_t>(iperf.sent), context.now), std::nullopt, false});
  iperf.until = context.now + kTryWait;
  return Next::wait(iperf.until);
}

Next sendDatagrams(Iperf& iperf, Context& context) {
  if (iperf.phase == Iperf::Phase::Fresh)
    if (const auto next = beginSending(iperf, context)) return *next;
  if (iperf.phase == Iperf::Phase::Ending) return awaitAnswer(iperf, context);
  IperfFlow& flow = iperf.flows[0];
  printIperfIntervals(iperf.options, flow, context);
  const auto done = [&] {
    const bool counted = iperf.options.bytes != 0 && flow.bytes + kDatagram >= iperf.options.bytes;
    return counted || context.now >= iperf.until || iperf.sent + 1 >= static_cast<std::uint64_t>(kMostNumber);
  };
  for (int i = 0; i < kMostSends && !done() && dueAt(iperf, iperf.sent) <= context.now; ++i)
    sendNumbered(iperf, static_cast<std::int64_t>(iperf.sent + 1), context);
  if (done() && (context.now >= iperf.until || dueAt(iperf, iperf.sent) <= context.now)) return datagramsSent(iperf, context);
  return Next::wait(nextIperfReport(iperf, std::min(iperf.until, dueAt(iperf, iperf.sent))));
}

IperfFlow& flowFrom(Iperf& iperf, const socket::Datagram& datagram, Context& context) {
  // The port of a sender that has ended long ago may be another one's now.
  std::erase_if(iperf.flows, [&](const IperfFlow& one) { return !one.answer.empty() && context.now - one.reported > kAnswerTime; });
  const auto known = std::ranges::find(iperf.flows, datagram.from, &IperfFlow::peer);
  if (known != iperf.flows.end()) return *known;
  if (iperf.flows.size() == kMostCounted) iperf.flows.erase(iperf.flows.begin());
  IperfFlow& flow = iperf.flows.emplace_back();
  flow.number = iperf.nextNumber++;
  flow.socket = iperf.listener;
  flow.peer = datagram.from;
  flow.begun = flow.reported = context.now;
  printIperfConnected(iperf, flow, datagram.to, datagram.from, context);
  return flow;
}

void takeDatagram(Iperf& iperf, const socket::Datagram& datagram, Context& context) {
  if (datagram.data.size() < kHeader) return;
  const auto number = static_cast<std::int32_t>(load32(datagram.data.data()));
  if (number == 0) return;
  IperfFlow& flow = flowFrom(iperf, datagram, context);
  const auto answer = [&] { context.calls.send(iperf.listener, {flow.answer, datagram.from, false}); };
  if (!flow.answer.empty()) return answer();
  const Time sent = Time{} + seconds(load32(datagram.data.data() + 4)) + microseconds(load32(datagram.data.data() + 8));
  flow.bytes += datagram.data.size();
  flow.count.take(static_cast<std::uint64_t>(number < 0 ? -std::int64_t{number} : number), sent, context.now);
  if (number > 0) return;
  printIperfTotal(iperf.options, flow, context);
  flow.answer = answerOf(flow, context.now);
  flow.reported = context.now;
  answer();
}

Next countDatagrams(Iperf& iperf, Context& context) {
  if (!iperf.listener.valid()) {
    iperf.listener = context.calls.open(socket::Kind::Udp);
    if (const auto error = context.calls.bind(iperf.listener, {{}, iperf.options.port})) {
      context.print(Line{fmt::format("udp bind failed: {}", socket::message(*error))});
      return Next::exit(1);
    }
    printIperfHead(iperf.options, context.calls.options(iperf.listener).receiveBuffer, context);
  }
  for (IperfFlow& flow : iperf.flows)
    if (flow.answer.empty()) printIperfIntervals(iperf.options, flow, context);
  while (const auto datagram = context.calls.receive(iperf.listener)) takeDatagram(iperf, *datagram, context);
  return Next::wait(nextIperfReport(iperf, kNever));
}

}  // namespace

void IperfCount::take(std::uint64_t number, Time sent, Time now) {
  const std::int64_t took = (now - sent).ns;
  if (next > 1) {
    const std::int64_t change = std::min(took > transit ? took - transit : transit - took, kMostChange.ns);
    jitter16 += change - jitter16 / 16;
  }
  transit = took;
  if (number >= next) {
    lost += number - next;
    next = number + 1;
    return;
  }
  ++disordered;
  if (lost > 0) --lost;
}

Next stepIperfDatagrams(Iperf& iperf, Context& context) {
  return iperf.options.server ? countDatagrams(iperf, context) : sendDatagrams(iperf, context);
}

}  // namespace hw::process
