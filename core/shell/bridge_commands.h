// What bridge(8) and ip-link(8) share about bridges.
#pragma once

#include "core/shell/ip_command.h"

namespace hw::shell {

/// bridge vlan ...: call.words are {"vlan", "add", "dev", "p1" ...}
CommandResult bridgeVlan(const Call& call);
/// One option behind `type bridge`: stp_state, vlan_filtering ...; times in hundredths of a second, as the kernel has them.
Failure setBridgeOption(InterfaceConfig& interface, const std::string& name, const std::string& word);

}  // namespace hw::shell
