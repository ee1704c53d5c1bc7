// Read first: iperf(1). Streams; datagrams have a file of their own.
#include "core/process/iperf.h"

#include <algorithm>

#include <fmt/format.h>

#include "core/process/iperf_report.h"

namespace hw::process {
namespace {

constexpr std::uint32_t kIperfBuffer = 128 * 1024;   // of one write or read
constexpr std::size_t kMostFlows = 64;

/// From a place of the stream to the end of the buffer that it stands in: 0123456789 over and over.
Bytes digitsFrom(std::uint64_t place) {
  static const Bytes buffer = [] {
    std::vector<std::uint8_t> bytes(kIperfBuffer);
    for (std::size_t i = 0; i < bytes.size(); ++i) bytes[i] = static_cast<std::uint8_t>('0' + i % 10);
    return Bytes(std::move(bytes));
  }();
  return buffer.slice(static_cast<std::uint32_t>(place % kIperfBuffer));
}

void printTotals(const Iperf& iperf, Context& context) {
  for (const IperfFlow& flow : iperf.flows)
    if (flow.answer.empty()) printIperfTotal(iperf.options, flow, context);
}

Next endStream(Iperf& iperf, Context& context) {
  printIperfTotal(iperf.options, iperf.flows[0], context);
  context.calls.close(iperf.flows[0].socket);
  return Next::exit(0);
}

/// Real iperf ends with 0 too when nobody listens.
Next streamRefused(Context& context, socket::Errno error) {
  context.print(Line{fmt::format("tcp connect failed: {}", socket::message(error))});
  return Next::exit(0);
}

std::optional<Next> connectStream(Iperf& iperf, Context& context) {
  auto& calls = context.calls;
  const socket::Endpoint peer{iperf.options.target, iperf.options.port};
  if (iperf.phase == Iperf::Phase::Fresh) {
    IperfFlow& flow = iperf.flows.emplace_back();
    flow.number = iperf.nextNumber++;
    flow.socket = calls.open(socket::Kind::Tcp);
    printIperfHead(iperf.options, calls.streamInfo(flow.socket).sendBuffer, context);
    iperf.phase = Iperf::Phase::Connecting;
    if (const auto error = calls.connect(flow.socket, peer)) return streamRefused(context, *error);
  }
  IperfFlow& flow = iperf.flows[0];
  if (!calls.isConnected(flow.socket)) {
    if (const auto error = calls.takeError(flow.socket)) return streamRefused(context, *error);
    return Next::wait();
  }
  printIperfConnected(iperf, flow, calls.local(flow.socket), peer, context);
  flow.begun = flow.reported = context.now;
  iperf.until = iperf.options.bytes != 0 ? kNever : context.now + iperf.options.time;
  iperf.phase = Iperf::Phase::Running;
  return std::nullopt;
}

/// Writes until the socket is full, or all is written; false if the connection is gone.
bool writeStream(Iperf& iperf, IperfFlow& flow, Context& context) {
  const std::uint64_t all = iperf.options.bytes != 0 ? iperf.options.bytes : UINT64_MAX;
  while (flow.bytes < all) {
    Bytes next = digitsFrom(flow.bytes);
    if (all - flow.bytes < next.size()) next = next.slice(0, static_cast<std::uint32_t>(all - flow.bytes));
    const auto taken = context.calls.write(flow.socket, next);
    if (!taken && taken.error() == socket::Errno::WouldBlock) return true;
    if (!taken) {
      context.print(Line{fmt::format("write failed: {}", socket::message(taken.error()))});
      return false;
    }
    flow.bytes += *taken;
  }
  return true;
}

Next streamClient(Iperf& iperf, Context& context) {
  if (iperf.phase < Iperf::Phase::Running)
    if (const auto next = connectStream(iperf, context)) return *next;
  IperfFlow& flow = iperf.flows[0];
  printIperfIntervals(iperf.options, flow, context);
  if (iperf.phase == Iperf::Phase::Running) {
    if (context.now < iperf.until && !writeStream(iperf, flow, context)) return endStream(iperf, context);
    const bool done = iperf.options.bytes != 0 && flow.bytes == iperf.options.bytes;
    if (!done && context.now < iperf.until) return Next::wait(nextIperfReport(iperf, iperf.until));
    context.calls.shutdown(flow.socket);
    iperf.phase = Iperf::Phase::Ending;
  }
  // The other side closes when it has read all: so the whole line tells what arrived in which time.
  for (;;) {
    const auto rest = context.calls.read(flow.socket, kIperfBuffer);
    if (!rest && rest.error() == socket::Errno::WouldBlock) return Next::wait(nextIperfReport(iperf, kNever));
    if (!rest || rest->empty()) return endStream(iperf, context);
  }
}

/// Counts what has come; false when the stream has ended.
bool readStream(IperfFlow& flow, Context& context) {
  for (;;) {
    const auto data = context.calls.read(flow.socket, kIperfBuffer);
    if (!data) return data.error() == socket::Errno::WouldBlock;
    if (data->empty()) return false;
    flow.bytes += data->size();
  }
}

Next streamServer(Iperf& iperf, Context& context) {
  auto& calls = context.calls;
  if (!iperf.listener.valid()) {
    constexpr std::uint32_t kBacklog = 128;
    iperf.listener = calls.open(socket::Kind::Tcp);
    if (const auto error = calls.bind(iperf.listener, {{}, iperf.options.port})) {
      context.print(Line{fmt::format("tcp bind failed: {}", socket::message(*error))});
      return Next::exit(1);
    }
    calls.listen(iperf.listener, kBacklog);
    printIperfHead(iperf.options, calls.streamInfo(iperf.listener).receiveBuffer, context);
  }
  while (iperf.flows.size() < kMostFlows) {
    const auto accepted = calls.accept(iperf.listener);
    if (!accepted) break;
    IperfFlow& flow = iperf.flows.emplace_back();
    flow.number = iperf.nextNumber++;
    flow.socket = accepted->socket;
    flow.begun = flow.reported = context.now;
    printIperfConnected(iperf, flow, calls.local(flow.socket), accepted->peer, context);
  }
  for (std::size_t i = 0; i < iperf.flows.size();) {
    IperfFlow& flow = iperf.flows[i];
    printIperfIntervals(iperf.options, flow, context);
    if (readStream(flow, context)) {
      ++i;
      continue;
    }
    printIperfTotal(iperf.options, flow, context);
    calls.close(flow.socket);
    iperf.flows.erase(iperf.flows.begin() + static_cast<std::ptrdiff_t>(i));
  }
  return Next::wait(nextIperfReport(iperf, kNever));
}

}  // namespace

Next stepIperfStream(Iperf& iperf, Context& context) {
  return iperf.options.server ? streamServer(iperf, context) : streamClient(iperf, context);
}

Next Iperf::step(Context& context) {
  if (context.signal != Signal::None) {
    if (options.server || phase >= Phase::Running) printTotals(*this, context);
    return Next::exit(0);
  }
  return options.datagrams ? stepIperfDatagrams(*this, context) : stepIperfStream(*this, context);
}

}  // namespace hw::process
