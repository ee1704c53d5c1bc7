#include "core/oracle/scenario.h"

#include <cmath>
#include <set>

#include <fmt/format.h>
#include <nlohmann/json.hpp>

namespace hw::oracle {
namespace {

using Json = nlohmann::ordered_json;

/// Reads with a place to point at; the first error wins.
class Reader {
 public:
  explicit Reader(Scenario& scenario) : m_scenario(scenario) {}

  std::optional<ScenarioError> read(const Json& all) {
    if (!all.is_object()) bad("", "an object is expected");
    m_scenario.title = text(all, "title", "", "");
    for (const Json& one : list(all, "decode_as", "")) readDecoding(asText(one, "decode_as"));
    m_scenario.six = flag(all, "ipv6");
    m_scenario.warmup = span(all, "warmup", "", {});
    for (const Json& one : list(all, "capture_lo", "")) m_scenario.capturedLoopbacks.push_back(asText(one, "capture_lo"));
    for (const Json& one : list(all, "no_capture", "")) m_scenario.notCaptured.push_back(asText(one, "no_capture"));
    for (const Json& one : list(all, "keep_ports", ""))
      m_scenario.keptPorts.push_back(static_cast<std::uint32_t>(asNumber(one, "keep_ports")));
    readLinks(all);
    if (all.contains("nodes") && all["nodes"].is_object())
      for (const auto& [name, node] : all["nodes"].items()) readNode(name, node);
    else bad("nodes", "an object is expected");
    checkEnds();
    if (!m_error) {
      int number = 0;
      for (const Json& step : list(all, "steps", "")) readStep(step, fmt::format("steps[{}]", number++));
    }
    return m_error;
  }

 private:
  void bad(const std::string& place, const std::string& what) {
    if (!m_error) m_error = ScenarioError{ScenarioError::Kind::Unreadable, place, what};
  }
  void notBuilt(const std::string& place, const std::string& what) {
    if (!m_error) m_error = ScenarioError{ScenarioError::Kind::NotBuilt, place, what};
  }

  std::string asText(const Json& value, const std::string& place) {
    if (value.is_string()) return value.get<std::string>();
    if (value.is_number_integer()) return std::to_string(value.get<std::int64_t>());
    if (value.is_boolean()) return value.get<bool>() ? "1" : "0";
    bad(place, "a text is expected");
    return {};
  }
  double asNumber(const Json& value, const std::string& place) {
    if (value.is_number()) return value.get<double>();
    bad(place, "a number is expected");
    return 0;
  }
  std::string text(const Json& in, const char* key, const std::string& place, const std::string& otherwise) {
    return in.is_object() && in.contains(key) ? asText(in[key], place + "." + key) : otherwise;
  }
  /// Seconds as the file writes them.
  Duration span(const Json& in, const char* key, const std::string& place, Duration otherwise) {
    if (!in.is_object() || !in.contains(key)) return otherwise;
    const double value = asNumber(in[key], place + "." + key);
    if (!(value >= 0 && value < 1e6)) {
      bad(place + "." + key, "seconds from 0 to a million are expected");
      return {};
    }
    return Duration{std::llround(value * 1e9)};
  }
  bool flag(const Json& in, const char* key) {
    if (!in.is_object() || !in.contains(key)) return false;
    const Json& value = in[key];
    return value.is_boolean() ? value.get<bool>() : value.is_number() && value.get<double>() != 0;
  }
  const Json& list(const Json& in, const char* key, const std::string& place) {
    static const Json empty = Json::array();
    if (!in.is_object() || !in.contains(key)) return empty;
    if (in[key].is_array()) return in[key];
    bad(place + "." + key, "a list is expected");
    return empty;
  }
  std::optional<MacAddress> mac(const Json& in, const std::string& place) {
    if (!in.is_object() || !in.contains("mac")) return std::nullopt;
    const auto address = MacAddress::parse(asText(in["mac"], place));
    if (!address) bad(place + ".mac", "a MAC address is expected");
    return address;
  }
  std::optional<std::uint32_t> mtu(const Json& in, const std::string& place) {
    if (!in.is_object() || !in.contains("mtu")) return std::nullopt;
    const double value = asNumber(in["mtu"], place + ".mtu");
    if (value >= 68 && value <= 65535) return static_cast<std::uint32_t>(value);
    bad(place + ".mtu", "68 to 65535 is expected");
    return std::nullopt;
  }

