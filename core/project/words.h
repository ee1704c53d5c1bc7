// The words of the file for the document's enumerations.
#pragma once

#include <array>
#include <string_view>

#include "core/base/text.h"
#include "core/project/document.h"

namespace hw::project {

/// In the order of NodeKind.
inline constexpr std::array<std::string_view, 6> kNodeKinds{"host", "router", "switch", "hub", "repeater", "bus"};
/// In the order of Medium.
inline constexpr std::array<std::string_view, 4> kMediums{"ethernet", "veth", "ppp", "bus"};
/// In the order of Duplex.
inline constexpr std::array<std::string_view, 2> kDuplexes{"half", "full"};

constexpr std::string_view nodeKindWord(NodeKind kind) {
  return kNodeKinds[static_cast<std::size_t>(kind)];
}
constexpr std::string_view mediumWord(Medium medium) {
  return kMediums[static_cast<std::size_t>(medium)];
}
constexpr Text nodeKindNoun(NodeKind kind) {
  constexpr Text kNouns[] = {
      {"a host", "主机"}, {"a router", "路由器"}, {"a switch", "交换机"}, {"a hub", "集线器"},
      {"a repeater", "中继器"}, {"a bus", "总线"}};
  return kNouns[static_cast<std::size_t>(kind)];
}

/// "node:interface", both not empty. The node's name ends at the first colon.
std::optional<LinkEnd> parseLinkEnd(std::string_view text);

}  // namespace hw::project
