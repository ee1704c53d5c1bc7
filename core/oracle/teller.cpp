#include "core/oracle/teller.h"

#include <charconv>
#include <cstdlib>

#include <fmt/format.h>

#include "core/oracle/known_ports.h"

namespace hw::oracle {
namespace {

using dissect::Layer;
using dissect::TreeField;

const TreeField* find(const std::vector<TreeField>& fields, std::string_view name) {
  for (const TreeField& one : fields) {
    if (one.name() == name) return &one;
    if (const TreeField* inner = find(one.fields, name)) return inner;
  }
  return nullptr;
}

class Teller {
 public:
  Teller(const dissect::PacketTree& tree, Names& names, bool unfinished)
      : m_tree(tree), m_names(names), m_unfinished(unfinished) {}

  /// The layers that stand in `within` (Layer::kTop: in no other): all, those up to a UDP header, or those behind it.
  enum class Part { All, ToUdp, BehindUdp };
  Json layers(std::uint8_t within, Part part = Part::All) {
    Json told = Json::array();
    bool behind = false;
    for (std::size_t i = 0; i < m_tree.layers.size(); ++i) {
      const Layer& layer = m_tree.layers[i];
      if (layer.within != within) continue;
      const bool skipped = part != Part::All && behind != (part == Part::BehindUdp);
      behind = behind || layer.name() == "udp";
      if (skipped) continue;
      if (layer.name() == "eth") told.push_back(ethernet(layer));
      else if (layer.name() == "vlan") told.push_back(vlan(layer));
      else if (layer.name() == "arp") told.push_back(arp(layer));
      else if (layer.name() == "ip") told.push_back(ip(layer));
      else if (layer.name() == "icmp") told.push_back(icmp(layer, static_cast<std::uint8_t>(i)));
      else if (layer.name() == "ipv6") told.push_back(ipv6(layer));
      else if (layer.name() == "icmpv6") told.push_back(icmp6(layer, static_cast<std::uint8_t>(i)));
      else if (layer.name() == "gre") told.push_back({{"p", "gre"}, {"flags", text(layer, "gre.flags_and_version")}, {"proto", text(layer, "gre.proto")}});
      else if (layer.name() == "igmp") told.push_back(igmp(layer));
      else if (layer.name() == "stp") told.push_back(stp(layer));
      else if (layer.name() == "vxlan") told.push_back({{"p", "vxlan"}, {"vni", number(layer, "vxlan.vni")}});
      else if (layer.name() == "udp") told.push_back(udp(layer, within == Layer::kTop));
      else if (layer.name() == "tcp") told.push_back(tcp(layer, within));
    }
    return told;
  }

  /// All layers of the frame. The recorder's decoder puts what a quoted UDP datagram carries beside the
  /// ICMP message, at the end.
  Json all() {
    Json told = layers(Layer::kTop);
    for (std::size_t i = 0; i < m_tree.layers.size(); ++i)
      if (m_tree.layers[i].name() == "icmp" && m_tree.layers[i].within == Layer::kTop)
        for (Json& one : layers(static_cast<std::uint8_t>(i), Part::BehindUdp)) told.push_back(std::move(one));
    for (const Layer& layer : m_tree.layers)
      if (layer.name() == "data" && !isEchoData(layer) && !hasOtherReader())
        told.push_back({{"p", "data"}, {"len", number(layer, "data.len")}});
    return told;
  }

 private:
  /// Data of an echo is told with its ICMP message; that of a quoted segment is not told.
  bool isEchoData(const Layer& data) const {
    if (data.within == Layer::kTop) return false;
    if (m_tree.layers[data.within].name() == "icmpv6") return number(m_tree.layers[data.within], "icmpv6.type") / 2 == 64;
    if (m_tree.layers[data.within].name() != "icmp") return false;
    for (const Layer& one : m_tree.layers)
      if (one.within == data.within && one.name() == "tcp") return true;
    const std::uint64_t type = number(m_tree.layers[data.within], "icmp.type");
    return type == 0 || type == 8;
  }

