// RFC 9293 3.1.
#include "core/proto/tcp/tcp_wire.h"

#include <algorithm>

#include "core/dissect/protocols.h"
#include "core/dissect/tcp_fields.h"
#include "core/dissect/value_names.h"

namespace hw::dissect {
namespace {

constexpr std::uint64_t kUnverified = 2;

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

void addFlags(Fields& out, const Slice& segment) {
  const std::uint64_t flags = segment.number(12, 2) & 0xFFF;
  Fields& below = addNumber(out, wire("tcp.flags"), segment.span(12, 2), flags).fields;
  const auto bit = [&](const Field& about, int shift, std::uint32_t at) {
    const std::uint64_t value = flags >> shift & 1;
    addNumber(below, about, segment.span(at, 1), value, setName(value));
  };
  addNumber(below, tcpField("tcp.flags.res"), segment.span(12, 1), flags >> 9, setName(flags >> 9));
  bit(tcpField("tcp.flags.ae"), 8, 12);
  bit(tcpField("tcp.flags.cwr"), 7, 13);
  bit(tcpField("tcp.flags.ece"), 6, 13);
  bit(tcpField("tcp.flags.urg"), 5, 13);
  bit(tcpField("tcp.flags.ack"), 4, 13);
  bit(tcpField("tcp.flags.push"), 3, 13);
  bit(tcpField("tcp.flags.reset"), 2, 13);
  bit(tcpField("tcp.flags.syn"), 1, 13);
  bit(tcpField("tcp.flags.fin"), 0, 13);
  addText(below, tcpField("tcp.flags.str"), segment.span(12, 2), flagLetters(flags)).generated =
      true;
}

}  // namespace

void dissectTcp(Dissection& d, const Slice& segment) {
  Layer* layer =
      d.open(Schema<tcp::Header>::info, {segment.pos, std::min(segment.size(), tcp::kHeaderSize)});
  if (layer == nullptr) return;
  FieldReader reader(d, layer->fields, segment);
  addPorts(reader);
  reader.number(wire("tcp.seq_raw"), 4, 4);
  reader.number(wire("tcp.ack_raw"), 8, 4);
  if (!reader.need(12, 2)) return;
  const auto headerSize = static_cast<std::uint32_t>(segment.number(12, 1) >> 4) * 4;
  addNumber(layer->fields, wire("tcp.hdr_len"), segment.span(12, 1), headerSize);
  addFlags(layer->fields, segment);
  reader.number(wire("tcp.window_size_value"), 14, 2);
  reader.number(wire("tcp.checksum"), 16, 2);
  reader.number(wire("tcp.urgent_pointer"), 18, 2);
  static_cast<void>(kUnverified);
}

}  // namespace hw::dissect
