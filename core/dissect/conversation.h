// Who talks with whom.
#pragma once

#include <cstdint>

#include "core/wire/address.h"

namespace hw::dissect {

struct Endpoint {
  Ipv4Address address;
  std::uint16_t port = 0;
  auto operator<=>(const Endpoint&) const = default;
};

/// Two endpoints without direction: the lower one first.
struct Conversation {
  Endpoint low;
  Endpoint high;
  static Conversation between(Endpoint a, Endpoint b) {
    return a < b ? Conversation{a, b} : Conversation{b, a};
  }
  auto operator<=>(const Conversation&) const = default;
};

}  // namespace hw::dissect
