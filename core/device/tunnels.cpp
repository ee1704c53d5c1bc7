// VXLAN interfaces: frames in datagrams, and out of them.
// Read first: RFC 7348 4 and 5.
#include <algorithm>

#include "core/device/stack.h"
#include "core/proto/ethernet/ethernet_wire.h"
#include "core/proto/icmp/icmp.h"
#include "core/proto/ipv4/ipv4.h"

namespace hw {
namespace {


VxlanState& vxlanStateOf(DeviceState& state, InterfaceId port) {
  const auto found = std::ranges::find(state.vxlans, port, &VxlanState::port);
  HW_CHECK(found != state.vxlans.end());
  return *found;
}

}  // namespace

void Stack::transmitVxlan(const Send& what) {
  const vxlan::Config& tunnel = *config().at(what.port).vxlan;
  if (m_depth >= kMaxTunnelDepth) {
    decisions().decide(vxlan::Rule::TooDeep, what.port);
    return;
  }
  ++m_depth;
  const Frame inner = m_out.frames[what.frame];
  pass(what.port, inner, Fate::PassedDown);
  const MacAddress to = load<ethernet::Header>(inner.head()).destination;
  const auto known = vxlan::remoteOf(vxlanStateOf(state(), what.port).table, tunnel, env(), to);
  if (known) {
    sendVxlan(what.port, inner, *known);
  } else if (tunnel.remotes.empty()) {
    decisions().decide(vxlan::Rule::NoRemote, to, what.port);
  } else {
    // Copies go to the others; the first one gets the frame itself, last (Linux vxlan_xmit).
    for (std::size_t i = 1; i <= tunnel.remotes.size(); ++i) {
      const Ipv4Address remote = tunnel.remotes[i % tunnel.remotes.size()];
      decisions().decide(vxlan::Rule::Flooded, to, remote, tunnel.vni);
      sendVxlan(what.port, inner, remote);
    }
  }
  --m_depth;
}

namespace {

/// The IPv4 header of a frame whose datagram has more than `mtu` bytes and must not be cut, if its sender may be told
/// (Linux iptunnel_pmtud_check_icmp).
std::optional<ipv4::Header> uncuttable(const Frame& frame, std::uint32_t mtu) {
  constexpr std::uint32_t kLeastMtu = 576;
  Frame copy = frame;
  if (mtu < kLeastMtu || frame.size() <= kLink + mtu || !copy.ensureHead(kLink + ipv4::kHeaderSize + icmp::kHeaderSize)) return {};
  if (load<ethernet::Header>(copy.head()).type != ethernet::kIpv4) return {};
  const auto ip = load<ipv4::Header>(copy.head() + kLink);
  const bool hosts = !ip.destination.isMulticast() && !ip.destination.isLimitedBroadcast() && !ip.source.isAny() &&
                     !ip.source.isLoopback() && !ip.source.isMulticast() && !ip.source.isLimitedBroadcast();
  if (!ip.dontFragment || ip.isFragment() || !hosts) return {};
  const bool error = ip.protocol == ipv4::kIcmp && icmp::Header{copy.head()[kLink + ip.headerSize()], 0, 0, 0}.isError();
  return error ? std::nullopt : std::optional(ip);
}

/// "Fragmentation needed" about a frame, as if the one for whom it was had sent it.
Frame forgedError(const Frame& frame, const ipv4::Header& ip, std::uint32_t mtu) {
  Frame answer(icmp::encodeError({icmp::kUnreachable, icmp::kFragmentationNeeded, mtu}, frame.bytesFrom(kLink)));
  ipv4::Header header;
  header.dontFragment = true;
  header.ttl = ip.ttl;
  header.protocol = ipv4::kIcmp;
  header.source = ip.destination;
  header.destination = ip.source;
  const std::uint32_t size = answer.size();
  ipv4::encodeHeader(header, {}, size, answer.pushFront(ipv4::kHeaderSize));
  const auto link = load<ethernet::Header>(frame.head());
  store(ethernet::Header{link.source, link.destination, ethernet::kIpv4}, answer.pushFront(kLink));
  return answer;
}

}  // namespace

/// A port of a bridge has nobody behind it who would cut; true if the sender has been told (RFC 7348 4.3 leaves it open).
bool Stack::refusedVxlan(InterfaceId port, const Frame& inner, Ipv4Address remote, std::uint32_t mtu) {
  const auto ip = config().at(port).master.valid() ? uncuttable(inner, mtu) : std::nullopt;
  if (!ip) return false;
  decisions().decide(vxlan::Rule::TooLargeForPath, inner.size() - kLink, remote, mtu, ip->source, ip->destination);
  later(port, forgedError(inner, *ip, mtu));
  return true;
}

/// The datagram around a frame: no DF, the host's TTL unless the tunnel has its own (Linux vxlan_xmit_one).
void Stack::sendVxlan(InterfaceId port, const Frame& inner, Ipv4Address remote) {
  const vxlan::Config& tunnel = *config().at(port).vxlan;
  Outgoing outer;
  outer.header.source = tunnel.local;
  outer.header.destination = remote;
  outer.header.protocol = ipv4::kUdp;
  outer.header.ttl = tunnel.ttl != 0 ? tunnel.ttl : remote.isMulticast() ? std::uint8_t{1} : config().knobs.defaultTtl;
  outer.device = tunnel.lower;
  outer.sourcePort = vxlan::sourcePort(inner);
  outer.destinationPort = tunnel.port;
  const route::Route* route = routeFor(outer);
  if (routeError(route)) return;
  const bool limited = route->port.valid() && mtuTo(remote, route->port) > vxlan::kOverhead;
  if (limited && refusedVxlan(port, inner, remote, mtuTo(remote, route->port) - vxlan::kOverhead)) return;
  std::vector<std::uint8_t> payload(vxlan::kHeaderSize);
  vxlan::Header header;
  header.vni = tunnel.vni;
  store(header, payload.data());
  const std::vector<std::uint8_t> bytes = inner.toVector();
  payload.insert(payload.end(), bytes.begin(), bytes.end());
  outer.payload = Bytes(std::move(payload));
  outer.transportSize = udp::kHeaderSize;
  store(udp::makeHeader(outer.header.source, outer.sourcePort, remote, tunnel.port, outer.payload.view()), outer.transport.data());
  static_cast<void>(sendDatagram(outer));
}

/// A datagram for a port at which tunnels end; false if none does.
bool Stack::receivedVxlan(const ipv4::Header& ip, std::uint16_t port, const Frame& payload) {
  const auto& tunnels = plan().tunnels;
  if (std::none_of(tunnels.begin(), tunnels.end(), [&](InterfaceId one) { return config().at(one).vxlan->port == port; }))
    return false;
  Frame frame = payload;
  if (!frame.ensureHead(vxlan::kHeaderSize)) {
    decisions().decide(vxlan::Rule::BadHeader, ip.source);
    return true;
  }
  const auto header = load<vxlan::Header>(frame.head());
  if ((header.flags & vxlan::kValidVni) == 0) {
    decisions().decide(vxlan::Rule::BadHeader, ip.source);
    return true;
  }
  const auto at = std::find_if(tunnels.begin(), tunnels.end(), [&](InterfaceId one) {
    return config().at(one).vxlan->port == port && config().at(one).vxlan->vni == header.vni;
  });
  frame.popFront(vxlan::kHeaderSize);
  if (at == tunnels.end()) decisions().decide(vxlan::Rule::UnknownVni, ip.source, header.vni);
  else unwrap(*at, ip.source, std::move(frame));
  return true;
}

void Stack::unwrap(InterfaceId port, Ipv4Address remote, Frame frame) {
  if (!frame.ensureHead(ethernet::kHeaderSize)) {
    decisions().decide(vxlan::Rule::BadHeader, remote);
    return;
  }
  const InterfaceConfig& interface = config().at(port);
  const auto inner = load<ethernet::Header>(frame.head());
  if (inner.source == interface.mac) {
    decisions().decide(vxlan::Rule::OwnFrame, inner.source);
    return;
  }
  decisions().decide(vxlan::Rule::Unwrapped, remote, interface.vxlan->vni, port);
  vxlan::learn(vxlanStateOf(state(), port).table, *interface.vxlan, env(), inner.source, remote);
  later(port, std::move(frame));
}

/// Each VXLAN interface that is up has a table, and is a member of its group.
void Stack::keepTunnels() {
  const auto isVxlan = [&](InterfaceId port) {
    return port.value < config().interfaces.size() && config().at(port).vxlan.has_value();
  };
  std::erase_if(state().vxlans, [&](VxlanState& one) {
    if (isVxlan(one.port) && config().at(one.port).up) return false;
    leaveGroup(one);
    return true;
  });
  for (std::uint32_t i = 0; i < config().interfaces.size(); ++i) {
    const InterfaceId port{i};
    const bool known = std::ranges::find(state().vxlans, port, &VxlanState::port) != state().vxlans.end();
    if (!isVxlan(port) || !config().at(port).up) continue;
    if (!known) state().vxlans.push_back({port, {}, {}, {}});
    VxlanState& one = vxlanStateOf(state(), port);
    const vxlan::Config& tunnel = *config().at(port).vxlan;
    const bool grouped = tunnel.remotes.size() == 1 && tunnel.remotes[0].isMulticast() && tunnel.lower.valid();
    const Ipv4Address group = grouped ? tunnel.remotes[0] : Ipv4Address{};
    if (group == one.group) continue;
    leaveGroup(one);
    if (grouped && igmp::join(state().igmp, env(), tunnel.lower, group)) one.group = group, one.lower = tunnel.lower;
  }
}

void Stack::leaveGroup(VxlanState& tunnel) {
  if (!tunnel.group.isAny()) igmp::leave(state().igmp, env(), tunnel.lower, tunnel.group);
  tunnel.group = {};
}

}  // namespace hw
