// The addresses of a device as they are: tentative until nobody has claimed them (RFC 4862 5.4), then in use.
#pragma once

#include <vector>

#include "core/journal/env.h"
#include "core/proto/nd/nd_rules.h"

namespace hw::nd {

/// DupAddrDetectTransmits of Linux is 1; the time between solicitations is RetransTimer.
inline constexpr Duration kDuplicateWait = seconds(1);
/// rtr_solicitation_delay: a device waits a random part of it before it asks (RFC 4862 5.4.2).
inline constexpr Duration kDuplicateDelay = seconds(1);
inline constexpr std::size_t kMaxAddresses = 256;

struct Address {
  enum class Stage : std::uint8_t { Waiting, Asked, Valid, Duplicate };

  InterfaceId port;
  Ipv6Prefix prefix;
  Stage stage = Stage::Waiting;
  Time due = kNever;
  WrittenBy by;
  HW_FIELDS(Address, port, prefix, stage, due, by)

  bool usable() const { return stage == Stage::Valid; }
  bool tentative() const { return stage != Stage::Valid; }
};

struct Addresses {
  std::vector<Address> all;  ///< in the order in which they came
  Time nextDeadline = kNever;
  HW_FIELDS(Addresses, all, nextDeadline)

  const Address* find(InterfaceId port, Ipv6Address address) const;
  /// The address at any interface, if it may be used.
  const Address* own(Ipv6Address address) const;
  /// The link-local address of an interface, or ::.
  Ipv6Address linkLocal(InterfaceId port) const;
};

/// An address appears; `check`: after the link was asked.
void add(Addresses& state, const Env& env, InterfaceId port, Ipv6Prefix prefix, bool check);
void drop(Addresses& state, InterfaceId port, Ipv6Address address);
/// Somebody else has a tentative address, or wants it at the same time.
void claimed(Addresses& state, const Env& env, InterfaceId port, Ipv6Address address, MacAddress by);

/// An address that the link is to be asked for now.
struct Probe {
  InterfaceId port;
  Ipv6Address address;
};
struct AddressNews {
  std::vector<Probe> probes;
  std::vector<Probe> valid;  ///< those that became usable
};
AddressNews expire(Addresses& state, const Env& env);

}  // namespace hw::nd
