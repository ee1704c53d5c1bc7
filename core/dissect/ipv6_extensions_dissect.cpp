// RFC 8200 4.2 to 4.6; RFC 2473, 2711, 6275, 8754 for single options and types.
#include <algorithm>

#include "core/dissect/ipv6_extensions.h"
#include "core/dissect/ipv6_fields.h"
#include "core/dissect/value_names.h"
#include "core/proto/ipv6/ipv6_wire.h"

namespace hw::dissect {
namespace {

enum OptionType : std::uint8_t {
  kPad1 = 0,
  kPadN = 1,
  kTunnelLimit = 4,
  kRouterAlert = 5,
  kExperimental = 0x1E,
  kJumbo = 0xC2,
  kHomeAddress = 0xC9,
};
enum RoutingType : std::uint8_t { kStops = 0, kMobile = 2, kSegments = 4 };

constexpr std::uint32_t kAddress = 16;

/// A byte of padding. Wireshark takes the byte behind it for a length where it says how large the option is.
void addPad1(Fields& out, const Slice& header, std::uint32_t at, const Slice& payload) {
  const std::uint32_t claimed = payload.has(at + 1, 1) ? 2 + payload.bytes[at + 1] : 1;
  Fields& below = addHeading(out, extension("ipv6.opt"), header.span(at, std::min(claimed, payload.size() - at))).fields;
  addNumber(below, extension("ipv6.opt.type"), header.span(at, 1), kPad1);
  addHeading(below, extension("ipv6.opt.pad1"), header.span(at, 1));
}

void addValue(Dissection& d, FieldReader& reader, std::uint8_t type, std::uint32_t at, std::uint32_t size) {
  switch (type) {
  case kPadN:
    addBytes(reader.out(), extension("ipv6.opt.padn"), reader.slice().span(at, size), reader.slice().view(at, size));
    return;
  case kRouterAlert:
    if (size == 2) reader.number(extension("ipv6.opt.router_alert"), at, 2);
    return;
  case kTunnelLimit:
    if (size == 1) reader.number(extension("ipv6.opt.tel"), at, 1);
    return;
  case kJumbo:
    if (size == 4) reader.number(extension("ipv6.opt.jumbo"), at, 4);
    return;
  case kHomeAddress:
    if (size == kAddress) d.sender = reader.address(extension("ipv6.opt.mipv6.home_address"), at);
    return;
  default:
    if (size == 0) return;
    if ((type & 0x1F) == kExperimental) reader.bytes(extension("ipv6.opt.experimental"), at, size);
    else reader.bytes(extension("ipv6.opt.unknown"), at, size);
  }
}

void addOptions(Dissection& d, Fields& out, const Slice& header, const Slice& payload) {
  for (std::uint32_t at = 2; header.has(at, 1);) {
    const std::uint8_t type = header.bytes[at];
    if (type == kPad1) {
      addPad1(out, header, at, payload);
      ++at;
      continue;
    }
    if (!header.has(at, 2)) return d.runOut(header.from(at));
    const std::uint32_t size = header.bytes[at + 1];
    Fields& below = addHeading(out, extension("ipv6.opt"), header.span(at, std::min(2 + size, header.size() - at))).fields;
    Fields& bits = addNumber(below, extension("ipv6.opt.type"), header.span(at, 1), type).fields;
    addNumber(bits, extension("ipv6.opt.type.action"), header.span(at, 1), type >> 6);
    addNumber(bits, extension("ipv6.opt.type.change"), header.span(at, 1), type >> 5 & 1);
    addNumber(bits, extension("ipv6.opt.type.rest"), header.span(at, 1), type & 0x1F);
    addNumber(below, extension("ipv6.opt.length"), header.span(at + 1, 1), size);
    if (!header.has(at + 2, size)) return d.runOut(header.from(at + 2));
    FieldReader reader(d, below, header);
    addValue(d, reader, type, at + 2, size);
    at += 2 + size;
  }
}

void addStops(Dissection& d, FieldReader& reader, std::uint64_t left) {
  const std::uint32_t size = reader.slice().size();
  reader.bytes(extension("ipv6.routing.src.reserved"), 4, 4);
  for (std::uint32_t at = 8; at + kAddress <= size && reader.good(); at += kAddress) {
    const Ipv6Address stop = reader.address(extension("ipv6.routing.src.addr"), at);
    if (left > 0) d.receiver = stop;
  }
}

void addSegments(Dissection& d, FieldReader& reader, std::uint64_t left) {
  const std::uint32_t size = reader.slice().size();
  const std::uint64_t last = reader.number(extension("ipv6.routing.srh.last_entry"), 4, 1);
  reader.number(extension("ipv6.routing.srh.flags"), 5, 1);
  reader.bytes(extension("ipv6.routing.srh.tag"), 6, 2);
  for (std::uint32_t i = 0; i <= last && 8 + (i + 1) * kAddress <= size && reader.good(); ++i) {
    const Ipv6Address segment = reader.address(extension("ipv6.routing.srh.addr"), 8 + i * kAddress);
    if (i == 0 && left > 0) d.receiver = segment;
  }
}

void addRouting(Dissection& d, Fields& out, const Slice& header) {
  FieldReader reader(d, out, header);
  const std::uint64_t type = reader.number(extension("ipv6.routing.type"), 2, 1);
  if (!reader.good()) return;
  if (type == kStops)
    addRemark(reader.last(), {&extension("ipv6.routing.deprecated"), Severity::Note, Group::Deprecated,
                              "Routing header type is deprecated"});
  const std::uint64_t left = reader.number(extension("ipv6.routing.segleft"), 3, 1);
  switch (type) {
  case kStops: return addStops(d, reader, left);
  case kSegments: return addSegments(d, reader, left);
  case kMobile:
    reader.bytes(extension("ipv6.routing.mipv6.reserved"), 4, 4);
    if (header.size() >= 8 + kAddress && left > 0) d.receiver = reader.address(extension("ipv6.routing.mipv6.home_address"), 8);
    return;
  default:
    reader.bytes(extension("ipv6.routing.unknown_data"), 4, header.size() - std::min(header.size(), 4u));
    if (reader.good())
      addRemark(reader.last(), {&extension("ipv6.routing.undecoded"), Severity::Note, Group::Undecoded,
                                "Undecoded IPv6 routing header field"});
  }
}

struct Keys {
  const Field& heading;
  const Field& next;
  const Field& units;
  const Field& size;
};
constexpr Keys kHop{headingIn(kIpv6ExtensionFields, "Hop-by-hop options"), extension("ipv6.hopopts.nxt"), extension("ipv6.hopopts.len"),
                    extension("ipv6.hopopts.len_oct")};
constexpr Keys kDestination{headingIn(kIpv6ExtensionFields, "Destination options"), extension("ipv6.dstopts.nxt"),
                            extension("ipv6.dstopts.len"), extension("ipv6.dstopts.len_oct")};
constexpr Keys kRouting{headingIn(kIpv6ExtensionFields, "Routing header"), extension("ipv6.routing.nxt"), extension("ipv6.routing.len"),
                        extension("ipv6.routing.len_oct")};

}  // namespace

Ipv6Chain dissectIpv6Extensions(Dissection& d, Fields& out, std::uint8_t first, const Slice& payload) {
  Ipv6Chain chain{first, 0, false};
  while (ipv6::isOptionHeader(chain.next)) {
    const Slice rest = payload.from(chain.size);
    if (!rest.has(0, 2)) {
      d.runOut(rest);
      chain.cut = true;
      return chain;
    }
    const Keys& keys = chain.next == ipv6::kHopByHop ? kHop : chain.next == ipv6::kRouting ? kRouting : kDestination;
    const std::uint32_t size = (rest.bytes[1] + 1u) * 8;
    Fields& below = addHeading(out, keys.heading, rest.span(0, std::min(size, rest.size()))).fields;
    addNumber(below, keys.next, rest.span(0, 1), rest.bytes[0], ipProtocolName(rest.bytes[0]));
    addNumber(below, keys.units, rest.span(1, 1), rest.bytes[1]);
    addNumber(below, keys.size, rest.span(1, 1), size).generated = true;
    const Slice header = rest.limited(size);
    if (chain.next == ipv6::kRouting) addRouting(d, below, header);
    else addOptions(d, below, header, rest);
    chain.next = rest.bytes[0];
    chain.size += size;
    if (header.size() < size) {
      d.runOut(header.from(header.size()));
      chain.cut = true;
      return chain;
    }
  }
  return chain;
}

}  // namespace hw::dissect
