#include "core/dissect/value_names.h"

#include <array>
#include <span>

namespace hw::dissect {
namespace {

struct Name {
  std::uint64_t value;
  Text text;
};

Text nameIn(std::span<const Name> table, std::uint64_t value) {
  for (const Name& name : table)
    if (name.value == value) return name.text;
  return {};
}

constexpr Name kEtherTypes[] = {
    {0x0800, {"IPv4", "IPv4"}},
    {0x0806, {"ARP", "ARP"}},
    {0x8035, {"RARP", "RARP"}},
    {0x8100, {"802.1Q Virtual LAN", "802.1Q 虚拟局域网"}},
    {0x86DD, {"IPv6", "IPv6"}},
    {0x8847, {"MPLS label switched packet", "MPLS 标签交换数据包"}},
    {0x8863, {"PPPoE Discovery", "PPPoE 发现"}},
    {0x8864, {"PPPoE Session", "PPPoE 会话"}},
    {0x88A8, {"802.1ad Provider Bridge (Q-in-Q)", "802.1ad 运营商网桥（Q-in-Q）"}},
    {0x88B5, {"Local Experimental Ethertype 1", "本地实验以太类型 1"}},
    {0x88CC, {"802.1 Link Layer Discovery Protocol (LLDP)", "802.1 链路层发现协议（LLDP）"}},
};

constexpr Name kHardwareTypes[] = {
    {1, {"Ethernet", "以太网"}},          {6, {"IEEE 802", "IEEE 802"}},
    {15, {"Frame Relay DLCI", "帧中继"}}, {20, {"Serial Line", "串行线路"}},
    {32, {"InfiniBand", "InfiniBand"}},
};

constexpr Name kArpOpcodes[] = {
    {1, {"request", "请求"}},
    {2, {"reply", "应答"}},
    {3, {"reverse request", "反向请求"}},
    {4, {"reverse reply", "反向应答"}},
    {8, {"inverse request", "逆向请求"}},
    {9, {"inverse reply", "逆向应答"}},
};

constexpr Name kIpProtocols[] = {
    {0, {"IPv6 Hop-by-Hop Option", "IPv6 逐跳选项"}},
    {43, {"Routing Header for IPv6", "IPv6 路由首部"}},
    {44, {"Fragment Header for IPv6", "IPv6 分片首部"}},
    {59, {"No Next Header for IPv6", "IPv6 无下一个首部"}},
    {60, {"Destination Options for IPv6", "IPv6 目的选项"}},
    {1, {"ICMP", "ICMP"}},      {2, {"IGMP", "IGMP"}},  {4, {"IPIP", "IPIP"}},
    {6, {"TCP", "TCP"}},        {17, {"UDP", "UDP"}},   {41, {"IPv6", "IPv6"}},
    {47, {"GRE", "GRE"}},       {50, {"ESP", "ESP"}},   {51, {"AH", "AH"}},
    {58, {"ICMPv6", "ICMPv6"}}, {89, {"OSPF", "OSPF"}}, {132, {"SCTP", "SCTP"}},
};

constexpr Name kCodepoints[] = {
    {0, {"Default", "默认"}},
    {1, {"Lower Effort", "低于尽力"}},
    {8, {"Class Selector 1", "类选择 1"}},
    {10, {"Assured Forwarding 11", "确保转发 11"}},
    {12, {"Assured Forwarding 12", "确保转发 12"}},
    {14, {"Assured Forwarding 13", "确保转发 13"}},
    {16, {"Class Selector 2", "类选择 2"}},
    {18, {"Assured Forwarding 21", "确保转发 21"}},
    {20, {"Assured Forwarding 22", "确保转发 22"}},
    {22, {"Assured Forwarding 23", "确保转发 23"}},
    {24, {"Class Selector 3", "类选择 3"}},
    {26, {"Assured Forwarding 31", "确保转发 31"}},
    {28, {"Assured Forwarding 32", "确保转发 32"}},
    {30, {"Assured Forwarding 33", "确保转发 33"}},
    {32, {"Class Selector 4", "类选择 4"}},
    {34, {"Assured Forwarding 41", "确保转发 41"}},
    {36, {"Assured Forwarding 42", "确保转发 42"}},
    {38, {"Assured Forwarding 43", "确保转发 43"}},
    {40, {"Class Selector 5", "类选择 5"}},
    {44, {"Voice Admit", "语音准入"}},
    {46, {"Expedited Forwarding", "加速转发"}},
    {48, {"Class Selector 6", "类选择 6"}},
    {56, {"Class Selector 7", "类选择 7"}},
};

constexpr Name kEcn[] = {
    {0, {"Not ECN-Capable Transport", "传输层不支持 ECN"}},
    {1, {"ECN-Capable Transport codepoint '01'", "支持 ECN，代码点 01"}},
    {2, {"ECN-Capable Transport codepoint '10'", "支持 ECN，代码点 10"}},
    {3, {"Congestion Experienced", "遇到拥塞"}},
};

constexpr Name kIcmpTypes[] = {
    {0, {"Echo (ping) reply", "回显（ping）应答"}},
    {3, {"Destination unreachable", "目的不可达"}},
    {4, {"Source quench (flow control)", "源抑制（流量控制）"}},
    {5, {"Redirect", "重定向"}},
    {8, {"Echo (ping) request", "回显（ping）请求"}},
    {9, {"Router advertisement", "路由器通告"}},
    {10, {"Router solicitation", "路由器请求"}},
    {11, {"Time-to-live exceeded", "生存时间超时"}},
    {12, {"Parameter problem", "参数问题"}},
    {13, {"Timestamp request", "时间戳请求"}},
    {14, {"Timestamp reply", "时间戳应答"}},
    {15, {"Information request", "信息请求"}},
    {16, {"Information reply", "信息应答"}},
    {17, {"Address mask request", "地址掩码请求"}},
    {18, {"Address mask reply", "地址掩码应答"}},
};

/// Keys are type * 256 + code.
constexpr Name kIcmpCodes[] = {
    {0x300, {"Network unreachable", "网络不可达"}},
    {0x301, {"Host unreachable", "主机不可达"}},
    {0x302, {"Protocol unreachable", "协议不可达"}},
    {0x303, {"Port unreachable", "端口不可达"}},
    {0x304, {"Fragmentation needed", "需要分片"}},
    {0x305, {"Source route failed", "源路由失败"}},
    {0x306, {"Network unknown", "网络未知"}},
    {0x307, {"Host unknown", "主机未知"}},
    {0x308, {"Source host isolated", "源主机被隔离"}},
    {0x309, {"Network administratively prohibited", "网络被管理策略禁止"}},
    {0x30A, {"Host administratively prohibited", "主机被管理策略禁止"}},
    {0x30B, {"Network unreachable for TOS", "该服务类型的网络不可达"}},
    {0x30C, {"Host unreachable for TOS", "该服务类型的主机不可达"}},
    {0x30D, {"Communication administratively filtered", "通信被管理策略过滤"}},
    {0x30E, {"Host precedence violation", "违反主机优先级"}},
    {0x30F, {"Precedence cutoff in effect", "优先级截止生效"}},
    {0x500, {"Redirect for network", "对网络重定向"}},
    {0x501, {"Redirect for host", "对主机重定向"}},
    {0x502, {"Redirect for TOS and network", "对服务类型和网络重定向"}},
    {0x503, {"Redirect for TOS and host", "对服务类型和主机重定向"}},
    {0xB00, {"Time to live exceeded in transit", "转发途中生存时间用尽"}},
    {0xB01, {"Fragment reassembly time exceeded", "分片重组超时"}},
    {0xC00, {"Pointer indicates the error", "指针指出错误位置"}},
    {0xC01, {"Required option missing", "缺少必需的选项"}},
    {0xC02, {"Bad length", "长度错误"}},
};

constexpr Name kVlanPriorities[] = {
    {0, {"Best Effort (default)", "尽力而为（默认）"}},
    {1, {"Background", "背景流量"}},
    {2, {"Excellent Effort", "优良尽力"}},
    {3, {"Critical Applications", "关键应用"}},
    {4, {"Video, < 100ms latency and jitter", "视频，时延和抖动小于 100 毫秒"}},
    {5, {"Voice, < 10ms latency and jitter", "语音，时延和抖动小于 10 毫秒"}},
    {6, {"Internetwork Control", "网间控制"}},
    {7, {"Network Control", "网络控制"}},
};

constexpr Name kChecksumStatus[] = {
    {0, {"Bad", "错误"}},
    {1, {"Good", "正确"}},
    {2, {"Unverified", "未验证"}},
    {3, {"Not present", "不存在"}},
    {4, {"Illegal", "不允许"}},
};

constexpr Name kIcmp6Types[] = {
    {1, {"Destination Unreachable", "目的不可达"}},
    {2, {"Packet Too Big", "数据包过大"}},
    {3, {"Time Exceeded", "超时"}},
    {4, {"Parameter Problem", "参数问题"}},
    {128, {"Echo (ping) request", "回显（ping）请求"}},
    {129, {"Echo (ping) reply", "回显（ping）应答"}},
    {130, {"Multicast Listener Query", "组播侦听者查询"}},
    {131, {"Multicast Listener Report", "组播侦听者报告"}},
    {132, {"Multicast Listener Done", "组播侦听者离开"}},
    {133, {"Router Solicitation", "路由器请求"}},
    {134, {"Router Advertisement", "路由器通告"}},
    {135, {"Neighbor Solicitation", "邻居请求"}},
    {136, {"Neighbor Advertisement", "邻居通告"}},
    {137, {"Redirect", "重定向"}},
    {143, {"Multicast Listener Report Message v2", "组播侦听者报告第 2 版"}},
};

constexpr Name kIcmp6Codes[] = {
    {1 << 8 | 0, {"no route to destination", "没有到目的地的路由"}},
    {1 << 8 | 1, {"Administratively prohibited", "被管理策略禁止"}},
    {1 << 8 | 2, {"Beyond scope of source address", "超出源地址的范围"}},
    {1 << 8 | 3, {"Address unreachable", "地址不可达"}},
    {1 << 8 | 4, {"Port unreachable", "端口不可达"}},
    {1 << 8 | 5, {"Source address failed ingress/egress policy", "源地址不符合出入策略"}},
    {1 << 8 | 6, {"Reject route to destination", "到目的地的路由被拒绝"}},
    {3 << 8 | 0, {"hop limit exceeded in transit", "途中跳数用尽"}},
    {3 << 8 | 1, {"fragment reassembly time exceeded", "分片重组超时"}},
    {4 << 8 | 0, {"erroneous header field encountered", "首部字段错误"}},
    {4 << 8 | 1, {"unrecognized Next Header type encountered", "不认识的下一个首部"}},
    {4 << 8 | 2, {"unrecognized IPv6 option encountered", "不认识的 IPv6 选项"}},
};

constexpr Name kIcmp6Options[] = {
    {1, {"Source link-layer address", "源链路层地址"}},
    {2, {"Target link-layer address", "目标链路层地址"}},
    {3, {"Prefix information", "前缀信息"}},
    {4, {"Redirected header", "被重定向的首部"}},
    {5, {"MTU", "MTU"}},
    {14, {"Nonce", "随机数"}},
    {24, {"Route Information", "路由信息"}},
    {25, {"Recursive DNS Server", "递归 DNS 服务器"}},
    {31, {"DNS Search List Option", "DNS 搜索列表"}},
};

constexpr Name kIpOptions[] = {
    {0, {"End of Options List (EOL)", "选项表结束"}},
    {1, {"No-Operation (NOP)", "无操作"}},
    {7, {"Record Route", "记录路由"}},
    {11, {"MTU Probe", "MTU 探测"}},
    {12, {"MTU Reply", "MTU 应答"}},
    {68, {"Time Stamp", "时间戳"}},
    {82, {"Traceroute", "路由跟踪"}},
    {130, {"Security", "安全"}},
    {131, {"Loose Source Route", "宽松源路由"}},
    {136, {"Stream ID", "流标识"}},
    {137, {"Strict Source Route", "严格源路由"}},
    {148, {"Router Alert", "路由器警示"}},
};

constexpr Name kTcpOptions[] = {
    {0, {"End of Option List", "选项表结束"}},
    {1, {"No-Operation", "无操作"}},
    {2, {"Maximum Segment Size", "最大段长度"}},
    {3, {"Window Scale", "窗口扩大"}},
    {4, {"SACK Permitted", "允许选择确认"}},
    {5, {"SACK", "选择确认"}},
    {8, {"Time Stamp Option", "时间戳"}},
    {19, {"MD5 Signature Option", "MD5 签名"}},
    {28, {"User Timeout Option", "用户超时"}},
    {29, {"The TCP Authentication Option", "TCP 认证"}},
    {30, {"Multipath TCP", "多路径 TCP"}},
    {34, {"TCP Fast Open Cookie", "快速打开 Cookie"}},
    {253, {"RFC3692-style Experiment 1", "实验选项 1"}},
    {254, {"RFC3692-style Experiment 2", "实验选项 2"}},
};

struct WellKnownMac {
  std::uint64_t address;
  std::string_view name;
};

/// IEEE 802.1Q table 8-1.
constexpr WellKnownMac kWellKnown[] = {
    {0x0180C2000001, "MAC-specific-ctrl-proto-01"}, {0x0180C2000002, "Slow-Protocols"},
    {0x0180C2000003, "Nearest-non-TPMR-bridge"},    {0x0180C2000008, "Provider-Bridge"},
    {0x0180C200000D, "Provider-Bridge-MVRP"},       {0x0180C200000E, "LLDP_Multicast"},
};

/// "IPv4mcast" + "_01:02:03": the bytes of the address that the group leaves open.
std::string groupName(std::string_view prefix, MacAddress address, std::size_t openBytes) {
  return std::string(prefix) + "_" + address.text().substr(18 - 3 * openBytes);
}

std::size_t ipGroupBytes(std::uint64_t address) {
  if ((address & 0xFFFF00) == 0) return 1;
  return (address & 0xFF0000) == 0 ? 2 : 3;
}

}  // namespace

Text etherTypeName(std::uint64_t type) {
  const Text name = nameIn(kEtherTypes, type);
  return name.en.empty() ? Text{"Unknown", "未知"} : name;
}
Text hardwareTypeName(std::uint64_t type) {
  return nameIn(kHardwareTypes, type);
}
Text arpOpcodeName(std::uint64_t opcode) {
  return nameIn(kArpOpcodes, opcode);
}
Text ipProtocolName(std::uint64_t protocol) {
  return nameIn(kIpProtocols, protocol);
}
Text dscpName(std::uint64_t codepoint) {
  return nameIn(kCodepoints, codepoint);
}
Text ecnName(std::uint64_t ecn) {
  return nameIn(kEcn, ecn);
}
Text icmpTypeName(std::uint64_t type) {
  return nameIn(kIcmpTypes, type);
}
Text icmpCodeName(std::uint64_t type, std::uint64_t code) {
  return nameIn(kIcmpCodes, type << 8 | code);
}
Text icmp6TypeName(std::uint64_t type) { return nameIn(kIcmp6Types, type); }
Text icmp6CodeName(std::uint64_t type, std::uint64_t code) { return nameIn(kIcmp6Codes, type << 8 | code); }
Text icmp6OptionName(std::uint64_t type) { return nameIn(kIcmp6Options, type); }
Text vlanPriorityName(std::uint64_t priority) {
  return nameIn(kVlanPriorities, priority);
}
Text checksumStatusName(std::uint64_t status) {
  return nameIn(kChecksumStatus, status);
}
Text ipOptionName(std::uint64_t type) {
  return nameIn(kIpOptions, type);
}
Text tcpOptionName(std::uint64_t kind) {
  return nameIn(kTcpOptions, kind);
}
Text setName(std::uint64_t bit) {
  return bit != 0 ? Text{"Set", "置位"} : Text{"Not set", "未置位"};
}
Text yesName(std::uint64_t bit) {
  return bit != 0 ? Text{"Yes", "是"} : Text{"No", "否"};
}

std::string macName(MacAddress address) {
  if (address.isBroadcast()) return "Broadcast";
  for (const WellKnownMac& known : kWellKnown)
    if (known.address == address.value) return std::string(known.name);
  if (address.value >> 4 == 0x0180C200000)
    return groupName("Spanning-tree-(for-bridges)", address, 1);
  if (address.value >> 23 == 0x01005E000000 >> 23)
    return groupName("IPv4mcast", address, ipGroupBytes(address.value & 0x7FFFFF));
  if (address.value >> 32 == 0x3333)
    return groupName("IPv6mcast", address,
                     (address.value & 0xFF000000) != 0 ? 4
                                                       : ipGroupBytes(address.value & 0xFFFFFF));
  // The maker's table knows 00:00:00 by its own digits, so the name is the address with a break.
  if (address.value >> 24 == 0) return "00:00:00_" + address.text().substr(9);
  return address.text();
}

}  // namespace hw::dissect
