// IGMP version 3 membership reports (RFC 3376 4.2): a header, then one record for each group.
#pragma once

#include <algorithm>
#include <optional>
#include <vector>

#include "core/base/time.h"
#include "core/wire/checksum.h"
#include "core/wire/schema.h"

namespace hw::igmp {

inline constexpr std::uint32_t kHeaderSize = 8;
inline constexpr std::uint32_t kRecordSize = 8;

enum Type : std::uint8_t { kQuery = 0x11, kReportV1 = 0x12, kReportV2 = 0x16, kLeave = 0x17, kReportV3 = 0x22 };
enum RecordType : std::uint8_t { kIsInclude = 1, kIsExclude = 2, kToInclude = 3, kToExclude = 4 };

/// A report without its records.
struct Report {
  std::uint8_t type = kReportV3;
  std::uint8_t reserved = 0;
  std::uint16_t checksum = 0;
  std::uint16_t reserved2 = 0;
  std::uint16_t records = 0;
  bool operator==(const Report&) const = default;
};

struct Record {
  std::uint8_t type = kToExclude;
  std::uint8_t auxiliary = 0;
  std::uint16_t sources = 0;
  Ipv4Address group;
  bool operator==(const Record&) const = default;
};

inline constexpr Duration kQueryInterval = seconds(125);    ///< RFC 3376 8.2
inline constexpr Duration kResponseInterval = seconds(10);  ///< RFC 3376 8.3
inline constexpr Ipv4Address kAllSystems{0xE0000001u}, kAllRouters{0xE0000002u}, kAllSnoopers{0xE000006Au};
inline constexpr Ipv4Address kAllReports{0xE0000016u};

/// A query as it stands in a message.
struct Query {
  Ipv4Address group;   ///< 0.0.0.0: all groups
  Duration maxDelay;
  bool older = false;  ///< of version 1 or 2
};
/// The query in a message, if it is one with a right checksum.
inline std::optional<Query> readQuery(ByteView message) {
  constexpr std::size_t kShort = 8, kLong = 12;
  const bool v3 = message.size() >= kLong;
  if ((message.size() != kShort && !v3) || message[0] != kQuery || internetChecksum(message) != 0) return std::nullopt;
  const std::uint8_t code = message[1];
  // RFC 3376 4.1.1: from 128 on an exponent and a mantissa.
  std::int64_t tenths = v3 && code >= 128 ? std::int64_t{(code & 0xF) | 0x10} << ((code >> 4 & 7) + 3) : code;
  if (!v3 && code == 0) tenths = 100;  // version 1
  return Query{{load32(message.data() + 4)}, milliseconds(std::max<std::int64_t>(tenths, 1) * 100), !v3};
}

/// The group of a report of version 1 or 2.
inline std::optional<Ipv4Address> readOlderReport(ByteView message) {
  const bool report = message.size() >= kHeaderSize && (message[0] == kReportV1 || message[0] == kReportV2);
  if (!report || internetChecksum(message) != 0) return std::nullopt;
  return Ipv4Address{load32(message.data() + 4)};
}

/// A message of version 2, and queries: type, time in tenths of a second, group.
inline std::vector<std::uint8_t> encodeShort(Type type, std::uint8_t code, Ipv4Address group) {
  std::vector<std::uint8_t> message(kHeaderSize);
  message[0] = type;
  message[1] = code;
  store32(message.data() + 4, group.value);
  store16(message.data() + 2, internetChecksum(message));
  return message;
}

}  // namespace hw::igmp

namespace hw {

template <> struct Schema<igmp::Report> {
  static constexpr SchemaInfo info{
      "igmp", {"Internet Group Management Protocol", "互联网组管理协议"}, "RFC 3376", igmp::kHeaderSize};
  static constexpr auto fields = std::tuple{
      bind<&igmp::Report::type, 0, 8>(
          {"igmp.type",
           {"Type", "类型"},
           {"0x11 query, 0x12, 0x16, 0x22 report of version 1, 2, 3, 0x17 leave.",
            "0x11 查询，0x12、0x16、0x22 为版本 1、2、3 的报告，0x17 离开。"},
           Show::Hex}),
      bind<&igmp::Report::reserved, 8, 8>({"igmp.reserved", {"Reserved", "保留"}, {"Zero.", "为零。"}, Show::Bytes}),
      bind<&igmp::Report::checksum, 16, 16>(
          {"igmp.checksum", {"Checksum", "校验和"}, {"Over the whole message.", "覆盖整个报文。"}, Show::Hex}),
      bind<&igmp::Report::reserved2, 32, 16>({"igmp.reserved", {"Reserved", "保留"}, {"Zero.", "为零。"}, Show::Bytes}),
      bind<&igmp::Report::records, 48, 16>(
          {"igmp.num_grp_recs",
           {"Number of group records", "组记录数"},
           {"How many groups the report tells about.", "报告涉及多少个组。"}})};
};

template <> struct Schema<igmp::Record> {
  static constexpr SchemaInfo info{
      "igmp", {"Group record", "组记录"}, "RFC 3376 4.2.4", igmp::kRecordSize};
  static constexpr auto fields = std::tuple{
      bind<&igmp::Record::type, 0, 8>(
          {"igmp.record_type",
           {"Record type", "记录类型"},
           {"4 joins the group for any source, 3 leaves it, 1 and 2 answer a query.", "4 以任意源加入该组，3 离开，1 和 2 应答查询。"}}),
      bind<&igmp::Record::auxiliary, 8, 8>(
          {"igmp.aux_data_len", {"Auxiliary data length", "辅助数据长度"}, {"Not used: 0.", "不使用：0。"}}),
      bind<&igmp::Record::sources, 16, 16>(
          {"igmp.num_src", {"Number of sources", "源的数目"}, {"How many source addresses follow.", "后面有多少个源地址。"}}),
      bind<&igmp::Record::group, 32, 32>(
          {"igmp.maddr", {"Multicast address", "组播地址"}, {"The group.", "组地址。"}, Show::Ipv4})};
};

}  // namespace hw
