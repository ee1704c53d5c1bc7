// Read first: traceroute(8), version 2.1.
#include <fmt/format.h>

#include "core/shell/families.h"
#include "core/shell/hosts.h"
#include "core/shell/options.h"

namespace hw::shell {
namespace {

constexpr std::string_view kTracerouteUsage = R"(Usage:
  traceroute [ -46FIn ] [ -f first_ttl ] [ -m max_ttl ] [ -N squeries ] [ -p port ] [ -w MAX ] [ -q nqueries ] host [ packetlen ]
Options:
  -4                          Use IPv4
  -f first_ttl                Start from the first_ttl hop (instead from 1)
  -I                          Use ICMP ECHO for tracerouting
  -m max_ttl                  Set the max number of hops. Default is 30
  -n                          Do not resolve IP addresses to their domain names
  -p port                     Set the first destination port. Default is 33434
  -q nqueries                 Set the number of probes per each hop. Default is 3
  -w MAX                      Wait for a probe at most so many seconds. Default is 5
)";

struct Bad {
  std::string text;
};

/// The number of an option within its bounds, or its complaint.
std::uint32_t number(const Options& options, char letter, std::uint32_t most, std::uint32_t otherwise,
                     std::string_view tooMuch, Bad& bad) {
  if (!options.has(letter)) return otherwise;
  const auto value = parseNumber(options.value(letter));
  if (!value && bad.text.empty())
    bad.text = fmt::format("Cannot handle `-{}' option with arg `{}'\n", letter, options.value(letter));
  if (value && *value > most && bad.text.empty()) bad.text = std::string(tooMuch) + "\n";
  return value ? static_cast<std::uint32_t>(std::min<std::uint64_t>(*value, most)) : otherwise;
}

void readOptions(const Options& options, process::TracerouteOptions& trace, Bad& bad) {
  trace.icmp = options.has('I');
  trace.probes = number(options, 'q', 10, 3, "no more than 10 probes per hop", bad);
  trace.hops = number(options, 'm', 255, 30, "max hops cannot be more than 255", bad);
  trace.first = number(options, 'f', 255, 1, "first hop out of range", bad);
  trace.port = static_cast<std::uint16_t>(number(options, 'p', 65535, 33434, "port out of range", bad));
  if ((trace.first == 0 || trace.first > trace.hops) && bad.text.empty()) bad.text = "first hop out of range\n";
  if (trace.probes == 0 && bad.text.empty()) bad.text = "no more than 10 probes per hop\n";
  if (!options.has('w')) return;
  const auto wait = parseSeconds(options.value('w'));
  if (!wait && bad.text.empty())
    bad.text = fmt::format("bad wait specifications `{}' used\n", options.value('w'));
  trace.wait = wait.value_or(trace.wait);
}

}  // namespace

CommandResult traceroute(const Call& call) {
  if (call.words.size() == 1) return CommandResult::text(std::string(kTracerouteUsage));
  const auto options = Options::parse(call.words, "46InFf:m:N:p:q:w:");
  if (!options) return CommandResult::failure(2, "traceroute: " + options.error() + "\n");
  process::Traceroute program;
  Bad bad;
  readOptions(*options, program.options, bad);
  const Words& rest = options->rest();
  if (rest.empty() && bad.text.empty()) bad.text = "Specify \"host\" missing argument.\n";
  if (rest.size() > 2 && bad.text.empty())
    bad.text = fmt::format("Extra arg `{}' (position 3, argc {})\n", rest[2], call.words.size() - 1);
  if (!bad.text.empty()) return CommandResult::failure(2, bad.text);
  program.options.target = rest[0];
  const auto address = addressOfHost(call.world, rest[0]);
  if (!address)
    return CommandResult::failure(
        2, fmt::format("{0}: Name or service not known\nCannot handle \"host\" cmdline arg `{0}' on position 1 (argc {1})\n",
                       rest[0], call.words.size() - 1));
  program.options.address = *address;
  if (rest.size() == 2) {
    const auto size = parseNumber(rest[1]);
    if (!size || *size > 65000)
      return CommandResult::failure(2, fmt::format("Cannot handle \"packetlen\" cmdline arg `{}' on position 2 (argc {})\n",
                                                   rest[1], call.words.size() - 1));
    program.options.size = static_cast<std::uint32_t>(std::max<std::uint64_t>(*size, 28));
  }
  return CommandResult::start(std::move(program));
}

}  // namespace hw::shell
