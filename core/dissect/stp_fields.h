// Fields that Wireshark derives from BPDUs besides those on the wire.
#pragma once

#include "core/dissect/common_fields.h"

namespace hw::dissect {

inline constexpr Field kStpFields[] = {
    {"stp.flags.tcack",
     {"Topology change acknowledgment", "拓扑变更确认"},
     {"The notification of a change has arrived.", "拓扑变更通知已收到。"},
     Show::Bool},
    {"stp.flags.tc",
     {"Topology change", "拓扑变更"},
     {"The tree is changing: addresses should age quickly.", "生成树正在变化：地址应快速老化。"},
     Show::Bool},
    {"stp.flags.agreement",
     {"Agreement", "同意"},
     {"The sender has no loop behind it: the port that proposed may forward at once.", "发送者后面没有环路：提议的端口可以立即转发。"},
     Show::Bool},
    {"stp.flags.forwarding", {"Forwarding", "转发"}, {"The sender's port forwards.", "发送端口正在转发。"}, Show::Bool},
    {"stp.flags.learning", {"Learning", "学习"}, {"The sender's port learns addresses.", "发送端口正在学习地址。"}, Show::Bool},
    {"stp.flags.port_role",
     {"Port role", "端口角色"},
     {"1 alternate or backup, 2 root, 3 designated.", "1 为替代或备份端口，2 为根端口，3 为指定端口。"}},
    {"stp.flags.proposal",
     {"Proposal", "提议"},
     {"The sender wants to forward at once and asks for an agreement.", "发送者希望立即转发，请求对方同意。"},
     Show::Bool},
    {"stp.version_1_length",
     {"Version 1 length", "版本 1 长度"},
     {"Zero: there is no information of version 1.", "为零：没有版本 1 的信息。"}},
    {"", {"Root Identifier", "根标识"}, {"Priority and address of the root.", "根的优先级和地址。"}, Show::None},
    {"", {"Bridge Identifier", "网桥标识"}, {"Priority and address of the sender.", "发送者的优先级和地址。"}, Show::None},
    {"stp.root.ext",
     {"Root system ID extension", "根系统标识扩展"},
     {"The lower twelve bits of the priority: a VLAN, if trees differ by VLAN.", "优先级的低 12 位：按 VLAN 分树时为 VLAN 号。"}},
    {"stp.bridge.ext",
     {"Bridge system ID extension", "网桥系统标识扩展"},
     {"The lower twelve bits of the priority.", "优先级的低 12 位。"}},
};

consteval const Field& stpField(std::string_view key) { return fieldIn(kStpFields, key); }

}  // namespace hw::dissect
