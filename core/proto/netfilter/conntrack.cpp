#include "core/proto/netfilter/conntrack.h"

#include <algorithm>
#include <array>

#include "core/proto/icmp/icmp_wire.h"
#include "core/proto/netfilter/netfilter_rules.h"
#include "core/proto/tcp/tcp_wire.h"
#include "core/proto/udp/udp_wire.h"

namespace hw::netfilter {
namespace {

constexpr Duration kUdpIsStreamAfter = seconds(2);

/// Timeouts of Linux (nf_conntrack_tcp_timeout_*).
Duration timeOf(const Tracking& knobs, Tcp state) {
  switch (state) {
    case Tcp::SynSent:
    case Tcp::SynSent2: return seconds(120);
    case Tcp::SynReceived: return seconds(60);
    case Tcp::Established: return knobs.tcpEstablished;
    case Tcp::FinWait:
    case Tcp::TimeWait: return seconds(120);
    case Tcp::CloseWait: return seconds(60);
    case Tcp::LastAck: return seconds(30);
    case Tcp::Close:
    case Tcp::None: break;
  }
  return seconds(10);
}

/// The other of a pair of ICMP queries and replies; none if it is no such message.
std::optional<std::uint8_t> counterpart(std::uint8_t type) {
  constexpr std::pair<std::uint8_t, std::uint8_t> kPairs[] = {{8, 0}, {13, 14}, {15, 16}, {17, 18}};
  for (const auto& [query, reply] : kPairs) {
    if (type == query) return reply;
    if (type == reply) return query;
  }
  return std::nullopt;
}

bool isQuery(std::uint8_t type) { return type == 8 || type == 13 || type == 15 || type == 17; }

bool hasPorts(std::uint8_t protocol) { return protocol == ipv4::kUdp || protocol == ipv4::kTcp; }

/// The tuple of a transport header's first bytes.
std::optional<Tuple> tupleOf(const ipv4::Header& ip, std::span<const std::uint8_t> transport) {
  Tuple tuple{ip.source, ip.destination, ip.protocol, 0, 0};
  if (hasPorts(ip.protocol)) {
    if (transport.size() < 4) return std::nullopt;
    tuple.sourcePort = load16(transport.data());
    tuple.destinationPort = load16(transport.data() + 2);
  } else if (ip.protocol == ipv4::kIcmp) {
    if (transport.size() < icmp::kHeaderSize || !counterpart(transport[0])) return std::nullopt;
    tuple.sourcePort = load16(transport.data() + 4);
    tuple.destinationPort = load16(transport.data());
  }
  return tuple;
}

/// What a segment's flags do to the state of a TCP connection (RFC 5382 5, as Linux has it); none: it cannot belong to it.
std::optional<Tcp> next(Tcp state, std::uint16_t flags, bool reply) {
  const bool syn = (flags & tcp::kSyn) != 0, ack = (flags & tcp::kAck) != 0, fin = (flags & tcp::kFin) != 0;
  const bool opening = state == Tcp::None || state == Tcp::SynSent || state == Tcp::SynSent2;
  if ((flags & tcp::kRst) != 0) return state == Tcp::None ? std::nullopt : std::optional(Tcp::Close);
  if (syn && ack) {
    if (state == Tcp::None) return std::nullopt;
    if (reply && state == Tcp::SynSent) return Tcp::SynReceived;
    return state == Tcp::SynSent2 ? Tcp::SynReceived : state;
  }
  if (syn) {
    if (reply) return state == Tcp::SynSent ? Tcp::SynSent2 : state;
    const bool again = state == Tcp::None || state == Tcp::TimeWait || state == Tcp::Close;
    return again ? Tcp::SynSent : state;
  }
  if (fin) {
    if (opening) return std::nullopt;
    if (state == Tcp::SynReceived || state == Tcp::Established) return Tcp::FinWait;
    return state == Tcp::FinWait || state == Tcp::CloseWait ? Tcp::LastAck : state;
  }
  if (!ack) return std::nullopt;
  if (state == Tcp::None) return Tcp::Established;  // picked up in the middle
  if (opening) return std::nullopt;
  if (state == Tcp::SynReceived) return reply ? state : Tcp::Established;
  if (state == Tcp::FinWait) return Tcp::CloseWait;
  return state == Tcp::LastAck ? Tcp::TimeWait : state;
}

std::uint16_t flagsOf(const Packet& packet) {
  std::array<std::uint8_t, 14> bytes{};
  return packet.transport(bytes) == bytes.size() ? static_cast<std::uint16_t>(load16(bytes.data() + 12) & 0x1FF) : std::uint16_t{0};
}

std::uint64_t left(const Tuple& tuple) { return endpointFact(tuple.source, tuple.sourcePort); }
std::uint64_t right(const Tuple& tuple) {
  return endpointFact(tuple.destination, tuple.protocol == ipv4::kIcmp ? std::uint16_t{0} : tuple.destinationPort);
}

/// An ICMP error is about the connection of the datagram that it quotes.
Tracked relate(Connections& connections, const Env& env, const Packet& packet) {
  Tracked tracked;
  tracked.state = kInvalid;
  std::array<std::uint8_t, 8 + 60 + 8> bytes{};
  const std::uint32_t size = packet.transport(bytes);
  const auto invalid = [&] {
    env.decisions.decide(Rule::ErrorAboutNothing, packet.header().source);
    return tracked;
  };
  if (size < icmp::kHeaderSize + ipv4::kHeaderSize) return invalid();
  const auto quoted = load<ipv4::Header>(bytes.data() + icmp::kHeaderSize);
  const std::uint32_t transport = icmp::kHeaderSize + quoted.headerSize();
  if (quoted.headerSize() < ipv4::kHeaderSize || size < transport) return invalid();
  const auto tuple = tupleOf(quoted, std::span(bytes).subspan(transport, size - transport));
  const Connections::Place* place = tuple ? connections.find(inverted(*tuple)) : nullptr;
  if (!place) return invalid();
  // The error goes to where the quoted datagram came from, or it is a lie.
  if (place->tuple.destination != packet.header().destination) return invalid();
  tracked.state = kRelated;
  tracked.isError = true;
  tracked.sourceDone = tracked.destinationDone = true;
  tracked.isReply = place->reply;
  tracked.id = place->id;
  const Connection& one = *connections.find(place->id);
  env.decisions.decide(Rule::ErrorRelated, left(one.original), right(one.original));
  return tracked;
}

/// A datagram of a connection that is known: what it changes there.
bool refresh(Connection& one, const Tracking& knobs, const Env& env, const Packet& packet, bool reply) {
  switch (one.original.protocol) {
    case ipv4::kTcp: {
      const auto state = next(one.tcp, flagsOf(packet), reply);
      if (!state) return false;
      if (one.has(kSeenReply) && *state == Tcp::Established && (one.tcp == Tcp::SynReceived || one.tcp == Tcp::Established))
        one.status |= kAssured;
      one.tcp = *state;
      one.expires = env.now + timeOf(knobs, one.tcp);
      // A connection that was refused at once is forgotten at once.
      if (*state == Tcp::Close && !one.has(kSeenReply)) one.expires = env.now;
      break;
    }
    case ipv4::kUdp: {
      const bool both = one.has(kSeenReply), stream = both && one.streamFrom < env.now;
      one.expires = env.now + (stream ? knobs.udpStream : knobs.udp);
      if (stream) one.status |= kAssured;
      break;
    }
    case ipv4::kIcmp: one.expires = env.now + knobs.icmp; break;
    default: one.expires = env.now + knobs.other;
  }
  if (reply) one.status |= kSeenReply;
  return true;
}

Tracked begin(Connections& connections, const Tracking& knobs, const Env& env, const Packet& packet, const Tuple& tuple) {
  Tracked tracked;
  tracked.state = kInvalid;
  Connection one;
  one.original = tuple;
  one.reply = inverted(tuple);
  const bool may = tuple.protocol != ipv4::kIcmp || isQuery(static_cast<std::uint8_t>(tuple.destinationPort >> 8));
  const auto tcp = tuple.protocol == ipv4::kTcp ? next(Tcp::None, flagsOf(packet), false) : std::optional(Tcp::None);
  if (!may || !tcp) {
    env.decisions.decide(Rule::BelongsToNothing, left(tuple), right(tuple));
    return tracked;
  }
  one.tcp = *tcp;
  one.streamFrom = env.now + kUdpIsStreamAfter;
  if (connections.all.size() >= knobs.most) {
    env.decisions.decide(Rule::TableFull, knobs.most);
    tracked.refused = true;
    return tracked;
  }
  env.decisions.decide(Rule::Begins, left(tuple), right(tuple), tuple.protocol);
  one.by = env.byLast();
  tracked.state = kNew;
  tracked.fresh = one;
  return tracked;
}

}  // namespace

Tuple inverted(const Tuple& tuple) {
  Tuple answer{tuple.destination, tuple.source, tuple.protocol, tuple.destinationPort, tuple.sourcePort};
  if (tuple.protocol != ipv4::kIcmp) return answer;
  const auto type = static_cast<std::uint8_t>(tuple.destinationPort >> 8);
  answer.sourcePort = tuple.sourcePort;
  answer.destinationPort = static_cast<std::uint16_t>(counterpart(type).value_or(type) << 8 | (tuple.destinationPort & 0xFF));
  return answer;
}

ipv4::Header Packet::header() const {
  std::array<std::uint8_t, ipv4::kHeaderSize> bytes{};
  frame->copyTo(at, bytes);
  return load<ipv4::Header>(bytes.data());
}

std::uint32_t Packet::transport(std::span<std::uint8_t> out, std::uint32_t from) const {
  const ipv4::Header ip = header();
  const std::uint32_t there = ip.totalLength < ip.headerSize() + from ? 0 : ip.totalLength - ip.headerSize() - from;
  return frame->copyTo(at + ip.headerSize() + from, out.first(std::min<std::size_t>(out.size(), there)));
}

std::optional<Tuple> tupleOf(const Packet& packet) {
  std::array<std::uint8_t, icmp::kHeaderSize> bytes{};
  const std::uint32_t size = packet.transport(bytes);
  return tupleOf(packet.header(), std::span(bytes).first(size));
}

Connection* Connections::find(std::uint32_t id) {
  const auto at = std::ranges::lower_bound(all, id, {}, &Connection::id);
  return at != all.end() && at->id == id ? &*at : nullptr;
}

const Connections::Place* Connections::find(const Tuple& tuple) const {
  const auto at = std::ranges::lower_bound(places, tuple, {}, &Place::tuple);
  return at != places.end() && at->tuple == tuple ? &*at : nullptr;
}

bool Connections::insert(const Connection& one) {
  if (find(one.original) || find(one.reply)) return false;
  for (const bool reply : {false, true}) {
    const Place place{one.tuple(reply), one.id, reply};
    places.insert(std::ranges::lower_bound(places, place.tuple, {}, &Place::tuple), place);
  }
  all.push_back(one);
  nextDeadline = std::min(nextDeadline, one.expires);
  return true;
}

void Connections::erase(std::uint32_t id) {
  std::erase_if(places, [&](const Place& one) { return one.id == id; });
  std::erase_if(all, [&](const Connection& one) { return one.id == id; });
}

std::optional<Tracked> answerTo(const Tracked& tracked, bool isError) {
  if (!tracked.fresh && tracked.id == 0) return std::nullopt;
  Tracked answer = tracked;
  answer.state = kRelated;
  answer.isReply = !tracked.isReply;
  answer.isError = isError;
  return answer;
}

Connection* connectionOf(Connections& connections, Tracked& tracked) {
  if (tracked.fresh) return &*tracked.fresh;
  return tracked.id == 0 ? nullptr : connections.find(tracked.id);
}

Tracked track(Connections& connections, const Tracking& knobs, const Env& env, const Packet& packet) {
  const ipv4::Header ip = packet.header();
  std::array<std::uint8_t, 1> type{};
  const bool isIcmp = ip.protocol == ipv4::kIcmp && packet.transport(type) == 1;
  if (isIcmp && icmp::Header{type[0], 0, 0, 0}.isError()) return relate(connections, env, packet);
  const auto tuple = tupleOf(packet);
  if (!tuple) {
    env.decisions.decide(Rule::BelongsToNothing, endpointFact(ip.source, 0), endpointFact(ip.destination, 0));
    Tracked tracked;
    tracked.state = kInvalid;
    return tracked;
  }
  const Connections::Place* place = connections.find(*tuple);
  Connection* known = place ? connections.find(place->id) : nullptr;
  if (known && known->expires <= env.now) {
    connections.erase(known->id);
    known = nullptr;
  }
  if (!known) return begin(connections, knobs, env, packet, *tuple);
  Tracked tracked;
  tracked.id = known->id;
  tracked.isReply = place->reply;
  tracked.sourceDone = tracked.destinationDone = true;
  const Connection& one = *known;
  if (!refresh(*known, knobs, env, packet, place->reply)) {
    env.decisions.decide(Rule::BelongsToNothing, left(*tuple), right(*tuple));
    tracked = {};
    tracked.state = kInvalid;
    return tracked;
  }
  connections.nextDeadline = std::min(connections.nextDeadline, one.expires);
  tracked.state = place->reply || one.has(kSeenReply) ? kEstablished : kNew;
  env.decisions.decide(place->reply ? Rule::Answers : Rule::GoesOn, left(one.original), right(one.original));
  return tracked;
}

bool confirm(Connections& connections, const Tracking& knobs, const Env& env, Tracked& tracked) {
  // Only the datagram that began a connection makes it last, not an answer of our own to it.
  if (!tracked.fresh || tracked.isReply) return true;
  Connection& one = *tracked.fresh;
  one.id = connections.nextId;
  one.status |= kConfirmed;
  switch (one.original.protocol) {
    case ipv4::kTcp: one.expires = env.now + timeOf(knobs, one.tcp); break;
    case ipv4::kUdp: one.expires = env.now + knobs.udp; break;
    case ipv4::kIcmp: one.expires = env.now + knobs.icmp; break;
    default: one.expires = env.now + knobs.other;
  }
  if (!connections.insert(one)) {
    env.decisions.decide(Rule::PlaceTaken, left(one.reply), right(one.reply));
    return false;
  }
  ++connections.nextId;
  tracked.id = one.id;
  tracked.fresh.reset();
  return true;
}

void expire(Connections& connections, const Env& env) {
  if (connections.nextDeadline > env.now) return;
  std::vector<std::uint32_t> due;
  connections.nextDeadline = kNever;
  for (const Connection& one : connections.all) {
    if (one.expires > env.now) {
      connections.nextDeadline = std::min(connections.nextDeadline, one.expires);
      continue;
    }
    env.decisions.decide(Rule::Expired, left(one.original), right(one.original));
    due.push_back(one.id);
  }
  for (const std::uint32_t id : due) connections.erase(id);
}

namespace {

/// A word of a header becomes another, and with it the checksum that covers it.
void patch(std::uint8_t* word, std::uint16_t value, std::uint8_t* checksum) {
  if (checksum) store16(checksum, updateChecksum(load16(checksum), load16(word), value));
  store16(word, value);
}

/// Rewrites one side of a datagram in contiguous memory; `size` counts from its IP header.
void rewriteBytes(std::uint8_t* ip, std::uint32_t size, const Tuple& target, Side side) {
  const bool source = side == Side::Source;
  const auto header = load<ipv4::Header>(ip);
  const std::uint32_t transport = header.headerSize();
  std::uint8_t* const at = ip + transport;
  const std::uint32_t behind = size < transport ? 0 : size - transport;
  std::uint8_t* sum = nullptr;  // the transport's, which covers the addresses too
  if (header.fragmentOffset == 0 && header.protocol == ipv4::kUdp && behind >= 8 && load16(at + 6) != 0) sum = at + 6;
  if (header.fragmentOffset == 0 && header.protocol == ipv4::kTcp && behind >= 18) sum = at + 16;
  std::uint8_t* const address = ip + (source ? 12 : 16);
  const std::uint32_t value = source ? target.source.value : target.destination.value;
  for (const int half : {0, 2}) {
    const auto word = static_cast<std::uint16_t>(half == 0 ? value >> 16 : value);
    if (sum) store16(sum, updateChecksum(load16(sum), load16(address + half), word));
    patch(address + half, word, ip + 10);
  }
  if (header.fragmentOffset != 0) return;
  if (hasPorts(header.protocol) && behind >= 4)
    patch(at + (source ? 0 : 2), source ? target.sourcePort : target.destinationPort, sum);
  if (header.protocol == ipv4::kUdp && sum && load16(sum) == 0) store16(sum, 0xFFFF);
  if (header.protocol == ipv4::kIcmp && behind >= icmp::kHeaderSize && counterpart(at[0])) patch(at + 4, target.sourcePort, at + 2);
}

}  // namespace

void rewrite(Packet packet, const Tuple& target, Side side) {
  const ipv4::Header ip = packet.header();
  const std::uint32_t end = std::min(packet.at + ip.headerSize() + tcp::kHeaderSize, packet.frame->size());
  HW_CHECK(packet.frame->ensureHead(end));
  rewriteBytes(packet.frame->head() + packet.at, end - packet.at, target, side);
}

void rewriteQuoted(Packet packet, const Tuple& target, Side side) {
  std::vector<std::uint8_t> bytes = packet.frame->toVector();
  const ipv4::Header ip = packet.header();
  const std::uint32_t message = packet.at + ip.headerSize(), end = packet.at + ip.totalLength;
  if (end > bytes.size() || end < message + icmp::kHeaderSize + ipv4::kHeaderSize) return;
  const std::uint32_t quoted = message + icmp::kHeaderSize;
  rewriteBytes(bytes.data() + quoted, end - quoted, target, side);
  store16(bytes.data() + message + 2, 0);
  store16(bytes.data() + message + 2, internetChecksum(ByteView(bytes).subspan(message, end - message)));
  *packet.frame = Frame(ByteView(bytes));
}

}  // namespace hw::netfilter
