#include "core/proto/netfilter/ruleset_text.h"

#include <fmt/format.h>

#include <algorithm>

namespace hw::netfilter {
namespace {

constexpr Word kHookWords[] = {{"prerouting", 0}, {"input", 1}, {"forward", 2}, {"output", 3}, {"postrouting", 4}};
constexpr Word kChainTypes[] = {{"filter", 0}, {"nat", 1}, {"route", 2}};
constexpr Word kProtocols[] = {{"icmp", 1}, {"igmp", 2}, {"ipencap", 4}, {"tcp", 6}, {"udp", 17}, {"gre", 47}, {"esp", 50}, {"ah", 51},
                               {"ospf", 89}, {"sctp", 132}};
constexpr Word kIcmpTypes[] = {{"echo-reply", 0},           {"destination-unreachable", 3}, {"source-quench", 4},
                               {"redirect", 5},             {"echo-request", 8},            {"router-advertisement", 9},
                               {"router-solicitation", 10}, {"time-exceeded", 11},          {"parameter-problem", 12},
                               {"timestamp-request", 13},   {"timestamp-reply", 14},        {"info-request", 15},
                               {"info-reply", 16},          {"address-mask-request", 17},   {"address-mask-reply", 18}};
constexpr Word kIcmpCodes[] = {{"net-unreachable", 0},  {"host-unreachable", 1}, {"prot-unreachable", 2}, {"port-unreachable", 3},
                               {"frag-needed", 4},      {"net-prohibited", 9},   {"host-prohibited", 10}, {"admin-prohibited", 13}};
constexpr Word kStates[] = {{"established", kEstablished}, {"related", kRelated}, {"new", kNew}, {"invalid", kInvalid},
                            {"untracked", kUntracked}};
constexpr Word kStatuses[] = {{"seen-reply", kSeenReply}, {"assured", kAssured}, {"confirmed", kConfirmed}, {"snat", kSourceNat},
                              {"dnat", kDestinationNat}};
constexpr Word kTcpFlags[] = {{"fin", 1}, {"syn", 2}, {"rst", 4}, {"psh", 8}, {"ack", 16}, {"urg", 32}, {"ecn", 64}, {"cwr", 128}};
constexpr Word kDscp[] = {{"cs0", 0},   {"cs1", 8},   {"cs2", 16},  {"cs3", 24},  {"cs4", 32},  {"cs5", 40},  {"cs6", 48},
                          {"cs7", 56},  {"af11", 10}, {"af12", 12}, {"af13", 14}, {"af21", 18}, {"af22", 20}, {"af23", 22},
                          {"af31", 26}, {"af32", 28}, {"af33", 30}, {"af41", 34}, {"af42", 36}, {"af43", 38}, {"ef", 46}};
constexpr Word kAddressTypes[] = {{"unicast", kUnicast}, {"local", kLocal}, {"broadcast", kBroadcast}, {"multicast", kMulticast}};
constexpr auto negative(std::int32_t value) { return static_cast<std::uint32_t>(value); }
constexpr Word kPriorities[] = {{"raw", negative(-300)}, {"mangle", negative(-150)}, {"dstnat", negative(-100)},
                                {"filter", 0},           {"security", 50},           {"srcnat", 100}};

bool isPrefix(const Range& range) {
  const std::uint32_t hosts = range.to - range.from;
  return (hosts & (hosts + 1)) == 0 && (range.from & hosts) == 0;
}

std::string addressText(const Range& range, bool prefix) {
  const std::string first = Ipv4Address{range.from}.text();
  if (range.from == range.to) return first;
  if (!prefix) return first + "-" + Ipv4Address{range.to}.text();
  std::uint8_t length = 32;
  for (std::uint32_t hosts = range.to - range.from; hosts != 0; hosts >>= 1) --length;
  return fmt::format("{}/{}", first, length);
}

std::span<const Word> wordsFor(Key key) {
  switch (key) {
    case Key::Protocol: return kProtocols;
    case Key::IcmpType: return kIcmpTypes;
    case Key::IcmpCode: return kIcmpCodes;
    case Key::CtState: return kStates;
    case Key::CtStatus: return kStatuses;
    case Key::TcpFlags: return kTcpFlags;
    case Key::Dscp: return kDscp;
    case Key::SourceType:
    case Key::DestinationType: return kAddressTypes;
    default: return {};
  }
}

std::string numberText(Key key, std::uint32_t value) {
  if (key == Key::Mark || key == Key::CtMark) return fmt::format("0x{:08x}", value);
  if (const auto word = wordOf(wordsFor(key), value); !word.empty()) return std::string(word);
  return key == Key::Dscp ? fmt::format("0x{:02x}", value) : std::to_string(value);
}

/// Bits by name: "established,related".
std::string bitsText(Key key, std::uint32_t bits) {
  std::string text;
  for (const Word& one : wordsFor(key))
    if ((bits & one.value) != 0) text += (text.empty() ? "" : ",") + std::string(one.name);
  return text.empty() ? "0x0" : text;
}

std::string rangeText(const Match& match, const Range& range) {
  if (match.key == Key::Source || match.key == Key::Destination) return addressText(range, match.values.size() > 1 ? isPrefix(range) : match.prefix);
  if (match.anyBit || (match.key == Key::TcpFlags && match.values.size() == 1)) return bitsText(match.key, range.from);
  if (range.from == range.to) return numberText(match.key, range.from);
  if (range.from == 0 && match.values.size() == 1) return fmt::format("< {}", range.to + 1);
  if (range.to == UINT32_MAX) return fmt::format("> {}", range.from - 1);
  return fmt::format("{}-{}", range.from, range.to);
}

template <class Piece> std::string listText(const std::vector<Piece>& pieces, auto&& write) {
  if (pieces.size() == 1) return write(pieces.front());
  std::string text = "{ ";
  for (std::size_t i = 0; i < pieces.size(); ++i) text += (i == 0 ? "" : ", ") + write(pieces[i]);
  return text + " }";
}

std::string_view keyText(const Match& match) {
  const bool tcp = match.protocol == 6, udp = match.protocol == 17;
  switch (match.key) {
    case Key::InName: return "iifname";
    case Key::OutName: return "oifname";
    case Key::Source: return "ip saddr";
    case Key::Destination: return "ip daddr";
    case Key::Protocol: return match.protocol == 0 ? "meta l4proto" : "ip protocol";
    case Key::Ttl: return "ip ttl";
    case Key::Length: return "ip length";
    case Key::Dscp: return "ip dscp";
    case Key::SourcePort: return tcp ? "tcp sport" : udp ? "udp sport" : "th sport";
    case Key::DestinationPort: return tcp ? "tcp dport" : udp ? "udp dport" : "th dport";
    case Key::TcpFlags: return "tcp flags";
    case Key::IcmpType: return "icmp type";
    case Key::IcmpCode: return "icmp code";
    case Key::Mark: return "meta mark";
    case Key::CtState: return "ct state";
    case Key::CtMark: return "ct mark";
    case Key::CtStatus: return "ct status";
    case Key::SourceType: return "fib saddr type";
    case Key::DestinationType: return "fib daddr type";
    case Key::Numgen: return "numgen inc mod";
    case Key::Limit: return "limit rate";
  }
  return "";
}

std::string limitText(const Match& match) {
  const std::string_view unit = match.per == 1 ? "second" : match.per == 60 ? "minute" : match.per == 3600 ? "hour" : "day";
  return fmt::format("limit rate {}{}/{}{}", match.inverted ? "over " : "", match.rate, unit,
                     match.burst == 5 ? "" : fmt::format(" burst {} packets", match.burst));
}

std::string matchText(const Match& match) {
  if (match.key == Key::Limit) return limitText(match);
  std::string text(keyText(match));
  if (match.key == Key::Numgen) text += fmt::format(" {}", match.modulus);
  const bool flags = match.key == Key::TcpFlags && match.mask != UINT32_MAX;
  const bool masked = !flags && match.mask != UINT32_MAX;
  if (masked) text += fmt::format(" & {}", numberText(match.key, match.mask));
  if (match.inverted) text += " !=";
  else if (masked || (match.key == Key::TcpFlags && !match.anyBit && !flags && match.values.size() == 1)) text += " ==";
  if (!match.names.empty()) text += " " + listText(match.names, [](const std::string& name) { return "\"" + name + "\""; });
  else text += " " + listText(match.values, [&](const Range& range) { return rangeText(match, range); });
  if (flags) text += " / " + bitsText(match.key, match.mask);
  return text;
}

std::string portsText(const std::optional<Range>& ports) {
  if (!ports) return "";
  return ports->from == ports->to ? fmt::format(":{}", ports->from) : fmt::format(":{}-{}", ports->from, ports->to);
}

std::string markText(const Statement& statement, std::string_view name) {
  const std::string left = fmt::format("{} set ", name);
  if (statement.keep == 0) return left + fmt::format("0x{:08x}", statement.value);
  if (statement.keep == UINT32_MAX) return left + fmt::format("{} ^ 0x{:08x}", name, statement.value);
  if (statement.value == 0) return left + fmt::format("{} & 0x{:08x}", name, statement.keep);
  if ((statement.keep ^ UINT32_MAX) == statement.value) return left + fmt::format("{} | 0x{:08x}", name, statement.value);
  return left + fmt::format("{} & 0x{:08x} ^ 0x{:08x}", name, statement.keep, statement.value);
}

std::string statementText(const Statement& statement, const Counted* counted) {
  const auto to = [&](std::string_view word) {
    const bool some = statement.addresses || statement.ports;
    return fmt::format("{}{}{}{}{}", word, some ? " to " : "", statement.addresses ? addressText(*statement.addresses, false) : "",
                       portsText(statement.ports), statement.persistent ? " persistent" : "");
  };
  switch (statement.what) {
    case Do::Count: return fmt::format("counter packets {} bytes {}", counted ? counted->packets : 0, counted ? counted->bytes : 0);
    case Do::Accept: return "accept";
    case Do::Drop: return "drop";
    case Do::Reject:
      if (statement.reset) return "reject with tcp reset";
      if (statement.icmpCode == 3) return "reject";
      return "reject with icmp " + numberText(Key::IcmpCode, statement.icmpCode);
    case Do::Masquerade: return to("masquerade");
    case Do::SourceNat: return to("snat");
    case Do::DestinationNat: return to("dnat");
    case Do::Redirect: return to("redirect");
    case Do::SetMark: return markText(statement, "meta mark");
    case Do::SetCtMark: return markText(statement, "ct mark");
    case Do::MarkFromCt: return "meta mark set ct mark";
    case Do::CtFromMark: return "ct mark set meta mark";
    case Do::Jump: return "jump " + statement.text;
    case Do::Goto: return "goto " + statement.text;
    case Do::Return: return "return";
    case Do::NoTrack: return "notrack";
    case Do::Log: return statement.text.empty() ? "log" : fmt::format("log prefix \"{}\"", statement.text);
  }
  return "";
}

std::string priorityText(std::int32_t priority) {
  if (const auto word = wordOf(kPriorities, negative(priority)); !word.empty()) return std::string(word);
  constexpr std::int32_t kNear = 10;
  for (const Word& one : kPriorities) {
    const std::int32_t off = priority - static_cast<std::int32_t>(one.value);
    if (off >= -kNear && off <= kNear) return fmt::format("{} {} {}", one.name, off < 0 ? '-' : '+', off < 0 ? -off : off);
  }
  return std::to_string(priority);
}

}  // namespace

std::span<const Word> hookWords() { return kHookWords; }
std::span<const Word> chainTypeWords() { return kChainTypes; }
std::span<const Word> protocolWords() { return kProtocols; }
std::span<const Word> icmpTypeWords() { return kIcmpTypes; }
std::span<const Word> icmpCodeWords() { return kIcmpCodes; }
std::span<const Word> stateWords() { return kStates; }
std::span<const Word> statusWords() { return kStatuses; }
std::span<const Word> tcpFlagWords() { return kTcpFlags; }
std::span<const Word> dscpWords() { return kDscp; }
std::span<const Word> addressTypeWords() { return kAddressTypes; }
std::span<const Word> priorityWords() { return kPriorities; }

std::string_view wordOf(std::span<const Word> words, std::uint32_t value) {
  for (const Word& one : words)
    if (one.value == value) return one.name;
  return {};
}

std::string text(const Part& part, const Counted* counted) {
  if (const auto* match = std::get_if<Match>(&part)) return matchText(*match);
  return statementText(std::get<Statement>(part), counted);
}

std::string text(const FilterRule& rule, const Counted* counted) {
  std::string all;
  for (const Part& part : rule.parts) all += (all.empty() ? "" : " ") + text(part, counted);
  if (!rule.comment.empty()) all += fmt::format(" comment \"{}\"", rule.comment);
  return all;
}

std::string text(const Base& base) {
  return fmt::format("type {} hook {} priority {}; policy {};", wordOf(kChainTypes, static_cast<std::uint32_t>(base.type)),
                     wordOf(kHookWords, static_cast<std::uint32_t>(base.hook)), priorityText(base.priority),
                     base.drops ? "drop" : "accept");
}

std::string text(const Table& table, const Listing& how) {
  const auto handle = [&](std::uint32_t number) { return how.handles ? fmt::format(" # handle {}", number) : std::string(); };
  std::string all = fmt::format("table {} {} {{{}\n", table.inet ? "inet" : "ip", table.name, handle(table.handle));
  bool first = true;
  for (const Chain& chain : table.chains) {
    if (!how.onlyChain.empty() && chain.name != how.onlyChain) continue;
    if (!first) all += "\n";
    first = false;
    all += fmt::format("\tchain {} {{{}\n", chain.name, handle(chain.handle));
    if (chain.base) all += "\t\t" + text(*chain.base) + "\n";
    for (const FilterRule& rule : chain.rules) {
      const Counted* counted = how.counted ? how.counted->find({table.handle, rule.handle}) : nullptr;
      all += "\t\t" + text(rule, counted) + handle(rule.handle) + "\n";
    }
    all += "\t}\n";
  }
  return all + "}\n";
}

std::string factText(const Ruleset& rules, std::uint64_t fact) {
  const auto part = static_cast<std::uint32_t>(fact & kWholeRule);
  const auto handle = static_cast<std::uint32_t>(fact >> 16);
  for (const Table& table : rules.tables) {
    if (table.handle != fact >> 48) continue;
    for (const Chain& chain : table.chains) {
      if (chain.handle == handle) return table.name + " " + chain.name;
      const FilterRule* rule = chain.find(handle);
      if (!rule) continue;
      return part < rule->parts.size() ? text(rule->parts[part]) : text(*rule);
    }
  }
  return fmt::format("handle {}", handle);
}

}  // namespace hw::netfilter
