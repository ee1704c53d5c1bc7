// The packet filter in a device: what comes in, goes on or leaves passes its hooks.
// Read first: core/proto/netfilter/netfilter.h.
#include "core/device/stack.h"
#include "core/proto/ethernet/ethernet_wire.h"
#include "core/proto/ipv4/ipv4.h"
#include "core/proto/tcp/tcp_wire.h"

namespace hw {

using netfilter::Hook;
using socket::Errno;

namespace {

/// A datagram as bytes, without what is in front of it and padding.
Bytes bytesOf(const netfilter::Packet& packet) {
  return packet.frame->bytesFrom(packet.at).slice(0, packet.header().totalLength);
}

/// The TCP segment that refuses another one (RFC 9293 3.10.7.1): its sequence number is the one that is expected.
tcp::Header resetFor(const tcp::Header& segment, std::uint32_t length) {
  tcp::Header reset;
  reset.sourcePort = segment.destinationPort;
  reset.destinationPort = segment.sourcePort;
  reset.flags = tcp::kRst;
  if (segment.has(tcp::kAck)) {
    reset.sequence = segment.acknowledgment;
    return reset;
  }
  reset.flags |= tcp::kAck;
  const std::uint32_t counted = (segment.has(tcp::kSyn) ? 1 : 0) + (segment.has(tcp::kFin) ? 1 : 0);
  reset.acknowledgment = segment.sequence + counted + length - segment.headerSize();
  return reset;
}

}  // namespace

/// Sends a datagram through a hook; false if it goes no further. Whoever should hear of it has been told then.
bool Stack::passes(netfilter::Passage& passage, Hook hook) {
  const auto name = [&](InterfaceId port) { return port.valid() ? std::string_view(config().at(port).name) : std::string_view(); };
  passage.inName = name(passage.in);
  passage.outName = name(passage.out);
  const netfilter::Surroundings around{config().filter, plan().filter, config().knobs.tracking, plan().fib};
  const netfilter::Ruling ruling = netfilter::pass(state().filter, around, env(), passage, hook);
  m_rerouted = ruling.destinationChanged || ruling.markChanged;
  if (ruling.what == netfilter::Ruling::What::Accept) return true;
  if (ruling.what == netfilter::Ruling::What::Unreachable) {
    const Bytes datagram = bytesOf(passage.packet);
    const bool group = passage.in.valid() && (toGroup() || isGroupAddress(passage.packet.header().destination));
    complain({icmp::kUnreachable, ruling.icmpCode, 0}, passage.packet.header(), datagram, group, &passage.tracked);
  } else if (ruling.what == netfilter::Ruling::What::Reset) {
    sendReset(passage);
  }
  return false;
}

void Stack::sendReset(const netfilter::Passage& passage) {
  const ipv4::Header ip = passage.packet.header();
  std::array<std::uint8_t, tcp::kHeaderSize> bytes{};
  if (ip.isFragment() || passage.packet.transport(bytes) < bytes.size()) return;
  const auto segment = load<tcp::Header>(bytes.data());
  if (segment.has(tcp::kRst)) return;
  tcp::Header reset = resetFor(segment, ip.totalLength - ip.headerSize());
  ChecksumSum sum;
  sum.add32(ip.destination.value);
  sum.add32(ip.source.value);
  sum.add16(ipv4::kTcp);
  sum.add16(tcp::kHeaderSize);
  store(reset, bytes.data());
  sum.add(bytes);
  reset.checksum = sum.checksum();
  decisions().decide(netfilter::Rule::ResetSent, ip.source, segment.destinationPort);
  Outgoing answer;
  answer.header.source = ip.destination;
  answer.header.destination = ip.source;
  answer.header.protocol = ipv4::kTcp;
  answer.header.ttl = config().knobs.defaultTtl;
  answer.pathMtu = socket::PathMtu::Do;
  answer.tracked = netfilter::answerTo(passage.tracked, false);
  answer.transportSize = tcp::kHeaderSize;
  store(reset, answer.transport.data());
  static_cast<void>(sendDatagram(answer));
}

/// The datagram in hand at the first hook. Where connections are followed, fragments are put together first (Linux
/// nf_defrag_ipv4); the header is that of what goes on.
bool Stack::passesIn(InterfaceId port, ipv4::Header& header) {
  m_passage = {};
  m_passage.in = port;
  m_largestPiece = 0;
  if (plan().filter.tracks && header.isFragment()) {
    const Bytes bytes = datagramInHand(header).bytesFrom(0);
    m_largestPiece = ipv4::largestPiece(state().reassembly, header);
    const auto whole = ipv4::reassemble(state().reassembly, env(), header, bytes.slice(0, header.headerSize()),
                                        bytes.slice(header.headerSize()));
    if (!whole) return false;
    Frame frame(*whole);
    store(ethernet::Header{m_link.destination, m_link.source, ethernet::kIpv4}, frame.pushFront(kLink));
    hand() = std::move(frame);
    m_changed = true;
  }
  m_passage.packet = {&hand(), kLink};
  const auto& addresses = config().at(port).addresses;
  if (!addresses.empty()) m_passage.redirectTo = addresses.front().address;
  const bool goesOn = passes(m_passage, Hook::Prerouting);
  if (goesOn) noteChanges(header);
  return goesOn;
}

/// The header after a hook; the frame in hand is not as it came if that differs.
void Stack::noteChanges(ipv4::Header& header) {
  hand().ensureHead(kLink + header.headerSize());
  const ipv4::Header now = load<ipv4::Header>(hand().head() + kLink);
  const netfilter::Connection* one = netfilter::connectionOf(state().filter.connections, m_passage.tracked);
  if (one && (one->status & (netfilter::kSourceNat | netfilter::kDestinationNat)) != 0) m_changed = true;
  header = now;
}

/// A datagram for us passes the input hook; it may be a copy that was put together from fragments.
bool Stack::passesToUs(ipv4::Header& header, Frame& datagram) {
  m_passage.packet = {&datagram, 0};
  if (!passes(m_passage, Hook::Input)) return false;
  header = m_passage.packet.header();
  return true;
}

/// The datagram in hand, on its way through, passes the hooks behind the routing decision.
bool Stack::passesOn(ipv4::Header& header, InterfaceId out, Ipv4Address nextHop) {
  m_passage.packet = {&hand(), kLink};
  m_passage.out = out;
  m_passage.masqueradeAs = addressOf(out, nextHop);
  if (!passes(m_passage, Hook::Forward)) return false;
  m_passage.packet = {&hand(), kLink};
  if (!passes(m_passage, Hook::Postrouting)) return false;
  noteChanges(header);
  return true;
}

/// A datagram of our own passes the hooks; the way may be another one behind them. An error if it goes no further.
std::optional<Errno> Stack::sendFiltered(const Outgoing& outgoing, Way way) {
  Frame frame = wrap(outgoing);
  netfilter::Passage passage;
  passage.packet = {&frame, kLink};
  passage.out = way.port;
  passage.mark = outgoing.mark;
  passage.redirectTo = Ipv4Address::of(127, 0, 0, 1);
  if (outgoing.tracked) passage.tracked = *outgoing.tracked;
  const auto refused = [&] {
    decisions().decide(netfilter::Rule::NotPermitted);
    return Errno::NotPermitted;
  };
  if (!passes(passage, Hook::Output)) return refused();
  if (m_rerouted) {
    const ipv4::Header now = passage.packet.header();
    decisions().decide(netfilter::Rule::RoutedAnew, now.destination, passage.mark);
    Outgoing again = outgoing;
    again.header.destination = now.destination;
    again.header.source = plan().isOwn(now.source) ? now.source : Ipv4Address{};
    again.mark = passage.mark;
    again.route = nullptr;
    const route::Route* route = routeFor(again);
    if (const auto error = routeError(route)) return error;
    way = wayOf(again, *route);
  }
  passage.out = way.port;
  passage.masqueradeAs = addressOf(way.port, way.nextHop);
  if (!passes(passage, Hook::Postrouting)) return refused();
  leave(std::move(frame), way);
  return std::nullopt;
}

void Stack::forgetConnections(const ForgetConnections& what) {
  auto& connections = state().filter.connections;
  for (const std::uint32_t id : what.ids) connections.erase(id);
}

/// Connections with the address of an interface that is down, or has lost it, are over.
void Stack::followFilter(const DeviceConfig& before) {
  for (std::uint32_t i = 0; i < before.interfaces.size(); ++i) {
    const bool gone = i >= config().interfaces.size() || !config().interfaces[i].up;
    if (gone || before.interfaces[i].addresses != config().interfaces[i].addresses)
      netfilter::interfaceDown(state().filter, env(), InterfaceId{i});
  }
  if (before.filter != config().filter) netfilter::follow(state().filter, config().filter);
}

}  // namespace hw
