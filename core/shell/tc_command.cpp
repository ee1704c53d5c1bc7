// tc: the queue in front of an interface. Read first: tc(8), tc-tbf(8).
#include <fmt/format.h>

#include <algorithm>

#include "core/shell/families.h"
#include "core/shell/ip_command.h"
#include "core/shell/options.h"

namespace hw::shell {
namespace {

struct Unit {
  std::string_view name;
  std::uint64_t factor;
};
constexpr Unit kRates[] = {{"bit", 1}, {"kbit", 1000}, {"mbit", 1'000'000}, {"gbit", 1'000'000'000}, {"bps", 8}, {"kbps", 8000}, {"", 1}};
constexpr Unit kSizes[] = {{"", 1}, {"b", 1}, {"k", 1024}, {"kb", 1024}, {"m", 1024 * 1024}, {"mb", 1024 * 1024}, {"kbit", 128}};
constexpr Unit kTimes[] = {{"", 1000}, {"us", 1000}, {"ms", 1'000'000}, {"s", 1'000'000'000}};

/// "336kbit" with a table of units; the case of units does not matter.
std::optional<std::uint64_t> quantity(std::string_view text, std::span<const Unit> units) {
  const std::size_t digits = std::min(text.find_first_not_of("0123456789"), text.size());
  const auto number = parseNumber(text.substr(0, digits));
  std::string unit(text.substr(digits));
  for (char& c : unit) c = c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c;
  for (const Unit& one : units)
    if (one.name == unit && number && *number <= UINT64_MAX / one.factor / 16) return *number * one.factor;
  return std::nullopt;
}

std::string rateText(std::uint64_t rate) {
  for (const auto& [unit, factor] : {std::pair{"Gbit", 1'000'000'000ull}, {"Mbit", 1'000'000ull}, {"Kbit", 1000ull}})
    if (rate >= factor && rate % factor == 0) return fmt::format("{}{}", rate / factor, unit);
  return fmt::format("{}bit", rate);
}

CommandResult wrong(std::string_view what, std::string_view word) {
  return CommandResult::failure(1, fmt::format("Illegal \"{}\": {}\n", what, word));
}

/// The words behind `tbf`.
Expected<Shaper, CommandResult> readBucket(const Words& words, std::size_t first) {
  Shaper shaper;
  std::optional<std::uint64_t> latency, limit;
  for (std::size_t i = first; i < words.size(); i += 2) {
    if (i + 1 == words.size()) return unexpected(wrong(words[i], ""));
    const std::string &name = words[i], &value = words[i + 1];
    std::optional<std::uint64_t> number;
    if (name == "rate") number = quantity(value, kRates);
    else if (name == "burst" || name == "buffer" || name == "maxburst") number = quantity(value, kSizes);
    else if (name == "limit") number = limit = quantity(value, kSizes);
    else if (name == "latency") number = latency = quantity(value, kTimes);
    else return unexpected(CommandResult::failure(1, fmt::format("What is \"{}\"?\n", name)));
    if (!number || *number > UINT32_MAX * (name == "rate" || name == "latency" ? 1000ull : 1ull)) return unexpected(wrong(name, value));
    if (name == "rate") shaper.rate = *number;
    else if (name[0] == 'b' || name[0] == 'm') shaper.burst = static_cast<std::uint32_t>(*number);
  }
  if (shaper.rate == 0 || shaper.burst == 0) return unexpected(CommandResult::failure(1, "Both \"rate\" and \"burst\" are required.\n"));
  if (!latency && !limit) return unexpected(CommandResult::failure(1, "Either \"limit\" or \"latency\" is required.\n"));
  const std::uint64_t room = limit ? *limit : shaper.rate / 8 * (*latency / 1000) / 1'000'000 + shaper.burst;
  shaper.limit = static_cast<std::uint32_t>(std::min<std::uint64_t>(room, UINT32_MAX));
  return shaper;
}

CommandResult showQueues(const Call& call) {
  std::string text;
  for (const InterfaceConfig& one : call.config().interfaces) {
    if (one.kind == InterfaceKind::Removed) continue;
    if (!one.shaper) {
      text += fmt::format("qdisc noqueue 0: dev {} root refcnt 2 \n", one.name);
      continue;
    }
    const std::uint64_t latency = (one.shaper->limit - std::min(one.shaper->limit, one.shaper->burst)) * 8'000ull / one.shaper->rate;
    text += fmt::format("qdisc tbf 8001: dev {} root refcnt 2 rate {} burst {}b lat {}ms \n", one.name, rateText(one.shaper->rate),
                        one.shaper->burst, latency);
  }
  return CommandResult::text(std::move(text));
}

}  // namespace

CommandResult trafficControl(const Call& call) {
  const Words& words = call.words;
  if (words.size() < 2 || words[1] != "qdisc") return CommandResult::failure(1, "usage: tc qdisc { show | add | replace | del } dev IF root tbf rate R burst B { latency T | limit B }\n");
  if (words.size() < 3 || words[2] == "show" || words[2] == "ls" || words[2] == "list") return showQueues(call);
  const bool removes = words[2] == "del", sets = words[2] == "add" || words[2] == "replace";
  const auto dev = std::find(words.begin(), words.end(), "dev"), root = std::find(words.begin(), words.end(), "root");
  if ((!removes && !sets) || dev == words.end() || dev + 1 == words.end() || root == words.end())
    return CommandResult::failure(1, "tc: a command like `tc qdisc add dev eth0 root tbf ...` is expected\n");
  DeviceConfig config = call.config();
  const auto port = config.interfaceNamed(*(dev + 1));
  if (!port) return CommandResult::failure(1, fmt::format("Cannot find device \"{}\"\n", *(dev + 1)));
  Boxed<Shaper>& shaper = config.interfaces[port->value].shaper;
  if (removes && !shaper) return kernelError("Cannot delete qdisc with handle of zero.");
  if (removes) {
    shaper.reset();
    return configure(std::move(config));
  }
  if (words[2] == "add" && shaper) return kernelError("Exclusivity flag on, cannot modify.");
  if (root + 1 == words.end() || *(root + 1) != "tbf") return kernelError("Specified qdisc kind is unknown.");
  const auto bucket = readBucket(words, static_cast<std::size_t>(root - words.begin()) + 2);
  if (!bucket) return bucket.error();
  shaper = *bucket;
  return configure(std::move(config));
}

}  // namespace hw::shell
