#include "core/lens/conversations.h"

#include <fmt/format.h>

#include <algorithm>

#include "core/explain/explain.h"
#include "core/lens/packets.h"
#include "core/proto/ethernet/ethernet_wire.h"
#include "core/proto/ipv4/ipv4_wire.h"
#include "core/proto/ppp/ppp_wire.h"
#include "core/proto/tcp/tcp_options_wire.h"
#include "core/proto/tcp/tcp_rules.h"
#include "core/proto/tcp/tcp_wire.h"
#include "core/proto/udp/udp_rules.h"
#include "core/proto/udp/udp_wire.h"

namespace hw::lens {
namespace {

constexpr std::uint8_t kTcpProtocol = 6, kUdpProtocol = 17;

/// Whether a protocol of the transport layer took a frame up.
bool isTakenUp(const EventRecord& event) {
  bool taken = false;
  Decisions::visit(event.decisions, [&taken](const Decision& one) {
    const bool bad = one.rule == ruleId(tcp::Rule::BadChecksum) || one.rule == ruleId(tcp::Rule::BadHeader) ||
                     one.rule == ruleId(udp::Rule::BadChecksum) || one.rule == ruleId(udp::Rule::BadLength) ||
                     one.rule == ruleId(udp::Rule::Sent);
    taken = taken || (!bad && (one.rule.table() == RuleTableId::Tcp || one.rule.table() == RuleTableId::Udp));
  });
  return taken;
}

bool isDropped(const EventRecord& event) {
  bool dropped = false;
  Decisions::visit(event.decisions, [&dropped](const Decision& one) { dropped = dropped || (!one.alternative && explain::info(one.rule).outcome == Outcome::Dropped); });
  return dropped;
}

}  // namespace

/// The headers of a frame that matter here.
struct ConversationMap::Packet {
  ipv4::Header ip;
  tcp::Header tcp;
  std::uint16_t fromPort = 0;
  std::uint16_t toPort = 0;
  std::uint32_t size = 0;          ///< of the data
  std::vector<std::uint8_t> options;
  TransmissionId id;
  Time sent;

  bool isLaterFragment() const { return ip.fragmentOffset != 0; }
  std::uint64_t from() const { return endpointFact(ip.source, fromPort); }
  std::uint64_t to() const { return endpointFact(ip.destination, toPort); }
  Key key() const { return {ip.protocol, from(), to()}; }

  /// Nothing if a frame carries neither TCP nor UDP at its top.
  static std::optional<Packet> read(const Frame& frame, std::uint16_t linkType) {
    std::array<std::uint8_t, 160> bytes{};
    const std::size_t known = frame.copyTo(0, bytes);
    ByteView view(bytes.data(), known);
    std::size_t link = 0;
    if (linkType == 1) link = ethernet::kHeaderSize;
    if (linkType == 9) link = ppp::kHeaderSize;
    if (view.size() < link) return std::nullopt;
    if (linkType == 1 && load<ethernet::Header>(view.data()).type != ethernet::kIpv4) return std::nullopt;
    view = view.subspan(link);
    const auto ip = decode<ipv4::Header>(view);
    if (!ip || ip->headerSize() > view.size() || ip->totalLength < ip->headerSize()) return std::nullopt;
    Packet packet;
    packet.ip = *ip;
    if (ip->protocol != kTcpProtocol && ip->protocol != kUdpProtocol) return std::nullopt;
    if (packet.isLaterFragment()) return packet;
    view = view.subspan(ip->headerSize());
    const std::uint32_t inside = ip->totalLength - ip->headerSize();
    if (ip->protocol == kTcpProtocol) {
      if (view.size() < tcp::kHeaderSize) return std::nullopt;
      packet.tcp = load<tcp::Header>(view.data());
      if (packet.tcp.headerSize() > inside || packet.tcp.headerSize() > view.size() || packet.tcp.headerSize() < tcp::kHeaderSize) return std::nullopt;
      packet.fromPort = packet.tcp.sourcePort;
      packet.toPort = packet.tcp.destinationPort;
      packet.size = inside - packet.tcp.headerSize();
      packet.options.assign(view.begin() + tcp::kHeaderSize, view.begin() + packet.tcp.headerSize());
      return packet;
    }
    if (view.size() < udp::kHeaderSize) return std::nullopt;
    const auto header = load<udp::Header>(view.data());
    packet.fromPort = header.sourcePort;
    packet.toPort = header.destinationPort;
    packet.size = header.length < udp::kHeaderSize ? 0 : header.length - udp::kHeaderSize;
    return packet;
  }

