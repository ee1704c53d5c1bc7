// ARP meets the interfaces: messages in, questions out, packets that waited.
// Read first: RFC 826, RFC 1122 2.3.2.
#include <algorithm>

#include "core/device/stack.h"
#include "core/proto/vif/vif_rules.h"
#include "core/proto/ethernet/ethernet_rules.h"
#include "core/proto/ethernet/ethernet_wire.h"

namespace hw {

void Stack::receiveArp(InterfaceId port) {
  if (!hand().ensureHead(ethernet::kHeaderSize + arp::kHeaderSize)) {
    decisions().decide(arp::Rule::Malformed);
    return;
  }
  const auto message = load<arp::Header>(hand().head() + ethernet::kHeaderSize);
  arp::Out out;
  const MacAddress ourMac = config().at(port).mac;
  arp::Reception how{port, !m_link.destination.isGroup(), plan().isOwn(message.targetIp), false, ourMac};
  if (message.opcode == arp::kRequest && how.targetIsOurs && ignoresRequest(port, message)) return;
  how.proxied = message.opcode == arp::kRequest && !how.targetIsOurs && answersFor(port, message);
  const auto answer = arp::receive(state().arp, config().knobs.arp, env(), how, message, out);
  if (answer) {
    Frame reply;
    store(*answer, reply.pushFront(arp::kHeaderSize));
    makeFrame(port, answer->targetMac, ethernet::kArp, std::move(reply));
  }
  carryOut(out);
}

/// The effective value of arp_ignore or arp_announce: the greater one.
template <auto Level> std::uint8_t arpLevel(const DeviceConfig& config, InterfaceId port) {
  return std::max(config.knobs.all.*Level, config.at(port).knobs.*Level);
}

/// arp_ignore: 1 only for addresses of the interface, 2 and if the asker is in its subnet, 8 never
/// (Documentation/networking/ip-sysctl.rst).
bool Stack::ignoresRequest(InterfaceId port, const arp::Header& message) {
  const std::uint8_t level = arpLevel<&InterfaceKnobs::arpIgnore>(config(), port);
  if (level == 0) return false;
  const auto& addresses = config().at(port).addresses;
  const auto ours = std::find_if(addresses.begin(), addresses.end(),
                                 [&](const Ipv4Prefix& one) { return one.address == message.targetIp; });
  const bool answers = level < 8 && ours != addresses.end() && (level != 2 || ours->contains(message.senderIp));
  if (!answers) decisions().decide(arp::Rule::RequestIgnored, message.senderIp, message.targetIp, level, port);
  return !answers;
}

/// Proxy ARP: the way to the address leads out of another interface (Linux arp_fwd_proxy).
bool Stack::answersFor(InterfaceId port, const arp::Header& message) const {
  const bool on = config().knobs.all.proxyArp || config().at(port).knobs.proxyArp;
  if (!on || !config().knobs.forwarding || message.senderIp.isAny()) return false;
  route::Flow flow = route::flowTo(message.targetIp);
  flow.source = message.senderIp;
  flow.in = port;
  const route::Route* route = plan().fib.find(flow);
  return route && route->type == route::Type::Unicast && route->port != port;
}

/// Sends what ARP wants sent, and lets go of the packets it held.
void Stack::carryOut(arp::Out& what) {
  for (const arp::Question& question : what.questions) {
    arp::Header message;
    message.opcode = arp::kRequest;
    message.senderMac = config().at(question.port).mac;
    message.senderIp = addressForAsking(question.port, question.target, question.askAs);
    message.targetIp = question.target;
    Frame request;
    store(message, request.pushFront(arp::kHeaderSize));
    makeFrame(question.port, question.to, ethernet::kArp, std::move(request));
  }
  for (const arp::LateAnswer& one : what.answers) {
    arp::Header answer;
    answer.opcode = arp::kReply;
    answer.senderMac = config().at(one.port).mac;
    answer.senderIp = one.owner;
    answer.targetMac = one.askerMac;
    answer.targetIp = one.asker;
    Frame reply;
    store(answer, reply.pushFront(arp::kHeaderSize));
    makeFrame(one.port, one.askerMac, ethernet::kArp, std::move(reply));
  }
  for (arp::Waiting& one : what.released) {
    m_out.frames.push_back(std::move(one.frame));
    transmit({what.releasedPort, static_cast<std::uint32_t>(m_out.frames.size() - 1), Origin::Made,
              lastDecision(), one.forwarded, one.queued.decision.event});
  }
  for (arp::Waiting& one : what.failed) unreachable(one.frame);
}

/// The source address of a question: that of the waiting packet if it is ours and arp_announce lets it be told
/// (0 always, 1 if it is of the target's subnet, 2 never), else the one on the link to the target.
Ipv4Address Stack::addressForAsking(InterfaceId port, Ipv4Address target, Ipv4Address preferred) const {
  const auto& addresses = config().at(port).addresses;
  const std::uint8_t level = arpLevel<&InterfaceKnobs::arpAnnounce>(config(), port);
  const auto isOnLink = [&](const Ipv4Prefix& one) { return one.contains(target) && one.contains(preferred); };
  const bool fits = level == 0 || (level == 1 && std::any_of(addresses.begin(), addresses.end(), isOnLink));
  if (fits && !preferred.isAny() && plan().isOwn(preferred)) return preferred;
  for (const Ipv4Prefix& one : addresses)
    if (one.contains(target)) return one.address;
  if (!addresses.empty()) return addresses.front().address;
  for (const OwnAddress& one : plan().own)
    if (!one.address.isLoopback()) return one.address;
  return {};
}

/// Gives a frame (its Ethernet header still blank) to the next hop, or lets it wait.
void Stack::toNeighbour(Ipv4Address nextHop, Ipv4Address askAs, Send what) {
  Frame& frame = m_out.frames[what.frame];
  const InterfaceConfig& interface = config().at(what.port);
  MacAddress to = MacAddress::broadcast();
  storeBig<6>(frame.head() + 6, interface.mac.value);
  if (interface.medium == Medium::Ppp) {
    what.decision = decisions().decide(vif::Rule::PointToPoint, what.port);
    return transmit(what);
  }
  if (!hasLinkHeader(interface)) {
    // No frame is made here: what becomes of the datagram tells the tunnel, or the program behind the interface.
    what.decision = lastDecision();
    return transmit(what);
  }
  if (interface.kind == InterfaceKind::Loopback) {
    to = MacAddress{};
  } else if (nextHop.isMulticast()) {
    to = MacAddress{0x01005E000000u | (nextHop.value & 0x7FFFFFu)};  // RFC 1112 6.4
  } else if (!nextHop.isLimitedBroadcast()) {
    arp::Out out;
    const bool forwarded = what.origin == Origin::Forwarded || what.continuesArrival;
    const arp::Entry* entry = arp::resolve(state().arp, config().knobs.arp, env(), what.port, nextHop,
                                           askAs, frame, forwarded, out);
    if (!entry) return carryOut(out);
    to = entry->mac;
  }
  storeBig<6>(frame.head(), to.value);
  what.decision = decisions().decide(ethernet::Rule::Rewritten, interface.mac, what.port, to);
  transmit(what);
}

/// The next hop of a datagram did not answer: tell its source (Linux ipv4_link_failure).
void Stack::unreachable(Frame& frame) {
  if (!frame.ensureHead(ethernet::kHeaderSize + ipv4::kHeaderSize)) return;
  const auto header = load<ipv4::Header>(frame.head() + ethernet::kHeaderSize);
  const Bytes datagram = frame.bytesFrom(ethernet::kHeaderSize).slice(0, header.totalLength);
  complain({icmp::kUnreachable, icmp::kHostUnreachable, 0}, header, datagram, false);
}

}  // namespace hw
