// Frames in and out of a device: repeating, bridging, the way up and down the stack.
// Read first: IEEE 802.3 4.2.4, IEEE 802.1D 7.7.
#include <algorithm>

#include "core/device/stack.h"
#include "core/proto/ethernet/ethernet_rules.h"

namespace hw {

using EthernetRule = ethernet::Rule;

void Stack::arrived(InterfaceId port) {
  const ReceivePath path = plan().interfaces[port.value].path;
  if (path == ReceivePath::Down) {
    decisions().decide(EthernetRule::PortDown, port);
    return;
  }
  if (path == ReceivePath::Repeat) return repeat(port);
  if (config().at(port).medium == Medium::Ppp && !receivedPpp(port)) return;
  if (!hand().ensureHead(ethernet::kHeaderSize)) {
    decisions().decide(EthernetRule::TooShort, hand().size());
    return;
  }
  const std::uint32_t mtu = config().at(port).mtu;
  if (hand().size() > mtu + ethernet::kHeaderSize + ethernet::kTagSlack) {
    decisions().decide(EthernetRule::TooLong, hand().size(), port, mtu);
    return;
  }
  m_link = load<ethernet::Header>(hand().head());
  if (plan().vlans.empty() || !receivedTagged(port)) receiveAt(port);
  runWoken();
}

/// A frame without a tag of ours, at an interface that may be a bridge's port.
void Stack::receiveAt(InterfaceId port) {
  const InterfacePlan& interface = plan().interfaces[port.value];
  if (interface.path == ReceivePath::Down) decisions().decide(EthernetRule::PortDown, port);
  else if (interface.path == ReceivePath::BridgePort) bridgeFrame(port, interface.bridge);
  else receiveFrame(port);
}

/// A hub: every bit leaves at every other port, in the order of the ports.
void Stack::repeat(InterfaceId in) {
  std::uint32_t ports = 0;
  for (std::uint32_t i = 1; i < plan().interfaces.size(); ++i)
    if (i != in.value && plan().interfaces[i].running) ++ports;
  if (ports == 0) {
    decisions().decide(EthernetRule::NothingToRepeat);
    return;
  }
  const std::uint16_t why = decisions().decide(EthernetRule::Repeated, in, ports);
  for (std::uint32_t i = 1; i < plan().interfaces.size(); ++i)
    if (i != in.value && plan().interfaces[i].running)
      m_out.sends.push_back({InterfaceId{i}, m_hand, Origin::Same, why, true, UINT64_MAX});
}

namespace {

/// What a bridge asks about its ports: in order, and part of the spanning tree.
struct PortsNow {
  const Plan& plan;
  const stp::State& tree;
};
bool portIsUp(const void* context, InterfaceId port) {
  const auto& now = *static_cast<const PortsNow*>(context);
  return now.plan.interfaces[port.value].running &&
         (!now.tree.running || now.tree.stateOf(port) == stp::PortState::Forwarding);
}

/// A verdict in memory that was used before. Bridges within a device may decide inside each other.
struct BorrowedVerdict : bridge::Verdict {
  explicit BorrowedVerdict(bridge::Verdict& from) : Verdict(std::move(from)), lender(from) { clear(); }
  BorrowedVerdict(const BorrowedVerdict&) = delete;
  BorrowedVerdict& operator=(const BorrowedVerdict&) = delete;
  ~BorrowedVerdict() { lender = std::move(static_cast<bridge::Verdict&>(*this)); }
  bridge::Verdict& lender;
};

BridgeState& bridgeStateOf(DeviceState& state, InterfaceId bridge) {
  const auto found = std::ranges::find(state.bridges, bridge, &BridgeState::bridge);
  HW_CHECK(found != state.bridges.end());
  return *found;
}

}  // namespace

void Stack::bridgeFrame(InterfaceId in, InterfaceId bridge) {
  const InterfaceConfig& interface = config().at(bridge);
  if (!interface.up) {
    decisions().decide(EthernetRule::PortDown, bridge);
    return;
  }
  BridgeState& here = bridgeStateOf(state(), bridge);
  if (!passesTree(in, here)) return;
  if (bridge::isHeldBack(m_link.destination, here.tree.running)) {
    if (!interface.bridge->vlans.filtering) bridge::learn(here.table, *interface.bridge, env(), m_link.source, in);
    decisions().decide(bridge::Rule::ReservedGroup, m_link.destination);
    return;
  }
  std::optional<InVlan> vlan;
  if (interface.bridge->vlans.filtering) {
    vlan = admitted(in, *interface.bridge, m_hand);
    if (!vlan) return;
  }
  BorrowedVerdict verdict(m_out.verdict);
  const PortsNow now{plan(), here.tree};
  bridge::Ports ports{&now, portIsUp, interface.mac, vlan ? vlan->vlan : std::uint16_t{0}};
  std::optional<bridge::Snooped> groups;
  if (interface.bridge->snooping.enabled && m_link.destination.isGroup()) groups = snooped(in, here, ports.vlan, hand());
  if (groups && !groups->floods) ports.only = &groups->ports;
  bridge::receive(here.table, *interface.bridge, env(), in, m_link, ports, verdict);
  const Send copy{InterfaceId{}, m_hand, unchanged(Origin::Same), lastDecision(), true, UINT64_MAX};
  if (vlan) copyToVlan(verdict.ports, *interface.bridge, *vlan, copy);
  else copyToPorts(verdict.ports, copy);
  if (groups) ask(here, groups->questions);
  // A switch without any address has nobody to give a frame to.
  if (!verdict.up || !plan().listens) return;
  if (!verdict.ports.empty()) {
    m_out.frames.push_back(hand());
    m_hand = static_cast<std::uint32_t>(m_out.frames.size() - 1);
  }
  if (vlan && !passesUpInVlan(bridge, *vlan)) return;
  pass(bridge, hand(), Fate::PassedUp);
  if (plan().vlans.empty() || !receivedTagged(bridge)) receiveFrame(bridge);
}

/// The bridge's own stack sends a frame.
void Stack::bridgeOut(InterfaceId bridge, const Send& what) {
  const InterfaceConfig& interface = config().at(bridge);
  BridgeState& here = bridgeStateOf(state(), bridge);
  std::optional<InVlan> vlan;
  if (interface.bridge->vlans.filtering) {
    vlan = admitted(bridge, *interface.bridge, what.frame);
    if (!vlan) return;
  }
  BorrowedVerdict verdict(m_out.verdict);
  const PortsNow now{plan(), here.tree};
  bridge::Ports ports{&now, portIsUp, interface.mac, vlan ? vlan->vlan : std::uint16_t{0}};
  const auto header = load<ethernet::Header>(m_out.frames[what.frame].head());
  std::optional<bridge::Snooped> groups;
  if (interface.bridge->snooping.enabled && header.destination.isGroup())
    groups = snooped(InterfaceId{}, here, ports.vlan, m_out.frames[what.frame]);
  if (groups && !groups->floods) ports.only = &groups->ports;
  if (plan().listens) pass(bridge, m_out.frames[what.frame], Fate::PassedDown);
  bridge::send(here.table, *interface.bridge, env(), header, ports, verdict);
  if (vlan) copyToVlan(verdict.ports, *interface.bridge, *vlan, what);
  else copyToPorts(verdict.ports, what);
}

void Stack::copyToPorts(const std::vector<InterfaceId>& ports, const Send& what) {
  const std::uint32_t size = m_out.frames[what.frame].size();
  for (InterfaceId port : ports) {
    const std::uint32_t mtu = config().at(port).mtu;
    if (size > mtu + ethernet::kHeaderSize + ethernet::kTagSlack) {
      decisions().decide(bridge::Rule::TooBig, size, port, mtu);
      continue;
    }
    Send copy = what;
    copy.port = port;
    if (size < ethernet::kMinimumFrame && config().at(port).medium == Medium::Ethernet) {
      // This copy will be padded, the others not.
      m_out.frames.push_back(m_out.frames[what.frame]);
      copy.frame = static_cast<std::uint32_t>(m_out.frames.size() - 1);
    }
    transmit(copy);
  }
}

void Stack::receiveFrame(InterfaceId port) {
  const InterfaceConfig& interface = config().at(port);
  const bool loopback = interface.kind == InterfaceKind::Loopback || !hasLinkHeader(interface);
  if (m_link.destination.isGroup()) {
    decisions().decide(EthernetRule::ForGroup, port, m_link.destination);
  } else if (loopback || m_link.destination == interface.mac) {
    decisions().decide(EthernetRule::ForUs, port);
  } else {
    decisions().decide(EthernetRule::NotForUs, port, m_link.destination);
    return;
  }
  const bool taken = !state().sockets.empty() && deliverToPacketSockets(port);
  switch (m_link.type) {
    case ethernet::kIpv4: return receiveIp(port);
    case ethernet::kArp: return receiveArp(port);
    case ethernet::kIpv6:
      if (speaksSix(port)) return receiveIp6(port);
      [[fallthrough]];
    default: decisions().decide(taken ? EthernetRule::GivenToProgram : EthernetRule::UnknownType, m_link.type);
  }
}

/// Whether a program listens for frames of this type.
bool Stack::deliverToPacketSockets(InterfaceId port) {
  bool taken = false;
  for (Socket& socket : state().sockets) {
    const bool listens = socket.kind == socket::Kind::Packet && socket.local.port == m_link.type &&
                         (!socket.options.device.valid() || socket.options.device == port);
    if (!listens) continue;
    socket::Datagram frame;
    frame.data = hand().bytesFrom(ethernet::kHeaderSize);
    frame.fromMac = m_link.source;
    frame.toGroup = m_link.destination.isGroup();
    frame.port = port;
    enqueue(socket, std::move(frame));
    taken = true;
  }
  return taken;
}

/// Puts an Ethernet header in front of `payload` and sends it.
void Stack::makeFrame(InterfaceId port, MacAddress to, std::uint16_t type, Frame payload) {
  store(ethernet::Header{to, config().at(port).mac, type},
        payload.pushFront(ethernet::kHeaderSize));
  m_out.frames.push_back(std::move(payload));
  transmit({port, static_cast<std::uint32_t>(m_out.frames.size() - 1), Origin::Made, lastDecision(),
            false, UINT64_MAX});
}

/// Hands a frame to the interface's driver: a bridge floods or forwards it, Ethernet pads it.
void Stack::transmit(Send what) {
  const InterfaceConfig& interface = config().at(what.port);
  const InterfacePlan& planned = plan().interfaces[what.port.value];
  if (interface.kind == InterfaceKind::Bridge) return bridgeOut(what.port, what);
  if (!planned.running) {
    decisions().decide(EthernetRule::PortDown, what.port);
    return;
  }
  if (interface.vxlan) return transmitVxlan(what);
  if (interface.tunnel) return transmitTunnel(what);
  if (!planned.wire) return interface.vlan ? transmitTagged(what) : giveToProgram(what);
  if (interface.medium == Medium::Ppp) return transmitPpp(what);
  Frame& frame = m_out.frames[what.frame];
  if (interface.medium == Medium::Ethernet && frame.size() < ethernet::kMinimumFrame) {
    frame.padTo(ethernet::kMinimumFrame);
    what.origin = Origin::Made;
  }
  m_out.sends.push_back(what);
}

}  // namespace hw
