// What an IPv4 address with a mask says: the arithmetic of CIDR (RFC 4632) and of the classes before it (RFC 791 3.2).
#pragma once

#include <string>
#include <vector>

#include "core/base/expected.h"
#include "core/base/text.h"
#include "core/wire/address.h"

namespace hw::lens {

struct AddressFact {
  Text label;
  std::string value;   ///< "192.0.2.0"; empty: the words say it all
  Text words;          ///< "private (RFC 1918)"; may be empty
  bool operator==(const AddressFact&) const = default;
};

struct AddressCard {
  Ipv4Prefix prefix;
  bool classful = false;           ///< no mask was given: it is that of the address's class
  std::vector<AddressFact> facts;
  std::string addressBits;         ///< 32 times 0 or 1
  bool operator==(const AddressCard&) const = default;
};

/// "192.0.2.10/26", "192.0.2.10/255.255.255.192", "192.0.2.10 255.255.255.192" or "192.0.2.10". The error says what would be right.
Expected<AddressCard, Text> addressCard(std::string_view text);

inline constexpr std::size_t kMostParts = 256;
/// The subnets of that length in a prefix, the first kMostParts of them; none if the length is shorter than the prefix's.
std::vector<Ipv4Prefix> partsOf(const Ipv4Prefix& prefix, std::uint8_t length);
/// The addresses that hosts of a subnet may have, first and last (RFC 3021: both of a /31).
std::pair<Ipv4Address, Ipv4Address> hostsOf(const Ipv4Prefix& subnet);

}  // namespace hw::lens
