#include "core/proto/vxlan/vxlan.h"

#include <algorithm>

#include "core/proto/ethernet/ethernet_wire.h"
#include "core/proto/ipv4/ipv4_wire.h"

namespace hw::vxlan {
namespace {

constexpr std::uint32_t kFirstPort = 32768, kPorts = 60999 - 32768;

auto entryAt(auto& entries, MacAddress mac) {
  return std::lower_bound(entries.begin(), entries.end(), mac, [](const Entry& one, MacAddress key) { return one.mac < key; });
}

std::uint64_t mixed(std::uint64_t hash, std::uint64_t value) {
  hash = (hash ^ value) * 0x9E3779B97F4A7C15u;
  return hash ^ hash >> 29;
}

/// Both ends of a flow in an order that does not depend on the direction.
std::uint64_t mixedPair(std::uint64_t hash, std::uint64_t a, std::uint64_t b) {
  return mixed(mixed(hash, std::min(a, b)), std::max(a, b));
}

}  // namespace

const Entry* State::find(MacAddress mac) const {
  const auto at = entryAt(entries, mac);
  return at != entries.end() && at->mac == mac ? &*at : nullptr;
}

std::optional<Ipv4Address> remoteOf(const State& state, const Config& config, const Env& env, MacAddress to) {
  for (const FixedEntry& one : config.fixed)
    if (one.mac == to) {
      env.decisions.decide(Rule::SentToKnown, to, one.remote, config.vni, kOverhead);
      return one.remote;
    }
  const Entry* entry = to.isGroup() ? nullptr : state.find(to);
  if (!entry || env.now >= entry->seen + config.ageing) return std::nullopt;
  env.decisions.decide(Rule::SentToKnown, to, entry->remote, config.vni, kOverhead);
  return entry->remote;
}

void learn(State& state, const Config& config, const Env& env, MacAddress mac, Ipv4Address remote) {
  const auto isFixed = [&](const FixedEntry& one) { return one.mac == mac; };
  if (!config.learning || mac.isGroup() || mac.isZero()) return;
  if (std::any_of(config.fixed.begin(), config.fixed.end(), isFixed)) return;
  auto at = entryAt(state.entries, mac);
  if (at != state.entries.end() && at->mac == mac) {
    at->seen = env.now;
    if (at->remote == remote) return;
    env.decisions.decide(Rule::Moved, mac, at->remote, remote);
    at->remote = remote;
    at->by = env.byLast();
    return;
  }
  if (state.entries.size() >= kMaxEntries) return;
  env.decisions.decide(Rule::Learned, mac, remote);
  state.entries.insert(at, Entry{mac, remote, env.now, env.byLast()});
  state.nextDeadline = std::min(state.nextDeadline, env.now + config.ageing);
}

void expire(State& state, const Config& config, const Env& env) {
  if (env.now < state.nextDeadline) return;
  state.nextDeadline = kNever;
  std::erase_if(state.entries, [&](const Entry& one) {
    const Time end = one.seen + config.ageing;
    if (end <= env.now) {
      env.decisions.decide(Rule::AgedOut, one.mac, config.ageing);
      return true;
    }
    state.nextDeadline = std::min(state.nextDeadline, end);
    return false;
  });
}

std::uint16_t sourcePort(const Frame& inner) {
  Frame frame = inner;
  std::uint64_t hash = 0xC0FFEE;
  constexpr std::uint32_t kLink = ethernet::kHeaderSize;
  if (frame.ensureHead(kLink)) {
    const std::uint16_t type = load16(frame.head() + 12);
    hash = mixed(hash, type);
    if (type == ethernet::kIpv4 && frame.ensureHead(kLink + ipv4::kHeaderSize)) {
      const auto ip = load<ipv4::Header>(frame.head() + kLink);
      hash = mixed(mixedPair(hash, ip.source.value, ip.destination.value), ip.protocol);
      const bool ports = (ip.protocol == ipv4::kUdp || ip.protocol == ipv4::kTcp) && !ip.isFragment();
      const std::uint32_t at = kLink + ip.headerSize();
      if (ports && frame.ensureHead(at + 4)) hash = mixedPair(hash, load16(frame.head() + at), load16(frame.head() + at + 2));
    }
  }
  return static_cast<std::uint16_t>(kFirstPort + ((hash >> 32) * kPorts >> 32));
}

}  // namespace hw::vxlan
