// nft and conntrack: the packet filter, and the connections that it follows. Read first: nft(8), conntrack(8).
#include <fmt/format.h>

#include <algorithm>

#include "core/proto/ipv4/ipv4_wire.h"
#include "core/shell/families.h"
#include "core/shell/files.h"
#include "core/shell/ip_command.h"
#include "core/proto/netfilter/ruleset_text.h"
#include "core/shell/nft_reader.h"
#include "core/shell/options.h"

namespace hw::shell {
namespace {

/// What nft is to read: its words, or a file, "-" being what a pipe brings.
Expected<std::string, CommandResult> sourceOf(const Call& call, const Options& options) {
  if (!options.has('f')) {
    std::string source;
    for (const std::string& word : options.rest()) source += (source.empty() ? "" : " ") + word;
    return source;
  }
  const std::string& file = options.value('f');
  if (file == "-" || file == "/dev/stdin") return std::string(call.input);
  const auto text = readFile(call, file);
  if (!text) return unexpected(CommandResult::failure(1, fmt::format("Error: Could not open file \"{}\": No such file or directory\n", file)));
  return *text;
}

}  // namespace

CommandResult nft(const Call& call) {
  // What stands behind the first word that is no option belongs to nft's own language: "priority -100".
  Words words{call.words[0]};
  std::size_t i = 1;
  bool takesValue = false;
  for (; i < call.words.size() && (takesValue || call.words[i].starts_with('-')); ++i) {
    takesValue = !takesValue && call.words[i].ends_with('f');
    words.push_back(call.words[i]);
  }
  words.emplace_back("--");
  words.insert(words.end(), call.words.begin() + static_cast<std::ptrdiff_t>(i), call.words.end());
  const auto options = Options::parse(words, "anf:s");
  if (!options) return CommandResult::failure(1, fmt::format("nft: {}\n", options.error()));
  if (call.words.size() == 1)
    return CommandResult::failure(1, "Usage: nft [ -a ] { -f FILE | CMDS... }\nCMDS: add, insert, replace, delete, flush, list; see nft(8)\n");
  const auto source = sourceOf(call, *options);
  if (!source) return source.error();
  const auto result = runNft(*source, call.config().filter, call.self().state().filter, options->has('a'));
  if (!result) return CommandResult::failure(1, nftFaultText(result.error(), *source));
  if (!result->changed) return CommandResult::text(result->output);
  DeviceConfig config = call.config();
  config.filter = result->rules;
  CommandResult done = configure(std::move(config));
  done.output = result->output;
  return done;
}

namespace {

using netfilter::Connection;
using netfilter::Tuple;

std::string_view protocolName(std::uint8_t protocol) {
  const auto word = netfilter::wordOf(netfilter::protocolWords(), protocol);
  return word.empty() ? "unknown" : word;
}

std::string tupleText(const Tuple& tuple) {
  std::string text = fmt::format("src={} dst={}", tuple.source.text(), tuple.destination.text());
  if (tuple.protocol == ipv4::kIcmp)
    return text + fmt::format(" type={} code={} id={}", tuple.destinationPort >> 8, tuple.destinationPort & 0xFF, tuple.sourcePort);
  if (tuple.protocol != ipv4::kTcp && tuple.protocol != ipv4::kUdp) return text;
  return text + fmt::format(" sport={} dport={}", tuple.sourcePort, tuple.destinationPort);
}

std::string_view stateName(netfilter::Tcp state) {
  constexpr std::string_view kNames[] = {"NONE", "SYN_SENT", "SYN_RECV", "ESTABLISHED", "FIN_WAIT",
                                         "CLOSE_WAIT", "LAST_ACK", "TIME_WAIT", "CLOSE", "SYN_SENT2"};
  return kNames[static_cast<std::size_t>(state)];
}

std::string connectionText(const Connection& one, Time now, bool extended) {
  std::string text = extended ? "ipv4     2 " : "";
  text += fmt::format("{:<8} {} {} ", protocolName(one.original.protocol), one.original.protocol, (one.expires - now).ns / 1'000'000'000);
  if (one.original.protocol == ipv4::kTcp) text += fmt::format("{} ", stateName(one.tcp));
  text += tupleText(one.original);
  if (!one.has(netfilter::kSeenReply)) text += " [UNREPLIED]";
  text += " " + tupleText(one.reply);
  if (one.has(netfilter::kAssured)) text += " [ASSURED]";
  return text + fmt::format(" mark={} use=1\n", one.mark);
}

/// Which connections are meant: -p, -s, -d, --sport and --dport.
struct Wanted {
  std::optional<std::uint32_t> protocol, sourcePort, destinationPort;
  std::optional<Ipv4Address> source, destination;

  bool means(const Connection& one) const {
    return (!protocol || *protocol == one.original.protocol) && (!source || *source == one.original.source) &&
           (!destination || *destination == one.original.destination) && (!sourcePort || *sourcePort == one.original.sourcePort) &&
           (!destinationPort || *destinationPort == one.original.destinationPort);
  }
};

CommandResult conntrackFails(std::string_view why) {
  return CommandResult::failure(2, fmt::format("conntrack v1.4.7 (conntrack-tools): {}\nTry `conntrack -h' or 'conntrack --help' for more information.\n", why));
}

}  // namespace

std::string connectionsText(const Device& device, Time now, bool extended) {
  std::string text;
  for (const Connection& one : device.state().filter.connections.all)
    if (one.expires > now) text += connectionText(one, now, extended);
  return text;
}

CommandResult conntrack(const Call& call) {
  Wanted wanted;
  char verb = 0;
  bool extended = false;
  for (std::size_t i = 1; i < call.words.size(); ++i) {
    const std::string& word = call.words[i];
    const bool isVerb = word == "-L" || word == "-D" || word == "-F" || word == "-C" || word == "--dump" || word == "--delete" ||
                        word == "--flush" || word == "--count";
    if (isVerb) {
      verb = word[1] != '-' ? word[1] : word == "--dump" ? 'L' : word == "--delete" ? 'D' : word == "--flush" ? 'F' : 'C';
      continue;
    }
    if (word == "conntrack" && i == 2) continue;
    if (i + 1 == call.words.size()) return conntrackFails(fmt::format("unknown option `{}'", word));
    const std::string& value = call.words[++i];
    if (word == "-p" || word == "--proto") {
      for (const netfilter::Word& one : netfilter::protocolWords())
        if (one.name == value) wanted.protocol = one.value;
      if (!wanted.protocol) return conntrackFails(fmt::format("`{}' unsupported protocol", value));
    } else if (word == "-s" || word == "--src" || word == "-d" || word == "--dst") {
      auto& address = word == "-s" || word == "--src" ? wanted.source : wanted.destination;
      address = Ipv4Address::parse(value);
      if (!address) return conntrackFails(fmt::format("Invalid IP address `{}'", value));
    } else if (word == "--sport" || word == "--dport") {
      auto& port = word == "--sport" ? wanted.sourcePort : wanted.destinationPort;
      port = parseKernelNumber(value);
      if (!port) return conntrackFails(fmt::format("bad port `{}'", value));
    } else if (word == "-o" || word == "--output") {
      extended = value.find("extended") != value.npos;
    } else {
      return conntrackFails(fmt::format("unknown option `{}'", word));
    }
  }
  if (verb == 0) return conntrackFails("You need to supply one of -L, -D, -F and -C");
  CommandResult result;
  ForgetConnections forget;
  for (const Connection& one : call.self().state().filter.connections.all) {
    if (one.expires <= call.now || !wanted.means(one)) continue;
    forget.ids.push_back(one.id);
    if (verb == 'L' || verb == 'D') result.output += connectionText(one, call.now, extended);
  }
  if (verb == 'C') return CommandResult::text(fmt::format("{}\n", forget.ids.size()));
  const std::size_t many = forget.ids.size();
  if (verb == 'F') result.errors = "conntrack v1.4.7 (conntrack-tools): connection tracking table has been emptied.\n";
  else result.errors = fmt::format("conntrack v1.4.7 (conntrack-tools): {} flow entries have been {}.\n", many, verb == 'L' ? "shown" : "deleted");
  if (verb == 'D' && many == 0) result.exitCode = 1;
  if (verb != 'L' && many > 0) result.inputs.push_back(std::move(forget));
  return result;
}

}  // namespace hw::shell
