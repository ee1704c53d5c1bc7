// IEEE 802.1D-1998 9.3.
#include <algorithm>

#include <fmt/format.h>

#include "core/dissect/protocols.h"
#include "core/dissect/stp_fields.h"
#include "core/proto/stp/stp_wire.h"

namespace hw::dissect {
namespace {

consteval const Field& wire(std::string_view key) { return fieldOf<stp::Header>(key); }

struct IdentifierKeys {
  const Field& heading;
  const Field& priority;
  const Field& extension;
  const Field& mac;
};

/// Four bits of priority, twelve of extension, an address.
void addIdentifier(FieldReader& reader, const IdentifierKeys& keys, std::uint32_t at) {
  if (!reader.need(at, 8)) return;
  const Slice& message = reader.slice();
  const std::uint64_t priority = message.number(at, 2);
  Fields& below = addHeading(reader.out(), keys.heading, message.span(at, 8)).fields;
  addNumber(below, keys.priority, message.span(at, 1), priority & 0xF000);
  addNumber(below, keys.extension, message.span(at, 2), priority & 0x0FFF);
  addNumber(below, keys.mac, message.span(at + 2, 6), message.number(at + 2, 6));
}

/// A rapid BPDU uses the bits between the two of a plain one.
void addRapidFlags(Fields& below, const Slice& message, std::uint64_t flags) {
  addNumber(below, stpField("stp.flags.agreement"), message.span(4, 1), flags >> 6 & 1);
  addNumber(below, stpField("stp.flags.forwarding"), message.span(4, 1), flags >> 5 & 1);
  addNumber(below, stpField("stp.flags.learning"), message.span(4, 1), flags >> 4 & 1);
  addNumber(below, stpField("stp.flags.port_role"), message.span(4, 1), flags >> 2 & 3);
  addNumber(below, stpField("stp.flags.proposal"), message.span(4, 1), flags >> 1 & 1);
}

void addFlags(FieldReader& reader, bool rapid) {
  if (!reader.need(4, 1)) return;
  const Slice& message = reader.slice();
  const std::uint64_t flags = message.number(4, 1);
  Fields& below = addNumber(reader.out(), wire("stp.flags"), message.span(4, 1), flags).fields;
  addNumber(below, stpField("stp.flags.tcack"), message.span(4, 1), flags >> 7);
  if (rapid) addRapidFlags(below, message, flags);
  addNumber(below, stpField("stp.flags.tc"), message.span(4, 1), flags & 1);
}

/// Seconds as Wireshark shows 1/256 s: without digits that say nothing.
void addTime(FieldReader& reader, const Field& about, std::uint32_t at) {
  if (!reader.need(at, 2)) return;
  const double seconds = static_cast<double>(reader.slice().number(at, 2)) / 256;
  addText(reader.out(), about, reader.slice().span(at, 2), fmt::format("{:.15g}", seconds));
}

}  // namespace

void dissectStp(Dissection& d, const Slice& payload) {
  const bool rapid = payload.has(3, 1) && payload.number(3, 1) == stp::kRapid;
  const bool whole = rapid || (payload.has(3, 1) && payload.number(3, 1) == stp::kConfiguration);
  const std::uint32_t size = rapid ? stp::kRapidSize : whole ? stp::kConfigSize : stp::kTcnSize;
  Layer* layer = d.open(Schema<stp::Header>::info, {payload.pos, std::min(payload.size(), size)});
  if (layer == nullptr) return;
  FieldReader reader(d, layer->fields, payload);
  reader.number(wire("stp.protocol"), 0, 2);
  reader.number(wire("stp.version"), 2, 1);
  reader.number(wire("stp.type"), 3, 1);
  if (!whole) return;
  addFlags(reader, rapid);
  addIdentifier(reader, {headingIn(kStpFields, "Root Identifier"), wire("stp.root.prio"), stpField("stp.root.ext"), wire("stp.root.hw")}, 5);
  reader.number(wire("stp.root.cost"), 13, 4);
  addIdentifier(reader, {headingIn(kStpFields, "Bridge Identifier"), wire("stp.bridge.prio"), stpField("stp.bridge.ext"), wire("stp.bridge.hw")}, 17);
  reader.number(wire("stp.port"), 25, 2);
  addTime(reader, wire("stp.msg_age"), 27);
  addTime(reader, wire("stp.max_age"), 29);
  addTime(reader, wire("stp.hello"), 31);
  addTime(reader, wire("stp.forward"), 33);
  if (rapid) reader.number(stpField("stp.version_1_length"), 35, 1);
}

}  // namespace hw::dissect