  /// True if the recorder's decoder gives the payload of the UDP datagram to another protocol.
  bool hasOtherReader() const {
    for (const Layer& layer : m_tree.layers)
      if (layer.name() == "udp")
        return isReadFurther(number(layer, "udp.srcport"), number(layer, "udp.dstport"), number(layer, "udp.length") - 8);
    return false;
  }

  std::string text(const Layer& layer, std::string_view name) const {
    const TreeField* field = find(layer.fields, name);
    return field ? field->show : std::string();
  }
  std::uint64_t number(const Layer& layer, std::string_view name) const {
    const std::string shown = text(layer, name);
    if (shown == "True") return 1;
    return std::strtoull(shown.c_str(), nullptr, 0);
  }
  bool flag(const Layer& layer, std::string_view name) const { return number(layer, name) != 0; }

  Json ethernet(const Layer& l) const {
    Json told = {{"p", "eth"}, {"dst", text(l, "eth.dst")}, {"src", text(l, "eth.src")}};
    if (find(l.fields, "eth.type")) told["type"] = text(l, "eth.type");
    else told["length"] = number(l, "eth.len");
    return told;
  }

  Json vlan(const Layer& l) const {
    return {{"p", "vlan"}, {"id", number(l, "vlan.id")}, {"pcp", number(l, "vlan.priority")}, {"type", text(l, "vlan.etype")}};
  }

  Json arp(const Layer& l) const {
    const std::string op = text(l, "arp.opcode");
    return {{"p", "arp"},
            {"op", op == "1" ? "request" : op == "2" ? "reply" : op},
            {"sha", text(l, "arp.src.hw_mac")},
            {"spa", text(l, "arp.src.proto_ipv4")},
            {"tha", text(l, "arp.dst.hw_mac")},
            {"tpa", text(l, "arp.dst.proto_ipv4")}};
  }

  Json ip(const Layer& l) {
    const std::string source = text(l, "ip.src"), destination = text(l, "ip.dst");
    const std::uint64_t protocol = number(l, "ip.proto"), id = number(l, "ip.id");
    Json told = {{"p", "ip"}, {"src", source}, {"dst", destination}, {"ttl", number(l, "ip.ttl")}, {"proto", protocol},
                 {"len", number(l, "ip.len")}};
    if (id == 0) told["id"] = 0;
    else told["id"] = m_names.name(fmt::format("ip {} {} {}", source, destination, protocol), "i", id);
    told["df"] = flag(l, "ip.flags.df");
    told["mf"] = flag(l, "ip.flags.mf");
    told["off"] = 8 * number(l, "ip.frag_offset");
    told["tos"] = number(l, "ip.dsfield");
    if (const std::uint64_t size = number(l, "ip.hdr_len"); size != 20) {
      told["hlen"] = size;
      if (find(l.fields, "ip.opt.type")) told["opt"] = text(l, "ip.opt.type");
    }
    return told;
  }

  Json ipv6(const Layer& l) {
    Json told = {{"p", "ip6"}, {"src", text(l, "ipv6.src")}, {"dst", text(l, "ipv6.dst")}, {"hlim", number(l, "ipv6.hlim")},
                 {"nxt", number(l, "ipv6.nxt")}, {"len", number(l, "ipv6.plen")}, {"tc", number(l, "ipv6.tclass")}};
    if (const std::uint64_t flow = number(l, "ipv6.flow"); flow == 0) told["flow"] = 0;
    else told["flow"] = m_names.name("flow", "x", flow);
    if (find(l.fields, "ipv6.hopopts.nxt")) {
      told["hop"] = Json::array();
      for (const TreeField& header : l.fields)
        for (const TreeField& option : header.fields)
          if (option.name() == "ipv6.opt") told["hop"].push_back(std::strtoull(find(option.fields, "ipv6.opt.type")->show.c_str(), nullptr, 0));
    }
    if (find(l.fields, "ipv6.fraghdr.ident"))
      told["frag"] = {{"off", 8 * number(l, "ipv6.fraghdr.offset")}, {"more", flag(l, "ipv6.fraghdr.more")},
                      {"id", m_names.name("ip6 id", "i", number(l, "ipv6.fraghdr.ident"))}, {"nxt", number(l, "ipv6.fraghdr.nxt")}};
    return told;
  }

