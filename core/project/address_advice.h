// Which addresses would suit an interface: from what its neighbours on the same segment have.
#pragma once

#include <optional>
#include <vector>

#include "core/project/document.h"

namespace hw::project {

struct AddressAdvice {
  Ipv4Prefix subnet;                    ///< of the segment, or one that the document does not use yet
  std::optional<Ipv4Prefix> address;    ///< the next free one of the subnet
  std::optional<Ipv4Address> gateway;   ///< of a router in the subnet on the segment
};

/// Routers take the first free address, others one from .10 on where the subnet has room. O(n)
AddressAdvice adviceFor(const Document& document, const LinkEnd& interface);

/// The ends that frames from an interface reach without a router, itself included.
std::vector<LinkEnd> segmentOf(const Document& document, const LinkEnd& interface);

/// The next address of the prefix behind its own that nobody in the document has; its own if it is free.
std::optional<Ipv4Prefix> nextFreeAddress(const Document& document, const Ipv4Prefix& from);

}  // namespace hw::project
