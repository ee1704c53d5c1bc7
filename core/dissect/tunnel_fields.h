// Fields of tunnel headers besides those that every header has.
#pragma once

#include "core/dissect/common_fields.h"

namespace hw::dissect {

inline constexpr Field kGreFields[] = {
    {"gre.flags_and_version",
     {"Flags and version", "标志与版本"},
     {"Which optional fields follow, and the version: 0 plain, 1 enhanced (PPTP).", "后面有哪些可选字段，以及版本：0 普通，1 增强（PPTP）。"},
     Show::Hex},
    {"gre.flags.checksum", {"Checksum bit", "校验和位"}, {"A checksum follows.", "后面有校验和。"}, Show::Bool},
    {"gre.flags.routing",
     {"Routing bit", "路由位"},
     {"Source route entries follow (RFC 1701 only).", "后面有源路由项（仅 RFC 1701）。"},
     Show::Bool},
    {"gre.flags.key", {"Key bit", "密钥位"}, {"A key follows.", "后面有密钥。"}, Show::Bool},
    {"gre.flags.sequence_number", {"Sequence number bit", "序号位"}, {"A sequence number follows.", "后面有序号。"}, Show::Bool},
    {"gre.flags.strict_source_route",
     {"Strict source route bit", "严格源路由位"},
     {"All route entries are strict (RFC 1701).", "所有路由项都是严格的（RFC 1701）。"},
     Show::Bool},
    {"gre.flags.recursion_control",
     {"Recursion control", "递归控制"},
     {"How many further encapsulations are allowed (RFC 1701); 0 now.", "还允许多少次封装（RFC 1701）；现在为 0。"}},
    {"gre.flags.ack",
     {"Acknowledgment", "确认位"},
     {"An acknowledgment number follows (PPTP only).", "后面有确认号（仅 PPTP）。"},
     Show::Bool},
    {"gre.flags.reserved", {"Reserved", "保留"}, {"Zero.", "为零。"}},
    {"gre.flags.version", {"Version", "版本"}, {"0 plain, 1 enhanced (PPTP).", "0 普通，1 增强（PPTP）。"}},
    {"gre.checksum",
     {"Checksum", "校验和"},
     {"Over the GRE header and what it carries.", "覆盖 GRE 首部及其载荷。"},
     Show::Hex},
    {"gre.offset",
     {"Offset", "偏移"},
     {"Of the active source route entry (RFC 1701); zero now.", "当前源路由项的偏移（RFC 1701）；现在为零。"}},
    {"gre.key",
     {"Key", "密钥"},
     {"Names the tunnel when two routers have several between them.", "两台路由器之间有多条隧道时用来区分。"},
     Show::Hex},
    {"gre.checksum.status",
     {"Checksum status", "校验和状态"},
     {"Whether the checksum is right.", "校验和是否正确。"}},
    {"gre.checksum.incorrect",
     {"Incorrect checksum", "校验和错误"},
     {"The GRE header or what it carries was changed on the way, or the sender left the sum to its interface.",
      "GRE 首部或其载荷在途中被改变，或发送方把校验和交给网卡计算。"},
     Show::None},
    {"gre.key.payload_length",
     {"Payload length", "载荷长度"},
     {"The upper half of the key in enhanced GRE (RFC 2637): how many bytes follow the header.", "增强 GRE 中密钥的高半部分（RFC 2637）：首部之后的字节数。"}},
    {"gre.key.call_id",
     {"Call ID", "呼叫标识"},
     {"The lower half of the key in enhanced GRE (RFC 2637): which session of the receiver this is.", "增强 GRE 中密钥的低半部分（RFC 2637）：接收方的哪个会话。"}},
    {"gre.ack_number",
     {"Acknowledgment number", "确认号"},
     {"The highest number that the sender has received (RFC 2637).", "发送方已收到的最大序号（RFC 2637）。"}},
    {"gre.sequence_number",
     {"Sequence number", "序号"},
     {"Counts the packets of the tunnel, so that they can be put in order.", "对隧道中的数据包计数，以便恢复顺序。"}},
};

inline constexpr Field kVxlanFields[] = {
    {"vxlan.flag_g",
     {"GBP extension", "GBP 扩展"},
     {"A group policy id is present (a draft, not RFC 7348).", "带有组策略标识（草案，非 RFC 7348）。"},
     Show::Bool},
    {"vxlan.flag_i", {"VNI valid", "VNI 有效"}, {"Must be set: the VNI is valid.", "必须置位：VNI 有效。"}, Show::Bool},
    {"vxlan.flag_d",
     {"Don't learn", "不学习"},
     {"The receiver should not learn from it (a draft).", "接收方不应据此学习（草案）。"},
     Show::Bool},
    {"vxlan.flag_a", {"Policy applied", "策略已应用"}, {"The group policy has been applied (a draft).", "组策略已应用（草案）。"}, Show::Bool},
    {"vxlan.flags_reserved", {"Reserved", "保留"}, {"Zero.", "为零。"}, Show::Hex},
};

consteval const Field& greField(std::string_view key) { return fieldIn(kGreFields, key); }
consteval const Field& vxlanField(std::string_view key) { return fieldIn(kVxlanFields, key); }

}  // namespace hw::dissect
