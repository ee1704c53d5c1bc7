// tc: the queue in front of an interface. Read first: tc(8), tc-tbf(8), tc-netem(8).
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

/// "1.25" times a factor, rounded down; nothing if it is no number.
std::optional<std::uint64_t> decimal(std::string_view text, std::uint64_t factor) {
  const std::size_t point = std::min(text.find('.'), text.size());
  const auto whole = parseNumber(text.substr(0, point));
  if (!whole || *whole > UINT64_MAX / factor / 16) return std::nullopt;
  std::uint64_t value = *whole * factor;
  for (std::size_t i = point + 1; i < text.size(); ++i) {
    if (text[i] < '0' || text[i] > '9') return std::nullopt;
    factor /= 10;
    value += factor * static_cast<std::uint64_t>(text[i] - '0');
  }
  return value;
}

constexpr std::uint64_t kMaxDelay = 3'600'000'000'000;  // an hour

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

/// "0.5%" in a million: tc takes decimals, and digits without a sign are a percentage too.
std::optional<std::uint32_t> chance(std::string_view text) {
  if (!text.empty() && text.back() == '%') text.remove_suffix(1);
  const auto ppm = decimal(text, 10'000);
  return ppm && *ppm <= 1'000'000 ? std::optional(static_cast<std::uint32_t>(*ppm)) : std::nullopt;
}

/// "1.5ms" in nanoseconds; without a unit they are microseconds.
std::optional<std::uint64_t> timeSpan(std::string_view text) {
  const std::size_t digits = std::min(text.find_first_not_of("0123456789."), text.size());
  for (const Unit& one : kTimes)
    if (one.name == text.substr(digits)) return decimal(text.substr(0, digits), one.factor);
  return std::nullopt;
}

bool startsNumber(const Words& words, std::size_t at) {
  return at < words.size() && !words[at].empty() && words[at][0] >= '0' && words[at][0] <= '9';
}

CommandResult incomplete() { return CommandResult::failure(255, "Command line is not complete. Try option \"help\"\n"); }
CommandResult illegal(std::string_view what) { return CommandResult::failure(1, fmt::format("Illegal \"{}\"\n", what)); }

/// A chance behind the word at `at`, which moves on.
std::optional<CommandResult> readChance(const Words& words, std::size_t& at, std::string_view name, std::uint32_t& ppm) {
  if (words[at] == "loss" && at + 1 < words.size() && words[at + 1] == "random") ++at;
  if (++at == words.size()) return incomplete();
  const auto value = chance(words[at]);
  if (!value) return illegal(name);
  ppm = *value;
  if (startsNumber(words, at + 1)) return CommandResult::failure(1, "Correlated chances are not simulated.\n");
  return std::nullopt;
}

std::optional<CommandResult> readDelay(const Words& words, std::size_t& at, Netem& netem) {
  if (++at == words.size()) return incomplete();
  const auto delay = timeSpan(words[at]);
  if (!delay || *delay > kMaxDelay) return illegal("latency");
  netem.delay = {static_cast<std::int64_t>(*delay)};
  if (!startsNumber(words, at + 1)) return std::nullopt;
  const auto jitter = timeSpan(words[++at]);
  if (!jitter || *jitter > kMaxDelay) return illegal("latency");
  netem.jitter = {static_cast<std::int64_t>(*jitter)};
  if (startsNumber(words, at + 1)) return CommandResult::failure(1, "Correlated delays are not simulated.\n");
  return std::nullopt;
}

std::optional<CommandResult> readCount(const Words& words, std::size_t& at, std::uint32_t& count) {
  const std::string& name = words[at];
  if (++at == words.size()) return incomplete();
  const auto value = parseNumber(words[at]);
  if (!value || *value > UINT32_MAX) return illegal(name);
  count = static_cast<std::uint32_t>(*value);
  return std::nullopt;
}

/// The words behind `netem`.
Expected<Netem, CommandResult> readNetem(const Words& words, std::size_t first) {
  Netem netem;
  std::optional<CommandResult> wrong;
  for (std::size_t i = first; i < words.size() && !wrong; ++i) {
    const std::string& word = words[i];
    if (word == "delay" || word == "latency") wrong = readDelay(words, i, netem);
    else if (word == "loss" || word == "drop") wrong = readChance(words, i, "loss percent", netem.lossPpm);
    else if (word == "duplicate") wrong = readChance(words, i, "duplicate percent", netem.duplicatePpm);
    else if (word == "corrupt") wrong = readChance(words, i, "corrupt percent", netem.corruptPpm);
    else if (word == "reorder") wrong = readChance(words, i, "reorder percent", netem.reorderPpm);
    else if (word == "gap") wrong = readCount(words, i, netem.gap);
    else if (word == "limit") wrong = readCount(words, i, netem.limit);
    else wrong = CommandResult::failure(1, fmt::format("What is \"{}\"?\n", word));
  }
  if (wrong) return unexpected(std::move(*wrong));
  if (netem.reorderPpm > 0 && netem.gap == 0) netem.gap = 1;
  if (netem.gap > 0 && netem.reorderPpm == 0) netem.reorderPpm = 1'000'000;
  if (netem.reorderPpm > 0 && netem.delay.ns == 0)
    return unexpected(CommandResult::failure(1, "reordering not possible without specifying some delay\n"));
  return netem;
}

/// As tc writes a share: "0.5%".
std::string percentText(std::uint32_t ppm) { return fmt::format("{:g}%", ppm / 10'000.0); }
/// "10ms", "1.5s": three digits as tc does.
std::string timeText(Duration time) {
  const auto us = static_cast<double>(time.ns) / 1000;
  if (us >= 1e6) return fmt::format("{:.3g}s", us / 1e6);
  return us >= 1000 ? fmt::format("{:.3g}ms", us / 1000) : fmt::format("{:.3g}us", us);
}

std::string netemText(const Netem& netem) {
  std::string text = fmt::format("limit {}", netem.limit);
  if (netem.delay.ns > 0) text += " delay " + timeText(netem.delay);
  if (netem.delay.ns > 0 && netem.jitter.ns > 0) text += "  " + timeText(netem.jitter);
  for (const auto& [name, ppm] : {std::pair{"loss", netem.lossPpm}, {"duplicate", netem.duplicatePpm}, {"reorder", netem.reorderPpm},
                                  {"corrupt", netem.corruptPpm}})
    if (ppm > 0) text += fmt::format(" {} {}", name, percentText(ppm));
  if (netem.gap > 0) text += fmt::format(" gap {}", netem.gap);
  return text;
}

std::string bucketText(const Shaper& shaper) {
  const std::uint64_t latency = (shaper.limit - std::min(shaper.limit, shaper.burst)) * 8'000ull / shaper.rate;
  return fmt::format("rate {} burst {}b lat {}ms", rateText(shaper.rate), shaper.burst, latency);
}

CommandResult showQueues(const Call& call) {
  const Words& words = call.words;
  const auto dev = std::find(words.begin(), words.end(), "dev");
  std::string text;
  for (const InterfaceConfig& one : call.config().interfaces) {
    if (one.kind == InterfaceKind::Removed) continue;
    if (dev != words.end() && dev + 1 != words.end() && *(dev + 1) != one.name) continue;
    if (one.netem) text += fmt::format("qdisc netem 8001: dev {} root refcnt 2 {}\n", one.name, netemText(*one.netem));
    else if (one.shaper) text += fmt::format("qdisc tbf 8001: dev {} root refcnt 2 {} \n", one.name, bucketText(*one.shaper));
    else text += fmt::format("qdisc noqueue 0: dev {} root refcnt 2 \n", one.name);
  }
  return CommandResult::text(std::move(text));
}

/// Puts the queue that the words behind `root` say in front of an interface.
CommandResult setQueue(const Words& words, std::size_t kind, DeviceConfig config, InterfaceId port) {
  InterfaceConfig& interface = config.interfaces[port.value];
  if (words[kind] == "netem") {
    auto netem = readNetem(words, kind + 1);
    if (!netem) return netem.error();
    interface.netem = *netem;
    interface.shaper.reset();
    return configure(std::move(config));
  }
  if (words[kind] != "tbf") return kernelError("Specified qdisc kind is unknown.");
  const auto bucket = readBucket(words, kind + 1);
  if (!bucket) return bucket.error();
  interface.shaper = *bucket;
  interface.netem.reset();
  return configure(std::move(config));
}

}  // namespace

CommandResult trafficControl(const Call& call) {
  const Words& words = call.words;
  if (words.size() < 2 || words[1] != "qdisc")
    return CommandResult::failure(1, "usage: tc qdisc { show | add | change | replace | del } dev IF root { tbf rate R burst B { latency T | limit B } | netem ... }\n");
  if (words.size() < 3 || words[2] == "show" || words[2] == "ls" || words[2] == "list") return showQueues(call);
  const bool removes = words[2] == "del" || words[2] == "delete", changes = words[2] == "change";
  const bool sets = words[2] == "add" || words[2] == "replace" || changes;
  const auto dev = std::find(words.begin(), words.end(), "dev"), root = std::find(words.begin(), words.end(), "root");
  if ((!removes && !sets) || dev == words.end() || dev + 1 == words.end() || root == words.end())
    return CommandResult::failure(1, "tc: a command like `tc qdisc add dev eth0 root netem delay 10ms` is expected\n");
  DeviceConfig config = call.config();
  const auto port = config.interfaceNamed(*(dev + 1));
  if (!port) return CommandResult::failure(1, fmt::format("Cannot find device \"{}\"\n", *(dev + 1)));
  InterfaceConfig& interface = config.interfaces[port->value];
  const bool any = interface.shaper || interface.netem;
  if (removes && !any) return kernelError("Cannot delete qdisc with handle of zero.");
  if (removes) {
    interface.shaper.reset();
    interface.netem.reset();
    return configure(std::move(config));
  }
  if (words[2] == "add" && any) return kernelError("Exclusivity flag on, cannot modify.");
  if (changes && !any) return kernelError("Qdisc not found. To create specify NLM_F_CREATE flag.");
  const auto kind = std::find_if(root + 1, words.end(), [](const std::string& word) { return word == "tbf" || word == "netem"; });
  if (kind == words.end()) return kernelError("Specified qdisc kind is unknown.");
  if (changes && (*kind == "netem") != interface.netem.has_value()) return kernelError("Invalid qdisc name: must match existing.");
  return setQueue(words, static_cast<std::size_t>(kind - words.begin()), std::move(config), *port);
}

}  // namespace hw::shell
