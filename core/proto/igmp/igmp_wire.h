// IGMP version 3 membership reports (RFC 3376 4.2): a header, then one record for each group.
#pragma once

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