  /// Calls visit(kind, content) for each option that is whole.
  template <class Visit> void visitOptions(Visit&& visit) const {
    for (std::size_t i = 0; i < options.size();) {
      const std::uint8_t kind = options[i];
      if (kind == tcp::kEndOfOptions) return;
      if (kind == tcp::kNoOperation) {
        ++i;
        continue;
      }
      if (i + 2 > options.size() || options[i + 1] < 2 || i + options[i + 1] > options.size()) return;
      visit(kind, ByteView(options).subspan(i + 2, options[i + 1] - std::size_t{2}));
      i += options[i + 1];
    }
  }
};

std::string Speaker::text() const { return fmt::format("{}:{}", address.text(), port); }

std::uint64_t Message::end() const {
  return sequence + size + ((flags & tcp::kSyn) != 0 ? 1 : 0) + ((flags & tcp::kFin) != 0 ? 1 : 0);
}

void ConversationMap::follow(const Timeline& timeline) {
  if (timeline.futures() != m_futures || timeline.journal().size() < m_events) *this = {};
  m_futures = timeline.futures();
  for (; m_events < timeline.journal().size(); ++m_events) take(timeline, timeline.journal().read(m_events));
}

void ConversationMap::take(const Timeline& timeline, const EventRecord& event) {
  std::vector<Place> carried;  // what the frame in hand is part of
  if (event.kind == EventKind::Arrival) arrive(timeline, event, carried);
  std::vector<std::pair<Packet, Place>> before;
  bool goesOn = false;
  for (const Transmission& what : event.sent) {
    const bool continues = what.origin != Origin::Made || what.continuesArrival;
    const auto waiting = what.waitedSince == UINT64_MAX ? m_waiting.end() : m_waiting.find(what.waitedSince);
    if (waiting != m_waiting.end() && !waiting->second.empty()) {
      const Place place = waiting->second.front();
      if (what.fate != Fate::Collided) waiting->second.erase(waiting->second.begin());
      copyLeft(place, what, event.index);
    } else if (!continues) {
      made(timeline, event, what, before);  // now, or earlier and had to wait for an address
    } else if (what.waitedSince == UINT64_MAX) {
      for (const Place place : carried) copyLeft(place, what, event.index);
      goesOn = goesOn || !carried.empty();
    }
  }
  tellCongestion(event, before, carried);
  for (const Place place : carried) {
    if (goesOn || at(place).arrived != kNever) continue;
    // It may wait for an address to be resolved; if it does, its end is taken back.
    m_waiting[event.index].push_back(place);
  }
}

/// The frame in hand has come to an end here, unless it goes on.
void ConversationMap::arrive(const Timeline& timeline, const EventRecord& event, std::vector<Place>& carried) {
  const auto known = m_underWay.find(event.arrived);
  if (known == m_underWay.end()) {
    if (!isTakenUp(event)) return;
    // What came through a tunnel: its frame is another one than that which was made.
    const auto packet = Packet::read(timeline.journal().frame(event.arrived), 1);
    const auto key = packet ? m_byKey.find(packet->key()) : m_byKey.end();
    if (key == m_byKey.end()) return;
    auto& messages = m_all[key->second].what.messages;
    for (std::size_t i = messages.size(); i-- > 0;) {
      if (messages[i].arrived != kNever || messages[i].size != packet->size) continue;
      if (messages[i].flags != packet->tcp.flags || m_all[key->second].what.from(messages[i]).port != packet->fromPort) continue;
      return heardBy(timeline, event, {key->second, static_cast<std::uint32_t>(i)});
    }
    return;
  }
  const Place place = known->second;
  carried.push_back(place);
  m_underWay.erase(known);
  std::uint32_t& copies = m_copies[{place.talk, place.message}];
  if (copies > 0) --copies;
  // A segment that says nothing new is no decision of TCP's; it has arrived nonetheless.
  const bool there = m_all[place.talk].what.to(at(place)).device == event.device && !isDropped(event);
  if ((there || isTakenUp(event)) && at(place).arrived == kNever) heardBy(timeline, event, place);
  if (copies == 0 && at(place).arrived == kNever) at(place).lostEvent = event.index;
}

void ConversationMap::heardBy(const Timeline& timeline, const EventRecord& event, Place place) {
  Talk& talk = m_all[place.talk];
  Message& message = at(place);
  message.arrived = event.time;
  message.arrivalEvent = event.index;
  message.lostEvent = UINT64_MAX;
  if (!message.byOpener || talk.heard) return;
  talk.heard = true;
  Speaker& answerer = talk.what.answerer;
  answerer.device = event.device;
  const World& world = timeline.world();
  if (event.device.value < world.devices.size()) answerer.name = world.device(event.device).config().name;
  // An address may have been translated on the way: the answers will be between other ends than the question.
  const auto packet = Packet::read(timeline.journal().frame(event.arrived), linkTypeOf(world, event.device, event.port));
  if (!packet || packet->isLaterFragment()) return;
  answerer.address = packet->ip.destination;
  answerer.port = packet->toPort;
  const Key key = packet->key();
  m_byKey[key] = place.talk;
  m_byKey[{key.protocol, key.to, key.from}] = place.talk;
}

/// A copy of a message leaves a device.
void ConversationMap::copyLeft(Place place, const Transmission& what, std::uint64_t event) {
  Message& message = at(place);
  std::uint32_t& copies = m_copies[{place.talk, place.message}];
  if (what.fate == Fate::Delivered) {
    m_underWay[what.id] = place;
    ++copies;
    message.lostEvent = UINT64_MAX;
  } else if (what.fate == Fate::Waiting) {
    m_waiting[event].push_back(place);
  } else if (!isPass(what.fate) && what.fate != Fate::Collided && copies == 0 && message.arrived == kNever) {
    message.lostEvent = event;
  }
}

/// A frame that a device has made itself.
void ConversationMap::made(const Timeline& timeline, const EventRecord& event, const Transmission& what,
                           std::vector<std::pair<Packet, Place>>& before) {
  const World& world = timeline.world();
  auto packet = Packet::read(timeline.journal().frame(what.id), linkTypeOf(world, event.device, what.port));
  if (!packet) return;
  packet->id = what.id;
  packet->sent = what.sent;
  // The same datagram at another interface of the device (a bridge's and its port's), or the next fragment of it.
  for (const auto& [earlier, place] : before)
    if (earlier.ip.protocol == packet->ip.protocol && earlier.ip.source == packet->ip.source && earlier.ip.destination == packet->ip.destination &&
        earlier.ip.identification == packet->ip.identification &&
        (packet->isLaterFragment() || (earlier.tcp == packet->tcp && earlier.fromPort == packet->fromPort && earlier.toPort == packet->toPort)))
      return copyLeft(place, what, event.index);
  if (packet->isLaterFragment()) return;
  const std::string name = event.device.value < world.devices.size() ? world.device(event.device).config().name : std::string();
  const Place place = say(event, *packet, name);
  copyLeft(place, what, event.index);
  before.emplace_back(std::move(*packet), place);
}

/// A new message of a talk, or of a new talk.
ConversationMap::Place ConversationMap::say(const EventRecord& event, const Packet& packet, std::string_view name) {
  const bool tcp = packet.ip.protocol == kTcpProtocol;
  const Key key = packet.key();
  auto found = m_byKey.find(key);
  const bool opens = tcp && packet.tcp.has(tcp::kSyn) && !packet.tcp.has(tcp::kAck);
  if (found != m_byKey.end() && opens) {
    // The same ends again, later: another connection. (A SYN that is sent again has the same number.)
    const Talk& old = m_all[found->second];
    const bool byOpener = old.what.opener.device == event.device && old.what.opener.port == packet.fromPort;
    if (old.hasBase[byOpener ? 0 : 1] && old.base[byOpener ? 0 : 1] != packet.tcp.sequence) found = m_byKey.end();
  }
  if (found == m_byKey.end()) {
    Talk talk;
    talk.firstEvent = event.index;
    talk.what.kind = tcp ? Conversation::Kind::Tcp : Conversation::Kind::Udp;
    talk.what.opener = {event.device, std::string(name), packet.ip.source, packet.fromPort};
    talk.what.answerer = {DeviceId{}, std::string(), packet.ip.destination, packet.toPort};
    const auto number = static_cast<std::uint32_t>(m_all.size());
    m_all.push_back(std::move(talk));
    m_byKey[key] = number;
    found = m_byKey.insert_or_assign({key.protocol, key.to, key.from}, number).first;
  }
  Talk& talk = m_all[found->second];
  Message message;
  message.id = packet.id;
  message.sent = packet.sent;
  message.size = packet.size;
  const Speaker& opener = talk.what.opener;
  message.byOpener = opener.port == packet.fromPort && opener.address == packet.ip.source && (opener.device == event.device || !talk.heard);
  if (tcp) readSegment(talk, message, packet);
  talk.what.messages.push_back(std::move(message));
  return {found->second, static_cast<std::uint32_t>(talk.what.messages.size() - 1)};
}

void ConversationMap::readSegment(Talk& talk, Message& message, const Packet& packet) {
  const std::size_t side = message.byOpener ? 0 : 1, other = 1 - side;
  const tcp::Header& tcp = packet.tcp;
  message.flags = tcp.flags;
  if (!talk.hasBase[side]) {
    talk.hasBase[side] = true;
    talk.base[side] = tcp.sequence;
  }
  // The nearest number to what was sent last that ends like this: they go round after 4 GiB.
  const auto unrolled = [&talk](std::size_t of, std::uint32_t number) -> std::uint64_t {
    const auto off = static_cast<std::int32_t>(number - (talk.base[of] + static_cast<std::uint32_t>(talk.furthest[of])));
    const std::int64_t at = static_cast<std::int64_t>(talk.furthest[of]) + off;
    return at < 0 ? 0 : static_cast<std::uint64_t>(at);
  };
  message.sequence = unrolled(side, tcp.sequence);
  if (tcp.has(tcp::kAck) && talk.hasBase[other]) message.acknowledgment = unrolled(other, tcp.acknowledgment);
  packet.visitOptions([&](std::uint8_t kind, ByteView content) {
    if (kind == tcp::kWindowScale && tcp.has(tcp::kSyn) && content.size() == 1) {
      talk.scale[side] = std::min<std::uint8_t>(content[0], 14);
      talk.scales[side] = true;
    }
    if (kind != tcp::kSack || !talk.hasBase[other]) return;
    for (std::size_t i = 0; i + 8 <= content.size(); i += 8)
      message.selective.push_back({unrolled(other, load32(content.data() + i)), unrolled(other, load32(content.data() + i + 4))});
  });
  // A window is scaled if both have said that they scale; that of a SYN never is (RFC 7323 2.2).
  const bool scaled = talk.scales[0] && talk.scales[1] && !tcp.has(tcp::kSyn);
  message.window = std::uint32_t{tcp.window} << (scaled ? talk.scale[side] : 0);
  message.again = message.end() > message.sequence && message.end() <= talk.furthest[side];
  talk.furthest[side] = std::max(talk.furthest[side], message.end());
}

/// What a sender decided about its congestion window, when it sent something or heard something.
void ConversationMap::tellCongestion(const EventRecord& event, const std::vector<std::pair<Packet, Place>>& sent, const std::vector<Place>& heard) {
  if (sent.empty() && heard.empty()) return;
  Talk& talk = m_all[(sent.empty() ? heard.front() : sent.front().second).talk];
  const bool ofOpener = sent.empty() ? !at(heard.front()).byOpener : at(sent.front().second).byOpener;
  const auto note = [&](std::uint64_t window, std::optional<std::uint64_t> flight) {
    talk.what.congestion.push_back({event.index, event.time, ofOpener, static_cast<std::uint32_t>(window),
                                    flight ? std::optional(static_cast<std::uint32_t>(*flight)) : std::nullopt});
  };
  Decisions::visit(event.decisions, [&](const Decision& one) {
    if (one.alternative) return;
    if (one.rule == ruleId(tcp::Rule::TimedOut)) note(1, std::nullopt);
    if (one.rule == ruleId(tcp::Rule::RecoveryEnds) || one.rule == ruleId(tcp::Rule::NeedlessRecovery)) note(one.facts[0], std::nullopt);
    if (one.rule == ruleId(tcp::Rule::HeldByCongestion)) note(one.facts[1], one.facts[0]);
    if (one.rule == ruleId(tcp::Rule::DataSent)) note(one.facts[4], one.facts[3]);
  });
}
namespace {

std::size_t countUntil(const std::vector<Message>& messages, std::uint64_t events) {
  const auto end = std::partition_point(messages.begin(), messages.end(), [events](const Message& one) { return one.id.event < events; });
  return static_cast<std::size_t>(end - messages.begin());
}

}  // namespace

std::vector<std::size_t> ConversationMap::messagesAt(std::uint64_t events) const {
  std::vector<std::size_t> counts;
  for (const Talk& talk : m_all) {
    if (talk.firstEvent >= events) break;
    counts.push_back(countUntil(talk.what.messages, events));
  }
  return counts;
}

Conversation ConversationMap::headOf(std::size_t index) const {
  const Conversation& whole = m_all[index].what;
  return {whole.kind, whole.opener, whole.answerer, {}, {}};
}

Conversation ConversationMap::at(std::size_t index, std::uint64_t events, std::size_t limit) const {
  Conversation shown = headOf(index);
  const auto& messages = m_all[index].what.messages;
  const std::size_t count = countUntil(messages, events);
  const std::size_t first = count - std::min(count, limit);
  shown.messages.assign(messages.begin() + static_cast<std::ptrdiff_t>(first), messages.begin() + static_cast<std::ptrdiff_t>(count));
  for (const Congestion& one : m_all[index].what.congestion)
    if (one.event < events && !shown.messages.empty() && one.event >= shown.messages.front().id.event) shown.congestion.push_back(one);
  for (Message& one : shown.messages) {
    if (one.arrivalEvent != UINT64_MAX && one.arrivalEvent >= events) one.arrived = kNever, one.arrivalEvent = UINT64_MAX;
    if (one.lostEvent != UINT64_MAX && one.lostEvent >= events) one.lostEvent = UINT64_MAX;
  }
  return shown;
}

std::vector<RoundTrip> roundTrips(const Conversation& conversation) {
  std::vector<RoundTrip> trips;
  std::vector<const Message*> heard;
  for (const Message& one : conversation.messages)
    if (one.arrived != kNever && (one.flags & tcp::kAck) != 0) heard.push_back(&one);
  std::stable_sort(heard.begin(), heard.end(), [](const Message* a, const Message* b) { return a->arrived < b->arrived; });
  for (const bool ofOpener : {true, false}) {
    std::map<std::uint64_t, const Message*> open;  // by the end of what was sent
    std::size_t next = 0;
    const auto acknowledged = [&](Time until) {
      for (; next < heard.size() && heard[next]->arrived <= until; ++next) {
        if (heard[next]->byOpener == ofOpener) continue;
        const Message* last = nullptr;
        while (!open.empty() && open.begin()->first <= heard[next]->acknowledgment) last = open.begin()->second, open.erase(open.begin());
        if (last) trips.push_back({heard[next]->arrived, ofOpener, heard[next]->arrived - last->sent});
      }
    };
    for (const Message& one : conversation.messages) {
      if (one.byOpener != ofOpener || one.end() == one.sequence) continue;
      acknowledged(one.sent);
      if (one.again) open.erase(open.lower_bound(one.sequence + 1), open.upper_bound(one.end()));
      else open[one.end()] = &one;
    }
    acknowledged(kNever);
  }
  std::stable_sort(trips.begin(), trips.end(), [](const RoundTrip& a, const RoundTrip& b) { return a.at < b.at; });
  return trips;
}

namespace {

/// The data of a message, from its frame.
std::vector<std::uint8_t> dataOf(const Timeline& timeline, const Message& message) {
  std::vector<std::uint8_t> bytes = timeline.journal().frame(message.id).toVector();
  // Padding of a short frame stands behind the datagram.
  const EventRecord event = timeline.journal().read(message.id.event);
  const std::uint16_t type = linkTypeOf(timeline.world(), event.device, event.sent[message.id.ordinal].port);
  const std::size_t link = type == 1 ? ethernet::kHeaderSize : type == 9 ? ppp::kHeaderSize : 0;
  if (bytes.size() < link + ipv4::kHeaderSize) return {};
  const auto ip = load<ipv4::Header>(bytes.data() + link);
  const std::size_t end = std::min<std::size_t>(bytes.size(), link + ip.totalLength);
  const std::size_t size = std::min<std::size_t>(message.size, end);
  return {bytes.begin() + static_cast<std::ptrdiff_t>(end - size), bytes.begin() + static_cast<std::ptrdiff_t>(end)};
}

}  // namespace

std::vector<Said> whatWasSaid(const Timeline& timeline, const Conversation& conversation, std::size_t limit) {
  std::vector<const Message*> heard;
  for (const Message& one : conversation.messages)
    if (one.arrived != kNever && one.size > 0) heard.push_back(&one);
  std::stable_sort(heard.begin(), heard.end(), [](const Message* a, const Message* b) { return a->arrived < b->arrived; });
  std::vector<Said> said;
  std::array<std::uint64_t, 2> next{1, 1};
  std::array<std::map<std::uint64_t, const Message*>, 2> early;
  std::size_t told = 0;
  const auto tell = [&](const Message& one, std::size_t skip) {
    if (told >= limit) return;
    const std::vector<std::uint8_t> data = dataOf(timeline, one);
    const std::size_t many = std::min(data.size() - std::min(skip, data.size()), limit - told);
    const bool datagrams = conversation.kind == Conversation::Kind::Udp;
    if (said.empty() || said.back().byOpener != one.byOpener || datagrams) said.push_back({one.byOpener, {}, one.id});
    for (std::size_t i = skip; i < skip + many; ++i)
      said.back().text += data[i] == '\n' || data[i] == '\t' || (data[i] >= 32 && data[i] < 127) ? static_cast<char>(data[i]) : data[i] == '\r' ? '\0' : '.';
    std::erase(said.back().text, '\0');
    told += many;
  };
  for (const Message* one : heard) {
    if (conversation.kind == Conversation::Kind::Udp) {
      tell(*one, 0);
      continue;
    }
    const std::size_t side = one->byOpener ? 0 : 1;
    early[side].emplace(one->sequence, one);
    while (!early[side].empty() && early[side].begin()->first <= next[side]) {
      const Message& first = *early[side].begin()->second;
      early[side].erase(early[side].begin());
      const std::uint64_t begin = first.sequence + ((first.flags & tcp::kSyn) != 0 ? 1 : 0);
      if (begin + first.size <= next[side]) continue;
      tell(first, static_cast<std::size_t>(next[side] - begin));
      next[side] = begin + first.size;
    }
  }
  return said;
}

}  // namespace hw::lens
