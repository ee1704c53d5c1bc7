// What people call the values of fields: "request (1)", "IPv4 (0x0800)".
#pragma once

#include <cstdint>
#include <string>

#include "core/base/text.h"
#include "core/wire/address.h"

namespace hw::dissect {

/// Wireshark's numbers for what is known of a checksum.
enum ChecksumStatus : std::uint64_t { kBad = 0, kGood = 1, kUnverified = 2, kNotPresent = 3, kIllegal = 4 };

/// Empty if the value has no name.
Text etherTypeName(std::uint64_t type);
Text hardwareTypeName(std::uint64_t type);
Text arpOpcodeName(std::uint64_t opcode);
Text ipProtocolName(std::uint64_t protocol);
Text dscpName(std::uint64_t codepoint);
Text ecnName(std::uint64_t ecn);
Text icmpTypeName(std::uint64_t type);
Text icmpCodeName(std::uint64_t type, std::uint64_t code);
Text icmp6TypeName(std::uint64_t type);
Text icmp6CodeName(std::uint64_t type, std::uint64_t code);
Text icmp6OptionName(std::uint64_t type);
Text vlanPriorityName(std::uint64_t priority);
Text checksumStatusName(std::uint64_t status);
Text ipOptionName(std::uint64_t type);
Text tcpOptionName(std::uint64_t kind);
Text setName(std::uint64_t bit);
Text yesName(std::uint64_t bit);

/// "Broadcast", "IPv4mcast_16", "Spanning-tree-(for-bridges)_00", or the address itself: the names
/// that Wireshark gives to addresses that belong to no maker.
std::string macName(MacAddress address);

}  // namespace hw::dissect
