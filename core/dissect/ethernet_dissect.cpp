// IEEE 802.3 3.1.1 and 3.2.6 (length or type); padding as in 3.2.8.
#include "core/proto/ethernet/ethernet_wire.h"

#include <algorithm>

#include "core/dissect/ethernet_fields.h"
#include "core/dissect/ethernet_trailer.h"
#include "core/dissect/protocols.h"
#include "core/dissect/value_names.h"

namespace hw::dissect {
namespace {

constexpr std::uint16_t kMaxLength = 1500;
constexpr std::uint16_t kMinType = 1536;
constexpr std::uint16_t kProviderVlan = 0x88A8;
constexpr std::uint16_t kPppoeDiscoveryType = 0x8863, kPppoeSessionType = 0x8864;
constexpr std::uint16_t kPppType = 0x880B;  // in GRE only

consteval const Field& wire(std::string_view key) {
  return fieldOf<ethernet::Header>(key);
}

/// The fields of one address: Wireshark shows each twice, as source or destination and as either.
struct AddressKeys {
  const Field& address;
  const Field& resolved;
  const Field& oui;
  const Field& ouiResolved;
  const Field& local;
  const Field& group;
};

void addNames(Fields& out, const AddressKeys& keys, MacAddress mac, Span where) {
  addText(out, keys.resolved, where, macName(mac)).hidden = true;
  addNumber(out, keys.oui, {where.pos, 3}, mac.value >> 24).hidden = true;
  // The only entry of the makers' table that means no maker.
  if (mac.value >> 24 == 0)
    addText(out, keys.ouiResolved, where, "Officially Xerox, but 0:0:0:0:0:0 is more common")
        .hidden = true;
}

constexpr AddressKeys kEither{eth("eth.addr"),     eth("eth.addr_resolved"),
                              eth("eth.addr.oui"), eth("eth.addr.oui_resolved"),
                              eth("eth.lg"),       eth("eth.ig")};

void addAddress(Fields& out, const AddressKeys& keys, MacAddress mac, Span where) {
  Fields& below = addNumber(out, keys.address, where, mac.value).fields;
  below.reserve(11);
  const Span oui{where.pos, 3};
  addNames(below, keys, mac, where);
  addNumber(below, kEither.address, where, mac.value);
  addNames(below, kEither, mac, where);
  const std::uint64_t local = mac.value >> 41 & 1, group = mac.value >> 40 & 1;
  addNumber(below, keys.local, oui, local, setName(local));
  addNumber(below, kEither.local, oui, local, setName(local)).hidden = true;
  addNumber(below, keys.group, oui, group, setName(group));
  addNumber(below, kEither.group, oui, group, setName(group)).hidden = true;
}

void addAddresses(Layer& layer, const Slice& frame) {
  static constexpr AddressKeys kDestination{wire("eth.dst"),    eth("eth.dst_resolved"),
                                            eth("eth.dst.oui"), eth("eth.dst.oui_resolved"),
                                            eth("eth.dst.lg"),  eth("eth.dst.ig")};
  static constexpr AddressKeys kSource{wire("eth.src"),    eth("eth.src_resolved"),
                                       eth("eth.src.oui"), eth("eth.src.oui_resolved"),
                                       eth("eth.src.lg"),  eth("eth.src.ig")};
  const MacAddress source{frame.number(6, 6)};
  addAddress(layer.fields, kDestination, {frame.number(0, 6)}, frame.span(0, 6));
  addAddress(layer.fields, kSource, source, frame.span(6, 6));
  if (!source.isGroup()) return;
  Fields& below = layer.fields.back().fields;
  const auto bit = std::find_if(below.begin(), below.end(),
                                [](const TreeField& f) { return f.name() == "eth.src.ig"; });
  addRemark(*bit, {&eth("eth.src_not_group"), Severity::Warning, Group::Protocol,
                   "Source MAC must not be a group address: IEEE 802.3-2002, Section 3.2.3(b)"});
}

void remarkPastEnd(Dissection& d, TreeField& length, const Field& about) {
  const Remark remark{&about, Severity::Error, Group::Malformed,
                      "Length field value goes past the end of the payload"};
  addRemark(length, remark);
  d.markMalformed(length.where, remark);
}

/// The field is a length: LLC follows, then padding. Result: the bytes of the packet.
std::uint32_t dissectLength(Dissection& d, Layer& layer, const Slice& frame, std::uint32_t length) {
  const Slice payload = frame.from(ethernet::kHeaderSize);
  TreeField& field = addNumber(layer.fields, eth("eth.len"), frame.span(12, 2), length);
  if (length > payload.reported) {
    remarkPastEnd(d, field, eth("eth.len.past_end"));
    dissectLlc(d, payload);
    return payload.reported;
  }
  dissectLlc(d, payload.limited(length));
  return length;
}

/// The outer of two tags (IEEE 802.1ad): the same layout under other names.
void dissectProviderTag(Dissection& d, const Slice& tag) {
  Layer* layer = d.open(kProviderTag, {tag.pos, std::min(tag.size(), 4u)});
  if (layer == nullptr) return;
  FieldReader reader(d, layer->fields, tag);
  if (!reader.need(0, 2)) return;
  const std::uint64_t control = tag.number(0, 2);
  addNumber(layer->fields, provider("ieee8021ad.priority"), tag.span(0, 1), control >> 13);
  addNumber(layer->fields, provider("ieee8021ad.dei"), tag.span(0, 1), control >> 12 & 1);
  addNumber(layer->fields, provider("ieee8021ad.id"), tag.span(0, 2), control & 0xFFF);
  const std::uint64_t type = reader.number(provider("ieee8021ah.etype"), 2, 2, etherTypeName);
  if (reader.good()) dissectEtherType(d, static_cast<std::uint16_t>(type), tag.from(4));
}

/// Neither a length nor a type.
void dissectInvalid(Dissection& d, Layer& layer, const Slice& frame, std::uint32_t value) {
  TreeField& field = addNumber(layer.fields, eth("eth.invalid_lentype"), frame.span(12, 2), value);
  addRemark(field, {&eth("eth.invalid_lentype.expert"), Severity::Warning, Group::Protocol,
                    "Invalid length/type: " + field.show + " (" + std::to_string(value) + ")"});
  dissectData(d, frame.from(ethernet::kHeaderSize));
}

}  // namespace

void dissectEthernet(Dissection& d, const Slice& frame) {
  if (!frame.has(0, ethernet::kHeaderSize)) return d.runOut(frame);
  Layer* layer = d.open(Schema<ethernet::Header>::info, frame.span(0, ethernet::kHeaderSize));
  if (layer == nullptr) return;
  addAddresses(*layer, frame);
  const Slice payload = frame.from(ethernet::kHeaderSize);
  const auto type = static_cast<std::uint16_t>(frame.number(12, 2));
  std::uint32_t used = payload.reported;
  if (type <= kMaxLength) {
    used = dissectLength(d, *layer, frame, type);
  } else if (type < kMinType) {
    dissectInvalid(d, *layer, frame, type);
  } else {
    addNumber(layer->fields, wire("eth.type"), frame.span(12, 2), type, etherTypeName(type));
    used = dissectEtherType(d, type, payload);
  }
  addEthernetTrailer(layer->fields, frame, payload.from(used), eth("eth.trailer"));
}

std::uint32_t dissectEtherType(Dissection& d, std::uint16_t type, const Slice& payload) {
  switch (type) {
  case ethernet::kIpv4:
    return dissectIpv4(d, payload);
  case ethernet::kIpv6:
    return dissectIpv6(d, payload);
  case ethernet::kArp:
  case ethernet::kRarp:
    return dissectArp(d, payload);
  case ethernet::kVlan:
    dissectVlan(d, payload);
    break;
  case kProviderVlan:
    dissectProviderTag(d, payload);
    break;
  case kPppoeDiscoveryType:
  case kPppoeSessionType:
    return dissectPppoe(d, payload, type == kPppoeSessionType);
  case kPppType:
    dissectPpp(d, payload);
    break;
  default:
    dissectData(d, payload);
    break;
  }
  return payload.reported;
}

void dissectVlan(Dissection& d, const Slice& tag) {
  using Tag = ethernet::VlanTag;
  Layer* layer = d.open(Schema<Tag>::info, {tag.pos, std::min(tag.size(), 4u)});
  if (layer == nullptr) return;
  FieldReader reader(d, layer->fields, tag);
  if (!reader.need(0, 2)) return;
  const std::uint64_t control = tag.number(0, 2);
  const Span where = tag.span(0, 2);
  addNumber(layer->fields, fieldOf<Tag>("vlan.priority"), where, control >> 13,
            vlanPriorityName(control >> 13));
  addNumber(layer->fields, fieldOf<Tag>("vlan.dei"), where, control >> 12 & 1,
            setName(control >> 12 & 1));
  addNumber(layer->fields, fieldOf<Tag>("vlan.id"), where, control & 0xFFF);
  if (!reader.need(2, 2)) return;
  const auto type = static_cast<std::uint16_t>(tag.number(2, 2));
  const Slice payload = tag.from(4);
  std::uint32_t used = payload.reported;
  if (type <= kMaxLength) {
    TreeField& length = addNumber(layer->fields, eth("vlan.len"), tag.span(2, 2), type);
    if (type > payload.reported) remarkPastEnd(d, length, eth("vlan.len.past_end"));
    used = std::min<std::uint32_t>(type, payload.reported);
    dissectLlc(d, payload.limited(used));
  } else {
    addNumber(layer->fields, fieldOf<Tag>("vlan.etype"), tag.span(2, 2), type, etherTypeName(type));
    used = dissectEtherType(d, type, payload);
  }
  addVlanTrailer(layer->fields, payload.from(used));
}

void dissectLlc(Dissection& d, const Slice& payload) {
  constexpr std::uint8_t kSnap = 0xAA;
  constexpr std::uint32_t kHead = 3, kSnapHead = 8;
  if (payload.bytes.empty()) return;
  Layer* layer = d.open(kLlcProtocol, {payload.pos, std::min(payload.size(), kHead)});
  if (layer == nullptr) return;
  FieldReader reader(d, layer->fields, payload);
  const std::uint64_t access = reader.number(llc("llc.dsap"), 0, 1);
  reader.number(llc("llc.ssap"), 1, 1);
  if (!reader.need(2, 1)) return;
  // Wireshark's field has two bytes, of which an unnumbered frame uses one.
  addText(layer->fields, llc("llc.control"), payload.span(2, 1),
          "0x00" + hexByte(payload.bytes[2]));
  constexpr std::uint8_t kSpanningTree = 0x42;
  if (access == kSpanningTree && reader.good()) return dissectStp(d, payload.from(kHead));
  if (access != kSnap) return dissectData(d, payload.from(kHead));
  reader.number(llc("llc.oui"), 3, 3);
  const std::uint64_t type = reader.number(llc("llc.type"), 6, 2, etherTypeName);
  if (!reader.good()) return;
  layer->where.size = kSnapHead;
  if (payload.number(3, 3) != 0) return dissectData(d, payload.from(kSnapHead));
  dissectEtherType(d, static_cast<std::uint16_t>(type), payload.from(kSnapHead));
}

}  // namespace hw::dissect
