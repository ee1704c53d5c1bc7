#include "core/project/draft.h"

#include <algorithm>

namespace hw::project {
namespace {

template <class Key> std::size_t placeOf(const std::vector<Key>& keys, Key key) {
  return static_cast<std::size_t>(std::find(keys.begin(), keys.end(), key) - keys.begin());
}

template <class Parts, class Key> auto* find(Parts& parts, const std::vector<Key>& keys, Key key) {
  const std::size_t at = placeOf(keys, key);
  return at < keys.size() ? &parts[at] : nullptr;
}

template <class Part, class Key> void erase(std::vector<Part>& parts, std::vector<Key>& keys, Key key) {
  const std::size_t at = placeOf(keys, key);
  if (at == keys.size()) return;
  parts.erase(parts.begin() + static_cast<std::ptrdiff_t>(at));
  keys.erase(keys.begin() + static_cast<std::ptrdiff_t>(at));
}

}  // namespace

const Node* Draft::node(NodeKey key) const { return find(document.nodes, nodes, key); }
Node* Draft::node(NodeKey key) { return find(document.nodes, nodes, key); }
const LinkSpec* Draft::link(LinkKey key) const { return find(document.links, links, key); }
LinkSpec* Draft::link(LinkKey key) { return find(document.links, links, key); }
const Note* Draft::note(NoteKey key) const { return find(document.notes, notes, key); }
Note* Draft::note(NoteKey key) { return find(document.notes, notes, key); }

std::optional<NodeKey> Draft::nodeNamed(std::string_view name) const {
  for (std::size_t i = 0; i < nodes.size(); ++i)
    if (document.nodes[i].name == name) return nodes[i];
  return std::nullopt;
}

NodeKey Draft::add(Node node) {
  document.nodes.push_back(std::move(node));
  return nodes.emplace_back(NodeKey{nextKey++});
}
LinkKey Draft::add(LinkSpec link) {
  document.links.push_back(std::move(link));
  return links.emplace_back(LinkKey{nextKey++});
}
NoteKey Draft::add(Note note) {
  document.notes.push_back(std::move(note));
  return notes.emplace_back(NoteKey{nextKey++});
}

void Draft::remove(NodeKey key) {
  const Node* const gone = node(key);
  if (!gone) return;
  std::vector<LinkKey> cables;
  for (std::size_t i = 0; i < links.size(); ++i)
    if (document.links[i].a.node == gone->name || document.links[i].b.node == gone->name)
      cables.push_back(links[i]);
  for (const LinkKey cable : cables) remove(cable);
  erase(document.nodes, nodes, key);
}
void Draft::remove(LinkKey key) { erase(document.links, links, key); }
void Draft::remove(NoteKey key) { erase(document.notes, notes, key); }

Draft draftOf(Document document) {
  Draft draft;
  draft.document = std::move(document);
  for (std::size_t i = 0; i < draft.document.nodes.size(); ++i) draft.nodes.push_back({draft.nextKey++});
  for (std::size_t i = 0; i < draft.document.links.size(); ++i) draft.links.push_back({draft.nextKey++});
  for (std::size_t i = 0; i < draft.document.notes.size(); ++i) draft.notes.push_back({draft.nextKey++});
  return draft;
}

}  // namespace hw::project
