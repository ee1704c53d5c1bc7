#include "core/project/check.h"

#include <algorithm>
#include <map>
#include <set>

#include "core/project/check_parts.h"
#include "core/project/complete.h"
#include "core/project/suggest.h"
#include "core/project/words.h"

namespace hw::project {
namespace {

constexpr std::size_t kMaxNodeName = 63;
constexpr std::size_t kMaxInterfaceName = 15;  // IFNAMSIZ without its zero

/// A name stands before a colon in `node:interface`, between slashes in paths and as a word in
/// command lines; as in Linux, "." and ".." are none.
bool isName(std::string_view name, std::size_t longest) {
  constexpr std::string_view kRefused = " \t\r\n:/\"'\\&|;<>{}[],#*!%@`";
  if (name.empty() || name.size() > longest || name == "." || name == "..") return false;
  return name.front() != '-' && name.find_first_of(kRefused) == std::string_view::npos;
}

class Checker {
 public:
  Checker(const Document& document, const std::set<std::string>& skipped)
      : m_document(document), m_completion(document), m_out(skipped) {}

  std::vector<Finding> all() {
    checkNames();
    checkTexts();
    checkLinks();
    checkRepeaters();
    checkMacs();
    checkSharedAddresses();
    for (std::size_t i = 0; i < m_document.nodes.size() && !m_out.full(); ++i) {
      checkNode(m_document.nodes[i], m_completion.interfaces(i), m_out);
    }
    return m_out.take();
  }

 private:
  // ---- names and texts --------------------------------------------------------------------------
  void checkName(const std::string& name, std::size_t longest, const Text& noun, std::string path) {
    if (isName(name, longest)) return;
    m_out.add({.id = ProblemId::BadName,
               .found = inQuotes(name),
               .right = std::to_string(longest),
               .of = noun},
              std::move(path), true);
  }

  void checkNames() {
    for (const Node& node : m_document.nodes) {
      checkName(node.name, kMaxNodeName, {"a node", "节点"}, nodePath(node));
      if (!m_nodes.emplace(node.name, m_nodes.size()).second) {
        m_out.add({.id = ProblemId::KeyTwice, .found = inQuotes(node.name)}, nodePath(node), true);
      }
      std::set<std::string_view> interfaces;
      for (const InterfaceSpec& interface : node.interfaces) {
        const std::string path = interfacePath(node, interface.name);
        checkName(interface.name, kMaxInterfaceName, {"an interface", "接口"}, path);
        if (interfaces.insert(interface.name).second) continue;
        m_out.add({.id = ProblemId::KeyTwice, .found = inQuotes(interface.name)}, path, true);
      }
    }
  }

  void checkLength(std::string_view text, const std::string& path) {
    if (text.size() <= kMaxTextBytes) return;
    m_out.add({.id = ProblemId::TextTooLong, .right = std::to_string(kMaxTextBytes)}, path);
  }
  void checkLength(const DocumentText& text, const std::string& path) {
    checkLength(text.en.size() > text.zh.size() ? text.en : text.zh, path);
  }

  void checkTexts() {
    checkLength(m_document.title, "title");
    for (std::size_t i = 0; i < m_document.notes.size(); ++i) {
      checkLength(m_document.notes[i].text, "notes/" + std::to_string(i) + "/text");
    }
    for (const Node& node : m_document.nodes) {
      checkLength(node.label, nodePath(node) + "/label");
      for (const auto& [key, value] : node.sysctl) {
        checkLength(key.size() > value.size() ? key : value, nodePath(node) + "/sysctl/" + key);
      }
      for (std::size_t i = 0; i < node.start.size(); ++i) {
        checkLength(node.start[i], nodePath(node) + "/start/" + std::to_string(i));
      }
    }
  }

  // ---- links ------------------------------------------------------------------------------------
  /// (node, interface), as views of the document.
  using End = std::pair<std::string_view, std::string_view>;
  static End viewOf(const LinkEnd& end) { return {end.node, end.interface}; }

  void checkLinks() {
    for (const LinkSpec& link : m_document.links) {
      m_ends.insert(viewOf(link.a));
      m_ends.insert(viewOf(link.b));
    }
    noteMtus();
    for (std::size_t i = 0; i < m_document.links.size() && !m_out.full(); ++i) {
      checkLink(m_document.links[i], "links/" + std::to_string(i));
    }
  }

