// Read first: ping(8) of iputils 20221126.
#include <fmt/format.h>

#include "core/shell/families.h"
#include "core/shell/hosts.h"
#include "core/shell/options.h"

namespace hw::shell {
namespace {

constexpr std::string_view kPingUsage = R"(
Usage
  ping [options] <destination>

Options:
  <destination>      host name or ip address
  -4                 use IPv4
  -6                 use IPv6
  -b                 allow pinging broadcast
  -c <count>         stop after <count> replies
  -I <interface>     either interface name or address
  -i <interval>      seconds between sending each packet
  -M <pmtud opt>     define mtu discovery, can be one of <do|dont|want>
  -n                 no dns name resolution
  -q                 quiet output
  -Q <tclass>        use quality of service <tclass> bits
  -R                 record route
  -s <size>          use <size> as number of data bytes to be sent
  -t <ttl>           define time to live
  -T <timestamp>     define timestamp, can be one of <tsonly|tsandaddr>
  -w <deadline>      reply wait <deadline> in seconds
  -W <timeout>       time to wait for response

For more details see ping(8).
)";
constexpr std::uint64_t kMostCount = INT64_MAX;
constexpr std::uint64_t kMostSize = 127'992;  // as newer versions of ping limit it

/// The first complaint wins; later ones are not looked at.
struct Complaint {
  int exitCode = 0;
  std::string text;
  void say(int code, std::string what) {
    if (exitCode != 0) return;
    exitCode = code;
    text = "ping: " + std::move(what) + "\n";
  }
};

std::uint64_t number(const Options& options, char letter, std::uint64_t least, std::uint64_t most,
                     std::uint64_t otherwise, Complaint& complaint) {
  if (!options.has(letter)) return otherwise;
  const std::string& word = options.value(letter);
  const auto value = parseNumber(word);
  if (!value) complaint.say(1, fmt::format("invalid argument: '{}'", word));
  else if (*value < least || *value > most)
    complaint.say(1, fmt::format("invalid argument: '{}': out of range: {} <= value <= {}", word, least, most));
  return value.value_or(otherwise);
}

Duration span(const Options& options, char letter, Duration otherwise, Complaint& complaint) {
  if (!options.has(letter)) return otherwise;
  const auto value = parseSeconds(options.value(letter));
  if (!value) complaint.say(2, "option argument contains garbage: " + options.value(letter));
  return value.value_or(otherwise);
}

void readPathMtu(const Options& options, process::PingOptions& ping, Complaint& complaint) {
  if (!options.has('M')) return;
  const std::string& word = options.value('M');
  if (word == "do") ping.pathMtu = socket::PathMtu::Do;
  else if (word == "dont") ping.pathMtu = socket::PathMtu::Dont;
  else if (word == "want") ping.pathMtu = socket::PathMtu::Want;
  else complaint.say(2, "invalid -M argument: " + word);
}

void readIpOption(const Options& options, process::PingOptions& ping, Complaint& complaint) {
  if (options.has('R')) ping.option = process::PingOption::RecordRoute;
  if (!options.has('T')) return;
  if (options.has('R')) complaint.say(2, "only one of -T or -R may be used");
  const std::string& word = options.value('T');
  if (word == "tsonly") ping.option = process::PingOption::Times;
  else if (word == "tsandaddr") ping.option = process::PingOption::TimesAndAddresses;
  else complaint.say(2, "invalid timestamp type: " + word);
}

void readOptions(const Options& options, process::PingOptions& ping, Complaint& complaint) {
  ping.count = number(options, 'c', 1, kMostCount, 0, complaint);
  ping.size = static_cast<std::uint32_t>(number(options, 's', 0, kMostSize, 56, complaint));
  const auto ttl = static_cast<std::uint8_t>(number(options, 't', 0, 255, 0, complaint));
  if (ttl != 0) ping.ttl = ttl;
  const auto hex = options.has('Q') ? parseKernelNumber(options.value('Q')) : std::nullopt;  // 0x10 too
  ping.tos = hex && *hex <= 255 ? static_cast<std::uint8_t>(*hex) : static_cast<std::uint8_t>(number(options, 'Q', 0, 255, 0, complaint));
  ping.deadline = seconds(static_cast<std::int64_t>(number(options, 'w', 0, INT32_MAX, 0, complaint)));
  ping.linger = span(options, 'W', ping.linger, complaint);
  ping.interval = span(options, 'i', ping.interval, complaint);
  if (ping.interval < milliseconds(2))
    complaint.say(2, "cannot flood; minimal interval allowed for user is 2 ms, use -i 0.002 (or higher)");
  ping.broadcast = options.has('b');
  if (ping.broadcast && options.has('M') && options.value('M') != "do")
    complaint.say(2, "broadcast ping does not fragment");
  if (ping.broadcast) ping.pathMtu = socket::PathMtu::Do;
  readPathMtu(options, ping, complaint);
  ping.quiet = options.has('q');
  readIpOption(options, ping, complaint);
}

bool isSix(const Options& options, std::string_view target) {
  return options.has('6') || Ipv6Address::parse(target.substr(0, target.find('%')));
}

/// The rest of a call with an IPv6 target: "fe80::1%eth0" names the interface of an address of the link.
CommandResult pingSix(const Call& call, const Options& options, process::Ping program) {
  process::PingOptions& ping = program.options;
  const std::string target = ping.target;
  const std::size_t percent = target.find('%');
  const auto fails = [](const std::string& what) { return CommandResult::failure(2, "ping: " + what + "\n"); };
  ping.six = addressOfHostSix(call.world, std::string_view(target).substr(0, percent));
  if (!ping.six) return fails(target + (Ipv4Address::parse(target) ? ": Address family for hostname not supported" : ": Name or service not known"));
  if (percent != target.npos) ping.zone = target.substr(percent + 1);
  if (!ping.zone.empty() && !call.config().interfaceNamed(ping.zone)) return fails(target + ": Name or service not known");
  if (!options.has('t')) ping.ttl = 0;  // as the device has it
  if (ping.option != process::PingOption::None) return fails("-R and -T are of IPv4");
  if (options.has('I')) {
    const std::string& from = options.value('I');
    ping.fromSix = Ipv6Address::parse(from);
    if (!ping.fromSix) ping.device = from;
    if (!ping.fromSix && !call.config().interfaceNamed(from)) return fails("SO_BINDTODEVICE " + from + ": No such device");
  }
  if (ping.six->isAny()) ping.six = Ipv6Address{0, 1};
  return CommandResult::start(std::move(program));
}

}  // namespace

