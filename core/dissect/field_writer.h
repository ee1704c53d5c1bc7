// Adding fields to a layer: the value is written as the field's table says.
#pragma once

#include "core/dissect/packet_tree.h"

namespace hw::dissect {

using Fields = std::vector<TreeField>;

/// Appends a field; the reference is good until the next field is added to `out`.
TreeField& addText(Fields& out, const Field& about, Span where, std::string show, Text word = {});
/// A number in the notation of the field: decimal, hexadecimal with two digits a byte, 0 or 1, a
/// MAC or IPv4 address.
TreeField& addNumber(Fields& out, const Field& about, Span where, std::uint64_t value,
                     Text word = {});
TreeField& addAddress(Fields& out, const Field& about, Span where, Ipv6Address address);
/// "0a:0b:0c".
TreeField& addBytes(Fields& out, const Field& about, Span where, ByteView bytes);
/// A label with fields below it.
TreeField& addHeading(Fields& out, const Field& about, Span where);

/// How serious a remark is and what it is about, in Wireshark's numbers (epan/proto.h).
enum class Severity : std::uint32_t {
  Chat = 0x200000,
  Note = 0x400000,
  Warning = 0x600000,
  Error = 0x800000
};
enum class Group : std::uint32_t {
  Sequence = 0x2000000,
  Malformed = 0x7000000,
  Protocol = 0x9000000,
  Checksum = 0x1000000,
  Undecoded = 0x5000000,
  Deprecated = 0xE000000
};
struct Remark {
  const Field* about;
  Severity severity;
  Group group;
  std::string message;  ///< in English, as Wireshark says it; the label is in both languages
};
/// Adds an expert remark below `field`.
void addRemark(TreeField& field, Remark remark);
/// The same below any list of fields; `pos` is where the remark points.
void addRemark(Fields& out, std::uint32_t pos, Remark remark);

std::string colonHex(ByteView bytes);
/// Two digits.
std::string hexByte(std::uint8_t byte);
/// "0x0a0b".
std::string fourDigits(std::uint16_t value);
/// "0.000012345": nanoseconds as seconds with nine digits.
std::string secondsText(std::int64_t ns);
/// "0.011577": nanoseconds as milliseconds without trailing zeros.
std::string millisecondsText(std::int64_t ns);
/// "Nov 22, 2026 07:37:40.521535589 UTC".
std::string utcText(std::int64_t ns);

}  // namespace hw::dissect