  Json icmp6(const Layer& l, std::uint8_t self) {
    constexpr std::uint64_t kTooBig = 2, kProblem = 4, kEcho = 128, kEchoReply = 129, kSolicitation = 135, kAdvertisement = 136, kReport = 143;
    const std::uint64_t type = number(l, "icmpv6.type");
    Json told = {{"p", "icmp6"}, {"type", type}, {"code", number(l, "icmpv6.code")}};
    if (type == kEcho || type == kEchoReply) {
      told["id"] = m_names.name("echo", "p", number(l, "icmpv6.echo.identifier"));
      told["seq"] = number(l, "icmpv6.echo.sequence_number");
      for (const Layer& data : m_tree.layers)
        if (data.within == self && data.name() == "data") told["data"] = number(data, "data.len");
    }
    if (type == kTooBig) told["mtu"] = number(l, "icmpv6.mtu");
    if (type == kProblem) told["pointer"] = number(l, "icmpv6.pointer");
    if (type == kSolicitation || type == kAdvertisement) {
      told["target"] = text(l, type == kSolicitation ? "icmpv6.nd.ns.target_address" : "icmpv6.nd.na.target_address");
      if (type == kAdvertisement) told["flags"] = number(l, "icmpv6.nd.na.flag") >> 29;
      if (find(l.fields, "icmpv6.opt.linkaddr")) told["mac"] = text(l, "icmpv6.opt.linkaddr");
    }
    if (type == kReport) {
      told["records"] = Json::array();
      for (const TreeField& record : l.fields)
        if (record.name() == "icmpv6.mldr.mar")
          told["records"].push_back({{"type", std::strtoull(find(record.fields, "icmpv6.mldr.mar.record_type")->show.c_str(), nullptr, 0)},
                                     {"group", find(record.fields, "icmpv6.mldr.mar.multicast_address")->show}});
    }
    Json quotes = layers(self, Part::ToUdp);
    if (!quotes.empty()) told["quotes"] = std::move(quotes);
    return told;
  }

  /// 3/1 is "host unreachable" ...
  static std::string icmpName(std::uint64_t type, std::uint64_t code) {
    constexpr std::string_view unreachable[] = {"net unreachable", "host unreachable", "protocol unreachable",
                                                "port unreachable", "fragmentation needed"};
    if (type == 0 && code == 0) return "echo reply";
    if (type == 8 && code == 0) return "echo request";
    if (type == 3 && code < std::size(unreachable)) return std::string(unreachable[code]);
    if (type == 3 && code == 9) return "net prohibited";
    if (type == 3 && code == 10) return "host prohibited";
    if (type == 3 && code == 13) return "administratively prohibited";
    if (type == 5 && code < 2) return code == 0 ? "redirect net" : "redirect host";
    if (type == 11 && code < 2) return code == 0 ? "ttl exceeded" : "reassembly time exceeded";
    return fmt::format("{}/{}", type, code);
  }

  Json icmp(const Layer& l, std::uint8_t self) {
    const std::uint64_t type = number(l, "icmp.type"), code = number(l, "icmp.code");
    Json told = {{"p", "icmp"}, {"type", type}, {"code", code}, {"name", icmpName(type, code)}};
    if (type == 0 || type == 8) {
      told["id"] = m_names.name("echo", "p", number(l, "icmp.ident"));
      told["seq"] = number(l, "icmp.seq");
      for (const Layer& data : m_tree.layers)
        if (data.within == self && data.name() == "data") told["data"] = number(data, "data.len");
    }
    if (find(l.fields, "icmp.mtu")) told["mtu"] = number(l, "icmp.mtu");
    if (find(l.fields, "icmp.redir_gw")) told["gateway"] = text(l, "icmp.redir_gw");
    Json quotes = layers(self, Part::ToUdp);
    if (!quotes.empty()) told["quotes"] = std::move(quotes);
    return told;
  }

