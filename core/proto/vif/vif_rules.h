// The rules of virtual interfaces: those whose other end is no cable.
#pragma once

#include "core/journal/rule.h"

namespace hw::vif {

enum class Rule : std::uint8_t {
  TagAdded,
  TagRemoved,
  TagUnknown,
  GivenToProgram,
  ProgramWrote,
  ProgramWroteNonsense,
  PointToPoint,
  NotPpp,
  NotForPpp,
};

}  // namespace hw::vif

namespace hw {

template <> struct RuleTable<vif::Rule> {
  static constexpr RuleTableId id = RuleTableId::Vif;
  static constexpr std::array rows{
      rule("vif.tag_added", "IEEE 802.1Q 9.6", Outcome::Forwarded,
           {"{port} is VLAN {vlan} on {parent}: the frame gets a tag of four bytes with this number and leaves there.",
            "{port} 是 {parent} 上的 VLAN {vlan}：给帧加上带此编号的 4 字节标签，从 {parent} 发出。"},
           {{"port", FactKind::Interface}, {"vlan", FactKind::Number}, {"parent", FactKind::Interface}}),
      rule("vif.tag_removed", "IEEE 802.1Q 9.6", Outcome::Accepted,
           {"The frame at {parent} has a tag of VLAN {vlan}: without the tag it goes on as if {port} had received it.",
            "{parent} 收到的帧带有 VLAN {vlan} 的标签：去掉标签后，如同由 {port} 收到一样继续处理。"},
           {{"parent", FactKind::Interface}, {"vlan", FactKind::Number}, {"port", FactKind::Interface}}),
      rule("vif.tag_unknown", "IEEE 802.1Q 8.6.2", Outcome::Dropped,
           {"The frame at {parent} has a tag of VLAN {vlan}, and no interface here belongs to that VLAN: drop it.",
            "{parent} 收到的帧带有 VLAN {vlan} 的标签，而本机没有属于该 VLAN 的接口：丢弃。"},
           {{"parent", FactKind::Interface}, {"vlan", FactKind::Number}}),
      rule("vif.given_to_program", "Linux tuntap.rst", Outcome::Accepted,
           {"Behind {port} is no cable but a program: it reads the {bytes} bytes from its file.",
            "{port} 的另一端不是线缆而是一个程序：它从文件描述符读到这 {bytes} 字节。"},
           {{"port", FactKind::Interface}, {"bytes", FactKind::Number}}),
      rule("vif.program_wrote", "Linux tuntap.rst", Outcome::Accepted,
           {"The program behind {port} has written {bytes} bytes: the protocol stack takes them as received there.",
            "{port} 背后的程序写入了 {bytes} 字节：协议栈把它们当作从该接口收到的数据。"},
           {{"port", FactKind::Interface}, {"bytes", FactKind::Number}}),
      rule("vif.program_wrote_nonsense", "Linux tuntap.rst", Outcome::Dropped,
           {"The program behind {port} has written {bytes} bytes that are no packet.",
            "{port} 背后的程序写入的 {bytes} 字节不是数据包：丢弃。"},
           {{"port", FactKind::Interface}, {"bytes", FactKind::Number}}),
      rule("vif.point_to_point", "RFC 1661 2, RFC 1547 3", Outcome::Forwarded,
           {"Behind {port} there is one other end only: what is sent arrives there. Nobody needs a MAC address, so nobody asks by ARP.",
            "{port} 的链路只有另一端：发出的都会到达那里。不需要 MAC 地址，因此也不用 ARP 询问。"},
           {{"port", FactKind::Interface}}),
      rule("vif.not_ppp", "RFC 1661 2", Outcome::Dropped,
           {"The frame at {port} is no PPP frame with a datagram of IPv4 in it: drop it.", "{port} 收到的不是承载 IPv4 数据报的 PPP 帧：丢弃。"},
           {{"port", FactKind::Interface}}),
      rule("vif.not_for_ppp", "RFC 1661 2", Outcome::Dropped,
           {"{port} is a point-to-point link and carries datagrams only, no frames of type {type}: drop it.",
            "{port} 是点到点链路，只传送数据报，不传送类型为 {type} 的帧：丢弃。"},
           {{"port", FactKind::Interface}, {"type", FactKind::Hex}}),
  };
};

}  // namespace hw
