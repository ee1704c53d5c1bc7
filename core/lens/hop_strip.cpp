#include <fmt/format.h>

#include <algorithm>

#include "core/dissect/dissect.h"
#include "core/lens/packet_rows.h"
#include "core/proto/ethernet/ethernet_wire.h"
#include "core/proto/ipv4/ipv4_wire.h"
#include "core/proto/ppp/ppp_wire.h"

namespace hw::lens {
namespace {

constexpr std::uint32_t kLinkBytes = ethernet::kHeaderSize;

/// The datagrams in a frame from the outside inwards, each by what no router changes; ARP messages too. Two frames carry the same if
/// the outermost of the one is somewhere in the other.
std::vector<std::string> contentsOf(const Timeline& timeline, TransmissionId id) {
  const EventRecord event = timeline.journal().read(id.event);
  const std::vector<std::uint8_t> bytes = timeline.journal().frame(id).toVector();
  dissect::PacketBytes packet;
  packet.bytes = bytes;
  packet.linkType = linkTypeOf(timeline.world(), event.device, event.sent[id.ordinal].port);
  std::vector<std::string> contents;
  const auto value = [](const dissect::Layer& layer, std::string_view name) {
    for (const dissect::TreeField& one : layer.fields)
      if (one.name() == name) return one.show;
    return std::string();
  };
  for (const dissect::Layer& layer : dissect::dissectPacket(packet).layers) {
    if (layer.within != dissect::Layer::kTop) continue;
    if (layer.name() == "ip")
      contents.push_back(fmt::format("{} {} {} {} {}", value(layer, "ip.id"), value(layer, "ip.frag_offset"), value(layer, "ip.proto"),
                                     value(layer, "ip.src"), value(layer, "ip.dst")));
    if (layer.name() == "arp")
      contents.push_back(fmt::format("arp {} {} {}", value(layer, "arp.opcode"), value(layer, "arp.src.proto_ipv4"), value(layer, "arp.dst.proto_ipv4")));
  }
  return contents;
}

class Way {
 public:
  Way(const Timeline& timeline, std::uint64_t shown) : m_timeline(timeline), m_journal(timeline.journal()), m_shown(shown) {}

  /// Where the datagram of a transmission came from: another link, or the inside of what carried it.
  std::optional<TransmissionId> before(TransmissionId id) const {
    const EventRecord event = m_journal.read(id.event);
    const Transmission& what = event.sent[id.ordinal];
    const bool waited = what.waitedSince != UINT64_MAX;
    const EventRecord since = waited ? m_journal.read(what.waitedSince) : event;
    for (std::size_t i = waited ? since.sent.size() : id.ordinal; i-- > 0;)
      if (isThrough(since, since.sent[i]) && related(id, since.sent[i].id)) return since.sent[i].id;
    if (what.origin != Origin::Made || what.continuesArrival) return arrived(since);
    const auto from = isPass(what.fate) ? arrived(since) : std::nullopt;
    return from && related(id, *from) ? from : std::nullopt;
  }

  /// Where it went on, if it did within the events that are shown.
  std::optional<TransmissionId> after(TransmissionId id) const {
    const auto what = m_journal.transmission(id);
    if (!what) return std::nullopt;
    if (isPass(what->fate)) return afterPass(id);
    const auto arrival = arrivalOf(m_journal, *what);
    if (!arrival || *arrival >= m_shown) return std::nullopt;
    const EventRecord event = m_journal.read(*arrival);
    for (const Transmission& one : event.sent)
      if (one.fate != Fate::Waiting && (one.origin != Origin::Made || one.continuesArrival || (isThrough(event, one) && related(id, one.id)))) return one.id;
    return afterWaiting(*arrival, [](const Transmission& one) { return one.continuesArrival && one.fate != Fate::Collided; });
  }

 private:
  static std::optional<TransmissionId> arrived(const EventRecord& event) {
    return event.kind == EventKind::Arrival ? std::optional(event.arrived) : std::nullopt;
  }

  /// Whether a frame went through a virtual interface that packs or unpacks it; a bridge's own interface is a branch, not a way through.
  bool isThrough(const EventRecord& event, const Transmission& one) const {
    const auto& interfaces = m_timeline.world().device(event.device).config().interfaces;
    return isPass(one.fate) && one.port.value < interfaces.size() && interfaces[one.port.value].kind != InterfaceKind::Bridge;
  }