  Json stp(const Layer& l) const {
    const std::string type = text(l, "stp.type");
    Json told = {{"p", "stp"}, {"bpdu", type == "0x00" ? "config" : type == "0x80" ? "tcn" : type}};
    if (!find(l.fields, "stp.root.hw")) return told;
    const auto time = [&](const char* name) {
      const std::string shown = text(l, name);
      double seconds = 0;
      std::from_chars(shown.data(), shown.data() + shown.size(), seconds);
      return seconds;
    };
    told["root"] = text(l, "stp.root.prio") + "." + text(l, "stp.root.hw");
    told["cost"] = number(l, "stp.root.cost");
    told["bridge"] = text(l, "stp.bridge.prio") + "." + text(l, "stp.bridge.hw");
    told["port"] = text(l, "stp.port");
    told["tc"] = flag(l, "stp.flags.tc"), told["tca"] = flag(l, "stp.flags.tcack");
    told["age"] = time("stp.msg_age"), told["max_age"] = time("stp.max_age");
    told["hello"] = time("stp.hello"), told["fwd_delay"] = time("stp.forward");
    return told;
  }

  Json igmp(const Layer& l) const {
    Json told = {{"p", "igmp"}, {"version", number(l, "igmp.version")}, {"type", text(l, "igmp.type")}};
    Json records = Json::array();
    for (const TreeField& one : l.fields)
      if (one.name().empty() && find(one.fields, "igmp.record_type")) {
        const std::string type = find(one.fields, "igmp.record_type")->show;
        records.push_back({{"type", std::strtoull(type.c_str(), nullptr, 0)}, {"group", find(one.fields, "igmp.maddr")->show}});
      }
    if (!records.empty()) told["records"] = records;
    else if (find(l.fields, "igmp.maddr")) told["group"] = text(l, "igmp.maddr");
    return told;
  }

  /// The IP header that a segment stands behind.
  const Layer* ipAround(const Layer& segment, std::uint8_t within) const {
    const Layer* last = nullptr;
    for (const Layer& layer : m_tree.layers) {
      if (&layer == &segment) break;
      if (layer.name() == "ip" && layer.within == within) last = &layer;
    }
    return last;
  }

  /// A number of the stream, counted from the SYN.
  Json relative(const std::string& flow, std::uint32_t sequence) const {
    if (const auto syn = m_names.synOf(flow)) return sequence - *syn;
    return sequence == 0 ? Json(0) : Json("?");
  }

  Json tcp(const Layer& l, std::uint8_t within) {
    const Layer* around = ipAround(l, within);
    if (!around) return Json();
    const std::string a = fmt::format("{} {}", text(*around, "ip.src"), number(l, "tcp.srcport"));
    const std::string b = fmt::format("{} {}", text(*around, "ip.dst"), number(l, "tcp.dstport"));
    const std::string flow = a + " " + b, back = b + " " + a;
    Json told = {{"p", "tcp"}, {"sport", port(number(l, "tcp.srcport"))}, {"dport", port(number(l, "tcp.dstport"))}};
    const auto raw = [&](std::string_view name, std::string_view otherwise) {
      return static_cast<std::uint32_t>(find(l.fields, name) ? number(l, name) : number(l, otherwise));
    };
    const std::uint32_t sequence = raw("tcp.seq_raw", "tcp.seq");
    const bool whole = find(l.fields, "tcp.flags") != nullptr;
    const std::uint64_t flags = whole ? number(l, "tcp.flags") : 0;
    if (whole) {
      constexpr std::pair<std::uint64_t, const char*> kNames[] = {{2, "SYN"}, {16, "ACK"}, {8, "PSH"}, {1, "FIN"}, {4, "RST"}, {32, "URG"}, {64, "ECE"}, {128, "CWR"}};
      told["flags"] = Json::array();
      for (const auto& [bit, name] : kNames)
        if (flags & bit) told["flags"].push_back(name);
      if (flags & 2) m_names.noteSyn(flow, sequence);
    }
    told["seq"] = relative(flow, sequence);
    if (!whole) return told;
    told["ack"] = flags & 16 ? relative(back, raw("tcp.ack_raw", "tcp.ack")) : Json(0);
    told["win"] = number(l, "tcp.window_size_value");
    if (find(l.fields, "tcp.len")) told["len"] = number(l, "tcp.len");
    if (Json options = tcpOptions(l, back); !options.empty()) told["opts"] = std::move(options);
    // Linux leaves checksums on lo to the card, but for segments that no socket sends.
    const bool byHand = number(*around, "ip.id") == 0 && (flags & 2) == 0;
    if (m_unfinished && within == Layer::kTop && !byHand) told["bad_checksum"] = true;
    return told;
  }

