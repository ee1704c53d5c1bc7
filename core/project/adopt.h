// Configuration typed at a device belongs to the document: what a command changed in the device's
// configuration, written into its node as the property page would write it.
#pragma once

#include <set>
#include <string>

#include "core/device/device.h"
#include "core/project/document.h"

namespace hw::project {

/// The node after its device's configuration went from `before` to `after`.
Node adopted(Node node, const DeviceConfig& before, const DeviceConfig& after);
/// The names of a node's own interfaces. A start line may make others, of which keys can say nothing: they come later.
std::set<std::string> ownInterfaces(const Document& document, const Node& node);
/// Whether the keys of a node with these interfaces can say what became of `before`. What they cannot say stays as the
/// command line that did it: one of the node's start lines.
bool hasKeysFor(const DeviceConfig& before, const DeviceConfig& after, const std::set<std::string>& own);
/// The node after an entry of the ARP cache was made permanent or deleted by hand.
Node adopted(Node node, const DeviceConfig& config, const EditNeighbour& edit);

}  // namespace hw::project
