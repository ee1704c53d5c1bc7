#include "core/project/edit.h"

#include <algorithm>
#include <map>
#include <set>

#include "core/project/address_advice.h"
#include "core/project/check.h"
#include "core/project/complete.h"

namespace hw::project {
namespace {

std::string stemOf(NodeKind kind) {
  switch (kind) {
    case NodeKind::Router: return "r";
    case NodeKind::Switch: return "sw";
    case NodeKind::Hub: return "hub";
    case NodeKind::Repeater: return "rep";
    case NodeKind::Bus: return "bus";
    case NodeKind::Host: break;
  }
  return "h";
}

std::string withoutNumber(const std::string& name) { return name.substr(0, name.find_last_not_of("0123456789") + 1); }

/// stem1, stem2 ...: the first that is not taken.
std::string freeName(const std::string& stem, const std::set<std::string>& taken, int from = 1) {
  for (int number = from;; ++number)
    if (std::string name = stem + std::to_string(number); !taken.contains(name)) return name;
}

std::set<std::string> namesOf(const Document& document) {
  std::set<std::string> names;
  for (const Node& node : document.nodes) names.insert(node.name);
  return names;
}

bool hasPorts(const Node& node) { return node.kind == NodeKind::Switch || repeatsBits(node.kind); }

/// All names that are taken at a node, those of interfaces that only a link names included.
std::set<std::string> interfaceNames(const Document& document, const Node& node) {
  std::set<std::string> names{std::string(kLoopbackName), std::string(kBridgeName)};
  for (const InterfaceSpec& one : node.interfaces) names.insert(one.name);
  for (const LinkSpec& link : document.links)
    for (const LinkEnd& end : {link.a, link.b})
      if (end.node == node.name) names.insert(end.interface);
  return names;
}

std::string newInterface(const Document& document, const Node& node) {
  return freeName(hasPorts(node) ? "p" : "eth", interfaceNames(document, node), hasPorts(node) ? 1 : 0);
}

bool isLinked(const Document& document, const LinkEnd& end) {
  return std::any_of(document.links.begin(), document.links.end(),
                     [&end](const LinkSpec& link) { return link.a == end || link.b == end; });
}

struct Editor {
  Draft& draft;

  void operator()(const AddNode& edit) {
    Node node;
    node.kind = edit.kind;
    node.name = freeName(stemOf(edit.kind), namesOf(draft.document));
    node.position = edit.position;
    draft.add(std::move(node));
  }
  void operator()(const RemoveParts& edit) {
    for (const LinkKey key : edit.links) draft.remove(key);
    for (const NodeKey key : edit.nodes) draft.remove(key);
    for (const NoteKey key : edit.notes) draft.remove(key);
  }
  void operator()(const RenameNode& edit) {
    Node* node = draft.node(edit.node);
    if (!node) return;
    const std::string before = std::exchange(node->name, edit.name);
    forEachEnd([&](LinkEnd& end) {
      if (end.node == before) end.node = edit.name;
    });
  }
  void operator()(const MoveParts& edit) {
    for (const auto& [key, position] : edit.nodes)
      if (Node* node = draft.node(key)) node->position = position;
    for (const auto& [key, position] : edit.notes)
      if (Note* note = draft.note(key)) note->position = position;
  }
  void operator()(const ReplaceNode& edit) {
    Node* node = draft.node(edit.key);
    if (!node) return;
    const std::string name = node->name;
    *node = edit.node;
    node->name = name;
  }
  void operator()(const AddInterface& edit) {
    Node* node = draft.node(edit.node);
    if (!node) return;
    InterfaceSpec fresh;
    fresh.name = edit.name.empty() ? newInterface(draft.document, *node) : edit.name;
    node->interfaces.push_back(std::move(fresh));
  }
  void operator()(const RemoveInterface& edit) {
    Node* node = draft.node(edit.node);
    if (!node) return;
    std::erase_if(node->interfaces, [&](const auto& one) { return one.name == edit.name; });
    std::erase_if(node->routes, [&](const auto& one) { return one.device == edit.name; });
    std::erase_if(node->neighbours, [&](const auto& one) { return one.device == edit.name; });
    const LinkEnd end{node->name, edit.name};
    const std::vector<LinkKey> keys = draft.links;
    for (const LinkKey key : keys)
      if (const LinkSpec* link = draft.link(key); link->a == end || link->b == end) draft.remove(key);
  }
  void operator()(const RenameInterface& edit) {
    Node* node = draft.node(edit.node);
    if (!node) return;
    for (InterfaceSpec& one : node->interfaces)
      if (one.name == edit.from) one.name = edit.to;
    for (RouteSpec& one : node->routes)
      if (one.device == edit.from) one.device = edit.to;
    for (NeighbourSpec& one : node->neighbours)
      if (one.device == edit.from) one.device = edit.to;
    forEachEnd([&](LinkEnd& end) {
      if (end.node == node->name && end.interface == edit.from) end.interface = edit.to;
    });
  }
  void operator()(const Connect& edit) {
    const Node* a = draft.node(edit.a);
    const Node* b = draft.node(edit.b);
    if (!a || !b || a == b) return;
    LinkSpec link;
    link.a = {a->name, edit.aInterface.empty() ? freeInterface(draft.document, *a) : edit.aInterface};
    link.b = {b->name, edit.bInterface.empty() ? freeInterface(draft.document, *b) : edit.bInterface};
    link.latency = microseconds(10);
    link.bitsPerSecond = 1'000'000'000;
    draft.add(std::move(link));
  }
  void operator()(const ReplaceLink& edit) {
    LinkSpec* link = draft.link(edit.key);
    if (!link) return;
    const LinkSpec before = *link;
    *link = edit.link;
    link->a = before.a;
    link->b = before.b;
  }
  void operator()(const AddNote& edit) { draft.add(Note{edit.text, edit.position}); }
  void operator()(const ReplaceNote& edit) {
    if (Note* note = draft.note(edit.key)) *note = edit.note;
  }
  void operator()(const SetTitle& edit) { draft.document.title = edit.title; }

