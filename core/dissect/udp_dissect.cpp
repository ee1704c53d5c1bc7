// RFC 768; RFC 1122 4.1.3.4 for the checksum 0.
#include "core/proto/udp/udp_wire.h"

#include <algorithm>

#include "core/dissect/capture_memory.h"
#include "core/dissect/protocols.h"
#include "core/dissect/udp_fields.h"
#include "core/dissect/value_names.h"

namespace hw::dissect {
namespace {

/// traceroute starts at 33434 + 1 and sends three datagrams to each of ten hops.
constexpr std::uint64_t kFirstTraceroutePort = 33435;
constexpr std::uint64_t kTraceroutePorts = 30;

consteval const Field& wire(std::string_view key) {
  return fieldOf<udp::Header>(key);
}

void remarkTraceroute(TreeField& port, std::uint64_t number) {
  const std::uint64_t attempt = number - kFirstTraceroutePort;
  if (number < kFirstTraceroutePort || attempt >= kTraceroutePorts) return;
  addRemark(port, {&udpField("udp.possible_traceroute"), Severity::Chat, Group::Sequence,
                   "Possible traceroute: hop #" + std::to_string(attempt / 3 + 1) + ", attempt #" +
                       std::to_string(attempt % 3 + 1)});
}

void addPorts(FieldReader& reader) {
  const std::uint64_t source = reader.number(wire("udp.srcport"), 0, 2);
  if (!reader.good()) return;
  remarkTraceroute(reader.last(), source);
  const std::uint64_t destination = reader.number(wire("udp.dstport"), 2, 2);
  if (!reader.good()) return;
  remarkTraceroute(reader.last(), destination);
  const Slice& datagram = reader.slice();
  addNumber(reader.out(), udpField("udp.port"), datagram.span(0, 2), source).hidden = true;
  addNumber(reader.out(), udpField("udp.port"), datagram.span(2, 2), destination).hidden = true;
}

/// Result: the datagram's bytes as its length says, nothing if the length is less than the header.
Slice addLength(Dissection& d, Fields& out, const Slice& datagram) {
  const auto length = static_cast<std::uint32_t>(datagram.number(4, 2));
  TreeField& field = addNumber(out, wire("udp.length"), datagram.span(4, 2), length);
  const bool tooShort = length < udp::kHeaderSize;
  if (!tooShort && (length <= datagram.reported || d.fragmented || d.inError))
    return datagram.limited(length);
  const Remark remark{&udpField("udp.length.bad"), Severity::Error, Group::Malformed,
                      "Bad length value " + std::to_string(length) +
                          (tooShort ? " < 8" : " > IP payload length")};
  addRemark(field, remark);
  d.markMalformed(datagram.span(4, 2), remark);
  return tooShort ? datagram.limited(0) : datagram;
}

void addChecksum(const Dissection& d, Fields& out, const Slice& datagram) {
  const std::uint64_t checksum = datagram.number(6, 2);
  TreeField& field = addNumber(out, wire("udp.checksum"), datagram.span(6, 2), checksum);
  // IPv6 has no other checksum, so there must be one (RFC 8200 8.1).
  const bool illegal = checksum == 0 && d.receiver.six;
  if (illegal)
    addRemark(field, {&udpField("udp.checksum.zero"), Severity::Error, Group::Checksum, "Illegal checksum value (0)"});
  const std::uint64_t status = illegal ? kIllegal : checksum == 0 ? kNotPresent : kUnverified;
  Fields& at = checksum == 0 ? field.fields : out;
  addNumber(at, udpField("udp.checksum.status"), datagram.span(6, checksum == 0 ? 2 : 0), status,
            checksumStatusName(status))
      .generated = true;
}

void addStream(Dissection& d, Fields& out, const Slice& datagram) {
  if (d.memory == nullptr) return;
  const Endpoint from{d.sender, static_cast<std::uint16_t>(datagram.number(0, 2))};
  const Endpoint to{d.receiver, static_cast<std::uint16_t>(datagram.number(2, 2))};
  const Span where{datagram.pos + udp::kHeaderSize, 0};
  const bool empty = datagram.reported <= udp::kHeaderSize;
  // Wireshark times the packets of a conversation that carry data.
  if (d.inError || empty) {
    addNumber(out, udpField("udp.stream"), where, d.memory->quoteUdp(from, to, d.timeNs))
        .generated = true;
    return;
  }
  const StreamTimes times = d.memory->seeUdp(from, to, d.timeNs);
  addNumber(out, udpField("udp.stream"), where, times.index).generated = true;
  TreeField& heading = addHeading(out, headingIn(kUdpFields, "Timestamps"), datagram.span(0, 0));
  heading.generated = true;
  const auto time = [&](const Field& about, std::int64_t ns) {
    addText(heading.fields, about, datagram.span(0, 0), secondsText(ns)).generated = true;
  };
  time(udpField("udp.time_relative"), times.sinceFirstNs);
  time(udpField("udp.time_delta"), times.sincePreviousNs);
}

}  // namespace

void dissectUdp(Dissection& d, const Slice& payload) {
  Layer* layer =
      d.open(Schema<udp::Header>::info, {payload.pos, std::min(payload.size(), udp::kHeaderSize)});
  if (layer == nullptr) return;
  FieldReader reader(d, layer->fields, payload);
  addPorts(reader);
  if (!reader.need(4, 2)) return;
  const Slice datagram = addLength(d, layer->fields, payload);
  if (datagram.bytes.empty() || !reader.need(6, 2)) return;
  addChecksum(d, layer->fields, payload);
  addStream(d, layer->fields, payload);
  const Slice data = datagram.from(udp::kHeaderSize);
  if (data.bytes.empty()) return;
  addBytes(layer->fields, udpField("udp.payload"), {data.pos, data.size()}, data.bytes);
  const auto port = [&](std::uint32_t at) {
    return static_cast<std::uint16_t>(payload.number(at, 2));
  };
  dissectUdpPayload(d, port(0), port(2), data);
}

}  // namespace hw::dissect