  bool related(TransmissionId a, TransmissionId b) const {
    const auto in = contentsOf(m_timeline, a), of = contentsOf(m_timeline, b);
    const auto has = [](const auto& all, const auto& some) { return !some.empty() && std::find(all.begin(), all.end(), some.front()) != all.end(); };
    return has(in, of) || has(of, in);
  }

  /// A virtual interface took it down or gave it up: the next of the same event that carries it, or one that had to wait.
  std::optional<TransmissionId> afterPass(TransmissionId id) const {
    const EventRecord event = m_journal.read(id.event);
    for (std::size_t i = id.ordinal + std::size_t{1}; i < event.sent.size(); ++i)
      if (related(id, event.sent[i].id)) return event.sent[i].id;
    return afterWaiting(id.event, [&](const Transmission& one) { return related(id, one.id); });
  }

  /// It may have waited for an answer of ARP or for a shared wire: the transmission that left the queue.
  template <class Wanted> std::optional<TransmissionId> afterWaiting(std::uint64_t since, Wanted&& wanted) const {
    constexpr std::uint64_t kLookAhead = 4096;
    for (std::uint64_t i = since + 1; i < std::min(m_shown, since + kLookAhead); ++i)
      for (const Transmission& one : m_journal.read(i).sent)
        if (one.waitedSince == since && wanted(one)) return one.id;
    return std::nullopt;
  }

  const Timeline& m_timeline;
  const Journal& m_journal;
  std::uint64_t m_shown;
};

/// In the order of kHopFields. Of several tags the outer one is told.
std::array<std::string, kHopFields.size()> hopValues(const Frame& frame, std::uint16_t linkType) {
  std::array<std::string, kHopFields.size()> values;
  const std::vector<std::uint8_t> bytes = frame.toVector();
  ByteView view(bytes);
  std::uint16_t type = ethernet::kIpv4;
  if (linkType == dissect::kLinkPpp) view = view.subspan(std::min<std::size_t>(view.size(), ppp::kHeaderSize));
  if (linkType == dissect::kLinkEthernet) {
    const auto eth = decode<ethernet::Header>(view);
    if (!eth) return values;
    values[0] = eth->source.text();
    values[1] = eth->destination.text();
    type = eth->type;
    view = view.subspan(kLinkBytes);
  }
  while (type == ethernet::kVlan || type == ethernet::kServiceVlan) {
    const auto tag = decode<ethernet::VlanTag>(view);
    if (!tag) return values;
    if (values[2].empty()) values[2] = std::to_string(tag->id);
    type = tag->type;
    view = view.subspan(ethernet::kTagSlack);
  }
  const auto ip = decode<ipv4::Header>(view);
  if (type != ethernet::kIpv4 || !ip) return values;
  values[3] = ip->source.text();
  values[4] = ip->destination.text();
  values[5] = std::to_string(ip->ttl);
  values[6] = fmt::format("0x{:04x}", ip->checksum);
  return values;
}

}  // namespace

std::vector<Hop> hopStrip(const Timeline& timeline, const BeatMap& beats, TransmissionId id,
                          std::uint64_t shown) {
  constexpr std::size_t kMaxHops = 256;
  const Journal& journal = timeline.journal();
  const Way links(timeline, shown);
  std::vector<TransmissionId> way{id};
  while (way.size() < kMaxHops) {
    const auto before = links.before(way.front());
    if (!before) break;
    way.insert(way.begin(), *before);
  }
  while (way.size() < kMaxHops) {
    const auto after = links.after(way.back());
    if (!after) break;
    way.push_back(*after);
  }
  std::vector<Hop> hops;
  for (const TransmissionId& one : way) {
    const EventRecord event = journal.read(one.event);
    const PacketRow row = rowOf(timeline, beats, event, event.sent[one.ordinal]);
    const std::uint16_t type = linkTypeOf(timeline.world(), event.device, event.sent[one.ordinal].port);
    Hop hop{one, row.fromName, row.toName, row.time, row.beat, hopValues(journal.frame(one), type), {}};
    for (std::size_t i = 0; !hops.empty() && i < kHopFields.size(); ++i)
      hop.changed[i] = hop.values[i] != hops.back().values[i];
    hops.push_back(std::move(hop));
  }
  return hops;
}

}  // namespace hw::lens
