// What `ip link` and `ip address` list alike.
#pragma once

#include "core/base/expected.h"
#include "core/shell/ip_command.h"

namespace hw::shell {

/// The interfaces that the words behind "show" select (`dev X`, `X`, `up`, `master BR`).
Expected<std::vector<InterfaceId>, CommandResult> selectInterfaces(const IpCall& call);
/// "2: eth0: <...> mtu ..." and the line of the MAC address.
std::string linkLines(const IpCall& call, InterfaceId port, bool withMode);

}  // namespace hw::shell
