// Neighbour discovery meets the interfaces: messages in, solicitations out, addresses that come and go, groups.
// Read first: RFC 4861 7.2; RFC 4862 5.4; RFC 3810 5.2.
#include <algorithm>

#include "core/device/stack.h"
#include "core/proto/ethernet/ethernet_wire.h"

namespace hw {

using NdRule = nd::Rule;

namespace {

/// A message with the link-layer address option that the type wants.
std::vector<std::uint8_t> withAddress(const nd::Message& message, nd::Option kind, MacAddress mac) {
  std::vector<std::uint8_t> bytes(nd::kMessageSize + nd::kAddressOptionSize);
  store(message, bytes.data());
  bytes[nd::kMessageSize] = kind;
  bytes[nd::kMessageSize + 1] = 1;
  storeBig<6>(bytes.data() + nd::kMessageSize + 2, mac.value);
  return bytes;
}

}  // namespace

/// A message of neighbour discovery in a frame to an address that needs no asking.
void Stack::sendNeighbour(InterfaceId port, Ipv6Address source, Ipv6Address to, MacAddress mac, std::vector<std::uint8_t> message) {
  icmp6::seal(message, source, to);
  ipv6::Header header;
  header.payloadLength = static_cast<std::uint16_t>(message.size());
  header.nextHeader = ipv6::kIcmp;
  header.hopLimit = nd::kHopLimit;
  header.source = source;
  header.destination = to;
  Frame frame{Bytes(std::move(message))};
  store(header, frame.pushFront(ipv6::kHeaderSize));
  makeFrame(port, mac, ethernet::kIpv6, std::move(frame));
}

/// Sends what neighbour discovery wants sent, and lets go of the packets it held.
void Stack::carryOut(nd::Out& what) {
  for (const nd::Question& one : what.questions) {
    const nd::Address* asker = state().six->addresses.find(one.port, one.askAs);
    const Ipv6Address source = asker && asker->usable() ? one.askAs : state().six->addresses.linkLocal(one.port);
    nd::Message message;
    message.type = icmp6::kNeighbourSolicitation;
    message.target = one.target;
    const Ipv6Address to = one.to ? one.target : one.target.solicitedNode();
    sendNeighbour(one.port, source, to, one.to.value_or(to.groupMac()), withAddress(message, nd::kSourceAddress, config().at(one.port).mac));
  }
  for (nd::Waiting& one : what.released) {
    m_out.frames.push_back(std::move(one.frame));
    transmit({what.port, static_cast<std::uint32_t>(m_out.frames.size() - 1), Origin::Made, lastDecision(), one.forwarded,
              one.queued.decision.event});
  }
  for (nd::Waiting& one : what.failed) unreachableSix(one.frame);
}

/// The next hop of a datagram did not answer: tell its source (Linux ndisc_error_report).
void Stack::unreachableSix(Frame& frame) {
  if (!frame.ensureHead(kLink + ipv6::kHeaderSize)) return;
  const auto header = load<ipv6::Header>(frame.head() + kLink);
  complainSix({icmp6::kUnreachable, icmp6::kAddressUnreachable, 0}, {header, frame.bytesFrom(kLink), InterfaceId{0}}, false);
}

/// RFC 4861 7.1 and 7.2: a solicitation or an advertisement.
void Stack::receiveNeighbour(const Datagram6& datagram, const Bytes& message) {
  const auto received = datagram.header.hopLimit == nd::kHopLimit ? nd::read(message.view()) : std::nullopt;
  if (!received) {
    decisions().decide(NdRule::Malformed);
    return;
  }
  if (received->message.type == icmp6::kNeighbourSolicitation) return answerSolicitation(datagram, *received);
  const Ipv6Address target = received->message.target;
  if (state().six->addresses.find(datagram.port, target)) {
    nd::claimed(state().six->addresses, env(), datagram.port, target, m_link.source);
    return;
  }
  nd::Out out;
  nd::receiveAdvertisement(state().six->neighbours, env(), datagram.port, *received, out);
  carryOut(out);
}

void Stack::answerSolicitation(const Datagram6& datagram, const nd::Received& received) {
  const InterfaceId port = datagram.port;
  const Ipv6Address target = received.message.target, asker = datagram.header.source;
  const nd::Address* own = state().six->addresses.find(port, target);
  if (!own) {
    decisions().decide(NdRule::SolicitationNotForUs, target);
    return;
  }
  if (!own->usable()) {
    // Two that want the same address at the same time: neither gets it.
    if (asker.isAny()) nd::claimed(state().six->addresses, env(), port, target, m_link.source);
    else decisions().decide(NdRule::SolicitationNotForUs, target);
    return;
  }
  nd::Message answer;
  answer.type = icmp6::kNeighbourAdvertisement;
  answer.router = config().six->forwarding;
  answer.target = target;
  const MacAddress mac = config().at(port).mac;
  if (asker.isAny()) {
    decisions().decide(NdRule::DuplicateProbeAnswered, target);
    answer.overrides = true;
    const Ipv6Address all = Ipv6Address::allNodes();
    return sendNeighbour(port, target, all, all.groupMac(), withAddress(answer, nd::kTargetAddress, mac));
  }
  nd::Out out;
  if (received.mac) nd::learnSender(state().six->neighbours, env(), port, asker, *received.mac, out);
  carryOut(out);
  decisions().decide(NdRule::SolicitationAnswered, asker, target, mac);
  answer.solicited = true;
  const bool asked = datagram.header.destination.isMulticast();
  answer.overrides = asked;
  std::vector<std::uint8_t> message = withAddress(answer, nd::kTargetAddress, mac);
  // Who asked us alone knows the link-layer address already (RFC 4861 4.4).
  if (!asked) message.resize(nd::kMessageSize);
  Outgoing6 outgoing;
  outgoing.header.source = target;
  outgoing.header.destination = asker;
  outgoing.header.hopLimit = nd::kHopLimit;
  outgoing.device = port;
  outgoing.message = std::move(message);
  outgoing.plain = true;
  static_cast<void>(sendSix(outgoing));
}

namespace {

/// The addresses that an interface shall have: the one of the link first.
std::vector<Ipv6Own> wantedAt(const DeviceConfig& config, InterfaceId port) {
  const InterfaceConfig& interface = config.at(port);
  std::vector<Ipv6Own> wanted;
  if (interface.kind == InterfaceKind::Loopback) {
    if (config.six) wanted.push_back({{Ipv6Address{0, 1}, 128}, false});
    return wanted;
  }
  const bool speaks = config.six && interface.six && interface.up && !interface.master.valid();
  if (!speaks) return wanted;
  // A link without link-layer addresses has nobody to ask (Linux: IFF_NOARP).
  const bool asks = hasLinkHeader(interface);
  wanted.push_back({{linkLocalOf(config, port), 64}, asks});
  for (const Ipv6Own& one : interface.six->addresses) wanted.push_back({one.prefix, one.check && asks});
  return wanted;
}

}  // namespace

/// Groups that follow from an address, and from being a router.
void Stack::joinSix(InterfaceId port, Ipv6Address address, bool joins) {
  // A tunnel has no members to tell of.
  if (config().at(port).kind == InterfaceKind::Loopback || config().at(port).kind == InterfaceKind::Tunnel) return;
  if (joins) mld::join(state().six->groups, env(), port, address.solicitedNode());
  else mld::leave(state().six->groups, env(), port, address.solicitedNode());
}

/// The addresses of the interfaces as configuration and cables have them.
void Stack::keepSix() {
  if (!config().six) {
    state().six.reset();
    return;
  }
  if (!state().six) {
    Ipv6State& fresh = state().six.emplace();
    const std::int64_t base = nd::kBaseReachable.ns;
    fresh.neighbours.reachableTime = Duration{state().random.between(base / 2, base * 3 / 2)};
  }
  Ipv6State& six = *state().six;
  for (std::uint32_t i = 0; i < config().interfaces.size(); ++i) {
    const InterfaceId port{i};
    const std::vector<Ipv6Own> wanted = wantedAt(config(), port);
    // Without a carrier addresses stay as they are, and new ones wait for it (Linux addrconf_notify).
    const bool running = plan().interfaces[i].running;
    const auto isWanted = [&](const nd::Address& one) {
      return std::any_of(wanted.begin(), wanted.end(), [&](const Ipv6Own& w) { return w.prefix == one.prefix; });
    };
    if (wanted.empty() || !running) nd::flush(six.neighbours, env(), port);
    if (wanted.empty()) mld::forget(six.groups, port);
    for (const nd::Address& one : std::vector<nd::Address>(six.addresses.all))
      if (one.port == port && !isWanted(one)) {
        joinSix(port, one.prefix.address, false);
        nd::drop(six.addresses, port, one.prefix.address);
      }
    const bool router = config().six->forwarding && !wanted.empty() && i != 0;
    if (router != six.groups.isMember(port, Ipv6Address::allRouters())) {
      if (router) mld::join(six.groups, env(), port, Ipv6Address::allRouters());
      else mld::leave(six.groups, env(), port, Ipv6Address::allRouters());
    }
    for (const Ipv6Own& one : wanted)
      if (running && !six.addresses.find(port, one.prefix.address)) {
        joinSix(port, one.prefix.address, true);
        nd::add(six.addresses, env(), port, one.prefix, one.check);
      }
  }
  nd::Out out;
  for (const StaticNeighbour6& one : config().six->neighbours)
    nd::set(six.neighbours, env(), one.port, one.address, one.mac, nd::Nud::Permanent, out);
  carryOut(out);
}

/// RFC 4862 5.4.2: does somebody have this address? The nonce tells our own question from another's (RFC 7527).
void Stack::askForDuplicate(const nd::Probe& probe) {
  nd::Message message;
  message.type = icmp6::kNeighbourSolicitation;
  message.target = probe.address;
  const MacAddress nonce{state().random.below(std::uint64_t{1} << 48)};
  const Ipv6Address to = probe.address.solicitedNode();
  sendNeighbour(probe.port, {}, to, to.groupMac(), withAddress(message, nd::kNonce, nonce));
}

/// RFC 3810 5.2.14: a report goes to ff02::16 behind a router alert.
void Stack::sendReport(mld::Message message) {
  constexpr Ipv6Address kRouters{0xFF02'0000'0000'0000u, 0x16};
  const Ipv6Address source = state().six->addresses.linkLocal(message.port);
  icmp6::seal(message.bytes, source, kRouters);
  constexpr std::uint8_t kRouterAlert[] = {ipv6::kIcmp, 0, 5, 2, 0, 0, 1, 0};
  ipv6::Header header;
  header.payloadLength = static_cast<std::uint16_t>(sizeof kRouterAlert + message.bytes.size());
  header.nextHeader = ipv6::kHopByHop;
  header.hopLimit = 1;
  header.source = source;
  header.destination = kRouters;
  Frame frame{Bytes(std::move(message.bytes))};
  std::copy(std::begin(kRouterAlert), std::end(kRouterAlert), frame.pushFront(sizeof kRouterAlert));
  store(header, frame.pushFront(ipv6::kHeaderSize));
  makeFrame(message.port, kRouters.groupMac(), ethernet::kIpv6, std::move(frame));
}

void Stack::expireSix() {
  Ipv6State& six = *state().six;
  nd::Out out;
  nd::expire(six.neighbours, env(), out);
  carryOut(out);
  for (const nd::Probe& one : nd::expire(six.addresses, env()).probes) askForDuplicate(one);
  for (mld::Message& one : mld::expire(six.groups, env())) sendReport(std::move(one));
  for (const ipv6::Incomplete& one : ipv6::expire(six.reassembly, env())) {
    // RFC 8200 4.5: no message without the first fragment.
    if (one.front.empty() || one.pieces.front().offset != 0) continue;
    std::vector<std::uint8_t> datagram(one.front.view().begin(), one.front.view().end());
    const ByteView first = one.pieces.front().bytes.view();
    datagram.insert(datagram.end(), first.begin(), first.end());
    const Bytes bytes(std::move(datagram));
    complainSix({icmp6::kTimeExceeded, icmp6::kReassemblyExceeded, 0}, {load<ipv6::Header>(bytes.data()), bytes, InterfaceId{0}}, false);
  }
}

void Stack::edit(const EditNeighbourSix& what) {
  if (!state().six) return;
  nd::Out out;
  nd::State& known = state().six->neighbours;
  switch (what.what) {
    case EditNeighbour::What::Set: nd::set(known, env(), what.port, what.address, what.mac, what.nud, out); break;
    case EditNeighbour::What::Remove: nd::remove(known, env(), what.port, what.address); break;
    case EditNeighbour::What::Flush: nd::flush(known, env(), what.port); break;
  }
  carryOut(out);
}

}  // namespace hw
