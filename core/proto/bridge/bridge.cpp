// Read first: IEEE 802.1D-2004 7.7 to 7.9.
#include "core/proto/bridge/bridge.h"

#include <algorithm>

namespace hw::bridge {
namespace {

struct Key {
  MacAddress mac;
  std::uint16_t vlan;
};

auto position(auto& entries, Key key) {
  return std::lower_bound(entries.begin(), entries.end(), key, [](const Entry& entry, const Key& wanted) {
    return entry.mac == wanted.mac ? entry.vlan < wanted.vlan : entry.mac < wanted.mac;
  });
}

void makeRoom(State& state) {
  if (state.entries.size() < kMaxEntries) return;
  state.entries.erase(
      std::min_element(state.entries.begin(), state.entries.end(),
                       [](const Entry& a, const Entry& b) { return a.seen < b.seen; }));
}

/// The entry of an address that has not aged: an old one is unused even before it is removed.
const Entry* fresh(const State& state, const Config& config, const Env& env, Key key) {
  const Entry* entry = state.find(key.mac, key.vlan);
  return entry && env.now < entry->seen + config.ageingTime ? entry : nullptr;
}

bool takesPart(const Config& config, const Ports& ports, InterfaceId port) {
  if (ports.only && std::find(ports.only->begin(), ports.only->end(), port) == ports.only->end()) return false;
  return ports.vlan == 0 || config.vlans.has(port, ports.vlan);
}

/// Linux offers a frame to the ports in the reverse order of their attachment.
void flood(const Config& config, const Env& env, InterfaceId in, MacAddress to, const Ports& ports,
           Verdict& verdict) {
  for (auto port = config.ports.rbegin(); port != config.ports.rend(); ++port)
    if (*port != in && ports.isUp(ports.context, *port) && takesPart(config, ports, *port)) verdict.ports.push_back(*port);
  if (ports.only) env.decisions.decide(Rule::OnlyMembers, to, verdict.ports.size());
  else if (verdict.ports.empty() && !verdict.up) env.decisions.decide(Rule::NoOtherPort, to);
  else if (to.isGroup()) env.decisions.decide(Rule::FloodedGroup, to, verdict.ports.size());
  else env.decisions.decide(Rule::FloodedUnknown, to, verdict.ports.size());
}

void forward(const State& state, const Config& config, const Env& env, InterfaceId in,
             MacAddress to, const Ports& ports, Verdict& verdict) {
  const Entry* entry = to.isGroup() ? nullptr : fresh(state, config, env, {to, ports.vlan});
  if (!entry) return flood(config, env, in, to, ports, verdict);
  if (entry->port == in) {
    env.decisions.decide(Rule::FilteredSamePort, to, in);
    return;
  }
  if (!takesPart(config, ports, entry->port)) {
    env.decisions.decide(Rule::LeftVlan, to, entry->port, ports.vlan);
    return;
  }
  env.decisions.decide(Rule::Forwarded, to, entry->port);
  verdict.ports.push_back(entry->port);
}

}  // namespace

void learn(State& state, const Config& config, const Env& env, MacAddress mac, InterfaceId port, std::uint16_t vlan) {
  if (mac.isGroup() || mac.isZero()) return;
  auto at = position(state.entries, {mac, vlan});
  if (at != state.entries.end() && at->mac == mac && at->vlan == vlan) {
    at->seen = env.now;
    if (at->port == port) return;
    env.decisions.decide(Rule::Moved, mac, at->port, port);
    at->port = port;
    at->by = env.byLast();
    return;
  }
  if (state.entries.size() >= kMaxEntries) {
    makeRoom(state);
    at = position(state.entries, {mac, vlan});
  }
  env.decisions.decide(Rule::Learned, mac, port);
  state.entries.insert(at, Entry{mac, port, vlan, env.now, env.byLast()});
  state.nextDeadline = std::min(state.nextDeadline, env.now + config.ageingTime);
}

const Entry* State::find(MacAddress mac, std::uint16_t vlan) const {
  const auto at = position(entries, {mac, vlan});
  return at != entries.end() && at->mac == mac && at->vlan == vlan ? &*at : nullptr;
}

const Entry* State::inAnyVlan(MacAddress mac) const {
  const auto at = position(entries, {mac, 0});
  return at != entries.end() && at->mac == mac ? &*at : nullptr;
}

void receive(State& state, const Config& config, const Env& env, InterfaceId in,
             const ethernet::Header& header, const Ports& ports, Verdict& verdict) {
  learn(state, config, env, header.source, in, ports.vlan);
  if (header.destination == ports.bridgeMac) {
    env.decisions.decide(Rule::ForUs, header.destination);
    verdict.up = true;
    return;
  }
  verdict.up = header.destination.isGroup();
  forward(state, config, env, in, header.destination, ports, verdict);
}

void send(State& state, const Config& config, const Env& env, const ethernet::Header& header,
          const Ports& ports, Verdict& verdict) {
  forward(state, config, env, InterfaceId{}, header.destination, ports, verdict);
}

void expire(State& state, const Config& config, const Env& env) {
  if (env.now < state.nextDeadline) return;
  state.nextDeadline = kNever;
  std::erase_if(state.entries, [&](const Entry& entry) {
    const Time end = entry.seen + state.ageing(config);
    if (end <= env.now) {
      env.decisions.decide(Rule::AgedOut, entry.mac, state.ageing(config));
      return true;
    }
    state.nextDeadline = std::min(state.nextDeadline, end);
    return false;
  });
}

void flush(State& state, InterfaceId port) {
  std::erase_if(state.entries,
                [port](const Entry& entry) { return !port.valid() || entry.port == port; });
}

}  // namespace hw::bridge
