// The document with nothing left unsaid: what is built, and what the checks look at.
#pragma once

#include <map>
#include <string_view>
#include <vector>

#include "core/project/document.h"

namespace hw::project {

/// The document in which each node lists all of its interfaces, each with a MAC. First those that
/// links name, in the order of the links, as if the cables were plugged in that order; then those
/// of the node that have no link; a switch has br0 as its last. The number of an interface in this
/// list, from 1, and that of its node make the MAC that is not given. lo and the ports of a hub
/// have none. complete(complete(d)) = complete(d). O(n log n)
Document complete(Document document);

/// The same for the interfaces of one node at a time, without a copy of the document, which must
/// outlive it.
class Completion {
 public:
  explicit Completion(const Document& document);
  /// All interfaces of the node with this index.
  std::vector<InterfaceSpec> interfaces(std::size_t node) const;

 private:
  const Document& m_document;
  std::map<std::string_view, std::vector<std::string_view>> m_named;  ///< interfaces, by links
};

/// 02:00:00:NN:00:PP for node NN and interface PP, both from 1; larger numbers take the bytes
/// before. The bridge of a switch has PP = d0, which no port has.
MacAddress derivedMac(std::size_t node, std::size_t interface);
MacAddress derivedBridgeMac(std::size_t node);

}  // namespace hw::project
