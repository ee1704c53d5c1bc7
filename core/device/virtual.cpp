// Interfaces whose other end is no cable: VLAN sub-interfaces, and those behind which a program stands.
// Read first: IEEE 802.1Q 9.6; Documentation/networking/tuntap.rst of Linux.
#include <algorithm>

#include "core/device/stack.h"
#include "core/device/tags.h"
#include "core/proto/ethernet/ethernet_wire.h"
#include "core/proto/vif/vif_rules.h"

namespace hw {

using VifRule = vif::Rule;

namespace {

bool isTagType(std::uint16_t type) { return type == ethernet::kVlan || type == ethernet::kServiceVlan; }

}  // namespace

/// The frame as it is seen at a virtual interface, for those who watch.
void Stack::pass(InterfaceId port, const Frame& frame, Fate direction) {
  m_out.frames.push_back(frame);
  if (!hasLinkHeader(config().at(port).kind)) m_out.frames.back().popFront(ethernet::kHeaderSize);
  Send seen{port, static_cast<std::uint32_t>(m_out.frames.size() - 1), Origin::Made, lastDecision(), false, UINT64_MAX};
  seen.pass = direction;
  m_out.sends.push_back(seen);
}

/// A frame with a tag: true if it belongs to a VLAN sub-interface, or to nobody.
bool Stack::receivedTagged(InterfaceId port) {
  if (!isTagType(m_link.type) || !hand().ensureHead(ethernet::kHeaderSize + kTagSize)) return false;
  const auto id = static_cast<std::uint16_t>(load16(hand().head() + ethernet::kHeaderSize) & 0x0FFF);
  const auto& vlans = plan().vlans;
  const auto at = std::find_if(vlans.begin(), vlans.end(), [&](const VlanPlan& one) {
    return one.parent == port && one.id == id && one.type == m_link.type;
  });
  if (at == vlans.end()) {
    if (plan().interfaces[port.value].path == ReceivePath::BridgePort) return false;
    decisions().decide(VifRule::TagUnknown, port, id);
    return true;
  }
  decisions().decide(VifRule::TagRemoved, port, id, at->port);
  removeTag(hand());
  m_link = load<ethernet::Header>(hand().head());
  m_changed = true;
  if (!receivedTagged(at->port)) receiveAt(at->port);
  return true;
}

void Stack::transmitTagged(Send what) {
  const VlanConfig& vlan = *config().at(what.port).vlan;
  const std::uint16_t why = decisions().decide(VifRule::TagAdded, what.port, vlan.id, vlan.parent);
  Frame frame = m_out.frames[what.frame];
  addTag(frame, vlan.type, vlan.id);
  m_out.frames.push_back(std::move(frame));
  what.frame = static_cast<std::uint32_t>(m_out.frames.size() - 1);
  what.port = vlan.parent;
  what.origin = Origin::Made;
  what.decision = why;
  transmit(what);
}

/// What the stack sends into a TUN or TAP interface is what its program reads.
void Stack::giveToProgram(const Send& what) {
  const Frame& frame = m_out.frames[what.frame];
  const bool whole = hasLinkHeader(config().at(what.port).kind);
  const auto reader = std::find_if(state().sockets.begin(), state().sockets.end(), [&](const Socket& one) {
    return one.kind == socket::Kind::Interface && one.options.device == what.port;
  });
  HW_CHECK(reader != state().sockets.end());  // without one the interface has no carrier
  const std::uint32_t from = whole ? 0 : ethernet::kHeaderSize;
  decisions().decide(VifRule::GivenToProgram, what.port, frame.size() - from);
  pass(what.port, frame, Fate::PassedDown);
  socket::Datagram datagram;
  datagram.data = m_out.frames[what.frame].bytesFrom(from);
  datagram.port = what.port;
  enqueue(*reader, std::move(datagram));
}

/// A program writes into the file of its interface: the stack takes it after the call.
std::optional<socket::Errno> Stack::takeFromProgram(InterfaceId port, const Bytes& data) {
  const bool whole = hasLinkHeader(config().at(port).kind);
  const std::uint8_t version = data.empty() ? std::uint8_t{0} : static_cast<std::uint8_t>(data.data()[0] >> 4);
  if (data.size() < (whole ? ethernet::kHeaderSize : 1u) || (!whole && version != 4 && version != 6)) {
    decisions().decide(VifRule::ProgramWroteNonsense, port, data.size());
    return socket::Errno::InvalidArgument;
  }
  decisions().decide(VifRule::ProgramWrote, port, data.size());
  Frame frame(data);
  if (!whole)
    store(ethernet::Header{{}, {}, version == 4 ? ethernet::kIpv4 : ethernet::kIpv6}, frame.pushFront(ethernet::kHeaderSize));
  later(port, std::move(frame));
  return std::nullopt;
}

/// A frame comes up from a virtual interface: handled when what is going on is done (Linux netif_rx).
void Stack::later(InterfaceId port, Frame frame) {
  pass(port, frame, Fate::PassedUp);
  m_out.frames.push_back(std::move(frame));
  m_out.backlog.push_back({port, static_cast<std::uint32_t>(m_out.frames.size() - 1)});
}

/// The next frame of the backlog; false if there is none.
bool Stack::takeFromBacklog() {
  if (m_taken >= m_out.backlog.size()) return false;
  const Out::Waiting next = m_out.backlog[m_taken++];
  m_hand = next.frame;
  m_changed = true;
  if (!hand().ensureHead(ethernet::kHeaderSize)) return true;
  m_link = load<ethernet::Header>(hand().head());
  receiveAt(next.port);
  return true;
}

}  // namespace hw
