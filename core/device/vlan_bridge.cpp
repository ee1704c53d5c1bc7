// A bridge that tells VLANs apart: which VLAN a frame is of, and with which tag its copies leave.
// Read first: IEEE 802.1Q-2018 6.9, 8.6, 8.8.2; Linux net/bridge/br_vlan.c.
#include "core/device/stack.h"
#include "core/device/tags.h"
#include "core/proto/arp/arp_wire.h"
#include "core/proto/ethernet/ethernet_wire.h"

namespace hw {
namespace {

/// The sender's IPv4 address in a frame without a tag.
std::optional<Ipv4Address> senderIn(Frame frame) {
  if (!frame.ensureHead(kLink)) return {};
  const std::uint16_t type = load<ethernet::Header>(frame.head()).type;
  if (type == ethernet::kIpv4 && frame.ensureHead(kLink + ipv4::kHeaderSize)) return load<ipv4::Header>(frame.head() + kLink).source;
  if (type == ethernet::kArp && frame.ensureHead(kLink + arp::kHeaderSize)) return load<arp::Header>(frame.head() + kLink).senderIp;
  return {};
}

}  // namespace

/// What a frame is for the bridge, or nothing: then it may not come in.
std::optional<Stack::InVlan> Stack::admitted(InterfaceId in, const bridge::Config& bridge, std::uint32_t index) {
  Frame& frame = m_out.frames[index];
  const auto link = load<ethernet::Header>(frame.head());
  bridge::Arrival arrival{std::nullopt, link.source, std::nullopt};
  const bool tagged = link.type == ethernet::kVlan && frame.ensureHead(kLink + kTagSize);
  const std::uint16_t id = tagged ? static_cast<std::uint16_t>(load16(frame.head() + kLink) & 0x0FFF) : std::uint16_t{0};
  if (id != 0) arrival.tag = id;
  else arrival.sender = senderIn(frame);
  const auto vlan = bridge::admit(bridge.vlans, env(), in, arrival);
  if (!vlan) return std::nullopt;
  InVlan known{*vlan, {}, {}, index};
  if (id != 0) known.tagged = index;
  if (!tagged) known.bare = index;
  if (tagged && id == 0) {  // a tag that gives a priority only
    m_out.frames.push_back(m_out.frames[index]);
    known.bare = static_cast<std::uint32_t>(m_out.frames.size() - 1);
    removeTag(m_out.frames.back());
  }
  return known;
}

/// The frame with its tag, or without: made at the first wish.
std::uint32_t Stack::frameFor(InVlan& frame, bool bare) {
  std::optional<std::uint32_t>& wanted = bare ? frame.bare : frame.tagged;
  if (wanted) return *wanted;
  m_out.frames.push_back(m_out.frames[bare ? *frame.tagged : *frame.bare]);
  wanted = static_cast<std::uint32_t>(m_out.frames.size() - 1);
  if (bare) removeTag(m_out.frames.back());
  else addTag(m_out.frames.back(), ethernet::kVlan, frame.vlan);
  return *wanted;
}

void Stack::copyToVlan(const std::vector<InterfaceId>& ports, const bridge::Config& bridge, InVlan& frame, Send what) {
  const Origin origin = what.origin;
  for (const InterfaceId port : ports) {
    const bool bare = bridge.vlans.untags(port, frame.vlan);
    what.decision = decisions().decide(bare ? bridge::Rule::LeavesUntagged : bridge::Rule::LeavesTagged, port, frame.vlan);
    what.frame = frameFor(frame, bare);
    what.origin = what.frame == frame.arrived ? origin : Origin::Made;
    copyToPorts({port}, what);
  }
}

/// Makes the frame what the bridge's own interface gets; false if that takes no part in the VLAN.
bool Stack::passesUpInVlan(InterfaceId bridge, InVlan& frame) {
  const bridge::Vlans& vlans = config().at(bridge).bridge->vlans;
  if (!vlans.has(bridge, frame.vlan)) {
    decisions().decide(bridge::Rule::NotOurVlan, bridge, frame.vlan);
    return false;
  }
  m_out.frames.push_back(m_out.frames[frameFor(frame, vlans.untags(bridge, frame.vlan))]);
  m_hand = static_cast<std::uint32_t>(m_out.frames.size() - 1);
  m_link = load<ethernet::Header>(hand().head());
  m_changed = true;
  return true;
}

}  // namespace hw
