// Fields that belong to no single protocol: remarks, data, malformed packets.
#pragma once

#include <span>

#include "core/wire/schema.h"

namespace hw::dissect {

/// The field with this key of a table, at compile time; a missing key does not compile.
template <std::size_t N>
consteval const Field& fieldIn(const Field (&table)[N], std::string_view key) {
  const Field* found = nullptr;
  for (const Field& field : table)
    if (field.key == key) found = &field;
  return *found;
}

/// A heading has no key: it is found by its English label.
template <std::size_t N>
consteval const Field& headingIn(const Field (&table)[N], std::string_view label) {
  const Field* found = nullptr;
  for (const Field& field : table)
    if (field.key.empty() && field.label.en == label) found = &field;
  return *found;
}

inline constexpr SchemaInfo kDataProtocol{"data", {"Data", "数据"}, "", 0};
inline constexpr SchemaInfo kEchoProtocol{"echo", {"Echo", "回显协议"}, "RFC 862", 0};
inline constexpr SchemaInfo kLlcProtocol{
    "llc", {"Logical-Link Control", "逻辑链路控制"}, "IEEE 802.2", 3};
inline constexpr SchemaInfo kMalformedProtocol{
    "_ws.malformed", {"Malformed Packet", "格式错误的数据包"}, "", 0};
inline constexpr SchemaInfo kShortProtocol{
    "_ws.short", {"Packet size limited during capture", "抓包时截短了数据包"}, "", 0};

inline constexpr Field kCommonFields[] = {
    {"data.data",
     {"Data", "数据"},
     {"Bytes that no known protocol explains.", "没有已知协议解释的字节。"},
     Show::Bytes},
    {"data.len", {"Length", "长度"}, {"How many bytes of data these are.", "这些数据的字节数。"}},
    {"echo.request",
     {"Echo request", "回显请求"},
     {"The data goes to port 7, to be sent back.", "数据发往 7 号端口，将被原样送回。"},
     Show::Bool},
    {"echo.response",
     {"Echo response", "回显应答"},
     {"The data comes back from port 7.", "数据从 7 号端口送回。"},
     Show::Bool},
    {"echo.data",
     {"Echo data", "回显数据"},
     {"What is sent to be returned unchanged.", "发送后应原样返回的内容。"},
     Show::Bytes},
    {"_ws.expert",
     {"Remark", "说明"},
     {"Something worth noticing about this field.", "关于这个字段值得注意的事。"},
     Show::None},
    {"_ws.expert.message",
     {"Remark text", "说明内容"},
     {"What the remark says.", "说明的内容。"},
     Show::Text},
    {"_ws.expert.severity",
     {"Severity", "严重程度"},
     {"From chat to error, in Wireshark's numbers.", "从闲谈到错误，采用 Wireshark 的编号。"}},
    {"_ws.expert.group",
     {"Group", "类别"},
     {"What the remark is about, in Wireshark's numbers.",
      "说明所属的类别，采用 Wireshark 的编号。"}},
    {"_ws.malformed.expert",
     {"Malformed packet", "格式错误"},
     {"The bytes end before the field that should be read next, or contradict each other.",
      "字节在下一个字段之前就结束了，或相互矛盾。"},
     Show::None},
    {"_ws.malformed.reassembly",
     {"Contradicting fragments", "分片相互矛盾"},
     {"Two fragments claim the same place with different bytes.",
      "两个分片以不同的字节占据同一位置。"},
     Show::None},
};

consteval const Field& common(std::string_view key) {
  return fieldIn(kCommonFields, key);
}

}  // namespace hw::dissect
