// What stands on the canvas: the document as it is edited, joined with the World of the displayed
// moment. What is drawn but not there yet (or not any more) is faint.
#pragma once

#include <optional>
#include <vector>

#include "core/lens/cards.h"
#include "core/session/session.h"

namespace hw::model {

struct DrawnNode {
  project::NodeKey key;
  lens::NodeCard card;  ///< its id is none if the World of the moment has no such device
  project::DocumentText label;
  std::optional<project::Position> position;
  bool faint = false;
  bool editable = true; ///< false: the document has it no more, or never had it
  project::NodeKey within = {};  ///< of a network namespace: its machine
};
struct DrawnLink {
  project::LinkKey key;
  lens::LinkCard card;
  project::NodeKey a;
  project::NodeKey b;
  bool faint = false;
};
struct DrawnNote {
  project::NoteKey key;
  project::DocumentText text;
  std::optional<project::Position> position;
};
struct Drawing {
  std::vector<DrawnNode> nodes;
  std::vector<DrawnLink> links;
  std::vector<DrawnNote> notes;

  const DrawnNode* node(project::NodeKey key) const;
  const DrawnLink* link(project::LinkKey key) const;
};

/// Network namespaces and the virtual cables to them are not in the document: their keys follow from the World.
project::NodeKey spaceKey(DeviceId space);
/// None if it is the key of something in the document.
DeviceId spaceOf(project::NodeKey key);

Drawing drawingOf(const Session& session, const std::vector<lens::NodeCard>& nodes,
                  const std::vector<lens::LinkCard>& links);

}  // namespace hw::model