  /// "udp.port==5555,ip": what the payload of a port is.
  void readDecoding(const std::string& text) {
    constexpr std::string_view kFront = "udp.port==";
    const std::size_t comma = text.find(',');
    if (!text.starts_with(kFront) || comma == text.npos) return notBuilt("decode_as", text);
    m_scenario.payloads.emplace_back(static_cast<std::uint16_t>(std::strtoul(text.c_str() + kFront.size(), nullptr, 10)),
                                     text.substr(comma + 1));
  }

  void readLinks(const Json& all) {
    for (const Json& link : list(all, "links", "")) {
      if (!link.is_array() || link.size() != 2) return bad("links", "pairs of node:interface are expected");
      const std::string a = asText(link[0], "links"), b = asText(link[1], "links");
      if (a.find(':') == a.npos || b.find(':') == b.npos) return bad("links", "node:interface is expected");
      m_scenario.links.emplace_back(a, b);
    }
  }

  void checkEnds() {
    std::set<std::string> nodes, ends;
    for (const Node& node : m_scenario.nodes) nodes.insert(node.name);
    for (const auto& [a, b] : m_scenario.links)
      for (const std::string& end : {a, b}) {
        if (!nodes.count(end.substr(0, end.find(':')))) bad("links", "no such node: " + end);
        if (!ends.insert(end).second) bad("links", "two links at " + end);
      }
  }

  void readNode(const std::string& name, const Json& json) {
    const std::string place = "nodes." + name;
    if (!json.is_object()) return bad(place, "an object is expected");
    Node node;
    node.name = name;
    const std::string type = text(json, "type", place, "");
    if (type == "host") node.type = Node::Type::Host;
    else if (type == "router") node.type = Node::Type::Router;
    else if (type == "bridge") node.type = Node::Type::Bridge;
    else return bad(place + ".type", "host, router or bridge is expected");
    if (json.contains("nft")) node.filter = nftLine(json["nft"], place + ".nft");
    if (json.contains("ifaces") && json["ifaces"].is_object())
      for (const auto& [interface, value] : json["ifaces"].items())
        readInterface(node.interfaces[interface], value, place + ".ifaces." + interface);
    if (node.type == Node::Type::Bridge) {
      VirtualDevice& bridge = node.devices.emplace_back();
      bridge.name = "br0";
      bridge.ports = portsOf(name);
      if (json.contains("bridge")) readBridge(bridge, json["bridge"], place + ".bridge");
    }
    for (const Json& device : list(json, "devices", place)) readDevice(node, device, place + ".devices");
    for (const Json& route : list(json, "routes", place)) node.routes.push_back(asText(route, place + ".routes"));
    for (const Json& rule : list(json, "rules", place)) node.rules.push_back(asText(rule, place + ".rules"));
    for (const Json& line : list(json, "rt_tables", place)) node.tables.push_back(asText(line, place + ".rt_tables"));
    for (const Json& line : list(json, "setup", place)) node.setup.push_back(asText(line, place + ".setup"));
    readSysctls(json, "sysctl", node.sysctls, place);
    readSysctls(json, "late_sysctl", node.lateSysctls, place);
    m_scenario.nodes.push_back(std::move(node));
  }

  void readSysctls(const Json& json, const char* key, std::vector<std::pair<std::string, std::string>>& out,
                   const std::string& place) {
    if (!json.contains(key)) return;
    if (!json[key].is_object()) return bad(place + "." + key, "an object is expected");
    for (const auto& [name, value] : json[key].items()) out.emplace_back(name, asText(value, place + "." + key));
  }

  /// A line of the shell that gives lines to nft: a list of them, or one text.
  std::string nftLine(const Json& json, const std::string& place) {
    std::string text;
    if (json.is_array())
      for (const Json& line : json) text += asText(line, place) + "\n";
    else text = asText(json, place);
    std::string quoted = "nft '";
    for (const char c : text) quoted += c == '\'' ? "'\\''" : std::string(1, c);
    return quoted + "'";
  }

  std::vector<std::string> portsOf(const std::string& node) {
    std::vector<std::string> ports;
    for (const auto& [a, b] : m_scenario.links)
      for (const std::string& end : {a, b})
        if (end.substr(0, end.find(':')) == node) ports.push_back(end.substr(end.find(':') + 1));
    return ports;
  }

  void readInterface(NodeInterface& out, const Json& json, const std::string& place) {
    if (!json.is_object()) return bad(place, "an object is expected");
    out.mac = mac(json, place);
    out.mtu = mtu(json, place);
    out.down = flag(json, "down");
    for (const Json& one : list(json, "ip", place)) {
      if (const auto six = Ipv6Prefix::parse(asText(one, place + ".ip")); six && six->length < 128) {
        out.addressesSix.push_back(*six);
        continue;
      }
      const auto prefix = Ipv4Prefix::parse(asText(one, place + ".ip"));
      if (!prefix) return notBuilt(place + ".ip", "the address " + asText(one, place));
      out.addresses.push_back(*prefix);
    }
  }

