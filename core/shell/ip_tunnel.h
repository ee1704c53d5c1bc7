// What ip tunnel and ip link share about tunnels in IPv4.
#pragma once

#include <map>

#include "core/shell/ip_command.h"

namespace hw::shell {

/// What stands behind `type`, by the words that begin it.
using LinkOptions = std::map<std::string, std::string>;

/// A word that stands for itself ("csum"); a word that has a value behind it ("remote").
bool isTunnelFlag(std::string_view word);
bool isTunnelWord(std::string_view word);
std::optional<tunnel::Mode> tunnelMode(std::string_view type);
/// An interface of that kind, from the words behind `type`.
Failure makeTunnel(const DeviceConfig& config, tunnel::Mode mode, const LinkOptions& options, InterfaceConfig& made);

}  // namespace hw::shell
