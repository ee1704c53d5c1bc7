// What differs between two drafts, as a value that can be turned round: undo is the inverse change.
//
//   apply(changeBetween(a, b), a)             ->   a is b
//   apply(changeBetween(a, b).inverse(), b)   ->   b is a (but for nextKey, which never goes back)
#pragma once

#include "core/project/draft.h"

namespace hw::project {

/// One node, link or note, before and after; nothing: it is not there.
template <class Key, class Part> struct PartChange {
  struct Placed {
    std::size_t at = 0;  ///< its index in the document
    Part part;
    bool operator==(const Placed&) const = default;
  };
  Key key;
  std::optional<Placed> before;
  std::optional<Placed> after;
  bool operator==(const PartChange&) const = default;
};

struct Change {
  std::vector<PartChange<NodeKey, Node>> nodes;
  std::vector<PartChange<LinkKey, LinkSpec>> links;
  std::vector<PartChange<NoteKey, Note>> notes;
  std::optional<std::pair<DocumentText, DocumentText>> title;  ///< before, after

  bool operator==(const Change&) const = default;
  bool empty() const { return nodes.empty() && links.empty() && notes.empty() && !title; }
  Change inverse() const;
};

/// Parts that both have keep their order among each other. O(n log n)
Change changeBetween(const Draft& from, const Draft& to);
/// `draft` must hold what the change says was before.
void apply(const Change& change, Draft& draft);

}  // namespace hw::project
