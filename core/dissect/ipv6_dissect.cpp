// RFC 8200 3 and 4.5.
#include "core/proto/ipv6/ipv6_wire.h"

#include <algorithm>

#include "core/dissect/capture_memory.h"
#include "core/dissect/fragment_list.h"
#include "core/dissect/ipv6_extensions.h"
#include "core/dissect/ipv6_fields.h"
#include "core/dissect/protocols.h"
#include "core/dissect/value_names.h"
#include "core/proto/ipv4/ipv4_wire.h"

namespace hw::dissect {
namespace {

consteval const Field& wire(std::string_view key) { return fieldOf<ipv6::Header>(key); }
consteval const Field& piece(std::string_view key) { return fieldOf<ipv6::FragmentHeader>(key); }

constexpr FragmentFields kFragmentFields{
    ip6("ipv6.fragments"), ip6("ipv6.fragment"), ip6("ipv6.fragment.error"), ip6("ipv6.fragment.overlap"),
    ip6("ipv6.fragment.overlap.conflict"), ip6("ipv6.fragment.multipletails"), ip6("ipv6.fragment.toolongfragment"),
    ip6("ipv6.fragment.count"), ip6("ipv6.reassembled.length"), ip6("ipv6.reassembled.data"), {"Reassembled IPv6", "重组后的 IPv6"}};

/// Version, traffic class and flow label.
void addFirstWord(Fields& out, const Slice& datagram) {
  const std::uint64_t word = datagram.number(0, 4);
  addNumber(out, wire("ipv6.version"), datagram.span(0, 1), word >> 28);
  addNumber(out, fieldOf<ipv4::Header>("ip.version"), datagram.span(0, 1), word >> 28).hidden = true;
  const Span whole = datagram.span(0, 4);
  const std::uint64_t traffic = word >> 20 & 0xFF;
  Fields& below = addNumber(out, wire("ipv6.tclass"), whole, traffic).fields;
  addNumber(below, ip6("ipv6.tclass.dscp"), whole, traffic >> 2, dscpName(traffic >> 2));
  addNumber(below, ip6("ipv6.tclass.ecn"), whole, traffic & 3, ecnName(traffic & 3));
  addNumber(out, wire("ipv6.flow"), datagram.span(1, 3), word & 0xFFFFF);
}

/// Result: how many bytes behind the header belong to the datagram.
std::uint32_t addLength(Dissection& d, Fields& out, const Slice& datagram) {
  const auto length = static_cast<std::uint32_t>(datagram.number(4, 2));
  TreeField& field = addNumber(out, wire("ipv6.plen"), datagram.span(4, 2), length);
  const std::uint32_t there = datagram.reported - std::min(datagram.reported, ipv6::kHeaderSize);
  // A sender that leaves segmentation to the interface is captured with length 0, as are jumbo payloads.
  const bool jumbo = length == 0 && datagram.has(6, 1) && datagram.bytes[6] == ipv6::kHopByHop;
  if (jumbo) return there;
  if (length > there && !d.inError) {
    const Remark remark{&ip6("ipv6.plen_exceeds_framing"), Severity::Warning, Group::Protocol,
                        "IPv6 payload length exceeds framing length (" + std::to_string(there) + " bytes)"};
    addRemark(field, remark);
    d.markMalformed(datagram.span(4, 2), remark);
  }
  return std::min(length, there);
}

void addEndpoint(Fields& out, const Field& address, const Field& host, const Slice& datagram, std::uint32_t at, Ipv6Address value) {
  const Span where = datagram.span(at, 16);
  addAddress(out, address, where, value);
  addAddress(out, ip6("ipv6.addr"), where, value).hidden = true;
  addText(out, host, where, value.text()).hidden = true;
  addText(out, ip6("ipv6.host"), where, value.text()).hidden = true;
}

/// What a protocol number announces behind IPv6.
void dissectContent(Dissection& d, std::uint8_t next, const Slice& payload) {
  if (payload.bytes.empty()) return;
  if (next == ipv6::kNone) return dissectData(d, payload);
  dissectIpProtocol(d, next, payload);
}

/// What a fragment carries: kept until the datagram is complete, then read as a whole. Extension headers may stand in it.
void dissectPiece(Dissection& d, Layer& layer, const ipv6::FragmentHeader& header, const Slice& payload) {
  const bool whole = header.offset == 0 && !header.more;
  if (!whole && d.memory != nullptr && payload.size() == payload.reported && !payload.bytes.empty()) {
    const FragmentKey key{d.sender, d.receiver, header.identification, 0};
    Fragment fragment{d.number, header.offset * 8u, Bytes(payload.bytes)};
    const auto complete = d.memory->reassembly().add(key, std::move(fragment), header.more);
    if (!complete) return dissectData(d, payload);
    layer.where.size += ipv6::kFragmentHeaderSize;
    const std::uint8_t outer = d.source;
    d.source = static_cast<std::uint8_t>(d.tree.sources.size());
    addFragmentList(d, layer.fields, kFragmentFields, *complete, layer.where.pos);
    const Bytes bytes = complete->bytes;
    dissectContent(d, header.nextHeader, {bytes.view(), 0, bytes.size()});
    d.source = outer;
    return;
  }
  layer.where.size += ipv6::kFragmentHeaderSize;
  if (header.offset != 0) {
    if (!payload.bytes.empty()) dissectData(d, payload);
    return;
  }
  const bool outer = d.fragmented;
  d.fragmented = d.fragmented || header.more;
  dissectContent(d, header.nextHeader, payload);
  d.fragmented = outer;
}

void dissectFragment(Dissection& d, Layer& layer, const Slice& rest) {
  const Field& heading = headingIn(kIpv6ExtensionFields, "Fragment header");
  TreeField& field = addHeading(layer.fields, heading, rest.span(0, std::min(rest.size(), ipv6::kFragmentHeaderSize)));
  FieldReader reader(d, field.fields, rest);
  reader.number(piece("ipv6.fraghdr.nxt"), 0, 1, ipProtocolName);
  reader.number(piece("ipv6.fraghdr.reserved_octet"), 1, 1);
  if (!reader.need(2, 2)) return;
  const std::uint64_t word = rest.number(2, 2);
  addNumber(field.fields, piece("ipv6.fraghdr.offset"), rest.span(2, 2), word >> 3);
  addNumber(field.fields, piece("ipv6.fraghdr.reserved_bits"), rest.span(2, 2), word >> 1 & 3);
  addNumber(field.fields, piece("ipv6.fraghdr.more"), rest.span(2, 2), word & 1, yesName(word & 1));
  reader.number(piece("ipv6.fraghdr.ident"), 4, 4);
  if (!reader.good()) return;
  dissectPiece(d, layer, load<ipv6::FragmentHeader>(rest.bytes.data()), rest.from(ipv6::kFragmentHeaderSize));
}

/// A header that ends too early: what is there of it.
void dissectCut(Dissection& d, Layer& layer, const Slice& datagram) {
  const Remark remark{&ip6("ipv6.invalid_header"), Severity::Error, Group::Malformed, "IPv6 header must be exactly 40 bytes"};
  if (!d.inError && datagram.reported <= datagram.size()) addRemark(layer.fields, layer.where.pos, remark);
  FieldReader reader(d, layer.fields, datagram);
  if (!reader.need(0, 4)) return;
  addFirstWord(layer.fields, datagram);
  reader.number(wire("ipv6.plen"), 4, 2);
  reader.number(wire("ipv6.nxt"), 6, 1, ipProtocolName);
  reader.number(wire("ipv6.hlim"), 7, 1);
  if (!reader.need(8, 16)) return;
  const Ipv6Address source{datagram.number(8, 8), datagram.number(16, 8)};
  d.sender = source;
  addEndpoint(layer.fields, wire("ipv6.src"), ip6("ipv6.src_host"), datagram, 8, source);
  reader.need(24, 16);
}

}  // namespace

std::uint32_t dissectIpv6(Dissection& d, const Slice& datagram) {
  if (datagram.bytes.empty()) {
    d.runOut(datagram);
    return datagram.reported;
  }
  Layer* layer = d.open(Schema<ipv6::Header>::info, {datagram.pos, std::min(datagram.size(), ipv6::kHeaderSize)});
  if (layer == nullptr) return datagram.reported;
  if (datagram.size() < ipv6::kHeaderSize) {
    dissectCut(d, *layer, datagram);
    return datagram.reported;
  }
  if (datagram.bytes[0] >> 4 != 6) {
    addNumber(layer->fields, wire("ipv6.version"), datagram.span(0, 1), datagram.bytes[0] >> 4);
    addNumber(layer->fields, fieldOf<ipv4::Header>("ip.version"), datagram.span(0, 1), datagram.bytes[0] >> 4).hidden = true;
    addRemark(layer->fields, datagram.pos,
              {&ip6("ipv6.bogus_ipv6_version"), Severity::Error, Group::Malformed, "Bogus IPv6 version"});
    dissectData(d, datagram);
    return datagram.reported;
  }
  addFirstWord(layer->fields, datagram);
  const std::uint32_t length = addLength(d, layer->fields, datagram);
  FieldReader reader(d, layer->fields, datagram);
  reader.number(wire("ipv6.nxt"), 6, 1, ipProtocolName);
  reader.number(wire("ipv6.hlim"), 7, 1);
  const auto header = load<ipv6::Header>(datagram.bytes.data());
  d.sender = header.source;
  d.receiver = header.destination;
  addEndpoint(layer->fields, wire("ipv6.src"), ip6("ipv6.src_host"), datagram, 8, header.source);
  addEndpoint(layer->fields, wire("ipv6.dst"), ip6("ipv6.dst_host"), datagram, 24, header.destination);
  const Slice payload = datagram.from(ipv6::kHeaderSize).limited(length);
  const Ipv6Chain chain = dissectIpv6Extensions(d, layer->fields, header.nextHeader, payload);
  layer->where.size += std::min(chain.size, payload.size());
  if (chain.cut) return ipv6::kHeaderSize + length;
  const Slice rest = payload.from(chain.size);
  if (chain.next == ipv6::kFragment) dissectFragment(d, *layer, rest);
  else dissectContent(d, chain.next, rest);
  return ipv6::kHeaderSize + length;
}

}  // namespace hw::dissect
