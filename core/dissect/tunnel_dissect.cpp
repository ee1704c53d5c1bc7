// Headers of tunnels: GRE (RFC 2784, 2890) and VXLAN (RFC 7348), with what they carry.
#include <algorithm>

#include "core/dissect/protocols.h"
#include "core/dissect/tunnel_fields.h"
#include "core/dissect/value_names.h"
#include "core/proto/gre/gre_wire.h"
#include "core/proto/vxlan/vxlan_wire.h"
#include "core/wire/checksum.h"

namespace hw::dissect {
namespace {

void addFlag(Fields& out, const Field& about, Span where, std::uint64_t set) {
  addNumber(out, about, where, set, Text{set ? "Yes" : "No", set ? "是" : "否"});
}

/// The flags of GRE's first two bytes, below one field as Wireshark has them.
void addGreFlags(Fields& out, const Slice& header, std::uint64_t flags) {
  const Span where = header.span(0, 2);
  Fields& below = addNumber(out, greField("gre.flags_and_version"), where, flags).fields;
  addFlag(below, greField("gre.flags.checksum"), where, flags >> 15 & 1);
  addFlag(below, greField("gre.flags.routing"), where, flags >> 14 & 1);
  addFlag(below, greField("gre.flags.key"), where, flags >> 13 & 1);
  addFlag(below, greField("gre.flags.sequence_number"), where, flags >> 12 & 1);
  addFlag(below, greField("gre.flags.strict_source_route"), where, flags >> 11 & 1);
  addNumber(below, greField("gre.flags.recursion_control"), where, flags >> 8 & 7);
  const bool enhanced = (flags & 7) == 1;
  if (enhanced) addFlag(below, greField("gre.flags.ack"), where, flags >> 7 & 1);
  addNumber(below, greField("gre.flags.reserved"), where, flags >> 3 & (enhanced ? 15 : 31));
  addNumber(below, greField("gre.flags.version"), where, flags & 7, Text{(flags & 7) == 0 ? "GRE" : "Enhanced GRE", "GRE"});
}

void addGreChecksum(Dissection& d, FieldReader& reader, std::uint32_t at) {
  reader.number(greField("gre.checksum"), at, 2);
  if (!reader.good()) return;
  const Slice& packet = reader.slice();
  std::uint64_t status = kUnverified;
  if (!d.fragmented && packet.size() >= packet.reported) {
    std::vector<std::uint8_t> zeroed(packet.bytes.begin(), packet.bytes.end());
    zeroed[at] = zeroed[at + 1] = 0;
    const std::uint16_t right = internetChecksum(zeroed);
    status = packet.number(at, 2) == right ? kGood : kBad;
    if (status == kBad)
      addRemark(reader.last(), {&greField("gre.checksum.incorrect"), Severity::Warning, Group::Protocol,
                                "Incorrect GRE Checksum [should be " + fourDigits(right) + "]"});
  }
  addNumber(reader.out(), greField("gre.checksum.status"), packet.span(at, 0), status, checksumStatusName(status)).generated = true;
}

/// Key, numbers: what differs between GRE and its enhanced form. Result: where the header ends.
std::uint32_t addGreNumbers(FieldReader& reader, std::uint64_t flags, std::uint32_t at) {
  constexpr std::uint64_t kAcknowledgmentBit = 0x80;
  const bool enhanced = (flags & 7) == 1;
  if ((flags & gre::kKeyBit) != 0) {
    if (enhanced) {
      reader.number(greField("gre.key.payload_length"), at, 2);
      reader.number(greField("gre.key.call_id"), at + 2, 2);
    } else {
      reader.number(greField("gre.key"), at, 4);
    }
    at += 4;
  }
  if ((flags & gre::kSequenceBit) != 0) reader.number(greField("gre.sequence_number"), at, 4), at += 4;
  if (enhanced && (flags & kAcknowledgmentBit) != 0) reader.number(greField("gre.ack_number"), at, 4), at += 4;
  return at;
}

}  // namespace

void dissectGre(Dissection& d, const Slice& payload) {
  Layer* layer = d.open(Schema<gre::Header>::info, {payload.pos, std::min(payload.size(), gre::kHeaderSize)});
  if (layer == nullptr) return;
  FieldReader reader(d, layer->fields, payload);
  if (!reader.need(0, 2)) return;
  const std::uint64_t flags = payload.number(0, 2);
  addGreFlags(layer->fields, payload, flags);
  const std::uint64_t type = reader.number(fieldOf<gre::Header>("gre.proto"), 2, 2, etherTypeName);
  std::uint32_t at = gre::kHeaderSize;
  if ((flags & (gre::kChecksumBit | gre::kRoutingBit)) != 0) {
    addGreChecksum(d, reader, at);
    reader.number(greField("gre.offset"), at + 2, 2);
    at += 4;
  }
  at = addGreNumbers(reader, flags, at);
  if (!reader.good()) return;
  layer->where.size = at;
  const Slice inside = payload.from(at);
  if (inside.bytes.empty()) return;
  if (type == gre::kBridged) return dissectEthernet(d, inside);
  dissectEtherType(d, static_cast<std::uint16_t>(type), inside);
}

void dissectVxlan(Dissection& d, const Slice& payload) {
  Layer* layer = d.open(Schema<vxlan::Header>::info, {payload.pos, std::min(payload.size(), vxlan::kHeaderSize)});
  if (layer == nullptr) return;
  FieldReader reader(d, layer->fields, payload);
  if (!reader.need(0, 2)) return;
  const std::uint64_t flags = payload.number(0, 2);
  const Span where = payload.span(0, 2);
  Fields& below = addNumber(layer->fields, fieldOf<vxlan::Header>("vxlan.flags"), where, flags).fields;
  const auto flag = [&](const Field& about, int bit) { addNumber(below, about, where, flags >> bit & 1); };
  flag(vxlanField("vxlan.flag_g"), 15);
  flag(vxlanField("vxlan.flag_i"), 11);
  flag(vxlanField("vxlan.flag_d"), 6);
  flag(vxlanField("vxlan.flag_a"), 3);
  addNumber(below, vxlanField("vxlan.flags_reserved"), where, flags & ~std::uint64_t{0x8848});
  reader.number(fieldOf<vxlan::Header>("vxlan.gbp"), 2, 2);
  reader.number(fieldOf<vxlan::Header>("vxlan.vni"), 4, 3);
  reader.number(fieldOf<vxlan::Header>("vxlan.reserved8"), 7, 1);
  if (reader.good()) dissectEthernet(d, payload.from(vxlan::kHeaderSize));
}

}  // namespace hw::dissect
