#include "core/dissect/field_writer.h"

#include <array>
#include <cstdlib>

#include "core/dissect/common_fields.h"

namespace hw::dissect {
namespace {

constexpr char kHexDigits[] = "0123456789abcdef";

std::string hexNumber(std::uint64_t value, std::uint32_t bytes) {
  std::string text = "0x";
  for (std::uint32_t digit = bytes * 2; digit-- > 0;)
    text += kHexDigits[value >> (digit * 4) & 0xF];
  return text;
}

std::string numberText(Show show, std::uint64_t value, std::uint32_t bytes) {
  switch (show) {
  case Show::Hex:
    return hexNumber(value, bytes);
  case Show::Bool:
    return value != 0 ? "1" : "0";
  case Show::Mac:
    return MacAddress{value}.text();
  case Show::Ipv4:
    return Ipv4Address{static_cast<std::uint32_t>(value)}.text();
  case Show::Seconds:
    return secondsText(static_cast<std::int64_t>(value));
  case Show::UtcTime:
    return utcText(static_cast<std::int64_t>(value));
  case Show::None:
    return {};
  case Show::Dec:
  case Show::Ipv6:
  case Show::Bytes:
  case Show::Text:
    break;
  }
  return std::to_string(value);
}

std::string twoDigits(std::int64_t value) {
  return {static_cast<char>('0' + value / 10 % 10), static_cast<char>('0' + value % 10)};
}

std::string nineDigits(std::int64_t value) {
  const std::string digits = std::to_string(value);
  return std::string(9 - digits.size(), '0') + digits;
}

struct CivilDate {
  std::int64_t year;
  std::int64_t month;  ///< 1 to 12
  std::int64_t day;
};

/// Days since 1970-01-01 in the proleptic Gregorian calendar, counted in years that begin in March
/// so that the leap day is the last one.
CivilDate civilDate(std::int64_t days) {
  const std::int64_t shifted = days + 719468;
  const std::int64_t era = (shifted >= 0 ? shifted : shifted - 146096) / 146097;
  const std::int64_t dayOfEra = shifted - era * 146097;
  const std::int64_t yearOfEra =
      (dayOfEra - dayOfEra / 1460 + dayOfEra / 36524 - dayOfEra / 146096) / 365;
  const std::int64_t dayOfYear = dayOfEra - (365 * yearOfEra + yearOfEra / 4 - yearOfEra / 100);
  const std::int64_t marchMonth = (5 * dayOfYear + 2) / 153;
  const std::int64_t month = marchMonth < 10 ? marchMonth + 3 : marchMonth - 9;
  return {yearOfEra + era * 400 + (month <= 2), month, dayOfYear - (153 * marchMonth + 2) / 5 + 1};
}

}  // namespace

TreeField& addText(Fields& out, const Field& about, Span where, std::string show, Text word) {
  TreeField& field = out.emplace_back();
  field.about = &about;
  field.show = std::move(show);
  field.word = word;
  field.where = where;
  return field;
}

TreeField& addNumber(Fields& out, const Field& about, Span where, std::uint64_t value, Text word) {
  return addText(out, about, where, numberText(about.show, value, where.size), word);
}

TreeField& addAddress(Fields& out, const Field& about, Span where, Ipv6Address address) {
  return addText(out, about, where, address.text());
}

TreeField& addBytes(Fields& out, const Field& about, Span where, ByteView bytes) {
  return addText(out, about, where, colonHex(bytes));
}

TreeField& addHeading(Fields& out, const Field& about, Span where) {
  return addText(out, about, where, {});
}

void addRemark(Fields& out, std::uint32_t pos, Remark remark) {
  TreeField& expert = addHeading(out, common("_ws.expert"), {pos, 0});
  expert.generated = true;
  Fields& fields = expert.fields;
  fields.reserve(4);
  addHeading(fields, *remark.about, {}).generated = true;
  TreeField& message = addText(fields, common("_ws.expert.message"), {}, std::move(remark.message));
  message.hidden = message.generated = true;
  addNumber(fields, common("_ws.expert.severity"), {}, static_cast<std::uint32_t>(remark.severity))
      .generated = true;
  addNumber(fields, common("_ws.expert.group"), {}, static_cast<std::uint32_t>(remark.group))
      .generated = true;
}

void addRemark(TreeField& field, Remark remark) {
  addRemark(field.fields, field.where.pos, std::move(remark));
}

std::string colonHex(ByteView bytes) {
  std::string text;
  text.reserve(bytes.size() * 3);
  for (const std::uint8_t byte : bytes) {
    if (!text.empty()) text += ':';
    text += kHexDigits[byte >> 4];
    text += kHexDigits[byte & 0xF];
  }
  return text;
}

std::string hexByte(std::uint8_t byte) {
  return {kHexDigits[byte >> 4], kHexDigits[byte & 0xF]};
}

std::string fourDigits(std::uint16_t value) {
  return "0x" + hexByte(static_cast<std::uint8_t>(value >> 8)) + hexByte(static_cast<std::uint8_t>(value));
}

std::string secondsText(std::int64_t ns) {
  const bool negative = ns < 0;
  const std::uint64_t size =
      negative ? ~static_cast<std::uint64_t>(ns) + 1 : static_cast<std::uint64_t>(ns);
  return (negative ? "-" : "") + std::to_string(size / 1'000'000'000) + "." +
         nineDigits(static_cast<std::int64_t>(size % 1'000'000'000));
}

std::string millisecondsText(std::int64_t ns) {
  constexpr std::int64_t kMillisecond = 1'000'000;
  const std::string fraction = std::to_string(kMillisecond + std::abs(ns % kMillisecond)).substr(1);
  std::string text = (ns < 0 ? "-" : "") + std::to_string(std::abs(ns / kMillisecond)) + "." + fraction;
  while (text.back() == '0') text.pop_back();
  if (text.back() == '.') text.pop_back();
  return text;
}

std::string utcText(std::int64_t ns) {
  static constexpr std::array kMonths{"Jan", "Feb", "Mar", "Apr", "May", "Jun",
                                      "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"};
  constexpr std::int64_t kSecond = 1'000'000'000;
  const std::int64_t fraction = (ns % kSecond + kSecond) % kSecond;
  const std::int64_t seconds = (ns - fraction) / kSecond;
  const std::int64_t ofDay = (seconds % 86400 + 86400) % 86400;
  const CivilDate date = civilDate((seconds - ofDay) / 86400);
  const std::string day = date.day < 10 ? " " + std::to_string(date.day) : std::to_string(date.day);
  return std::string(kMonths[static_cast<std::size_t>(date.month - 1)]) + " " + day + ", " +
         std::to_string(date.year) + " " + twoDigits(ofDay / 3600) + ":" +
         twoDigits(ofDay / 60 % 60) + ":" + twoDigits(ofDay % 60) + "." + nineDigits(fraction) +
         " UTC";
}

}  // namespace hw::dissect
