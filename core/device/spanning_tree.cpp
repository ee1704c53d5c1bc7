// The spanning tree in a device: BPDUs in and out, ports that come and go, addresses that age faster.
// Read first: IEEE 802.1D-1998 8.5 and 7.9.2.
#include <algorithm>

#include "core/device/stack.h"
#include "core/proto/ethernet/ethernet_wire.h"

namespace hw {
namespace {

stp::PortNow portNow(const DeviceConfig& config, const Plan& plan, const stp::Config& tree, InterfaceId port) {
  stp::PortNow now{port, plan.interfaces[port.value].running, pathCost(config.at(port)), 32};
  for (const stp::PortConfig& one : tree.ports)
    if (one.port == port) now.cost = one.cost, now.priority = one.priority;
  return now;
}

}  // namespace

/// Tells every spanning tree which of its ports are in order now.
void Stack::keepTrees() {
  for (BridgeState& one : state().bridges) {
    const InterfaceConfig& bridge = config().at(one.bridge);
    const stp::Config off;
    const stp::Config& tree = bridge.stp ? *bridge.stp : off;
    if (!tree.enabled && !one.tree.running) continue;
    std::vector<stp::PortNow> ports;
    for (const InterfaceId port : bridge.bridge->ports) ports.push_back(portNow(config(), plan(), tree, port));
    stp::Messages messages;
    stp::follow(one.tree, tree, env(), bridge.up, bridge.mac, ports, messages);
    carryOut(one, messages);
  }
}

void Stack::expireTree(BridgeState& bridge) {
  if (!bridge.tree.running) return;
  stp::Messages messages;
  stp::expire(bridge.tree, *config().at(bridge.bridge).stp, env(), messages);
  carryOut(bridge, messages);
}

/// Sends BPDUs: an 802.3 frame with LLC, from the port's own address.
void Stack::carryOut(BridgeState& bridge, const stp::Messages& messages) {
  for (const stp::Message& one : messages) {
    if (one.bytes.empty()) {
      bridge::flush(bridge.table, one.port);
      continue;
    }
    std::vector<std::uint8_t> inside(stp::kLlc.begin(), stp::kLlc.end());
    inside.insert(inside.end(), one.bytes.begin(), one.bytes.end());
    const auto length = static_cast<std::uint16_t>(inside.size());
    makeFrame(one.port, stp::kGroup, length, Frame(ByteView(inside)));
  }
  // While the tree changes, a clean-up of the table forgets what was not heard of for the forward delay. As on Linux
  // it does not come earlier for that.
  bridge.table.shortAgeing = bridge.tree.changing ? bridge.tree.forwardDelay : Duration{};
}

/// What the spanning tree makes of a frame; true if the bridge may have it.
bool Stack::passesTree(InterfaceId in, BridgeState& bridge) {
  if (!bridge.tree.running) return true;
  const bridge::Config& table = *config().at(bridge.bridge).bridge;
  if (m_link.destination == stp::kGroup) {
    const Bytes inside = hand().bytesFrom(ethernet::kHeaderSize);
    if (const stp::PortState now = bridge.tree.stateOf(in);
        !table.vlans.filtering && (now == stp::PortState::Learning || now == stp::PortState::Forwarding))
      bridge::learn(bridge.table, table, env(), m_link.source, in);
    const bool length = m_link.type < ethernet::kFirstType && m_link.type <= inside.size();
    stp::Messages messages;
    stp::receive(bridge.tree, *config().at(bridge.bridge).stp, env(), in,
                 length ? inside.view().first(m_link.type) : ByteView(), messages);
    carryOut(bridge, messages);
    return false;
  }
  const stp::PortState port = bridge.tree.stateOf(in);
  if (port == stp::PortState::Forwarding) return true;
  if (port == stp::PortState::Learning) {
    // Of which VLAN a frame is has not been asked yet.
    if (!table.vlans.filtering) bridge::learn(bridge.table, table, env(), m_link.source, in);
    decisions().decide(stp::Rule::FrameOnlyLearned, in);
  } else {
    decisions().decide(stp::Rule::FrameNotForwarded, in);
  }
  return false;
}

}  // namespace hw
