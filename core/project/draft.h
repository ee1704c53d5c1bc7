// A document that is being edited: its nodes, links and notes have identities that survive a change
// of name, delete and undo. The file knows nothing of them.
#pragma once

#include <optional>
#include <vector>

#include "core/base/id.h"
#include "core/project/document.h"

namespace hw::project {

using NodeKey = Id<struct NodeKeyTag>;
using LinkKey = Id<struct LinkKeyTag>;
using NoteKey = Id<struct NoteKeyTag>;

struct Draft {
  Document document;
  std::vector<NodeKey> nodes;  ///< of document.nodes, in their order
  std::vector<LinkKey> links;
  std::vector<NoteKey> notes;
  std::uint32_t nextKey = 0;   ///< never used before

  bool operator==(const Draft&) const = default;

  /// Null if there is no such part (any more). O(n)
  const Node* node(NodeKey key) const;
  Node* node(NodeKey key);
  const LinkSpec* link(LinkKey key) const;
  LinkSpec* link(LinkKey key);
  const Note* note(NoteKey key) const;
  Note* note(NoteKey key);
  std::optional<NodeKey> nodeNamed(std::string_view name) const;

  NodeKey add(Node node);
  LinkKey add(LinkSpec link);
  NoteKey add(Note note);
  /// A node goes with its links.
  void remove(NodeKey key);
  void remove(LinkKey key);
  void remove(NoteKey key);
};

/// The draft of a document: keys 0, 1, 2 ... in its order, for nodes, then links, then notes.
Draft draftOf(Document document);

}  // namespace hw::project