  void readBridge(VirtualDevice& out, const Json& json, const std::string& place) {
    if (!json.is_object()) return bad(place, "an object is expected");
    out.stp = flag(json, "stp");
    const auto hundredths = [&](const char* key) {
      return json.contains(key) ? std::optional(milliseconds(static_cast<std::int64_t>(asNumber(json[key], place) * 10))) : std::nullopt;
    };
    out.forwardDelay = hundredths("forward_delay"), out.helloTime = hundredths("hello_time"), out.maxAge = hundredths("max_age");
    if (json.contains("priority")) out.priority = static_cast<std::uint16_t>(asNumber(json["priority"], place));
    out.snooping = flag(json, "mcast_snooping");
    if (json.contains("ageing_time"))
      out.ageing = milliseconds(static_cast<std::int64_t>(asNumber(json["ageing_time"], place) * 10));
    if (json.contains("mac")) out.mac = mac(json, place);
    out.mtu = mtu(json, place);
  }

  void readTunnel(VirtualDevice& device, const Json& json, const std::string& place) {
    const auto address = [&](const char* key) { return Ipv4Address::parse(text(json, key, place, "")); };
    device.local = address("local");
    device.remote = json.contains("group") ? address("group") : address("remote");
    if (json.contains("ttl")) device.ttl = static_cast<std::uint8_t>(asNumber(json["ttl"], place + ".ttl"));
    if (json.contains("dstport")) device.destinationPort = static_cast<std::uint16_t>(asNumber(json["dstport"], place));
    device.learning = !flag(json, "nolearning");
  }

  void readDevice(Node& node, const Json& json, const std::string& place) {
    static const std::map<std::string, VirtualDevice::Kind> kinds = {{"bridge", VirtualDevice::Kind::Bridge},
                                                                     {"vlan", VirtualDevice::Kind::Vlan},
                                                                     {"tun", VirtualDevice::Kind::Tun},
                                                                     {"tap", VirtualDevice::Kind::Tap},
                                                                     {"vxlan", VirtualDevice::Kind::Vxlan}};
    const std::string kind = text(json, "kind", place, "");
    const auto known = kinds.find(kind);
    if (known == kinds.end()) return notBuilt(place, kind.empty() ? "a device without a kind" : kind);
    VirtualDevice& device = node.devices.emplace_back();
    device.kind = known->second;
    device.name = text(json, "name", place, "br0");
    device.parent = text(json, "dev", place, "");
    if (json.contains("id")) device.id = static_cast<std::uint32_t>(asNumber(json["id"], place + ".id"));
    readTunnel(device, json, place);
    for (const Json& port : list(json, "ports", place)) device.ports.push_back(asText(port, place + ".ports"));
    readBridge(device, json, place);
  }

  /// The line that the recorder runs for a step.
  std::string lineOf(const Json& s, const std::string& kind, const std::string& place) {
    const auto with = [&](const char* key, const char* option) {
      return s.contains(key) ? fmt::format(" {} {}", option, asText(s[key], place)) : std::string();
    };
    const auto seconds = [&](const char* key, const char* otherwise) {
      return s.contains(key) ? fmt::format("{:.9g}", asNumber(s[key], place + "." + key)) : std::string(otherwise);
    };
    const std::string to = text(s, "to", place, "");
    if (kind == "ping")
      return fmt::format("ping -n -c {} -s {} -i {} -W {}", text(s, "count", place, "1"), text(s, "size", place, "56"),
                         seconds("interval", "1"), seconds("wait", "1")) +
             with("ttl", "-t") + with("df", "-M") + with("from", "-I") + with("deadline", "-w") +
             (flag(s, "broadcast") ? " -b" : "") + (flag(s, "record_route") ? " -R" : "") + " " + to;
    if (kind == "traceroute") {
      const std::string mode = text(s, "mode", place, "udp");
      return fmt::format("traceroute -n -q {} -N 1 -w {} -m {} {}{}", text(s, "queries", place, "1"), seconds("wait", "1"),
                         text(s, "max", place, "8"), mode == "icmp" ? "-I " : mode == "tcp" ? "-T " : "", to);
    }
    if (kind == "arping")
      return fmt::format("arping -c {} -w {} -I {} {} {}", text(s, "count", place, "1"), text(s, "wait", place, "2"),
                         text(s, "dev", place, ""), text(s, "flags", place, ""), to);
    if (kind == "udp_serve") return fmt::format("udp-serve {} {}", text(s, "port", place, ""), text(s, "args", place, ""));
    if (kind == "udp_send") {
      std::string line = fmt::format("udp-send {} {}", to, text(s, "port", place, ""));
      for (const Json& size : list(s, "size", place)) line += " " + asText(size, place + ".size");
      return line + " " + text(s, "args", place, "");
    }
    if (kind == "tcp_serve") return fmt::format("tcp-serve {} {}", text(s, "port", place, ""), text(s, "ops", place, ""));
    if (kind == "tcp_client") return fmt::format("tcp-client {} {} {}", to, text(s, "port", place, ""), text(s, "ops", place, ""));
    if (kind == "tunapp") {
      const std::string port = text(s, "port", place, "0");
      return fmt::format("tunapp {} {} {} {} {} {}", text(s, "dev", place, "tun0"), text(s, "mode", place, "tun"),
                         text(s, "local", place, ""), port, text(s, "peer", place, ""), port);
    }
    return withoutInterpreter(text(s, "cmd", place, ""));
  }

