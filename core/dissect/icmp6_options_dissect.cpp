// RFC 4861 4.6; RFC 4191, 8106, 3971 for single options.
#include <algorithm>

#include "core/dissect/icmp6_fields.h"
#include "core/dissect/protocols.h"
#include "core/dissect/value_names.h"
#include "core/proto/nd/nd_wire.h"

namespace hw::dissect {
namespace {

constexpr std::uint32_t kAddress = 16;

void addLinkAddress(FieldReader& reader, const Field& which) {
  reader.number(ndOption("icmpv6.opt.linkaddr"), 2, 6);
  reader.number(which, 2, 6);
  if (reader.good()) reader.last().hidden = true;
}

void addPrefix(FieldReader& reader) {
  const Slice& option = reader.slice();
  reader.number(ndOption("icmpv6.opt.prefix.length"), 2, 1);
  const std::uint64_t flags = reader.number(ndOption("icmpv6.opt.prefix.flag"), 3, 1);
  if (!reader.good()) return;
  Fields& below = reader.last().fields;
  const Span where = option.span(3, 1);
  addNumber(below, ndOption("icmpv6.opt.prefix.flag.l"), where, flags >> 7 & 1, setName(flags >> 7 & 1));
  addNumber(below, ndOption("icmpv6.opt.prefix.flag.a"), where, flags >> 6 & 1, setName(flags >> 6 & 1));
  addNumber(below, ndOption("icmpv6.opt.prefix.flag.r"), where, flags >> 5 & 1, setName(flags >> 5 & 1));
  addNumber(below, ndOption("icmpv6.opt.prefix.flag.reserved"), where, flags & 0x1F);
  reader.number(ndOption("icmpv6.opt.prefix.valid_lifetime"), 4, 4);
  reader.number(ndOption("icmpv6.opt.prefix.preferred_lifetime"), 8, 4);
  if (reader.need(12, 4)) addHeading(reader.out(), ndOption("icmpv6.opt.reserved"), option.span(12, 4));
  reader.address(ndOption("icmpv6.opt.prefix"), 16);
}

/// A prefix that leaves out what is zero behind it.
void addRoute(FieldReader& reader) {
  const Slice& option = reader.slice();
  reader.number(ndOption("icmpv6.opt.prefix.length"), 2, 1);
  const std::uint64_t flags = reader.number(ndOption("icmpv6.opt.route_info.flag"), 3, 1);
  if (!reader.good()) return;
  Fields& below = reader.last().fields;
  addNumber(below, ndOption("icmpv6.opt.route_info.flag.route_preference"), option.span(3, 1), flags >> 3 & 3);
  addNumber(below, ndOption("icmpv6.opt.route_info.flag.reserved"), option.span(3, 1), (flags >> 5 << 3) | (flags & 7));
  reader.number(ndOption("icmpv6.opt.route_lifetime"), 4, 4);
  if (!reader.good()) return;
  const std::uint32_t size = std::min(option.size() - 8, kAddress);
  if (size == 0) return;
  Ipv6Address prefix{option.number(8, std::min(size, 8u)), size > 8 ? option.number(16, size - 8) : 0};
  if (size < 8) prefix.high <<= (8 - size) * 8;
  if (size > 8 && size < kAddress) prefix.low <<= (kAddress - size) * 8;
  addAddress(reader.out(), ndOption("icmpv6.opt.prefix"), option.span(8, size), prefix);
}

void addDnsServers(FieldReader& reader) {
  const Slice& option = reader.slice();
  addHeading(reader.out(), ndOption("icmpv6.opt.reserved"), option.span(2, 2));
  reader.number(ndOption("icmpv6.opt.rdnss.lifetime"), 4, 4);
  for (std::uint32_t at = 8; at + kAddress <= option.size() && reader.good(); at += kAddress)
    reader.address(ndOption("icmpv6.opt.rdnss"), at);
}

/// Names as DNS has them; they end with an empty label, and the option with zeros.
void addDnsSearch(FieldReader& reader) {
  const Slice& option = reader.slice();
  addHeading(reader.out(), ndOption("icmpv6.opt.reserved"), option.span(2, 2));
  reader.number(ndOption("icmpv6.opt.dnssl.lifetime"), 4, 4);
  std::uint32_t at = 8;
  while (reader.good() && option.has(at, 1) && option.bytes[at] != 0) {
    const std::uint32_t start = at;
    std::string name;
    while (option.has(at, 1) && option.bytes[at] != 0 && option.has(at + 1, option.bytes[at])) {
      if (!name.empty()) name += '.';
      for (std::uint32_t i = 1; i <= option.bytes[at]; ++i) {
        const char letter = static_cast<char>(option.bytes[at + i]);
        name += letter > ' ' && letter <= '~' ? letter : '?';
      }
      at += option.bytes[at] + 1u;
    }
    if (!option.has(at, 1) || option.bytes[at] != 0) break;  // a label that goes past the end
    ++at;
    addText(reader.out(), ndOption("icmpv6.opt.dnssl"), option.span(start, at - start), name);
  }
  if (reader.good() && at < option.size()) addHeading(reader.out(), ndOption("icmpv6.opt.padding"), option.span(at, option.size() - at));
}

void addRedirected(Dissection& d, FieldReader& reader, std::uint8_t self) {
  const Slice& option = reader.slice();
  if (!reader.need(2, 6)) return;
  addHeading(reader.out(), ndOption("icmpv6.opt.reserved"), option.span(2, 6));
  const Slice quoted = option.from(8);
  addHeading(reader.out(), ndOption("icmpv6.opt.redirected_packet"), option.span(8, quoted.size()));
  if (!quoted.bytes.empty()) dissectQuotedIpv6(d, self, quoted);
}

void addOption(Dissection& d, FieldReader& reader, std::uint64_t type, std::uint8_t self) {
  const Slice& option = reader.slice();
  switch (type) {
  case nd::kSourceAddress: return addLinkAddress(reader, ndOption("icmpv6.opt.src_linkaddr"));
  case nd::kTargetAddress: return addLinkAddress(reader, ndOption("icmpv6.opt.target_linkaddr"));
  case nd::kPrefix: return addPrefix(reader);
  case nd::kRedirected: return addRedirected(d, reader, self);
  case nd::kMtu:
    addHeading(reader.out(), ndOption("icmpv6.opt.reserved"), option.span(2, 2));
    reader.number(ndOption("icmpv6.opt.mtu"), 4, 4);
    return;
  case nd::kNonce: return reader.bytes(ndOption("icmpv6.opt.nonce"), 2, option.size() - 2);
  case nd::kRoute: return addRoute(reader);
  case nd::kDnsServers: return addDnsServers(reader);
  case nd::kDnsSearch: return addDnsSearch(reader);
  default: return reader.bytes(ndOption("icmpv6.unknown_data"), 2, option.size() - 2);
  }
}

}  // namespace

void dissectNdOptions(Dissection& d, Fields& out, const Slice& options, std::uint8_t self) {
  for (Slice rest = options; !rest.bytes.empty();) {
    const std::uint32_t claimed = rest.has(1, 1) ? rest.bytes[1] * 8u : 0;
    TreeField& field = addHeading(out, ndOption("icmpv6.opt"), rest.span(0, std::min(claimed, rest.size())));
    FieldReader reader(d, field.fields, rest.limited(claimed == 0 ? rest.reported : claimed));
    const std::uint64_t type = reader.number(ndOption("icmpv6.opt.type"), 0, 1, icmp6OptionName);
    reader.number(ndOption("icmpv6.opt.length"), 1, 1);
    if (!reader.good()) return;
    if (claimed == 0) {
      const Remark remark{&ndOption("icmpv6.invalid_option_length"), Severity::Error, Group::Malformed, "Invalid option length (Zero)"};
      addRemark(reader.last(), remark);
      return d.markMalformed(rest.span(1, 1), remark);
    }
    if (claimed > rest.size()) return d.runOut(rest.from(rest.size()));
    addOption(d, reader, type, self);
    rest = rest.from(claimed);
  }
}

}  // namespace hw::dissect
