// ip rule: the routing policy database. Read first: ip-rule(8).
#include <fmt/format.h>

#include <algorithm>

#include "core/shell/ip_command.h"
#include "core/shell/options.h"
#include "core/shell/route_text.h"
#include "core/shell/table_names.h"

namespace hw::shell {
namespace {

using route::Action;
using route::PolicyRule;
constexpr std::size_t kMaxRules = 1024;

/// What the words of one `ip rule` command say.
struct RuleSpec {
  PolicyRule rule;
  bool hasPreference = false;
  bool hasTable = false;
  bool hasAction = false;
  bool hasFrom = false;
  bool hasTo = false;
  std::string warning;
};

class RuleReader : WordReader {
 public:
  RuleReader(const IpCall& call, RuleSpec& spec) : WordReader(call.words), m_call(call), m_spec(spec) {}

  Failure read() {
    while (const std::string* word = next()) readWord(*word);
    return failure();
  }

 private:
  void readWord(std::string_view word) {
    PolicyRule& rule = m_spec.rule;
    if (word == "not") rule.inverted = true;
    else if (word == "from") m_spec.hasFrom = true, readPrefix(value(), rule.from);
    else if (word == "to") m_spec.hasTo = true, readPrefix(value(), rule.to);
    else if (word == "tos" || word == "dsfield") readTos(value());
    else if (word == "iif" || word == "dev") readDevice(value(), rule.in);
    else if (word == "oif") readDevice(value(), rule.out);
    else if (word == "fwmark") readMark(value());
    else if (startsAs(word, "preference") || startsAs(word, "order") || startsAs(word, "priority")) readPreference(value());
    else if (startsAs(word, "table") || startsAs(word, "lookup")) readTable(value());
    else if (word == "goto") readTarget(value());
    else if (word == "nat" || word == "map-to") readNat(value());
    else readAction(word == "type" ? std::string_view(value()) : word);
  }
  void readPrefix(std::string_view word, Ipv4Prefix& into) {
    if (failed()) return;
    const auto prefix = Ipv4Prefix::parse(word == "all" || word == "any" ? "default" : word);
    if (!prefix) return fail(ipError(fmt::format("Error: any valid prefix is expected rather than \"{}\".", word)));
    into = *prefix;
  }
  void readTos(std::string_view word) {
    const auto tos = word.starts_with("0x") ? parseKernelNumber(word) : parseKernelNumber("0x" + std::string(word));
    if (!tos || *tos > 255) return fail(badArgument(word, "TOS value is invalid"));
    if ((*tos & ~std::uint32_t{route::kDscpBits}) != 0) return fail(kernelError("Invalid dsfield (tos): ECN bits must be 0."));
    m_spec.rule.tos = static_cast<std::uint8_t>(*tos);
  }
  void readDevice(std::string_view word, InterfaceId& into) {
    if (failed()) return;
    const auto port = m_call.call.config().interfaceNamed(word);
    if (!port) return fail(noDevice(word));
    into = *port;
  }
  void readMark(std::string_view word) {
    const std::size_t slash = word.find('/');
    const auto mark = parseKernelNumber(word.substr(0, slash));
    const auto mask = slash == word.npos ? UINT32_MAX : parseKernelNumber(word.substr(slash + 1));
    if (!mark) return fail(badArgument(word, "fwmark value is invalid"));
    if (!mask) return fail(badArgument(word, "fwmask value is invalid"));
    m_spec.rule.mark = *mark;
    m_spec.rule.markMask = *mask;
  }
  void readPreference(std::string_view word) {
    const auto number = parseKernelNumber(word);
    if (!number) return fail(badArgument(word, "preference value is invalid"));
    m_spec.rule.preference = *number;
    m_spec.hasPreference = true;
  }
  void readTable(std::string_view word) {
    if (failed()) return;
    const auto table = tableNumbered(m_call.call.config(), word);
    if (!table) return fail(badArgument(word, "invalid table ID"));
    m_spec.rule.table = *table;
    m_spec.hasTable = true;
  }
  void readTarget(std::string_view word) {
    const auto target = parseKernelNumber(word);
    if (!target) return fail(badArgument(word, "invalid target"));
    m_spec.rule.target = *target;
    setAction(Action::Goto);
  }
  /// The kernel forgot how to translate addresses here with Linux 2.6.9; ip still takes the word.
  void readNat(std::string_view word) {
    if (failed()) return;
    if (!Ipv4Address::parse(word))
      return fail(ipError(fmt::format("Error: an IP address is expected rather than \"{}\"", word)));
    m_spec.warning = "Warning: route NAT is deprecated\n";
  }
  void readAction(std::string_view word) {
    if (failed()) return;
    if (word == "prohibit") return setAction(Action::Prohibit);
    if (word == "unreachable") return setAction(Action::Unreachable);
    if (word == "blackhole") return setAction(Action::Blackhole);
    if (word == "nop") return setAction(Action::Nop);
    if (word == "unicast") return;
    fail(badArgument(word, "Failed to parse rule type"));
  }
  void setAction(Action action) {
    m_spec.rule.action = action;
    m_spec.hasAction = true;
  }

