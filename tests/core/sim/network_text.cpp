#include "tests/core/sim/network_text.h"

#include <charconv>
#include <sstream>

namespace hw::test {
namespace {

using Words = std::vector<std::string>;

std::uint64_t number(std::string_view text, std::string_view& rest) {
  std::uint64_t value = 0;
  const auto end = std::from_chars(text.data(), text.data() + text.size(), value).ptr;
  HW_CHECK(end != text.data());
  rest = text.substr(static_cast<std::size_t>(end - text.data()));
  return value;
}

std::uint64_t number(std::string_view text) {
  std::string_view rest;
  const std::uint64_t value = number(text, rest);
  if (rest == "M") return value * 1'000'000;
  if (rest == "k") return value * 1'000;
  HW_CHECK(rest.empty());
  return value;
}

/// The words of a cable after its two ends.
LinkConfig linkConfig(const Words& words) {
  LinkConfig config;
  for (std::size_t i = 3; i < words.size(); ++i) {
    const std::string& word = words[i];
    if (word == "veth") config.medium = Medium::Veth;
    else if (word == "ppp") config.medium = Medium::Ppp;
    else if (word == "down") config.up = false;
    else if (word == "half") config.halfDuplex = true;
    else if (word == "rate") config.rate = number(words[++i]);
    else if (word == "delay") config.latency = duration(words[++i]);
    else if (word == "loss") config.lossPpm = static_cast<std::uint32_t>(number(words[++i]));
    else if (word == "queue") config.queueBytes = static_cast<std::uint32_t>(number(words[++i]));
    else HW_CHECK(false && "a word of a cable");
  }
  return config;
}

void addRoute(Builder& b, const Words& words) {
  DeviceConfig& device = b.named(words[1]);
  route::Route route;
  route.prefix = prefix(words[2].c_str());
  for (std::size_t i = 3; i < words.size(); ++i) {
    const std::string& word = words[i];
    if (word == "via") route.via = address(words[++i].c_str());
    else if (word == "dev") route.port = *device.interfaceNamed(words[++i]);
    else if (word == "metric") route.metric = static_cast<std::uint32_t>(number(words[++i]));
    else if (word == "src") route.source = address(words[++i].c_str());
    else if (word == "blackhole") route.type = route::Type::Blackhole;
    else if (word == "unreachable") route.type = route::Type::Unreachable;
    else if (word == "prohibit") route.type = route::Type::Prohibit;
    else HW_CHECK(false && "a word of a route");
  }
  for (std::uint32_t i = 0; route.via && i < device.interfaces.size(); ++i)
    for (const Ipv4Prefix& one : device.interfaces[i].addresses)
      if (one.contains(*route.via)) route.port = InterfaceId{i};
  device.routes.push_back(route);
}

/// "eth0 192.0.2.1/24 eth1 ...": the interface that was named last gets the addresses.
void addInterfaces(Builder& b, const Words& words) {
  std::string end;
  for (std::size_t i = 2; i < words.size(); ++i) {
    if (words[i].find('/') == std::string::npos) {
      end = words[1] + ":" + words[i];
      b.plug(end.c_str());
    } else {
      b.address(end.c_str(), words[i].c_str());
    }
  }
}

void addDevice(Builder& b, const Words& words) {
  const char* name = words[1].c_str();
  if (words[0] == "bridge") {
    const bool timed = words.size() > 3 && words[2] == "ageing";
    b.bridge(name, timed ? duration(words[3]) : seconds(300));
    return;
  }
  if (words[0] == "host") b.host(name);
  else if (words[0] == "router") b.router(name);
  else if (words[0] == "hub") b.hub(name);
  else HW_CHECK(false && "a kind of line");
  addInterfaces(b, words);
}

}  // namespace

Duration duration(std::string_view text) {
  std::string_view unit;
  const auto count = static_cast<std::int64_t>(number(text, unit));
  if (unit == "s") return seconds(count);
  if (unit == "ms") return milliseconds(count);
  if (unit == "us") return microseconds(count);
  HW_CHECK(unit == "ns");
  return nanoseconds(count);
}

Builder network(std::string_view text) {
  Builder b;
  std::istringstream lines{std::string(text)};
  for (std::string line; std::getline(lines, line);) {
    std::istringstream parts(line);
    Words words;
    for (std::string word; parts >> word;) words.push_back(word);
    if (words.empty()) continue;
    if (words[0] == "link") b.link(words[1].c_str(), words[2].c_str(), linkConfig(words));
    else if (words[0] == "route") addRoute(b, words);
    else if (words[0] == "mtu") b.mtu(words[1].c_str(), static_cast<std::uint32_t>(number(words[2])));
    else addDevice(b, words);
  }
  return b;
}

}  // namespace hw::test
