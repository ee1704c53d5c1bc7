#include "core/project/save.h"

#include <fmt/format.h>

#include <algorithm>

#include "core/base/ascii.h"
#include "core/project/text_check.h"
#include "core/project/words.h"
#include "core/project/vlan_text.h"

namespace hw::project {
namespace {

/// The lines of the file, each indented by its level.
class Lines {
 public:
  void add(int level, std::string_view line) {
    m_text.append(static_cast<std::size_t>(level) * 2, ' ').append(line).append("\n");
  }
  void add(int level, std::string_view key, std::string_view value) {
    add(level, std::string(key).append(": ").append(value));
  }
  std::string take() { return std::move(m_text); }

 private:
  std::string m_text;
};

/// "{a: 1, b: 2}", in the order of adding.
class FlowMap {
 public:
  void add(std::string_view key, std::string_view value) {
    m_inner.append(m_inner.empty() ? "" : ", ").append(key).append(": ").append(value);
  }
  bool empty() const { return m_inner.empty(); }
  std::string text() const { return "{" + m_inner + "}"; }

 private:
  std::string m_inner;
};

template <class T, class ToText> std::string flowList(const std::vector<T>& all, ToText toText) {
  std::string inner;
  for (const T& one : all) inner.append(inner.empty() ? "" : ", ").append(toText(one));
  return "[" + inner + "]";
}

std::string localized(const DocumentText& text) {
  if (text.zh.empty()) return yamlScalar(text.en);
  FlowMap map;
  if (!text.en.empty()) map.add("en", yamlScalar(text.en));
  map.add("zh_CN", yamlScalar(text.zh));
  return map.text();
}

std::string position(const Position& at) { return fmt::format("[{}, {}]", at.x, at.y); }

std::string vlanText(const VlanSpec& vlan) {
  FlowMap map;
  if (vlan.access) map.add("access", std::to_string(*vlan.access));
  if (!vlan.trunk.empty()) map.add("trunk", flowList(vlan.trunk, vlansText));
  if (vlan.native) map.add("native", std::to_string(*vlan.native));
  FlowMap macs, subnets;
  for (const VlanOfMac& one : vlan.byMac) macs.add(yamlScalar(one.mac.text()), std::to_string(one.id));
  for (const VlanOfSubnet& one : vlan.bySubnet) subnets.add(yamlScalar(one.subnet.text()), std::to_string(one.id));
  if (!macs.empty()) map.add("by_mac", macs.text());
  if (!subnets.empty()) map.add("by_subnet", subnets.text());
  return map.text();
}

std::string interfaceText(const InterfaceSpec& interface) {
  FlowMap map;
  if (interface.mac) map.add("mac", yamlScalar(interface.mac->text()));
  if (!interface.addresses.empty()) {
    map.add("addresses", flowList(interface.addresses, [](const auto& one) { return one.text(); }));
  }
  if (interface.six) map.add("ipv6", flowList(*interface.six, [](const auto& one) { return yamlScalar(one.text()); }));
  if (interface.mtu) map.add("mtu", std::to_string(*interface.mtu));
  if (interface.down) map.add("down", "true");
  if (interface.vlan) map.add("vlan", vlanText(*interface.vlan));
  return map.text();
}

std::string bridgeText(const BridgeSpec& bridge) {
  FlowMap map;
  if (bridge.ageingTime) map.add("ageing_time", durationText(*bridge.ageingTime));
  if (bridge.stp) map.add("stp", *bridge.stp ? "true" : "false");
  if (bridge.priority) map.add("priority", std::to_string(*bridge.priority));
  return map.text();
}

std::string neighbourText(const NeighbourSpec& neighbour) {
  FlowMap map;
  map.add("address", neighbour.address.text());
  map.add("mac", yamlScalar(neighbour.mac.text()));
  map.add("device", yamlScalar(neighbour.device));
  return map.text();
}

std::string linkText(const LinkSpec& link) {
  FlowMap map;
  map.add("ends", "[" + yamlScalar(link.a.text()) + ", " + yamlScalar(link.b.text()) + "]");
  map.add("medium", mediumWord(link.medium));
  if (link.duplex) map.add("duplex", kDuplexes[static_cast<std::size_t>(*link.duplex)]);
  if (link.metres) map.add("length", metresText(*link.metres));
  if (link.latency != LinkSpec{}.latency) map.add("latency", durationText(link.latency));
  if (link.bitsPerSecond) map.add("rate", rateText(*link.bitsPerSecond));
  if (link.lossPpm != 0) map.add("loss", lossText(link.lossPpm));
  if (link.queue) map.add("queue", queueText(*link.queue));
  if (link.down) map.add("down", "true");
  return map.text();
}

void addNode(Lines& out, const Node& node) {
  out.add(1, yamlScalar(node.name) + ":");
  out.add(2, "kind", nodeKindWord(node.kind));
  if (!node.label.empty()) out.add(2, "label", localized(node.label));
  if (node.position) out.add(2, "position", position(*node.position));
  if (!node.interfaces.empty()) out.add(2, "interfaces:");
  for (const InterfaceSpec& one : node.interfaces) out.add(3, yamlScalar(one.name), interfaceText(one));
  if (node.bridge != BridgeSpec{}) out.add(2, "bridge", bridgeText(node.bridge));
  if (node.tapMetres) out.add(2, "tap_distance", metresText(*node.tapMetres));
  if (!node.routes.empty()) out.add(2, "routes:");
  for (const RouteSpec& one : node.routes) out.add(3, "- " + yamlScalar(routeText(one)));
  if (!node.routesSix.empty()) out.add(2, "ipv6_routes:");
  for (const RouteSpecSix& one : node.routesSix) out.add(3, "- " + yamlScalar(routeText(one)));
  if (!node.neighbours.empty()) out.add(2, "neighbours:");
  for (const NeighbourSpec& one : node.neighbours) out.add(3, "- " + neighbourText(one));
  if (!node.sysctl.empty()) out.add(2, "sysctl:");
  for (const auto& [key, value] : node.sysctl) out.add(3, yamlScalar(key), yamlScalar(value));
  if (!node.start.empty()) out.add(2, "start:");
  for (const std::string& line : node.start) out.add(3, "- " + yamlScalar(line));
}

// ---- scalars ------------------------------------------------------------------------------------

/// Words that some YAML reader takes for no text.
bool isSpecialWord(std::string_view text) {
  constexpr std::string_view kWords[] = {"null", "true", "false", "yes", "no", "on", "off", "y", "n"};
  const auto lower = [](char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c + 32) : c; };
  std::string word(text);
  std::transform(word.begin(), word.end(), word.begin(), lower);
  return std::find(std::begin(kWords), std::end(kWords), word) != std::end(kWords);
}

/// A text that starts like a number is one to some reader (12, 1.5, 0x1F, 10:20:30 in base 60),
/// unless it holds a letter that no number has or a slash.
bool looksLikeNumber(std::string_view text) {
  if (!isDigit(text[0]) && text[0] != '+' && text[0] != '.' && text[0] != '-') return false;
  return text.find_first_not_of("0123456789abcdefABCDEFxXoO+-.:_") == std::string_view::npos;
}

/// True if the text can stand without quotes, within [] and {} too.
bool isPlain(std::string_view text) {
  if (text.empty() || text.back() == ' ' || text.back() == ':') return false;
  const char first = text[0];
  const bool goodStart = isLetter(first) || isDigit(first) || (first & 0x80) != 0 || first == '/' || first == '_';
  if (!goodStart || isSpecialWord(text) || looksLikeNumber(text)) return false;
  for (std::size_t i = 0; i < text.size(); ++i) {
    const char c = text[i];
    const bool harmless = isLetter(c) || isDigit(c) || c == ' ' || (c & 0x80) != 0 ||
                          std::string_view("/_-.+=()&").find(c) != std::string_view::npos;
    // A colon is part of the text as long as no blank follows it.
    const bool colon = c == ':' && i + 1 < text.size() && text[i + 1] != ' ';
    if (!harmless && !colon) return false;
  }
  return true;
}

/// Characters outside ASCII that a YAML reader may take for a line end or drop.
constexpr std::string_view kFragile[][2] = {{"\xC2\x85", "\\u0085"},
                                            {"\xC2\xA0", "\\u00A0"},
                                            {"\xE2\x80\xA8", "\\u2028"},
                                            {"\xE2\x80\xA9", "\\u2029"},
                                            {"\xEF\xBB\xBF", "\\uFEFF"}};

bool hasFragile(std::string_view text) {
  return std::any_of(std::begin(kFragile), std::end(kFragile), [&](const auto& one) {
    return text.find(one[0]) != std::string_view::npos;
  });
}

std::string escapedAt(std::string_view text, std::size_t& i) {
  for (const auto& [bytes, escape] : kFragile) {
    if (!text.substr(i).starts_with(bytes)) continue;
    i += bytes.size() - 1;
    return std::string(escape);
  }
  switch (text[i]) {
    case '"': return "\\\"";
    case '\\': return "\\\\";
    case '\n': return "\\n";
    case '\r': return "\\r";
    case '\t': return "\\t";
    default: break;
  }
  return std::string(1, text[i]);
}

}  // namespace

