#include "core/project/route_spec_six.h"

#include <fmt/format.h>

#include <charconv>
#include <vector>

namespace hw::project {
namespace {

constexpr std::string_view kTypeWords[] = {"unicast", "blackhole", "unreachable", "prohibit"};

std::vector<std::string_view> wordsOf(std::string_view text) {
  std::vector<std::string_view> words;
  while (!text.empty()) {
    const std::size_t blank = text.find(' ');
    if (blank != 0) words.push_back(text.substr(0, blank));
    text.remove_prefix(blank == text.npos ? text.size() : blank + 1);
  }
  return words;
}

/// One option with its value; false if it makes no sense.
bool readOption(RouteSpecSix& route, std::string_view name, std::string_view value) {
  if (name == "dev") {
    route.device = value;
    return !value.empty();
  }
  if (name == "via") {
    route.via = Ipv6Address::parse(value);
    return route.via.has_value();
  }
  if (name != "metric") return false;
  const auto [at, error] = std::from_chars(value.data(), value.data() + value.size(), route.metric);
  return error == std::errc() && at == value.data() + value.size();
}

}  // namespace

std::optional<Ipv6Prefix> parseAddressSix(std::string_view text) {
  return text.find('/') == text.npos ? std::nullopt : Ipv6Prefix::parse(text);
}

std::optional<RouteSpecSix> parseRouteSix(std::string_view text) {
  const auto words = wordsOf(text);
  RouteSpecSix route;
  std::size_t at = 0;
  for (std::size_t i = 0; i < std::size(kTypeWords) && at == 0 && !words.empty(); ++i)
    if (words[0] == kTypeWords[i]) route.type = static_cast<RouteType>(i), at = 1;
  const auto prefix = at < words.size() ? Ipv6Prefix::parse(words[at]) : std::nullopt;
  if (!prefix || prefix->network() != prefix->address || (words.size() - at) % 2 == 0) return std::nullopt;
  route.prefix = *prefix;
  for (++at; at < words.size(); at += 2)
    if (!readOption(route, words[at], words[at + 1])) return std::nullopt;
  const bool leads = route.via || !route.device.empty();
  if (leads != (route.type == RouteType::Unicast)) return std::nullopt;
  return route;
}

std::string routeText(const RouteSpecSix& route) {
  std::string text = route.type == RouteType::Unicast ? "" : std::string(kTypeWords[static_cast<std::size_t>(route.type)]) + " ";
  text += route.prefix == Ipv6Prefix{} ? "default" : route.prefix.text();
  if (route.via) text += " via " + route.via->text();
  if (!route.device.empty()) text += " dev " + route.device;
  if (route.metric != RouteSpecSix{}.metric) text += fmt::format(" metric {}", route.metric);
  return text;
}

}  // namespace hw::project