  const IpCall& m_call;
  RuleSpec& m_spec;
};

std::string hostOrPrefix(Ipv4Prefix prefix) {
  return prefix.length == 32 ? prefix.address.text() : prefix.text();
}

std::string actionText(const DeviceConfig& config, const PolicyRule& rule) {
  // A refusal may name a table, which nobody asks then; ip tells it all the same.
  const std::string table = rule.table == route::kTableUnspecified ? std::string() : fmt::format(" lookup {}", tableName(config, rule.table));
  switch (rule.action) {
    case Action::Lookup: return table;
    case Action::Prohibit: return table + " prohibit";
    case Action::Unreachable: return table + " unreachable";
    case Action::Blackhole: return table + " blackhole";
    case Action::Nop: return table + " nop";
    case Action::Goto: break;
  }
  const bool known = std::any_of(config.rules.begin(), config.rules.end(),
                                 [&](const PolicyRule& one) { return one.preference == rule.target; });
  return fmt::format(" goto {}{}", rule.target, known ? "" : " [unresolved]");
}

std::string ruleText(const DeviceConfig& config, const PolicyRule& rule) {
  std::string text = fmt::format("{}:\t", rule.preference);
  if (rule.inverted) text += "not ";
  text += "from " + (rule.from == Ipv4Prefix{} ? "all" : hostOrPrefix(rule.from));
  if (rule.to != Ipv4Prefix{}) text += " to " + hostOrPrefix(rule.to);
  if (rule.tos != 0) text += fmt::format(" tos 0x{:02x}", rule.tos);
  if (rule.markMask != 0) text += fmt::format(" fwmark 0x{:x}", rule.mark);
  if (rule.markMask != 0 && rule.markMask != UINT32_MAX) text += fmt::format("/0x{:x}", rule.markMask);
  if (rule.in.valid()) text += " iif " + config.at(rule.in).name;
  if (rule.out.valid()) text += " oif " + config.at(rule.out).name;
  return text + actionText(config, rule) + "\n";
}

/// Whether a rule is one of those that the words mean: what they leave out may be anything.
bool means(const RuleSpec& spec, const PolicyRule& one) {
  const PolicyRule& wanted = spec.rule;
  return (!spec.hasPreference || one.preference == wanted.preference) && (!spec.hasTable || one.table == wanted.table) &&
         (!spec.hasAction || one.action == wanted.action) && (wanted.from.length == 0 || one.from == wanted.from) &&
         (wanted.to.length == 0 || one.to == wanted.to) && (wanted.tos == 0 || one.tos == wanted.tos) &&
         (!wanted.in.valid() || one.in == wanted.in) && (!wanted.out.valid() || one.out == wanted.out) &&
         (wanted.markMask == 0 || (one.mark == wanted.mark && one.markMask == wanted.markMask));
}

CommandResult addRule(const IpCall& call, RuleSpec& spec) {
  DeviceConfig config = call.call.config();
  if (config.rules.size() >= kMaxRules) return kernelSays("No space left on device");
  if (spec.rule.action != Action::Lookup && !spec.hasTable) spec.rule.table = route::kTableUnspecified;
  if (spec.rule.action == Action::Goto && spec.hasPreference && spec.rule.target <= spec.rule.preference)
    return kernelError("Backward goto not supported.");
  if (!spec.hasPreference) spec.rule.preference = route::freePreference(config.rules);
  if (std::find(config.rules.begin(), config.rules.end(), spec.rule) != config.rules.end()) return kernelSays("File exists");
  route::insertRule(config.rules, spec.rule);
  CommandResult result = configure(std::move(config));
  result.errors = spec.warning;
  return result;
}

CommandResult removeRule(const IpCall& call, const RuleSpec& spec) {
  DeviceConfig config = call.call.config();
  const auto at = std::find_if(config.rules.begin(), config.rules.end(),
                               [&](const PolicyRule& one) { return means(spec, one); });
  if (at == config.rules.end()) return kernelSays("No such file or directory");
  config.rules.erase(at);
  return configure(std::move(config));
}

CommandResult flushRules(const IpCall& call) {
  DeviceConfig config = call.call.config();
  std::erase_if(config.rules, [](const PolicyRule& one) { return one.preference != 0; });
  return configure(std::move(config));
}

CommandResult showRules(const IpCall& call, const RuleSpec& spec) {
  const DeviceConfig& config = call.call.config();
  std::string text;
  for (const PolicyRule& one : config.rules)
    if (means(spec, one)) text += ruleText(config, one);
  return CommandResult::text(std::move(text));
}

constexpr std::string_view kRuleUsage =
    "Usage: ip rule { add | del } SELECTOR ACTION\n"
    "       ip rule flush\n"
    "       ip rule [ list [ SELECTOR ]]\n"
    "SELECTOR := [ not ] [ from PREFIX ] [ to PREFIX ] [ tos TOS ]\n"
    "            [ fwmark FWMARK[/MASK] ]\n"
    "            [ iif STRING ] [ oif STRING ] [ pref NUMBER ]\n"
    "ACTION := [ table TABLE_ID ] [ goto NUMBER ] [ prohibit | unreachable | blackhole | nop ]\n"
    "TABLE_ID := [ local | main | default | NUMBER ]\n";

}  // namespace

CommandResult ipRule(const IpCall& call) {
  const std::string_view verb = call.words.empty() ? "show" : std::string_view(call.words[0]);
  if (verb == "help") return CommandResult::failure(255, std::string(kRuleUsage));
  const bool shows = meansShow(call.words), adds = startsAs(verb, "add"), removes = startsAs(verb, "delete");
  if (startsAs(verb, "flush")) return flushRules(call);
  if (!shows && !adds && !removes) return ipError(fmt::format("Command \"{}\" is unknown, try \"ip rule help\".", verb), 255);
  if (!shows && call.words.size() == 1)
    return ipError(fmt::format("\"ip rule {}\" requires arguments.", adds ? "add" : "del"), 255);
  RuleSpec spec;
  if (const Failure failure = RuleReader(call, spec).read()) return *failure;
  if (shows) return showRules(call, spec);
  return adds ? addRule(call, spec) : removeRule(call, spec);
}

}  // namespace hw::shell