std::string yamlScalar(std::string_view text) {
  const auto noText = firstNoText(text);
  if (!noText && isPlain(text) && !hasFragile(text)) return std::string(text);
  std::string out = "\"";
  std::size_t bad = noText.value_or(text.size());
  for (std::size_t i = 0; i < text.size(); ++i) {
    if (i < bad) {
      out += escapedAt(text, i);
      continue;
    }
    out += "\\uFFFD";
    const auto next = firstNoText(text.substr(i + 1));
    bad = next ? i + 1 + *next : text.size();
  }
  return out + "\"";
}

std::string saveText(const Document& document) {
  Lines out;
  out.add(0, "version", std::to_string(kFormatVersion));
  out.add(0, "seed", std::to_string(document.seed));
  if (!document.title.empty()) out.add(0, "title", localized(document.title));
  out.add(0, document.nodes.empty() ? "nodes: {}" : "nodes:");
  for (const Node& node : document.nodes) addNode(out, node);
  if (!document.links.empty()) out.add(0, "links:");
  for (const LinkSpec& link : document.links) out.add(1, "- " + linkText(link));
  if (!document.notes.empty()) out.add(0, "notes:");
  for (const Note& note : document.notes) {
    out.add(1, "- text: " + localized(note.text));
    if (note.position) out.add(2, "position", position(*note.position));
  }
  return out.take();
}

}  // namespace hw::project
