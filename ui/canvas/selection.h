// What is selected on the canvas: by identity, so that it survives edits and time travel.
#pragma once

#include <set>

#include "core/project/draft.h"

namespace hw::canvas {

struct Selection {
  std::set<project::NodeKey> nodes;
  std::set<project::LinkKey> links;
  std::set<project::NoteKey> notes;

  bool empty() const { return nodes.empty() && links.empty() && notes.empty(); }
  std::size_t size() const { return nodes.size() + links.size() + notes.size(); }
  bool operator==(const Selection&) const = default;
};

}  // namespace hw::canvas
