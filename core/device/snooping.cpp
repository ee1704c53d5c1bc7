// A bridge that listens to IGMP: what it reads in frames, and the questions that it asks.
// Read first: RFC 4541 2.1; Linux br_multicast_rcv, br_multicast_send_query.
#include <algorithm>

#include "core/device/stack.h"
#include "core/proto/ethernet/ethernet_wire.h"
#include "core/proto/igmp/igmp.h"
#include "core/proto/ipv4/ipv4.h"

namespace hw {

/// What a frame to a group says about groups and where it may leave; nothing if it is no IPv4 datagram for a group.
std::optional<bridge::Snooped> Stack::snooped(InterfaceId in, BridgeState& here, std::uint16_t vlan, const Frame& frame) {
  const Bytes all = frame.bytesFrom(0);
  const ByteView bytes = all.view();
  const std::uint32_t tag = bytes.size() > kLink && load16(bytes.data() + 12) == ethernet::kVlan ? 4 : 0;
  if (bytes.size() < kLink + tag + ipv4::kHeaderSize || load16(bytes.data() + 12 + tag) != ethernet::kIpv4) return std::nullopt;
  const auto available = static_cast<std::uint32_t>(bytes.size()) - kLink - tag;
  const auto header = ipv4::decodeHeader(bytes.data() + kLink + tag, available, available);
  if (!header || !header->destination.isMulticast()) return std::nullopt;
  bridge::GroupFrame what{in, vlan, header->source, header->destination, header->protocol == ipv4::kIgmp && !header->isFragment(), {}};
  if (what.isIgmp) what.message = bytes.subspan(kLink + tag + header->headerSize(), header->totalLength - header->headerSize());
  return bridge::snoop(here.groups, config().at(here.bridge).bridge->snooping, env(), what);
}

/// A bridge that snoops is a member of the group of all snoopers (RFC 4286); it has told so when it was switched on.
void Stack::keepSnooping() {
  for (BridgeState& one : state().bridges) {
    const bridge::Snooping& snooping = config().at(one.bridge).bridge->snooping;
    bridge::follow(one.groups, snooping, env());
    auto& members = state().igmp.memberships;
    const auto ours = [&](const igmp::Membership& known) { return known.port == one.bridge && known.group == igmp::kAllSnoopers; };
    const bool known = std::any_of(members.begin(), members.end(), ours);
    if (!snooping.enabled) {
      std::erase_if(members, ours);
    } else if (!known) {
      igmp::Membership fresh;
      fresh.port = one.bridge, fresh.group = igmp::kAllSnoopers, fresh.users = 1;
      members.push_back(fresh);
    }
  }
}

void Stack::expireGroups(BridgeState& bridge) {
  const bridge::Snooping& snooping = config().at(bridge.bridge).bridge->snooping;
  if (snooping.enabled) ask(bridge, bridge::expire(bridge.groups, snooping, env()));
}

/// Queries of version 2 from 0.0.0.0, out of the ports themselves; the bridge's own stack hears the general one too.
void Stack::ask(const BridgeState& bridge, const std::vector<bridge::Question>& questions) {
  for (const bridge::Question& one : questions) {
    const auto code = static_cast<std::uint8_t>(one.maxDelay.ns / milliseconds(100).ns);
    const std::vector<std::uint8_t> query = igmp::encodeShort(igmp::kQuery, code, one.group);
    ipv4::Header header;
    header.destination = one.group.isAny() ? igmp::kAllSystems : one.group;
    header.protocol = ipv4::kIgmp;
    header.ttl = 1;
    header.tos = 0xC0;
    header.dontFragment = true;
    const std::array<std::uint8_t, 4> alert{0x94, 4, 0, 0};  // RFC 2113
    std::vector<std::uint8_t> bytes(kLink + ipv4::kHeaderSize + alert.size());
    const MacAddress group{0x01005E000000u | (header.destination.value & 0x7FFFFFu)};
    store(ethernet::Header{group, config().at(bridge.bridge).mac, ethernet::kIpv4}, bytes.data());
    ipv4::encodeHeader(header, alert, static_cast<std::uint32_t>(query.size()), bytes.data() + kLink);
    bytes.insert(bytes.end(), query.begin(), query.end());
    for (const InterfaceId port : config().at(bridge.bridge).bridge->ports) {
      const bool meant = !one.port.valid() || one.port == port;
      if (!meant || !plan().interfaces[port.value].running || bridge.tree.stateOf(port) != stp::PortState::Forwarding) continue;
      m_out.frames.push_back(Frame(ByteView(bytes)));
      transmit({port, static_cast<std::uint32_t>(m_out.frames.size() - 1), Origin::Made, lastDecision(), false, UINT64_MAX});
    }
    if (!one.port.valid()) igmp::receive(state().igmp, env(), bridge.bridge, query);
  }
}

}  // namespace hw
