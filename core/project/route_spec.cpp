#include "core/project/route_spec.h"

#include <array>

#include "core/project/quantity.h"
#include "core/project/suggest.h"

namespace hw::project {
namespace {

constexpr std::array<std::string_view, 5> kTypes{"unicast", "blackhole", "unreachable", "prohibit",
                                                 "throw"};
struct NamedTable {
  std::string_view name;
  std::uint32_t number;
};
constexpr NamedTable kTables[] = {{"main", kMainTable}, {"default", 253}, {"local", 255}};

struct Word {
  std::size_t at = 0;
  std::string_view text;
};

/// The words of a line, one after the other.
class Words {
 public:
  explicit Words(std::string_view line) : m_line(line) { advance(); }
  bool done() const { return m_word.text.empty(); }
  const Word& peek() const { return m_word; }
  Word take() {
    const Word word = m_word;
    advance();
    return word;
  }

 private:
  void advance() {
    constexpr std::string_view kBlanks = " \t";
    const std::size_t start = std::min(m_line.find_first_not_of(kBlanks, m_next), m_line.size());
    m_next = std::min(m_line.find_first_of(kBlanks, start), m_line.size());
    m_word = {start, m_line.substr(start, m_next - start)};
  }
  std::string_view m_line;
  std::size_t m_next = 0;
  Word m_word;
};

using Failure = std::optional<RouteSpecError>;

RouteSpecError wrong(const Word& word, Text wanted, std::string right) {
  return {word.at, std::string(word.text), wanted, std::move(right)};
}

Failure readAddress(const Word& word, std::optional<Ipv4Address>& out) {
  if (out) return wrong(word, {"the only address of its kind", "唯一的此类地址"}, {});
  out = Ipv4Address::parse(word.text);
  if (out) return {};
  return wrong(word, {"an IPv4 address", "IPv4 地址"}, "192.0.2.1");
}

template <class T> Failure readNumber(const Word& word, std::int64_t low, std::int64_t high, T& out) {
  const auto number = parseInteger(word.text, low, high);
  if (!number) {
    return wrong(word, {"a whole number in range", "范围内的整数"},
                 std::to_string(low) + "-" + std::to_string(high));
  }
  out = static_cast<T>(*number);
  return {};
}

Failure readTable(const Word& word, std::uint32_t& out) {
  for (const NamedTable& table : kTables) {
    if (table.name == word.text) {
      out = table.number;
      return {};
    }
  }
  return readNumber(word, 1, UINT32_MAX, out);
}

Failure readDevice(const Word& word, std::string& out) {
  if (word.text.empty()) return wrong(word, {"the name of an interface", "接口的名称"}, "eth0");
  out = word.text;
  return {};
}

/// Reads one option with its value; `option` is already taken.
Failure readOption(const Word& option, Words& words, RouteSpec& route) {
  if (option.text == "onlink") {
    route.onlink = true;
    return {};
  }
  if (option.text == "via") return readAddress(words.take(), route.via);
  if (option.text == "dev") return readDevice(words.take(), route.device);
  if (option.text == "src") return readAddress(words.take(), route.src);
  if (option.text == "metric") return readNumber(words.take(), 0, UINT32_MAX, route.metric);
  if (option.text == "table") return readTable(words.take(), route.table);
  if (option.text == "mtu") {
    int mtu = 0;
    const Failure failure = readNumber(words.take(), 68, 65535, mtu);
    route.mtu = mtu;
    return failure;
  }
  static const std::vector<std::string_view> kOptions{"via",   "dev",   "src",   "metric",
                                                      "table", "onlink", "mtu"};
  const std::string_view near = nearest(option.text, kOptions);
  return wrong(option, {"an option of a route", "路由的选项"},
               near.empty() ? listed(kOptions) : std::string(near));
}

Failure readDestination(Words& words, RouteSpec& route) {
  for (std::size_t i = 0; i < kTypes.size(); ++i) {
    if (words.peek().text == kTypes[i]) {
      route.type = static_cast<RouteType>(i);
      words.take();
      break;
    }
  }
  const Word word = words.take();
  const auto prefix = Ipv4Prefix::parse(word.text);
  if (!prefix) {
    return wrong(word, {"a prefix or “default”", "前缀或 default"}, "198.51.100.0/24");
  }
  route.prefix = *prefix;
  if (prefix->isNetwork()) return {};
  return wrong(word, {"a prefix without host bits", "主机位全为 0 的前缀"},
               Ipv4Prefix{prefix->network(), prefix->length}.text());
}

/// A unicast route needs a way, and the others have none (fib_create_info refuses both).
Failure wayMissingOrTooMuch(const RouteSpec& route, std::string_view text) {
  const bool way = route.via || !route.device.empty();
  if (route.type == RouteType::Unicast && !way) {
    return wrong({text.size(), {}}, {"a way (via or dev)", "出路（via 或 dev）"}, "via 192.0.2.1");
  }
  if (route.type != RouteType::Unicast && way) {
    const std::size_t at = text.find(route.via ? "via" : "dev");
    return wrong({at, route.via ? "via" : "dev"},
                 {"a route of this type without a way", "此类型的路由（没有出路）"},
                 std::string(kTypes[static_cast<std::size_t>(route.type)]) + " " + route.prefix.text());
  }
  return {};
}

}  // namespace

Expected<RouteSpec, RouteSpecError> parseRoute(std::string_view text) {
  RouteSpec route;
  Words words(text);
  if (Failure failure = readDestination(words, route)) return unexpected(*failure);
  std::vector<std::string_view> seen;
  while (!words.done()) {
    const Word option = words.take();
    for (std::string_view one : seen) {
      if (one == option.text) {
        return unexpected(wrong(option, {"each option once", "每个选项只写一次"}, {}));
      }
    }
    seen.push_back(option.text);
    if (Failure failure = readOption(option, words, route)) return unexpected(*failure);
  }
  if (Failure failure = wayMissingOrTooMuch(route, text)) return unexpected(*failure);
  return route;
}

std::string routeText(const RouteSpec& route) {
  std::string text;
  if (route.type != RouteType::Unicast) {
    text.append(kTypes[static_cast<std::size_t>(route.type)]).append(" ");
  }
  text += route.prefix == Ipv4Prefix{} ? "default" : route.prefix.text();
  if (route.via) text += " via " + route.via->text();
  if (!route.device.empty()) text += " dev " + route.device;
  if (route.table != kMainTable) text += " table " + std::to_string(route.table);
  if (route.src) text += " src " + route.src->text();
  if (route.metric != 0) text += " metric " + std::to_string(route.metric);
  if (route.mtu) text += " mtu " + std::to_string(*route.mtu);
  if (route.onlink) text += " onlink";
  return text;
}

}  // namespace hw::project
