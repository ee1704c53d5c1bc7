// Links between two points: PPP frames at the interface, Ethernet frames inside the device as everywhere.
// Read first: RFC 1661 2; RFC 1662 3.1. The link is taken to be up: LCP and IPCP, which agree on options, are not spoken.
#include "core/device/stack.h"
#include "core/proto/ethernet/ethernet_wire.h"
#include "core/proto/ppp/ppp_wire.h"
#include "core/proto/vif/vif_rules.h"

namespace hw {

using VifRule = vif::Rule;

/// The frame in hand becomes one with a blank Ethernet header; false if it is none of ours.
bool Stack::receivedPpp(InterfaceId port) {
  const bool whole = hand().ensureHead(ppp::kHeaderSize);
  const auto header = whole ? load<ppp::Header>(hand().head()) : ppp::Header{};
  const bool six = header.protocol == ppp::kIpv6;
  if (!whole || header != ppp::Header{.protocol = six ? ppp::kIpv6 : ppp::kIpv4}) {
    decisions().decide(VifRule::NotPpp, port);
    return false;
  }
  hand().popFront(ppp::kHeaderSize);
  store(ethernet::Header{{}, {}, six ? ethernet::kIpv6 : ethernet::kIpv4}, hand().pushFront(ethernet::kHeaderSize));
  m_changed = true;
  return true;
}

void Stack::transmitPpp(Send what) {
  Frame frame = m_out.frames[what.frame];
  const std::uint16_t type = load<ethernet::Header>(frame.head()).type;
  if (type != ethernet::kIpv4 && type != ethernet::kIpv6) {
    decisions().decide(VifRule::NotForPpp, what.port, type);
    return;
  }
  frame.popFront(ethernet::kHeaderSize);
  store(ppp::Header{.protocol = type == ethernet::kIpv6 ? ppp::kIpv6 : ppp::kIpv4}, frame.pushFront(ppp::kHeaderSize));
  m_out.frames.push_back(std::move(frame));
  what.frame = static_cast<std::uint32_t>(m_out.frames.size() - 1);
  what.origin = Origin::Made;
  m_out.sends.push_back(what);
}

}  // namespace hw