  /// The kinds in their order, and what some of them say.
  Json tcpOptions(const Layer& l, const std::string& back) const {
    Json told = Json::object();
    if (find(l.fields, "tcp.options.mss_val")) told["mss"] = number(l, "tcp.options.mss_val");
    if (find(l.fields, "tcp.options.wscale.shift")) told["wscale"] = number(l, "tcp.options.wscale.shift");
    std::vector<std::uint8_t> bytes;
    std::string digits = text(l, "tcp.options");
    std::erase(digits, ':');
    for (std::size_t i = 0; i + 1 < digits.size(); i += 2)
      bytes.push_back(static_cast<std::uint8_t>(std::strtoul(digits.substr(i, 2).c_str(), nullptr, 16)));
    Json kinds = Json::array();
    for (std::size_t at = 0; at < bytes.size() && bytes[at] != 0;) {
      const std::uint8_t kind = bytes[at];
      constexpr std::pair<std::uint8_t, const char*> kNames[] = {{1, "nop"}, {2, "mss"}, {3, "wscale"}, {4, "sackok"}, {5, "sack"}, {8, "ts"}};
      std::string name = std::to_string(kind);
      for (const auto& [known, word] : kNames)
        if (kind == known) name = word;
      kinds.push_back(name);
      const std::size_t size = kind == 1 ? 1 : at + 1 < bytes.size() ? bytes[at + 1] : 0;
      if (size == 0 || at + size > bytes.size()) break;
      if (kind == 5) told["sack"] = sackBlocks({bytes.begin() + static_cast<std::ptrdiff_t>(at), bytes.begin() + static_cast<std::ptrdiff_t>(at + size)}, back);
      at += size;
    }
    if (!kinds.empty()) told["kinds"] = std::move(kinds);
    return told;
  }

  Json sackBlocks(const std::vector<std::uint8_t>& option, const std::string& back) const {
    const auto word = [&](std::size_t at) {
      return std::uint32_t{option[at]} << 24 | std::uint32_t{option[at + 1]} << 16 | std::uint32_t{option[at + 2]} << 8 | option[at + 3];
    };
    Json blocks = Json::array();
    for (std::size_t at = 2; at + 8 <= option.size(); at += 8)
      blocks.push_back(Json::array({relative(back, word(at)), relative(back, word(at + 4))}));
    return blocks;
  }

  Json port(std::uint64_t value) {
    const auto number = static_cast<std::uint32_t>(value);
    return m_names.isEphemeral(number) ? Json(m_names.name("port", "e", number)) : Json(number);
  }

  Json udp(const Layer& l, bool checked) {
    Json told = {{"p", "udp"}};
    told["sport"] = port(number(l, "udp.srcport"));
    told["dport"] = port(number(l, "udp.dstport"));
    told["len"] = number(l, "udp.length");
    if (number(l, "udp.checksum") == 0) told["checksum"] = 0;
    else if (checked && m_unfinished) told["bad_checksum"] = true;
    return told;
  }

