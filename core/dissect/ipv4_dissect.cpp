// RFC 791 3.1; RFC 2474 and 3168 for the second byte.
#include "core/proto/ipv4/ipv4_wire.h"

#include <algorithm>

#include "core/dissect/capture_memory.h"
#include "core/dissect/fragment_list.h"
#include "core/dissect/ipv4_fields.h"
#include "core/dissect/protocols.h"
#include "core/dissect/value_names.h"

namespace hw::dissect {
namespace {

constexpr std::uint64_t kSmallTtl = 5;
constexpr std::uint8_t kIpInIp = 4;
constexpr std::uint8_t kOspf = 89;
constexpr std::uint8_t kPim = 103;
constexpr std::uint8_t kIpv6InIp = 41;
constexpr std::uint8_t kIcmpv6 = 58;

constexpr FragmentFields kFragmentFields{
    ip("ip.fragments"), ip("ip.fragment"), ip("ip.fragment.error"), ip("ip.fragment.overlap"), ip("ip.fragment.overlap.conflict"),
    ip("ip.fragment.multipletails"), ip("ip.fragment.toolongfragment"), ip("ip.fragment.count"), ip("ip.reassembled.length"),
    ip("ip.reassembled.data"), {"Reassembled IPv4", "重组后的 IPv4"}};

consteval const Field& wire(std::string_view key) {
  return fieldOf<ipv4::Header>(key);
}

void addServices(Fields& out, std::uint64_t byte, Span where) {
  Fields& below = addNumber(out, wire("ip.dsfield"), where, byte).fields;
  addNumber(below, ip("ip.dsfield.dscp"), where, byte >> 2, dscpName(byte >> 2));
  addNumber(below, ip("ip.dsfield.ecn"), where, byte & 3, ecnName(byte & 3));
}

/// Result: the datagram's size, or 0 if the length is impossible.
std::uint32_t addLength(Dissection& d, Fields& out, const Slice& datagram,
                        std::uint32_t headerSize) {
  auto length = static_cast<std::uint32_t>(datagram.number(2, 2));
  // A sender that leaves segmentation to the interface is captured with length 0.
  if (length == 0) length = datagram.reported;
  TreeField& field = addNumber(out, wire("ip.len"), datagram.span(2, 2), length);
  const auto complain = [&](std::string message) {
    const Remark remark{&ip("ip.bogus_ip_length"), Severity::Error, Group::Protocol,
                        std::move(message)};
    addRemark(field, remark);
    return remark;
  };
  if (length < headerSize) {
    d.markMalformed(datagram.span(2, 2), complain("Bogus IP length"));
    return 0;
  }
  if (length > datagram.reported && !d.inError) {
    d.markMalformed(datagram.span(2, 2), complain("IPv4 total length exceeds packet length (" +
                                                  std::to_string(datagram.reported) + " bytes)"));
  }
  return std::min(length, datagram.reported);
}

void addFlags(Fields& out, std::uint64_t word, const Slice& datagram) {
  const Span where = datagram.span(6, 1);
  Fields& below = addNumber(out, ip("ip.flags"), where, word >> 13).fields;
  const auto bit = [&](const Field& about, int shift) {
    addNumber(below, about, where, word >> shift & 1, setName(word >> shift & 1));
  };
  bit(wire("ip.flags.rb"), 15);
  bit(wire("ip.flags.df"), 14);
  bit(wire("ip.flags.mf"), 13);
  addNumber(out, wire("ip.frag_offset"), datagram.span(6, 2), word & 0x1FFF);
}

/// The time to live that datagrams to a group of the link should have; 0 if any will do.
std::uint64_t linkGroupTtl(Ipv4Address group) {
  switch (group.value & 0xFF) {
  case 18:   // VRRP
  case 102:  // GLBP
  case 251:
    return 255;  // mDNS
  case 252:
    return 0;  // LLMNR
  default:
    return 1;
  }
}

void remarkTtl(TreeField& field, std::uint64_t ttl, std::uint64_t protocol,
               Ipv4Address destination) {
  if (destination.value >> 8 == 0xE00000) {
    const std::uint64_t expected = linkGroupTtl(destination);
    if (expected == 0 || ttl == expected) return;
    addRemark(field, {&ip("ip.ttl.lncb"), Severity::Note, Group::Sequence,
                      "\"Time To Live\" != " + std::to_string(expected) +
                          " for a packet sent to the Local Network Control Block (see RFC 3171)"});
  } else if (ttl < kSmallTtl && !destination.isMulticast() && protocol != kOspf &&
             protocol != kPim) {
    addRemark(field, {&ip("ip.ttl.too_small"), Severity::Note, Group::Sequence,
                      "\"Time To Live\" only " + std::to_string(ttl)});
  }
}

struct HostKeys {
  const Field& address;
  const Field& host;
};

/// An address and its name, which without name resolution is the address again.
void addHost(Fields& out, const HostKeys& keys, std::uint64_t value, Span where, bool shown) {
  TreeField& address = addNumber(out, keys.address, where, value);
  address.hidden = !shown;
  const std::string text = address.show;
  addText(out, keys.host, where, text).hidden = true;
}

void addEndpoint(Fields& out, const HostKeys& keys, std::uint64_t value, Span where) {
  const TreeField& address = addNumber(out, keys.address, where, value);
  const std::string text = address.show;
  addNumber(out, ip("ip.addr"), where, value).hidden = true;
  addText(out, keys.host, where, text).hidden = true;
  addText(out, ip("ip.host"), where, text).hidden = true;
}

/// Under source routing the last address of the option is the real destination: its offset in the
/// header, or 0.
std::uint32_t routedDestination(const Slice& header) {
  constexpr std::uint8_t kLoose = 131, kStrict = 137;
  for (std::uint32_t at = ipv4::kHeaderSize; header.has(at, 3);) {
    const std::uint8_t type = header.bytes[at], size = header.bytes[at + 1],
                       pointer = header.bytes[at + 2];
    if (type == 0) return 0;
    if (type == 1) {
      ++at;
      continue;
    }
    if (size < 2 || !header.has(at, size)) return 0;
    if (type == kLoose || type == kStrict) return size >= 7 && pointer <= size ? at + size - 4 : 0;
    at += size;
  }
  return 0;
}

/// Source and destination; result: false if the header ends before them.
bool addAddresses(Dissection& d, FieldReader& reader, const Slice& header) {
  static constexpr HostKeys kSource{wire("ip.src"), ip("ip.src_host")};
  static constexpr HostKeys kDestination{wire("ip.dst"), ip("ip.dst_host")};
  static constexpr HostKeys kCurrent{ip("ip.cur_rt"), ip("ip.cur_rt_host")};
  if (!reader.need(12, 4)) return false;
  Fields& out = reader.out();
  const Ipv4Address sender{static_cast<std::uint32_t>(header.number(12, 4))};
  d.sender = sender;
  addEndpoint(out, kSource, sender.value, header.span(12, 4));
  if (!reader.need(16, 4)) return false;
  const std::uint32_t routed = routedDestination(header);
  if (routed != 0) addHost(out, kCurrent, header.number(16, 4), header.span(16, 4), true);
  const std::uint32_t at = routed != 0 ? routed : 16;
  const Ipv4Address receiver{static_cast<std::uint32_t>(header.number(at, 4))};
  d.receiver = receiver;
  addEndpoint(out, kDestination, receiver.value, header.span(at, 4));
  return true;
}

/// Everything between the length and the addresses.
void addMiddle(Dissection& d, FieldReader& reader, const Slice& datagram) {
  Fields& out = reader.out();
  reader.number(wire("ip.id"), 4, 2);
  if (!reader.need(6, 2)) return;
  addFlags(out, datagram.number(6, 2), datagram);
  if (!reader.need(8, 1)) return;
  const std::uint64_t ttl = datagram.number(8, 1);
  TreeField& field = addNumber(out, wire("ip.ttl"), datagram.span(8, 1), ttl);
  if (datagram.has(9, 11))
    remarkTtl(field, ttl, datagram.number(9, 1),
              {static_cast<std::uint32_t>(datagram.number(16, 4))});
  reader.number(wire("ip.proto"), 9, 1, ipProtocolName);
  reader.number(wire("ip.checksum"), 10, 2);
  if (!reader.good()) return;
  addNumber(out, ip("ip.checksum.status"), datagram.span(10, 0), kUnverified,
            checksumStatusName(kUnverified))
      .generated = true;
  static_cast<void>(d);
}

/// A fragment whose bytes are all here: kept until the datagram is complete, then read as a whole.
void dissectFragment(Dissection& d, Layer& layer, const ipv4::Header& header,
                     const Slice& payload) {
  const FragmentKey key{header.source, header.destination, header.identification, header.protocol};
  Fragment fragment{d.number, header.fragmentOffset * 8u, Bytes(payload.bytes)};
  const auto whole = d.memory->reassembly().add(key, std::move(fragment), header.moreFragments);
  if (!whole) return dissectData(d, payload);
  const std::uint8_t outer = d.source;
  d.source = static_cast<std::uint8_t>(d.tree.sources.size());
  addFragmentList(d, layer.fields, kFragmentFields, *whole, layer.where.pos);
  const Bytes bytes = whole->bytes;
  dissectIpProtocol(d, header.protocol, {bytes.view(), 0, bytes.size()});
  d.source = outer;
}

void dissectContent(Dissection& d, Layer& layer, const ipv4::Header& header, const Slice& payload) {
  if (payload.bytes.empty()) return;
  if (header.isFragment() && d.memory != nullptr && payload.size() == payload.reported)
    return dissectFragment(d, layer, header, payload);
  if (header.fragmentOffset != 0) return dissectData(d, payload);
  const bool outer = d.fragmented;
  d.fragmented = header.moreFragments;
  dissectIpProtocol(d, header.protocol, payload);
  d.fragmented = outer;
}

/// The first byte: version and header length. Result: the header's size, 0 if it makes no sense.
std::uint32_t addFirstByte(Dissection& d, Fields& out, const Slice& datagram) {
  const std::uint64_t version = datagram.number(0, 1) >> 4;
  const auto size = static_cast<std::uint32_t>(datagram.number(0, 1) & 0xF) * 4;
  const Span where = datagram.span(0, 1);
  TreeField& field = addNumber(out, wire("ip.version"), where, version);
  if (version != 4) {
    const Remark remark{&ip("ip.bogus_ip_version"), Severity::Error, Group::Protocol,
                        "Bogus IPv4 version"};
    addRemark(field, remark);
    d.markMalformed(where, remark);
    return 0;
  }
  TreeField& length = addNumber(out, wire("ip.hdr_len"), where, size);
  if (size >= ipv4::kHeaderSize) return size;
  const Remark remark{&ip("ip.bogus_header_length"), Severity::Error, Group::Protocol,
                      "Bogus IP header length (" + std::to_string(size) + ", must be at least 20)"};
  addRemark(length, remark);
  d.markMalformed(where, remark);
  return 0;
}

}  // namespace

std::uint32_t dissectIpv4(Dissection& d, const Slice& payload) {
  if (payload.bytes.empty()) {
    d.runOut(payload);
    return payload.reported;
  }
  Layer* layer = d.open(Schema<ipv4::Header>::info,
                        {payload.pos, std::min(payload.size(), ipv4::kHeaderSize)});
  if (layer == nullptr) return payload.reported;
  FieldReader reader(d, layer->fields, payload);
  const std::uint32_t headerSize = addFirstByte(d, layer->fields, payload);
  if (headerSize == 0) return payload.reported;
  layer->where.size = std::min(headerSize, payload.size());
  if (!reader.need(1, 1)) return payload.reported;
  addServices(layer->fields, payload.number(1, 1), payload.span(1, 1));
  if (!reader.need(2, 2)) return payload.reported;
  const std::uint32_t length = addLength(d, layer->fields, payload, headerSize);
  if (length == 0) return payload.reported;
  const Slice datagram = payload.limited(length);
  addMiddle(d, reader, payload);
  const Slice header = datagram.limited(headerSize);
  if (!reader.good() || !addAddresses(d, reader, header)) return length;
  if (headerSize > ipv4::kHeaderSize) {
    if (!reader.need(ipv4::kHeaderSize, headerSize - ipv4::kHeaderSize)) return length;
    dissectIpv4Options(d, layer->fields, header.from(ipv4::kHeaderSize));
  }
  ipv4::Header values = load<ipv4::Header>(payload.bytes.data());
  values.destination = d.receiver.ipv4();
  dissectContent(d, *layer, values, datagram.from(headerSize));
  return length;
}

void dissectIpProtocol(Dissection& d, std::uint8_t protocol, const Slice& payload) {
  switch (protocol) {
  case ipv4::kIcmp:
    return dissectIcmp(d, payload);
  case ipv4::kUdp:
    return dissectUdp(d, payload);
  case ipv4::kTcp:
    return dissectTcp(d, payload);
  case ipv4::kIgmp:
    return dissectIgmp(d, payload);
  case ipv4::kGre:
    return dissectGre(d, payload);
  case kIpInIp:
    dissectIpv4(d, payload);
    return;
  case kIpv6InIp:
    dissectIpv6(d, payload);
    return;
  case kIcmpv6:
    return dissectIcmp6(d, payload);
  default:
    return dissectData(d, payload);
  }
}

}  // namespace hw::dissect
