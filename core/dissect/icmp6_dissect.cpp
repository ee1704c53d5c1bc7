// RFC 4443; RFC 4861 4 for neighbour discovery, RFC 2710 and 3810 for multicast listeners.
#include "core/proto/icmp6/icmp6_wire.h"

#include <algorithm>

#include "core/dissect/capture_memory.h"
#include "core/dissect/icmp6_fields.h"
#include "core/dissect/protocols.h"
#include "core/dissect/value_names.h"
#include "core/proto/ipv6/ipv6_wire.h"
#include "core/proto/mld/mld_wire.h"
#include "core/proto/nd/nd_wire.h"
#include "core/wire/checksum.h"

namespace hw::dissect {
namespace {

constexpr std::uint32_t kAddress = 16;

consteval const Field& wire(std::string_view key) { return fieldOf<icmp6::Header>(key); }

std::uint16_t checksumOf(const Dissection& d, ByteView message) {
  ChecksumSum sum = ipv6::pseudoHeaderSum(d.sender.ipv6(), d.receiver.ipv6(), static_cast<std::uint32_t>(message.size()), ipv6::kIcmp);
  sum.add(message);
  return sum.checksum();
}

void addChecksum(Dissection& d, Fields& out, const Slice& message) {
  TreeField& field = addNumber(out, wire("icmpv6.checksum"), message.span(2, 2), message.number(2, 2));
  std::uint64_t status = kUnverified;
  if (!d.fragmented && !d.inError && message.size() >= message.reported && d.sender.six) {
    status = checksumOf(d, message.bytes) == 0 ? kGood : kBad;
    if (status == kBad) {
      std::vector<std::uint8_t> zeroed(message.bytes.begin(), message.bytes.end());
      zeroed[2] = zeroed[3] = 0;
      addRemark(field, {&icmp6Field("icmpv6.checksum_bad.expert"), Severity::Warning, Group::Checksum,
                        "Bad checksum [should be " + fourDigits(checksumOf(d, zeroed)) + "]"});
    }
  }
  addNumber(out, icmp6Field("icmpv6.checksum.status"), message.span(2, 0), status, checksumStatusName(status)).generated = true;
}

/// A reply's checksum is that of the request but for the type (RFC 1624): the pair belongs together.
void matchPing(Dissection& d, Fields& out, const Slice& message, bool reply) {
  if (d.memory == nullptr || d.inError || !message.has(4, 4)) return;
  const auto checksum = static_cast<std::uint16_t>(message.number(2, 2));
  PingKey key{Conversation::between({d.sender, 0}, {d.receiver, 0}),
              reply ? checksum : updateChecksum(checksum, 0x8000, 0x8100), static_cast<std::uint32_t>(message.number(4, 4))};
  if (key.checksum == 0xFFFF) key.checksum = 0;
  if (!reply) return d.memory->seePing(key, {d.number, d.timeNs});
  const auto request = d.memory->answerPing(key);
  if (!request) return;
  addNumber(out, icmp6Field("icmpv6.resp_to"), message.span(0, 0), request->frame).generated = true;
  addText(out, icmp6Field("icmpv6.resptime"), message.span(0, 0), millisecondsText(d.timeNs - request->timeNs)).generated = true;
}

void addEcho(Dissection& d, FieldReader& reader, std::uint8_t self, bool reply) {
  const Slice& message = reader.slice();
  reader.number(icmp6Field("icmpv6.echo.identifier"), 4, 2);
  reader.number(icmp6Field("icmpv6.echo.sequence_number"), 6, 2);
  if (!reader.good()) return;
  matchPing(d, reader.out(), message, reply);
  const Slice data = message.from(icmp6::kHeaderSize);
  if (data.bytes.empty()) return;
  const std::uint8_t within = d.within;
  d.within = self;
  dissectData(d, data);
  d.within = within;
}

void addQuotation(Dissection& d, FieldReader& reader, std::uint8_t self) {
  const Slice quoted = reader.slice().from(icmp6::kHeaderSize);
  if (!reader.good()) return;
  if (quoted.bytes.empty()) return d.runOut(quoted);
  dissectQuotedIpv6(d, self, quoted);
}

void addRouterAdvertisement(Dissection& d, FieldReader& reader, std::uint8_t self) {
  constexpr std::uint32_t kFixed = 16;
  const Slice& message = reader.slice();
  reader.number(icmp6Field("icmpv6.nd.ra.cur_hop_limit"), 4, 1);
  const std::uint64_t flags = reader.number(icmp6Field("icmpv6.nd.ra.flag"), 5, 1);
  if (!reader.good()) return;
  Fields& below = reader.last().fields;
  const Span where = message.span(5, 1);
  const auto bit = [&](const Field& about, int shift) { addNumber(below, about, where, flags >> shift & 1, setName(flags >> shift & 1)); };
  bit(icmp6Field("icmpv6.nd.ra.flag.m"), 7);
  bit(icmp6Field("icmpv6.nd.ra.flag.o"), 6);
  bit(icmp6Field("icmpv6.nd.ra.flag.h"), 5);
  addNumber(below, icmp6Field("icmpv6.nd.ra.flag.prf"), where, flags >> 3 & 3);
  bit(icmp6Field("icmpv6.nd.ra.flag.p"), 2);
  addNumber(below, icmp6Field("icmpv6.nd.ra.flag.rsv"), where, flags & 3);
  reader.number(icmp6Field("icmpv6.nd.ra.router_lifetime"), 6, 2);
  reader.number(icmp6Field("icmpv6.nd.ra.reachable_time"), 8, 4);
  reader.number(icmp6Field("icmpv6.nd.ra.retrans_timer"), 12, 4);
  if (reader.good()) dissectNdOptions(d, reader.out(), message.from(kFixed), self);
}

void addAdvertisement(Dissection& d, FieldReader& reader, std::uint8_t self) {
  using Message = nd::Message;
  const Slice& message = reader.slice();
  const std::uint64_t flags = reader.number(icmp6Field("icmpv6.nd.na.flag"), 4, 4);
  if (!reader.good()) return;
  Fields& below = reader.last().fields;
  const Span where = message.span(4, 4);
  const auto bit = [&](const Field& about, int shift) { addNumber(below, about, where, flags >> shift & 1, setName(flags >> shift & 1)); };
  bit(fieldOf<Message>("icmpv6.nd.na.flag.r"), 31);
  bit(fieldOf<Message>("icmpv6.nd.na.flag.s"), 30);
  bit(fieldOf<Message>("icmpv6.nd.na.flag.o"), 29);
  addNumber(below, fieldOf<Message>("icmpv6.nd.na.flag.rsv"), where, flags & 0x1FFF'FFFF);
  reader.address(fieldOf<Message>("icmpv6.nd.na.target_address"), 8);
  if (reader.good()) dissectNdOptions(d, reader.out(), message.from(nd::kMessageSize), self);
}

void addQuery(FieldReader& reader, bool query) {
  constexpr std::uint32_t kSize = 24;  // of version 1
  const Slice& message = reader.slice();
  const bool second = query && message.reported > kSize;
  reader.number(second ? icmp6Field("icmpv6.mld.maximum_response_code") : icmp6Field("icmpv6.mld.maximum_response_delay"), 4, 2);
  reader.bytes(icmp6Field("icmpv6.reserved"), 6, 2);
  reader.address(icmp6Field("icmpv6.mld.multicast_address"), 8);
  if (!second) return;
  const std::uint64_t flags = reader.number(icmp6Field("icmpv6.mld.flag"), 24, 1);
  if (!reader.good()) return;
  Fields& below = reader.last().fields;
  addNumber(below, icmp6Field("icmpv6.mld.flag.s"), message.span(24, 1), flags >> 3 & 1, setName(flags >> 3 & 1));
  addNumber(below, icmp6Field("icmpv6.mld.flag.qrv"), message.span(24, 1), flags & 7);
  addNumber(below, icmp6Field("icmpv6.mld.flag.reserved"), message.span(24, 1), flags >> 4);
  reader.number(icmp6Field("icmpv6.mld.qqi"), 25, 1);
  const std::uint64_t sources = reader.number(icmp6Field("icmpv6.mld.nb_sources"), 26, 2);
  for (std::uint32_t i = 0; i < sources && reader.good(); ++i) reader.address(icmp6Field("icmpv6.mld.source_address"), 28 + i * kAddress);
}

/// Result: where the next record starts, or 0 if this one is cut.
std::uint32_t addRecord(Dissection& d, Fields& out, const Slice& message, std::uint32_t at) {
  using Record = mld::Record;
  if (!message.has(at, mld::kRecordSize)) {
    d.runOut(message.from(std::min(at, message.size())));
    return 0;
  }
  const auto sources = static_cast<std::uint32_t>(message.number(at + 2, 2));
  const std::uint32_t auxiliary = message.bytes[at + 1] * 4u;
  const std::uint32_t size = mld::kRecordSize + kAddress * sources + auxiliary;
  TreeField& field = addHeading(out, icmp6Field("icmpv6.mldr.mar"), message.span(at, std::min(size, message.size() - at)));
  FieldReader reader(d, field.fields, message);
  reader.number(fieldOf<Record>("icmpv6.mldr.mar.record_type"), at, 1);
  reader.number(fieldOf<Record>("icmpv6.mldr.mar.aux_data_len"), at + 1, 1);
  reader.number(fieldOf<Record>("icmpv6.mldr.mar.nb_sources"), at + 2, 2);
  reader.address(fieldOf<Record>("icmpv6.mldr.mar.multicast_address"), at + 4);
  for (std::uint32_t i = 0; i < sources && reader.good(); ++i)
    reader.address(icmp6Field("icmpv6.mldr.mar.source_address"), at + mld::kRecordSize + i * kAddress);
  if (auxiliary > 0) reader.bytes(icmp6Field("icmpv6.mldr.mar.auxiliary_data"), at + size - auxiliary, auxiliary);
  return reader.good() ? at + size : 0;
}

void addReport(Dissection& d, FieldReader& reader) {
  const Slice& message = reader.slice();
  reader.bytes(icmp6Field("icmpv6.reserved"), 4, 2);
  const std::uint64_t records = reader.number(fieldOf<mld::Report>("icmpv6.mldr.nb_mcast_records"), 6, 2);
  std::uint32_t at = mld::kReportSize;
  for (std::uint64_t i = 0; i < records && at != 0 && reader.good(); ++i) at = addRecord(d, reader.out(), message, at);
}

void addUnknown(FieldReader& reader, std::uint64_t type) {
  const Slice& message = reader.slice();
  addRemark(reader.out(), message.pos,
            {&icmp6Field("icmpv6.undecoded.type"), Severity::Note, Group::Undecoded,
             "Dissector for ICMPv6 Type (" + std::to_string(type) +
                 ") code not implemented, Contact Wireshark developers if you want this supported"});
  if (message.size() > 4) reader.bytes(icmp6Field("icmpv6.data"), 4, message.size() - 4);
}

void addBody(Dissection& d, FieldReader& reader, std::uint8_t self, std::uint64_t type) {
  const Slice& message = reader.slice();
  switch (type) {
  case icmp6::kUnreachable:
  case icmp6::kTimeExceeded: reader.bytes(icmp6Field("icmpv6.reserved"), 4, 4); return addQuotation(d, reader, self);
  case icmp6::kPacketTooBig: reader.number(icmp6Field("icmpv6.mtu"), 4, 4); return addQuotation(d, reader, self);
  case icmp6::kParameterProblem: reader.number(icmp6Field("icmpv6.pointer"), 4, 4); return addQuotation(d, reader, self);
  case icmp6::kEchoRequest:
  case icmp6::kEchoReply: return addEcho(d, reader, self, type == icmp6::kEchoReply);
  case icmp6::kListenerQuery:
  case icmp6::kListenerReport:
  case icmp6::kListenerDone: return addQuery(reader, type == icmp6::kListenerQuery);
  case icmp6::kRouterSolicitation:
    reader.bytes(icmp6Field("icmpv6.reserved"), 4, 4);
    if (reader.good()) dissectNdOptions(d, reader.out(), message.from(8), self);
    return;
  case icmp6::kRouterAdvertisement: return addRouterAdvertisement(d, reader, self);
  case icmp6::kNeighbourSolicitation:
    reader.bytes(icmp6Field("icmpv6.reserved"), 4, 4);
    reader.address(icmp6Field("icmpv6.nd.ns.target_address"), 8);
    if (reader.good()) dissectNdOptions(d, reader.out(), message.from(nd::kMessageSize), self);
    return;
  case icmp6::kNeighbourAdvertisement: return addAdvertisement(d, reader, self);
  case icmp6::kRedirect:
    reader.bytes(icmp6Field("icmpv6.reserved"), 4, 4);
    reader.address(icmp6Field("icmpv6.nd.rd.target_address"), 8);
    reader.address(icmp6Field("icmpv6.rd.na.destination_address"), 24);
    if (reader.good()) dissectNdOptions(d, reader.out(), message.from(40), self);
    return;
  case icmp6::kListenerReportV2: return addReport(d, reader);
  default: return addUnknown(reader, type);
  }
}

}  // namespace

void dissectQuotedIpv6(Dissection& d, std::uint8_t self, const Slice& quoted) {
  const bool inError = d.inError;
  const std::uint8_t within = d.within;
  const HostAddress sender = d.sender, receiver = d.receiver;
  d.inError = true;
  d.within = self;
  dissectIpv6(d, quoted);
  d.inError = inError;
  d.within = within;
  d.sender = sender;
  d.receiver = receiver;
}

void dissectIcmp6(Dissection& d, const Slice& message) {
  Layer* layer = d.open(Schema<icmp6::Header>::info, {message.pos, message.size()});
  if (layer == nullptr) return;
  const std::uint8_t self = d.lastLayer();
  FieldReader reader(d, layer->fields, message);
  const std::uint64_t type = reader.number(wire("icmpv6.type"), 0, 1, icmp6TypeName);
  reader.number(wire("icmpv6.code"), 1, 1, [type](std::uint64_t c) { return icmp6CodeName(type, c); });
  if (!reader.need(2, 2)) return;
  addChecksum(d, layer->fields, message);
  addBody(d, reader, self, type);
}

}  // namespace hw::dissect
