// Read first: RFC 4862 5.4.
#include "core/proto/nd/addresses.h"

#include <algorithm>

namespace hw::nd {

const Address* Addresses::find(InterfaceId port, Ipv6Address address) const {
  const auto at = std::find_if(all.begin(), all.end(), [&](const Address& one) { return one.port == port && one.prefix.address == address; });
  return at == all.end() ? nullptr : &*at;
}

const Address* Addresses::own(Ipv6Address address) const {
  const auto at = std::find_if(all.begin(), all.end(), [&](const Address& one) { return one.prefix.address == address && one.usable(); });
  return at == all.end() ? nullptr : &*at;
}

Ipv6Address Addresses::linkLocal(InterfaceId port) const {
  for (const Address& one : all)
    if (one.port == port && one.usable() && one.prefix.address.isLinkLocal()) return one.prefix.address;
  return {};
}

void add(Addresses& state, const Env& env, InterfaceId port, Ipv6Prefix prefix, bool check) {
  if (state.all.size() >= kMaxAddresses || state.find(port, prefix.address)) return;
  Address fresh{port, prefix, check ? Address::Stage::Waiting : Address::Stage::Valid, kNever, {}};
  if (check) {
    const Duration delay{static_cast<std::int64_t>(env.random.below(static_cast<std::uint64_t>(kDuplicateDelay.ns)))};
    fresh.by = env.by(env.decisions.decide(Rule::DuplicateCheckBegins, prefix.address, port, delay));
    fresh.due = env.now + delay;
    state.nextDeadline = std::min(state.nextDeadline, fresh.due);
  }
  state.all.push_back(fresh);
}

void drop(Addresses& state, InterfaceId port, Ipv6Address address) {
  std::erase_if(state.all, [&](const Address& one) { return one.port == port && one.prefix.address == address; });
}

void claimed(Addresses& state, const Env& env, InterfaceId port, Ipv6Address address, MacAddress by) {
  for (Address& one : state.all) {
    const bool checked = one.stage == Address::Stage::Waiting || one.stage == Address::Stage::Asked;
    if (one.port != port || one.prefix.address != address || !checked) continue;
    one.by = env.by(env.decisions.decide(Rule::AddressDuplicate, address, by));
    one.stage = Address::Stage::Duplicate;
    one.due = kNever;
  }
}

AddressNews expire(Addresses& state, const Env& env) {
  AddressNews news;
  if (env.now < state.nextDeadline) return news;
  state.nextDeadline = kNever;
  for (Address& one : state.all) {
    if (one.due <= env.now && one.stage == Address::Stage::Waiting) {
      env.decisions.decide(Rule::DuplicateProbeSent, one.prefix.address);
      one.stage = Address::Stage::Asked;
      one.due = env.now + kDuplicateWait;
      news.probes.push_back({one.port, one.prefix.address});
    } else if (one.due <= env.now) {
      one.by = env.by(env.decisions.decide(Rule::AddressValid, one.prefix.address));
      one.stage = Address::Stage::Valid;
      one.due = kNever;
      news.valid.push_back({one.port, one.prefix.address});
    }
    state.nextDeadline = std::min(state.nextDeadline, one.due);
  }
  return news;
}

}  // namespace hw::nd