  void checkLink(const LinkSpec& link, const std::string& path) {
    const bool knownA = checkEnd(link.a, path + "/ends/0");
    const bool knownB = checkEnd(link.b, path + "/ends/1");
    if (link.a == link.b) {
      m_out.add({.id = ProblemId::LinkToItself, .found = inQuotes(link.a.text())}, path + "/ends");
      return;
    }
    checkUse(link.a, path + "/ends/0");
    checkUse(link.b, path + "/ends/1");
    if (knownA && knownB) checkPair(link, path);
    if (knownA && knownB && link.medium == Medium::Ppp) checkPoints(link, path);
  }

  /// Frames without MAC addresses are nothing for a bridge or a hub.
  void checkPoints(const LinkSpec& link, const std::string& path) {
    for (const LinkEnd& end : {link.a, link.b}) {
      const Node& node = m_document.nodes[m_nodes.find(end.node)->second];
      if (node.kind == NodeKind::Host || node.kind == NodeKind::Router) continue;
      m_out.add({.id = ProblemId::KeyOfOtherKind, .found = "medium: ppp", .of = nodeKindNoun(node.kind)}, path + "/medium");
    }
  }

  /// Whether the end's node is there.
  bool checkEnd(const LinkEnd& end, std::string path) {
    const auto found = m_nodes.find(end.node);
    if (found == m_nodes.end()) {
      unknownNode(end.node, std::move(path));
      return false;
    }
    const Node& node = m_document.nodes[found->second];
    const bool bridge = node.kind == NodeKind::Switch && end.interface == kBridgeName;
    if (bridge || end.interface == kLoopbackName) {
      m_out.add({.id = ProblemId::BridgeAsPort, .found = inQuotes(end.interface)}, std::move(path));
    } else {
      checkName(end.interface, kMaxInterfaceName, {"an interface", "接口"}, std::move(path));
    }
    return true;
  }

  void unknownNode(const std::string& name, std::string path) {
    std::string_view near;
    if (m_out.takesErrors()) {
      std::vector<std::string_view> known;
      for (const Node& node : m_document.nodes) known.push_back(node.name);
      near = nearest(name, known);
    }
    m_out.add({.id = ProblemId::UnknownNode, .found = inQuotes(name), .right = std::string(near)},
              std::move(path));
  }

  void checkUse(const LinkEnd& end, std::string path) {
    if (m_used.insert(viewOf(end)).second || !m_out.takesErrors()) return;
    m_out.add({.id = ProblemId::InterfaceUsedTwice,
               .found = inQuotes(end.text()),
               .right = inQuotes(freeInterface(end).text())},
              std::move(path));
  }

  /// The end with the next number behind its name that no link has: eth0 -> eth1.
  LinkEnd freeInterface(LinkEnd end) const {
    const std::size_t digits = end.interface.find_last_not_of("0123456789") + 1;
    const std::string stem = end.interface.substr(0, digits);
    for (std::size_t i = 1; m_ends.contains(viewOf(end)); ++i) {
      end.interface = stem + std::to_string(i);
    }
    return end;
  }

  void noteMtus() {
    for (const Node& node : m_document.nodes) {
      for (const InterfaceSpec& interface : node.interfaces) {
        if (interface.mtu) m_mtus.emplace(End{node.name, interface.name}, *interface.mtu);
      }
    }
  }

  int mtuOf(const LinkEnd& end) const {
    constexpr int kDefaultMtu = 1500;
    const auto found = m_mtus.find(viewOf(end));
    return found == m_mtus.end() ? kDefaultMtu : found->second;
  }

  void checkPair(const LinkSpec& link, const std::string& path) {
    if (link.a.node == link.b.node) {
      m_out.add({.id = ProblemId::SameNode, .found = inQuotes(link.a.node)}, path + "/ends");
    }
    if (link.queue && link.queue->unit == QueueLimit::Unit::Packets) {
      const Text noun{"a queue limit in packets (each counts 1514 bytes)", "以 packets 为单位的队列上限（每个按 1514 字节计）"};
      m_out.add({.id = ProblemId::NotSimulatedYet, .of = noun}, path + "/queue");
    }
    const int a = mtuOf(link.a);
    const int b = mtuOf(link.b);
    if (link.duplex == Duplex::Half && !link.bitsPerSecond && link.medium == Medium::Ethernet)
      m_out.add({.id = ProblemId::HalfWithoutRate, .found = "duplex: half", .right = "rate: 10Mbit"}, path + "/duplex");
    if (a == b || isHub(link.a) || isHub(link.b)) return;
    m_out.add({.id = ProblemId::MtuDiffers,
               .found = link.a.text() + " " + std::to_string(a) + ", " + link.b.text() + " " +
                        std::to_string(b)},
              path + "/ends");
  }

