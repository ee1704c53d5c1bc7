#include "core/process/iperf_report.h"

#include <algorithm>

#include <fmt/format.h>

namespace hw::process {
namespace {

constexpr std::string_view kRuler = "------------------------------------------------------------";
constexpr std::uint64_t kSecond = 1'000'000'000;
__extension__ using Wide = unsigned __int128;

/// number / unit in steps of 1 / parts, rounded.
std::uint64_t scaled(std::uint64_t number, std::uint64_t unit, std::uint64_t parts) {
  return static_cast<std::uint64_t>((static_cast<Wide>(number) * parts + unit / 2) / unit);
}

std::string secondsText(Duration span) {
  const std::uint64_t parts = scaled(static_cast<std::uint64_t>(std::max<std::int64_t>(span.ns, 0)), kSecond, 10'000);
  return fmt::format("{}.{:04}", parts / 10'000, parts % 10'000);
}

std::uint64_t bitsPerSecond(std::uint64_t bytes, Duration span) {
  if (span.ns <= 0) return 0;
  const Wide rate = static_cast<Wide>(bytes) * 8 * kSecond / static_cast<Wide>(span.ns);
  return rate > UINT64_MAX ? UINT64_MAX : static_cast<std::uint64_t>(rate);
}

/// A share in percent with two significant digits, as %.2g writes it down to a hundredth.
std::string percentText(std::uint64_t part, std::uint64_t whole) {
  if (part == 0 || whole == 0) return "0";
  const std::uint64_t tenths = scaled(part, whole, 1000);
  if (tenths >= 100) return fmt::format("{}", scaled(part, whole, 100));
  if (tenths >= 10) return tenths % 10 == 0 ? fmt::format("{}", tenths / 10) : fmt::format("{}.{}", tenths / 10, tenths % 10);
  std::string text = fmt::format("0.{:03}", scaled(part, whole, 100'000));
  const std::size_t first = text.find_first_not_of("0.");
  if (first == text.npos) return "0.001";
  text.resize(std::min(text.size(), first + 2));
  while (text.ends_with('0')) text.pop_back();
  return text;
}

std::string jitterText(const IperfCount& count) {
  const std::int64_t us = count.jitter16 / 16 / 1000;
  return fmt::format("{:>6}", fmt::format("{}.{:03}", us / 1000, us % 1000));
}

}  // namespace

std::string iperfNumber(std::uint64_t number, std::uint64_t base) {
  constexpr std::string_view kUnits = " KMGT";
  std::uint64_t unit = 1;
  std::size_t at = 0;
  for (; at + 1 < kUnits.size() && number / unit >= base; ++at) unit *= base;
  std::string text;
  if (const auto hundredths = scaled(number, unit, 100); hundredths < 1000)
    text = fmt::format("{}.{:02}", hundredths / 100, hundredths % 100);
  else if (const auto tenths = scaled(number, unit, 10); tenths < 1000) text = fmt::format("{}.{}", tenths / 10, tenths % 10);
  else text = fmt::format("{:4}", scaled(number, unit, 1));
  text += ' ';
  if (at != 0) text += kUnits[at];
  return text;
}

void printIperfHead(const IperfOptions& options, std::uint32_t buffer, Context& context) {
  const std::string_view kind = options.datagrams ? "UDP" : "TCP";
  context.print(Line{std::string(kRuler)});
  if (options.server) context.print(Line{fmt::format("Server listening on {} port {}", kind, options.port)});
  else context.print(Line{fmt::format("Client connecting to {}, {} port {}", options.target.text(), kind, options.port)});
  if (options.datagrams && !options.server) {
    constexpr std::uint64_t kBits = 1470 * 8;
    const std::uint64_t hundredths = scaled(kBits * 1'000'000, std::max<std::uint64_t>(options.rate, 1), 100);
    context.print(
        Line{fmt::format("Sending 1470 byte datagrams, IPG target: {}.{:02} us (kalman adjust)", hundredths / 100, hundredths % 100)});
  }
  context.print(
      Line{fmt::format("{}: {}Byte (default)", options.datagrams ? "UDP buffer size" : "TCP window size", iperfNumber(buffer, 1024))});
  context.print(Line{std::string(kRuler)});
}

void printIperfConnected(const Iperf& iperf, const IperfFlow& flow, socket::Endpoint local, socket::Endpoint peer, Context& context) {
  std::string more;
  if (!iperf.options.datagrams) {
    const socket::StreamInfo info = context.calls.streamInfo(flow.socket);
    more = fmt::format(" (icwnd/mss/irtt={}/{}/{})", info.congestionWindow * info.mss / 1024, info.mss, info.roundTripUs);
  }
  context.print(Line{fmt::format("[{:3}] local {} port {} connected with {} port {}{}", flow.number, local.address.text(), local.port,
                                 peer.address.text(), peer.port, more)});
  const bool counts = iperf.options.datagrams && iperf.options.server;
  context.print(Line{counts ? "[ ID] Interval       Transfer     Bandwidth        Jitter   Lost/Total Datagrams"
                            : "[ ID] Interval       Transfer     Bandwidth"});
}

std::string iperfLine(std::uint32_t number, Duration from, Duration to, std::uint64_t bytes) {
  return fmt::format("[{:3}] {}-{} sec  {}Bytes  {}bits/sec", number, secondsText(from), secondsText(to), iperfNumber(bytes, 1024),
                     iperfNumber(bitsPerSecond(bytes, to - from), 1000));
}

std::string iperfDatagramLine(std::uint32_t number, Duration from, Duration to, std::uint64_t bytes, const IperfCount& before,
                              const IperfCount& now) {
  // A late datagram takes its loss back, which another interval has counted.
  const std::uint64_t lost = now.lost - std::min(now.lost, before.lost), all = now.next - before.next;
  return fmt::format("{}  {} ms {}/{} ({}%)", iperfLine(number, from, to, bytes), jitterText(now), lost, all, percentText(lost, all));
}

namespace {

std::string lineOf(const IperfOptions& o, const IperfFlow& flow, Time from, Time to, std::uint64_t bytes, const IperfCount& before) {
  if (o.datagrams && o.server) return iperfDatagramLine(flow.number, from - flow.begun, to - flow.begun, bytes, before, flow.count);
  return iperfLine(flow.number, from - flow.begun, to - flow.begun, bytes);
}

}  // namespace

void printIperfIntervals(const IperfOptions& options, IperfFlow& flow, Context& context) {
  if (options.interval.ns == 0) return;
  while (flow.reported + options.interval <= context.now) {
    const Time end = flow.reported + options.interval;
    context.print(Line{lineOf(options, flow, flow.reported, end, flow.bytes - flow.bytesThen, flow.countThen)});
    flow.reported = end;
    flow.bytesThen = flow.bytes;
    flow.countThen = flow.count;
  }
}

void printIperfTotal(const IperfOptions& options, const IperfFlow& flow, Context& context) {
  context.print(Line{lineOf(options, flow, flow.begun, context.now, flow.bytes, {})});
  if (!options.server || flow.count.disordered == 0) return;
  context.print(Line{fmt::format("[{:3}] {}-{} sec  {} datagrams received out-of-order", flow.number, secondsText({}),
                                 secondsText(context.now - flow.begun), flow.count.disordered)});
}

Time nextIperfReport(const Iperf& iperf, Time until) {
  if (iperf.options.interval.ns == 0) return until;
  for (const IperfFlow& flow : iperf.flows)
    if (flow.answer.empty()) until = std::min(until, flow.reported + iperf.options.interval);
  return until;
}

}  // namespace hw::process
