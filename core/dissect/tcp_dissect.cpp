// RFC 9293 3.1.
#include <algorithm>

#include "core/dissect/capture_memory.h"
#include "core/dissect/protocols.h"
#include "core/dissect/tcp_analysis_fields.h"
#include "core/dissect/tcp_fields.h"
#include "core/dissect/tcp_options.h"
#include "core/dissect/value_names.h"
#include "core/proto/tcp/tcp_wire.h"

namespace hw::dissect {
namespace {


consteval const Field& wire(std::string_view key) {
  return fieldOf<tcp::Header>(key);
}

void addPorts(FieldReader& reader) {
  const std::uint64_t source = reader.number(wire("tcp.srcport"), 0, 2);
  const std::uint64_t destination = reader.number(wire("tcp.dstport"), 2, 2);
  if (!reader.good()) return;
  const Slice& segment = reader.slice();
  addNumber(reader.out(), tcpField("tcp.port"), segment.span(0, 2), source).hidden = true;
  addNumber(reader.out(), tcpField("tcp.port"), segment.span(2, 2), destination).hidden = true;
}

/// "·······A··S·": a letter for each of the twelve bits, U+00B7 for one that is not set.
std::string flagLetters(std::uint64_t flags) {
  static constexpr std::string_view kLetters = "RRRACEUAPRSF";
  std::string text;
  for (std::size_t i = 0; i < kLetters.size(); ++i) {
    if ((flags >> (11 - i) & 1) != 0)
      text += kLetters[i];
    else
      text += "\u00B7";
  }
  return text;
}

/// One segment while its fields are written.
struct Segment {
  Slice slice;
  tcp::Header header;
  bool lengthKnown = false;  ///< not in a quotation, nor in a piece of a datagram
  std::uint32_t length = 0;  ///< of the data
  TcpSight sight;
};

void remark(TreeField& field, const Field& about, Severity severity, std::string message) {
  addRemark(field, {&about, severity, Group::Sequence, std::move(message)});
}

void addFlagRemarks(const Segment& s, TreeField& reset, TreeField& syn, TreeField& fin,
                    TreeField& letters) {
  const tcp::Header& h = s.header;
  if (h.has(tcp::kSyn) && h.has(tcp::kAck))
    remark(syn, tcpField("tcp.connection.synack"), Severity::Chat,
           "Connection establish acknowledge (SYN+ACK): server port " +
               std::to_string(h.sourcePort));
  else if (h.has(tcp::kSyn))
    remark(syn, tcpField("tcp.connection.syn"), Severity::Chat,
           "Connection establish request (SYN): server port " + std::to_string(h.destinationPort));
  if (h.has(tcp::kRst))
    remark(reset, tcpField("tcp.connection.rst"), Severity::Warning, "Connection reset (RST)");
  if (!h.has(tcp::kFin)) return;
  remark(fin, tcpField("tcp.connection.fin"), Severity::Chat, "Connection finish (FIN)");
  if (!s.sight.known) return;
  if (s.sight.closesFirst)
    remark(letters, tcpField("tcp.connection.fin_active"), Severity::Note,
           "This frame initiates the connection closing");
  else
    remark(letters, tcpField("tcp.connection.fin_passive"), Severity::Note,
           "This frame undergoes the connection closing");
}

void addFlags(Fields& out, const Segment& s) {
  const std::uint64_t flags = s.header.flags;
  Fields& below = addNumber(out, wire("tcp.flags"), s.slice.span(12, 2), flags).fields;
  below.reserve(11);
  const auto bit = [&](const Field& about, int shift, std::uint32_t at) -> TreeField& {
    const std::uint64_t value = flags >> shift & 1;
    return addNumber(below, about, s.slice.span(at, 1), value, setName(value));
  };
  addNumber(below, tcpField("tcp.flags.res"), s.slice.span(12, 1), flags >> 9, setName(flags >> 9));
  bit(tcpField("tcp.flags.ae"), 8, 12);
  bit(tcpField("tcp.flags.cwr"), 7, 13);
  bit(tcpField("tcp.flags.ece"), 6, 13);
  bit(tcpField("tcp.flags.urg"), 5, 13);
  bit(tcpField("tcp.flags.ack"), 4, 13);
  bit(tcpField("tcp.flags.push"), 3, 13);
  TreeField& reset = bit(tcpField("tcp.flags.reset"), 2, 13);
  TreeField& syn = bit(tcpField("tcp.flags.syn"), 1, 13);
  TreeField& fin = bit(tcpField("tcp.flags.fin"), 0, 13);
  TreeField& letters =
      addText(below, tcpField("tcp.flags.str"), s.slice.span(12, 2), flagLetters(flags));
  letters.generated = true;
  addFlagRemarks(s, reset, syn, fin, letters);
}

/// The numbers that order the stream, counted from its start if that is known.
void addNumbers(Dissection& d, Fields& out, const Segment& s) {
  const tcp::Header& h = s.header;
  const Slice& at = s.slice;
  if (d.inError) {
    addNumber(out, tcpField("tcp.seq"), at.span(4, 4), h.sequence);
  } else {
    const std::uint32_t relative = s.lengthKnown ? h.sequence - s.sight.sequenceBase : h.sequence;
    addNumber(out, tcpField("tcp.seq"), at.span(4, 4), relative);
    addNumber(out, wire("tcp.seq_raw"), at.span(4, 4), h.sequence);
    if (s.lengthKnown) {
      const std::uint32_t step = s.length + (h.has(tcp::kSyn) || h.has(tcp::kFin) ? 1 : 0);
      addNumber(out, tcpField("tcp.nxtseq"), at.span(0, 0), relative + step).generated = true;
    }
  }
  const bool counted = s.lengthKnown && h.has(tcp::kAck);
  TreeField& ack = addNumber(out, tcpField("tcp.ack"), at.span(8, 4),
                             counted ? h.acknowledgment - s.sight.ackBase : h.acknowledgment);
  if (!h.has(tcp::kAck) && h.acknowledgment != 0)
    addRemark(ack, {&tcpField("tcp.ack.nonzero"), Severity::Note, Group::Protocol,
                    "The acknowledgment number field is nonzero while the ACK flag is not set"});
  addNumber(out, wire("tcp.ack_raw"), at.span(8, 4), h.acknowledgment);
}

void addWindow(Fields& out, const Segment& s) {
  const tcp::Header& h = s.header;
  const Span where = s.slice.span(14, 2);
  const bool scaled = s.sight.known && !h.has(tcp::kSyn);
  const int scale = s.sight.windowScale;
  addNumber(out, wire("tcp.window_size_value"), where, h.window);
  const std::uint32_t size = scaled && s.lengthKnown && scale > 0
                                 ? static_cast<std::uint32_t>(h.window) << scale
                                 : h.window;
  addNumber(out, tcpField("tcp.window_size"), where, size).generated = true;
  if (!scaled) return;
  addText(out, tcpField("tcp.window_size_scalefactor"), where,
          std::to_string(scale < 0 ? scale : 1 << scale))
      .generated = true;
}

void addChecksumAndUrgent(Fields& out, const Segment& s) {
  addNumber(out, wire("tcp.checksum"), s.slice.span(16, 2), s.header.checksum);
  addNumber(out, tcpField("tcp.checksum.status"), s.slice.span(16, 0), kUnverified,
            checksumStatusName(kUnverified))
      .generated = true;
  TreeField& urgent =
      addNumber(out, wire("tcp.urgent_pointer"), s.slice.span(18, 2), s.header.urgentPointer);
  if (s.header.has(tcp::kUrg) || s.header.urgentPointer == 0) return;
  addRemark(urgent, {&tcpField("tcp.urgent_pointer.non_zero"), Severity::Note, Group::Protocol,
                     "The urgent pointer field is nonzero while the URG flag is not set"});
}

void addTimes(Fields& out, const Segment& s) {
  if (!s.sight.known) return;
  TreeField& heading = addHeading(out, headingIn(kTcpFields, "Timestamps"), s.slice.span(0, 0));
  heading.generated = true;
  const auto time = [&](const Field& about, std::int64_t ns) {
    addText(heading.fields, about, s.slice.span(0, 0), secondsText(ns)).generated = true;
  };
  time(tcpField("tcp.time_relative"), s.sight.sinceFirstNs);
  time(tcpField("tcp.time_delta"), s.sight.sincePreviousNs);
}

void addStream(Fields& out, const Segment& s) {
  if (!s.sight.known) return;
  addNumber(out, tcpField("tcp.stream"), s.slice.span(0, 0), s.sight.stream).generated = true;
  addNumber(out, tcpField("tcp.completeness"), s.slice.span(0, 0), s.sight.completeness).generated =
      true;
}

/// What the connection tells; nothing for a packet by itself.
TcpSight sightOf(Dissection& d, const Segment& s, const TcpOptions& options) {
  if (d.memory == nullptr || d.fragmented) return {};
  const tcp::Header& h = s.header;
  const TcpSegment segment{{d.sender, h.sourcePort},
                           {d.receiver, h.destinationPort},
                           h.sequence,
                           h.acknowledgment,
                           s.length,
                           h.flags,
                           h.window,
                           options.windowShift,
                           options.sacked,
                           d.number,
                           d.timeNs};
  return s.lengthKnown ? d.memory->tcp().see(segment) : d.memory->tcp().quote(segment);
}

void addPayload(Dissection& d, Fields& out, const Segment& s) {
  const Slice data = s.slice.from(s.header.headerSize());
  if (data.bytes.empty()) return;
  if (s.header.has(tcp::kRst)) {
    addText(out, tcpField("tcp.reset_cause"), {data.pos, data.size()}, printableText(data.bytes));
    return;
  }
  addBytes(out, tcpField("tcp.payload"), {data.pos, data.size()}, data.bytes);
  dissectData(d, data);
}

/// A header that ends too early: the fields that are there.
void addPartly(FieldReader& reader) {
  reader.number(wire("tcp.seq_raw"), 4, 4);
  reader.number(wire("tcp.ack_raw"), 8, 4);
}

void remarkShort(Dissection& d, Fields& out, const Slice& slice) {
  const Remark remark{
      &tcpField("tcp.short_segment"), Severity::Warning, Group::Malformed,
      "Short segment. Segment/fragment does not contain a full TCP header (might be NMAP "
      "or someone else deliberately sending unusual packets)"};
  addRemark(out, slice.pos, remark);
  d.markMalformed({slice.pos, slice.size()}, remark);
}

bool headerMakesSense(Dissection& d, Fields& out, const Segment& s) {
  const std::uint32_t size = s.header.headerSize();
  TreeField& field = addNumber(out, wire("tcp.hdr_len"), s.slice.span(12, 1), size);
  if (size >= tcp::kHeaderSize) return true;
  const Remark bogus{&tcpField("tcp.bogus_header_length"), Severity::Error, Group::Protocol,
                     "Bogus TCP header length (" + std::to_string(size) + ", must be at least 20)"};
  addRemark(field, bogus);
  d.markMalformed(s.slice.span(12, 1), bogus);
  return false;
}

}  // namespace

void dissectTcp(Dissection& d, const Slice& slice) {
  Layer* layer =
      d.open(Schema<tcp::Header>::info, {slice.pos, std::min(slice.size(), tcp::kHeaderSize)});
  if (layer == nullptr) return;
  Fields& out = layer->fields;
  FieldReader reader(d, out, slice);
  addPorts(reader);
  if (!slice.has(0, tcp::kHeaderSize)) {
    addPartly(reader);
    reader.need(0, tcp::kHeaderSize);
    return;
  }
  Segment s{slice, load<tcp::Header>(slice.bytes.data()), false, 0, {}};
  const std::uint32_t headerSize = s.header.headerSize();
  s.lengthKnown = !d.fragmented && !d.inError && slice.reported >= headerSize;
  if (s.lengthKnown) s.length = slice.reported - headerSize;
  const Slice options =
      slice.limited(std::max(headerSize, tcp::kHeaderSize)).from(tcp::kHeaderSize);
  s.sight = sightOf(d, s, scanTcpOptions(options));
  addStream(out, s);
  if (slice.reported < headerSize && !d.inError && !d.fragmented) remarkShort(d, out, slice);
  if (s.lengthKnown)
    addNumber(out, tcpField("tcp.len"), slice.span(0, 0), s.length).generated = true;
  addNumbers(d, out, s);
  if (!headerMakesSense(d, out, s)) return;
  layer->where.size = std::min(headerSize, slice.size());
  addFlags(out, s);
  addWindow(out, s);
  addChecksumAndUrgent(out, s);
  if (headerSize > tcp::kHeaderSize)
    dissectTcpOptions(d, out, {options, s.header, s.sight, headerSize});
  addTimes(out, s);
  if (!reader.need(0, headerSize)) return;
  addTcpAnalysis(out, s.sight, slice.pos);
  addPayload(d, out, s);
}

}  // namespace hw::dissect