CommandResult ping(const Call& call) {
  const auto options = Options::parse(call.words, "46bnqRc:i:I:M:Q:s:t:T:w:W:");
  if (!options) return CommandResult::failure(2, fmt::format("ping: {}\n{}", options.error(), kPingUsage));
  process::Ping program;
  program.options.ttl = call.config().knobs.defaultTtl;
  Complaint complaint;
  readOptions(*options, program.options, complaint);
  if (options->rest().empty()) complaint.say(1, "usage error: Destination address required");
  if (options->rest().size() > 1) complaint.say(2, "one destination only: routes by source are not built");
  if (complaint.exitCode != 0) return CommandResult::failure(complaint.exitCode, complaint.text);

  program.options.target = options->rest().front();
  if (isSix(*options, program.options.target)) return pingSix(call, *options, std::move(program));
  const auto address = addressOfHost(call.world, program.options.target);
  if (!address) complaint.say(2, program.options.target + ": Name or service not known");
  if (options->has('I')) {
    const std::string& from = options->value('I');
    program.options.from = Ipv4Address::parse(from);
    if (!program.options.from) program.options.device = from;
    if (!program.options.from && !call.config().interfaceNamed(from))
      complaint.say(2, "SO_BINDTODEVICE " + from + ": No such device");
  }
  if (complaint.exitCode != 0) return CommandResult::failure(complaint.exitCode, complaint.text);
  program.options.address = address->isAny() ? Ipv4Address::of(127, 0, 0, 1) : *address;
  return CommandResult::start(std::move(program));
}

}  // namespace hw::shell
