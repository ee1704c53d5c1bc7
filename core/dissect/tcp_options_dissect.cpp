// RFC 9293 3.1, RFC 7323 (scale, timestamps), RFC 2018 and 2883 (SACK).
#include <algorithm>

#include "core/dissect/tcp_fields.h"
#include "core/dissect/tcp_options.h"
#include "core/dissect/value_names.h"

namespace hw::dissect {
namespace {

constexpr std::uint32_t kMaxShift = 14;

bool before(std::uint32_t a, std::uint32_t b) {
  return static_cast<std::int32_t>(a - b) < 0;
}

const tcp::OptionInfo* infoOf(std::uint8_t kind) {
  const auto info = std::find_if(std::begin(tcp::kOptions), std::end(tcp::kOptions),
                                 [kind](const tcp::OptionInfo& o) { return o.kind == kind; });
  return info == std::end(tcp::kOptions) ? nullptr : info;
}

std::string optionName(std::uint8_t kind) {
  const tcp::OptionInfo* info = infoOf(kind);
  if (info != nullptr) return std::string(info->field.label.en);
  return "Unknown (0x" + hexByte(kind) + ")";
}

/// One option while its fields are written.
struct Writer {
  const TcpOptionBytes& bytes;
  Slice option;
  Fields& out;

  TreeField& number(const Field& about, std::uint32_t at, std::uint32_t size) {
    return addNumber(out, about, option.span(at, size), option.number(at, size));
  }
};

void addSegmentSize(Writer& w) {
  w.number(tcpField("tcp.options.mss_val"), 2, 2);
}

void addWindowScale(Writer& w) {
  const auto shift = static_cast<std::uint32_t>(w.option.number(2, 1));
  TreeField& field = w.number(tcpField("tcp.options.wscale.shift"), 2, 1);
  if (shift > kMaxShift)
    addRemark(field, {&tcpField("tcp.options.wscale.shift.invalid"), Severity::Warning,
                      Group::Protocol, "Window scale shift exceeds 14"});
  addNumber(w.out, tcpField("tcp.options.wscale.multiplier"), w.option.span(2, 1),
            std::uint64_t{1} << std::min(shift, kMaxShift))
      .generated = true;
}

/// The first block repeats what the acknowledgment covers: something arrived twice (RFC 2883 4).
void addDuplicateSack(Writer& w, std::uint32_t left, std::uint32_t right) {
  const Span blocks = w.option.span(2, 8);
  addNumber(w.out, tcpField("tcp.options.sack.dsack_le"), w.option.span(2, 4), left).generated =
      true;
  addNumber(w.out, tcpField("tcp.options.sack.dsack_re"), w.option.span(6, 4), right).generated =
      true;
  TreeField& heading = addHeading(w.out, headingIn(kTcpFields, "D-SACK sequence"), blocks);
  addRemark(heading, {&tcpField("tcp.options.sack.dsack"), Severity::Warning, Group::Sequence,
                      "D-SACK Sequence"});
}

void addSack(Writer& w) {
  const std::uint32_t base = w.bytes.sight.ackBase;
  std::uint32_t count = 0;
  for (std::uint32_t at = 2; w.option.has(at, 8); at += 8, ++count) {
    const auto left = static_cast<std::uint32_t>(w.option.number(at, 4)) - base;
    const auto right = static_cast<std::uint32_t>(w.option.number(at + 4, 4)) - base;
    addNumber(w.out, tcpField("tcp.options.sack_le"), w.option.span(at, 4), left);
    addNumber(w.out, tcpField("tcp.options.sack_re"), w.option.span(at + 4, 4), right);
  }
  addNumber(w.out, tcpField("tcp.options.sack.count"), w.option.span(0, 0), count).generated = true;
  if (count == 0) return;
  const auto first = static_cast<std::uint32_t>(w.option.number(2, 4));
  if (!before(first, w.bytes.header.acknowledgment)) return;
  addDuplicateSack(w, first - base, static_cast<std::uint32_t>(w.option.number(6, 4)) - base);
}

void addTimestamps(Writer& w) {
  w.number(tcpField("tcp.options.timestamp.tsval"), 2, 4);
  w.number(tcpField("tcp.options.timestamp.tsecr"), 6, 4);
}

void addBody(Writer& w, std::uint8_t kind) {
  switch (kind) {
  case tcp::kMaximumSegmentSize:
    return addSegmentSize(w);
  case tcp::kWindowScale:
    return addWindowScale(w);
  case tcp::kSack:
    return addSack(w);
  case tcp::kTimestamps:
    return addTimestamps(w);
  default:
    return;
  }
}

/// An option that cannot be read, and so ends the list.
void addInvalid(Dissection& d, Fields& out, const Slice& rest, std::string complaint) {
  const std::string message = optionName(rest.bytes[0]) + " " + complaint;
  TreeField& field = addHeading(out, headingIn(kTcpFields, "Invalid option"),
                                {rest.pos, std::min(rest.size(), 2u)});
  const Remark remark{&tcpField("tcp.option.len.invalid"), Severity::Note, Group::Sequence,
                      message};
  addRemark(field, remark);
  d.markMalformed({rest.pos, rest.size()}, remark);
}

std::string byteCount(std::uint32_t count) {
  return std::to_string(count) + (count == 1 ? " byte" : " bytes");
}

void addUnknown(Fields& out, const Slice& option) {
  TreeField& field =
      addBytes(out, tcpField("tcp.options.unknown"), option.span(0, option.size()), option.bytes);
  const Slice payload = option.from(2);
  addNumber(field.fields, tcpField("tcp.option_kind"), option.span(0, 1), option.number(0, 1),
            tcpOptionName(option.number(0, 1)));
  addNumber(field.fields, tcpField("tcp.option_len"), option.span(1, 1), option.number(1, 1));
  if (!payload.bytes.empty())
    addBytes(field.fields, tcpField("tcp.options.unknown.payload"), {payload.pos, payload.size()},
             payload.bytes);
}

/// An option with its own fields.
void addKnown(const TcpOptionBytes& bytes, Fields& out, const Slice& option,
              const tcp::OptionInfo& info) {
  TreeField& field = addBytes(out, info.field, option.span(0, option.size()), option.bytes);
  if (info.kind == tcp::kMaximumSegmentSize && !bytes.header.has(tcp::kSyn))
    addRemark(field, {&tcpField("tcp.options.mss.present"), Severity::Warning, Group::Protocol,
                      "The non-SYN packet does contain a MSS option"});
  addNumber(field.fields, tcpField("tcp.option_kind"), option.span(0, 1), info.kind,
            tcpOptionName(info.kind));
  if (info.size == 1) return;
  TreeField& length =
      addNumber(field.fields, tcpField("tcp.option_len"), option.span(1, 1), option.size());
  if (info.size != 0 && option.size() != info.size) {
    addRemark(length, {&tcpField("tcp.option.len.invalid"), Severity::Note, Group::Sequence,
                       "option length should be " + std::to_string(info.size)});
    return;
  }
  Writer writer{bytes, option, field.fields};
  addBody(writer, info.kind);
}

/// Result: the option's size, 0 if the list cannot be read further.
std::uint32_t addOption(Dissection& d, const TcpOptionBytes& bytes, Fields& out,
                        const Slice& rest) {
  const std::uint8_t kind = rest.bytes[0];
  const tcp::OptionInfo* info = infoOf(kind);
  if (info != nullptr && info->size == 1) {
    addKnown(bytes, out, rest.limited(1), *info);
    return 1;
  }
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
  if (info == nullptr)
    addUnknown(out, rest.limited(size));
  else
    addKnown(bytes, out, rest.limited(size), *info);
  return size;
}

/// Calls `use(kind, option)` for each well-formed option.
template <class Use> void forEachOption(const Slice& options, Use&& use) {
  for (std::uint32_t at = 0; at < options.size();) {
    const Slice rest = options.from(at);
    const std::uint8_t kind = rest.bytes[0];
    if (kind == tcp::kEndOfOptions) return;
    if (kind == tcp::kNoOperation) {
      ++at;
      continue;
    }
    const auto size = rest.has(1, 1) ? static_cast<std::uint32_t>(rest.number(1, 1)) : 0;
    if (size < 2 || size > rest.size()) return;
    use(kind, rest.limited(size));
    at += size;
  }
}

}  // namespace

TcpOptions scanTcpOptions(const Slice& options) {
  TcpOptions found;
  forEachOption(options, [&](std::uint8_t kind, const Slice& option) {
    if (kind == tcp::kWindowScale && option.size() == 3)
      found.windowShift = static_cast<int>(std::min<std::uint64_t>(option.number(2, 1), kMaxShift));
    if (kind != tcp::kSack) return;
    for (std::uint32_t at = 2; option.has(at, 8); at += 8)
      found.sacked += static_cast<std::uint32_t>(option.number(at + 4, 4) - option.number(at, 4));
  });
  return found;
}

void dissectTcpOptions(Dissection& d, Fields& out, const TcpOptionBytes& bytes) {
  const Slice& options = bytes.options;
  TreeField& heading =
      addBytes(out, tcpField("tcp.options"), {options.pos, options.size()}, options.bytes);
  if (options.size() < bytes.headerSize - tcp::kHeaderSize) return;
  bool segmentSize = false;
  for (std::uint32_t at = 0; at < options.size();) {
    const Slice rest = options.from(at);
    segmentSize |= rest.bytes[0] == tcp::kMaximumSegmentSize;
    const std::uint32_t size = addOption(d, bytes, heading.fields, rest);
    if (size == 0) return;
    at += size;
  }
  if (bytes.header.has(tcp::kSyn) && !segmentSize)
    addRemark(heading, {&tcpField("tcp.options.mss.absent"), Severity::Note, Group::Protocol,
                        "The SYN packet does not contain a MSS option"});
}

std::string printableText(ByteView bytes) {
  std::string text;
  for (const std::uint8_t byte : bytes) {
    if (byte >= 0x20 && byte < 0x7F)
      text += static_cast<char>(byte);
    else
      text += "\uFFFD";
  }
  return text;
}

}  // namespace hw::dissect
