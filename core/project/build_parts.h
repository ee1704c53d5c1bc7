// The parts of build.cpp that a running World needs too.
#pragma once

#include <array>
#include <map>

#include "core/project/document.h"
#include "core/sim/world.h"

namespace hw::project {

/// What an interface has to know of the cable that is plugged in.
struct Cable {
  Medium medium = Medium::Ethernet;
  std::uint32_t speed = 0;  ///< Mbit/s, see InterfaceConfig
};
/// The cable of each linked interface, by (node, interface).
using Media = std::map<std::pair<std::string_view, std::string_view>, Cable>;
Media mediaOf(const Document& document);

/// The configuration of a complete node; its interfaces get their ids in the order of the list.
DeviceConfig deviceOf(const Node& node, const Media& media);
using NodeKinds = std::array<NodeKind, 2>;
LinkConfig linkOf(const LinkSpec& spec, const std::array<hw::LinkEnd, 2>& ends, const NodeKinds& kinds);

}  // namespace hw::project
