// Fields of a Linux "cooked" capture: what a capture on all interfaces has instead of their link headers, and what PPP over
// Ethernet puts around PPP (RFC 2516).
#pragma once

#include "core/dissect/common_fields.h"

namespace hw::dissect {

inline constexpr SchemaInfo kCookedProtocol{"sll", {"Linux cooked capture", "Linux cooked 抓包"}, "pcap-linktype(7)", 16};
inline constexpr SchemaInfo kPppoeDiscovery{"pppoed", {"PPP-over-Ethernet Discovery", "以太网承载 PPP：发现阶段"}, "RFC 2516", 6};
inline constexpr SchemaInfo kPppoeSession{"pppoes", {"PPP-over-Ethernet Session", "以太网承载 PPP：会话阶段"}, "RFC 2516", 6};

inline constexpr Field kCookedFields[] = {
    {"sll.pkttype",
     {"Packet type", "数据包类型"},
     {"Whom the packet was for, seen from the machine that captured it.", "从抓包的主机来看，数据包是发给谁的。"}},
    {"sll.hatype", {"Link-layer address type", "链路层地址类型"}, {"The kind of interface, as in ARP.", "接口的种类，与 ARP 相同。"}},
    {"sll.halen", {"Link-layer address length", "链路层地址长度"}, {"How many bytes of the address count.", "地址中有效的字节数。"}},
    {"sll.src.eth", {"Source", "源地址"}, {"The MAC address of the sender.", "发送方的 MAC 地址。"}, Show::Mac},
    {"sll.src.other", {"Source", "源地址"}, {"The sender's address, which is no MAC address.", "发送方的地址，不是 MAC 地址。"}, Show::Bytes},
    {"sll.unused", {"Unused", "未使用"}, {"Room for longer addresses.", "为更长的地址留出的空间。"}, Show::Bytes},
    {"sll.etype", {"Protocol", "协议"}, {"What follows, as an EtherType.", "后面的内容（以太网类型）。"}, Show::Hex},
    {"sll.ifindex", {"Interface index", "接口序号"}, {"Where the packet was captured.", "抓到数据包的接口。"}},
};

inline constexpr Field kPppoeFields[] = {
    {"pppoe.version", {"Version", "版本"}, {"Always 1.", "总是 1。"}},
    {"pppoe.type", {"Type", "类型"}, {"Always 1.", "总是 1。"}},
    {"pppoe.code",
     {"Code", "代码"},
     {"Which step of the discovery this is, or session data.", "发现阶段的哪一步，或会话数据。"},
     Show::Hex},
    {"pppoe.session_id",
     {"Session ID", "会话标识"},
     {"Names the session between two MAC addresses; 0 as long as there is none.", "标识两个 MAC 地址之间的会话；尚无会话时为 0。"},
     Show::Hex},
    {"pppoe.payload_length", {"Payload length", "载荷长度"}, {"Without this header and the padding.", "不含本首部和填充。"}},
    {"pppoed.tags", {"PPPoE tags", "PPPoE 标签"}, {"What the two ends tell each other.", "双方互相告知的内容。"}, Show::None},
    {"pppoed.tags.service_name", {"Service-Name", "服务名"}, {"Which service is wanted or offered.", "请求或提供的服务。"}, Show::Text},
    {"pppoed.tags.ac_name",
     {"AC-Name", "集中器名称"},
     {"What the access concentrator calls itself.", "接入集中器自称的名称。"},
     Show::Text},
    {"pppoed.tags.host_uniq",
     {"Host-Uniq", "主机唯一标识"},
     {"Comes back unchanged, so that the host knows its own request.", "原样返回，主机据此认出自己的请求。"},
     Show::Bytes},
    {"pppoed.tags.ac_cookie",
     {"AC-Cookie", "集中器 Cookie"},
     {"Sent back by the host: the concentrator need not remember everybody who asks.", "由主机送回：集中器不必记住每个询问者。"},
     Show::Bytes},
};

consteval const Field& cookedField(std::string_view key) { return fieldIn(kCookedFields, key); }
consteval const Field& pppoeField(std::string_view key) { return fieldIn(kPppoeFields, key); }

}  // namespace hw::dissect