  const dissect::PacketTree& m_tree;
  Names& m_names;
  bool m_unfinished;
};

std::string value(const Json& layer, const char* key) {
  const Json& one = layer[key];
  return one.is_string() ? one.get<std::string>() : one.dump();
}

std::string summaryOf(const Json& l, bool broadcast) {
  const std::string protocol = value(l, "p");
  if (protocol == "arp") {
    if (value(l, "op") == "request")
      return fmt::format("ARP who-has {} tell {}{}", value(l, "tpa"), value(l, "spa"), broadcast ? "" : " (unicast)");
    return fmt::format("ARP {} is-at {}{}", value(l, "spa"), value(l, "sha"), broadcast ? " (broadcast)" : "");
  }
  if (protocol == "vlan") return fmt::format("[vlan {}]", value(l, "id"));
  if (protocol == "ip") {
    std::string text = fmt::format("{} > {} ttl {}{}", value(l, "src"), value(l, "dst"), value(l, "ttl"),
                                   l["df"].get<bool>() ? " DF" : "");
    if (l["mf"].get<bool>() || l["off"].get<std::uint64_t>() != 0)
      text += fmt::format(" frag {}+{}{} id {}", value(l, "off"), l["len"].get<std::uint64_t>() - 20,
                          l["mf"].get<bool>() ? "+" : "", value(l, "id"));
    return text;
  }
  if (protocol == "ip6") return fmt::format("{} > {} hlim {}", value(l, "src"), value(l, "dst"), value(l, "hlim"));
  if (protocol == "icmp6") {
    std::string text = fmt::format("ICMPv6 {}/{}", value(l, "type"), value(l, "code"));
    if (l.contains("target")) text += " target " + value(l, "target");
    if (l.contains("quotes")) text += " {" + summary(l["quotes"]) + "}";
    return text;
  }
  if (protocol == "icmp") {
    std::string text = "ICMP " + value(l, "name");
    if (l.contains("seq")) text += " seq " + value(l, "seq");
    if (l.contains("mtu")) text += " mtu " + value(l, "mtu");
    if (l.contains("gateway")) text += " to " + value(l, "gateway");
    if (l.contains("quotes")) text += " {" + summary(l["quotes"]) + "}";
    return text;
  }
  if (protocol == "tcp") {
    std::string flags;
    if (l.contains("flags"))
      for (const Json& one : l["flags"]) flags += (flags.empty() ? "" : ",") + one.get<std::string>();
    std::string text = fmt::format("TCP {} > {} [{}] seq {}", value(l, "sport"), value(l, "dport"), flags, value(l, "seq"));
    if (l.contains("ack") && flags.find("ACK") != flags.npos) text += " ack " + value(l, "ack");
    for (const char* key : {"win", "len"})
      if (l.contains(key)) text += fmt::format(" {} {}", key, value(l, key));
    for (const char* key : {"mss", "wscale", "sack"})
      if (l.contains("opts") && l["opts"].contains(key)) text += fmt::format(" {} {}", key, value(l["opts"], key));
    return text;
  }
  if (protocol == "udp")
    return fmt::format("UDP {} > {} len {}", value(l, "sport"), value(l, "dport"), l["len"].get<std::uint64_t>() - 8);
  return {};
}

}  // namespace

Json tellLayers(const dissect::PacketTree& tree, Names& names, bool unfinished) {
  return Teller(tree, names, unfinished).all();
}

std::string summary(const Json& layers) {
  std::string text;
  bool broadcast = false;
  for (const Json& one : layers) {
    if (value(one, "p") == "eth") broadcast = value(one, "dst") == "ff:ff:ff:ff:ff:ff";
    const std::string part = summaryOf(one, broadcast);
    if (!text.empty() && !part.empty()) text += " ";
    text += part;
  }
  return text;
}

}  // namespace hw::oracle
