// RFC 791 3.1 "Specific Option Definitions", RFC 2113 (router alert), RFC 1063 and 1393 (historic).
#include <algorithm>
#include <array>

#include "core/dissect/ipv4_fields.h"
#include "core/dissect/protocols.h"
#include "core/dissect/value_names.h"

namespace hw::dissect {
namespace {

using Body = void (*)(Fields& out, const Slice& option);

/// Type, length and pointer come before the first address.
constexpr std::uint32_t kFirstPointer = 4;

void addWord(Fields& out, const Field& about, const Slice& option, std::uint32_t at,
             std::uint32_t size) {
  if (option.has(at, size)) addNumber(out, about, option.span(at, size), option.number(at, size));
}

struct RouteKeys {
  const Field& address;
  const Field& host;
};

/// The pointer; result: false if it shows nowhere sensible.
bool addPointer(Fields& out, const Slice& option) {
  const std::uint64_t pointer = option.number(2, 1);
  TreeField& field = addNumber(out, ip("ip.opt.ptr"), option.span(2, 1), pointer);
  if (pointer < kFirstPointer) {
    addRemark(field, {&ip("ip.opt.ptr.before_address"), Severity::Warning, Group::Protocol,
                      "Pointer points before first address"});
    return false;
  }
  if (pointer % 4 == 0) return true;
  addRemark(field, {&ip("ip.opt.ptr.middle_address"), Severity::Warning, Group::Protocol,
                    "Pointer points to middle of address"});
  return false;
}

/// The addresses of a route option. Those before the pointer were written by routers; `ahead` names
/// the others; `last` addresses at the end stand elsewhere in the tree already.
void addRoute(Fields& out, const Slice& option, const RouteKeys& ahead, std::uint32_t last) {
  static constexpr RouteKeys kRecorded{ip("ip.rec_rt"), ip("ip.rec_rt_host")};
  if (!addPointer(out, option)) return;
  const std::uint64_t pointer = option.number(2, 1);
  for (std::uint32_t at = 3; option.has(at, 4 + last * 4); at += 4) {
    const RouteKeys& keys = at + 1 < pointer ? kRecorded : ahead;
    const std::uint64_t address = option.number(at, 4);
    addNumber(out, keys.address, option.span(at, 4), address);
    addText(out, keys.host, option.span(at, 4),
            Ipv4Address{static_cast<std::uint32_t>(address)}.text())
        .hidden = true;
  }
}

void addRecordRoute(Fields& out, const Slice& option) {
  static constexpr RouteKeys kEmpty{ip("ip.empty_rt"), ip("ip.empty_rt_host")};
  addRoute(out, option, kEmpty, 0);
}

void addSourceRoute(Fields& out, const Slice& option) {
  static constexpr RouteKeys kAhead{ip("ip.src_rt"), ip("ip.src_rt_host")};
  const bool pending = option.number(2, 1) <= option.size();
  addRoute(out, option, kAhead, pending ? 1 : 0);
}

void addTimestamps(Fields& out, const Slice& option) {
  addNumber(out, ip("ip.opt.ptr"), option.span(2, 1), option.number(2, 1));
  const std::uint64_t flag = option.number(3, 1) & 0xF;
  addNumber(out, ip("ip.opt.overflow"), option.span(3, 1), option.number(3, 1) >> 4);
  addNumber(out, ip("ip.opt.flag"), option.span(3, 1), flag);
  const bool addresses = flag != 0;
  for (std::uint32_t at = 4; option.has(at, addresses ? 8 : 4); at += 4) {
    if (addresses) {
      addWord(out, ip("ip.opt.time_stamp_addr"), option, at, 4);
      at += 4;
    }
    addWord(out, ip("ip.opt.time_stamp"), option, at, 4);
  }
}

void addRouterAlert(Fields& out, const Slice& option) {
  addWord(out, ip("ip.opt.ra"), option, 2, 2);
}
void addStreamId(Fields& out, const Slice& option) {
  addWord(out, ip("ip.opt.sid"), option, 2, 2);
}
void addMtu(Fields& out, const Slice& option) {
  addWord(out, ip("ip.opt.mtu"), option, 2, 2);
}

void addTraceroute(Fields& out, const Slice& option) {
  addWord(out, ip("ip.opt.id_number"), option, 2, 2);
  addWord(out, ip("ip.opt.ohc"), option, 4, 2);
  addWord(out, ip("ip.opt.rhc"), option, 6, 2);
  addWord(out, ip("ip.opt.originator"), option, 8, 4);
}

/// Printable characters up to the first zero.
std::string markings(ByteView bytes) {
  std::string text;
  for (const std::uint8_t byte : bytes) {
    if (byte == 0) break;
    text += byte >= 0x20 && byte < 0x7F ? static_cast<char>(byte) : '?';
  }
  return text;
}

void addSecurity(Fields& out, const Slice& option) {
  addWord(out, ip("ip.opt.sec_rfc791_sec"), option, 2, 2);
  addWord(out, ip("ip.opt.sec_rfc791_comp"), option, 4, 2);
  addText(out, ip("ip.opt.sec_rfc791_hr"), option.span(6, 2), markings(option.view(6, 2)));
  addText(out, ip("ip.opt.sec_rfc791_tcc"), option.span(8, 3), markings(option.view(8, 3)));
}

struct OptionRow {
  std::uint8_t type;
  std::uint8_t leastSize;  ///< 1: there is no length byte
  const Field& about;
  Body body;
};

constexpr OptionRow kRows[] = {
    {0, 1, ip("ip.options.eol"), nullptr},
    {1, 1, ip("ip.options.nop"), nullptr},
    {7, 3, ip("ip.options.record_route"), addRecordRoute},
    {11, 4, ip("ip.options.mtu_probe"), addMtu},
    {12, 4, ip("ip.options.mtu_reply"), addMtu},
    {68, 4, ip("ip.options.timestamp"), addTimestamps},
    {82, 12, ip("ip.options.traceroute"), addTraceroute},
    {130, 11, ip("ip.options.security"), addSecurity},
    {131, 3, ip("ip.options.route"), addSourceRoute},
    {136, 4, ip("ip.options.sid"), addStreamId},
    {137, 3, ip("ip.options.source_route"), addSourceRoute},
    {148, 4, ip("ip.options.routeralert"), addRouterAlert},
};

const OptionRow* rowOf(std::uint8_t type) {
  const auto row = std::find_if(std::begin(kRows), std::end(kRows),
                                [type](const OptionRow& r) { return r.type == type; });
  return row == std::end(kRows) ? nullptr : row;
}

void addType(Fields& out, const Slice& option) {
  const Span where = option.span(0, 1);
  const std::uint64_t type = option.number(0, 1);
  Fields& below = addNumber(out, ip("ip.opt.type"), where, type, ipOptionName(type)).fields;
  addNumber(below, ip("ip.opt.type.copy"), where, type >> 7, yesName(type >> 7));
  addNumber(below, ip("ip.opt.type.class"), where, type >> 5 & 3);
  addNumber(below, ip("ip.opt.type.number"), where, type & 0x1F);
}

std::string optionName(std::uint8_t type) {
  const Text name = ipOptionName(type);
  if (!name.en.empty()) return std::string(name.en);
  return "Unknown (0x" + hexByte(type) + ")";
}

/// A length that cannot be: the rest of the options is not read.
void addInvalid(Dissection& d, Fields& out, const Slice& rest, std::string complaint) {
  TreeField& field = addHeading(out, kIpv4UnknownOption, {rest.pos, std::min(rest.size(), 2u)});
  const Remark remark{&ip("ip.opt.len.invalid"), Severity::Warning, Group::Protocol,
                      optionName(rest.bytes[0]) + " " + complaint};
  addRemark(field, remark);
  d.markMalformed({rest.pos, rest.size()}, remark);
}

std::string byteCount(std::uint32_t count) {
  return std::to_string(count) + (count == 1 ? " byte" : " bytes");
}

/// An option with a length byte; result: its size, 0 if the rest cannot be read.
std::uint32_t addSized(Dissection& d, Fields& out, const Slice& rest, const OptionRow* row) {
  const auto size = rest.has(1, 1) ? static_cast<std::uint32_t>(rest.number(1, 1)) : 0;
  if (size < 2) {
    addInvalid(d, out, rest, "(with too-short option length = " + byteCount(size) + ")");
    return 0;
  }
  if (size > rest.size()) {
    addInvalid(d, out, rest,
               "(option length = " + byteCount(size) + " says option goes past end of options)");
    return 0;
  }
  const Slice option = rest.limited(size);
  if (row == nullptr) {
    addHeading(out, kIpv4UnknownOption, option.span(0, size));
    return size;
  }
  if (size < row->leastSize) {
    addInvalid(d, out, rest, "(with too-short option length = " + byteCount(size) + ")");
    return size;
  }
  Fields& below = addBytes(out, row->about, option.span(0, size), option.bytes).fields;
  addType(below, option);
  addNumber(below, ip("ip.opt.len"), option.span(1, 1), size);
  row->body(below, option);
  return size;
}

}  // namespace

void dissectIpv4Options(Dissection& d, Fields& out, const Slice& options) {
  constexpr std::uint8_t kEnd = 0, kNop = 1;
  constexpr int kSuspiciousNops = 4;
  Fields& below = addHeading(out, kIpv4Options, {options.pos, options.size()}).fields;
  int nops = 0;
  for (std::uint32_t at = 0; at < options.size();) {
    const Slice rest = options.from(at);
    const std::uint8_t type = rest.bytes[0];
    const OptionRow* row = rowOf(type);
    if (row == nullptr || row->leastSize > 1) {
      const std::uint32_t size = addSized(d, below, rest, row);
      if (size == 0) return;
      at += size;
      nops = 0;
      continue;
    }
    const Slice option = rest.limited(1);
    addType(addBytes(below, row->about, option.span(0, 1), option.bytes).fields, option);
    ++at;
    nops = type == kNop ? nops + 1 : 0;
    if (nops == kSuspiciousNops) {
      addRemark(below, options.pos,
                {&ip("ip.nop"), Severity::Warning, Group::Protocol,
                 "4 NOP in a row - a router may have removed some options"});
      nops = 0;
    }
    if (type == kEnd) return;
  }
}

}  // namespace hw::dissect
