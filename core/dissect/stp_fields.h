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
