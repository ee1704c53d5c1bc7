#include "core/project/quantity.h"

#include <charconv>
#include <span>

#include "core/base/ascii.h"

namespace hw::project {
namespace {

struct Unit {
  std::string_view name;
  std::int64_t size;
};

constexpr Unit kDurations[] = {{"s", 1'000'000'000}, {"ms", 1'000'000}, {"us", 1'000}, {"ns", 1}};
constexpr Unit kRates[] = {{"Tbit", 1'000'000'000'000}, {"Gbit", 1'000'000'000}, {"Mbit", 1'000'000},
                           {"kbit", 1'000},             {"bit", 1}};
constexpr Unit kLosses[] = {{"%", 10'000}};
constexpr Unit kBytes[] = {{"kB", 1'000}, {"bytes", 1}};
constexpr Unit kPackets[] = {{"packets", 1}};

/// digits ["." digits] unit = value * unit.size, if that is whole and fits.
std::optional<std::int64_t> parse(std::string_view text, std::span<const Unit> units) {
  std::int64_t value = 0;
  std::int64_t divisor = 1;
  std::size_t at = 0;
  bool fraction = false;
  for (; at < text.size() && (isDigit(text[at]) || (text[at] == '.' && at > 0 && !fraction)); ++at) {
    if (text[at] == '.') {
      fraction = true;
      continue;
    }
    if (__builtin_mul_overflow(value, 10, &value)) return std::nullopt;
    if (__builtin_add_overflow(value, text[at] - '0', &value)) return std::nullopt;
    if (fraction && __builtin_mul_overflow(divisor, 10, &divisor)) return std::nullopt;
  }
  if (at == 0 || text[at - 1] == '.') return std::nullopt;
  for (const Unit& unit : units) {
    if (text.substr(at) != unit.name) continue;
    if (__builtin_mul_overflow(value, unit.size, &value) || value % divisor != 0) return std::nullopt;
    return value / divisor;
  }
  return std::nullopt;
}

std::string format(std::int64_t value, std::span<const Unit> units) {
  for (const Unit& unit : units) {
    if (value % unit.size == 0) return std::to_string(value / unit.size).append(unit.name);
  }
  return {};
}

}  // namespace

std::optional<Duration> parseDuration(std::string_view text) {
  if (text == "0") return Duration{};
  const auto ns = parse(text, kDurations);
  return ns ? std::optional(Duration{*ns}) : std::nullopt;
}

std::optional<std::int64_t> parseRate(std::string_view text) {
  const auto rate = parse(text, kRates);
  return rate && *rate > 0 ? rate : std::nullopt;
}

std::optional<std::uint32_t> parseLoss(std::string_view text) {
  const auto loss = parse(text, kLosses);
  if (!loss || *loss > 1'000'000) return std::nullopt;
  return static_cast<std::uint32_t>(*loss);
}

std::optional<QueueLimit> parseQueue(std::string_view text) {
  const auto packets = parse(text, kPackets);
  if (packets && *packets > 0) return QueueLimit{*packets, QueueLimit::Unit::Packets};
  const auto bytes = parse(text, kBytes);
  if (bytes && *bytes > 0) return QueueLimit{*bytes, QueueLimit::Unit::Bytes};
  return std::nullopt;
}

std::string durationText(Duration duration) { return format(duration.ns, kDurations); }

std::string rateText(std::int64_t bitsPerSecond) { return format(bitsPerSecond, kRates); }

std::string lossText(std::uint32_t partsPerMillion) {
  std::string text = std::to_string(partsPerMillion / 10'000);
  std::string fraction = std::to_string(10'000 + partsPerMillion % 10'000).substr(1);
  while (!fraction.empty() && fraction.back() == '0') fraction.pop_back();
  if (!fraction.empty()) text += "." + fraction;
  return text + "%";
}

std::string queueText(const QueueLimit& queue) {
  if (queue.unit == QueueLimit::Unit::Bytes) return format(queue.count, kBytes);
  return format(queue.count, kPackets);
}

std::optional<std::int64_t> parseInteger(std::string_view text, std::int64_t low, std::int64_t high) {
  std::int64_t value = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
  if (error != std::errc{} || end != text.data() + text.size()) return std::nullopt;
  if (value < low || value > high) return std::nullopt;
  return value;
}

std::optional<int> parseMetres(std::string_view text) {
  if (text.empty() || text.back() != 'm') return std::nullopt;
  const auto metres = parseInteger(text.substr(0, text.size() - 1), 1, 100'000);
  return metres ? std::optional(static_cast<int>(*metres)) : std::nullopt;
}

std::string metresText(int metres) { return std::to_string(metres) + "m"; }

}  // namespace hw::project
