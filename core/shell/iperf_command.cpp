// iperf(1), version 2.1.
#include <fmt/format.h>

#include "core/base/ascii.h"
#include "core/shell/families.h"
#include "core/shell/hosts.h"
#include "core/shell/options.h"

namespace hw::shell {
namespace {

constexpr std::string_view kIperfUsage = "Usage: iperf [-s|-c host] [options]\nTry `iperf --help' for more information.\n";

/// A whole number with k, m or g for thousands, K, M or G for powers of 1024; nothing if it is none, 0 or more than `most`.
std::optional<std::uint64_t> iperfAmount(std::string_view text, std::uint64_t most) {
  constexpr std::string_view kUnits = "kmg";
  std::uint64_t factor = 1;
  if (!text.empty() && !isDigit(text.back())) {
    const std::size_t at = kUnits.find(toLower(text.back()));
    if (at == kUnits.npos) return std::nullopt;
    const std::uint64_t base = text.back() == kUnits[at] ? 1000 : 1024;
    for (std::size_t i = 0; i <= at; ++i) factor *= base;
    text.remove_suffix(1);
  }
  const auto number = parseNumber(text);
  if (!number || *number == 0 || *number > most / factor) return std::nullopt;
  return *number * factor;
}

CommandResult iperfRefused(char letter, const std::string& value) {
  return CommandResult::failure(1, fmt::format("ERROR: -{} value of '{}' not recognized\n", letter, value));
}

}  // namespace

CommandResult iperf(const Call& call) {
  constexpr std::uint64_t kMostBytes = 1ull << 50, kMostRate = 1'000'000'000'000;
  constexpr Duration kLeastInterval = milliseconds(5);
  const auto options = Options::parse(call.words, "sc:p:t:n:i:ub:");
  if (!options) return CommandResult::failure(1, "iperf: " + options.error() + "\n" + std::string(kIperfUsage));
  if (options->has('s') == options->has('c') || !options->rest().empty()) return CommandResult::failure(1, std::string(kIperfUsage));
  process::Iperf program;
  process::IperfOptions& o = program.options;
  o.server = options->has('s');
  o.datagrams = options->has('u');
  const auto wrong = [&](char letter) { return iperfRefused(letter, options->value(letter)); };
  if (options->has('p')) {
    const auto port = parseNumber(options->value('p'));
    if (!port || *port == 0 || *port > 65535) return wrong('p');
    o.port = static_cast<std::uint16_t>(*port);
  }
  for (const char letter : {'t', 'i'}) {
    const auto span = options->has(letter) ? parseSeconds(options->value(letter)) : std::optional(letter == 't' ? o.time : o.interval);
    if (!span || (options->has(letter) && *span < kLeastInterval)) return wrong(letter);
    (letter == 't' ? o.time : o.interval) = *span;
  }
  for (const char letter : {'n', 'b'}) {
    if (!options->has(letter)) continue;
    const auto amount = iperfAmount(options->value(letter), letter == 'n' ? kMostBytes : kMostRate);
    if (!amount) return wrong(letter);
    (letter == 'n' ? o.bytes : o.rate) = *amount;
  }
  if (options->has('b') && !o.datagrams) return CommandResult::failure(1, "iperf: a stream has no rate here; -b wants -u\n");
  if (o.server) return CommandResult::start(std::move(program));
  const auto host = addressOfHost(call.world, options->value('c'));
  if (!host) return CommandResult::failure(1, options->value('c') + ": Unknown host\n");
  o.target = *host;
  return CommandResult::start(std::move(program));
}

}  // namespace hw::shell