  bool isHub(const LinkEnd& end) const {
    return repeatsBits(m_document.nodes[m_nodes.find(end.node)->second].kind);
  }

  /// What repeats bits does so at one rate; a repeater joins two cables.
  void checkRepeaters() {
    std::map<std::string_view, std::pair<int, std::set<std::int64_t>>> cables;
    for (const LinkSpec& link : m_document.links)
      for (const LinkEnd& end : {link.a, link.b}) {
        const auto found = m_nodes.find(end.node);
        if (found == m_nodes.end() || !isHub(end)) continue;
        auto& [count, rates] = cables[m_document.nodes[found->second].name];
        ++count;
        const bool coax = link.medium == Medium::Bus || m_document.nodes[found->second].kind == NodeKind::Bus;
        rates.insert(link.bitsPerSecond.value_or(coax ? 10'000'000 : 0));
      }
    for (const auto& [name, what] : cables) {
      const Node& node = m_document.nodes[m_nodes.find(name)->second];
      if (what.second.size() > 1)
        m_out.add({.id = ProblemId::RatesDiffer, .found = inQuotes(name), .of = nodeKindNoun(node.kind)}, nodePath(node));
      if (node.kind == NodeKind::Repeater && what.first > 2)
        m_out.add({.id = ProblemId::RepeaterPorts, .found = inQuotes(name)}, nodePath(node));
    }
  }

  // ---- addresses of all nodes -------------------------------------------------------------------
  /// Who has an address: an interface of a node, and whether the file says so.
  struct Owner {
    std::size_t node;
    std::string interface;
    bool given;
  };
  std::string nameOf(const Owner& owner) const {
    return m_document.nodes[owner.node].name + ":" + owner.interface;
  }
  std::string macPath(const Owner& owner) const {
    return interfacePath(m_document.nodes[owner.node], owner.interface) + "/mac";
  }

  void checkMacs() {
    std::map<MacAddress, Owner> owners;
    for (std::size_t i = 0; i < m_document.nodes.size(); ++i) {
      std::set<std::string_view> given;
      for (const InterfaceSpec& interface : m_document.nodes[i].interfaces) {
        if (interface.mac) given.insert(interface.name);
      }
      for (const InterfaceSpec& interface : m_completion.interfaces(i)) {
        if (!interface.mac) continue;
        checkMac(*interface.mac, {i, interface.name, given.contains(interface.name)}, owners);
      }
    }
  }

  /// Of two with the same address the one is reported for which the file gives it, else the later.
  void checkMac(MacAddress mac, const Owner& owner, std::map<MacAddress, Owner>& owners) {
    if (owner.given && (mac.isGroup() || mac.isZero())) {
      m_out.add({.id = ProblemId::MacOfGroup, .found = mac.text(), .right = "02:00:00:00:00:aa"},
                macPath(owner));
      return;
    }
    const auto [first, fresh] = owners.emplace(mac, owner);
    if (fresh) return;
    const bool here = owner.given || !first->second.given;
    m_out.add({.id = ProblemId::MacUsedTwice,
               .found = mac.text(),
               .right = inQuotes(nameOf(here ? first->second : owner))},
              macPath(here ? owner : first->second));
  }

  void checkSharedAddresses() {
    std::map<Ipv4Address, End> owners;
    for (const Node& node : m_document.nodes) {
      for (const InterfaceSpec& interface : node.interfaces) {
        for (std::size_t i = 0; i < interface.addresses.size(); ++i) {
          const Ipv4Address address = interface.addresses[i].address;
          const auto [owner, fresh] = owners.emplace(address, End{node.name, interface.name});
          if (fresh || owner->second == End{node.name, interface.name} || address.isLoopback()) continue;
          const std::string first = LinkEnd{std::string(owner->second.first), std::string(owner->second.second)}.text();
          m_out.add({.id = ProblemId::AddressUsedTwice, .found = address.text(), .right = inQuotes(first)},
                    interfacePath(node, interface.name) + "/addresses/" + std::to_string(i));
        }
      }
    }
  }

  const Document& m_document;
  const Completion m_completion;
  std::map<std::string_view, std::size_t> m_nodes;
  std::set<End> m_ends;
  std::set<End> m_used;
  std::map<End, int> m_mtus;
  FindingList m_out;
};

}  // namespace

std::vector<Finding> check(const Document& document, const std::set<std::string>& skipped) {
  return Checker(document, skipped).all();
}

}  // namespace hw::project
