// RFC 792; RFC 1191 for the MTU, RFC 950 and 1256 for masks and routers, RFC 4884 for the length.
#include "core/proto/icmp/icmp_wire.h"

#include <algorithm>

#include "core/dissect/capture_memory.h"
#include "core/dissect/icmp_fields.h"
#include "core/dissect/protocols.h"
#include "core/dissect/value_names.h"
#include "core/wire/checksum.h"

namespace hw::dissect {
namespace {

enum MoreTypes : std::uint8_t {
  kSourceQuench = 4,
  kRouterAdvertisement = 9,
  kTimestampRequest = 13,
  kTimestampReply = 14,
  kInformationRequest = 15,
  kInformationReply = 16,
  kMaskRequest = 17,
  kMaskReply = 18
};

constexpr std::int64_t kSecondNs = 1'000'000'000;
constexpr std::int64_t kDaySeconds = 86400;
constexpr std::uint32_t kQuotedData = 8;

consteval const Field& wire(std::string_view key) {
  return fieldOf<icmp::Header>(key);
}

void addChecksum(Dissection& d, Fields& out, const Slice& message) {
  TreeField& field =
      addNumber(out, wire("icmp.checksum"), message.span(2, 2), message.number(2, 2));
  std::uint64_t status = kUnverified;
  if (!d.fragmented && !d.inError && message.size() >= message.reported) {
    const std::uint16_t sum = internetChecksum(message.bytes);
    status = sum == 0 ? kGood : kBad;
    if (sum != 0) {
      std::vector<std::uint8_t> zeroed(message.bytes.begin(), message.bytes.end());
      zeroed[2] = zeroed[3] = 0;
      addRemark(field, {&icmpField("icmp.checksum_bad"), Severity::Warning, Group::Checksum,
                        "Bad checksum [should be " + fourDigits(internetChecksum(zeroed)) + "]"});
    }
  }
  addNumber(out, icmpField("icmp.checksum.status"), message.span(2, 0), status,
            checksumStatusName(status))
      .generated = true;
}

void addQueryNumbers(FieldReader& reader) {
  Fields& out = reader.out();
  const Slice& message = reader.slice();
  const auto both = [&](const Field& big, const Field& little, std::uint32_t at) {
    if (!reader.need(at, 2)) return;
    const std::uint64_t value = message.number(at, 2);
    addNumber(out, big, message.span(at, 2), value);
    addNumber(out, little, message.span(at, 2), (value & 0xFF) << 8 | value >> 8);
  };
  both(icmpField("icmp.ident"), icmpField("icmp.ident_le"), 4);
  both(icmpField("icmp.seq"), icmpField("icmp.seq_le"), 6);
}

/// The word behind the checksum of an error, where RFC 4884 keeps the length of the quotation.
/// `first` bytes in front of it are unused or already shown.
void addErrorWord(FieldReader& reader, bool pointer, bool mtu) {
  if (!reader.need(4, 4)) return;
  Fields& out = reader.out();
  const Slice& message = reader.slice();
  const std::uint64_t words = message.number(5, 1);
  if (pointer) reader.number(icmpField("icmp.pointer"), 4, 1);
  if (words != 0) {
    if (!pointer) reader.bytes(icmpField("icmp.unused"), 4, 1);
    reader.number(icmpField("icmp.length"), 5, 1);
    addNumber(out, icmpField("icmp.length.original_datagram"), message.span(5, 1), words * 4)
        .generated = true;
  }
  const std::uint32_t from = words != 0 ? 6 : pointer ? 5 : 4;
  const std::uint32_t end = mtu ? 6 : 8;
  if (end > from) reader.bytes(icmpField("icmp.unused"), from, end - from);
  if (mtu) reader.number(icmpField("icmp.mtu"), 6, 2);
}

void addRestOfHeader(FieldReader& reader, std::uint64_t type, std::uint64_t code) {
  switch (type) {
  case icmp::kEchoReply:
  case icmp::kEchoRequest:
  case kTimestampRequest:
  case kTimestampReply:
  case kInformationRequest:
  case kInformationReply:
  case kMaskRequest:
  case kMaskReply:
    return addQueryNumbers(reader);
  case icmp::kUnreachable:
    return addErrorWord(reader, false, code == icmp::kFragmentationNeeded);
  case icmp::kTimeExceeded:
    return addErrorWord(reader, false, false);
  case icmp::kParameterProblem:
    return addErrorWord(reader, true, false);
  case icmp::kRedirect:
    reader.number(icmpField("icmp.redir_gw"), 4, 4);
    return;
  case kRouterAdvertisement:
    reader.number(icmpField("icmp.num_addrs"), 4, 1);
    reader.number(icmpField("icmp.addr_entry_size"), 5, 1);
    reader.number(icmpField("icmp.lifetime"), 6, 2);
    return;
  default:
    return;
  }
}

/// The checksum that the reply to this echo will have: only the type differs (RFC 1624).
std::uint16_t replyChecksum(std::uint16_t checksum) {
  return updateChecksum(checksum, 0x0800, 0);
}

void matchPing(Dissection& d, Fields& out, const Slice& message, bool reply) {
  if (d.memory == nullptr || d.inError || !message.has(4, 4)) return;
  const auto checksum = static_cast<std::uint16_t>(message.number(2, 2));
  PingKey key{Conversation::between({d.sender, 0}, {d.receiver, 0}),
              reply ? checksum : replyChecksum(checksum),
              static_cast<std::uint32_t>(message.number(4, 4))};
  if (key.checksum == 0xFFFF) key.checksum = 0;
  if (!reply) return d.memory->seePing(key, {d.number, d.timeNs});
  const auto request = d.memory->answerPing(key);
  if (!request) return;
  addNumber(out, icmpField("icmp.resp_to"), message.span(0, 0), request->frame).generated = true;
  addText(out, icmpField("icmp.resptime"), message.span(0, 0),
          millisecondsText(d.timeNs - request->timeNs))
      .generated = true;
}

struct PingTime {
  bool found = false;
  std::int64_t ns = 0;
};

/// Seconds and microseconds in one byte order, if that is within a day of the capture.
PingTime plausibleTime(std::uint64_t seconds, std::uint64_t microseconds, std::int64_t nowNs) {
  const std::int64_t apart = static_cast<std::int64_t>(seconds) - nowNs / kSecondNs;
  if (apart <= -kDaySeconds || apart >= kDaySeconds || microseconds >= 1'000'000) return {};
  return {true, static_cast<std::int64_t>(seconds) * kSecondNs +
                    static_cast<std::int64_t>(microseconds) * 1000};
}

std::uint64_t littleEndian(const Slice& bytes, std::uint32_t at) {
  const std::uint64_t big = bytes.number(at, 4);
  return big >> 24 | (big >> 8 & 0xFF00) | (big << 8 & 0xFF0000) | (big << 24 & 0xFF000000);
}

/// ping puts the time of sending in front of its data.
void dissectEchoData(Dissection& d, Fields& out, const Slice& data) {
  if (!data.has(0, 8)) return dissectData(d, data);
  PingTime time = plausibleTime(data.number(0, 4), data.number(4, 4), d.timeNs);
  if (!time.found) time = plausibleTime(littleEndian(data, 0), littleEndian(data, 4), d.timeNs);
  if (!time.found) return dissectData(d, data);
  addText(out, icmpField("icmp.data_time"), data.span(0, 8), utcText(time.ns));
  addText(out, icmpField("icmp.data_time_relative"), data.span(0, 8),
          secondsText(d.timeNs - time.ns))
      .generated = true;
  dissectData(d, data.from(8));
}

void dissectQuotation(Dissection& d, std::uint8_t self, bool redirect, const Slice& message) {
  Slice quoted = message.from(icmp::kHeaderSize);
  if (quoted.bytes.empty()) return d.runOut(quoted);
  if (redirect)
    quoted =
        quoted.limited(static_cast<std::uint32_t>(quoted.number(0, 1) & 0xF) * 4 + kQuotedData);
  const bool inError = d.inError;
  const std::uint8_t within = d.within;
  d.inError = true;
  d.within = self;
  dissectIpv4(d, quoted);
  d.inError = inError;
  d.within = within;
}

void dissectRouters(FieldReader& reader) {
  const Slice& message = reader.slice();
  const std::uint64_t count = message.number(4, 1);
  if (message.number(5, 1) != 2) return;
  for (std::uint32_t i = 0; i < count && reader.good(); ++i) {
    reader.number(icmpField("icmp.router_address"), 8 + i * 8, 4);
    reader.number(icmpField("icmp.pref_level"), 12 + i * 8, 4);
  }
}

void dissectTimes(FieldReader& reader) {
  reader.number(icmpField("icmp.originate_timestamp"), 8, 4);
  reader.number(icmpField("icmp.receive_timestamp"), 12, 4);
  reader.number(icmpField("icmp.transmit_timestamp"), 16, 4);
}

void dissectBody(Dissection& d, FieldReader& reader, std::uint8_t self, std::uint64_t type) {
  const Slice& message = reader.slice();
  switch (type) {
  case icmp::kEchoReply:
  case icmp::kEchoRequest: {
    matchPing(d, reader.out(), message, type == icmp::kEchoReply);
    const std::uint8_t within = d.within;
    d.within = self;
    dissectEchoData(d, reader.out(), message.from(icmp::kHeaderSize));
    d.within = within;
    return;
  }
  case icmp::kUnreachable:
  case icmp::kTimeExceeded:
  case icmp::kParameterProblem:
  case kSourceQuench:
  case icmp::kRedirect:
    return dissectQuotation(d, self, type == icmp::kRedirect, message);
  case kRouterAdvertisement:
    return dissectRouters(reader);
  case kTimestampRequest:
  case kTimestampReply:
    return dissectTimes(reader);
  case kMaskRequest:
  case kMaskReply:
    reader.number(icmpField("icmp.address_mask"), 8, 4);
    return;
  default:
    return;
  }
}

}  // namespace

void dissectIcmp(Dissection& d, const Slice& message) {
  Layer* layer = d.open(Schema<icmp::Header>::info, {message.pos, message.size()});
  if (layer == nullptr) return;
  const std::uint8_t self = d.lastLayer();
  FieldReader reader(d, layer->fields, message);
  const std::uint64_t type = reader.number(wire("icmp.type"), 0, 1, icmpTypeName);
  const std::uint64_t code = reader.number(
      wire("icmp.code"), 1, 1, [type](std::uint64_t c) { return icmpCodeName(type, c); });
  if (!reader.need(2, 2)) return;
  addChecksum(d, layer->fields, message);
  addRestOfHeader(reader, type, code);
  if (reader.good() && reader.need(0, icmp::kHeaderSize)) dissectBody(d, reader, self, type);
}

}  // namespace hw::dissect
