// Multicast listener reports of version 2 (RFC 3810 5.2).
#pragma once

#include "core/wire/schema.h"

namespace hw::mld {

inline constexpr std::uint32_t kReportSize = 8;
inline constexpr std::uint32_t kRecordSize = 20;

enum RecordType : std::uint8_t {
  kIsInclude = 1,
  kIsExclude = 2,
  kChangeToInclude = 3,  ///< with no sources: leaves
  kChangeToExclude = 4,  ///< with no sources: joins
};

struct Report {
  std::uint8_t type = 143;
  std::uint8_t code = 0;
  std::uint16_t checksum = 0;
  std::uint16_t reserved = 0;
  std::uint16_t records = 0;
  bool operator==(const Report&) const = default;
};

struct Record {
  std::uint8_t type = kChangeToExclude;
  std::uint8_t auxiliary = 0;
  std::uint16_t sources = 0;
  Ipv6Address group;
  bool operator==(const Record&) const = default;
};

}  // namespace hw::mld

namespace hw {

template <> struct Schema<mld::Report> {
  static constexpr SchemaInfo info{
      "icmpv6", {"Multicast Listener Discovery", "组播侦听者发现"}, "RFC 3810", mld::kReportSize};
  static constexpr auto fields = std::tuple{
      bind<&mld::Report::type, 0, 8>(
          {"icmpv6.type", {"Type", "类型"}, {"143: a report of version 2.", "143：第 2 版报告。"}}),
      bind<&mld::Report::code, 8, 8>({"icmpv6.code", {"Code", "代码"}, {"Always 0.", "总是 0。"}}),
      bind<&mld::Report::checksum, 16, 16>(
          {"icmpv6.checksum",
           {"Checksum", "校验和"},
           {"Covers the message and a pseudo header with both addresses.", "覆盖整个报文和含两个地址的伪首部。"},
           Show::Hex}),
      bind<&mld::Report::reserved, 32, 16>(
          {"icmpv6.reserved", {"Reserved", "保留"}, {"Must be zero.", "必须为零。"}, Show::Bytes}),
      bind<&mld::Report::records, 48, 16>(
          {"icmpv6.mldr.nb_mcast_records",
           {"Number of records", "记录数"},
           {"How many groups the report tells of.", "报告涉及多少个组。"}})};
};

template <> struct Schema<mld::Record> {
  static constexpr SchemaInfo info{"icmpv6", {"Multicast Address Record", "组播地址记录"}, "RFC 3810 5.2", mld::kRecordSize};
  static constexpr auto fields = std::tuple{
      bind<&mld::Record::type, 0, 8>(
          {"icmpv6.mldr.mar.record_type",
           {"Record type", "记录类型"},
           {"4 joins the group with any source, 3 leaves it, 1 and 2 answer a query.",
            "4 以任意源加入该组，3 离开，1 和 2 应答查询。"}}),
      bind<&mld::Record::auxiliary, 8, 8>(
          {"icmpv6.mldr.mar.aux_data_len", {"Auxiliary data length", "辅助数据长度"}, {"Not used: 0.", "不使用：0。"}}),
      bind<&mld::Record::sources, 16, 16>(
          {"icmpv6.mldr.mar.nb_sources",
           {"Number of sources", "源的数目"},
           {"How many source addresses follow.", "后面有多少个源地址。"}}),
      bind<&mld::Record::group, 32, 128>(
          {"icmpv6.mldr.mar.multicast_address", {"Multicast address", "组播地址"}, {"The group.", "组地址。"}, Show::Ipv6})};
};

}  // namespace hw
