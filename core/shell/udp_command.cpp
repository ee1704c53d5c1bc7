// udp-serve and udp-send: the two ends of UDP, one printed line per socket event.
#include <fmt/format.h>

#include "core/shell/families.h"
#include "core/shell/hosts.h"
#include "core/shell/options.h"

namespace hw::shell {
namespace {

constexpr std::string_view kServeUsage = "usage: udp-serve [--bind BIND] [--count COUNT] [--echo] [--group GROUP] [--if ADDRESS] port\n";
constexpr std::string_view kSendUsage =
    "usage: udp-send [--bind BIND] [--sport SPORT] [--df {dont,want,do}] [--bcast] [--ttl TTL]\n"
    "                [--gap GAP] [--count COUNT] [--connect] [--wait WAIT] [--sndbuf SNDBUF]\n"
    "                [--if ADDRESS]\n"
    "                host port size [size ...]\n";
constexpr std::uint64_t kMostPayload = 1'000'000;
constexpr std::size_t kMostSizes = 256;

/// Words of the form --name or --name VALUE, and the others; the first complaint wins.
class LongOptions {
 public:
  LongOptions(const Call& call, std::span<const std::string_view> flags,
              std::span<const std::string_view> values) {
    for (std::size_t i = 1; i < call.words.size(); ++i) take(call.words, i, flags, values);
  }

  bool has(std::string_view name) const { return m_values.count(std::string(name)) != 0; }
  std::string text(std::string_view name) const { return m_values.at(std::string(name)); }
  const Words& rest() const { return m_rest; }
  const std::string& complaint() const { return m_complaint; }
  void complain(std::string what) {
    if (m_complaint.empty()) m_complaint = std::move(what);
  }

  std::uint64_t number(std::string_view name, std::uint64_t most, std::uint64_t otherwise) {
    return has(name) ? numberIn("--" + std::string(name), text(name), most) : otherwise;
  }
  std::uint64_t numberIn(const std::string& argument, const std::string& word, std::uint64_t most) {
    const auto value = parseNumber(word);
    if (value && *value <= most) return *value;
    complain(fmt::format("argument {}: invalid int value: '{}'", argument, word));
    return 0;
  }
  Duration span(std::string_view name) {
    if (!has(name)) return {};
    const auto value = parseSeconds(text(name));
    if (!value) complain(fmt::format("argument --{}: invalid float value: '{}'", name, text(name)));
    return value.value_or(Duration{});
  }
  std::optional<Ipv4Address> address(std::string_view name) {
    if (!has(name)) return std::nullopt;
    const auto value = Ipv4Address::parse(text(name));
    if (!value) complain(fmt::format("argument --{}: invalid address: '{}'", name, text(name)));
    return value;
  }

 private:
  void take(const Words& words, std::size_t& i, std::span<const std::string_view> flags,
            std::span<const std::string_view> values) {
    const std::string& word = words[i];
    if (word.rfind("--", 0) != 0) {
      m_rest.push_back(word);
      return;
    }
    const std::size_t equals = word.find('=');
    const std::string name = word.substr(2, equals == word.npos ? word.npos : equals - 2);
    const auto known = [&](std::span<const std::string_view> names) {
      return std::find(names.begin(), names.end(), name) != names.end();
    };
    if (known(flags)) m_values[name];
    else if (!known(values)) complain("unrecognized arguments: " + word);
    else if (equals != word.npos) m_values[name] = word.substr(equals + 1);
    else if (i + 1 < words.size()) m_values[name] = words[++i];
    else complain(fmt::format("argument {}: expected one argument", word));
  }

  std::map<std::string, std::string> m_values;
  Words m_rest;
  std::string m_complaint;
};

CommandResult wrong(std::string_view usage, std::string_view name, const std::string& what) {
  return CommandResult::failure(2, fmt::format("{}{}: error: {}\n", usage, name, what));
}

void readPathMtu(LongOptions& options, process::UdpSendOptions& send) {
  if (!options.has("df")) return;
  const std::string word = options.text("df");
  if (word == "dont") send.pathMtu = socket::PathMtu::Dont;
  else if (word == "want") send.pathMtu = socket::PathMtu::Want;
  else if (word == "do") send.pathMtu = socket::PathMtu::Do;
  else options.complain(fmt::format("argument --df: invalid choice: '{}' (choose from 'dont', 'want', 'do')", word));
}

void readSendOptions(LongOptions& options, process::UdpSendOptions& send) {
  send.bind = options.address("bind").value_or(Ipv4Address{});
  send.sourcePort = static_cast<std::uint16_t>(options.number("sport", 65535, 0));
  readPathMtu(options, send);
  send.broadcast = options.has("bcast");
  if (options.has("ttl")) send.ttl = static_cast<std::uint8_t>(options.number("ttl", 255, 64));
  send.gap = options.span("gap");
  send.count = options.number("count", 1'000'000'000, 1);
  send.connect = options.has("connect");
  send.wait = options.span("wait");
  send.interface = options.address("if");
  send.sendBuffer = static_cast<std::uint32_t>(options.number("sndbuf", 1u << 30, 0));
}

}  // namespace

CommandResult udpServe(const Call& call) {
  constexpr std::string_view flags[] = {"echo"};
  constexpr std::string_view values[] = {"bind", "count", "group", "if"};
  LongOptions options(call, flags, values);
  process::UdpServe program;
  if (options.rest().size() != 1) options.complain("the following arguments are required: port");
  else program.options.port = static_cast<std::uint16_t>(options.numberIn("port", options.rest()[0], 65535));
  program.options.bind = options.address("bind").value_or(Ipv4Address{});
  program.options.count = options.number("count", UINT64_MAX, 0);
  program.options.echo = options.has("echo");
  program.options.group = options.address("group");
  program.options.interface = options.address("if");
  if (!options.complaint().empty()) return wrong(kServeUsage, "udp-serve", options.complaint());
  return CommandResult::start(std::move(program));
}

CommandResult udpSend(const Call& call) {
  constexpr std::string_view flags[] = {"bcast", "connect"};
  constexpr std::string_view values[] = {"bind", "sport", "df", "ttl", "gap", "count", "wait", "sndbuf", "if"};
  LongOptions options(call, flags, values);
  process::UdpSend program;
  const Words& rest = options.rest();
  if (rest.size() < 3) options.complain("the following arguments are required: host, port, size");
  if (rest.size() > 2 + kMostSizes) options.complain("too many sizes");
  if (!options.complaint().empty()) return wrong(kSendUsage, "udp-send", options.complaint());
  program.options.port = static_cast<std::uint16_t>(options.numberIn("port", rest[1], 65535));
  for (std::size_t i = 2; i < rest.size(); ++i)
    program.options.sizes.push_back(static_cast<std::uint32_t>(options.numberIn("size", rest[i], kMostPayload)));
  readSendOptions(options, program.options);
  if (!options.complaint().empty()) return wrong(kSendUsage, "udp-send", options.complaint());
  const auto target = addressOfHost(call.world, rest[0]);
  if (!target) return CommandResult::failure(1, "udp-send: " + rest[0] + ": Name or service not known\n");
  program.options.target = *target;
  return CommandResult::start(std::move(program));
}

}  // namespace hw::shell