  void operator()(const Paste& edit) {
    std::set<std::string> taken = namesOf(draft.document);
    std::map<std::string, std::string> names;
    for (Node node : edit.fragment.nodes) {
      const std::string old = node.name;
      if (taken.contains(old)) node.name = freeName(withoutNumber(old), taken);
      taken.insert(node.name);
      names[old] = node.name;
      move(node.position, edit.offset);
      for (InterfaceSpec& one : node.interfaces) makeOwn(one);
      draft.add(std::move(node));
    }
    for (LinkSpec link : edit.fragment.links) {
      link.a.node = names[link.a.node];
      link.b.node = names[link.b.node];
      if (!link.a.node.empty() && !link.b.node.empty()) draft.add(std::move(link));
    }
    for (Note note : edit.fragment.notes) {
      move(note.position, edit.offset);
      draft.add(std::move(note));
    }
  }

 private:
  template <class Visit> void forEachEnd(Visit visit) {
    for (LinkSpec& link : draft.document.links) {
      visit(link.a);
      visit(link.b);
    }
  }
  static void move(std::optional<Position>& position, const Position& by) {
    if (position) position = Position{position->x + by.x, position->y + by.y};
  }
  /// A copy has its own MAC, and addresses that nobody else has.
  void makeOwn(InterfaceSpec& interface) const {
    interface.mac.reset();
    for (Ipv4Prefix& one : interface.addresses)
      if (const auto free = nextFreeAddress(draft.document, one)) one = *free;
  }
};

/// What no file could hold: the loader would refuse it.
bool isShape(ProblemId id) {
  switch (id) {
    case ProblemId::BadName:
    case ProblemId::KeyTwice:
    case ProblemId::TextTooLong:
    case ProblemId::UnknownNode:
    case ProblemId::BridgeAsPort:
    case ProblemId::InterfaceUsedTwice:
    case ProblemId::LinkToItself: return true;
    default: return false;
  }
}

}  // namespace

std::string freeInterface(const Document& document, const Node& node) {
  for (const InterfaceSpec& one : node.interfaces) {
    const bool port = one.name != kLoopbackName && one.name != kBridgeName;
    if (port && !isLinked(document, {node.name, one.name})) return one.name;
  }
  return newInterface(document, node);
}

Expected<Draft, Problem> edited(Draft draft, const Edit& edit) {
  std::visit(Editor{draft}, edit);
  for (const Finding& one : check(draft.document))
    if (isShape(one.problem.id)) return hw::unexpected(one.problem);
  return draft;
}

Text titleOf(const Edit& edit) {
  static constexpr Text kTitles[] = {
      {"add a device", "添加设备"},      {"delete", "删除"},
      {"rename", "重命名"},              {"move", "移动"},
      {"change a device", "修改设备"},   {"add an interface", "添加接口"},
      {"delete an interface", "删除接口"}, {"rename an interface", "重命名接口"},
      {"connect", "连接"},               {"change a link", "修改链路"},
      {"add a note", "添加注释"},        {"change a note", "修改注释"},
      {"paste", "粘贴"},                 {"change the title", "修改标题"}};
  static_assert(std::size(kTitles) == std::variant_size_v<Edit>);
  return kTitles[edit.index()];
}

Document fragmentOf(const Draft& draft, const std::vector<NodeKey>& nodes, const std::vector<NoteKey>& notes) {
  Document fragment;
  std::set<std::string> names;
  for (const NodeKey key : nodes)
    if (const Node* node = draft.node(key)) {
      fragment.nodes.push_back(*node);
      names.insert(node->name);
    }
  for (const LinkSpec& link : draft.document.links)
    if (names.contains(link.a.node) && names.contains(link.b.node)) fragment.links.push_back(link);
  for (const NoteKey key : notes)
    if (const Note* note = draft.note(key)) fragment.notes.push_back(*note);
  return fragment;
}

}  // namespace hw::project
