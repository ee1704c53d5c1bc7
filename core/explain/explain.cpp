#include "core/explain/explain.h"

#include <fmt/format.h>

#include "core/proto/arp/arp_rules.h"
#include "core/proto/bridge/bridge_rules.h"
#include "core/proto/ethernet/ethernet_rules.h"
#include "core/proto/icmp/icmp_rules.h"
#include "core/proto/icmp6/icmp6_rules.h"
#include "core/proto/ipv6/ipv6_rules.h"
#include "core/proto/mld/mld_rules.h"
#include "core/proto/nd/nd_rules.h"
#include "core/proto/ipv4/ipv4_rules.h"
#include "core/proto/medium/medium_rules.h"
#include "core/proto/netfilter/netfilter_rules.h"
#include "core/proto/netfilter/ruleset_text.h"
#include "core/proto/route/route_rules.h"
#include "core/proto/tcp/tcp_rules.h"
#include "core/proto/udp/udp_rules.h"
#include "core/proto/igmp/igmp_rules.h"
#include "core/proto/stp/stp_rules.h"
#include "core/proto/vif/vif_rules.h"
#include "core/proto/tunnel/tunnel_rules.h"
#include "core/proto/vxlan/vxlan_rules.h"
#include "core/sim/link_rules.h"

namespace hw::explain {

std::span<const RuleInfo> rulesOf(RuleTableId table) {
  switch (table) {
    case RuleTableId::Link: return RuleTable<link::Rule>::rows;
    case RuleTableId::Ethernet: return RuleTable<ethernet::Rule>::rows;
    case RuleTableId::Bridge: return RuleTable<bridge::Rule>::rows;
    case RuleTableId::Arp: return RuleTable<arp::Rule>::rows;
    case RuleTableId::Route: return RuleTable<route::Rule>::rows;
    case RuleTableId::Ipv4: return RuleTable<ipv4::Rule>::rows;
    case RuleTableId::Icmp: return RuleTable<icmp::Rule>::rows;
    case RuleTableId::Vif: return RuleTable<vif::Rule>::rows;
    case RuleTableId::Igmp: return RuleTable<igmp::Rule>::rows;
    case RuleTableId::Vxlan: return RuleTable<vxlan::Rule>::rows;
    case RuleTableId::Tunnel: return RuleTable<tunnel::Rule>::rows;
    case RuleTableId::Netfilter: return RuleTable<netfilter::Rule>::rows;
    case RuleTableId::Stp: return RuleTable<stp::Rule>::rows;
    case RuleTableId::Tcp: return RuleTable<tcp::Rule>::rows;
    case RuleTableId::Medium: return RuleTable<medium::Rule>::rows;
    case RuleTableId::Ipv6: return RuleTable<ipv6::Rule>::rows;
    case RuleTableId::Icmp6: return RuleTable<icmp6::Rule>::rows;
    case RuleTableId::Nd: return RuleTable<nd::Rule>::rows;
    case RuleTableId::Mld: return RuleTable<mld::Rule>::rows;
    case RuleTableId::Udp: return RuleTable<udp::Rule>::rows;
    case RuleTableId::Socket:
    case RuleTableId::Process:
    case RuleTableId::Count: break;
  }
  return {};
}

const RuleInfo& info(RuleId rule) {
  const auto rows = rulesOf(rule.table());
  HW_CHECK(rule.row() < rows.size());
  return rows[rule.row()];
}

std::string durationText(Duration duration, Language language) {
  const bool zh = language == Language::Chinese;
  const auto in = [&](std::int64_t unit, const char* en, const char* chinese) {
    return fmt::format("{:g} {}", static_cast<double>(duration.ns) / static_cast<double>(unit),
                       zh ? chinese : en);
  };
  const std::int64_t size = duration.ns < 0 ? -duration.ns : duration.ns;
  if (size >= 1'000'000'000) return in(1'000'000'000, "s", "秒");
  if (size >= 1'000'000) return in(1'000'000, "ms", "毫秒");
  if (size >= 1'000) return in(1'000, "us", "微秒");
  return in(1, "ns", "纳秒");
}

namespace {

std::string tableText(std::uint64_t table) {
  switch (table) {
    case 255: return "local";
    case 254: return "main";
    case 253: return "default";
    default: return std::to_string(table);
  }
}

std::string protocolText(std::uint64_t protocol) {
  switch (protocol) {
    case 1: return "ICMP (1)";
    case 2: return "IGMP (2)";
    case 6: return "TCP (6)";
    case 17: return "UDP (17)";
    case 41: return "IPv6 (41)";
    case 58: return "ICMPv6 (58)";
    default: return std::to_string(protocol);
  }
}

/// "192.0.2.1:80"; without a port if it is 0.
std::string endpointText(std::uint64_t fact) {
  const std::string address = Ipv4Address{static_cast<std::uint32_t>(fact >> 16)}.text();
  const auto port = static_cast<std::uint16_t>(fact);
  return port == 0 ? address : fmt::format("{}:{}", address, port);
}

std::string fill(std::string_view text, const std::vector<Fact>& facts) {
  std::string filled;
  for (std::size_t i = 0; i < text.size();) {
    const std::size_t open = text.find('{', i);
    filled += text.substr(i, open - i);
    if (open == text.npos) break;
    const std::size_t close = text.find('}', open);
    const std::string_view name = text.substr(open + 1, close - open - 1);
    for (const Fact& fact : facts)
      if (fact.name == name) filled += fact.value;
    i = close + 1;
  }
  return filled;
}

std::vector<Fact> factsOf(const Decision& decision, const RuleInfo& row, const DeviceConfig& device,
                          Language language) {
  std::vector<Fact> facts;
  std::size_t at = 0;
  for (std::size_t i = 0; i < row.factCount; ++i) {
    const FactKind kind = row.facts[i].kind;
    if (at + wordsOf(kind) > decision.facts.size()) break;
    facts.push_back({std::string(row.facts[i].name), kind == FactKind::Ipv6
                                                         ? Ipv6Address{decision.facts[at], decision.facts[at + 1]}.text()
                                                         : factText(kind, decision.facts[at], device, language)});
    at += wordsOf(kind);
  }
  return facts;
}

}  // namespace

std::string factText(FactKind kind, std::uint64_t fact, const DeviceConfig& device, Language language) {
  switch (kind) {
    case FactKind::Number: return std::to_string(fact);
    case FactKind::Ipv6: break;  // has two words, see factsOf()
    case FactKind::Ipv4: return Ipv4Address{static_cast<std::uint32_t>(fact)}.text();
    case FactKind::Mac: return MacAddress{fact}.text();
    case FactKind::Prefix: {
      const Ipv4Prefix prefix = prefixFromFact(fact);
      return prefix.length == 0 ? "default" : prefix.text();
    }
    case FactKind::Interface: return fact < device.interfaces.size() ? device.interfaces[fact].name : "?";
    case FactKind::Duration: return durationText({static_cast<std::int64_t>(fact)}, language);
    case FactKind::Endpoint: return endpointText(fact);
    case FactKind::Filter: return netfilter::factText(device.filter, fact);
    case FactKind::Hex: return fmt::format("0x{:04x}", fact);
    case FactKind::Table: return tableText(fact);
    case FactKind::IpProtocol: return protocolText(fact);
  }
  return {};
}

std::vector<Sentence> sentences(std::span<const std::uint64_t> words, const DeviceConfig& device,
                                Language language) {
  std::vector<Sentence> all;
  Decisions::visit(words, [&](const Decision& decision) {
    const RuleInfo& row = info(decision.rule);
    std::vector<Fact> facts = factsOf(decision, row, device, language);
    std::string text = fill(row.text.in(language), facts);
    if (decision.alternative) {
      if (!all.empty()) all.back().lost.push_back(std::move(text));
      return;
    }
    all.push_back({decision.rule, static_cast<std::uint16_t>(all.size()), std::string(row.key),
                   std::string(row.source), row.outcome, std::move(text), std::move(facts), {}});
  });
  return all;
}

}  // namespace hw::explain
