// Fields of IGMP besides those on the wire of a version 3 report.
#pragma once

#include "core/dissect/common_fields.h"

namespace hw::dissect {

inline constexpr Field kIgmpFields[] = {
    {"igmp.version",
     {"Version", "版本"},
     {"Found out from type and length: 1, 2 or 3.", "由类型和长度判断：1、2 或 3。"}},
    {"igmp.checksum.status", {"Checksum status", "校验和状态"}, {"0 bad, 1 good, 2 not verified.", "0 错误，1 正确，2 未验证。"}},
    {"igmp.bad_checksum", {"Bad checksum", "校验和错误"}, {"The checksum is wrong.", "校验和错误。"}, Show::None},
    {"", {"Group Record", "组记录"}, {"What became of one group.", "一个组的状态变化。"}, Show::None},
    {"igmp.max_resp",
     {"Maximum response time", "最大响应时间"},
     {"A host answers the query within this time, in tenths of a second.", "主机须在此时间内应答查询，单位为十分之一秒。"},
     Show::Seconds},
    {"igmp.saddr", {"Source address", "源地址"}, {"A source that the record names.", "记录中列出的源。"}, Show::Ipv4},
    {"igmp.data", {"Data", "数据"}, {"Bytes that the version does not define.", "该版本未定义的字节。"}, Show::Bytes},
};

consteval const Field& igmpField(std::string_view key) { return fieldIn(kIgmpFields, key); }

}  // namespace hw::dissect
