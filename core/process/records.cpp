#include "core/process/records.h"

#include <fmt/format.h>

#include <cmath>

#include "core/proto/icmp/icmp_wire.h"
#include "core/proto/icmp6/icmp6_wire.h"
#include "core/wire/byte_order.h"

namespace hw::process {
namespace {

std::int64_t microsecondsOf(Duration d) { return d.ns / 1000; }

/// ping prints fewer digits the longer it took.
std::string roundTripText(Duration d) {
  const std::int64_t us = microsecondsOf(d);
  if (us >= 100'000) return fmt::format("{}", (us + 500) / 1000);
  if (us >= 10'000) return fmt::format("{}.{}", (us + 50) / 1000, (us + 50) % 1000 / 100);
  if (us >= 1'000) return fmt::format("{}.{:02}", (us + 5) / 1000, (us + 5) % 1000 / 10);
  return fmt::format("{}.{:03}", us / 1000, us % 1000);
}

std::string unreachableText(std::uint8_t code, std::uint32_t info) {
  switch (code) {
    case icmp::kNetUnreachable: return "Destination Net Unreachable";
    case icmp::kHostUnreachable: return "Destination Host Unreachable";
    case icmp::kProtocolUnreachable: return "Destination Protocol Unreachable";
    case icmp::kPortUnreachable: return "Destination Port Unreachable";
    case icmp::kFragmentationNeeded: return fmt::format("Frag needed and DF set (mtu = {})", info);
    case 5: return "Source Route Failed";
    case 6: return "Destination Net Unknown";
    case 7: return "Destination Host Unknown";
    case 8: return "Source Host Isolated";
    case icmp::kNetProhibited: return "Destination Net Prohibited";
    case icmp::kHostProhibited: return "Destination Host Prohibited";
    case 11: return "Destination Net Unreachable for Type of Service";
    case 12: return "Destination Host Unreachable for Type of Service";
    case icmp::kAdministrativelyProhibited: return "Packet filtered";
    case 14: return "Precedence Violation";
    case 15: return "Precedence Cutoff";
    default: return fmt::format("Dest Unreachable, Bad Code: {}", code);
  }
}

std::string redirectText(std::uint8_t code, Ipv4Address gateway) {
  constexpr std::string_view kinds[] = {"Network", "Host", "Type of Service and Network", "Type of Service and Host"};
  if (code >= std::size(kinds)) return fmt::format("Redirect, Bad Code: {}", code);
  return fmt::format("Redirect {}(New nexthop: {})", kinds[code], gateway.text());
}

std::string errorText(std::uint8_t type, std::uint8_t code, std::uint32_t info) {
  switch (type) {
    case icmp::kUnreachable: return unreachableText(code, info);
    case icmp::kRedirect: return redirectText(code, Ipv4Address{info});
    case icmp::kTimeExceeded:
      return code == 0 ? "Time to live exceeded" : "Frag reassembly time exceeded";
    case icmp::kParameterProblem: return fmt::format("Parameter problem: pointer = {}", info >> 24);
    default: return fmt::format("Bad ICMP type: {}", type);
  }
}

/// ping6_print_icmph of iputils.
std::string errorTextSix(std::uint8_t type, std::uint8_t code, std::uint32_t info) {
  constexpr std::string_view unreachable[] = {"No route", "Administratively prohibited", "Beyond scope of source address",
                                              "Address unreachable", "Port unreachable"};
  constexpr std::string_view problems[] = {"Wrong header field ", "Unknown header ", "Unknown option "};
  switch (type) {
    case icmp6::kUnreachable:
      return "Destination unreachable: " + (code < std::size(unreachable) ? std::string(unreachable[code]) : fmt::format("Unknown code {}", code));
    case icmp6::kPacketTooBig: return fmt::format("Packet too big: mtu={}", info);
    case icmp6::kTimeExceeded:
      return "Time exceeded: " + (code == 0 ? std::string("Hop limit") : code == 1 ? std::string("Defragmentation failure") : fmt::format("code {}", code));
    case icmp6::kParameterProblem:
      return "Parameter problem: " + (code < std::size(problems) ? std::string(problems[code]) : fmt::format("code {} ", code)) + fmt::format("at {}", info);
    default: return fmt::format("unknown icmp type: {}", type);
  }
}

std::string textOf(const Line& line) { return line.text + "\n"; }
std::string textOf(const Piece& piece) { return piece.text; }

std::string textOf(const PingStarted& r) {
  std::string from;
  if (!r.six.empty()) {
    if (!r.fromSix.empty()) from = fmt::format("from {} {}: ", r.fromSix, r.device);
    return fmt::format("PING {}({}) {}{} data bytes\n", r.target, r.six, from, r.size);
  }
  if (r.from || !r.device.empty())
    from = fmt::format("from {} {}: ", r.from ? r.from->text() : "", r.device);
  return fmt::format("PING {} ({}) {}{}({}) bytes of data.\n", r.target, r.address.text(), from,
                     r.size, r.size + 28 + r.options);
}

/// The addresses between the pointer of a record route and its start, a line each.
std::string routeText(ByteView option) {
  std::string text = "\nRR: ";
  for (std::size_t at = 3; at + 4 <= std::min<std::size_t>(option.size(), option[2] - 1u); at += 4)
    text += "\t" + Ipv4Address{load32(option.data() + at)}.text() + "\n";
  return text;
}

/// The times of a timestamp: the first as it is, the others as differences to the one before.
std::string timesText(ByteView option) {
  const bool addressed = (option[3] & 0x0F) != 0;
  std::string text = "\nTS: ";
  std::optional<std::int64_t> last;
  const std::size_t end = std::min<std::size_t>(option.size(), option[2] - 1u);
  for (std::size_t at = 4; at + (addressed ? 8 : 4) <= end; at += addressed ? 8 : 4) {
    if (addressed) text += "\t" + Ipv4Address{load32(option.data() + at)}.text();
    const std::int64_t time = load32(option.data() + at + (addressed ? 4 : 0));
    text += last ? fmt::format("\t{}\n", time - *last) : fmt::format("\t{} absolute\n", time);
    last = time;
  }
  if (option[3] >> 4 != 0) text += fmt::format("Unrecorded hops: {}\n", option[3] >> 4);
  return text;
}

/// What a reply's options have collected (iputils pr_options); nothing if they collect nothing.
std::string optionsText(const PingReply& r) {
  constexpr std::uint8_t kRecordRoute = 7, kTimestamp = 68;
  const ByteView all = r.options.view();
  for (std::size_t at = 0; at + 4 <= all.size() && all[at] != 0;) {
    const std::size_t length = all[at] == 1 ? 1 : all[at + 1];
    if (length == 0 || at + length > all.size()) return "";
    const ByteView option = all.subspan(at, length);
    if (all[at] == kRecordRoute && option[2] > 4) return r.sameRoute ? "\t(same route)" : routeText(option);
    if (all[at] == kTimestamp && option[2] > 5) return timesText(option);
    at += length;
  }
  return "";
}

std::string textOf(const PingReply& r) {
  std::string line = fmt::format("{} bytes from {}: icmp_seq={} ttl={}", r.bytes, r.six.empty() ? r.from.text() : r.six,
                                 r.sequence, r.ttl);
  if (r.timed) line += fmt::format(" time={} ms", roundTripText(r.roundTrip));
  if (r.duplicate) line += " (DUP!)";
  return line + optionsText(r) + "\n";
}

std::string textOf(const PingError& r) {
  if (!r.six.empty()) return fmt::format("From {} icmp_seq={} {}\n", r.six, r.sequence, errorTextSix(r.type, r.code, r.info));
  return fmt::format("From {} icmp_seq={} {}\n", r.from.text(), r.sequence,
                     errorText(r.type, r.code, r.info));
}

std::string milliText(std::int64_t us) { return fmt::format("{}.{:03}", us / 1000, us % 1000); }

/// The last line of a summary: round trip times and the depth of the pipe.
std::string lastLine(const PingSummary& r) {
  std::string line;
  if (r.received > 0 && r.timed > 0) {
    const auto count = static_cast<std::int64_t>(r.timed);
    const std::int64_t average = microsecondsOf(r.sum) / count;
    const std::int64_t meanSquare = static_cast<std::int64_t>(r.sumOfSquares) / count;
    const auto deviation = static_cast<std::int64_t>(
        std::sqrt(static_cast<double>(std::max<std::int64_t>(0, meanSquare - average * average))));
    line = fmt::format("rtt min/avg/max/mdev = {}/{}/{}/{} ms", milliText(microsecondsOf(r.least)),
                       milliText(average), milliText(microsecondsOf(r.most)), milliText(deviation));
  }
  if (r.pipe > 1) line += fmt::format("{}pipe {}", line.empty() ? "" : ", ", r.pipe);
  return line + "\n";
}

std::string textOf(const PingSummary& r) {
  std::string line = fmt::format("\n--- {} ping statistics ---\n{} packets transmitted, {} received",
                                 r.target, r.transmitted, r.received);
  if (r.duplicates > 0) line += fmt::format(", +{} duplicates", r.duplicates);
  if (r.errors > 0) line += fmt::format(", +{} errors", r.errors);
  if (r.transmitted > 0) {
    const double lost = static_cast<double>(r.transmitted - r.received) * 100.0 /
                        static_cast<double>(r.transmitted);
    line += fmt::format(", {:g}% packet loss, time {}ms", static_cast<float>(lost),
                        r.elapsed.ns / 1'000'000);
  }
  return line + "\n" + lastLine(r);
}

std::string textOf(const TracerouteStarted& r) {
  return fmt::format("traceroute to {} ({}), {} hops max, {} byte packets\n", r.target,
                     r.address.text(), r.hops, r.size);
}

std::string textOf(const TracerouteProbe& r) {
  std::string piece = r.probe == 0 ? fmt::format("{:2} ", r.hop) : "";
  if (!r.answered) {
    piece += " *";
  } else {
    if (!r.sameAsBefore) piece += fmt::format(" {}", r.from.text());
    piece += fmt::format("  {}.{:03} ms", r.roundTrip.ns / 1'000'000, r.roundTrip.ns / 1000 % 1000);
    if (!r.mark.empty()) piece += " " + r.mark;
  }
  return r.probe + 1 == r.probes ? piece + "\n" : piece;
}

std::string textOf(const ArpingStarted& r) {
  return fmt::format("ARPING {} from {} {}\n", r.target.text(), r.source.text(), r.device);
}

std::string upper(std::string text) {
  for (char& c : text) c = c >= 'a' && c <= 'f' ? static_cast<char>(c - 'a' + 'A') : c;
  return text;
}

std::string textOf(const ArpingReply& r) {
  return fmt::format("{} {} from {} [{}]  {}.{:03}ms\n", r.unicast ? "Unicast" : "Broadcast",
                     r.request ? "request" : "reply", r.from.text(), upper(r.mac.text()),
                     r.roundTrip.ns / 1'000'000, r.roundTrip.ns / 1000 % 1000);
}

std::string textOf(const ArpingSummary& r) {
  return fmt::format("Sent {} probes ({} broadcast(s))\nReceived {} response(s)\n", r.sent,
                     r.broadcasts, r.received);
}

}  // namespace

std::string text(const Record& record) {
  return std::visit([](const auto& one) { return textOf(one); }, record);
}

}  // namespace hw::process
