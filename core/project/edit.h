// An edit of a document as a value: what a person does in the editor.
//
//   edited(draft, AddNode{NodeKind::Host, Position{40, 80}})   ->   the draft with one more host
#pragma once

#include <variant>

#include "core/base/expected.h"
#include "core/project/change.h"
#include "core/project/problem.h"

namespace hw::project {

/// A node with the next free name of its kind.
struct AddNode {
  NodeKind kind = NodeKind::Host;
  std::optional<Position> position;
};
/// Nodes go with their links.
struct RemoveParts {
  std::vector<NodeKey> nodes;
  std::vector<LinkKey> links;
  std::vector<NoteKey> notes;
};
struct RenameNode {
  NodeKey node;
  std::string name;
};
struct MoveParts {
  std::vector<std::pair<NodeKey, Position>> nodes;
  std::vector<std::pair<NoteKey, Position>> notes;
};
/// All properties of a node but its name and those of its interfaces, of which none appear or go.
struct ReplaceNode {
  NodeKey key;
  Node node;
};
struct AddInterface {
  NodeKey node;
  std::string name;  ///< empty: the next free one
};
/// With its cable, and the routes and neighbours that name it.
struct RemoveInterface {
  NodeKey node;
  std::string name;
};
/// Cable, routes and neighbours go along.
struct RenameInterface {
  NodeKey node;
  std::string from;
  std::string to;
};
/// A cable. An end without a name takes the first interface without cable, else a new one.
struct Connect {
  NodeKey a;
  NodeKey b;
  std::string aInterface;
  std::string bInterface;
};
/// All properties of a link but its ends.
struct ReplaceLink {
  LinkKey key;
  LinkSpec link;
};
struct AddNote {
  DocumentText text;
  std::optional<Position> position;
};
struct ReplaceNote {
  NoteKey key;
  Note note;
};
/// Nodes, the links among them and notes, at another place and under free names. Addresses that
/// the draft has already become the next free ones of their subnet.
struct Paste {
  Document fragment;
  Position offset;
};
struct SetTitle {
  DocumentText title;
};
using Edit = std::variant<AddNode, RemoveParts, RenameNode, MoveParts, ReplaceNode, AddInterface, RemoveInterface,
                          RenameInterface, Connect, ReplaceLink, AddNote, ReplaceNote, Paste, SetTitle>;

/// The edited draft. Parts that the edit names and that are gone are passed over. A draft that no
/// file could hold (a name that is none, or that another has) is refused with the reason.
Expected<Draft, Problem> edited(Draft draft, const Edit& edit);

/// What the edit does, for the menu: "Undo: add a host".
Text titleOf(const Edit& edit);

/// The nodes with the links among them and the notes, to be copied.
Document fragmentOf(const Draft& draft, const std::vector<NodeKey>& nodes, const std::vector<NoteKey>& notes);

/// The interface that a cable without a name would take.
std::string freeInterface(const Document& document, const Node& node);

}  // namespace hw::project