  /// The recorder's programs are commands of our own: "/usr/bin/python3 $HERE/nettool.py udp-send" is udp-send.
  static std::string withoutInterpreter(std::string line) {
    for (const std::string_view tool : {"/usr/bin/python3 $HERE/nettool.py ", "python3 $HERE/nettool.py "})
      for (std::size_t at = line.find(tool); at != line.npos; at = line.find(tool, at)) line.erase(at, tool.size());
    return line;
  }

  void readStep(const Json& json, const std::string& place) {
    if (!json.is_object()) return bad(place, "an object is expected");
    StepText step;
    step.kind = text(json, "do", place, "");
    step.on = text(json, "on", place, "");
    step.background = flag(json, "bg");
    step.settle = span(json, "settle", place, milliseconds(step.background ? 500 : 150));
    step.timeout = span(json, "timeout", place, seconds(150));
    step.snapshot = text(json, "snap", place, "");
    static const std::set<std::string> lines = {"ping", "traceroute", "arping", "udp_send", "udp_serve", "tcp_serve", "tcp_client", "tunapp", "exec"};
    static const std::map<std::string, std::string> missing = {{"file", "files"}};
    if (step.kind == "sleep") {
      step.action = StepText::Do::Sleep;
      step.span = span(json, "s", place, {});
    } else if (step.kind == "snap") {
      step.action = StepText::Do::Snap;
      step.snapshot = text(json, "label", place, "");
      step.line = text(json, "cmd", place, "");
    } else if (step.kind == "link") {
      step.action = StepText::Do::Link;
      readLink(step, json, place);
    } else if (step.kind == "nft") {
      step.line = json.contains("rules") ? nftLine(json["rules"], place + ".rules") : std::string();
    } else if (lines.count(step.kind)) {
      step.line = lineOf(json, step.kind, place);
    } else if (const auto at = missing.find(step.kind); at != missing.end()) {
      return notBuilt(place, at->second);
    } else {
      return bad(place + ".do", "unknown step " + step.kind);
    }
    const bool needsNode = step.action == StepText::Do::Line || !step.line.empty();
    if (needsNode && !isNode(step.on)) return bad(place + ".on", "no such node: " + step.on);
    m_scenario.steps.push_back(std::move(step));
  }

  void readLink(StepText& step, const Json& json, const std::string& place) {
    step.end = text(json, "end", place, "");
    const std::size_t colon = step.end.find(':');
    if (colon == step.end.npos) return bad(place + ".end", "node:interface is expected");
    step.on = step.end.substr(0, colon);
    step.line = fmt::format("ip link set {} {}", step.end.substr(colon + 1), text(json, "state", place, "up"));
  }

  bool isNode(const std::string& name) const {
    for (const Node& node : m_scenario.nodes)
      if (node.name == name) return true;
    return false;
  }

  Scenario& m_scenario;
  std::optional<ScenarioError> m_error;
};

}  // namespace

std::string ScenarioError::text() const {
  const std::string where = place.empty() ? std::string() : place + ": ";
  return kind == Kind::NotBuilt ? where + "needs " + what + ", which is not built yet" : where + what;
}

Expected<Scenario, ScenarioError> parseScenario(const std::string& name, const std::string& json) {
  const Json all = Json::parse(json, nullptr, false);
  if (all.is_discarded()) return unexpected(ScenarioError{ScenarioError::Kind::Unreadable, "", "no JSON"});
  Scenario scenario;
  scenario.name = name;
  if (auto error = Reader(scenario).read(all)) return unexpected(std::move(*error));
  return scenario;
}

}  // namespace hw::oracle
