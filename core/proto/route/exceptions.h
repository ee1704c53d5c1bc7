// What a host has learned about the way to one destination: a smaller path MTU, a better gateway.
// They are exceptions to its routes and are forgotten after a while.
//
// Read first: RFC 1191 6.3 and 6.4 (path MTU), RFC 1122 3.3.1.2 (redirects).
#pragma once

#include <optional>
#include <vector>

#include "core/base/hash.h"
#include "core/journal/env.h"
#include "core/wire/address.h"

namespace hw::route {

inline constexpr Duration kMtuLifetime = seconds(600);       ///< net.ipv4.route.mtu_expires
inline constexpr Duration kRedirectLifetime = seconds(300);  ///< net.ipv4.route.gc_timeout
inline constexpr std::uint32_t kLeastPathMtu = 552;          ///< net.ipv4.route.min_pmtu
inline constexpr std::size_t kMaxExceptions = 2048;

struct Exception {
  Ipv4Address destination;
  std::uint32_t mtu = 0;  ///< 0: that of the interface
  std::optional<Ipv4Address> gateway;
  Time expires = kNever;
  WrittenBy by;
  HW_FIELDS(Exception, destination, mtu, gateway, expires, by)
};

struct Exceptions {
  std::vector<Exception> entries;  ///< sorted by destination
  Time nextDeadline = kNever;
  HW_FIELDS(Exceptions, entries, nextDeadline)

  /// What is known about a destination and has not expired, or null.
  const Exception* find(Ipv4Address destination, Time now) const;
};

/// A router has told that only `mtu` bytes fit; `current` fit until now. Records what becomes of it.
void learnMtu(Exceptions& state, const Env& env, Ipv4Address destination, std::uint32_t mtu, std::uint32_t current);
/// A router has told a better gateway, which is known to be there.
void learnGateway(Exceptions& state, const Env& env, Ipv4Address destination, Ipv4Address gateway);
/// Forgets what is due.
void expire(Exceptions& state, const Env& env);

/// How often one source has been told about a better gateway (Linux ip_rt_send_redirect).
struct RedirectLimit {
  Ipv4Address to;
  std::uint32_t sent = 0;
  Time last;
  HW_FIELDS(RedirectLimit, to, sent, last)
};
struct RedirectLimiter {
  std::vector<RedirectLimit> limits;  ///< sorted by address
  HW_FIELDS(RedirectLimiter, limits)
};
/// True if a source may be told now: at once, then after 20 ms, 40 ms ..., nine times until it was silent for 20.48 s.
bool mayRedirect(RedirectLimiter& limiter, const Env& env, Ipv4Address to);

}  // namespace hw::route
